import { rssPlugin } from "@11ty/eleventy-plugin-rss";
import markdown from "markdown-it";
import anchors from "markdown-it-anchor";
import footnotes from "markdown-it-footnote";

const PAGE = 10;
const slug = (name) => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");

function newestFirst(api) {
  return api.getFilteredByGlob("content/posts/*.md").toSorted((one, other) => other.date - one.date);
}

// [{ kind, name, url, posts }] for each country and theme.
function labels(api) {
  const found = new Map();
  for (const post of newestFirst(api)) {
    for (const kind of ["countries", "themes"]) {
      for (const name of post.data[kind]) {
        const url = `/${kind}/${slug(name)}/`;
        const label = found.get(url) ?? { kind, name, url, posts: [] };
        label.posts.push(post);
        found.set(url, label);
      }
    }
  }
  return [...found.values()].toSorted((one, other) => one.url.localeCompare(other.url));
}

// Pagination does not nest in Eleventy: the pages of all labels are cut here.
function pagesOfLabels(api) {
  const pages = [];
  for (const label of labels(api)) {
    const total = Math.ceil(label.posts.length / PAGE);
    const url = (number) => (number === 1 ? label.url : `${label.url}page/${number}/`);
    for (let number = 1; number <= total; number++) {
      pages.push({
        name: label.name, number, total, url: url(number),
        posts: label.posts.slice((number - 1) * PAGE, number * PAGE),
        newer: number > 1 ? url(number - 1) : "",
        older: number < total ? url(number + 1) : "",
      });
    }
  }
  return pages;
}

export default function (config) {
  config.addPlugin(rssPlugin);
  config.setLibrary("md", markdown({ html: true }).use(anchors).use(footnotes));
  config.setTemplateFormats(["md", "njk"]);
  config.addPassthroughCopy("images");
  config.addPassthroughCopy("site.css");
  config.addCollection("posts", newestFirst);
  config.addCollection("labels", labels);
  config.addCollection("pagesOfLabels", pagesOfLabels);
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.addFilter("slug", slug);
  config.addFilter("newest", (posts) => posts.slice(0, 20));
  return { markdownTemplateEngine: false };
}
