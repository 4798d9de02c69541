// @ts-check
// Escape closes the panel; F6 goes between the question and the newest answer. No single letter does anything.

/**
 * @param {HTMLElement} root
 * @param {HTMLElement} log
 * @param {HTMLElement} input
 * @param {() => void} close
 */
export function bindKeys(root, log, input, close) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || root.querySelector("dialog[open]")) return;
    if (event.key === "Escape") close();
    if (event.key !== "F6") return;
    const newest = /** @type {HTMLElement|null} */ (log.lastElementChild);
    if (!newest) return;
    event.preventDefault();
    newest.tabIndex = -1;
    (document.activeElement === input ? newest : input).focus();
  });
  root.ownerDocument.querySelector("[data-close]")?.addEventListener("click", close);
}
