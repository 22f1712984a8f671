// "/" goes to the search box; j and k walk the rows of a list, Enter opens the row.
let here = -1;

export function start() {
  document.addEventListener("keydown", onKey);
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
  if (event.key === "/") focusSearch(event);
  else if (event.key === "j") walk(1);
  else if (event.key === "k") walk(-1);
}

export function isWriting(element) {
  return element.matches?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
}

function focusSearch(event) {
  // The page's own box, where it has one, before the box at the top of every page.
  const box = [...document.querySelectorAll("[data-shortcut='/']")].at(-1);
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
}

function walk(step) {
  const rows = [...document.querySelectorAll("[data-rows] tbody tr")];
  if (!rows.length) return;
  rows[here]?.classList.remove("here");
  here = Math.min(Math.max(here + step, 0), rows.length - 1);
  rows[here].classList.add("here");
  rows[here].scrollIntoView({ block: "nearest" });
  // The focus follows, so that Enter opens what is marked.
  (rows[here].querySelector("a") ?? rows[here].querySelector("input"))?.focus({ preventScroll: true });
}
