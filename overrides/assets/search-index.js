/* The search index: opened and asked here alone. */

/** Where the site begins, with a slash at its end: pages and files are named from here. */
export const root = new URL("../", import.meta.url).href;

// Pagefind loads the whole index for a search without a word. To JavaScript this sign (NEXT LINE) is a word, to
// Pagefind's own code it is a space: the same answer, and no part of the index is loaded.
const NO_WORD = "\u0085";

let opened;

/** Opens the index, once. Fails where it cannot be loaded. */
export function open() {
  opened ||= load();
  return opened;
}

async function load() {
  const { createInstance } = await import(`${root}pagefind/pagefind.js`);
  // Its worker is the same code once more, and one that takes longer than five seconds to load is loaded twice.
  const index = createInstance({ noWorker: true });
  await index.init();
  return index;
}

/**
 * The results for a word and chosen values, {facet: [value, …]}: several values of one facet mean any of these, and
 * without a word the newest come first. `facets` names those whose values are counted.
 */
export async function find(word, chosen, facets) {
  const index = await open();
  // Pagefind drops combining marks, and with them the vowels of Bengali, Hindi or Khmer. Kept for every search they
  // would break the stems of English words.
  await index.options({ exactDiacritics: /\p{M}/u.test(word) && !/\p{Script=Latin}/u.test(word) });
  await index.preload(NO_WORD, { filters: Object.fromEntries(facets.map((name) => [name, { any: [] }])) });
  const sort = word ? {} : { date: "desc" };
  const ask = (filters) => index.search(word || NO_WORD, { filters, sort });
  const filters = Object.fromEntries(Object.entries(chosen).map(([name, values]) => [name, { any: values }]));
  const { results, filters: counted, unfilteredResultCount: unnarrowed } = await ask(filters);
  const counts = {};
  for (const name of facets) {
    // A facet's own choice is left out of its counts: they say what each value finds, and one more may be chosen.
    const { [name]: own, ...others } = filters;
    counts[name] = (own ? (await ask(others)).filters : counted)[name] || {};
  }
  return { results, counts, unnarrowed };
}
