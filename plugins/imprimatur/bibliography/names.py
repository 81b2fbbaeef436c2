"""The names of a bibliography, taken apart: who wrote a work, and whose name is doubtful."""

from __future__ import annotations

import re

from pybtex.bibtex.exceptions import BibTeXError
from pybtex.bibtex.utils import split_name_list, split_tex_string
from pybtex.database import Person as _Name

from imprimatur.bibliography.latex import decode
from imprimatur.bibliography.people import People, Person
from imprimatur.bibliography.rich import plain

_WORD = re.compile("[^\\s.\u2010\u2011-]+")
_INITIALS = re.compile("[A-Z]{1,3}")
_LONGEST_INITIALS = 3
# Family names, a comma, given names: nothing that BibTeX has a rule of its own for.
_USUAL = re.compile(r"((?:[^\s,{}\\~]+ )*+[^\s,{}\\~]+), ((?:[^\s,{}\\~]+ )*+[^\s,{}\\~]+)")
_MOST_COMMAS = 3


def read_people(source: str) -> People:
    """Return the people of an ``author`` or ``editor`` field; never raises."""
    names = [name for name in split_name_list(source.strip()) if name.strip(" \t{}")]
    others = bool(names) and names[-1].lower() == "others"
    people = (_person(name) for name in (names[:-1] if others else names))
    return People(named=tuple(one for one in people if one.surname), others=others)


def doubtful_names(source: str) -> tuple[str, ...]:
    """Return the names that are probably not what was meant.

    ``Smith J`` reads as a J with the given name Smith; ``Smith, J., Doe, K.`` lacks its ``and``.
    """
    names = split_name_list(source.strip())
    return tuple(name for name in names if _is_doubtful(name))


def _is_doubtful(name: str) -> bool:
    if _USUAL.fullmatch(name):
        return False
    commas, parts = split_tex_string(name, ","), split_tex_string(name)
    if len(commas) > 1:
        return len(commas) > _MOST_COMMAS
    return len(parts) > 1 and _INITIALS.fullmatch(parts[-1]) is not None


def _person(source: str) -> Person:
    return usual(source) or parsed(source)


def usual(source: str) -> Person | None:
    """The person, where the name is written as most are; the same as ``parsed`` gives, sooner."""
    found = _USUAL.fullmatch(source)
    # A word that is not in upper case may be a particle.
    if found is None or not all(word[0].isupper() for word in found[1].split(" ")):
        return None
    return Person(surname=_text(found[1]), initials=_initials(_text(found[2])))


def parsed(source: str) -> Person:
    """The person, taken apart as BibTeX does; whatever cannot be so is a group."""
    parts = split_tex_string(source)
    commas = split_tex_string(source, ",")
    if len(commas) > _MOST_COMMAS or (len(parts) == 1 and source[0] + source[-1] == "{}"):
        return Person(surname=_text(source), group=True)
    try:
        name = _Name(source)
    except (BibTeXError, IndexError, ValueError):
        return Person(surname=_text(source), group=True)
    surname = _text(" ".join([*name.prelast_names, *name.last_names]))
    given = _text(" ".join([*name.first_names, *name.middle_names]))
    if not surname:
        return Person(surname=given, group=True)
    suffix = _text(" ".join(name.lineage_names)).replace(".", "")
    return Person(surname=surname, initials=_initials(given), suffix=suffix)


def _initials(given: str) -> str:
    return "".join(_initial(word) for word in _WORD.findall(given))


def _initial(word: str) -> str:
    """Return the initial of one given name; ``JS`` already is two, ``O'Brien`` is one."""
    if word.isupper() and len(word) <= _LONGEST_INITIALS:
        return word
    return next((letter.upper() for letter in word if letter.isalpha()), "")


def _text(source: str) -> str:
    return plain(decode(source).text)
