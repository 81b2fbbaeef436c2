// The search within its dialog, on pagefind's index. What pagefind returns is text and stays text.

const FACETS = { topic: "All topics", audience: "All readers", status: "All statuses" };
const AT_ONCE = 10;
const PARTS = 3;
const WAIT = 150;
const NOTHING = { results: [], filters: {} };

let dialog, field, said, list, more, load, common;
let latest = 0; // the number of the last search: an answer to an earlier one comes too late
let rest = []; // what was found and is not shown yet

// loading: how a script is loaded. query: what to look for, if not what the field holds.
export async function start(place, loading, query) {
  load = loading;
  common = await load("imprimatur-common.js");
  if (!dialog) prepare(place);
  if (query !== undefined) field.value = query;
  await search(0);
}

function prepare(place) {
  dialog = place;
  field = dialog.querySelector("input");
  said = dialog.querySelector("[role='status']");
  list = dialog.querySelector(".imp-search-results");
  more = dialog.querySelector(".imp-search-more");
  const again = (wait) => search(wait).catch(fail);
  field.addEventListener("input", () => again(WAIT));
  dialog.querySelector(".imp-search-facets").addEventListener("change", () => again(0));
  dialog.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    await again(0);
    links()[0]?.focus();
  });
  more.addEventListener("click", async () => {
    const known = links().length;
    await show(latest);
    links()[known]?.focus();
  });
  dialog.addEventListener("click", close);
  dialog.addEventListener("keydown", move);
}

// A click on the backdrop is one on the dialog itself. One that opens a tab leaves it open.
function close({ target, ctrlKey, metaKey, shiftKey }) {
  const leaves = target.closest("a") && !ctrlKey && !metaKey && !shiftKey;
  if (leaves || target === dialog || target.matches(".imp-search-close")) dialog.close();
}

const links = () => [...list.querySelectorAll("a")];

function move(event) {
  // Material turns pages by single letters.
  if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
  const ways = [field, ...links()];
  const at = ways.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape") {
    event.preventDefault();
    dialog.close();
  } else if (step && at >= 0) {
    event.preventDefault();
    ways[at + step]?.focus();
  }
}

// wait: how long to see whether more is typed, in milliseconds.
async function search(wait) {
  const turn = ++latest;
  const pagefind = await load("../pagefind/pagefind.js");
  // Pagefind counts by those filters only that it has been asked for.
  const whole = { results: [], filters: await pagefind.filters().catch(forget(pagefind)) };
  if (turn !== latest) return;
  const words = field.value.trim() || null;
  const filters = {};
  for (const each of selects()) if (each.value) filters[each.dataset.facet] = each.value;
  const isAsked = words || Object.keys(filters).length;
  const find = (some) => pagefind.search(words, { filters: some });
  const found = !isAsked
    ? whole
    : await (words && wait ? pagefind.debouncedSearch(words, { filters }, wait) : find(filters));
  if (!found || turn !== latest) return;
  if (words && !(await holds(found.results[0], words))) Object.assign(found, NOTHING);
  const counts = await count(filters, found, find);
  if (turn !== latest) return;
  offer(filters, counts);
  const total = found.results.length;
  rest = found.results;
  await show(turn, true);
  if (turn !== latest) return;
  const about = words ? ` for ${words}` : "";
  said.textContent = total
    ? `${total} ${total === 1 ? "result" : "results"}${about}`
    : isAsked
      ? `Nothing found${about}. Only what holds all of the words is found: try fewer, or others.`
      : "";
}

// Whether a result holds every word asked for, or the beginning of one that is still typed. If one
// does not, none does: for a word that it does not know pagefind looks for the beginning of it.
async function holds(result, words) {
  if (!result) return true;
  const { content, locations, meta } = await result.data();
  const all = content.split(/\s+/);
  const text = [...locations.map((at) => all[at]), ...Object.values(meta)].join(" ");
  const forms = common.formsIn(text);
  const isThere = (part) =>
    forms.some((each) => each.startsWith(part) || common.isForm(each, part));
  return common.wordsOf(words).every((word) => word.split(/[^\p{L}\p{N}]+/u).every(isThere));
}

// Pagefind remembers a failed start, too.
const forget = (pagefind) => async (error) => {
  await pagefind.destroy();
  throw error;
};

function fail() {
  said.textContent = "The search could not be carried out.";
  dialog.querySelector(".imp-search-again").hidden = false;
}

const selects = () => [...dialog.querySelectorAll("select")];

// How much each choice would find, the other choices being as they are, for each select.
const count = (filters, found, find) =>
  Promise.all(selects().map(async ({ dataset: { facet } }) => {
    const { [facet]: chosen, ...others } = filters;
    return (chosen ? await find(others) : found).filters[facet] ?? {};
  }));

// In one go: while something is waited for a reader may choose anew, and that choice must stand.
function offer(filters, counts) {
  selects().forEach((select, at) => {
    const name = select.dataset.facet;
    const chosen = filters[name];
    const options = Object.entries(counts[at])
      .filter(([value, n]) => n || value === chosen)
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([value, n]) => new Option(`${value} (${n})`, value));
    select.replaceChildren(new Option(FACETS[name], ""), ...options);
    select.value = chosen ?? "";
  });
  dialog.querySelector(".imp-search-facets").hidden = false;
}

async function show(turn, isNew) {
  const next = await Promise.all(rest.slice(0, AT_ONCE).map((each) => each.data()));
  if (turn !== latest) return;
  rest = rest.slice(AT_ONCE);
  if (isNew) list.replaceChildren();
  list.append(...next.map(shown));
  more.hidden = !rest.length;
}

function shown({ url, meta, filters, excerpt, sub_results: parts }) {
  const { make, link } = common;
  const about = make("p", "imp-result-about");
  for (const standing of filters.standing ?? []) {
    about.append(make("span", "imp-result-status", standing));
    about.firstChild.dataset.standing = standing;
  }
  if (filters.reviewed) about.append(make("span", "", `Reviewed ${filters.reviewed}`));
  const weight = (part) => part.weighted_locations.reduce((sum, each) => sum + each.weight, 0);
  const best = parts
    .filter((part) => part.anchor && part.anchor.element !== "h1")
    .sort((one, other) => weight(other) - weight(one))
    .slice(0, PARTS);
  const under = make("ul", "imp-result-parts", ...best.map((part) =>
    make("li", "", link(part.url, part.title), quoted(part.excerpt, part.title)),
  ));
  const item = make("li", "imp-result", link(url, meta.title), about);
  item.append(best.length ? under : quoted(excerpt));
  return item;
}

// Pagefind escapes every angle bracket of the text, so what is left of them are its own marks. It
// takes the heading for the first sentence.
function quoted(excerpt, heading = "") {
  const { make } = common;
  const made = make("p", "imp-result-excerpt");
  const isFirst = excerpt.startsWith(`${heading}. `);
  const text = isFirst ? excerpt.slice(heading.length + 2) : `… ${excerpt}`;
  text.split(/<\/?mark>/).forEach((each, at) => {
    const plain = each.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
    made.append(at % 2 && isMeant(plain) ? make("mark", "", plain) : plain);
  });
  made.append(" …");
  return made;
}

// Of a single letter pagefind marks every word that begins with it; meant is the letter alone.
function isMeant(marked) {
  const asked = common.formsIn(field.value);
  const fits = (form) => (word) =>
    form === word || (word.length > 1 && (form.startsWith(word) || common.isForm(form, word)));
  return common.formsIn(marked).some((form) => asked.some(fits(form)));
}
