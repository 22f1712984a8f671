// Results while one types: after a pause the page is asked again and its results change places.
import * as choosing from "./choosing.js";
import * as menus from "./menus.js";

const PAUSE = 300;
let asked = null;
let timer = null;

export function start() {
  const form = document.querySelector("form[data-search]");
  const box = form.elements.q;
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => show(addressOf(form), true), PAUSE);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    show(addressOf(form), false);
  });
  document.addEventListener("keydown", (event) => walk(event, box));
}

function addressOf(form) {
  const typed = [...new FormData(form)].filter(([, value]) => value !== "");
  return `${location.pathname}?${new URLSearchParams(typed)}`;
}

async function show(address, isTyping) {
  asked?.abort();
  asked = new AbortController();
  const results = document.querySelector("[data-results]");
  results.setAttribute("aria-busy", "true");
  try {
    const wanted = isTyping ? `${address}&typing=1` : address;
    const response = await fetch(wanted, { signal: asked.signal, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector("[data-results]");
    if (!fresh) throw new Error("not a page of results");
    results.replaceWith(fresh);
    document.title = page.title;
    history.replaceState(null, "", address);
    choosing.start();
    menus.prepare();
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
  }
}

// From the box down into the results and back.
function walk(event, box) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const links = [...document.querySelectorAll("[data-hit] h2 a")];
  const here = links.indexOf(document.activeElement);
  if (here < 0 && document.activeElement !== box) return;
  const next = here + (event.key === "ArrowDown" ? 1 : -1);
  event.preventDefault();
  (links[next] ?? (next < 0 ? box : links.at(-1)))?.focus();
}
