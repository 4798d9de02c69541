// @ts-check
// A link of the advice leads to its line: the line is selected and scrolled to.

/**
 * Let links with data-line select that line of the text.
 * @param {HTMLFormElement} form
 */
export function bindLines(form) {
  form.addEventListener("click", (event) => {
    const link = /** @type {HTMLElement} */ (event.target).closest("a[data-line]");
    const text = /** @type {HTMLTextAreaElement | null} */ (form.querySelector("#field-body"));
    if (!(link instanceof HTMLElement) || !text) return;
    event.preventDefault();
    const number = Number(link.dataset.line);
    const lines = text.value.split("\n");
    const start = lines.slice(0, number - 1).join("\n").length + (number > 1 ? 1 : 0);
    text.focus();
    text.setSelectionRange(start, start + (lines[number - 1] ?? "").length);
    // Long lines are broken, so the place is found by the share of the text above it.
    text.scrollTop = (start / Math.max(1, text.value.length)) * text.scrollHeight - text.clientHeight / 3;
  });
}
