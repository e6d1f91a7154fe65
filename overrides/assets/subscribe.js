/* Choosing several feeds: boxes, a field that finds them, and a file of them made in the browser. */

const form = document.getElementById("hub-choice");
const rows = [...form.querySelectorAll("[data-feed]")];
const groups = [...form.querySelectorAll("details")];
const filter = document.getElementById("hub-filter");
const nothing = document.getElementById("hub-no-feed");
const choice = form.querySelector(".hub-feeds__choice");
const root = new URL(form.dataset.root, location).href;

const title = (row) => row.querySelector(".hub-feeds__title");
const chosen = () => rows.filter((row) => row.querySelector("input").checked);
/** The address for others: this copy of the site may stand elsewhere. */
const published = (link) => form.dataset.site + link.href.slice(root.length);

function addBox(row) {
  const label = document.createElement("label");
  const box = document.createElement("input");
  label.className = "hub-feeds__choose";
  box.type = "checkbox";
  box.setAttribute("aria-label", form.dataset.choose.replace("{title}", title(row).textContent));
  label.append(box);
  row.prepend(label);
}

function count() {
  const number = chosen().length;
  choice.hidden = !number;
  choice.querySelector("[role=status]").textContent = form.dataset.count.replace("{count}", number);
}

/** Shows the feeds with these words in their names, and opens the groups that hold one. */
function find() {
  const words = filter.value.trim().toLocaleLowerCase();
  for (const row of rows) row.hidden = !title(row).textContent.toLocaleLowerCase().includes(words);
  for (const group of groups) group.open = words !== "" && group.querySelector("[data-feed]:not([hidden])") !== null;
  for (const group of form.querySelectorAll("details, section")) {
    group.hidden = !group.querySelector("[data-feed]:not([hidden])");
  }
  nothing.textContent = rows.some((row) => !row.hidden) ? "" : form.dataset.nothing;
}

/** The chosen feeds as OPML 2.0, as feeds.opml has all of them. */
function opml() {
  const file = document.implementation.createDocument(null, "opml");
  const add = (parent, name, attributes = {}) => {
    const element = parent.appendChild(file.createElement(name));
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  file.documentElement.setAttribute("version", "2.0");
  add(add(file.documentElement, "head"), "title").textContent = form.dataset.title;
  const body = add(file.documentElement, "body");
  for (const row of chosen()) {
    const text = title(row).textContent;
    const xmlUrl = published(row.querySelector("[type='application/rss+xml']"));
    add(body, "outline", { type: "rss", text, title: text, xmlUrl, htmlUrl: published(title(row)) });
  }
  return new XMLSerializer().serializeToString(file);
}

function download() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([opml()], { type: "text/x-opml" }));
  link.download = "feeds.opml";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // some browsers read it after the click
}

rows.forEach(addBox);
for (const part of form.querySelectorAll(".hub-feeds__how, .hub-find")) part.hidden = false;
count(); // boxes that the browser has remembered
form.addEventListener("change", count);
form.addEventListener("reset", () => setTimeout(() => { count(); find(); })); // the boxes are emptied after the event
filter.addEventListener("input", find);
filter.addEventListener("keydown", (event) => {
  if (event.key === "Enter") event.preventDefault(); // it finds, and downloads nothing
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (chosen().length) download();
});
