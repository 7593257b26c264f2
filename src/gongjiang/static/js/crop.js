// A portrait is framed before it is sent: input[data-crop] opens a frame of 5 to 7 in which the picture is moved by
// dragging or arrow keys and made larger by a slider. What lies in the frame goes along as "box" in the picture's pixels.

import { fresh } from "./once.js";

const STEP = 8;

export function start(root) {
  for (const input of fresh(root, "input[data-crop]", "crop")) input.addEventListener("change", () => open(input));
}

async function open(input) {
  const form = input.form;
  form.querySelector(".crop")?.remove();
  const middle = form.querySelector("[data-crop-middle]");
  middle.hidden = false;
  const file = input.files[0];
  if (!file || !["image/jpeg", "image/png"].includes(file.type)) return;
  const image = new Image();
  image.src = URL.createObjectURL(file);
  try {
    await image.decode();
  } catch {
    return; // the server says what is wrong with it
  }
  middle.hidden = true;
  new Frame(form, image);
}

class Frame {
  constructor(form, image) {
    this.image = image;
    image.alt = "";
    const part = document.createElement("div");
    part.className = "crop";
    part.innerHTML =
      '<p class="sub">框里是留下的部分：拖动照片，或用方向键移动；头顶留一点空，肩膀在框内。</p>' +
      '<div class="crop-frame" tabindex="0" role="application" aria-label="照片裁剪框，用方向键移动照片"></div>' +
      '<label>放大 <input type="range" min="100" max="400" value="100" aria-label="放大照片"></label><input type="hidden" name="box">';
    this.frame = part.querySelector(".crop-frame");
    this.frame.append(image);
    this.box = part.querySelector("input[name=box]");
    form.querySelector("[data-crop-middle]").before(part);
    this.width = this.frame.clientWidth;
    this.height = this.frame.clientHeight;
    this.cover = Math.max(this.width / image.naturalWidth, this.height / image.naturalHeight);
    this.scale = this.cover;
    this.x = (this.width - image.naturalWidth * this.scale) / 2;
    this.y = (this.height - image.naturalHeight * this.scale) / 3;
    part.querySelector("input[type=range]").addEventListener("input", (event) => this.zoom(Number(event.target.value) / 100));
    this.frame.addEventListener("pointerdown", (event) => this.drag(event));
    this.frame.addEventListener("keydown", (event) => this.key(event));
    this.show();
  }

  zoom(times) {
    const [left, top] = [(this.width / 2 - this.x) / this.scale, (this.height / 2 - this.y) / this.scale];
    this.scale = this.cover * times;
    this.x = this.width / 2 - left * this.scale;
    this.y = this.height / 2 - top * this.scale;
    this.show();
  }

  key(event) {
    const step = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[event.key];
    if (!step) return;
    event.preventDefault();
    this.move(...step);
  }

  drag(event) {
    event.preventDefault();
    this.frame.setPointerCapture(event.pointerId);
    let from = event;
    const follow = (moved) => {
      this.move(moved.clientX - from.clientX, moved.clientY - from.clientY);
      from = moved;
    };
    this.frame.addEventListener("pointermove", follow);
    this.frame.addEventListener("lostpointercapture", () => this.frame.removeEventListener("pointermove", follow), { once: true });
  }

  move(right, down) {
    this.x += right;
    this.y += down;
    this.show();
  }

  // Never past the edge of the picture; the box in whole pixels of it.
  show() {
    const { naturalWidth: wide, naturalHeight: high } = this.image;
    this.x = Math.min(0, Math.max(this.width - wide * this.scale, this.x));
    this.y = Math.min(0, Math.max(this.height - high * this.scale, this.y));
    this.image.style.transform = `translate(${this.x}px, ${this.y}px) scale(${this.scale})`;
    const left = Math.round(-this.x / this.scale);
    const top = Math.round(-this.y / this.scale);
    const right = Math.min(wide, left + Math.round(this.width / this.scale));
    const bottom = Math.min(high, top + Math.round(this.height / this.scale));
    this.box.value = [left, top, right, bottom].join(",");
  }
}
