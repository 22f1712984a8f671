// Designing a form: cards are dragged, cells put into formulas from a list, the look follows what was saved.
export function start() {
  const form = document.querySelector("form[data-design]");
  prepareLook();
  prepareInsertion(form);
  prepareDragging(form);
}

function prepareLook() {
  const look = document.querySelector("iframe[data-look]");
  document.addEventListener("draft-saved", (event) => {
    look.contentWindow.location.replace(look.src);
    tellLacks(event.detail);
  });
  const widths = document.querySelector("[data-widths]");
  widths.hidden = false;
  widths.addEventListener("click", (event) => {
    const chosen = event.target.closest("[data-width]");
    if (!chosen) return;
    look.parentElement.dataset.screen = chosen.dataset.width;
    for (const each of widths.children) each.setAttribute("aria-pressed", String(each === chosen));
  });
}

function tellLacks({ lacks, here }) {
  const whole = document.querySelector("[data-lacks]");
  whole.hidden = !lacks.length;
  whole.querySelector("[data-lacks-count]").textContent = lacks.length;
  whole.querySelector("ul").replaceChildren(...lacks.map(({ sentence, address }) => element("li", link(sentence, address))));
  document.querySelector("[data-lacks-here]")?.replaceChildren(...here.map((sentence) => element("p", sentence, "fault")));
}

function element(kind, content, className = "") {
  const made = document.createElement(kind);
  made.className = className;
  made.append(content);
  return made;
}

function link(words, address) {
  const made = element("a", words);
  made.href = address;
  return made;
}

// The cell goes where the caret was last in a formula of the card.
function prepareInsertion(form) {
  let last = null;
  const isFormula = (box) => /^(formula|left$|right$)/.test(box.name ?? "");
  const earlier = form.querySelector("[data-insert-earlier]");
  if (earlier) earlier.hidden = false;
  form.addEventListener("focusin", (event) => {
    if (isFormula(event.target)) last = event.target;
  });
  form.addEventListener("change", (event) => {
    const list = event.target.closest("[data-insert] select");
    if (!list?.value) return;
    const box = last ?? [...form.elements].find(isFormula);
    const cell = earlier?.querySelector("input").checked ? `[kỳ trước: ${list.value}]` : `[${list.value}]`;
    box.setRangeText(cell, box.selectionStart, box.selectionEnd, "end");
    list.value = "";
    box.focus();
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

function prepareDragging(form) {
  let dragged = null;
  for (const card of form.querySelectorAll("[data-place]")) {
    if (!card.querySelector(":scope > .design-opened")) card.draggable = true;
  }
  form.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-place]");
    dragged?.classList.add("design-dragged");
  });
  form.addEventListener("dragend", () => {
    dragged?.classList.remove("design-dragged");
    target(form, null);
    dragged = null;
  });
  form.addEventListener("dragover", (event) => {
    const goal = goalOf(event, dragged);
    target(form, goal);
    if (goal) event.preventDefault();
  });
  form.addEventListener("drop", (event) => {
    const goal = goalOf(event, dragged);
    if (!goal) return;
    event.preventDefault();
    send(form, `put ${dragged.dataset.place} ${goal.dataset.place}`);
  });
}

// A part goes before a part or to the end of a section; sections and rules before their like.
function goalOf(event, dragged) {
  if (!dragged) return null;
  const kind = (card) => card.dataset.place.split(":")[0];
  let goal = event.target.closest?.("[data-place]");
  while (goal && kind(goal) !== kind(dragged) && !(kind(dragged) === "part" && kind(goal) === "section")) {
    goal = goal.parentElement.closest("[data-place]");
  }
  return goal === dragged ? null : goal;
}

function target(form, goal) {
  form.querySelectorAll(".design-target").forEach((card) => card !== goal && card.classList.remove("design-target"));
  goal?.classList.add("design-target");
}

function send(form, wish) {
  const button = document.createElement("button");
  button.name = "do";
  button.value = wish;
  button.hidden = true;
  form.append(button);
  form.requestSubmit(button);
}
