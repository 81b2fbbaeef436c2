"""Pages that try the design: too long, too wide, too many, from right to left."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20" width="60" height="20">
<rect width="20" height="20" fill="#14181d"/>
<rect x="40" width="20" height="20" fill="#fff"/>
</svg>
"""
"""On white its left is seen, on black its right."""


def _head(title: str, audiences: str = "[clinician, patient]", author: str = "A. Author") -> str:
    return (
        f"---\ntitle: {title}\nsummary: A demonstration of a page that tries the design.\n"
        "topics: [demonstration]\nclass: general\nauthors:\n"
        f"  - {{name: {author}, affiliation: Nowhere, interests: none}}\n"
        f"evidence_through: 2025-02-21\naudiences: {audiences}\n---\n\n"
    )


_ANSWER = """//// answer
/// audience | clinician
It tries the design.

It cites a study [@park2019spinal].
///

/// audience | patient
This page is a test.

It names one study [@park2019spinal].
///
////
"""
_KEYS = [f"work{number}" for number in range(1, 301)]
_WIDE = "|".join(f" Column {number} " for number in range(1, 16))
TRIALS: dict[str, str] = {
    "long-title": _head(
        "'" + "Does a title of very many words stand whole on a phone? " * 5 + "Yes.'"
    )
    + _ANSWER,
    "script-author": _head("Who wrote this?", author='"<script>alert(1)</script> & <b>bold</b>"')
    + _ANSWER,
    "many-references": _head("Can one page hold three hundred references?")
    + _ANSWER
    + "\n\n".join(f"It was studied [@{key}]." for key in _KEYS),
    "many-citations": _head("Can one paragraph hold eighty citations?")
    + _ANSWER
    + "\n"
    + " ".join(f"Study {n} found it [@{key}]." for n, key in enumerate(_KEYS[:60]))
    + f" All agree [{'; '.join('@' + key for key in _KEYS[:40:2])}].\n",
    "wide-table": _head("What of a table that is wider than a phone?")
    + _ANSWER
    + f"\n|{_WIDE}|\n|{'---|' * 15}\n"
    + f"|{'|'.join(['12.5 mg'] * 15)}|\n" * 3
    + "\nAnd `Averylongwordthatnobodycouldeverbreakintotwobecauseitisonlyonewordandgoeson`.\n",
    "right-to-left": _head("\u05d4\u05d0\u05dd \u05e6\u05e8\u05d9\u05da \u05d7\u05d5\u05de\u05e8?")
    + _ANSWER
    + "\n\u05d6\u05d4\u05d5 \u05de\u05d1\u05d7\u05df 50 mg [@park2019spinal].\n",
    "drawings": _head("What of letters that only a white page or only a dark one shows?")
    + _ANSWER
    + "\n![A dose](dose.svg)\n\nWithin a line ![a dose](dose.svg) and at its end.\n",
    "one-audience": _head("What if it is for clinicians only?", audiences="[clinician]")
    + "/// answer\nIt is for one audience.\n\nIt cites a study [@park2019spinal].\n///\n",
}


def bibliography() -> str:
    """The shipped one, and three hundred works that do not exist."""
    shipped = (ROOT / "bibliography.bib").read_text("utf-8")
    long_doi = "10.1000/" + "a-very-long-identifier-without-any-blank-" * 5 + "end"
    dois = {key: f"10.1000/{key}" for key in _KEYS} | {_KEYS[0]: long_doi}
    made = (
        f"@article{{{key}, evidence_kind = {{cohort}}, author = {{Author, Anne and Other, Ben}},\n"
        f"  title = {{Demonstration work {key}}}, journal = {{J Demonstr}}, year = {{2020}},\n"
        f"  volume = {{1}}, pages = {{1--9}}, doi = {{{dois[key]}}}}}\n"
        for key in _KEYS
    )
    return shipped + "\n".join(made)
