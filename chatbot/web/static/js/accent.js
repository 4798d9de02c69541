// @ts-check
// A site's accent colour, kept readable whatever it is: 4.5:1 against the surface, and for the words upon it.

// The least favourable surfaces that the accent stands on, of tokens.css.
const SURFACES = { light: [239, 233, 221], dark: [34, 51, 48] };
const CONTRAST = 4.6; // a little over 4.5, for rounding

/**
 * Put a colour into the custom properties of the page; a text that is no colour changes nothing.
 * @param {string} colour as CSS writes colours
 */
export function setAccent(colour) {
  const parsed = parseColour(colour);
  if (!parsed) return;
  const style = document.documentElement.style;
  for (const [scheme, surface] of Object.entries(SURFACES)) {
    const accent = readable(parsed, surface);
    style.setProperty(`--accent-${scheme}`, `rgb(${accent.join(" ")})`);
    style.setProperty(`--on-accent-${scheme}`, contrast(accent, [255, 255, 255]) >= 4.5 ? "#ffffff" : "#000000");
  }
}

/**
 * Read any colour that CSS knows, by painting one pixel with it.
 * @param {string} colour
 * @returns {number[]|null} red, green, blue, 0 to 255; null for a text that is no colour
 */
export function parseColour(colour) {
  const context = document.createElement("canvas").getContext("2d");
  if (!context || !CSS.supports("color", colour)) return null;
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
}

/**
 * Move a colour towards black or white, as little as needed, until it stands out from the surface.
 * @param {number[]} colour
 * @param {number[]} surface
 */
export function readable(colour, surface) {
  const end = luminance(surface) > 0.18 ? 0 : 255;
  for (let share = 0; share <= 1; share += 0.02) {
    const mixed = colour.map((part) => Math.round(part + (end - part) * share));
    if (contrast(mixed, surface) >= CONTRAST) return mixed;
  }
  return [end, end, end];
}

/**
 * The contrast ratio of WCAG 2.2.
 * @param {number[]} one
 * @param {number[]} other
 */
export function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** @param {number[]} colour */
function luminance(colour) {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
