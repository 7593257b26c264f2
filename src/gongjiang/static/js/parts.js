// Sends a large file in parts: form[data-parts="address to begin at"]. A broken line is waited for; after a reload the
// same file, picked again, goes on where it stopped. The server says where that is.

const HEAD = 256 * 1024;
const TAIL = 64 * 1024;
const LONGEST = 30;
const GIVE_UP = 6;

// What stops the sending for good; its message is for the person.
class Refusal extends Error {}

export async function sendParts(form, file, told) {
  const token = form.elements.namedItem("csrfmiddlewaretoken").value;
  const about = new FormData();
  for (const name of ["attachment", "indicator", "title"]) about.set(name, form.elements.namedItem(name)?.value ?? "");
  about.set("name", file.name);
  about.set("size", file.size);
  about.set("head", await mark(file));
  let place = await persist(() => ask("POST", form.dataset.parts, token, about), told);
  let failed = 0;
  while (place.offset < file.size) {
    const from = place.offset;
    const end = Math.min(file.size, from + place.part);
    try {
      const answer = await ask("PUT", place.url, token, file.slice(from, end), from, (sent) => told.progress(from + sent));
      if (answer.offset <= from) throw new Error("stuck");
      place = { ...place, offset: answer.offset };
      failed = 0;
    } catch (error) {
      if (error instanceof Refusal) throw error;
      failed += 1;
      if (failed === GIVE_UP) throw new Refusal("传不上去，可能文件被移动或改过。请重新选择文件，会从停下的地方接着传。");
      await pause(failed, told);
      place = await persist(() => ask("POST", form.dataset.parts, token, about), told);
    }
    told.progress(place.offset);
  }
  told.checking();
  const last = new FormData();
  if (form.elements.namedItem("crop")?.checked) last.set("crop", "yes");
  if (form.elements.namedItem("box")) last.set("box", form.elements.namedItem("box").value);
  return (await ask("POST", `${place.url}finish/`, token, last)).url;
}

// Tries until the line is there again.
async function persist(act, told) {
  for (let turn = 1; ; turn += 1) {
    try {
      return await act();
    } catch (error) {
      if (error instanceof Refusal) throw error;
      await pause(turn, told);
    }
  }
}

function pause(turn, told) {
  told.waiting();
  return new Promise((go) => {
    const timer = setTimeout(go, Math.min(2 ** turn, LONGEST) * 1000);
    window.addEventListener("online", () => (clearTimeout(timer), go()), { once: true });
  });
}

function ask(method, url, token, body, offset, progress) {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    request.setRequestHeader("X-CSRFToken", token);
    request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
    if (offset !== undefined) {
      request.setRequestHeader("Upload-Offset", offset);
      request.setRequestHeader("Content-Type", "application/octet-stream");
    }
    if (progress) request.upload.addEventListener("progress", (moved) => progress(moved.loaded));
    request.addEventListener("error", () => fail(new Error("line")));
    request.addEventListener("load", () => {
      const answer = read(request);
      if (request.status === 409 && answer?.offset !== undefined) done(answer);
      else if (request.status < 400 && answer) done(answer);
      else if (answer?.text) fail(new Refusal(answer.text));
      else if (request.status >= 500) fail(new Error("server"));
      else fail(new Refusal("登录可能已过期。请重新登录，再选这个文件，会从停下的地方接着传。"));
    });
    request.send(body);
  });
}

function read(request) {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return null;
  }
}

// To know the file again, no more: FNV-1a of its first and last bytes, twice.
async function mark(file) {
  const bytes = new Uint8Array(await new Blob([file.slice(0, HEAD), file.slice(-TAIL)]).arrayBuffer());
  return [0x811c9dc5, 0x01000193].map((seed) => fnv(bytes, seed)).join("");
}

function fnv(bytes, seed) {
  let hash = seed;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}
