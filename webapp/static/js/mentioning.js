// In a box with data-mention the names from that address are offered after an @; Tab or a click takes one.
const MOST = 8;
const lists = new Map();

export function start() {
  for (const box of document.querySelectorAll("[data-mention]")) watch(box);
}

function watch(box) {
  const offer = document.createElement("ul");
  offer.className = "mentions";
  offer.hidden = true;
  offer.setAttribute("role", "listbox");
  box.after(offer);
  box.addEventListener("input", () => suggest(box, offer));
  box.addEventListener("keydown", (event) => {
    if (offer.hidden) return;
    if (event.key === "Tab" || event.key === "Enter") {
      event.preventDefault();
      take(box, offer, offer.firstChild.textContent);
    } else if (event.key === "Escape") offer.hidden = true;
  });
  offer.addEventListener("mousedown", (event) => {
    event.preventDefault();
    take(box, offer, event.target.textContent);
  });
  box.addEventListener("blur", () => (offer.hidden = true));
}

async function suggest(box, offer) {
  const typed = begun(box);
  if (typed === null) return void (offer.hidden = true);
  const address = box.dataset.mention;
  if (!lists.has(address)) lists.set(address, load(address));
  const names = (await lists.get(address)).filter((name) => name.toLowerCase().includes(typed.toLowerCase()));
  offer.replaceChildren(...names.slice(0, MOST).map(row));
  offer.hidden = names.length === 0 || begun(box) !== typed;
}

function begun(box) {
  const before = box.value.slice(0, box.selectionStart);
  return /(?:^|\s)@([^@\n{]{1,60})$/.exec(before)?.[1] ?? null;
}

function take(box, offer, name) {
  const end = box.selectionStart;
  const start = box.value.lastIndexOf("@", end - 1);
  box.setRangeText(`@${name} `, start, end, "end");
  offer.hidden = true;
  box.focus();
}

function row(name) {
  const item = document.createElement("li");
  item.setAttribute("role", "option");
  item.textContent = name;
  return item;
}

async function load(address) {
  const response = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
  return response?.ok ? response.json() : [];
}
