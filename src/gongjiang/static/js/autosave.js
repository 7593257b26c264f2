// Saves a form while it is being filled: form[data-autosave="address"].
//
// POSTs the changed fields as a form (with csrfmiddlewaretoken, and "version" from the hidden input of that name).
// Answers: 200 {"version": n, "saved_at": "14:32:08", "errors": {field: sentence}} · 409 somebody changed the record:
// what was typed stays in the page and on this machine · 400/422 {"errors": {…}} · else or no network: tried again.
// A copy of unsaved fields is kept in localStorage until the server has them; [data-saved] shows the state.
// 401, 403 or led to the login: the login has expired; once signed in again (in another window) saving goes on.

import { note } from "./note.js";
import { fresh } from "./once.js";
import { freshToken } from "./token.js";

const PAUSE = 1200;
const RETRY = 8000;
const SKIPPED = new Set(["csrfmiddlewaretoken", "version", "base"]);

export function start(root) {
  for (const form of fresh(root, "form[data-autosave]", "autosave")) new Autosave(form);
}

// Is it other than the server sent it?
function differs(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.options) return field.selectedOptions[0] !== ([...field.options].find((one) => one.defaultSelected) ?? field.options[0]);
  return field.value !== field.defaultValue && field.defaultValue !== undefined;
}

class Autosave {
  constructor(form) {
    this.form = form;
    this.key = `gongjiang:${form.dataset.autosaveKey ?? form.dataset.autosave}`;
    this.dirty = new Set();
    this.timer = 0;
    this.busy = false;
    this.stopped = false;
    this.out = false;
    this.waiting = null;
    form.addEventListener("input", (event) => this.changed(event.target));
    form.addEventListener("change", (event) => this.changed(event.target));
    form.addEventListener("rows:changed", (event) => this.changedTable(event.detail.name));
    form.addEventListener("submit", (event) => this.submitted(event));
    window.addEventListener("online", () => this.save());
    window.addEventListener("focus", () => this.out && this.save());
    document.addEventListener("visibilitychange", () => document.hidden && !this.leaving && this.save());
    window.addEventListener("beforeunload", (event) => this.dirty.size && !this.leaving && event.preventDefault());
    this.tidy();
    this.restore();
    if (performance.getEntriesByType("navigation")[0]?.type === "navigate") this.catchUp();
  }

  // What was typed while the scripts were still on their way. Not on a way back: there the browser itself fills in
  // what stood here before, perhaps older than the record.
  catchUp() {
    for (const field of this.form.elements) if (differs(field)) this.changed(field);
  }

  changed(field) {
    if (!field.name || field.type === "file" || SKIPPED.has(field.name)) return;
    const table = field.closest("[data-rows]");
    if (table) return this.changedTable(table.dataset.rows);
    for (const one of field.closest("[data-together]")?.querySelectorAll("[name]") ?? []) this.dirty.add(one.name);
    this.mark(field.name);
  }

  // A row was added or removed: the whole table goes.
  changedTable(name) {
    this.mark(`${name}-`);
    for (const field of this.form.elements) if (field.name?.startsWith(`${name}-`)) this.dirty.add(field.name);
  }

  mark(name) {
    this.dirty.add(name);
    this.keep();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  keep(sent = false) {
    const typed = {};
    for (const name of this.dirty) typed[name] = new FormData(this.form).getAll(name).filter((one) => typeof one === "string");
    try {
      localStorage.setItem(this.key, JSON.stringify({ version: this.version(), typed, sent }));
    } catch {
      // A full or forbidden store: the server's copy is then the only one.
    }
  }

  // Copies of what was handed in with its whole step: this page is there, so it arrived.
  tidy() {
    try {
      for (const key of Object.keys(localStorage).filter((one) => one.startsWith("gongjiang:") && one !== this.key)) {
        if (/"sent":true}$/.test(localStorage.getItem(key))) localStorage.removeItem(key);
      }
    } catch {
      // A forbidden store holds nothing.
    }
  }

