// Scoring by keyboard: in a [data-digits] group 0–9 set the score, T sets ten; then the next line has the focus, a group
// or a box for a number. A page opens with the first empty line in focus, Enter keeps and goes on. Radio buttons keep
// their own arrow keys. [data-total] shows the sum of the form's scores, those typed into input[data-score] among them.

import { fresh } from "./once.js";

export function start(root) {
  for (const group of fresh(root, "[data-digits]", "digits")) {
    group.addEventListener("change", () => total(group));
  }
  for (const field of fresh(root, "input[data-score]", "score")) {
    field.addEventListener("input", () => total(field));
  }
  const idle = document.activeElement === document.body || document.activeElement === null;
  if (root === document && idle && !location.hash && matchMedia("(hover: hover)").matches) focus(lines().find(empty));
}

function lines() {
  const all = [...document.querySelectorAll("[data-digits], input[data-score]")];
  return all.filter((one) => !one.matches(":disabled, :disabled *"));
}

function empty(line) {
  return line.matches("input") ? !line.value.trim() : !line.querySelector("input:checked");
}

function focus(line) {
  line?.closest("details")?.setAttribute("open", "");
  (line?.matches("input") ? line : line?.querySelector("input:checked") ?? line?.querySelector("input"))?.focus();
  line?.closest(".ind")?.scrollIntoView({ block: "nearest" });
}

function total(group) {
  const form = group.closest("form");
  const place = form?.querySelector("[data-total]");
  if (!place) return;
  const given = form.querySelectorAll("[data-digits] input:checked, input[data-score]");
  const scores = [...given].map((one) => Number(one.value.trim()) || 0);
  place.textContent = String(Number(place.dataset.base ?? 0) + Math.round(scores.reduce((sum, one) => sum + one, 0) * 100) / 100);
  const filled = form.querySelector("[data-filled]");
  if (filled) filled.textContent = String([...given].filter((one) => one.value.trim()).length);
}

function active() {
  const focused = document.activeElement;
  return focused?.closest("[data-digits]") ?? focused?.closest(".ind")?.querySelector("[data-digits]") ?? null;
}

function next(group) {
  const all = lines();
  focus(all[all.indexOf(group) + 1]);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const value = event.key.toLowerCase() === "t" ? "10" : /^\d$/.test(event.key) ? event.key : "";
  const group = value && !event.target.matches("textarea, input:not([type=radio]), select") ? active() : null;
  const choice = group?.querySelector(`input[value="${value}"]`);
  if (!choice) return;
  event.preventDefault();
  choice.checked = true;
  choice.dispatchEvent(new Event("change", { bubbles: true }));
  choice.dispatchEvent(new Event("input", { bubbles: true }));
  next(group);
});
