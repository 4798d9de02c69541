// @ts-check
// The chat: takes questions, shows turns, keeps the conversation in memory and nowhere else.
import { announcer } from "./announce.js";
import { ask } from "./ask.js";
import { answerCard, chip, numbered } from "./cards.js";
import { bindCompletion } from "./completion.js";
import { bindComposer, questionBox } from "./composer.js";
import { bindCopy } from "./copy.js";
import { bindFeedback } from "./feedback.js";
import { bindFrame } from "./frame.js";
import { bindKeys } from "./keys.js";
import { readKit, slot } from "./kit.js";
import { masked } from "./masking.js";
import { bindPrint } from "./paper.js";
import { bindReader } from "./reader.js";

const HISTORY_LIMIT = 10;
const PATIENCE_MILLISECONDS = 1500; // a quick answer needs no word that it is coming

/** @param {HTMLElement} root */
function start(root) {
  const kit = readKit(root);
  const announce = announcer(root);
  const input = questionBox(root);
  const log = /** @type {HTMLElement} */ (root.querySelector("[data-log]"));
  const clear = /** @type {HTMLElement} */ (root.querySelector("[data-clear]"));
  const starters = /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-starters]"));
  const carried = /** @type {NodeListOf<HTMLInputElement>} */ (root.querySelectorAll("input[name=earlier]"));
  /** @type {string[]} */
  let history = [...carried].map((earlier) => earlier.value);
  let last = Promise.resolve();

  const frame = bindFrame({
    ask: (question) => take(question),
    focus: () => (matchMedia("(pointer: coarse)").matches ? root : input).focus(),
    starters: (questions) => starters[0]?.querySelector("ul")?.replaceChildren(...questions.map((text) => chip(text, kit))),
  });

  /** @param {string} typed */
  const take = (typed) => {
    const question = typed.trim().slice(0, 2000);
    if (!question) return;
    frame.asked();
    const turn = newTurn(question);
    // One after the other: an answer needs the history that the one before leaves.
    last = last.then(() => answer(turn, question));
  };

  /** @param {string} question */
  const newTurn = (question) => {
    const turn = kit.piece("turn");
    slot(turn, "asked").textContent = masked(question);
    const waiting = document.createElement("p");
    waiting.className = "searching";
    waiting.textContent = kit.say("searching");
    slot(turn, "answer").append(waiting);
    const pressed = document.activeElement;
    log.append(turn);
    clear.hidden = false;
    const left = [...starters].some((part) => part.contains(pressed));
    for (const part of starters) part.hidden = true;
    if (left) focusOn(/** @type {HTMLElement} */ (turn.querySelector("h2")));
    turn.scrollIntoView({ block: "start" });
    return turn;
  };

  /**
   * @param {HTMLElement} turn
   * @param {string} question
   */
  const answer = async (turn, question) => {
    const waiting = setTimeout(announce, PATIENCE_MILLISECONDS, kit.say("searching"));
    const reply = await ask(kit.api, question, history);
    clearTimeout(waiting);
    if (!turn.isConnected) return; // cleared meanwhile
    if ("failure" in reply) return fail(turn, question, reply);
    history = [...history, masked(question)].slice(-HISTORY_LIMIT);
    frame.answered(reply);
    const urgent = reply.verdict === "urgent";
    // A crisis notice stands without the words that brought it up.
    if (urgent) slot(turn, "asked").textContent = kit.say("your_message");
    const card = answerCard(reply, masked(question), kit);
    slot(turn, "answer").replaceChildren(card);
    turn.scrollIntoView({ block: "start" });
    // Focus reads the notice aloud by its name and description; the status would say it twice.
    if (urgent) /** @type {HTMLElement|null} */ (card.querySelector("[data-notice]"))?.focus();
    else announce(found(reply));
  };

  /** @param {import("./types.js").Answer} reply */
  const found = ({ verdict, passages, notice }) => {
    const name = { answered: "found", unsure: "found_unsure" }[/** @type {string} */ (verdict)];
    const number = passages.length === 1 ? "one" : "many";
    const words = name
      ? kit.say(`${name}_${number}`, { count: passages.length, title: passages[0]?.source.title ?? "" })
      : kit.say("found_nothing");
    return notice ? `${notice.title} ${words}` : words;
  };

  /**
   * @param {HTMLElement} turn
   * @param {string} question
   * @param {import("./types.js").Failure} failure
   */
  const fail = (turn, question, failure) => {
    const card = kit.piece("failure");
    const name = failure.failure === "other" ? "failed" : `failed_${failure.failure}`;
    slot(card, "title").textContent = kit.say(`${name}_title`);
    slot(card, "text").textContent = failure.detail ?? kit.say(name, { seconds: failure.seconds ?? 60 });
    card.querySelector("[data-retry]")?.addEventListener("click", () => {
      if (input.value === question) input.value = "";
      turn.remove();
      take(question);
      input.focus();
    });
    const help = numbered(/** @type {HTMLElement} */ (card.querySelector("[data-notice]")));
    slot(turn, "answer").replaceChildren(card);
    turn.scrollIntoView({ block: "start" });
    input.value ||= question;
    frame.failed(failure.failure);
    announce(`${kit.say(`${name}_title`)}. ${slot(card, "text").textContent} ${slot(help, "text").textContent}`);
  };

  clear.addEventListener("click", () => {
    history = [];
    for (const earlier of carried) earlier.remove();
    log.replaceChildren();
    clear.hidden = true;
    for (const part of starters) part.hidden = false;
    frame.cleared();
    announce(kit.say("cleared"));
    input.focus();
  });

  // Before the composer: Enter takes the chosen completion, and only then asks what is typed.
  bindCompletion(root, root.dataset.questions ?? "", kit.say, announce, take);
  bindComposer(root, take);
  bindFeedback(root, kit, announce);
  bindCopy(root, kit, announce);
  bindReader(root, kit, announce);
  bindPrint(root);
  bindKeys(root, log, input, frame.close);
  clear.hidden = !log.childElementCount;
  document.documentElement.dataset.scripted = "";
  frame.ready();
}

/** @param {HTMLElement} element */
function focusOn(element) {
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

const root = /** @type {HTMLElement|null} */ (document.querySelector("[data-chat]"));
if (self.origin === "null") document.documentElement.dataset.sandboxed = "";
if (root) start(root);
