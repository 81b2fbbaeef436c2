// What the search and the follow-up question both need.

export function make(name, class_, ...children) {
  const made = document.createElement(name);
  if (class_) made.className = class_;
  made.append(...children);
  return made;
}

export function link(address, words) {
  const made = make("a", "", words);
  made.href = address;
  return made;
}

// A word without accents and without the signs around it.
const plain = (word) =>
  word
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");

export const wordsOf = (text) => text.split(/\s+/).map(plain).filter(Boolean);

// The words of a text, and of `T1-weighted` its parts, too.
export const formsIn = (text) =>
  wordsOf(text).flatMap((word) => [word, ...word.split(/[^\p{L}\p{N}]+/u)]);

// Whether one is a form of the other: of a word that it does not know, pagefind takes the beginning
// for the word, and would find `hyper` for `hypertension`.
export function isForm(one, other) {
  let shared = 0;
  while (shared < one.length && one[shared] === other[shared]) shared += 1;
  const rest = Math.max(one.length, other.length) - shared;
  return rest === 0 || (shared > 2 && rest < 4);
}
