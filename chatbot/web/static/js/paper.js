// @ts-check
// Prints one answer; the style sheet for paper leaves the others out.

/** @param {HTMLElement} root */
export function bindPrint(root) {
  root.addEventListener("click", (event) => {
    const turn = event.target instanceof Element && event.target.closest("[data-print]")?.closest("[data-turn]");
    if (!turn) return;
    turn.setAttribute("data-printing", "");
    print();
  });
  addEventListener("afterprint", () => root.querySelector("[data-printing]")?.removeAttribute("data-printing"));
}
