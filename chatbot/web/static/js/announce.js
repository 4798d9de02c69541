// @ts-check
// Tells people who listen what happened, apart from the log, so that no passage is read aloud unasked.

/**
 * @param {HTMLElement} root
 * @returns {(text: string) => void}
 */
export function announcer(root) {
  const status = /** @type {HTMLElement} */ (root.querySelector("[data-status]"));
  return (text) => {
    status.textContent = "";
    // A region that gets the same words twice stays silent unless it was empty in between.
    setTimeout(() => (status.textContent = text), 50);
  };
}
