// A slider beside a number: input[data-slide="most"] gets one; each moves the other. Without script the number does.

import { fresh } from "./once.js";

export function start(root) {
  for (const field of fresh(root, "input[data-slide]", "slide")) {
    const slider = document.createElement("input");
    slider.type = "range";
    slider.min = field.min || "0";
    slider.max = field.dataset.slide;
    slider.step = field.dataset.slideStep || "any";
    slider.value = field.value;
    slider.setAttribute("aria-label", document.querySelector(`label[for="${field.id}"]`)?.textContent ?? "");
    slider.addEventListener("input", () => {
      field.value = slider.value;
    });
    field.addEventListener("input", () => {
      slider.value = field.value;
    });
    field.after(slider);
  }
}
