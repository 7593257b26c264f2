// Adds, moves and removes rows of a [data-rows] table in the page. Without script the same buttons submit the form.

import { fresh } from "./once.js";

const ACTS = "button[name=add_row], button[name=remove_row], button[name=move_row]";

export function start(root) {
  for (const table of fresh(root, "[data-rows]", "rows")) {
    table.addEventListener("click", (event) => {
      const button = event.target.closest(ACTS);
      if (!button) return;
      event.preventDefault();
      if (button.name === "add_row") add(table);
      else if (button.name === "remove_row") remove(table, button.closest("tr"));
      else move(button);
      number(table);
      table.dispatchEvent(new CustomEvent("rows:changed", { bubbles: true, detail: { name: table.dataset.rows } }));
    });
  }
}

function add(table) {
  const body = table.querySelector("tbody");
  if (table.dataset.most && body.rows.length >= Number(table.dataset.most)) return;
  const row = table.querySelector("template[data-blank]").content.firstElementChild.cloneNode(true);
  body.append(row);
  row.querySelector("input, select").focus();
}

function remove(table, row) {
  const body = row.parentElement;
  const neighbour = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  if (!body.rows.length) add(table);
  else neighbour?.querySelector("input, select").focus();
}

function move(button) {
  const row = button.closest("tr");
  const up = button.value.endsWith("-up");
  const other = up ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  if (up) other.before(row);
  else other.after(row);
  button.focus();
}

// Names follow the order in which the rows stand: the server reads them so.
function number(table) {
  const name = table.dataset.rows;
  for (const [place, row] of [...table.querySelectorAll("tbody tr")].entries()) {
    for (const field of row.querySelectorAll("[name]")) {
      const rest = (text) => text.slice(name.length + 1).replace(/^\d+/, place);
      if (field.name === "remove_row" || field.name === "move_row") field.value = `${name}-${rest(field.value)}`;
      else field.name = `${name}-${rest(field.name)}`;
    }
    for (const one of row.querySelectorAll("[data-number]")) one.textContent = String(place + 1);
  }
}
