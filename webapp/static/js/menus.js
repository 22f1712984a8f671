// Menus and dialogs made of <details>: Escape and a click elsewhere close them, one is open at a time.
const OPEN = "details.menu[open], details.dialog[open]";

export function start() {
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-close-dialog]")) close(event.target.closest("details"));
    else closeOthers(event.target);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") document.querySelectorAll(OPEN).forEach(close);
  });
  prepare();
}

// Dialogs that came with this page, or with results that took the place of others.
export function prepare() {
  document.querySelectorAll("[data-close-dialog]").forEach((button) => (button.hidden = false));
  document.querySelectorAll("details.dialog").forEach((dialog) => dialog.addEventListener("toggle", focusFirst));
}

function close(details) {
  const inside = details.contains(document.activeElement);
  details.open = false;
  if (inside) details.querySelector("summary").focus();
}

function closeOthers(target) {
  for (const details of document.querySelectorAll(OPEN)) {
    if (!details.contains(target) && !hasWords(details)) details.open = false;
  }
}

// A reason half written is not closed away by a stray click.
function hasWords(details) {
  return [...details.querySelectorAll("textarea")].some((area) => area.value.trim());
}

function focusFirst(event) {
  const details = event.currentTarget;
  if (details.open) details.querySelector("textarea, .dialog-body input:not([type=hidden]), .dialog-body button")?.focus();
}
