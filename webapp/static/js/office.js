// Every page works without scripts; this brings the parts a page has use for.
const parts = [
  ["[data-shortcut], [data-rows]", "./keyboard.js"],
  ["form[data-guard]", "./unsent.js"],
  ["form[data-autosave]", "./autosave.js"],
  ["[data-list]", "./filters.js"],
  ["form[data-bulk]", "./choosing.js"],
  ["form[data-search]", "./search.js"],
  ["[data-walk], [data-grid]", "./walking.js"],
  ["[data-engine]", "./calculating.js"],
  ["[data-questions]", "./asking.js"],
  ["form[data-design]", "./designing.js"],
  ["[data-reading]", "./reading.js"],
  ["[data-drop]", "./dropping.js"],
  ["details.menu, details.dialog", "./menus.js"],
  ["[data-suggest]", "./suggesting.js"],
  ["[data-mention]", "./mentioning.js"],
  ["iframe[data-paper]", "./paper.js"],
];

const wanted = parts.filter(([selector]) => document.querySelector(selector));
const started = wanted.map(([, path]) => import(path).then((part) => part.start()));
document.querySelector("[data-focus]")?.focus();
// Browser tests wait for this before they touch a key.
Promise.all(started).then(() => (document.documentElement.dataset.scripts = "ready"));
