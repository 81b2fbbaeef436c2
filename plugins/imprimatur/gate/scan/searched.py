"""What a search says of each page, read before any page is looked at."""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import unquote

from imprimatur.errors import Finding, RuleName
from imprimatur.gate.scan.content import TooLargeError, decoded, unpacked
from imprimatur.gate.scan.links import internal
from imprimatur.gate.scan.page_text import HEADINGS
from imprimatur.gate.scan.search_form import (
    LISTS,
    UnknownFormError,
    demand_entry,
    demand_fragment,
    demand_list,
    demand_names,
    once,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from imprimatur.gate.scan.claims import Claims

RULE: Final = RuleName("search-says-what-its-page-says")
CURE: Final = "build the site again from the staged tree, and let nothing write into its search"

_FRAGMENT, _FILTERS = ".pf_fragment", ".pf_filter"
_ENTRY, _NAMES = "pagefind/pagefind-entry.json", ".pf_meta"
FILTER: Final = "data-pagefind-filter"
META: Final = "data-pagefind-meta"
_FRAMING: Final = ("path", "tags")
_ATTRIBUTES: Final = {"image": "src", "image_alt": "alt"}
_NUMBER, _TEXT, _LIST = 0, 3, 4
_SMALL: Final = 24
_SIZES: Final = {24: 1, 25: 2, 26: 4, 27: 8}


class Head(NamedTuple):
    """A heading as a search names it: its id and text, and what is said where it is to stand."""

    place: str
    text: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """What a search says of one page, or of a part of it.

    file: which says it. texts: its sentences. titles: each a title, a heading or a summary.
    framing: names of menus and of tags. place: the id of the part that it is; empty of a page.
    places: the id of each part that is named, and its text. heads: of each heading.
    marked: what a page marks for the search, each with the attribute that marks it, and its name.
    """

    file: str
    texts: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    framing: tuple[str, ...] = ()
    place: str = ""
    places: tuple[tuple[str, str], ...] = ()
    heads: tuple[Head, ...] = ()
    marked: tuple[tuple[str, str, str], ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether it is all that is said of a page, and all that may be chosen of it."""
        return self.file.endswith(_FRAGMENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchData:
    """All that is searched. pages: what is said of each page, by its file.

    findings: what cannot be read, or is said of no page.
    """

    pages: Mapping[str, tuple[Searched, ...]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def read_search(root: Path, paths: Iterable[str], claims: Claims) -> SearchData:
    """Read the data of every search in a built site. paths: of its files."""
    pages: defaultdict[str, list[Searched]] = defaultdict(list)
    findings: list[Finding] = []
    chosen = set[str]()
    # The filters come last: what may be chosen in them is what some page marks.
    for file in sorted(paths, key=lambda each: each.endswith(_FILTERS)):
        try:
            said = list(_said(file, root / file, chosen))
        except UnknownFormError as error:
            findings.append(_finding(file, f"the data of the search holds {error}"))
            continue
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
            findings.append(_finding(file, "the data of the search has an unknown form"))
            continue
        except (TooLargeError, OSError, zlib.error):
            continue  # Whoever looks at the file itself says so.
        for address, each in said:
            chosen.update(text for mark in each.marked if mark[0] == FILTER for text in mark[1:])
            page = _page(address, claims)
            if page is None:
                message = f"the search names {address!r}, which is no page of the site"
                findings.append(_finding(file, message))
            else:
                pages[page].append(each)
    return SearchData(
        pages={page: tuple(each) for page, each in pages.items()}, findings=tuple(findings)
    )


def _said(file: str, place: Path, chosen: set[str]) -> Iterator[tuple[str, Searched]]:
    """What a file says of pages, each with its address; nothing if it is none of a search.

    chosen: what filters may offer; raises ValueError where one offers anything else.
    """
    if file in LISTS:
        plain = _json(place)
        demand_list(file, plain)
        for item in plain[LISTS[file]]:
            yield str(item["location"]), _item(file, item)
    elif file.endswith(_FRAGMENT):
        plain = _json(place)
        demand_fragment(plain)
        yield str(plain["url"]).lstrip("/"), _fragment(file, plain)
    elif file == _ENTRY:
        demand_entry(_json(place))
    elif file.endswith(_NAMES):
        demand_names(texts_in(unpacked(place.read_bytes())))
    elif file.endswith(_FILTERS) and not chosen.issuperset(texts_in(unpacked(place.read_bytes()))):
        raise ValueError(file)


def _json(place: Path) -> Any:  # noqa: ANN401 - whatever the file holds
    return json.loads(decoded(unpacked(place.read_bytes())), object_pairs_hook=once)


def texts_in(data: bytes) -> Iterator[str]:
    """Every text in the numbers, texts and lists of CBOR, as pagefind writes its filters."""
    at = 0
    while at < len(data):
        kind, number = data[at] >> 5, data[at] & 31
        at += 1
        if number >= _SMALL:
            end = at + _SIZES[number]
            number, at = int.from_bytes(data[at:end], "big"), end
        if kind == _TEXT:
            yield data[at : at + number].decode()
            at += number
        elif kind not in {_NUMBER, _LIST}:
            raise ValueError(kind)


def _item(file: str, item: Mapping[str, Any]) -> Searched:
    """One part of a page, as Material and Zensical write it."""
    return Searched(
        file=file,
        place=unquote(str(item["location"]).partition("#")[2]),
        texts=tuple(_strings(item.get("text", ()))),
        titles=tuple(_strings(item.get("title", ""))),
        framing=tuple(_strings([item.get(name, ()) for name in _FRAMING])),
    )


def _fragment(file: str, plain: Mapping[str, Any]) -> Searched:
    """One page, as pagefind writes it."""
    meta = plain["meta"]
    marked = [
        (FILTER, name, value)
        for name, values in plain["filters"].items()
        for value in _strings(values)
    ]
    for name, value in meta.items():
        if name != "title":
            marked.append((_ATTRIBUTES.get(name, META), name, str(value)))
    return Searched(
        file=file,
        texts=tuple(_strings(plain.get("content", ()))),
        titles=(str(meta.get("title", "")),),
        places=tuple(
            (str(each["id"]), str(each["text"]))
            for each in plain["anchors"]
            if not _is_heading(each)
        ),
        heads=tuple(_heads(plain)),
        marked=tuple(marked),
    )


def _heads(plain: Mapping[str, Any]) -> Iterator[Head]:
    """The headings among what pagefind names in a page: its dialogs set them above an excerpt."""
    content = str(plain.get("content", ""))
    row = content.split("\u200b") if "\u200b" in content else content.split()
    for each in plain["anchors"]:
        if _is_heading(each):
            text, at = str(each["text"]), each["location"]
            if not isinstance(at, int) or at < 0:
                raise ValueError(at)
            # A text without blanks may be parted otherwise.
            yield Head(str(each["id"]), text, " ".join(row[at : at + len(text) + 1]))


def _is_heading(anchor: Mapping[str, Any]) -> bool:
    return anchor.get("element") in HEADINGS


def _strings(value: object) -> Iterator[str]:
    """Every text in a value of JSON, the names of its parts included."""
    if isinstance(value, str):
        value.encode()  # What is no text raises here.
        yield value
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _strings(each)
    elif isinstance(value, dict):
        yield from _strings([*value.keys(), *value.values()])


def _page(address: str, claims: Claims) -> str | None:
    """The file of the page that a search names; None if the plan has no such page.

    None, too, if it asks that page for something, which our search would show as a text.
    """
    if "?" in address:
        return None
    with suppress(ValueError):
        link = internal(address, "", claims)
        if link is not None:
            folder = link.path.removesuffix("/")
            tries = (link.path, f"{folder}/index.html".lstrip("/"))
            return next((each for each in tries if claims.is_page(each)), None)
    return None


def _finding(file: str, message: str) -> Finding:
    return Finding(path=file, line=0, rule=RULE, message=message, cure=CURE)
