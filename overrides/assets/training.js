/* Comfort for trainings, every page works without it: the clock of a session plan, what one has done of a path.
   Works from a file too: nothing is fetched, and what is remembered stays in this browser. */
(() => {
  // --- the clock: minutes since the beginning become times of day. The beginning stands in the address, to be sent on.
  const start = document.getElementById("hub-start");
  const asClock = (minutes) => `${String(Math.floor(minutes / 60) % 24).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
  const showClock = () => {
    const [hours, minutes] = start.value.split(":").map(Number);
    for (const slot of document.querySelectorAll(".hub-clock")) {
      slot.dataset.elapsed ??= slot.textContent;
      const { from, to, elapsed } = slot.dataset;
      slot.textContent = start.value ? [from, to].map((each) => asClock(hours * 60 + minutes + Number(each))).join("–") : elapsed;
    }
  };
  const readStart = () => {
    start.value = location.hash.match(/^#start=(\d\d:\d\d)$/)?.[1] ?? start.value;
    showClock();
  };
  if (start) {
    start.form.hidden = false;
    start.form.addEventListener("submit", (event) => event.preventDefault());
    start.addEventListener("input", () => {
      history.replaceState(null, "", start.value ? `#start=${start.value}` : location.pathname + location.search);
      showClock();
    });
    addEventListener("hashchange", readStart);
    readStart();
  }

  // --- the path: which trainings are done is remembered by their addresses
  const KEY = "chautari-done";
  const remembered = () => {
    try {
      return new Set(JSON.parse(localStorage.getItem(KEY) ?? "[]"));
    } catch {
      return new Set(); // nothing is kept for us, or something that is not ours
    }
  };
  const addProgress = (path, item) => {
    const name = item.dataset.training;
    const state = document.createElement("span");
    const button = document.createElement("button");
    state.className = "hub-quiet hub-state";
    button.type = "button";
    button.className = "md-tag";
    const title = item.querySelector("a, strong").textContent;
    const show = (done) => {
      state.textContent = done ? path.dataset.done : path.dataset.open;
      button.textContent = done ? path.dataset.unmark : path.dataset.mark;
      button.setAttribute("aria-label", `${button.textContent}: ${title}`);
      item.classList.toggle("hub-done", done);
    };
    button.addEventListener("click", () => {
      const all = remembered();
      if (!all.delete(name)) all.add(name);
      try {
        localStorage.setItem(KEY, JSON.stringify([...all].sort()));
      } catch {
        // A browser that keeps nothing for us still shows it on this page.
      }
      show(all.has(name));
    });
    show(remembered().has(name));
    item.append(state, button);
  };
  for (const path of document.querySelectorAll(".hub-path")) {
    for (const item of path.querySelectorAll("[data-training]")) addProgress(path, item);
  }
  for (const note of document.querySelectorAll(".hub-device")) note.hidden = false;
})();
