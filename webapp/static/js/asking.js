// After a draft was saved the office may ask about unusual figures; the question stands at its part of the form.
export function start() {
  document.addEventListener("draft-saved", (event) => ask(event.target, event.detail?.questions ?? {}));
}

function ask(form, questions) {
  const pattern = form.querySelector("template[data-question]");
  if (!pattern) return;
  for (const place of form.querySelectorAll("[data-questions]")) {
    const asked = place.dataset.questions.split(" ").filter((cell) => cell in questions);
    for (const old of [...place.children]) {
      if (!asked.includes(old.dataset.asksAbout)) old.remove();
    }
    for (const cell of asked) {
      const known = place.querySelector(`[data-asks-about="${CSS.escape(cell)}"]`);
      const question = known ?? pattern.content.firstElementChild.cloneNode(true);
      question.dataset.asksAbout = cell;
      question.querySelector("span").textContent = questions[cell];
      question.querySelector("input").name = `confirm:${cell}`;
      if (!known) place.append(question);
    }
  }
}
