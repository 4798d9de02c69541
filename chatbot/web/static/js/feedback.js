// @ts-check
// Helpful or not, with a fixed reason and no free text.
import { post } from "./ask.js";

/**
 * @param {HTMLElement} root
 * @param {import("./types.js").Kit} kit
 * @param {(text: string) => void} announce
 */
export function bindFeedback(root, kit, announce) {
  root.addEventListener("click", (event) => {
    const pressed = event.target instanceof Element && event.target.closest("[data-helpful], [data-reason]");
    const group = pressed && /** @type {HTMLElement} */ (pressed.closest("[data-feedback]"));
    if (!(pressed instanceof HTMLElement) || !group) return;
    const reasons = /** @type {HTMLElement} */ (group.querySelector("[data-reasons]"));
    if (pressed.dataset.helpful === "no") {
      reasons.hidden = !reasons.hidden;
      pressed.setAttribute("aria-expanded", String(!reasons.hidden));
      if (!reasons.hidden) /** @type {HTMLElement} */ (reasons.querySelector("button")).focus();
    } else send(group, kit, announce, pressed.dataset.reason);
  });
}

/**
 * @param {HTMLElement} group
 * @param {import("./types.js").Kit} kit
 * @param {(text: string) => void} announce
 * @param {string} [reason] none: it helped
 */
async function send(group, { api, say }, announce, reason) {
  const answer = /** @type {HTMLElement} */ (group.closest("[data-answer]"));
  const passage = /** @type {HTMLElement} */ (group.closest("[data-passage]"));
  const sent = await post(`${api}feedback`, {
    corpus_version: answer.dataset.version,
    verdict: answer.dataset.verdict,
    passage: passage.dataset.passage,
    helpful: !reason,
    reason,
  }).catch(() => null);
  const words = say(sent?.ok ? "thanks" : "feedback_failed");
  announce(words);
  const note = document.createElement("span");
  note.className = "feedback-question";
  note.tabIndex = -1;
  note.textContent = words;
  const held = group.contains(document.activeElement);
  if (sent?.ok) group.replaceChildren(note);
  // The pressed button is gone; the focus must not fall back to the top of the page.
  if (sent?.ok && held) note.focus();
}
