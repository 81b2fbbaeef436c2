"""The texts of a demonstration site of any size: articles, and the works they cite."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT: Final = Path(__file__).parents[2]
WORKS_EACH: Final = 8
"""Works that an article cites."""

_MODEL: Final = ROOT / "docs/articles/spinal-mri.md"
_CITED: Final = re.compile(r"@([a-z][a-z0-9]*)")
_BODY_WORD: Final = re.compile(r"\[[^\]]*\]|\b[a-z]{4,}\b")

# Of eight works in a row, each has its kind. An article cites one of each place.
_KINDS: Final = (
    "appropriateness-criteria",
    "guideline",
    "drug-label",
    "medication-guide",
    "diagnostic-study",
    "systematic-review",
    "narrative-review",
    "cohort",
)
# Which place a work of the model is given to; two works that stand in one mark have two places.
_PLACES: Final = {
    "hutchins2021acr": 0,
    "nice2023ng234": 1,
    "nice2023ng234g": 1,
    "fda2024gadoterate": 2,
    "dotaremmedguide": 3,
    "park2019spinal": 4,
    "harlianto2024spinal": 5,
    "liu2017vertebral": 5,
    "saha2025dce": 6,
    "mauch2018vcf": 6,
    "shah2011spinal": 6,
    "meyer2005neuroblastoma": 7,
    "khadem2012dce": 7,
    "saha2014perfusion": 7,
}


def slug(number: int) -> str:
    """The slug of an article."""
    return f"demonstration-{number:05d}"


def writer(works: int) -> Callable[[int], str]:
    """What writes the article of a number, by the model of a shipped one.

    It is as long as that one, its words stand in another order, and it cites other works.
    works: how many there are, a multiple of eight.
    """
    model = _MODEL.read_text(encoding="utf-8").replace("class: dosing", "class: general")
    _, head, body = model.split("---\n", 2)
    lines = body.split("\n")

    def write(number: int) -> str:
        order = random.Random(number)  # noqa: S311 - the same words each time; no secret
        text = "\n".join(_reordered(line, order) for line in lines)
        cited = _CITED.sub(lambda found: f"@{_key(number, found[1], works)}", text)
        title = head.replace("title: Is", f"title: Demonstration {number}, is")
        return f"---\n{title}---\n{cited}"

    return write


def bibliography(works: int) -> str:
    """A BibTeX file of that many works."""
    return "\n".join(_entry(number) for number in range(works))


def _reordered(line: str, order: random.Random) -> str:
    """A line with its plain words in another order, so that its reading grade stays as it is."""
    if line.startswith("/"):
        return line
    words = [found for found in _BODY_WORD.findall(line) if not found.startswith("[")]
    order.shuffle(words)
    rest = iter(words)
    return _BODY_WORD.sub(lambda f: f[0] if f[0].startswith("[") else next(rest), line)


def _key(article: int, cited: str, works: int) -> str:
    """The key by which an article cites in place of a work of the model."""
    place = _PLACES[cited]
    groups = works // WORKS_EACH
    # Neighbours share some works and not all.
    return f"work{(article * (place + 1) + place) % groups * WORKS_EACH + place:05d}"


def _entry(number: int) -> str:
    kind = _KINDS[number % WORKS_EACH]
    names = " and ".join(f"Demonstration{number}, Anna {letter}." for letter in "ABCDEF")
    return f"""\
@article{{work{number:05d},
  evidence_kind = {{{kind}}},
  author  = {{{names}}},
  title   = {{Demonstration {number} of the accuracy of {{MRI}}: a work that nobody wrote}},
  journal = {{J Demonstr Med}}, year = {{{2000 + number % 25}}}, volume = {{{number % 90 + 1}}},
  pages = {{{number}--{number + 9}}},
  doi = {{10.1000/demonstration.{number}}}, verified = {{C}},
  verification_note = {{This work does not exist; it stands here to be counted}}
}}
"""
