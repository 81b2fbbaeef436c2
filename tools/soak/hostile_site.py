"""A site whose authors are all hostile: every field of theirs would run if it were not escaped."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Final

from pieces import POLICY, WORKS
from vectors import breakout, markdown, tag

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CONFIG: Final = """\
site_name: Soak
theme: {name: material, font: false}
plugins: [imprimatur]
markdown_extensions: [imprimatur]
nav: [Home: index.md]
not_in_nav: /articles/*
"""
_LABELS: Final = ("label: Clinician", "label: Patient")


def make(root: Path, pages: int, seed: int) -> None:
    """Write the site with so many articles; not all of them can be read."""
    rng = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
    policy = POLICY
    for label in _LABELS:
        policy = policy.replace(label, f"label: {_text(breakout(rng)[:60])}")
    files = {
        "mkdocs.yml": _CONFIG,
        "docs/index.md": "# Soak\n\n/// articles\n///\n\n/// topics\n///\n\n/// policy\n///\n",
        "editorial/policy.yml": policy,
        "editorial/board.yml": "version: 1\npeople: []\n",
        "bibliography.bib": WORKS + "".join(_work(rng, number) for number in range(pages)),
    }
    files |= {f"docs/articles/page-{number}.md": _article(rng, number) for number in range(pages)}
    for path, text in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")


def _article(rng: random.Random, number: int) -> str:
    def field() -> str:
        return _text(rng.choice((tag, breakout))(rng).replace("\n", " ").strip()[:290])

    # Half of the texts are fit to be printed, so that pages show what stands in their heads.
    body = "\n\n".join(_body(rng) for _ in range(3)) if number % 2 else "Plain text."
    return f"""\
---
title: {field()}
summary: {field()}
topics: [radiology]
class: general
authors:
  - {{name: {field()}, affiliation: {field()}, interests: {field()}}}
evidence_through: 2025-02-21
audiences: [clinician]
---

/// answer
It helped [@park2019spinal; @page{number}].
///

{body}
"""


def _body(rng: random.Random) -> str:
    return "".join(_lines(markdown(rng)))


def _lines(text: str) -> Iterator[str]:
    yield from (each for each in text if each.isprintable() or each in "\n\t")


def _work(rng: random.Random, number: int) -> str:
    def field(limit: int = 200) -> str:
        return rng.choice((tag, breakout))(rng).translate(_BARE)[:limit]

    return f"""\
@article{{page{number},
  evidence_kind = {{cohort}}, author = {{{field(60)} and {field(60)}}}, title = {{{field()}}},
  journal = {{{field()}}}, year = {{2019}}, volume = {{{field(30)}}}, pages = {{{field(30)}}},
  url = {{https://127.0.0.1/{field(60).replace(" ", "")}}}, note = {{Erratum {field()}}}
}}
"""


_BARE: Final = str.maketrans("", "", "{}\\%#$&~^_@")


def _text(value: str) -> str:
    """A value as YAML between double quotes."""
    return json.dumps(value or "x", ensure_ascii=False)
