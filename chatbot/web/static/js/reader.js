// @ts-check
// Opens an article inside the chat, with a way back to the same place: new tabs are barred in a sandbox.

/**
 * @param {HTMLElement} root
 * @param {import("./types.js").Kit} kit
 * @param {(text: string) => void} announce
 */
export function bindReader(root, kit, announce) {
  const dialog = /** @type {HTMLDialogElement} */ (root.querySelector("[data-reader-dialog]"));
  const text = /** @type {HTMLElement} */ (dialog.querySelector("[data-reader-text]"));
  const page = /** @type {HTMLAnchorElement} */ (dialog.querySelector("[data-reader-page]"));
  page.hidden = self.origin === "null";

  const missed = (/** @type {string} */ address) => {
    announce(kit.say("article_failed"));
    // Whatever stands there now: where our server is down, the front server answers with the help lines.
    if (self.origin !== "null") open(address, "_blank", "noopener");
  };

  root.addEventListener("click", async (event) => {
    const link = event.target instanceof Element && event.target.closest("a[data-open-article], [data-reader-text] a[href^='/']");
    // A click that asks for a new tab or window keeps its meaning.
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const article = await fetchArticle(link.href, kit.reading, kit.language);
    if (!article) return missed(link.href);
    // A link to somewhere else must not lead the chat's own frame away.
    for (const away of article.querySelectorAll("a[href^=http]")) away.setAttribute("target", "_blank");
    text.replaceChildren(article);
    text.scrollTop = 0;
    page.href = link.href;
    if (!dialog.open) dialog.showModal();
    mark(text, new URL(link.href).hash.slice(1));
  });
  dialog.querySelector("[data-reader-back]")?.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => text.replaceChildren());
  text.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest('a[href^="#"]');
    if (!link) return;
    event.preventDefault();
    const there = anchored(text, (link.getAttribute("href") ?? "").slice(1));
    there?.scrollIntoView({ block: "start" });
    if (there) focusOn(there);
  });
}

/**
 * Fetch an article, or another page of ours, as our own server renders it; nothing in it can run, and the policy forbids what could.
 * @param {string} address of its page
 * @param {string} folder below which the same pages stand without their frame
 * @param {string} language
 * @returns {Promise<Element|null>}
 */
async function fetchArticle(address, folder, language) {
  try {
    const response = await fetch(`${folder}${new URL(address).pathname}?lang=${language}`, { credentials: "omit" });
    if (!response.ok) return null;
    const article = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[data-article]");
    return article && document.importNode(article, true);
  } catch {
    return null;
  }
}

/**
 * @param {HTMLElement} text
 * @param {string} anchor
 */
function mark(text, anchor) {
  const passage = anchored(text, decodeURIComponent(anchor));
  if (!passage) return text.focus();
  passage.setAttribute("data-marked", "");
  passage.scrollIntoView({ block: "center", behavior: "instant" });
  focusOn(passage);
}

/**
 * @param {HTMLElement} text
 * @param {string} anchor
 */
function anchored(text, anchor) {
  return /** @type {HTMLElement|null} */ (anchor ? text.querySelector(`#${CSS.escape(anchor)}`) : null);
}

/** @param {HTMLElement} element */
function focusOn(element) {
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
}
