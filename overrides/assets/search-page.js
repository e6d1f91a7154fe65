/* The search page: its state is in the address, so that a search can be sent to a friend and the back button works. */

import { facet } from "./search-facets.js";
import { open } from "./search-index.js";
import { shower } from "./search-results.js";
import { paused, read } from "./search.js";

const MOST = 10;
const form = document.getElementById("hub-searchbox");
const input = form.elements.q;
const clear = document.getElementById("hub-clear");
const widen = document.getElementById("hub-widen");
const show = shower(document.getElementById("hub-found"), MOST);
const facets = [...form.querySelectorAll("[data-facet]")].map((details) => facet(details, choose));
let chosen = {};

/** Searches for what the field and the facets say; the values of a facet are loaded when it is first of use. */
async function search() {
  const wanted = facets.filter((each) => each.isOpen() || chosen[each.name]);
  clear.hidden = !Object.keys(chosen).length;
  widen.hidden = true;
  for (const each of facets) each.choose(chosen[each.name] || []);
  const found = await show(read(input), chosen, wanted.map((each) => each.name));
  if (!found) return;
  for (const each of wanted) each.count(found.counts[each.name]);
  widen.hidden = found.results.length > 0 || !found.unnarrowed || clear.hidden;
  widen.textContent = widen.dataset.text.replace("{count}", found.unnarrowed);
}

/** Takes over a facet's choice, if there is one. */
function choose(name, values) {
  if (name) {
    chosen = { ...chosen, [name]: values };
    if (!values.length) delete chosen[name];
    remember("pushState");
  }
  search();
}

/** Writes the search into the address: a chosen value is a step back, a typed letter is not. */
function remember(step) {
  const word = read(input);
  const asked = new URLSearchParams(word ? { q: word } : {});
  for (const { name } of facets) for (const value of chosen[name] || []) asked.append(name, value);
  history[step](null, "", location.pathname + (`${asked}` ? `?${asked}` : ""));
}

/** Makes the search that the address says. */
function restore() {
  const asked = new URLSearchParams(location.search);
  input.value = asked.get("q") || "";
  chosen = {};
  for (const { name } of facets) if (asked.has(name)) chosen[name] = asked.getAll(name);
  search();
}

function forget() {
  chosen = {};
  remember("pushState");
  search();
  input.focus();
}

const searchNow = () => {
  remember("replaceState");
  search();
};
input.addEventListener("input", paused(searchNow));
input.addEventListener("focus", () => open().catch(() => {}), { once: true });
form.addEventListener("submit", (event) => {
  event.preventDefault();
  searchNow();
});
clear.addEventListener("click", forget);
widen.addEventListener("click", forget);
addEventListener("popstate", restore);
restore();
