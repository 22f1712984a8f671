// Boards: arrows walk the cells, Enter opens. Grids of figures: arrows, Enter down, a pasted block fills cells.
import { isWriting } from "./keyboard.js";

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export function start() {
  document.querySelectorAll("[data-walk]").forEach((table) => table.addEventListener("keydown", onBoardKey));
  for (const grid of document.querySelectorAll("[data-grid]")) {
    grid.addEventListener("keydown", onGridKey);
    grid.addEventListener("paste", onPaste);
    grid.addEventListener("input", () => total(grid));
    total(grid);
  }
  document.querySelectorAll("form").forEach((form) => form.addEventListener("keydown", onFigureKey));
}

// Outside grids Enter leads to the next figure, as in a sheet; it never hands a form in by accident.
function onFigureKey(event) {
  const figure = event.target;
  if (event.key !== "Enter" || event.isComposing || !figure.matches("input.figure") || figure.closest("td")) return;
  event.preventDefault();
  const figures = [...event.currentTarget.querySelectorAll("input.figure")];
  const next = figures[figures.indexOf(figure) + (event.shiftKey ? -1 : 1)];
  next?.focus();
  next?.select();
}

function onBoardKey(event) {
  const step = STEPS[event.key];
  const cell = event.target.closest("td, th");
  if (step && cell && move(cell, step, "a")) event.preventDefault();
}

function onGridKey(event) {
  const cell = event.target.closest("td");
  if (!cell || !isWriting(event.target) || event.isComposing) return;
  const step = event.key === "Enter" ? [event.shiftKey ? -1 : 1, 0] : STEPS[event.key];
  if (!step) return;
  // Left and right stay inside the figure until its edge is reached.
  if (step[1] && !atEdge(event.target, step[1])) return;
  event.preventDefault();
  move(cell, step, "input");
}

function atEdge(input, direction) {
  const selected = input.selectionStart !== input.selectionEnd;
  return !selected && input.selectionStart === (direction < 0 ? 0 : input.value.length);
}

function move(cell, [down, right], wanted) {
  const rows = [...cell.closest("table").rows];
  let row = rows.indexOf(cell.parentElement) + down;
  let column = cell.cellIndex + right;
  while (rows[row]?.cells[column]) {
    const target = rows[row].cells[column].querySelector(wanted);
    if (target) {
      target.focus();
      target.select?.();
      target.scrollIntoView({ block: "nearest", inline: "nearest" });
      return true;
    }
    row += down;
    column += right;
  }
  return false;
}

function onPaste(event) {
  const lines = event.clipboardData.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "").split("\n");
  const block = lines.map((line) => line.split("\t"));
  const cell = event.target.closest("td");
  if (!cell || (block.length === 1 && block[0].length === 1)) return;
  event.preventDefault();
  tell(event.currentTarget, fill(cell, block));
  event.currentTarget.dispatchEvent(new Event("input", { bubbles: true }));
}

// Puts a block into the cells from here on; returns what found no cell to go into. Sums reckon themselves.
function fill(cell, block) {
  const rows = [...cell.closest("tbody").rows];
  const first = rows.indexOf(cell.parentElement);
  const outside = [];
  block.forEach((values, i) => {
    values.forEach((value, j) => {
      const target = rows[first + i]?.cells[cell.cellIndex + j];
      const input = target?.querySelector("input");
      if (input && !input.readOnly) input.value = value.trim();
      else if (value.trim() && !target?.matches(".grid-total")) outside.push(found(i, j, value));
    });
  });
  return outside;
}

function found(row, column, value) {
  return { row: row + 1, column: column + 1, value: value.trim().slice(0, 20) };
}

const NAMED = 5;

function tell(grid, outside) {
  const line = grid.closest(".grid-hold")?.parentElement.querySelector(":scope > [data-outside]");
  const words = grid.closest("[data-words-outside]")?.dataset;
  if (!line || !words) return;
  const places = outside.slice(0, NAMED).map((place) => filled(words.wordsPlace, place));
  const more = outside.length > NAMED ? "; …" : "";
  line.hidden = !outside.length;
  line.textContent = filled(words.wordsOutside, { count: outside.length, places: places.join("; ") + more });
}

function filled(words, figures) {
  return words.replace(/\{(\w+)\}/g, (_, name) => figures[name]);
}

// An element with data-total="a b" shows the sum of the inputs named a and b while they are typed.
function total(grid) {
  for (const sum of grid.querySelectorAll("[data-total]")) {
    const figures = sum.dataset.total.split(" ").map((name) => read(grid, name));
    const known = figures.filter((figure) => figure !== null);
    sum.textContent = known.length ? known.reduce((a, b) => a + b, 0).toLocaleString("vi-VN") : "";
  }
}

function read(grid, name) {
  const typed = grid.querySelector(`input[name="${CSS.escape(name)}"]`)?.value.trim();
  const figure = typed ? Number(typed.replace(/[.\s]/g, "").replace(",", ".")) : NaN;
  return Number.isNaN(figure) ? null : figure;
}
