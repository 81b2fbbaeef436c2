// Finds passages of approved articles for a question. Pagefind only proposes pages: what is quoted,
// and whether it is approved, is read from the page itself.

const GRANTED = ["approved", "review-due", "concern"];
const PAGES = 8;
const PASSAGES = 5;
const WHOLE = 250; // words: a section up to this length is quoted whole
const SHARE = 0.6; // of the words asked for that a passage must hold
const UNREAD =
  "[data-pagefind-ignore], [hidden], .imp-head, .imp-index, .imp-for, .imp-cites, script, style";
const HEADINGS = "h1, h2, h3, h4, h5, h6";
const CONTAINERS = "section, div, aside, details";

// What a question is put with, not what it is about.
const COMMON = new Set(
  ("a about after all also am an and any are as at be been before being but by can could did do " +
    "does doing during each else ever every for from get getting give given go had has have he " +
    "her his how i if in into is it its just like make many may me might more most much must my " +
    "need no not of on one only or other our out over own same shall she should so some still " +
    "such take than that the their them then there these they this those to too under up us use " +
    "very was we were what when where whether which while who whom why will with without would " +
    "you your").split(" "),
);

const counted = (n, thing) => `${n} ${thing}${n === 1 ? "" : "s"}`;
const normal = (node) => node.textContent.replace(/\s+/g, " ").trim();

let formsIn, isForm;

export async function passages(question, audience, load) {
  const common = await load("imprimatur-common.js");
  ({ formsIn, isForm } = common);
  const pagefind = await load("../pagefind/pagefind.js");
  const { status } = await pagefind.filters().catch(forget(pagefind));
  const approved = status?.Approved ?? 0;
  if (!approved) return { words: "No article on this site has been approved yet." };
  const asked = [...new Set(common.wordsOf(question))].filter((word) => !COMMON.has(word));
  if (!asked.length) return { words: "Name what you ask about: a test, a medicine, a condition." };
  const pages = await candidates(asked, approved, pagefind);
  const read = await Promise.all(pages.map((page) => sections(page, asked, audience)));
  const found = read.flat().sort((one, other) => other.worth - one.worth).slice(0, PASSAGES);
  const said = found.length
    ? `${counted(found.length, "approved passage")} with words of your question, quoted as they ` +
      "stand. Nothing checks whether they answer it."
    : "No approved passage on this site answers that. " +
      `It was looked for in ${counted(approved, "approved article")}.`;
  return { words: said, found };
}

// Pagefind remembers a failed start.
const forget = (pagefind) => async (error) => {
  await pagefind.destroy();
  throw error;
};

// Pages by the words they hold, a rare word being worth more. Pagefind itself would want every one.
async function candidates(asked, approved, pagefind) {
  const pages = new Map();
  for (const word of asked) {
    const { results } = await pagefind.search(word, { filters: { status: "Approved" } });
    const worth = Math.log(1 + approved / (1 + results.length));
    for (const result of results) {
      const page = pages.get(result.id) ?? { worth: 0, hits: [] };
      page.worth += worth;
      page.hits.push({ word, worth, result });
      pages.set(result.id, page);
    }
  }
  return [...pages.values()].sort((one, other) => other.worth - one.worth).slice(0, PAGES);
}

// The sections of a page that hold enough of what was asked.
async function sections(page, asked, reader) {
  const forms = new Map(); // a word as the page has it: the hit that it belongs to
  let address;
  for (const hit of page.hits) {
    const { url, content, locations } = await hit.result.data();
    address = new URL(url, location.href);
    const words = content.split(/\s+/);
    for (const at of locations) {
      for (const form of formsIn(words[at] ?? "")) if (isForm(form, hit.word)) forms.set(form, hit);
    }
  }
  const article = await approvedArticle(address);
  return (article ? split(article) : []).flatMap((section) => {
    const enough = variants(section)
      .map((each) => ({ ...each, article, address, ...weigh(each, forms, asked, reader) }))
      .filter((each) => each.hits.size >= asked.length * SHARE)
      .sort((one, other) => other.worth - one.worth);
    return enough.find((each) => each.audience === reader) ?? enough[0] ?? [];
  });
}

// The article at an address, if that page itself says that it is approved, and until when.
async function approvedArticle(address) {
  if (address.origin !== location.origin) return null;
  const page = await fetch(address, { redirect: "error" });
  if (!page.ok) return null;
  const read = new DOMParser().parseFromString(await page.text(), "text/html");
  const article = read.querySelector("article.imp-article");
  const slug = address.pathname.replace(/(\.html|\/)$/, "").split("/").pop();
  const { standing, slug: own, expires } = article?.dataset ?? {};
  const isOver = expires && expires < new Date().toISOString().slice(0, 10);
  return GRANTED.includes(standing) && own === slug && !isOver ? article : null;
}

// What stands under each heading. The safety passage is never taken apart.
function split(article) {
  const found = new Map();
  let heading = null;
  function visit(parent) {
    for (const each of parent.children) {
      if (each.matches(UNREAD)) continue;
      const isSafety = each.matches(".imp-safety");
      if (each.matches(HEADINGS)) {
        heading = each;
      } else if (each.matches(CONTAINERS) && !isSafety && !hasOwnText(each)) {
        const outer = heading;
        visit(each);
        heading = outer;
      } else {
        const own = isSafety ? (each.querySelector(HEADINGS) ?? each) : heading;
        found.set(own, [...(found.get(own) ?? []), each]);
      }
    }
  }
  visit(article);
  return [...found].map(([own, blocks]) => ({ heading: own, blocks }));
}

// A section as each of the audiences sees it that it has passages for.
function variants({ heading, blocks }) {
  const marks = blocks.map((each) => each.closest("[data-audience]")?.dataset.audience.split(" "));
  const audiences = [...new Set(marks.flat())].filter(Boolean);
  return (audiences.length ? audiences : [undefined]).map((audience) => ({
    heading,
    audience,
    blocks: blocks.filter((_, at) => !marks[at] || marks[at].includes(audience)),
  }));
}

const hasOwnText = (element) =>
  [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());

function textOf(block) {
  const clone = block.cloneNode(true);
  clone.querySelectorAll(UNREAD).forEach((each) => each.remove());
  return normal(clone);
}

function weigh({ heading, audience, blocks }, forms, asked, reader) {
  const texts = blocks.map(textOf);
  const hitsIn = (text) => formsIn(text).map((form) => forms.get(form)).filter(Boolean);
  const isHit = texts.map((text) => hitsIn(text).length > 0);
  const hits = new Set([...texts, heading ? textOf(heading) : ""].flatMap(hitsIn));
  const isReaders = !audience || !reader || audience === reader;
  const worth = [...hits].reduce((sum, hit) => sum + hit.worth, 0) * (isReaders ? 1 : 0.8);
  // Of a long section the whole run of what was found, and a paragraph more on either side, since
  // an exception often follows.
  const isLong = texts.join(" ").split(" ").length > WHOLE && isHit.includes(true);
  const from = isLong ? Math.max(0, isHit.indexOf(true) - 1) : 0;
  const to = isLong ? isHit.lastIndexOf(true) + 2 : blocks.length;
  const found = [...hits].map((hit) => hit.word);
  const missing = asked.filter((word) => !found.includes(word));
  return { hits, worth, missing, quoted: blocks.slice(from, to) };
}

