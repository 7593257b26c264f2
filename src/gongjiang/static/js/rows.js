// Adds and removes rows of a [data-rows] table in the page. Without script the same buttons submit the form.

import { fresh } from "./once.js";

export function start(root) {
  for (const table of fresh(root, "[data-rows]", "rows")) {
    table.addEventListener("click", (event) => {
      const button = event.target.closest("button[name=add_row], button[name=remove_row]");
      if (!button) return;
      event.preventDefault();
      if (button.name === "add_row") add(table);
      else remove(table, button.closest("tr"));
      for (const [place, row] of [...table.querySelectorAll("tbody tr")].entries()) {
        row.querySelector("button .sr").textContent = `第 ${place + 1} 行`;
      }
      table.dispatchEvent(new CustomEvent("rows:changed", { bubbles: true, detail: { name: table.dataset.rows } }));
    });
  }
}

function add(table) {
  const body = table.querySelector("tbody");
  if (table.dataset.most && body.rows.length >= Number(table.dataset.most)) return;
  const row = table.querySelector("template[data-blank]").content.firstElementChild.cloneNode(true);
  number(row, table.dataset.rows, 1 + Math.max(-1, ...[...body.rows].map((one) => index(one, table.dataset.rows))));
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

function index(row, name) {
  const value = row.querySelector("button[name=remove_row]").value;
  return Number(value.slice(name.length + 1));
}

function number(row, name, place) {
  for (const field of row.querySelectorAll("[name]")) {
    if (field.name === "remove_row") field.value = `${name}-${place}`;
    else field.name = field.name.replace(`${name}-0-`, `${name}-${place}-`);
  }
}
