// Choosing rows for a bulk act: one, the page, everything the filter finds.
export function start() {
  document.querySelectorAll("form[data-bulk]").forEach(prepare);
}

function prepare(form) {
  const ticks = [...form.querySelectorAll("input[name=ids]")];
  const page = form.querySelector("[data-tick-page]");
  const all = form.querySelector("[data-tick-all]");
  const line = form.querySelector("[data-chosen]");
  const unchosen = line.textContent;

  function count() {
    const chosen = ticks.filter((tick) => tick.checked).length;
    page.checked = chosen === ticks.length;
    page.indeterminate = chosen > 0 && chosen < ticks.length;
    line.textContent = chosen ? line.dataset.words.replace("{count}", chosen) : unchosen;
  }

  form.addEventListener("change", (event) => {
    if (event.target === page) ticks.forEach((tick) => (tick.checked = page.checked));
    if (event.target === all && all.checked) ticks.forEach((tick) => (tick.checked = true));
    if (event.target.name === "ids" && all && !event.target.checked) all.checked = false;
    count();
  });
  count();
}
