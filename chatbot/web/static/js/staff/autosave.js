// @ts-check
// Saves a form by itself a moment after the last key, and asks before unsaved words are left behind.

const WAIT_MS = 2500;

/**
 * Save the form while somebody works on it; its status line says how it went.
 * @param {HTMLFormElement} form
 */
export function watchSaving(form) {
  const status = /** @type {HTMLElement} */ (form.querySelector("[data-status]"));
  const edits = /** @type {HTMLInputElement} */ (form.elements.namedItem("edits"));
  let saved = words(form);
  let timer = 0;
  let stopped = false;

  async function save() {
    const now = words(form);
    if (stopped || now === saved) return;
    status.textContent = "Saving …";
    try {
      const reply = await fetch(String(form.dataset.autosave), { method: "POST", body: new URLSearchParams(now) });
      const found = reply.headers.get("Content-Type")?.includes("json") ? await reply.json() : {};
      if (reply.ok && found.edits !== undefined) {
        edits.value = String(found.edits);
        // The number is not part of what somebody wrote; what they wrote meanwhile is saved next.
        saved = withEdits(now, edits.value);
        status.textContent = `Saved at ${found.saved} UTC.`;
      } else {
        // Saving again and again would not help: the button shows both texts, or the way to sign in.
        stopped = reply.status === 409 || reply.status === 401;
        status.textContent = `Not saved. ${found.problem ?? "Press Save to see why."}`;
      }
    } catch {
      status.textContent = "Not saved: the server does not answer. Your words are still here.";
    }
  }

  form.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(save, WAIT_MS);
    if (!stopped) status.textContent = "Not saved yet.";
  });
  form.addEventListener("submit", () => {
    stopped = true;
    window.clearTimeout(timer);
    saved = words(form);
  });
  window.addEventListener("beforeunload", (event) => {
    if (words(form) !== saved) event.preventDefault();
  });
}

/**
 * Return everything that stands in the form, as it is sent.
 * @param {HTMLFormElement} form
 */
function words(form) {
  const pairs = [...new FormData(form)].map(([name, value]) => [name, String(value)]);
  return new URLSearchParams(pairs).toString();
}

/**
 * Return the same words with another number.
 * @param {string} sent
 * @param {string} edits
 */
function withEdits(sent, edits) {
  const found = new URLSearchParams(sent);
  found.set("edits", edits);
  return found.toString();
}
