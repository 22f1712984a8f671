// The wizard: a proposal and its sentence show each other; keys walk, accept, edit, discard, and mark a new task.
import { isWriting } from "./keyboard.js";

const bench = () => document.querySelector("[data-reading]");
const cards = () => [...document.querySelectorAll("[data-proposal]")];
const marks = (key) => [...document.querySelectorAll(".mark")].filter((mark) => mark.dataset.marks.split(" ").includes(key));
let here = null;

export function start() {
  bench().addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  document.addEventListener("selectionchange", offerMarking);
  const button = document.querySelector("[data-mark]");
  // The click on a button would take the selection away before it is read.
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", addMarked);
  addEventListener("hashchange", followAddress);
  followAddress();
}

function followAddress() {
  const key = decodeURIComponent(location.hash).replace(/^#[pm]-/, "");
  const first = cards().find((card) => card.querySelector("[data-act='accept']"));
  const card = cards().find((each) => each.dataset.proposal === key) ?? first;
  if (card) choose(card.dataset.proposal, { scroll: location.hash.startsWith("#p-") });
}

function choose(key, { scroll = true, focus = false } = {}) {
  document.querySelectorAll(".proposal.here, .mark.here").forEach((each) => each.classList.remove("here"));
  here = cards().find((card) => card.dataset.proposal === key) ?? null;
  if (!here) return;
  here.classList.add("here");
  if (scroll) here.scrollIntoView({ block: "nearest" });
  if (focus) here.focus({ preventScroll: true });
  const found = marks(key);
  found.forEach((mark) => mark.classList.add("here"));
  if (found[0]) scrollTextTo(found[0]);
}

// Only the pane of the text moves; the page stays where the person reads.
function scrollTextTo(mark) {
  const pane = mark.closest("[data-reading-text]");
  const [seen, wanted] = [pane.getBoundingClientRect(), mark.getBoundingClientRect()];
  if (wanted.top < seen.top || wanted.bottom > seen.bottom) pane.scrollTop += wanted.top - seen.top - seen.height / 4;
}

function onClick(event) {
  const mark = event.target.closest(".mark");
  if (mark) {
    event.preventDefault();
    // A mark under several proposals leads to each in turn.
    const keys = mark.dataset.marks.split(" ");
    const next = keys[(keys.indexOf(here?.dataset.proposal) + 1) % keys.length];
    if (String(getSelection())) return;
    choose(next, { focus: true });
    return;
  }
  const card = event.target.closest("[data-proposal]");
  if (!card) return;
  if (event.target.closest(".proposal-quote a")) event.preventDefault();
  choose(card.dataset.proposal, { scroll: false });
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
  const act = { j: () => walk(1), k: () => walk(-1), e: () => press("edit"), x: () => press("discard"), n: addMarked, Enter: accept }[event.key];
  if (act && act(event) !== false) event.preventDefault();
}

function walk(step) {
  const all = cards();
  const next = all[Math.min(Math.max(all.indexOf(here) + step, 0), all.length - 1)];
  if (next) choose(next.dataset.proposal, { focus: true });
}

function press(name) {
  here?.querySelector(`[data-act='${name}']`)?.click();
}

// Enter on a button or link does what that says; anywhere else it accepts.
function accept(event) {
  if (event.target.closest("a, button, summary, input, label")) return false;
  press("accept");
}

function offerMarking() {
  document.querySelector("[data-mark]").hidden = !marked();
}

function marked() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const [start, end] = [offset(range.startContainer, range.startOffset), offset(range.endContainer, range.endOffset)];
  return start === null || end === null || start >= end ? null : [start, end];
}

// Where a place of the page stands in the text, counted in characters as the server counts them.
function offset(node, at) {
  const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest?.("[data-start]");
  if (!piece) return null;
  const before = node.nodeType === Node.TEXT_NODE ? node.data.slice(0, at) : "";
  return Number(piece.dataset.start) + [...before].length;
}

function addMarked() {
  const details = document.querySelector("[data-add]");
  const form = details.querySelector("form");
  const span = marked();
  if (!span) {
    details.open = true;
    form.elements.namedItem("quote").focus();
    return;
  }
  [form.elements.namedItem("start").value, form.elements.namedItem("end").value] = span;
  form.requestSubmit();
}
