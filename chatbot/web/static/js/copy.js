// @ts-check
// Copies a passage, always with its source and the note that stands with every answer.

/**
 * @param {HTMLElement} root
 * @param {import("./types.js").Kit} kit
 * @param {(text: string) => void} announce
 */
export function bindCopy(root, kit, announce) {
  root.addEventListener("click", async (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-copy]");
    const passage = button && /** @type {HTMLElement} */ (button.closest("[data-passage]"));
    if (!passage) return;
    const text = quotation(passage, kit.say);
    // A sandbox refuses the clipboard, and the refusal would stand in the site's console.
    if (self.origin === "null") return offerByHand(passage, text, kit);
    try {
      await navigator.clipboard.writeText(text);
      announce(kit.say("copied"));
      button.classList.add("done");
    } catch {
      offerByHand(passage, text, kit);
    }
  });
}

/**
 * Write a passage with its source, its addresses and the disclaimer.
 * @param {HTMLElement} passage
 * @param {import("./types.js").Say} say
 */
export function quotation(passage, say) {
  const part = (/** @type {string} */ name) => passage.querySelector(`[data-slot="${name}"]`);
  const title = /** @type {HTMLAnchorElement} */ (part("title"));
  const original = /** @type {HTMLAnchorElement|null} */ (part("original"));
  const facts = [...passage.querySelectorAll("[data-slot=facts] li:not(.confidence)")].map((fact) => fact.textContent);
  const source = [title.textContent, part("section")?.textContent, ...facts].filter(Boolean).join(" · ");
  const disclaimer = passage.closest("[data-answer]")?.querySelector("[data-slot=disclaimer]")?.textContent ?? "";
  const lines = [say("copy_source", { source }), title.href, original?.href].filter(Boolean).join("\n");
  return `${part("quote")?.textContent}\n\n${lines}\n\n${disclaimer}`;
}

/**
 * @param {HTMLElement} passage
 * @param {string} text
 * @param {import("./types.js").Kit} kit
 */
function offerByHand(passage, text, kit) {
  const box = passage.querySelector(".by-hand") ?? kit.piece("by-hand");
  const area = /** @type {HTMLTextAreaElement} */ (box.querySelector("textarea"));
  area.value = text;
  passage.append(box);
  area.focus();
  area.select();
}
