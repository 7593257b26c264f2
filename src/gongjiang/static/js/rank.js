// Puts rows in order: tbody[data-rank] whose rows hold a ".rank input". Dragging the grip, the arrow keys on it, or
// another number all renumber the rows. Without script the numbers are typed and submitted.

import { fresh } from "./once.js";

export function start(root) {
  for (const body of fresh(root, "[data-rank]", "rank")) {
    for (const row of body.rows) addGrip(body, row);
    body.addEventListener("change", (event) => {
      if (event.target.matches(".rank input")) moveTo(body, event.target.closest("tr"), Number(event.target.value) - 1);
    });
  }
}

function addGrip(body, row) {
  const cell = row.querySelector(".rank");
  const name = row.querySelector(".name")?.textContent.trim() ?? "这一行";
  const grip = document.createElement("button");
  grip.type = "button";
  grip.className = "grip";
  grip.setAttribute("aria-label", `移动${name}，用上下键`);
  grip.innerHTML = '<i class="i i-grip" aria-hidden="true"></i>';
  cell.append(grip);
  grip.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    moveTo(body, row, [...body.rows].indexOf(row) + step);
    grip.focus();
  });
  grip.addEventListener("pointerdown", (event) => drag(body, row, grip, event));
}

function drag(body, row, grip, event) {
  event.preventDefault();
  grip.setPointerCapture(event.pointerId);
  row.classList.add("dragging");
  const follow = (moved) => {
    const below = [...body.rows].find((one) => one !== row && moved.clientY < middle(one));
    if (below ? below !== row.nextElementSibling : row.nextElementSibling) body.insertBefore(row, below ?? null);
  };
  const drop = () => {
    grip.removeEventListener("pointermove", follow);
    row.classList.remove("dragging");
    renumber(body);
  };
  grip.addEventListener("pointermove", follow);
  grip.addEventListener("lostpointercapture", drop, { once: true });
}

function middle(row) {
  const box = row.getBoundingClientRect();
  return box.top + box.height / 2;
}

function moveTo(body, row, place) {
  const others = [...body.rows].filter((one) => one !== row);
  const at = Math.max(0, Math.min(Number.isNaN(place) ? others.length : place, others.length));
  body.insertBefore(row, others[at] ?? null);
  renumber(body);
}

function renumber(body) {
  for (const [place, row] of [...body.rows].entries()) row.querySelector(".rank input").value = place + 1;
  const first = body.rows[0]?.querySelector(".rank input");
  first?.dispatchEvent(new Event("input", { bubbles: true }));
}
