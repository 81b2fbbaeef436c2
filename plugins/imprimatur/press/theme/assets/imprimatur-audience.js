// Shows each passage to the audience that the reader chose. Runs in the head: its observer is
// called while the page is parsed, before it is painted, and again when Material swaps the page.
(() => {
  "use strict";
  const STORE = "imprimatur.audience";
  const original = new WeakMap();
  const names = new WeakMap(); // of each way back, what it was called
  let article = null;
  let choice = null; // the radio button in force
  let awaited = ""; // the page's hash
  let remembered = "";

  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const isShown = (element) => element && !element.closest("[hidden]");
  const isParsed = () => document.readyState !== "loading";
  // While a page is parsed, what nothing follows may lack its end: a link, half a word.
  const isWhole = (element) => isParsed() || element.closest(":not(:last-child)") !== null;
  const audience = () => choice.dataset.shows;

  // Storage may be forbidden, an address malformed.
  function attempt(act) {
    try {
      return act();
    } catch {
      return null;
    }
  }

  const targetOf = (hash) =>
    attempt(() => document.getElementById(decodeURIComponent(hash).slice(1)));

  // null puts back what stood there. Writing the same again would call the observer for ever.
  function write(element, words) {
    if (!element || !isWhole(element) || (words === null && !original.has(element))) return;
    if (!original.has(element)) original.set(element, element.textContent);
    words ??= original.get(element);
    if (element.textContent !== words) element.textContent = words;
  }

  function name() {
    const own = all(".imp-audience input").find((each) => each.value === audience());
    return (own || choice).closest("label").textContent.trim();
  }

  function isWanted(passage) {
    // The contents come before the choice: until that is read, nobody knows which are wanted.
    if (!choice) return isParsed() || article?.querySelector(".imp-answer");
    return (
      "revealed" in passage.dataset ||
      passage.dataset.audience.split(/\s+/).includes(audience()) ||
      passage.closest(".imp-safety") ||
      passage.querySelector(".imp-safety")
    );
  }

  function settle() {
    document.documentElement.classList.toggle("imp-choosing", choice !== null);
    for (const each of all(":is(.imp-article, .md-nav--secondary) [data-audience]")) {
      each.hidden = !isWanted(each);
    }
    if (!choice) return;
    write(article.querySelector(".imp-printed-for"), `This copy carries the text for: ${name()}.`);
    all(".imp-evidence", article).filter(isWhole).forEach(settleSources);
    for (const item of all(".imp-references li", article).filter(isWhole)) {
      const ways = all("[role='doc-backlink']", item);
      for (const way of ways) way.hidden = !isShown(targetOf(way.hash));
      letter(ways);
      const isCited = ways.some((way) => !way.hidden);
      const [list, uncited] = all(".imp-cited-at, .imp-uncited", item);
      if (!uncited) continue;
      list.hidden = !isCited;
      uncited.hidden = isCited;
      write(uncited, isCited ? null : `Not cited in the text for: ${name()}.`);
    }
  }

  // Of the ways that are shown, the first has the letter and the name of the first of all, so that
  // no letter seems to be missing.
  function letter(ways) {
    for (const way of ways) {
      if (!names.has(way)) names.set(way, [way.textContent, way.getAttribute("aria-label")]);
    }
    const known = ways.map((way) => names.get(way));
    for (const way of ways.filter((each) => !each.hidden)) {
      const [words, label] = known.shift();
      write(way, words);
      way.setAttribute("aria-label", label);
    }
  }

  // A section does not rest on what its shown text does not cite.
  function settleSources(section) {
    const cited = all(".imp-cite", section).filter(isShown).map((each) => each.hash);
    const items = all(".imp-sources li", section);
    const rests = items.filter((each) => cited.includes(each.querySelector("a").hash));
    const isAll = !rests.length || rests.length === items.length;
    for (const each of items) each.hidden = !isAll && !rests.includes(each);
    const count = rests.length === 1 ? "1 source" : `${rests.length} sources`;
    write(section.querySelector(".imp-sources-count"), isAll ? null : `Rests on ${count}`);
    const line = all(".imp-rests li").find((each) =>
      section.contains(targetOf(each.querySelector("a").hash)),
    );
    if (line) line.hidden = !isShown(section);
    write(line?.querySelector(".imp-count"), isAll ? null : count);
  }

  function choose(fieldset, chosen) {
    const buttons = all("input", fieldset);
    const named = (value) => buttons.find((each) => each.value === value);
    const button =
      chosen ||
      named(new URLSearchParams(location.search).get("audience")) ||
      named(attempt(() => localStorage.getItem(STORE)) ?? remembered) ||
      buttons[0];
    if (!button) return;
    if (button !== choice) all("[data-revealed]").forEach((each) => delete each.dataset.revealed);
    choice = button;
    choice.checked = true;
    fieldset.hidden = false;
    settle();
    // Read out, so only to who chose, or gets what was written for others.
    const isOwn = audience() === choice.value;
    const said = `${isOwn ? "Showing the text" : "Written"} for: ${name()}.`;
    write(fieldset.querySelector("[role]"), chosen || !isOwn ? said : null);
  }

  // Shows the hidden passage that a link leads into. Where the link is being followed, the browser
  // scrolls, and knows the way back.
  function reveal(hash, isFollowed) {
    const target = choice && targetOf(hash);
    if (!target || isShown(target)) return;
    for (const each of all("[data-audience][hidden]")) {
      if (each.contains(target)) each.dataset.revealed = "";
    }
    settle();
    if (target.tabIndex < 0) target.tabIndex = -1;
    if (isFollowed) return;
    target.focus();
    target.scrollIntoView();
  }

  function update() {
    const found = document.querySelector(".imp-article");
    if (found !== article) [article, choice, awaited] = [found, null, location.hash];
    const fieldset = article?.querySelector(".imp-audience");
    if (!choice && fieldset && isWhole(fieldset)) choose(fieldset);
    settle();
    if (!isParsed()) return;
    reveal(awaited);
    awaited = "";
  }

  document.documentElement.classList.add("imp-js");
  new MutationObserver(update).observe(document, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", update);

  document.addEventListener("change", ({ target }) => {
    const fieldset = target.closest(".imp-audience");
    if (!fieldset) return;
    remembered = target.value;
    attempt(() => localStorage.setItem(STORE, remembered));
    const address = new URL(location);
    if (address.searchParams.has("audience")) {
      address.searchParams.set("audience", remembered);
      attempt(() => history.replaceState(history.state, "", address));
    }
    choose(fieldset, target);
  });

  // Captured: Material's handler must find the passage shown.
  const follow = ({ target }) => {
    const link = target.closest("a[href*='#']");
    if (link?.pathname === location.pathname) reveal(link.hash, true);
  };
  document.addEventListener("click", follow, true);
  addEventListener("hashchange", () => reveal(location.hash));

  // A page kept by the browser, or whose form the browser filled in.
  addEventListener("pageshow", () => choice && choose(choice.closest("fieldset")));
})();
