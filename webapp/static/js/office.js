// Every page works without scripts; this brings the parts a page has use for.
const parts = [
  ["[data-shortcut], [data-rows]", "./keyboard.js"],
  ["form[data-guard]", "./unsent.js"],
  ["form[data-autosave]", "./autosave.js"],
  ["[data-list]", "./filters.js"],
  ["form[data-bulk]", "./choosing.js"],
  ["[data-walk], [data-grid]", "./walking.js"],
  ["[data-reading]", "./reading.js"],
  ["details.menu, details.dialog", "./menus.js"],
];

for (const [selector, path] of parts) {
  if (document.querySelector(selector)) import(path).then((part) => part.start());
}
document.querySelector("[data-focus]")?.focus();
