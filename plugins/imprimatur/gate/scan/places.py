"""Where things stand around an article: what could cover it, or push it out of sight."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element

    from imprimatur.gate.scan.page import Page

FEW: Final = 20
"""Empty lines of which more would push an article below the first screen."""

_WITHIN: Final = {
    "md-nav--primary": "md-sidebar--primary",
    "md-consent__overlay": "md-consent",
    "md-consent__inner": "md-consent",
    "md-search__output": "md-search__inner",
    "md-sidebar__inner": "md-sidebar",
}
"""Classes by which the themes lay something over a page, each with what keeps it out of sight."""

_LAID: Final = frozenset(_WITHIN)

_SINGLE: Final = frozenset(
    {"md-header", "md-header__inner", "md-tabs", "md-container", "md-main", "md-content"}
    | {"md-banner", "md-footer", "md-consent", "md-search", "md-sidebar--primary"}
)
"""Classes of what the themes write once in a page. A second one would lie over the first."""

_PUSHING: Final = frozenset(
    {"blockquote", "br", "dd", "dt", "hr", "li", "p", "pre", "table", "td", "th", "tr"}
    | {f"h{level}" for level in range(1, 7)}
)
"""What takes room though it holds nothing."""

_ASIDE: Final = "md-sidebar"
_HELD: Final = "md-main__inner"
"""What stands beside an article, and in what, so that it does not push it away."""

_SIDES: Final = 2
"""Each of more would take some of its room, until none is left; so would anything else there."""

_MOST: Final = 50
"""Elements that may stand above an article in the theme's own part of a page, or twice as many
texts before that part, beside some for each page of the menu.
"""
_EACH: Final = 4


class Places:
    """What was seen of one page so far, part by part."""

    def __init__(self) -> None:
        self._blanks = 0
        self._seen: set[str] = set()

    def told(self, element: _Element) -> str:
        """What would push the text out of sight, or cover it, or nothing."""
        laid = _laid_over(element)
        if laid:
            return laid
        if element.tag in _PUSHING and not len(element) and not (element.text or "").strip():
            self._blanks += 1
            if self._blanks > FEW:
                return f"<{element.tag}> stands there empty, as more than {FEW} others do"
        for each in _of(element.get("class") or "", _SINGLE):
            if each in self._seen:
                return f"a second <{element.tag}> of the class `{each}` would lie over the first"
            self._seen.add(each)
        return ""


def _laid_over(element: _Element) -> str:
    """What an element would lie over, outside of its place in the themes, or nothing."""
    for each in _of(element.get("class") or "", _LAID):
        if not any(
            _WITHIN[each] in (one.get("class") or "").split() for one in element.iterancestors()
        ):
            return f"<{element.tag}> lies over the article: `{each}` is not in `{_WITHIN[each]}`"
    return ""


@lru_cache(maxsize=4096)
def _of(classes: str, known: frozenset[str]) -> frozenset[str]:
    """Which of these classes are named: mostly none, and the same ones again and again."""
    return known.intersection(classes.split())


def out_of_sight(page: Page, article: _Element) -> str:
    """What, all together, leaves an article where readers could miss it, or nothing."""
    below = article
    for around in article.iterancestors():
        beside = [
            each
            for each in (around if _is(around, _HELD) else ())
            if each is not below and isinstance(each.tag, str) and each.tag != "script"
        ]
        others = [each for each in beside if not _is(each, _ASIDE)]
        for each in others or beside[_SIDES:]:
            return f"<{each.tag}> stands beside the article and could leave it no room"
        below = around
    is_pushed = _is_pushed(page, article)
    return "so much stands above the article that readers could miss it" if is_pushed else ""


def _is(element: _Element, name: str) -> bool:
    """Whether an element is of a class."""
    return name in (element.get("class") or "").split()


def _is_pushed(page: Page, article: _Element) -> bool:
    """Whether so much stands above an article that it would lie far below the first screen."""
    frame = page.claims.frame
    elements, texts, is_inside = 0, 0, True
    for around in (article, *article.iterancestors()):
        parent, is_inside = around.getparent(), is_inside and around.tag != "main"
        is_held = parent is not None and _is(parent, _HELD)
        for each in around.itersiblings(preceding=True):
            if is_held and _is(each, _ASIDE):
                continue
            if is_inside:
                elements += sum(1 for _ in each.iter())
            elif parent is not None and each.tag != "head":
                texts += sum(1 for text in each.itertext() if not text.isspace())
    return elements > _MOST or texts > 2 * _MOST + _EACH * frame.entries
