// Opens the search, and offers the follow-up question where a reader comes near it. What these need
// is loaded on first use: most readers ask for neither.
(() => {
  "use strict";
  const FROM_FILE = "Search works where this site is served, and this page was opened as a file.";
  const here = document.currentScript.src;
  const isFile = location.protocol === "file:";
  const $ = (selector) => document.querySelector(selector);

  // A browser may remember, by its address, that a script failed to load: each try has its own.
  const loaded = {};
  let tries = 0;
  function load(name) {
    loaded[name] ??= import(new URL(name + (tries ? `?try=${tries}` : ""), here)).catch((error) => {
      delete loaded[name];
      tries += 1;
      throw error;
    });
    return loaded[name];
  }

  // Beside the dialog and not in the head, which Material clears when it swaps pages.
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  function style() {
    if (sheet.href) return;
    sheet.href = new URL("imprimatur-search.css", here);
    $(".imp-search").before(sheet);
  }

  async function open(query) {
    const dialog = $(".imp-search");
    const said = dialog.querySelector("[role='status']");
    const again = dialog.querySelector(".imp-search-again");
    style();
    if (!dialog.open) dialog.showModal();
    dialog.querySelector("input").select();
    again.hidden = true;
    try {
      await (await load("imprimatur-search-dialog.js")).start(dialog, load, query);
    } catch {
      said.textContent = isFile ? FROM_FILE : "The search could not be loaded.";
      again.hidden = isFile;
    }
  }

  const near = new IntersectionObserver(
    async (seen) => {
      if (!seen.some((each) => each.isIntersecting)) return;
      near.disconnect();
      const ask = $(".imp-ask");
      style();
      if (isFile) ask.textContent = FROM_FILE;
      else await (await load("imprimatur-followup.js")).offer(ask, load);
      ask.hidden = false;
    },
    { rootMargin: "50%" },
  );

  document.addEventListener("click", ({ target }) => {
    if (target.closest(".imp-search-open, .imp-search-again")) open();
  });

  // Here, since a reader may be quicker than the script of the dialog.
  document.addEventListener("change", ({ target }) => {
    if (!target.closest(".imp-search-keys")) return;
    try {
      localStorage.setItem("imprimatur.search-keys", target.checked ? "on" : "off");
    } catch {
      // Storage may be forbidden; then the choice holds for this page.
    }
  });

  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    const isTyping = target.matches("textarea, select, input:not([type='radio'])");
    const isCommand = event.ctrlKey || event.metaKey;
    const isOn = $(".imp-search-keys input").checked && !isTyping && !event.altKey;
    if (isCommand ? key === "k" : isOn && "/sf".includes(key)) {
      event.preventDefault();
      open();
    }
  });

  // Once for each page: Material tells of those that it swaps in, and at times of the first.
  let last;
  function arrive() {
    $(".imp-search-open").hidden = false;
    try {
      const kept = localStorage.getItem("imprimatur.search-keys");
      $(".imp-search-keys input").checked = kept !== "off";
    } catch {
      // Storage may be forbidden; then the keys are on.
    }
    near.disconnect();
    for (const each of document.querySelectorAll(".imp-ask")) near.observe(each.parentElement);
    const query = new URLSearchParams(location.search).get("q");
    if (query !== null && location.href !== last) open(query);
    last = location.href;
  }
  arrive();
  window.document$?.subscribe(arrive);
})();
