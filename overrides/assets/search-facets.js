/* A facet of the search page: a button whose menu lists values with their counts. */

import { make } from "./search-results.js";

/** The facet in a <details>; `changed` is called when its menu opens or the choice in it is another one. */
export function facet(details, changed) {
  const { facet: name, order } = details.dataset;
  const summary = details.querySelector("summary");
  const chosenText = summary.querySelector(".hub-facet__chosen");
  const menu = details.querySelector("fieldset");
  const nothing = menu.querySelector("p");
  const rows = new Map();
  const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;

  function add(values) {
    const unknown = values.filter((value) => !rows.has(value));
    unknown.forEach(row);
    if (unknown.length) menu.append(...sorted().map((value) => rows.get(value).label));
  }

  function row(value) {
    const label = make("label");
    const box = make("input", { type: "checkbox", value });
    const count = make("span", { className: "hub-count" });
    label.append(box, make("span", { textContent: value }), count);
    rows.set(value, { label, box, count });
  }

  function sorted() {
    const values = [...rows.keys()].sort(compare);
    return order === "down" ? values.reverse() : values;
  }

  function close() {
    if (details.contains(document.activeElement)) summary.focus();
    details.open = false;
  }

  details.addEventListener("toggle", () => {
    if (details.open) changed();
  });
  menu.addEventListener("change", () => changed(name, sorted().filter((value) => rows.get(value).box.checked)));
  details.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && details.open) close();
  });
  details.addEventListener("focusout", ({ relatedTarget: next }) => {
    if (next && !details.contains(next)) details.open = false;
  });
  addEventListener("pointerdown", (event) => {
    if (!details.contains(event.target)) details.open = false;
  });

  return {
    name,
    isOpen: () => details.open,
    /** Shows what is chosen. */
    choose(values) {
      add(values);
      for (const [value, { box }] of rows) box.checked = values.includes(value);
      chosenText.textContent = values.length ? `: ${values.join(", ")}` : "";
    },
    /** Shows how much each value would find, and hides those that would find nothing and are not chosen. */
    count(counts) {
      add(Object.keys(counts));
      for (const [value, { label, box, count }] of rows) {
        count.textContent = counts[value] || 0;
        const isNeedless = !counts[value] && !box.checked;
        if (isNeedless && label.contains(document.activeElement)) summary.focus();
        label.hidden = isNeedless;
      }
      nothing.hidden = [...rows.values()].some(({ label }) => !label.hidden);
    },
  };
}
