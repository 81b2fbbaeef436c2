"""The tags of a page, one by one: what the clean-up will take out, and what would break the page.

Named here rather than in a tree, because a tree has already mended what an author wrote: a stray
``</div>`` ends a safety passage, and leaves no trace.
"""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

from imprimatur.press.stash import ATTRIBUTE

if TYPE_CHECKING:
    from collections.abc import Callable

_VOID: Final = frozenset({"br", "col", "hr", "img"})
# Comments on whose end every parser agrees; all others are left to be named.
_COMMENT: Final = re.compile(r"<!--(?!-?>)(?:(?!--!?>|<!--).)*-->", re.DOTALL)

# What every parser of HTML reads in the same way, and nearly all that Python-Markdown writes.
_NAME: Final = r"[a-z][a-z0-9]*+"
_VALUE: Final = r'[^"<>&]*+(?:&(?:amp|lt|gt|quot|#[0-9]{1,6});[^"<>&]*+)*+'
_PLAIN_TAG: Final = re.compile(
    rf'<(?:/(?P<end>{_NAME})|(?P<begin>{_NAME})(?P<attributes>(?: [a-z-]++="{_VALUE}")*+)(?: ?/)?)>'
)
_PLAIN_ATTRIBUTE: Final = re.compile(r'([a-z-]++)="([^"]*+)"')
# Their content is read in other ways.
_OTHERWISE: Final = frozenset(
    [
        "iframe",
        "noembed",
        "noframes",
        "noscript",
        "plaintext",
        "script",
        "style",
        "textarea",
        "title",
        "xmp",
    ]
)

Attributes = list[tuple[str, str | None]]
PlainTags = list[tuple[str, str, str]]
"""Of each tag the name it ends, or the name it begins and its attributes as they are written."""


def breaches(
    html: str,
    clean: str,
    is_allowed_tag: Callable[[str], bool],
    is_allowed: Callable[[str, str, str], bool],
) -> tuple[str, ...]:
    """Name what is in the HTML and must not be: ``<script>``, ``onclick of <a>``.

    clean: the same HTML after the clean-up; what it lost is named, too.
    """
    before = Tags(html, is_allowed_tag, is_allowed)
    if before.plain:
        after = _plain_tags(_COMMENT.sub("", clean))
        # What stays of a tag depends on nothing but how it is written.
        if before.plain == after or _begun(before.plain) == _begun(after):
            return tuple(dict.fromkeys(before.breaches))
    lost = Counter(before.kept) - Counter(Tags(clean, is_allowed_tag, is_allowed).kept)
    return tuple(dict.fromkeys([*before.breaches, *lost]))


def _plain_tags(text: str) -> PlainTags:
    """Each tag, if all is written as Python-Markdown writes; else none."""
    tags: PlainTags = _PLAIN_TAG.findall(text)
    is_plain = text.count("<") == len(tags)
    return tags if is_plain and _OTHERWISE.isdisjoint(begin for _, begin, _ in tags) else []


def _begun(tags: PlainTags) -> list[tuple[str, str]]:
    """The name and the attributes of each tag that begins an element."""
    return [(begin, attributes) for _, begin, attributes in tags if begin]


class Tags(HTMLParser):
    """Reads HTML tag by tag. breaches: what is wrong; kept: names of all that may stay.

    plain: each tag as written, where all was read in the short way.
    """

    def __init__(
        self,
        html: str,
        is_allowed_tag: Callable[[str], bool],
        is_allowed: Callable[[str, str, str], bool],
    ) -> None:
        super().__init__(convert_charrefs=False)
        self._is_allowed_tag, self._is_allowed = is_allowed_tag, is_allowed
        self._open: list[str] = []
        self.breaches: list[str] = []
        self._kept: list[tuple[str, str]] = []
        self.plain: PlainTags = []
        text = _COMMENT.sub("", html)
        if not self.read_plainly(text):
            self.feed(text)
            self.close()
        self._close(0)

    def read_plainly(self, text: str) -> bool:
        """Read what is written as Python-Markdown writes; False, having read nothing, if not so."""
        tags = _plain_tags(text)
        for end, begin, attributes in tags:
            if end:
                self.handle_endtag(end)
                continue
            found = _PLAIN_ATTRIBUTE.findall(attributes) if attributes else ()
            self.handle_starttag(begin, [(name, unescape(value)) for name, value in found])
        self.plain = tags
        return bool(tags) or "<" not in text

    @property
    def kept(self) -> list[str]:
        """The names, which nobody asks for where nothing was lost."""
        return [f"{name} of <{tag}>" if name else f"<{tag}>" for name, tag in self._kept]

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Judge a tag and its attributes, and what it stands in."""
        if not self._is_allowed_tag(tag):
            self.breaches.append(f"<{tag}>")
            return
        self._kept.append(("", tag))
        for name, value in attrs:
            if self._is_allowed(tag, name, value or ""):
                self._kept.append((name, tag))
            else:
                self.breaches.append(f"{name} of <{tag}>")
        if "a" in self._open and (tag == "a" or ATTRIBUTE in dict(attrs)):
            self.breaches.append("<a> around another link or a citation")
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        """Take ``<div/>`` for what browsers take it for, the beginning of a ``<div>``."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Each end belongs to what was begun last."""
        if self._open and self._open[-1] == tag:
            self._open.pop()
        elif tag in self._open:
            last = len(self._open) - 1 - self._open[::-1].index(tag)
            self._close(last + 1)
            self._open.pop()
        elif f"<{tag}>" not in self.breaches:
            self.breaches.append(f"</{tag}> without its <{tag}>")

    def handle_pi(self, data: str) -> None:
        """Readers see nothing of ``<?…>``."""
        del data
        self.breaches.append("<?")

    def parse_html_declaration(self, i: int) -> int:
        """Readers see nothing of ``<!…>``, which our base class reads in ways of its own."""
        self.breaches.append("<!")
        return self.parse_bogus_comment(i, report=False)

    def parse_comment(self, i: int, report: bool = True) -> int:  # noqa: FBT001, FBT002 - Python's
        """A comment that is left over ends differently for different parsers."""
        del report
        return self.parse_html_declaration(i)

    def _close(self, depth: int) -> None:
        self.breaches.extend(f"<{tag}> without its </{tag}>" for tag in self._open[depth:])
        del self._open[depth:]
