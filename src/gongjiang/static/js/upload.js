// Files: form[data-upload] sends with progress; [data-max-mb] refuses before sending; [data-preview] shows a picture.

import { fresh } from "./once.js";

export function start(root) {
  for (const form of fresh(root, "form[data-upload]", "upload")) form.addEventListener("submit", (event) => send(form, event));
  for (const input of fresh(root, "input[data-max-mb]", "max-mb")) input.addEventListener("change", () => check(input));
  for (const input of fresh(root, "input[data-preview]", "preview")) input.addEventListener("change", () => preview(input));
}

function check(input) {
  const most = Number(input.dataset.maxMb);
  const large = [...input.files].find((file) => file.size > most * 1024 * 1024);
  input.setCustomValidity(large ? `“${large.name}”有 ${(large.size / 1024 / 1024).toFixed(1)} MB，不能超过 ${most} MB` : "");
  input.reportValidity();
}

function preview(input) {
  const old = input.closest(".photo-field")?.querySelector(".photo");
  const file = input.files[0];
  if (!old || !file) return;
  const image = document.createElement("img");
  image.className = "photo";
  image.alt = "待上传的照片";
  image.src = URL.createObjectURL(file);
  image.addEventListener("load", () => URL.revokeObjectURL(image.src), { once: true });
  old.replaceWith(image);
}

function send(form, event) {
  event.preventDefault();
  const bar = form.querySelector("progress");
  const note = form.querySelector("[data-upload-note]");
  const button = form.querySelector("button[type=submit]");
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
  request.upload.addEventListener("progress", (moved) => {
    if (!moved.lengthComputable) return;
    bar.value = (100 * moved.loaded) / moved.total;
    note.textContent = `已传 ${Math.floor(bar.value)}%`;
  });
  request.addEventListener("load", () => {
    if (request.status < 400) location.assign(request.responseURL || location.href);
    else stopped(sentence(request) || "没有收下，请检查文件后再传。");
  });
  request.addEventListener("error", () => stopped("网络中断，没有传完。连上后再点一次“上传”。"));
  const stopped = (words) => {
    button.disabled = false;
    bar.hidden = true;
    note.textContent = words;
  };
  bar.hidden = false;
  button.disabled = true;
  note.textContent = "开始上传";
  request.send(new FormData(form));
}

// The server's own sentence, when it answers in JSON.
function sentence(request) {
  try {
    return JSON.parse(request.responseText).text;
  } catch {
    return "";
  }
}
