// Previews of references, and what a page cannot know when it is built: what day it is, how wide
// the window is, how far the reader has come. Everything listens on the document, since Material
// swaps the page without loading one.
(() => {
  "use strict";
  const OPEN_AFTER = 150; // ms: passing over a number is not pointing at it
  const CLOSE_AFTER = 400; // ms: the way from the number into its preview
  const GAP = 8; // px
  const wide = matchMedia("(min-width: 60em)");
  let article = null;
  let cite = null; // the number whose preview is open
  let preview = null;
  let cause = "";
  let pointer = "";
  let timer = 0;
  let isClosing = false;

  function make(tag, name, ...children) {
    const made = document.createElement(tag);
    made.className = name;
    made.append(...children.filter(Boolean));
    return made;
  }

  // Ids stay where they are: links lead to the list, not to its copy.
  function copy(element, name) {
    const made = element.cloneNode(true);
    for (const each of [made, ...made.querySelectorAll("[id]")]) each.removeAttribute("id");
    if (name) made.className = name;
    return made;
  }

  function referenceOf(number) {
    try {
      return document.getElementById(decodeURIComponent(number.hash.slice(1)));
    } catch {
      return null;
    }
  }

  function meaningOf(kind) {
    const name = kind && CSS.escape(kind.dataset.kind || "");
    return name && document.querySelector(`.imp-kinds [data-kind="${name}"] dd`);
  }

  function build(number, item) {
    const kind = item.querySelector(".imp-kind");
    const reference = item.querySelector(".imp-reference");
    const meaning = meaningOf(kind);
    const words = make(
      "div",
      "imp-preview-words",
      make("p", "imp-preview-head", make("b", "", number.textContent), " ", kind && copy(kind)),
      reference && copy(reference, "imp-preview-reference"),
      meaning && make("p", "imp-preview-means", meaning.textContent),
    );
    words.id = "imp-preview";
    const links = make("p", "imp-preview-links");
    for (const each of item.querySelectorAll(".imp-reference-about a:not([role])")) {
      links.append(copy(each), " ");
    }
    const list = make("a", "imp-preview-list", "Show in the list");
    list.href = number.hash;
    links.append(list);
    const button = make("button", "imp-preview-close", "\u00d7");
    button.type = "button";
    button.setAttribute("aria-label", "Close");
    const made = make("aside", "imp-preview", words, links, button);
    made.setAttribute("role", "note");
    made.setAttribute("aria-label", `Reference ${number.textContent}`);
    return made;
  }

  const headerBottom = () =>
    Math.max(0, document.querySelector(".md-header")?.getBoundingClientRect().bottom ?? 0);

  // In the margin beside the text, where there is one that the text leaves free.
  function placeInMargin(number) {
    preview.className = "imp-preview imp-preview--margin";
    let block = cite.parentElement;
    while (getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
    block = block.closest(".imp-table") || block;
    if (preview.getBoundingClientRect().left < block.getBoundingClientRect().right) return false;
    const lowest = innerHeight - preview.offsetHeight - GAP;
    const top = Math.max(headerBottom() + GAP, Math.min(number.top - GAP, lowest));
    // Title and cautions take the whole width.
    const head = document.querySelector(".imp-head")?.getBoundingClientRect();
    if (head && top < head.bottom) return false;
    const start = preview.offsetParent.getBoundingClientRect().top;
    preview.style.setProperty("top", `${top - start}px`);
    return true;
  }

  function place() {
    const number = cite.getBoundingClientRect();
    if (wide.matches && placeInMargin(number)) return;
    preview.className = "imp-preview imp-preview--sheet";
    const isCovered = number.bottom + 2 * GAP > innerHeight - preview.offsetHeight;
    preview.classList.toggle("imp-preview--top", isCovered);
    preview.style.setProperty("top", isCovered ? `${headerBottom()}px` : "auto");
  }

  function keep() {
    clearTimeout(timer);
    isClosing = false;
  }

  function close() {
    keep();
    cite?.removeAttribute("aria-describedby");
    preview?.remove();
    cite = preview = null;
  }

  function open(number, by) {
    keep();
    if (number === cite && preview.isConnected) return;
    close();
    const item = referenceOf(number);
    const home = number.closest(".imp-article");
    if (!item || !home) return;
    cite = number;
    cause = by;
    preview = build(number, item);
    home.append(preview);
    place();
    cite.setAttribute("aria-describedby", "imp-preview");
  }

  function after(delay, act) {
    clearTimeout(timer);
    isClosing = act === close;
    timer = setTimeout(act, delay);
  }

  document.addEventListener("pointerover", ({ target, pointerType }) => {
    if (pointerType === "touch") return;
    const number = target.closest(".imp-cite");
    if (number && number !== cite) after(OPEN_AFTER, () => open(number, "pointer"));
    else if (number || !preview || preview.contains(target)) keep();
    else if (cause === "pointer" && !isClosing) after(CLOSE_AFTER, close);
  });

  // The margin may be far from the number: on the way there the preview stays.
  document.addEventListener("pointermove", ({ movementX, movementY }) => {
    if (!isClosing) return;
    const isTop = preview.classList.contains("imp-preview--top");
    const isMargin = preview.classList.contains("imp-preview--margin");
    const towards = isMargin ? movementX : isTop ? -movementY : movementY;
    if (towards > 0) after(CLOSE_AFTER, close);
  });

  document.addEventListener("focusin", ({ target }) => {
    if (target.matches(".imp-cite:focus-visible")) open(target, "focus");
    else if (cause === "focus" && !preview?.contains(target)) close();
  });

  document.addEventListener("pointerdown", ({ pointerType }) => {
    pointer = pointerType;
  });

  // Not at pointerdown: a finger that scrolls the page has chosen nothing.
  document.addEventListener("pointerup", ({ target }) => {
    if (!preview?.contains(target) && !target.closest(".imp-cite")) close();
  });

  document.addEventListener("keydown", ({ key }) => {
    pointer = "";
    if (key === "Escape") close();
  });

  // Captured: Material's own handler would follow the link before.
  function click(event) {
    const number = event.target.closest(".imp-cite");
    if (number && pointer && pointer !== "mouse" && number !== cite) {
      event.preventDefault();
      event.stopPropagation();
      open(number, "tap");
    } else if (number || event.target.closest(".imp-preview-list, .imp-preview-close")) {
      if (!number && preview.contains(document.activeElement)) cite.focus({ preventScroll: true });
      close();
    }
  }
  document.addEventListener("click", click, true);
  document.addEventListener("change", close);
  addEventListener("resize", () => preview && place());

  function onScroll() {
    if (!preview) return;
    const number = cite.getBoundingClientRect();
    if (number.bottom < headerBottom() || number.top > innerHeight) close();
  }
  addEventListener("scroll", onScroll, { passive: true });

  // A badge in the header says what the top of the page said, once that is out of sight.
  const titles = new IntersectionObserver(
    (entries) => {
      const { isIntersecting } = entries.at(-1);
      badge(!isIntersecting);
    },
    { rootMargin: "-48px 0px 0px" },
  );

  function badge(isAway) {
    const words = article?.dataset.standing === "approved" ? "" : article?.dataset.shortStatus;
    for (const each of document.querySelectorAll(".imp-header-status")) {
      each.hidden = !isAway || !words;
      if (each.textContent !== (words ?? "")) each.textContent = words ?? "";
    }
  }

  // Only what scrolls needs a stop of the keyboard and a name.
  const tables = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const frame = target.closest(".imp-table");
      const caption = frame.querySelector("caption")?.textContent.trim();
      const region = { tabindex: "0", role: "region", "aria-label": caption || "Table" };
      const isWide = frame.scrollWidth > frame.clientWidth;
      for (const [name, value] of Object.entries(region)) {
        if (isWide) frame.setAttribute(name, value);
        else frame.removeAttribute(name);
      }
    }
  });

  // The menu closes by Escape, by a click elsewhere, and by following one of its links.
  const menu = () => document.querySelector(".imp-menu[open]");
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu()) return;
    const within = menu().contains(document.activeElement);
    if (within) menu().querySelector("summary").focus();
    menu().open = false;
  });
  addEventListener("click", (event) => {
    const open = menu();
    if (open && !event.target.closest(".imp-menu summary")) open.open = false;
  });

  function unhideAfter(day, selector) {
    const line = article.querySelector(selector);
    const today = new Date().toISOString().slice(0, 10);
    if (line && /^\d{4}-\d\d-\d\d/.test(day) && today > day.slice(0, 10)) line.hidden = false;
  }

  function update() {
    const found = document.querySelector(".imp-article");
    if (found === article) return;
    article = found;
    titles.disconnect();
    tables.disconnect();
    badge(false);
    if (!article) return;
    unhideAfter(article.querySelector("time.imp-date--due")?.dateTime, ".imp-overdue");
    unhideAfter(article.dataset.expires, ".imp-expired");
    for (const each of article.querySelectorAll("h1")) titles.observe(each);
    for (const each of article.querySelectorAll(".imp-table, .imp-table table")) {
      tables.observe(each);
    }
  }
  new MutationObserver(update).observe(document, { childList: true, subtree: true });
  update();
})();
