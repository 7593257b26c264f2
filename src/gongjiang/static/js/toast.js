// Good news at the foot of the page. It stays ten seconds, longer while the pointer or the focus is on it.

const STAY = 10000;

export function toast(words, action = null) {
  const region = document.querySelector("[data-toasts]");
  const box = document.createElement("div");
  box.className = "toast";
  const mark = document.createElement("i");
  mark.className = "i i-check";
  mark.setAttribute("aria-hidden", "true");
  const text = document.createElement("span");
  text.textContent = words;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "btn sm";
  close.textContent = action?.label ?? "知道了";
  close.addEventListener("click", () => {
    box.remove();
    action?.act();
  });
  box.append(mark, text, close);
  region.replaceChildren(box);
  let timer = setTimeout(() => box.remove(), STAY);
  const hold = () => clearTimeout(timer);
  const go = () => (timer = setTimeout(() => box.remove(), STAY));
  for (const name of ["pointerenter", "focusin"]) box.addEventListener(name, hold);
  for (const name of ["pointerleave", "focusout"]) box.addEventListener(name, go);
}
