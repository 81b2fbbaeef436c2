// Offers a follow-up question, and shows the passages that are found for it: word for word, with
// the status of the article they stand in. Nothing is written for the question.

const KEPT = new Set(
  ("a abbr b bdi blockquote br caption cite code col colgroup dd del dfn div dl dt em figcaption " +
    "figure hr i img ins kbd li mark ol p pre q s samp small span strong sub sup table tbody td " +
    "tfoot th thead time tr u ul var wbr").split(" "),
);
const ATTRIBUTES = "alt colspan dir lang reversed rowspan scope start value".split(" ");
const DROPPED = "script, style, template, .imp-for";
const CLASSES = /^imp-(cites|range|align--\w+)$/;

let make, link;

const normal = (node) => node.textContent.replace(/\s+/g, " ").trim();
const choice = () => document.querySelector(".imp-audience input:checked");

// Offer the question in its place on a page.
export async function offer(ask, load) {
  ({ make, link } = await load("imprimatur-common.js"));
  const field = make("input", "imp-ask-field");
  Object.assign(field, { type: "text", autocomplete: "off", maxLength: 300, required: true });
  const form = make(
    "form",
    "imp-ask-form",
    make("label", "", "Your question ", field),
    make("button", "imp-ask-button", "Search the approved passages"),
    make("p", "imp-ask-private", "Nothing you type leaves this page."),
  );
  form.method = "dialog"; // whatever fails, the question is not put into an address
  const said = make("p", "imp-ask-said");
  said.setAttribute("role", "status");
  const list = make("ol", "imp-quotes");
  ask.replaceChildren(form, said, list);
  let latest = 0;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const turn = ++latest;
    list.replaceChildren();
    said.textContent = "Searching.";
    let answer;
    try {
      const { passages } = await load("imprimatur-passages.js");
      answer = await passages(field.value, choice()?.dataset.shows, load);
    } catch {
      answer = { words: "The search could not be loaded. Press the button to try again." };
    }
    if (turn !== latest) return;
    said.textContent = answer.words;
    list.append(...(answer.found ?? []).map(quote));
  });
}

function quote({ article, address, heading, blocks, quoted, missing }) {
  // A passage for one audience may be hidden: a place within it makes the page show it.
  const marked = quoted.find((each) => each.closest("[data-audience]"));
  const anchor = marked?.querySelector("[id]") ?? heading;
  const place = new URL(anchor ? `#${encodeURIComponent(anchor.id)}` : "", address);
  const title = normal(article.querySelector("h1"));
  const item = make("li", "imp-quote");
  item.append(make("h3", "", link(place, title)), standing(article));
  const concern = article.querySelector(".imp-notice");
  if (concern) item.append(make("div", "imp-quote-concern", ...copies(concern, address)));
  const under = heading ? `Under: ${normal(heading)}. ` : "";
  item.append(make("p", "imp-quote-for", under + forWhom(article, marked)));
  const words = make("blockquote", "", ...quoted.map((block) => copy(block, address)));
  words.cite = place;
  const after = make("p", "imp-quote-after");
  if (missing.length) after.append(`Not mentioned here: ${missing.join(", ")}. `);
  if (quoted.length < blocks.length) after.append("This is a part of a longer section. ");
  after.append(link(place, "Read it in the article"));
  const safety = article.querySelector(".imp-safety");
  if (safety && !quoted.includes(safety)) {
    const id = safety.id || safety.querySelector("[id]")?.id;
    after.append(", and ", link(new URL(`#${id}`, address), "its safety passage"));
  }
  after.append(".");
  item.append(words, after);
  return item;
}

function forWhom(article, marked) {
  const passage = marked?.closest("[data-audience]");
  const label = passage?.querySelector(".imp-for") ?? article.querySelector(".imp-authors p");
  const audiences = passage?.dataset.audience ?? article.dataset.audiences ?? "";
  const own = choice();
  const isReaders = !own || audiences.split(" ").includes(own.dataset.shows);
  const words = label ? normal(label).replace(/\.$/, "") : "";
  return isReaders ? words : `${words}. You chose: ${normal(own.closest("label"))}`;
}

function standing(article) {
  const due = article.querySelector(".imp-date--due")?.getAttribute("datetime");
  const isDue = due && due < new Date().toISOString().slice(0, 10);
  const words = {
    approved: isDue ? "Approved, review overdue" : "Approved",
    "review-due": "Approved, review overdue",
    concern: `Approved, with a concern${isDue ? ", review overdue" : ""}`,
  }[article.dataset.standing];
  const status = make("span", "imp-result-status", words);
  status.dataset.standing = words;
  const reviewed = article.querySelector(".imp-date--reviewed");
  return make("p", "imp-result-about", status, reviewed ? ` Reviewed ${normal(reviewed)}` : "");
}

const copies = (node, address) => [...node.childNodes].map((each) => copy(each, address));

// The same words in the elements that carry meaning, without what could act, hide or be mistaken
// for a part of this page; addresses still lead where they led.
function copy(node, address) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE || node.matches(DROPPED)) return "";
  const isHeading = /^h[1-6]$/.test(node.localName);
  const other = isHeading ? "p" : node.matches("section, aside, details") ? "div" : "span";
  const name = KEPT.has(node.localName) ? node.localName : other;
  const made = make(name, isHeading ? "imp-quote-heading" : "", ...copies(node, address));
  for (const each of ATTRIBUTES) {
    if (node.hasAttribute(each)) made.setAttribute(each, node.getAttribute(each));
  }
  made.classList.add(...[...node.classList].filter((each) => CLASSES.test(each)));
  for (const each of ["href", "src"]) {
    if (!node.hasAttribute(each)) continue;
    const target = new URL(node.getAttribute(each), address);
    const leads = each === "href" && /^(https?|mailto):$/.test(target.protocol);
    if (leads || target.origin === address.origin) made[each] = target;
  }
  return made;
}
