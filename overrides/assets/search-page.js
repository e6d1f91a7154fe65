/* The search page: its state is in the address, so that a search can be sent to a friend and the back button works. */

import { tune } from "./search.js";

const FILTERS = ["type", "country", "theme", "group", "language", "year"];
const instance = PagefindComponents.getInstanceManager().getInstance("default");
const clear = document.getElementById("hub-clear");
let restoring = false;
let lastChoice = "";

/** Several values of one filter mean "any of these"; without a word the newest come first. */
async function searchAny(search, term, options) {
  const filters = {};
  for (const [name, values] of Object.entries(options.filters || {})) if (values.length) filters[name] = { any: values };
  const wanted = { ...options, filters, sort: term ? {} : { date: "desc" } };
  const found = await search(term, wanted);
  // The counts beside a filter's values leave its own choice out: they say what choosing one more would add.
  for (const name of Object.keys(filters)) {
    const { [name]: own, ...others } = filters;
    const without = await search(term, { ...wanted, filters: others });
    if (found.filters && without.filters) found.filters[name] = without.filters[name];
  }
  return found;
}

/** Makes the search that the address says. */
function restore() {
  const asked = new URLSearchParams(location.search);
  const term = asked.get("q") || "";
  const filters = Object.fromEntries(FILTERS.filter((name) => asked.has(name)).map((name) => [name, asked.getAll(name)]));
  restoring = true; // the event "search" is sent at once
  instance.triggerSearchWithFilters(term, filters);
  restoring = false;
  for (const input of instance.getInputs()) { // Pagefind leaves a focused input as it is
    input.inputEl.value = term;
    input.updateState(term);
  }
}

/** Writes a search into the address: a chosen filter is a step back, a typed letter is not. */
function remember(term, filters) {
  const choice = JSON.stringify(FILTERS.map((name) => filters[name] || []));
  if (!restoring) {
    const asked = new URLSearchParams(term ? { q: term } : {});
    for (const name of FILTERS) for (const value of filters[name] || []) asked.append(name, value);
    const address = location.pathname + (`${asked}` ? `?${asked}` : "");
    if (address !== location.pathname + location.search) {
      history[choice === lastChoice ? "replaceState" : "pushState"](null, "", address);
    }
  }
  lastChoice = choice;
  clear.hidden = !Object.values(filters).some((values) => values.length);
}

/** Pagefind names the button of a filter only while something is chosen; a combobox takes no name from its text. */
function nameButtons() {
  for (const menu of document.querySelectorAll("pagefind-filter-dropdown")) {
    const button = menu.querySelector("[role=combobox]");
    const name = () => {
      if (!button.hasAttribute("aria-label")) button.setAttribute("aria-label", menu.getAttribute("label"));
    };
    new MutationObserver(name).observe(button, { attributeFilter: ["aria-label"] });
    name();
  }
}

if (await tune(instance, searchAny)) {
  nameButtons();
  instance.faceted = true; // the attribute `faceted` would forget the ?q= of the address
  instance.on("search", remember);
  clear.addEventListener("click", () => {
    instance.triggerFilters({});
    instance.getInputs()[0].focus();
  });
  addEventListener("keydown", (event) => { // after a click on a value the menu no longer hears Escape
    if (event.key === "Escape") for (const menu of document.querySelectorAll("pagefind-filter-dropdown")) menu.close();
  });
  addEventListener("popstate", restore);
  restore();
}
