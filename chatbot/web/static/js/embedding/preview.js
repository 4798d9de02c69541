// @ts-check
// The page for site owners: the snippets and the preview follow the attributes that are chosen.

const page = /** @type {HTMLElement} */ (document.querySelector("[data-embedding]"));
const knobs = /** @type {HTMLFormElement} */ (page.querySelector("[data-knobs]"));
const hint = /** @type {HTMLElement} */ (page.querySelector("[data-hint]"));
const preview = /** @type {HTMLElement} */ (page.querySelector("[data-preview]"));
const status = /** @type {HTMLElement} */ (page.querySelector("[data-status]"));
const home = page.dataset.home ?? "";
const loader = page.dataset.loader ?? "";

/** Attributes as chosen, without those that have their usual value. */
function chosen() {
  const usual = { mode: "bubble", theme: "auto", accent: "#1d5f5a" };
  const given = [...new FormData(knobs)].map(([name, value]) => [name, String(value).trim()]);
  return Object.fromEntries(
    given
      .map(([name, value]) => [name, name === "questions" ? value.split(/\s*\n\s*/).join("|") : value])
      .filter(([name, value]) => value && value !== /** @type {Record<string, string>} */ (usual)[name]),
  );
}

/** @param {Record<string, string>} attributes */
function scriptSnippet(attributes) {
  const escape = (/** @type {string} */ text) => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
  const written = Object.entries(attributes).map(
    ([name, value]) => ` data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}="${escape(value)}"`,
  );
  return `<script async src="${home}${loader}"${written.join("")}></` + "script>";
}

function show() {
  const attributes = chosen();
  const code = /** @type {HTMLElement} */ (page.querySelector("[data-snippet=script]"));
  code.textContent = scriptSnippet(attributes);
  /** @type {any} */ (window).ArticleChatbot?.destroy();
  const script = document.createElement("script");
  Object.assign(script.dataset, attributes, attributes.mode === "inline" ? { target: "#preview" } : {});
  hint.hidden = attributes.mode === "inline";
  script.src = loader;
  preview.replaceChildren(script);
}

let waiting = 0;
knobs.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(show, 300);
});
knobs.addEventListener("submit", (event) => event.preventDefault());
page.addEventListener("click", async (event) => {
  const button = event.target instanceof Element && event.target.closest("[data-copy-snippet]");
  const code = button && button.parentElement?.querySelector("code");
  if (!code) return;
  try {
    await navigator.clipboard.writeText(code.textContent ?? "");
    button.classList.add("done");
    status.textContent = status.dataset.copied ?? "";
  } catch {
    // Without TLS a browser has no clipboard for pages.
    getSelection()?.selectAllChildren(code);
    status.textContent = status.dataset.byHand ?? "";
  }
});
document.documentElement.dataset.scripted = "";
show();
