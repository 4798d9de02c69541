// @ts-check
// Prints one answer; the style sheet for paper leaves the others out, and no notice stays folded on it.

/** @param {HTMLElement} root */
export function bindPrint(root) {
  root.addEventListener("click", (event) => {
    const turn = event.target instanceof Element && event.target.closest("[data-print]")?.closest("[data-turn]");
    if (!turn) return;
    turn.setAttribute("data-printing", "");
    print();
  });
  /** @type {Element[]} */
  let unfolded = [];
  addEventListener("beforeprint", () => {
    unfolded = [...root.querySelectorAll("[data-notice] details:not([open])")];
    for (const notice of unfolded) notice.setAttribute("open", "");
  });
  addEventListener("afterprint", () => {
    for (const notice of unfolded) notice.removeAttribute("open");
  });
  addEventListener("afterprint", () => root.querySelector("[data-printing]")?.removeAttribute("data-printing"));
}
