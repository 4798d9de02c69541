// @ts-check
// Hides what need not be shown again or sent on as history: addresses, numbers, birthdays, names. The server does the
// same for those without JavaScript (chatbot/answering/safety/private.py); one list of cases tests both.

const MASK = "•••";
const DATE = /^\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})$/;
const DETAILS =
  /[^\s@]{1,64}@[^\s@]{1,255}\.[a-z]{2,24}|\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})(?!\d)|\+?\d[\d ().-]{4,30}\d/gi;
const BORN = /\b((?:born|birth|dob|d\.o\.b)\b[^?!\d•]{0,20})(\d[^.?!,;•]{0,24}?\d{2,4}(?!\d))/gi;
const NAMED =
  /\b((?:my name(?: is|'s|’s)|i am called|i['’]m called|me llamo|mi nombre es) +)(\p{L}[\p{L}\p{N}_'’-]{0,40}(?: +\p{L}[\p{L}\p{N}_'’-]{0,40}){0,3})/giu;
const RUN = /\d{6}/;
const DIGITS = 7; // in all, where spaces or dashes part them

/**
 * @param {string} text
 * @returns {string}
 */
export function masked(text) {
  return text
    .replace(DETAILS, (found) => (isDetail(found) ? MASK : found))
    .replace(BORN, `$1${MASK}`)
    .replace(NAMED, (_, said, name) => said + withoutName(name.split(" ")));
}

/** @param {string} found */
function isDetail(found) {
  return found.includes("@") || DATE.test(found) || RUN.test(found) || found.replace(/\D/g, "").length >= DIGITS;
}

/**
 * Mask the first word and the capitalised ones that follow it.
 * @param {string[]} words
 */
function withoutName(words) {
  const kept = words.findIndex((word, at) => at && word && !/^\p{Lu}/u.test(word));
  return [MASK, ...(kept < 0 ? [] : words.slice(kept))].join(" ");
}
