/* Choosing from a list on the spot. What is chosen stands in the address, to be sent on. A list that is in parts hands the
   choice to the page that holds all of it, and the focus with it: arrow keys choose one value after the other. */
(() => {
  const filter = document.querySelector(".hub-filter");
  const groups = [...document.querySelectorAll(".hub-group")];
  const narrow = () => {
    const chosen = [...filter.querySelectorAll("select")].map((select) => select.value).filter(Boolean);
    let all = 0;
    let count = 0;
    for (const group of groups) {
      const rows = JSON.parse(group.dataset.choices);
      const items = [...group.querySelectorAll(":is(.hub-cards, .hub-rows) > li")];
      items.forEach((item, place) => { item.hidden = !chosen.every((value) => rows[place].includes(value)); });
      const shown = items.filter((item) => !item.hidden).length;
      group.hidden = !shown;
      all += items.length;
      count += shown;
    }
    const status = filter.querySelector("[role=status]");
    const words = count ? status.dataset.shown : status.dataset.nothing;
    status.textContent = chosen.length ? words.replace("{count}", count).replace("{all}", all) : "";
  };
  const readAddress = () => {
    const asked = new URLSearchParams(location.search);
    for (const select of filter.querySelectorAll("select")) {
      const wanted = asked.get(select.name) ?? "";
      select.value = [...select.options].some((option) => option.value === wanted) ? wanted : "";
    }
  };
  const address = () => {
    const asked = new URLSearchParams([...new FormData(filter)].filter(([, value]) => value));
    return asked.size ? `?${asked}` : "";
  };
  if (filter) {
    const elsewhere = "elsewhere" in filter.dataset ? filter.action : "";
    filter.hidden = false;
    document.querySelector(".hub-facets")?.setAttribute("hidden", "");
    filter.addEventListener("submit", (event) => event.preventDefault());
    filter.addEventListener("change", (event) => {
      const chosen = address();
      if (elsewhere) {
        if (chosen) location.assign(`${elsewhere}${chosen}#${event.target.id}`);
      } else {
        history.replaceState(null, "", chosen || location.pathname);
        narrow();
      }
    });
    readAddress();
    if (!elsewhere) {
      narrow();
      filter.querySelector("select:target")?.focus();
    } else if (address()) location.replace(elsewhere + address());
  }
})();
