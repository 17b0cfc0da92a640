// Sorts and filters the table of the figures. Without it the page reads the same, the table in the order of the stories.
"use strict";
(() => {
  const table = document.getElementById("figures-table");
  const form = document.getElementById("filters");
  if (!table || !form) return;
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const language = document.documentElement.lang;
  const words = new Intl.Collator(language, { numeric: true });
  const numbers = new Intl.NumberFormat(language);
  const heads = [...table.tHead.rows[0].cells];

  const key = (row, column) => row.cells[column].dataset.key ?? row.cells[column].textContent;

  function compare(one, other, kind, sign) {
    // What is empty stays last, whichever way the rest is sorted.
    if (one === "" || other === "") return (one === "") - (other === "");
    return sign * (kind === "number" ? Number(one) - Number(other) : words.compare(one, other));
  }

  function sort(head) {
    const next = { none: "ascending", ascending: "descending", descending: "none" }[head.getAttribute("aria-sort") ?? "none"];
    for (const each of heads) each.removeAttribute("aria-sort");
    if (next !== "none") head.setAttribute("aria-sort", next);
    const column = heads.indexOf(head);
    const sign = next === "descending" ? -1 : 1;
    const order = [...rows];
    if (next !== "none") order.sort((a, b) => compare(key(a, column), key(b, column), head.dataset.sort, sign));
    body.append(...order);
  }

  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => sort(head));
    head.replaceChildren(button);
  }

  const status = form.querySelector("[role=status]");
  const texts = new Map(rows.map((row) => [row, row.textContent.toLocaleLowerCase(language)]));

  function filter() {
    const wanted = [...new FormData(form)].filter(([, value]) => value);
    let shown = 0;
    for (const row of rows) {
      row.hidden = !wanted.every(([name, value]) =>
        name === "search"
          ? value.toLocaleLowerCase(language).split(/\s+/).every((word) => texts.get(row).includes(word))
          : row.dataset[name] === value,
      );
      shown += !row.hidden;
    }
    status.textContent = status.dataset.text
      .replace("{shown}", numbers.format(shown))
      .replace("{all}", numbers.format(rows.length));
  }

  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  form.hidden = false;
  filter();
})();
