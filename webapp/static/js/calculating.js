// Calculated cells and parts shown only sometimes follow what is typed; the server reckons again and decides.
export function start() {
  document.querySelectorAll("[data-engine]").forEach((sections) => new Engine(sections));
}

class Engine {
  constructor(sections) {
    this.sections = sections;
    this.plan = JSON.parse(sections.dataset.engine);
    this.required = new Set(this.plan.required);
    sections.addEventListener("input", () => this.reckon());
    sections.addEventListener("change", () => this.reckon());
    this.reckon();
  }

  reckon() {
    this.figures = new Map();
    this.hidden = new Set();
    for (const cell of this.plan.order) {
      const conditions = this.plan.conditions[cell] ?? [];
      if (!conditions.every((condition) => this.holds(condition))) this.hidden.add(cell);
      else if (this.plan.formulas[cell]) this.calculate(cell);
    }
    this.show();
  }

  calculate(cell) {
    const uses = this.plan.uses[cell];
    const nothingYet = uses.length && uses.every((one) => this.figure(one) === null);
    if (nothingYet && !hasBefore(this.plan.formulas[cell])) return;
    const value = this.value(this.plan.formulas[cell]);
    if (value === null || Number.isNaN(value)) return;
    const places = this.plan.places[cell] ?? 4;
    this.figures.set(cell, Number.isFinite(value) ? rounded(value, places) : Infinity);
  }

  // null: a cell in it is blank; Infinity: it divides by zero.
  value([kind, ...rest]) {
    switch (kind) {
      case "number":
        return rest[0];
      case "cell":
        return this.counted(rest[0]);
      case "before":
        return this.plan.before[rest[0]] ?? null;
      case "sum":
        return added(rest[0].map((cell) => this.counted(cell)));
      case "before-sum":
        return added(rest[0].map((cell) => this.plan.before[cell] ?? null));
    }
    const [left, right] = rest.map((tree) => this.value(tree));
    if (left === null || right === null) return null;
    if (kind === "+") return left + right;
    if (kind === "-") return left - right;
    if (kind === "*") return left * right;
    return right === 0 ? Infinity : left / right;
  }

  // A blank that need not be filled in, and what does not apply, count as nothing.
  counted(cell) {
    if (this.hidden.has(cell)) return 0;
    const figure = this.figure(cell);
    const open = this.required.has(cell) || this.plan.formulas[cell];
    return figure === null && !open ? 0 : figure;
  }

  figure(cell) {
    if (this.hidden.has(cell)) return null;
    if (!this.plan.formulas[cell]) return number(this.typed(`number:${cell}`));
    const figure = this.figures.get(cell) ?? null;
    // What divides by zero is blank to everything that uses it.
    return figure === Infinity ? null : figure;
  }

  typed(name) {
    return this.sections.querySelector(`[name="${CSS.escape(name)}"]`)?.value.trim() ?? "";
  }

  holds([cell, sign, wanted]) {
    if (this.hidden.has(cell)) return false;
    const figure = this.figure(cell);
    const said = this.typed(`words:${cell}`);
    const stands = figure !== null || said !== "";
    if (sign === "filled" || sign === "blank") return stands === (sign === "filled");
    if (!stands) return false;
    const [left, right] = figure !== null ? [figure, number(wanted)] : [day(said) ?? said, day(wanted) ?? wanted];
    if (right === null) return false;
    // Words are the same or they are not; there is no more and less.
    if (typeof left === "string" && sign !== "=" && sign !== "!=") return false;
    return { "=": left === right, "!=": left !== right, "<=": left <= right, ">=": left >= right }[sign];
  }

  show() {
    for (const result of this.sections.querySelectorAll("[data-result]")) {
      const figure = this.figures.get(result.dataset.result);
      const blank = result.classList.contains("calculated") ? "–" : "";
      if (figure === undefined) result.textContent = blank;
      else if (figure === Infinity) result.textContent = this.sections.dataset.wordsZero;
      else result.textContent = figure.toLocaleString("vi-VN", { maximumFractionDigits: 4 });
    }
    for (const part of this.sections.querySelectorAll("[data-shown-by]")) {
      part.hidden = this.hidden.has(part.dataset.shownBy);
    }
    for (const section of this.sections.querySelectorAll("fieldset.fields")) {
      const parts = [...section.children].filter((child) => child.matches(".field, .grid-hold, .conditional"));
      section.hidden = parts.length > 0 && parts.every((part) => part.hidden);
    }
  }
}

// Halves go up, as on the server; a half that lost its last bit in reckoning is still a half. −0 is 0.
function rounded(value, places) {
  const whole = Math.abs(value) * 10 ** places;
  return (Math.sign(value) * Math.round(whole + whole * Number.EPSILON * 4)) / 10 ** places + 0;
}

function added(figures) {
  const known = figures.filter((figure) => figure !== null);
  return known.length ? known.reduce((a, b) => a + b, 0) : null;
}

function hasBefore([kind, ...rest]) {
  if (kind.startsWith("before")) return true;
  return "+-*/".includes(kind) && rest.some(hasBefore);
}

// As offices write numbers: dots between groups of three, a comma before decimals.
function number(typed) {
  const text = typed.replace(/\s/g, "");
  if (!text) return null;
  const grouped = /^-?\d{1,3}(\.\d{3})+$/.test(text);
  const value = Number(text.includes(",") || grouped ? text.replaceAll(".", "").replace(",", ".") : text);
  return Number.isNaN(value) ? null : value;
}

function day(typed) {
  const found = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(typed);
  return found ? Number(found[3]) * 10_000 + Number(found[2]) * 100 + Number(found[1]) : null;
}
