// @ts-check
// The editor of a draft: saves by itself, shows advice and preview while somebody types, and asks before text is lost.
import { watchSaving } from "./autosave.js";
import { bindLines } from "./lines.js";
import { watchPreview } from "./preview.js";

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-editor]"));
if (form) {
  watchSaving(form);
  watchPreview(form);
  bindLines(form);
}
