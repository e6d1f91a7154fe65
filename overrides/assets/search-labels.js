/* The labels of the hub by all their names in all languages: who types one is offered its page. */

import { root } from "./search-index.js";

const MOST = 3;
const LIKE = 0.6; // of 1: one wrong letter in a word of five

let fetched;

/** All labels that have a page: {url, kind, name, words}. None where the file cannot be loaded. */
export function labels() {
  fetched ||= fetch(`${root}search/terms.json`).then(read).catch(() => []);
  return fetched;
}

async function read(answer) {
  const { kinds, terms } = await answer.json();
  return terms.map(([url, ...names]) => ({
    url: root + url,
    kind: kinds[url.split("/")[0]],
    name: names[0],
    words: names.map(folded),
  }));
}

/** A word in the form in which words are compared; the vocabularies' own rule in vocabulary.py is the same. */
export function folded(text) {
  // To capitals and back: ß and ss are then alike.
  const plain = text.normalize("NFKC").toUpperCase().toLowerCase().replaceAll("&", " and ");
  return plain.replace(/[\s_\-–—]+/g, " ").trim();
}

/** The labels that a text names, else those whose names begin with it. */
export function named(all, text) {
  const word = folded(text);
  const exact = all.filter((label) => label.words.includes(word));
  if (exact.length || word.length < 3) return exact;
  return all.filter((label) => label.words.some((name) => name.startsWith(word))).slice(0, MOST);
}

/** The labels whose names are most like a text, or like a word of it. */
export function nearest(all, text) {
  const asked = [...new Set([folded(text), ...folded(text).split(" ")])].filter((word) => word.length > 2).map(pairs);
  const scored = all.map((label) => {
    const names = label.words.filter((name) => name.length > 2).map(pairs);
    return [label, Math.max(...asked.flatMap((word) => names.map((name) => likeness(word, name))))];
  });
  const like = scored.filter(([, score]) => score >= LIKE).sort(([, one], [, other]) => other - one);
  return like.slice(0, MOST).map(([label]) => label);
}

/** The pairs of neighbouring letters, begin and end included. */
function pairs(word) {
  const letters = [..."^" + word + "$"];
  return new Set(letters.slice(1).map((letter, place) => letters[place] + letter));
}

/** Dice's coefficient: the share of pairs that two words have in common. */
function likeness(one, other) {
  return (2 * [...one].filter((pair) => other.has(pair)).length) / (one.size + other.size);
}
