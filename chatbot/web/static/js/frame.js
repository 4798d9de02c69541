// @ts-check
// Speaks with the page that embeds the panel. That page learns sizes and states; never a question, an answer's text,
// or anything at all of an urgent one.
import { setAccent } from "./accent.js";

const OPENING = 6; // starter questions that a site may give

/** @typedef {{ask: (text: string) => void, focus: () => void, starters: (questions: string[]) => void}} Commands */

/** @param {Commands} commands what the embedding page may have done */
export function bindFrame(commands) {
  const hash = new URLSearchParams(location.hash.replace(/^#\??/, ""));
  const [id, secret] = [hash.get("id"), hash.get("secret")];
  const framed = parent !== self;
  let origin = "*";
  let quiet = false;
  /** @type {string[]} */
  let listening = [];

  /**
   * @param {string} type
   * @param {Record<string, unknown>} [more]
   */
  const tell = (type, more) => {
    if (framed && id) parent.postMessage({ articleChatbot: { v: 1, id, type, ...more } }, origin);
  };
  const tellHeight = () => {
    // An urgent answer must not be guessed from a frame that grows.
    if (!framed || quiet) return;
    const px = Math.ceil(document.body.getBoundingClientRect().height);
    tell("height", { px });
    // WordPress's own dialect, which carries the secret it put into the address.
    if (secret) parent.postMessage({ message: "height", value: px, secret }, "*");
  };

  addEventListener("message", (event) => {
    const message = event.data?.articleChatbot;
    if (!framed || event.source !== parent || !id || message?.v !== 1 || message.id !== id) return;
    if (message.type === "init" && origin === "*") {
      origin = event.origin === "null" ? "*" : event.origin;
      const close = /** @type {HTMLElement|null} */ (document.querySelector("[data-close]"));
      if (close) close.hidden = message.settings?.mode === "inline";
    } else if (origin !== "*" && event.origin !== origin) return;
    if (message.type === "init" || message.type === "set") {
      apply(message.settings, commands);
      listening = texts(message.events);
    }
    if (message.type === "ask" && typeof message.text === "string") commands.ask(message.text);
    if (message.type === "focus") commands.focus();
  });

  const given = new URLSearchParams(location.search);
  apply({ accent: given.get("accent"), questions: given.get("questions")?.split("|") }, commands);

  return {
    ready() {
      tell("hello");
      new ResizeObserver(tellHeight).observe(document.body);
    },
    close: () => tell("close"),
    /** Sizes are told again once an answer is known to be none that must stay secret. */
    asked: () => (quiet = true),
    /** @param {import("./types.js").Answer} answer */
    answered({ verdict, passages }) {
      quiet = verdict === "urgent";
      requestAnimationFrame(tellHeight);
      if (!quiet && listening.includes("answer")) tell("answer", { verdict, passages: passages.map(({ id }) => id) });
    },
    /** @param {string} code */
    failed(code) {
      quiet = false;
      requestAnimationFrame(tellHeight);
      tell("error", { code });
    },
    cleared() {
      quiet = false;
      tellHeight();
    },
  };
}

/**
 * @param {any} settings
 * @param {Commands} commands
 */
function apply(settings, commands) {
  const page = document.documentElement.dataset;
  if (["light", "dark"].includes(settings?.theme)) page.theme = settings.theme;
  else if (settings?.theme === "auto") delete page.theme;
  if (settings?.accent) setAccent(settings.accent);
  page.accent = settings?.accent ?? "";
  if (typeof settings?.mode === "string") page.mode = settings.mode;
  const questions = texts(settings?.questions);
  if (questions.length) commands.starters(questions);
}

/**
 * @param {unknown} given
 * @returns {string[]}
 */
function texts(given) {
  if (!Array.isArray(given)) return [];
  return given.filter((text) => typeof text === "string" && text.trim()).map((text) => text.slice(0, 200)).slice(0, OPENING);
}
