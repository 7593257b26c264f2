// Files: form[data-upload] sends with progress, large ones in parts where it has [data-parts]; [data-at-once] sends as
// soon as a file is chosen; [data-max-mb] refuses before sending; [data-preview] shows a picture.

import { fresh } from "./once.js";
import { sendParts } from "./parts.js";

const MB = 1000 * 1000;
const AT_ONCE = 4 * MB;

export function start(root) {
  for (const form of fresh(root, "form[data-upload]", "upload")) form.addEventListener("submit", (event) => send(form, event));
  for (const form of fresh(root, "form[data-at-once]", "at-once")) {
    const input = form.querySelector("input[type=file]");
    input.addEventListener("change", () => input.files.length && form.requestSubmit());
  }
  for (const input of fresh(root, "input[data-max-mb]", "max-mb")) input.addEventListener("change", () => check(input));
  for (const input of fresh(root, "input[data-preview]", "preview")) input.addEventListener("change", () => preview(input));
}

function check(input) {
  const most = Number(input.dataset.maxMb);
  const large = [...input.files].find((file) => file.size > most * MB);
  input.setCustomValidity(large ? `“${large.name}”有 ${(large.size / MB).toFixed(1)} MB，不能超过 ${most} MB` : "");
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

// Files go one after the other; one that is refused keeps no other back.
async function send(form, event) {
  event.preventDefault();
  const input = form.querySelector("input[type=file]");
  const files = input.files.length ? [...input.files] : [null];
  const title = form.elements.namedItem("title")?.value.trim();
  const refused = [];
  let arrived = "";
  for (const [at, file] of files.entries()) {
    const shown = line(form, file, files.length > 1 ? `第 ${at + 1} 个，共 ${files.length} 个：` : "");
    shown.start();
    try {
      if (title && files.length > 1) form.elements.namedItem("title").value = `${title}（${at + 1}）`;
      arrived = await (form.dataset.parts && file?.size > AT_ONCE ? sendParts(form, file, shown) : sendWhole(form, input, file, shown));
    } catch (error) {
      refused.push(files.length === 1 || error.message.includes(file.name) ? error.message : `“${file.name}”：${error.message}`);
    }
  }
  if (title) form.elements.namedItem("title").value = title;
  if (!refused.length) {
    arrive(arrived);
    return;
  }
  if (arrived) input.value = ""; // another click must not send again what was taken
  line(form).stopped(refused.join("") + (arrived ? "其余的已收下，刷新页面可见。" : ""));
}

function sendWhole(form, input, file, shown) {
  const content = new FormData(form);
  if (file) content.set(input.name, file);
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
    request.upload.addEventListener("progress", (moved) => moved.lengthComputable && shown.progress(moved.loaded, moved.total));
    request.addEventListener("load", () => {
      if (request.status < 400) done(request.responseURL || location.href);
      else fail(new Error(sentence(request) || "没有收下，请检查文件后再传。"));
    });
    request.addEventListener("error", () => fail(new Error("网络中断，没有传完。连上后再点一次“上传”。")));
    request.send(content);
  });
}

// The page with the new file: an address that differs by its mark only would not be loaded.
function arrive(address) {
  const url = new URL(address, location.href);
  const same = url.pathname === location.pathname && url.search === location.search;
  location.assign(url);
  if (same) location.reload();
}

// The line under the button: how far it is, and what stopped it.
function line(form, file, which = "") {
  const bar = form.querySelector("progress");
  const note = form.querySelector("[data-upload-note]");
  const button = form.querySelector("button[type=submit]");
  const size = file?.size ?? 0;
  const far = () => `${Math.floor(bar.value)}%`;
  return {
    start() {
      bar.hidden = false;
      button.disabled = true;
      note.textContent = `${which}开始上传`;
    },
    progress(sent, total = size) {
      bar.value = Math.min(100, (100 * sent) / total);
      note.textContent = `${which}已传 ${far()}${total > AT_ONCE ? `，共 ${(total / MB).toFixed(1)} MB。中断了也不要紧，再选同一文件会接着传` : ""}`;
    },
    waiting() {
      note.textContent = `${which}网络断了，已传 ${far()} 的都在，连上后自动接着传`;
    },
    checking() {
      note.textContent = `${which}传完了，正在检查`;
    },
    stopped(words) {
      button.disabled = false;
      bar.hidden = true;
      note.textContent = words;
    },
  };
}

// The server's own sentence, when it answers in JSON.
function sentence(request) {
  try {
    return JSON.parse(request.responseText).text;
  } catch {
    return "";
  }
}
