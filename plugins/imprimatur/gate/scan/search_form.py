"""The form in which hosts write what is searched. In any other part a text could stand unread."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

LISTS: Final = {"search.json": "items", "search/search_index.json": "docs"}
"""The files of the hosts' own searches, and where the pages stand in them."""

_ENTRY: Final = frozenset({"location", "level", "title", "text", "path", "tags", "boost"})
_FRAGMENT: Final = frozenset({"url", "content", "word_count", "filters", "meta", "anchors"})
_ANCHOR: Final = frozenset({"element", "id", "text", "location"})
_TAG: Final = re.compile("[a-z][a-z0-9]{0,9}")
_LANGUAGE: Final = re.compile("[a-z]{2,3}(?:[-_][A-Za-z]{2,8})?")
_WORD: Final = re.compile(r"[^\W_]{3}")
_CODE: Final = re.compile(r"\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}")
_ENTRIES: Final = frozenset({"version", "languages", "include_characters"})
_INDEX: Final = frozenset({"hash", "wasm", "page_count"})
_VERSION: Final = re.compile(r"[0-9]{1,4}(?:\.[0-9a-z-]{1,12}){0,4}")
_HASH: Final = re.compile(r"[a-z-]{2,20}_[0-9a-f]{1,64}")
_WASM: Final = re.compile(r"[a-z]{2,20}(?:-[A-Za-z]{2,8})?")
_LEADING: Final = re.compile(r"[/\\?#%\x00-\x1f]")


class UnknownFormError(ValueError):
    """What is searched holds a part that no host writes; the message names it."""


def demand_list(file: str, plain: Mapping[str, Any]) -> None:
    """Raise UnknownFormError where a host's list holds what hosts do not write in one."""
    _demand(plain, {LISTS[file], "config"})
    config = plain.get("config", {})
    _demand(config, _SETTINGS)
    for name, value in config.items():
        if not _SETTINGS[name](value):
            raise UnknownFormError(f"`{name}` with a value that no host writes")
    for entry in plain[LISTS[file]]:
        _demand(entry, _ENTRY)
        if not (_is_number(entry.get("level", 0)) and _is_number(entry.get("boost", 0))):
            raise UnknownFormError("a `level` or a `boost` that is no number")


def demand_fragment(plain: Mapping[str, Any]) -> None:
    """The same of what pagefind writes of one page."""
    _demand(plain, _FRAGMENT)
    numbers = [plain.get("word_count", 0)]
    for anchor in plain["anchors"]:
        _demand(anchor, _ANCHOR)
        numbers.append(anchor.get("location", 0))
        if not _TAG.fullmatch(anchor.get("element", "a")):
            raise UnknownFormError("an `element` that is none")
    if not all(map(_is_number, numbers)):
        raise UnknownFormError("a `word_count` or a `location` that is no number")
    if "url" in plain["meta"] or str(plain["url"]).startswith("//"):
        raise UnknownFormError("an address that could be one of another host")


def demand_entry(plain: Mapping[str, Any]) -> None:
    """The same of what pagefind's program reads first: it names the files that are read next."""
    _demand(plain, _ENTRIES)
    names = [(_VERSION, plain["version"])]
    for language, index in plain["languages"].items():
        _demand(index, _INDEX)
        names += [(_WASM, language), (_HASH, index["hash"]), (_WASM, index["wasm"] or "en")]
        if not _is_number(index.get("page_count", 0)):
            raise UnknownFormError("a `page_count` that is no number")
    odd = [name for form, name in names if not form.fullmatch(name)]
    odd += [each for each in plain.get("include_characters", ()) if len(each) != 1]
    if odd:
        raise UnknownFormError("a name that leads to no file of the search")


def demand_names(names: Iterable[str]) -> None:
    """The same of the names of files in what it reads second: any other could be read by one."""
    if any(map(_LEADING.search, names)):
        raise UnknownFormError("a name that could lead to any file")


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON. Of a name that it gives twice, browsers read the last."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise UnknownFormError("a name twice")
    return found


def _demand(found: object, known: Iterable[str]) -> None:
    if not isinstance(found, dict):
        raise TypeError(found)
    unknown = sorted(found.keys() - known)
    if unknown:
        raise UnknownFormError(f"`{unknown[0][:60]}`, which no host writes")


def _is_number(value: object) -> bool:
    return value is None or isinstance(value, int | float)


def _all(fits: Callable[[Any], object]) -> Callable[[Any], bool]:
    return lambda value: (
        value is None
        or (isinstance(value, list) and all(isinstance(each, str) and fits(each) for each in value))
    )


def _is_separator(value: object) -> bool:
    """Whether a pattern is one of signs, and no text."""
    return value is None or (isinstance(value, str) and not _WORD.search(_CODE.sub("", value)))


def _are_fields(value: Mapping[str, Mapping[str, Any]]) -> bool:
    return {"title", "text", "tags"}.issuperset(value) and all(
        {"boost"}.issuperset(each) and all(map(_is_number, each.values()))
        for each in value.values()
    )


_SETTINGS: Final[Mapping[str, Callable[[Any], bool]]] = {
    "lang": _all(_LANGUAGE.fullmatch),
    "separator": _is_separator,
    "pipeline": _all({"stemmer", "stopWordFilter", "trimmer"}.__contains__),
    "fields": _are_fields,
    "min_search_length": _is_number,
    "prebuild_index": _is_number,
    "indexing": lambda value: value in {None, "full", "sections", "titles"},
}
"""Of MkDocs, Material and Zensical. An index that is built beforehand is read by nobody here."""
