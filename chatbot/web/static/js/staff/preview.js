// @ts-check
// Advice and preview beside the text, asked for again when somebody stops typing for a moment.

const WAIT_MS = 700;

/**
 * Keep the part beside the text up to date.
 * @param {HTMLFormElement} form
 */
export function watchPreview(form) {
  const beside = /** @type {HTMLElement} */ (form.querySelector("[data-beside]"));
  let timer = 0;
  let asked = 0;

  async function show() {
    const mine = ++asked;
    const body = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
    try {
      const reply = await fetch(String(form.dataset.preview), { method: "POST", body });
      const page = new DOMParser().parseFromString(await reply.text(), "text/html");
      const parts = [...page.querySelectorAll("[data-part]")];
      // An older reply must not replace a newer one, nor a page that says why there is none.
      if (reply.ok && mine === asked && parts.length) beside.replaceChildren(...parts);
    } catch {
      // The old preview stays; saving tells that the server does not answer.
    }
  }

  form.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(show, WAIT_MS);
  });
}
