/* At a mistaken address: what its words find. Nothing is shown where they find nothing or the search cannot be loaded. */

import { find, root } from "./search-index.js";
import { labels, named, nearest } from "./search-labels.js";
import { offer, result } from "./search-results.js";

const MOST = 5;
const place = document.getElementById("hub-lost");

/** The words of an address: no dates, no numbers, no endings. */
function spoken(address) {
  const path = address.slice(new URL(root).pathname.length).replace(/\.\w+$/, "");
  const words = path.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word.length > 1 && !/^\d+$/.test(word));
  return [...new Set(words)].slice(0, 12);
}

function decoded(path) {
  try {
    return decodeURI(path).normalize("NFC");
  } catch {
    return path; // not UTF-8: an old link from elsewhere
  }
}

/** Leaves out the shortest word, which says least, until something is found. */
async function search(words) {
  const { results } = await find(words.join(" "), {}, []);
  if (results.length || words.length < 2) return { words, results };
  const shortest = words.reduce((short, word) => (word.length < short.length ? word : short));
  return search(words.filter((word) => word !== shortest));
}

async function help() {
  const asked = spoken(decoded(location.pathname));
  if (!asked.length) return;
  const [known, { words, results }] = await Promise.all([labels(), search(asked)]);
  const exact = [asked.join(" "), ...asked].flatMap((word) => named(known, word));
  const meant = exact.length ? [...new Set(exact)] : nearest(known, asked.join(" "));
  const items = await Promise.all(results.slice(0, MOST).map((found) => found.data()));
  place.querySelector(".hub-offers").append(...meant.map(offer));
  place.querySelector(".hub-results").append(...items.map(result));
  const more = place.querySelector("a.hub-more");
  const word = words.join(" ");
  more.href = `${root}search/?${new URLSearchParams({ q: word })}`;
  more.textContent = more.dataset.text.replace("{words}", word);
  place.hidden = !meant.length && !items.length;
}

help().catch(() => {}); // the page is of use without it
