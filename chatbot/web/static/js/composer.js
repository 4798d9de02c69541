// @ts-check
// The box for the question: Enter asks, Shift+Enter breaks the line.

/**
 * Bind the form and every button that carries a question of its own.
 * Clicks and keys, not the submit event: WordPress's sandbox never fires it.
 * @param {HTMLElement} root
 * @param {(question: string) => void} ask
 */
export function bindComposer(root, ask) {
  const input = questionBox(root);
  const send = () => {
    if (!input.value.trim()) return input.focus();
    const question = input.value;
    input.value = "";
    ask(question);
  };
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.defaultPrevented) return;
    event.preventDefault();
    send();
  });
  root.addEventListener("click", (event) => {
    const pressed = event.target instanceof Element && event.target.closest("[data-send], [data-ask]");
    if (!(pressed instanceof HTMLButtonElement)) return;
    event.preventDefault();
    if (pressed.matches("[data-send]")) send();
    else ask(pressed.value);
  });
}

/**
 * @param {HTMLElement} root
 * @returns {HTMLTextAreaElement}
 */
export function questionBox(root) {
  return /** @type {HTMLTextAreaElement} */ (root.querySelector("[data-question]"));
}
