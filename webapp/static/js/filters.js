// Filters, sorting and pages of a list without loading the page anew; the address stays the truth.
import * as choosing from "./choosing.js";

let asked = null;

export function start() {
  addEventListener("popstate", () => show(location.href, false));
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-filters], [data-columns]")) return;
    event.preventDefault();
    show(addressOf(form), true);
  });
  document.addEventListener("change", (event) => {
    const form = event.target.closest("[data-filters]");
    if (form && !event.target.matches("[type=search], [inputmode]")) show(addressOf(form), true);
  });
  document.addEventListener("click", onClick);
}

function onClick(event) {
  const link = event.target.closest("[data-list] :is(.chips, .pager, thead) a");
  if (!link || link.hasAttribute("download") || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  show(link.href, true);
}

function addressOf(form) {
  const address = new URL(form.action || location.href, location.href);
  const typed = [...new FormData(form)].filter(([, value]) => value !== "");
  address.search = new URLSearchParams(typed).toString();
  return address.href;
}

async function show(address, isNew) {
  asked?.abort();
  asked = new AbortController();
  const list = document.querySelector("[data-list]");
  list.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(address, { signal: asked.signal, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector("[data-list]");
    if (!response.ok || !fresh) throw new Error("not a list");
    replace(list, fresh);
    if (isNew) history.pushState(null, "", address);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
  }
}

function replace(list, fresh) {
  const active = document.activeElement;
  const focused = list.contains(active) ? (active.name && `[name="${CSS.escape(active.name)}"][value="${CSS.escape(active.value)}"], [name="${CSS.escape(active.name)}"]`) : "";
  const open = list.querySelector("details.menu[open] > summary")?.textContent.trim().split(" ")[0];
  list.replaceWith(fresh);
  for (const summary of fresh.querySelectorAll("details.menu > summary")) {
    if (open && summary.textContent.trim().startsWith(open)) summary.parentElement.open = true;
  }
  if (focused) fresh.querySelector(focused)?.focus();
  choosing.start();
}
