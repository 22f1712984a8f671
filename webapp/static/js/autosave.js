// Drafts are sent a moment after the last key. What cannot be sent waits on this machine and is sent later.
import { mark } from "./unsent.js";

const PAUSE = 1500;
const RETRY = 20_000;

export function start() {
  document.querySelectorAll("form[data-autosave]").forEach((form) => new Draft(form));
}

class Draft {
  constructor(form) {
    this.form = form;
    this.address = form.dataset.autosave;
    this.key = `unsent ${new URL(this.address, location.href).pathname}`;
    this.line = form.querySelector("[data-saved-at]");
    this.timer = null;
    this.turn = 0;
    form.addEventListener("input", () => this.later(PAUSE));
    form.addEventListener("submit", () => this.handOver());
    addEventListener("online", () => this.kept() && this.send());
    addEventListener("pagehide", () => this.timer && this.keep());
    this.bringBack();
    // Somebody may have typed before this script arrived, or the browser brought old words back.
    if (differs(form)) this.later(PAUSE);
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), wait);
  }

  handOver() {
    clearTimeout(this.timer);
    this.timer = null;
    this.turn += 1;
    this.forget();
  }

  async send() {
    this.timer = null;
    const turn = (this.turn += 1);
    const body = withoutFiles(new FormData(this.form));
    this.keep();
    try {
      const response = await fetch(this.address, { method: "POST", body, headers: { Accept: "application/json" } });
      // Where a page comes instead of an answer, nobody has taken what was sent.
      const answer = response.redirected ? null : await response.json().catch(() => null);
      if (turn !== this.turn) return;
      if (!answer || response.status >= 500) this.unsent();
      else if (response.ok) this.saved(answer);
      else this.refused(answer);
    } catch {
      if (turn === this.turn) this.unsent();
    }
  }

  saved(answer) {
    this.forget();
    mark(false);
    this.take(answer.fields);
    this.say("saved", { time: clock(new Date()) });
    this.form.dispatchEvent(new CustomEvent("draft-saved", { bubbles: true, detail: answer }));
  }

  unsent() {
    this.say("unsent", { time: clock(new Date(this.kept()?.at ?? Date.now())) });
    this.later(RETRY);
  }

  // What could be kept may have been kept; after a conflict nothing was, and no new version comes.
  refused(answer) {
    this.take(answer.fields);
    this.say("refused", { reason: answer.message ?? "" });
  }

  // The server may count versions; the next save must carry the newest.
  take(fields) {
    for (const [name, value] of Object.entries(fields ?? {})) {
      const field = this.form.elements.namedItem(name);
      if (field) field.value = value;
    }
  }

  say(state, figures) {
    if (!this.line) return;
    const words = this.line.dataset[`words${state[0].toUpperCase()}${state.slice(1)}`];
    this.line.dataset.state = state;
    this.line.textContent = words.replace(/\{(\w+)\}/g, (_, name) => figures[name]);
  }

  keep() {
    const values = [...new FormData(this.form)].filter(([name, value]) => name !== "csrf_token" && typeof value === "string");
    const at = this.kept()?.at ?? Date.now();
    store(() => localStorage.setItem(this.key, JSON.stringify({ at, values })));
  }

  kept() {
    return store(() => JSON.parse(localStorage.getItem(this.key)));
  }

  forget() {
    store(() => localStorage.removeItem(this.key));
  }

  bringBack() {
    const kept = this.kept();
    if (!kept) return;
    fill(this.form, kept.values);
    mark(true);
    this.say("unsent", { time: clock(new Date(kept.at)) });
    this.later(PAUSE);
  }
}

function fill(form, values) {
  const byName = Map.groupBy(values, ([name]) => name);
  for (const field of form.elements) {
    if (!field.name || field.type === "hidden" || field.type === "file") continue;
    const typed = (byName.get(field.name) ?? []).map(([, value]) => value);
    if (field.type === "checkbox" || field.type === "radio") field.checked = typed.includes(field.value);
    else if (typed.length) field.value = typed[0];
  }
}

// Files are sent once, when somebody says so, and not with every draft.
function withoutFiles(body) {
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  return body;
}

function differs(form) {
  return [...form.elements].some((field) => {
    if (field.type === "hidden" || field.type === "file") return false;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    return field.defaultValue !== undefined && field.value !== field.defaultValue;
  });
}

function clock(moment) {
  return moment.toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", hour12: false });
}

// A browser may forbid storage; the page then simply keeps nothing.
function store(act) {
  try {
    return act();
  } catch {
    return null;
  }
}
