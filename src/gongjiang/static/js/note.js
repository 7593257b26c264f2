// A note at the head of a form, said aloud, with choices as buttons: [[label, act], …]. A choice takes the note away
// unless `gone` is false.

export function note(form, title, words, choices, gone = true) {
  const box = document.createElement("div");
  box.className = "note";
  box.setAttribute("role", "alert");
  const mark = document.createElement("i");
  mark.className = "i i-warn";
  mark.setAttribute("aria-hidden", "true");
  const text = document.createElement("div");
  const bold = document.createElement("b");
  bold.textContent = title;
  text.append(bold, words, " ");
  for (const [label, act] of choices) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn quiet sm";
    button.textContent = label;
    button.addEventListener("click", () => (gone && box.remove(), act()));
    text.append(button);
  }
  box.append(mark, text);
  form.prepend(box);
  return box;
}
