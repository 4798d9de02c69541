// @ts-check
// Fills the blank cards with an answer. Text goes in as text, never as markup.
import { fill, slot } from "./kit.js";
import { quoteNodes } from "./runs.js";

/** @typedef {import("./types.js").Kit} Kit */

/**
 * Build the card of an answer.
 * @param {import("./types.js").Answer} answer
 * @param {string} question as the visitor asked it
 * @param {Kit} kit
 * @returns {HTMLElement}
 */
export function answerCard(answer, question, kit) {
  const card = kit.piece("answer");
  const { verdict } = answer;
  card.dataset.verdict = verdict;
  card.dataset.version = answer.corpus_version;
  if (answer.notice) slot(card, "notice").append(numbered(noticeCard(answer.notice, kit)));
  fill(card, "verdict", verdictText(answer, kit));
  if (verdict !== "nothing") slot(card, "nothing").remove();
  else if (answer.no_answer) Object.assign(slot(card, "nothing"), { textContent: answer.no_answer, lang: "en", dir: "auto" });
  for (const name of ["articles", "countries"]) if (verdict !== "nothing" && verdict !== "urgent") slot(card, name).remove();
  slot(card, "corrections").append(...answer.corrections.map((correction) => correctionLine(correction, question, kit)));
  slot(card, "passages").append(...answer.passages.map((passage) => passageCard(passage, kit)));
  if (answer.nearest) slot(card, "nearest-links").append(...answer.nearest.map((article) => nearestLink(article, kit)));
  else slot(card, "nearest").remove();
  const suggestions = verdict === "urgent" ? [] : answer.suggestions;
  if (suggestions.length) {
    slot(card, "suggestions-title").textContent = kit.say(verdict === "nothing" ? "suggestions_nothing" : "suggestions");
    slot(card, "chips").replaceChildren(...suggestions.map((text) => chip(text, kit)));
  } else slot(card, "suggestions").remove();
  slot(card, "disclaimer").textContent = answer.disclaimer;
  return card;
}

/**
 * @param {import("./types.js").Passage} passage
 * @param {Kit} kit
 */
function passageCard(passage, kit) {
  const card = kit.piece("passage");
  const { source } = passage;
  card.dataset.passage = passage.id;
  for (const name of ["title", "article"]) slot(card, name).setAttribute("href", source.url);
  slot(card, "title").textContent = source.title;
  slot(card, "title").dataset.address = new URL(source.url, location.href).href;
  fill(card, "section", source.section);
  slot(card, "quote").replaceChildren(...quoteNodes(passage));
  const pairs = (passage.matched ?? []).map(([typed, found]) => `${typed} = ${found}`).join(", ");
  fill(card, "matched", pairs && kit.say("matched", { pairs }));
  slot(card, "confidence").dataset.level = passage.confidence;
  slot(card, "confidence").textContent = kit.say(`confidence_${passage.confidence}`);
  slot(card, "confidence").after(...facts(source, kit).map((fact) => element("li", fact)));
  if (!source.review_by || source.review_by >= new Date().toISOString().slice(0, 10)) slot(card, "due").remove();
  if (/^https?:/i.test(source.original_url ?? "")) slot(card, "original").setAttribute("href", source.original_url ?? "");
  else slot(card, "original").remove();
  if (passage.risks_url) slot(card, "risks").setAttribute("href", passage.risks_url);
  else slot(card, "risks").remove();
  return card;
}

/**
 * @param {import("./types.js").Source} source
 * @param {Kit} kit
 * @returns {string[]}
 */
function facts(source, kit) {
  return [
    source.author && kit.say("by", { name: source.author }),
    source.publisher && kit.say("from_publisher", { name: source.publisher }),
    source.published && kit.say("published", { date: day(source.published, kit) }),
    review(source, kit),
  ].flatMap((fact) => fact || []);
}

/**
 * Say when and by whom the words were reviewed; when no clinician has, that stands there, too.
 * @param {import("./types.js").Source} source
 * @param {Kit} kit
 */
