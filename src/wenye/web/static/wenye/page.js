/* Row movement by keyboard and the bulk bar: j/k move, Enter opens, x selects. Pages work without. */
(() => {
  "use strict";
  const rows = () => [...document.querySelectorAll("table[data-rows] tbody tr[data-href]")];
  const typing = (target) => target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "/") {
      const search = document.querySelector("[data-search]");
      if (search) { search.focus(); event.preventDefault(); }
      return;
    }
    const list = rows();
    if (!list.length) return;
    const at = list.indexOf(document.activeElement.closest("tr[data-href]"));
    if (event.key === "j" || event.key === "k") {
      const next = event.key === "j" ? Math.min(at + 1, list.length - 1) : Math.max(at - 1, 0);
      list[next].focus();
      event.preventDefault();
    } else if (at >= 0 && event.key === "Enter" && event.target === list[at]) {
      window.location.assign(list[at].dataset.href);
    } else if (at >= 0 && event.key === "x") {
      const box = list[at].querySelector("input[type=checkbox]");
      if (box) { box.checked = !box.checked; box.dispatchEvent(new Event("change", { bubbles: true })); }
    }
  });

  const bulk = () => {
    for (const bar of document.querySelectorAll("[data-bulk]")) {
      const form = bar.closest("form");
      const picked = form.querySelectorAll("tbody input[type=checkbox]:checked").length;
      bar.hidden = picked === 0;
      const count = bar.querySelector("[data-count]");
      if (count) count.textContent = picked;
    }
  };
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-pick-all]")) {
      for (const box of event.target.closest("table").querySelectorAll("tbody input[type=checkbox]")) {
        box.checked = event.target.checked;
      }
    }
    bulk();
  });
  const ready = () => {
    for (const row of rows()) row.tabIndex = 0;
    for (const frame of document.querySelectorAll(".table-frame, figure")) {
      // What is wider than the window is moved by keyboard too.
      if (frame.scrollWidth > frame.clientWidth) frame.tabIndex = 0;
    }
    bulk();
  };
  document.addEventListener("DOMContentLoaded", ready);
  document.addEventListener("htmx:afterSettle", ready);
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });
})();
