"""The theme's own settings within a page: they name a script, and hold words that it shows."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprimatur.gate.scan.page import Page

_KNOWN: Final = frozenset({"base", "features", "search", "translations"})
_OTHERS: Final = frozenset({"annotate", "redirect", "tags", "version"})
"""What the themes take from the host's settings as it stands there."""

_FEATURE: Final = re.compile(r"[a-z.-]+")
_KINDS: Final = (".js", ".mjs")


def config_fault(page: Page, text: str) -> str:
    """Why these settings cannot be left in a page; empty if they can."""
    try:
        plain: dict[str, Any] = json.loads(text)
        base, search = str(plain["base"]), str(plain["search"])
        words = dict(plain.get("translations") or {})
        odd = [*(plain.keys() - _KNOWN - _OTHERS), *_unclaimed(page, plain)]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return "the theme's settings in the page cannot be read"
    root, script = page.link(base.rstrip("/") + "/", 0), page.link(search, 0)
    if root is None or root.path or root.anchor:
        return f"the theme's settings give {base} as the site's root"
    if script is None or not script.path.endswith(_KINDS) or script.path not in page.claims.files:
        return f"the search's script {search} is no file of the site"
    odd += [name for name, word in words.items() if not _is_word(page, name, word)]
    return (
        f"`{odd[0]}` in the theme's settings says what neither it nor the site says" if odd else ""
    )


def _is_word(page: Page, name: str, word: object) -> bool:
    # Where a language lacks a word, the theme shows its name or nothing.
    is_known = isinstance(word, str) and (name, word) in page.claims.frame.pairs
    return is_known or word in ("", name)


def _unclaimed(page: Page, plain: dict[str, Any]) -> Iterator[str]:
    for each in plain.get("features") or ():
        if not _FEATURE.fullmatch(each):
            yield "features"
    for name in sorted(_OTHERS):
        if not all(str(each) in page.claims.frame.values for each in _values(plain.get(name))):
            yield name


def _values(plain: object) -> Iterator[object]:
    """Every name and every value in a part of the settings that says anything."""
    if isinstance(plain, dict):
        yield from plain
        plain = list(plain.values())
    if isinstance(plain, list):
        for each in plain:
            yield from _values(each)
    elif plain is not None and not isinstance(plain, bool):
        yield plain
