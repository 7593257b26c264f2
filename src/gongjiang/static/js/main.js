// Loads what the page in hand needs, by its data attributes. Every page works without any of it.

const PARTS = [
  ["[data-autosave]", () => import("./autosave.js")],
  ["form[data-autosave]", () => import("./forms.js")],
  ["[data-count]", () => import("./text-count.js")],
  ["[data-rank]", () => import("./rank.js")],
  ["[data-digits], [data-score]", () => import("./digits.js")],
  ["[data-arrange]", () => import("./arrange.js")],
  ["[data-crop]", () => import("./crop.js")],
  ["[data-rows]", () => import("./rows.js")],
  ["[data-dialog]", () => import("./dialog.js")],
  ["[data-upload], [data-max-mb], [data-preview]", () => import("./upload.js")],
  ["[data-type-toggle]", () => import("./large-type.js")],
  ["[data-slide]", () => import("./slide.js")],
  ["[data-countdown]", () => import("./countdown.js")],
  ["[data-menu]", () => import("./menu.js")],
  ["[data-phrase], [data-print], [data-check-all]", () => import("./small.js")],
];

// htmx brings new parts of a page, so each part sets up what it finds under `root` and may be asked again.
// All are fetched at once and begun in order; html[data-ready] says that they have begun.
async function start(root) {
  const needed = PARTS.filter(([selector]) => root.querySelector(selector) || root.matches?.(selector));
  for (const part of await Promise.all(needed.map(([, load]) => load()))) part.start?.(root);
  document.documentElement.dataset.ready = "";
}

start(document);
document.addEventListener("htmx:load", (event) => start(event.detail.elt));
document.addEventListener("toast", async (event) => {
  const { toast } = await import("./toast.js");
  toast(event.detail.value ?? event.detail.text ?? String(event.detail));
});
