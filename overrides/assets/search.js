/* The search in the header: fetched at its first use, it opens Pagefind's dialog. `tune` serves the search page, too. */

const root = new URL("../", import.meta.url).href;
const bundle = `${root}pagefind/`;
let dialog;

/** Opens the dialog; `link` leads to the search page and holds the interface's words. */
export async function open(link) {
  dialog ||= prepare(link);
  (await dialog).open();
}

/**
 * Waits for an instance's index and makes its search read words as our readers write them. `change` may alter the
 * options of a search and take over the search itself. Returns false where the index did not load.
 */
export async function tune(instance, change = (search, term, options) => search(term, options)) {
  await instance.triggerLoad();
  const index = instance.__pagefind__;
  if (!index) return false;
  const search = index.search.bind(index);
  index.search = async (term, options = {}) => {
    term = term && term.normalize("NFC");
    // Pagefind drops combining marks, and with them the vowels of Bengali, Hindi or Khmer. Kept for every search they
    // would break the stems of English words.
    const marked = /\p{M}/u.test(term || "") && !/\p{Script=Latin}/u.test(term);
    await index.options({ exactDiacritics: marked });
    return change(search, term, options);
  };
  return true;
}

async function prepare(link) {
  await Promise.all([
    stylesheet(`${bundle}pagefind-component-ui.css`),
    stylesheet(`${root}assets/search.css`),
    script(`${bundle}pagefind-component-ui.js`),
  ]);
  const instance = PagefindComponents.configureInstance("header", { bundlePath: bundle });
  tune(instance);
  const modal = make("pagefind-modal");
  modal.setAttribute("instance", "header");
  document.body.append(modal); // empty: it builds its own header, body and footer
  modal.querySelector("input").placeholder = link.dataset.placeholder;
  const results = modal.querySelector("pagefind-results");
  results.setAttribute("max-results", "8");
  results.setAttribute("hide-sub-results", "true"); // from a script it wants the word
  const all = make("a", { textContent: link.dataset.all, href: link.href });
  const line = make("p", { className: "hub-all" });
  line.append(all);
  modal.querySelector("pagefind-summary").before(line);
  const address = (term) => link.href + (term ? `?q=${encodeURIComponent(term)}` : "");
  instance.on("search", (term) => { all.href = address(term); });
  modal.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input")) location.href = address(event.target.value.trim());
  });
  return modal;
}

const make = (tag, properties = {}) => Object.assign(document.createElement(tag), properties);

const added = (element) => new Promise((resolve, reject) => {
  element.onload = resolve;
  element.onerror = reject;
  document.head.append(element);
});

const stylesheet = (href) => added(make("link", { rel: "stylesheet", href }));
const script = (src) => added(make("script", { src }));
