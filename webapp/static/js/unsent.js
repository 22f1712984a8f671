// Leaving a form with unsent work asks first.
let unsent = false;

export function start() {
  for (const form of document.querySelectorAll("form[data-guard]")) {
    form.addEventListener("input", () => mark(true));
    form.addEventListener("submit", () => mark(false));
  }
  addEventListener("beforeunload", (event) => {
    if (unsent) event.preventDefault();
  });
  // A page that came back refused still holds what was typed.
  if (document.querySelector("form[data-guard] .faults")) mark(true);
}

export function mark(value) {
  unsent = value;
}
