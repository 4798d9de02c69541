// @ts-check
// A form whose file field also takes what is dropped on it; dropping sends it, as that leaves nothing to choose.

/**
 * Let files be dropped anywhere on a form.
 * @param {HTMLFormElement} form
 */
function takeDrops(form) {
  const field = /** @type {HTMLInputElement} */ (form.querySelector("input[type=file]"));
  const zone = /** @type {HTMLElement} */ (field.closest(".drop-zone"));
  const words = zone.querySelector(".drop-words");
  if (words instanceof HTMLElement) words.hidden = false;

  for (const kind of ["dragenter", "dragover"]) {
    form.addEventListener(kind, (event) => {
      event.preventDefault();
      zone.classList.add("drop-over");
    });
  }
  form.addEventListener("dragleave", (event) => {
    if (!(event.relatedTarget instanceof Node) || !form.contains(event.relatedTarget)) zone.classList.remove("drop-over");
  });
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("drop-over");
    const files = event.dataTransfer?.files;
    if (!files?.length) return;
    field.files = files;
    form.requestSubmit();
  });
}

for (const form of document.querySelectorAll("form[data-drop]")) {
  takeDrops(/** @type {HTMLFormElement} */ (form));
}
