// Filters of the contents pages, and the note of an annotation under the pointer or the keyboard focus. Text only, never markup.
"use strict";
(function () {
  const rows = Array.from(document.querySelectorAll("table.list tbody tr"));
  const controls = Array.from(document.querySelectorAll("[data-filter]"));
  const count = document.querySelector("[data-count]");

  function fold(text) {
    return text.toLowerCase().replace(/[\u064b-\u0652\u0640]/g, "").replace(/[أإآ]/g, "ا").replace(/ى/g, "ي").replace(/ة/g, "ه");
  }

  const folded = new Map();

  function searchable(row) {
    if (!folded.has(row)) folded.set(row, fold(row.textContent));
    return folded.get(row);
  }

  function filter() {
    let shown = 0;
    for (const row of rows) {
      const hidden = !controls.every((c) => {
        const wanted = c.value;
        if (!wanted) return true;
        if (c.dataset.filter === "text") return searchable(row).includes(fold(wanted));
        return row.dataset[c.dataset.filter] === wanted;
      });
      if (row.hidden !== hidden) row.hidden = hidden;
      if (!hidden) shown += 1;
    }
    if (count) count.textContent = shown + " of " + rows.length;
  }

  if (controls.length) {
    const asked = new URLSearchParams(location.search);
    for (const c of controls) {
      if (asked.has(c.dataset.filter)) c.value = asked.get(c.dataset.filter);
      c.addEventListener("input", filter);
    }
    const form = document.querySelector("form.filters");
    form.addEventListener("submit", (e) => e.preventDefault());
    filter();
  }

  const data = document.getElementById("notes");
  const note = document.getElementById("note");
  if (data && note) {
    const notes = JSON.parse(data.textContent);
    const tell = (event) => {
      const span = event.target.closest("[data-a]");
      if (span) note.textContent = span.dataset.a.split(" ").map((a) => notes[a.replace("raw-", "")]).filter(Boolean).join(" · ");
    };
    document.addEventListener("mouseover", tell);
    document.addEventListener("focusin", tell);
  }
})();