  // What an earlier visit could not send comes back into the fields, if the record is still the same.
  restore() {
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(this.key) ?? "null");
    } catch {
      kept = null;
    }
    if (!kept) return undefined;
    if (kept.version !== this.version()) {
      if (kept.sent) return localStorage.removeItem(this.key);
      this.say("off", "本机另存有未保存的内容");
      return this.offer(kept.typed);
    }
    this.fill(kept.typed);
    return this.save();
  }

  fill(typed) {
    for (const [name, values] of Object.entries(typed)) {
      const fields = [...this.form.elements].filter((one) => one.name === name && one.type !== "file");
      for (const [place, field] of fields.entries()) {
        if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
        else if (values[place] !== undefined) field.value = values[place];
      }
      if (fields.length) this.dirty.add(name);
    }
  }

  version() {
    return this.form.elements.namedItem("version")?.value ?? "";
  }

  async save() {
    clearTimeout(this.timer);
    if (this.stopped || this.busy || !this.dirty.size) return;
    const sent = new Set(this.dirty);
    const whole = new FormData(this.form);
    const body = new FormData();
    for (const name of [...SKIPPED, ...sent]) for (const value of whole.getAll(name)) body.append(name, value);
    body.append("fields", [...sent].join(" "));
    this.busy = true;
    this.dirty.clear();
    this.say("busy", "正在保存…");
    try {
      if (this.out) await this.renew(body);
      const answer = await fetch(this.form.dataset.autosave, { method: "POST", body, headers: { Accept: "application/json" } });
      await this.answered(answer, sent);
    } catch {
      this.failed(sent, "断网，已存在本机");
    } finally {
      this.busy = false;
    }
    if (this.waiting) return this.form.requestSubmit(this.waiting);
    if (this.dirty.size && !this.stopped) this.timer = setTimeout(() => this.save(), this.retry ? RETRY : PAUSE);
  }

  async answered(answer, sent) {
    const isJson = (answer.headers.get("Content-Type") ?? "").includes("json");
    const said = isJson ? await answer.json() : {};
    if (answer.status === 409) return this.stale(said, sent);
    this.show(said.errors ?? {}, sent);
    if (answer.ok && isJson) {
      this.retry = false;
      const version = this.form.elements.namedItem("version");
      if (version && said.version !== undefined) version.value = said.version;
      if (this.dirty.size) this.keep();
      else localStorage.removeItem(this.key);
      this.goOn(said);
      this.say("", `已保存 ${said.saved_at ?? new Date().toLocaleTimeString("zh-CN", { hour12: false })}`);
      this.form.dispatchEvent(new CustomEvent("autosaved", { bubbles: true, detail: said }));
    } else if (answer.status === 400 || answer.status === 422) {
      this.say("off", "有一项没有保存，见红框处");
    } else if (answer.status === 401 || answer.status === 403 || answer.redirected) {
      this.failed(sent, "登录已过期，已存在本机");
      this.signIn();
    } else {
      this.failed(sent, "没有存上，稍后再试；已存在本机");
    }
    return undefined;
  }

  // Signed out while typing: a way to sign in that leaves this page as it is.
  signIn() {
    if (this.out) return;
    this.out = true;
    const words = "填的都在这一页，也存在本机。请在新窗口登录，登录后回到这里，会接着保存。";
    this.door = note(this.form, "登录已过期。", words, [["在新窗口登录", () => window.open("/login/", "_blank", "noopener")]], false);
  }

  // Signing in changed the token of every form.
  async renew(body) {
    const token = await freshToken();
    if (!token) return;
    body.set("csrfmiddlewaretoken", token);
    this.out = false;
    this.door.remove();
  }

  failed(sent, words) {
    for (const name of sent) this.dirty.add(name);
    this.retry = true;
    this.keep();
    this.say("off", words);
  }

  // What the page shows now, for the next save to be held against; and what others changed meanwhile.
  goOn(said) {
    const base = this.form.elements.namedItem("base");
    if (base && said.base) base.value = JSON.stringify({ ...JSON.parse(base.value || "{}"), ...said.base });
    if (!said.elsewhere || said.elsewhere === this.told) return;
    this.told = said.elsewhere;
    note(this.form, "另一处也在填这张表。", said.elsewhere, [["看最新的", () => this.reopen()]]);
  }

  stale(said, sent) {
    this.stopped = true;
    for (const name of sent) this.dirty.add(name);
    this.keep();
    this.say("off", "此页已过期，没有保存");
    if (said.block) return this.choose(said.block);
    const words = said.text ?? "别人已改了这份材料。您填的内容还在这一页，也存在本机。";
    note(this.form, "此页已过期。", words, [["重新打开这一页", () => this.reopen()]]);
  }

  // Both sides of what two people changed, to choose from; the choice goes with the whole step.
  choose(block) {
    this.form.querySelector("[data-clashes]")?.remove();
    const place = this.form.querySelector(".body") ?? this.form;
    place.insertAdjacentHTML("afterbegin", block);
    place.querySelector("[data-clashes] input")?.focus();
  }

  // The copy stays on this machine: after the reload it is offered beside the newer record.
  reopen() {
    const unsent = this.dirty.size > 0;
    this.leaving = true;
    if (!unsent) localStorage.removeItem(this.key);
    location.reload();
  }

  offer(typed) {
    note(this.form, "上次有内容没有存上。", "这份材料此后已有改动，所以没有自动填回。", [
      ["填回来，再核对", () => (this.fill(typed), this.keep(), this.save())],
      ["不要了", () => (localStorage.removeItem(this.key), this.say("", "尚无改动"))],
    ]);
  }

  show(errors, sent) {
    for (const name of sent) {
      const field = [...this.form.elements].find((one) => one.name === name);
      const box = field?.closest("td") ?? field?.closest(".field");
      if (!box) continue;
      const wrong = errors[name];
      box.classList.toggle("bad", Boolean(wrong));
      field.toggleAttribute("aria-invalid", Boolean(wrong));
      box.querySelector("[data-live-error]")?.remove();
      if (!wrong) continue;
      const line = document.createElement("p");
      line.className = "err";
      line.dataset.liveError = "";
      line.textContent = wrong;
      field.before(line);
    }
  }

  say(state, words) {
    const places = this.form.querySelectorAll("[data-saved]");
    for (const place of places.length ? places : document.querySelectorAll("[data-saved]")) {
      place.className = `saved ${state}`;
      place.querySelector(".i").className = `i i-${state === "busy" ? "clock" : state === "off" ? "warn" : "check"}`;
      place.querySelector("span").textContent = words;
    }
  }

  // A save under way brings the next version: the form waits for it, or it would be out of date by its own doing.
  submitted(event) {
    if (!this.busy) return this.leave();
    event.preventDefault();
    this.waiting = event.submitter;
    return undefined;
  }

  leave() {
    this.leaving = true;
    clearTimeout(this.timer);
    if (this.stopped && !this.form.querySelector("[data-clashes]")) return;
    if (this.dirty.size) this.keep(true);
    else localStorage.removeItem(this.key);
  }
}
