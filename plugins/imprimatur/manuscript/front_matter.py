"""What a manuscript says of itself."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints, WithJsonSchema

from imprimatur.strict import Closed, Day


def _one_of_each(names: tuple[str, ...]) -> tuple[str, ...]:
    twice = sorted(name for name, count in Counter(names).items() if count > 1)
    if twice:
        raise ValueError(f"{', '.join(twice)} stands twice")
    return names


def _orcid(text: str) -> str:
    # Half a second, and most texts and boards hold no ORCID iD.
    import idutils  # noqa: PLC0415

    if not text.isascii() or not idutils.is_orcid(text) or text != idutils.normalize_orcid(text):
        raise ValueError("an ORCID has the form 0000-0002-1825-0097, its last sign a check digit")
    return text


Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
"""ASCII lower case, digits and single hyphens."""

Line = Annotated[str, StringConstraints(pattern=r"^\S(.*\S)?$", max_length=300)]
"""Text on one line, with nothing blank around it."""

Orcid = Annotated[
    str,
    AfterValidator(_orcid),
    WithJsonSchema({"type": "string", "pattern": "^([0-9]{4}-){3}[0-9]{3}[0-9X]$"}),
]
"""An ORCID iD with a right check digit."""

Identifiers = Annotated[tuple[Identifier, ...], Field(min_length=1), AfterValidator(_one_of_each)]
"""One or more identifiers, none of them twice."""


class Author(Closed):
    """A person or body that wrote the manuscript.

    interests: competing interests in words; "none" is a declaration, so the key is never left out.
    """

    name: Line
    affiliation: Line
    orcid: Orcid | None = None
    interests: Line


class FrontMatter(Closed):
    """The head of a manuscript; the whole of it belongs to what an approval covers.

    article_class: a class of the policy, written ``class``, which decides what an approval needs.
    evidence_through: the day up to which the literature was searched.
    audiences: identifiers of the policy's audiences that the text is written for.
    """

    title: Line
    summary: Line
    topics: Identifiers
    article_class: Identifier = Field(alias="class")
    authors: Annotated[tuple[Author, ...], Field(min_length=1)]
    evidence_through: Day
    audiences: Identifiers
