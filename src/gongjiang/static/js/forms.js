// A step of a nomination form: questions that don't apply are put away, a condition that is unticked is emptied.

import { fresh } from "./once.js";

export function start(root) {
  for (const form of fresh(root, "form[data-autosave]", "forms")) {
    form.addEventListener("autosaved", (event) => {
      put(form, event.detail.hidden ?? []);
      // Other forms of the page (withdraw, take over) go on from the version that was just saved.
      for (const one of document.querySelectorAll("input[name=version]")) one.value = event.detail.version;
    });
    form.addEventListener("change", (event) => {
      const card = event.target.name === "choices" ? event.target.closest(".optcard") : null;
      if (card) (event.target.checked ? bringBack : empty)(card);
    });
  }
}

function put(form, hidden) {
  for (const part of form.querySelectorAll("[data-part]")) part.hidden = hidden.includes(part.dataset.part);
}

// What stood under a condition stays at hand until the page is left: ticking it again brings it back.
const kept = new WeakMap();

function fields(card) {
  return [...card.querySelectorAll(".inner :is(input, textarea, select)")].filter((one) => one.type !== "file");
}

function empty(card) {
  kept.set(card, fields(card).map((one) => (one.type === "checkbox" || one.type === "radio" ? one.checked : one.value)));
  for (const one of fields(card)) {
    if (one.type === "checkbox" || one.type === "radio") one.checked = false;
    else one.value = "";
    one.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function bringBack(card) {
  for (const [place, value] of (kept.get(card) ?? []).entries()) {
    const one = fields(card)[place];
    if (one.type === "checkbox" || one.type === "radio") one.checked = value;
    else one.value = value;
    one.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
