/* Comfort only, every page works without it: a remembered choice of colours, the keyboard's ways, search in place. */
(() => {
  const assets = new URL(".", document.currentScript.src);
  const dark = document.getElementById("hub-dark");
  const drawer = document.getElementById("hub-drawer");
  const menu = document.getElementById("hub-menu");
  const colours = document.getElementById("hub-colours");
  const search = document.getElementById("hub-search");

  const isDark = () => matchMedia(dark.media).matches;
  const showColours = () => colours.setAttribute("aria-pressed", isDark());
  colours.hidden = false;
  showColours();
  colours.addEventListener("click", () => {
    const choice = isDark() ? "light" : "dark";
    dark.media = choice === "dark" ? "screen" : "not all";
    showColours();
    try {
      localStorage.setItem("chautari-colours", choice);
    } catch {
      // A browser that keeps nothing for us still changes this page.
    }
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener?.("change", showColours);

  // What is wider than the screen scrolls by itself; the keyboard reaches it only where it takes the focus.
  for (const wide of document.querySelectorAll(".md-typeset table, .md-typeset pre > code")) {
    if (wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0;
  }

  // A button that copies the text of another element, and says so to those who hear the page too.
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      const text = document.querySelector(button.dataset.copy).innerText.trim(); // with the line breaks that one sees
      const status = button.nextElementSibling;
      await navigator.clipboard.writeText(text);
      status.textContent = button.dataset.done;
      setTimeout(() => { status.textContent = ""; }, 4000);
    });
  }

  // What holds until a day or from it on: a site is not built every day, so what was true at the build may be over.
  const now = Date.now();
  const inDays = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });
  for (const part of document.querySelectorAll("[data-until]")) part.hidden = new Date(part.dataset.until) <= now;
  for (const part of document.querySelectorAll("[data-after]")) part.hidden = new Date(part.dataset.after) > now;
  for (const part of document.querySelectorAll("[data-left]")) {
    const days = Math.ceil((new Date(part.dataset.left) - now) / 864e5) - 1; // on the last day none is left
    if (days >= 0) part.textContent = `(${inDays.format(days, "day")})`;
  }

  // The focus goes into the drawer with the reader, and the drawer closes behind the focus.
  drawer.addEventListener("change", () => {
    if (drawer.checked) menu.querySelector("a").focus();
  });
  menu.addEventListener("focusout", ({ relatedTarget: next }) => {
    if (next && next !== drawer && !menu.contains(next)) drawer.checked = false;
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && drawer.checked) {
      drawer.checked = false;
      drawer.focus();
    }
  });
  // A page that comes back from the browser's memory must not show the menu that led away from it.
  addEventListener("pageshow", () => { drawer.checked = false; });

  // The search's own code is fetched when somebody asks for it; where that fails, the link leads to the search page.
  const openSearch = (event) => {
    event.preventDefault();
    import(new URL("search.js", assets)).then((code) => code.open(search)).catch(() => { location.href = search.href; });
  };
  search.setAttribute("role", "button");
  search.setAttribute("aria-haspopup", "dialog");
  search.addEventListener("click", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) openSearch(event);
  });
  search.addEventListener("keydown", (event) => {
    if (event.key === " ") openSearch(event);
  });
  addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") openSearch(event);
  });
})();
