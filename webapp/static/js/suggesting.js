// A box with data-suggest gets its suggestions from that address when it is first entered.
const lists = new Map();

export function start() {
  document.addEventListener("focusin", (event) => {
    const address = event.target.dataset?.suggest;
    if (address && !event.target.list) suggest(event.target, address);
  });
}

async function suggest(box, address) {
  if (!lists.has(address)) lists.set(address, load(address));
  const list = await lists.get(address);
  if (list) box.setAttribute("list", list.id);
}

async function load(address) {
  const response = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!response?.ok) return null;
  const list = document.createElement("datalist");
  list.id = `suggestions-${lists.size}`;
  for (const words of await response.json()) list.append(new Option(words, words));
  document.body.append(list);
  return list;
}
