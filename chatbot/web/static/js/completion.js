// @ts-check
// Completes what is typed from questions that the articles answer. The list is fetched whole, once: no typed letter
// leaves the page before the visitor asks.
import { questionBox } from "./composer.js";

const SHOWN = 5;
const LETTERS = 3;

/**
 * @param {HTMLElement} root
 * @param {string} address of the list
 * @param {import("./types.js").Say} say
 * @param {(text: string) => void} announce
 * @param {(question: string) => void} ask
 */
export function bindCompletion(root, address, say, announce, ask) {
  const input = questionBox(root);
  const box = /** @type {HTMLElement} */ (root.querySelector("[data-completions]"));
  const list = /** @type {HTMLElement} */ (box.querySelector("[role=listbox]"));
  /** @type {string[]} */
  let questions = [];
  let chosen = -1;
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-haspopup", "listbox");

  const show = (/** @type {string[]} */ found) => {
    list.replaceChildren(...found.map(option));
    box.hidden = !found.length;
    if (found.length) input.setAttribute("aria-controls", list.id);
    else input.removeAttribute("aria-controls");
    choose(-1);
    if (found.length) announce(say("completions_found", { count: found.length }));
  };
  const choose = (/** @type {number} */ index) => {
    chosen = index;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
    if (index < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", list.children[index].id);
      list.children[index].scrollIntoView({ block: "nearest" });
    }
  };
  const take = (/** @type {Element} */ item) => {
    input.value = "";
    show([]);
    ask(item.textContent ?? "");
  };

  input.addEventListener("focus", async () => {
    if (!questions.length) questions = await approved(address);
  });
  input.addEventListener("input", () => show(completions(input.value, questions)));
  input.addEventListener("blur", () => show([]));
  input.addEventListener("keydown", (event) => {
    if (box.hidden) return;
    const last = list.children.length - 1;
    if (event.key === "ArrowDown") choose(chosen < last ? chosen + 1 : 0);
    else if (event.key === "ArrowUp") choose(chosen > 0 ? chosen - 1 : last);
    else if (event.key === "Enter" && chosen >= 0) take(list.children[chosen]);
    else if (event.key === "Escape") show([]);
    else {
      if (event.key === "Enter") show([]);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
  // The press comes before the blur that would close the list.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = event.target instanceof Element && event.target.closest("[role=option]");
    if (item) take(item);
  });
}

/**
 * Find the questions that hold every word typed so far, the last one perhaps unfinished.
 * @param {string} typed
 * @param {string[]} questions
 */
export function completions(typed, questions) {
  const words = plain(typed).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  if (typed.trim().length < LETTERS || !words.length) return [];
  const fits = (/** @type {string} */ question) => {
    const held = ` ${plain(question).replace(/[^\p{L}\p{N}]+/gu, " ")}`;
    return words.every((word) => held.includes(` ${word}`));
  };
  return questions.filter(fits).slice(0, SHOWN);
}

/** @param {string} text */
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** @param {string} address */
async function approved(address) {
  try {
    const response = await fetch(address, { credentials: "omit" });
    return response.ok ? (await response.json()).questions : [];
  } catch {
    return []; // completion is a comfort: without it people type the question out
  }
}

/**
 * @param {string} text
 * @param {number} index
 */
function option(text, index) {
  const item = document.createElement("li");
  item.className = "completion";
  item.id = `completion-${index}`;
  item.setAttribute("role", "option");
  item.lang = "en";
  item.dir = "auto";
  item.setAttribute("aria-selected", "false");
  item.textContent = text;
  return item;
}
