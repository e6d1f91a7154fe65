/* What a search found, as it is shown in the header's dialog, on the search page and at a mistaken address. */

import { find } from "./search-index.js";
import { labels, named, nearest } from "./search-labels.js";

/** The interface's words, in its language. */
export const words = document.getElementById("hub-search").dataset;

export const make = (tag, properties = {}) => Object.assign(document.createElement(tag), properties);

/**
 * A function that shows in `place` what is found, `most` results at a time. It answers with what was found: null where
 * nothing was asked, where the search failed, or where another question came before the answer.
 */
export function shower(place, most) {
  const { empty = "", more: moreWords } = place.dataset;
  const status = make("p", { className: "hub-found__status", role: "status", textContent: empty });
  const offers = make("ul", { className: "hub-offers", ariaLabel: words.labels });
  const list = make("ol", { className: "hub-results" });
  const more = make("button", { className: "hub-button", type: "button", textContent: moreWords, hidden: true });
  place.append(status, offers, list, ...(moreWords ? [more] : []));
  let question = 0;
  let rest = [];

  /** Adds the next results, each as soon as it is there; `begin` is called with the first. */
  async function add(begin = () => {}) {
    const mine = question;
    const next = rest.splice(0, most).map((found) => found.data());
    more.hidden = !rest.length;
    for (const [number, data] of next.entries()) {
      const item = result(await data);
      if (mine !== question) return;
      if (!number) begin(item);
      list.append(item);
    }
  }

  async function show(word, chosen = {}, facets = []) {
    const mine = ++question;
    const isAsked = word || Object.keys(chosen).length > 0;
    if (isAsked && !list.childElementCount) status.textContent = words.searching;
    const [known, found] = await Promise.all([
      word ? labels() : [],
      isAsked || facets.length ? find(word, chosen, facets) : null,
    ]);
    if (mine !== question) return null;
    rest = isAsked ? [...found.results] : [];
    status.textContent = isAsked ? counted(rest.length) : empty;
    const meant = named(known, word);
    offers.replaceChildren(...(meant.length || rest.length ? meant : nearest(known, word)).map(offer));
    if (!rest.length) list.replaceChildren();
    await add(() => list.replaceChildren());
    return mine === question ? found : null;
  }

  more.addEventListener("click", () => add((item) => requestAnimationFrame(() => item.querySelector("a").focus())));
  return (...asked) => show(...asked).catch(() => {
    status.textContent = words.failed;
    return null;
  });
}

const counted = (count) => (count ? words.results.replace("{count}", count) : words.nothing);

/** A label that was perhaps meant. */
export function offer(label) {
  const item = make("li");
  const link = make("a", { href: label.url, textContent: `${label.kind}: ${label.name}` });
  item.append(link, make("span", { className: "hub-quiet", textContent: ` – ${words.label}` }));
  return item;
}

/** One result; its title and text may be in another language than the interface. */
export function result({ url, excerpt, meta }) {
  const item = make("li", { className: "hub-result" });
  const title = make("p", { className: "hub-result__title" });
  title.append(make("a", { href: url, textContent: meta.title, lang: meta.lang, dir: "auto" }));
  const about = [meta.kind, meta.date].filter(Boolean).join(" · ");
  const text = make("p", { lang: meta.lang, dir: "auto" });
  // Of Pagefind's excerpt only <mark>, &lt; and &gt; are more than text: every second part is marked.
  const parts = excerpt.split(/<\/?mark>/).map((part) => part.replaceAll("&lt;", "<").replaceAll("&gt;", ">"));
  text.append(...parts.map((part, number) => (number % 2 ? make("mark", { textContent: part }) : part)));
  item.append(title, make("p", { className: "hub-result__kind", textContent: about }), text);
  return item;
}
