// @ts-check
// What the server put into the page for the scripts: texts in the visitor's language and the blank cards.

/**
 * Read the texts, templates and addresses of a chat.
 * @param {HTMLElement} root
 * @returns {import("./types.js").Kit}
 */
export function readKit(root) {
  const texts = JSON.parse(root.dataset.texts ?? "{}");
  return {
    language: root.dataset.language ?? "en",
    api: root.dataset.api ?? "",
    reading: root.dataset.reading ?? "",
    say: (name, values = {}) =>
      String(texts[name] ?? name).replace(/\{(\w+)\}/g, (whole, key) => String(values[key] ?? whole)),
    piece(name) {
      const template = /** @type {HTMLTemplateElement} */ (root.querySelector(`[data-template="${name}"]`));
      return /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
    },
  };
}

/**
 * Find the place called `name` within a card.
 * @param {HTMLElement} card
 * @param {string} name
 * @returns {HTMLElement}
 */
export function slot(card, name) {
  return /** @type {HTMLElement} */ (card.querySelector(`[data-slot="${name}"]`));
}

/**
 * Write text into a place, or take the place away when there is none.
 * @param {HTMLElement} card
 * @param {string} name
 * @param {string|null|undefined} text
 */
export function fill(card, name, text) {
  if (text) slot(card, name).textContent = text;
  else slot(card, name).remove();
}
