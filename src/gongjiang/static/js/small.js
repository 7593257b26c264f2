// Little conveniences: usual phrases, printing, ticking all boxes of a list.

document.addEventListener("click", (event) => {
  const phrase = event.target.closest("[data-phrase]");
  if (phrase) {
    const field = document.getElementById(phrase.dataset.phrase);
    const words = phrase.dataset.words ?? phrase.textContent.trim();
    field.value = field.value.trim() ? `${field.value.trim()}\n${words}` : words;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  }
  if (event.target.closest("[data-print]")) window.print();
});

function tickAll(all) {
  for (const box of document.querySelectorAll(`input[type=checkbox][name="${all.dataset.checkAll}"]:not(:disabled)`)) {
    box.checked = all.checked;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

document.addEventListener("change", (event) => {
  const all = event.target.closest("[data-check-all]");
  if (all) tickAll(all);
});

// Somebody may tick it before this script has come.
export function start(root) {
  for (const all of root.querySelectorAll("[data-check-all]:checked")) tickAll(all);
}
