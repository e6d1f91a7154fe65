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
  // The entry names the tables of the same pages as the index: a later one may have others.
  const [{ createInstance }, entry] = await Promise.all([
    import(`${root}pagefind/pagefind.js`),
    table("pagefind-entry", { cache: "no-cache" }),
  ]);
  // Its worker is the same code once more, and one that takes longer than five seconds to load is loaded twice.
  const index = createInstance({ noWorker: true });
  await index.init();
  return {
    index,
    all: once(() => everything(index)),
    newest: once(() => entry.orders.date ? table(`order/${entry.orders.date}`) : []),
    facet: once((name) => entry.facets[name] ? table(`facet/${entry.facets[name]}`) : [[[]], []]),
  };
}

async function table(name, options) {
  const answer = await fetch(`${root}pagefind/${name}.json`, options);
  return answer.json();
}

/** A function that is done once for each question. */
function once(act) {
  const known = new Map();
  return (asked) => known.get(asked) || known.set(asked, act(asked)).get(asked);
}

/** All pages as results, and the number of each by its name: without a word they are found as they are counted. */
async function everything(index) {
  const { results } = await index.search(NO_WORD);
  return { results, numbers: new Map(results.map(({ id }, number) => [id, number])) };
}

/**
 * The results for a word and chosen values, {facet: [value, …]}: several values of one facet mean any of these, and
 * without a word the newest come first. `facets` names those whose values are counted. `unnarrowed` is how much the word alone finds.
 */
export async function find(word, chosen, facets) {
  const index = await open();
  const names = [...new Set([...facets, ...Object.keys(chosen)])];
  const [found, values] = await Promise.all([word ? search(index, word) : newest(index), facts(index, names)]);
  const narrowed = (besides) => {
    const asked = Object.entries(chosen).filter(([name]) => name !== besides);
    return found.filter((result) => asked.every(([name, wanted]) => values(name, result).some((value) => wanted.includes(value))));
  };
  // A facet's own choice is left out of its counts: they say what each value finds, and one more may be chosen.
  const counts = Object.fromEntries(facets.map((name) => [name, counted(narrowed(name).flatMap((result) => values(name, result)))]));
  return { results: narrowed(), counts, unnarrowed: word ? found.length : 0 };
}

async function search({ index }, word) {
  // Pagefind drops combining marks, and with them the vowels of Bengali, Hindi or Khmer. Kept for every search they
  // would break the stems of English words.
  await index.options({ exactDiacritics: /\p{M}/u.test(word) && !/\p{Script=Latin}/u.test(word) });
  return (await index.search(word)).results;
}

async function newest(index) {
  const [{ results }, steps] = await Promise.all([index.all(), index.newest()]);
  let number = 0;
  return steps.map((step) => results[(number += step)]);
}

/** A function that knows which values of the named facets a result has. */
async function facts(index, names) {
  if (!names.length) return () => [];
  const [{ numbers }, ...tables] = await Promise.all([index.all(), ...names.map(index.facet)]);
  const known = Object.fromEntries(names.map((name, place) => [name, tables[place]]));
  return (name, { id }) => {
    const [lists, places] = known[name];
    return lists[places[numbers.get(id)] || 0];
  };
}

function counted(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
  return Object.fromEntries(counts);
}
