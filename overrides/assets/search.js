/* The search in the header: fetched at its first use, it opens a dialog with the first results. */

import { open as openIndex, root } from "./search-index.js";
import { make, shower, words } from "./search-results.js";

const MOST = 8;
const PAUSE = 200; // milliseconds: nobody wants the results of half a word
let dialog;

/** Opens the dialog; `link` leads to the search page. */
export async function open(link) {
  dialog ||= prepare(link);
  const shown = await dialog;
  if (!shown.open) shown.showModal();
  openIndex().catch(() => {}); // while somebody types; a failure is said with the first search
}

async function prepare(link) {
  await stylesheet(`${root}assets/search.css`);
  const dialog = make("dialog", { className: "hub-dialog md-typeset", ariaLabel: words.placeholder });
  // Sent off, the form leads to the search page.
  const form = make("form", { className: "hub-searchbox", role: "search", action: link.href });
  const input = make("input", { type: "search", name: "q", autocomplete: "off", placeholder: words.placeholder, ariaLabel: words.placeholder });
  const close = make("button", { type: "button", className: "hub-button", textContent: words.close });
  const found = make("div", { className: "hub-found" });
  const all = make("p", { className: "hub-all" });
  const page = make("a", { href: link.href, textContent: words.all });
  all.append(page);
  form.append(input, close);
  dialog.append(form, found, all);
  document.body.append(dialog);
  const show = shower(found, MOST);
  input.addEventListener("input", paused(() => {
    const word = read(input);
    page.href = link.href + (word ? `?${new URLSearchParams({ q: word })}` : "");
    show(word);
  }));
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close(); // the ground around it
  });
  return dialog;
}

/** What stands in a field, in the form in which the index has its words. */
export const read = (input) => input.value.normalize("NFC").trim();

/** A function that acts when nobody has called it for a moment. */
export function paused(act) {
  let waiting;
  return () => {
    clearTimeout(waiting);
    waiting = setTimeout(act, PAUSE);
  };
}

const stylesheet = (href) => new Promise((resolve, reject) => {
  document.head.append(make("link", { rel: "stylesheet", href, onload: resolve, onerror: reject }));
});
