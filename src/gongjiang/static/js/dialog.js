// Turns details[data-dialog] into a modal dialog: Esc, the cancel button and a click outside close it, the focus
// comes back to the button that opened it. Without script the details opens in place.

import { fresh } from "./once.js";

export function start(root) {
  for (const details of fresh(root, "details[data-dialog]", "dialog")) prepare(details);
}

function prepare(details) {
  const content = details.querySelector(".dialog");
  const opener = details.querySelector("summary");
  const modal = document.createElement("dialog");
  modal.className = "modal";
  modal.setAttribute("aria-labelledby", content.getAttribute("aria-labelledby"));
  opener.setAttribute("role", "button");
  opener.setAttribute("aria-haspopup", "dialog");
  document.body.append(modal);

  const open = () => {
    modal.append(content);
    modal.showModal();
  };
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    open();
  });
  modal.addEventListener("click", (event) => {
    if (event.target === modal || event.target.closest("[data-dialog-close]")) modal.close();
  });
  modal.addEventListener("close", () => {
    details.append(content);
    opener.focus();
  });
  // The server sent the page back with a wrong field in this form.
  if (details.open || content.querySelector(".field.bad")) {
    details.open = false;
    open();
  }
}
