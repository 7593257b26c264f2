// Puts files in order: ul[data-arrange="id of its form"] whose items hold a ".no input". Dragging the grip, the arrow
// keys on it, or another number renumber the items and save. Without script the numbers are typed and sent.

import { fresh } from "./once.js";

export function start(root) {
  for (const list of fresh(root, "ul[data-arrange]", "arrange")) {
    for (const item of list.children) addGrip(list, item);
    document.getElementById(list.dataset.arrange)?.classList.add("sr");
    list.addEventListener("change", (event) => {
      if (!event.target.matches(".no input")) return;
      place(list, event.target.closest("li"), Number(event.target.value) - 1);
      save(list);
    });
  }
}

function addGrip(list, item) {
  const cell = item.querySelector(".no");
  const grip = document.createElement("button");
  grip.type = "button";
  grip.className = "grip";
  grip.setAttribute("aria-label", `移动${cell.dataset.name}，用上下键`);
  grip.innerHTML = '<i class="i i-grip" aria-hidden="true"></i>';
  cell.prepend(grip);
  grip.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    place(list, item, [...list.children].indexOf(item) + step);
    grip.focus();
    save(list);
  });
  grip.addEventListener("pointerdown", (event) => drag(list, item, grip, event));
}

function drag(list, item, grip, event) {
  event.preventDefault();
  grip.setPointerCapture(event.pointerId);
  item.classList.add("dragging");
  const before = [...list.children].indexOf(item);
  const follow = (moved) => {
    const below = [...list.children].find((one) => one !== item && moved.clientY < middle(one));
    if (below ? below !== item.nextElementSibling : item.nextElementSibling) list.insertBefore(item, below ?? null);
  };
  const drop = () => {
    grip.removeEventListener("pointermove", follow);
    item.classList.remove("dragging");
    renumber(list);
    if ([...list.children].indexOf(item) !== before) save(list);
  };
  grip.addEventListener("pointermove", follow);
  grip.addEventListener("lostpointercapture", drop, { once: true });
}

function middle(item) {
  const box = item.getBoundingClientRect();
  return box.top + box.height / 2;
}

function place(list, item, at) {
  const others = [...list.children].filter((one) => one !== item);
  const there = Math.max(0, Math.min(Number.isNaN(at) ? others.length : at, others.length));
  list.insertBefore(item, others[there] ?? null);
  renumber(list);
}

function renumber(list) {
  for (const [at, item] of [...list.children].entries()) item.querySelector(".no input").value = at + 1;
}

// One save after the other; what the server did not take is shown as it stands there.
let last = Promise.resolve();

function save(list) {
  const form = document.getElementById(list.dataset.arrange);
  const body = new FormData(form);
  last = last.then(async () => {
    try {
      const answer = await fetch(form.action, { method: "POST", body });
      if (!answer.ok) location.reload();
    } catch {
      form.classList.remove("sr"); // no line: the button saves it later
    }
  });
}