function review({ reviewed, reviewer }, kit) {
  const name = (reviewed ? "reviewed" : "review") + (reviewer ? "_by" : "_by_none");
  return kit.say(name, { date: reviewed ? day(reviewed, kit) : "", name: reviewer ?? "" });
}

/**
 * @param {import("./types.js").Notice} notice
 * @param {Kit} kit
 */
function noticeCard(notice, kit) {
  const card = kit.piece("notice");
  card.dataset.kind = notice.kind;
  slot(card, "title").textContent = notice.title;
  slot(card, "text").textContent = notice.text;
  slot(card, "first").textContent = notice.contacts[0]?.phone ?? "";
  slot(card, "contacts").append(...notice.contacts.map((contact) => contactItem(contact, kit)));
  if (!notice.contacts.length) slot(card, "limits").remove();
  return card;
}

/**
 * Give the name and the description of a notice ids that no other on the page has.
 * @param {HTMLElement} card
 */
export function numbered(card) {
  const number = document.querySelectorAll("[data-notice]").length + 1;
  for (const [name, attribute] of [["title", "aria-labelledby"], ["text", "aria-describedby"]]) {
    slot(card, name).id = `notice-${name}-${number}`;
    card.setAttribute(attribute, `notice-${name}-${number}`);
  }
  return card;
}

/**
 * @param {import("./types.js").Contact} contact
 * @param {Kit} kit
 */
function contactItem(contact, kit) {
  const item = kit.piece("contact");
  if (contact.url && /^(tel|sms|https):/i.test(contact.url)) slot(item, "link").setAttribute("href", contact.url);
  slot(item, "label").textContent = contact.label;
  fill(item, "phone", contact.phone);
  fill(item, "address", contact.phone ? "" : contact.url?.replace(/^https:\/\/|\/$/g, ""));
  return item;
}

/**
 * @param {{typed: string, used: string}} correction
 * @param {string} question
 * @param {Kit} kit
 */
function correctionLine(correction, question, kit) {
  const line = kit.piece("correction");
  slot(line, "text").textContent = kit.say("corrected", correction);
  const undo = /** @type {HTMLButtonElement} */ (slot(line, "undo"));
  undo.textContent = kit.say("as_typed", { typed: correction.typed });
  undo.value = asTyped(question, correction.typed);
  return line;
}

/**
 * Put the visitor's word in double quotes, which keeps it from being corrected.
 * @param {string} question
 * @param {string} typed
 */
export function asTyped(question, typed) {
  const word = typed.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return question.replace(new RegExp(`(?<![\\p{L}\\p{N}_"])${word}(?![\\p{L}\\p{N}_"])`, "giu"), '"$&"');
}

/**
 * @param {{title: string, url: string}} article
 * @param {Kit} kit
 */
function nearestLink({ title, url }, kit) {
  const item = kit.piece("nearest");
  const link = /** @type {HTMLAnchorElement} */ (item.firstElementChild);
  link.textContent = title;
  link.href = url;
  return item;
}

/**
 * @param {string} text
 * @param {Kit} kit
 */
export function chip(text, kit) {
  const item = kit.piece("chip");
  const button = /** @type {HTMLButtonElement} */ (item.firstElementChild);
  button.textContent = button.value = text;
  return item;
}

/**
 * @param {import("./types.js").Answer} answer
 * @param {Kit} kit
 */
function verdictText({ verdict, passages }, { say }) {
  if (verdict === "urgent") return "";
  if (verdict !== "answered") return say(`verdict_${verdict}`);
  return say(passages.length === 1 ? "verdict_answered_one" : "verdict_answered_many", { count: passages.length });
}

/**
 * @param {string} date as 2026-11-01
 * @param {Kit} kit
 */
function day(date, { say }) {
  const [year, month, number] = date.split("-").map(Number);
  return say("date", { year, month: say("months").split("|")[month - 1], day: number });
}

/**
 * @param {string} tag
 * @param {string} text
 */
function element(tag, text) {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}
