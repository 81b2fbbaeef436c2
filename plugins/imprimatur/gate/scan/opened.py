"""What stands open in the source of a page where its article begins, as every browser reads it.

Parsers make one tree of markup that is whole, and different ones of markup that is not: lxml ends
``<div hidden/>`` at once, a browser at the next ``</div>``. So the source up to the article is
read strictly, tag by tag, and what two parsers could read otherwise is told instead of guessed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from lxml.etree import _Element

_VALUE: Final = rb"(?:\"[^\"]*\"|'[^']*'|[^\s\"'`=<>/]+)"
ATTRIBUTES: Final = rb"(?:\s++[a-z][a-z0-9:_.-]*+(?:\s*+=\s*+" + _VALUE + rb")?+)*+"
"""Of a tag that everybody reads alike, in small letters."""

TOKEN: Final = re.compile(
    rb"<!--(?!-?>)(?:(?!--).)*-->|<!doctype html>|<(?P<end>/)?(?P<name>[a-z][a-z0-9-]*)"
    rb"(?P<has>" + ATTRIBUTES + rb")\s*(?P<shut>/)?>|(?P<odd><[a-z/!?])",
    re.DOTALL,
)
"""Of a source in small letters. Odd is what begins as a tag or a comment and is none."""

_TOP: Final = re.compile(rb"<(html|body)([^>]*)")
_SAID_OF: Final = {
    b"html": re.compile(rb"(?:\s+(?:lang=\"[a-z-]*\"|class=\"(?:no-)?js\"))*\s*"),
    b"body": re.compile(
        rb"(?:\s+(?:dir=\"(?:ltr|rtl)\"|data-md-color-(?:scheme|primary|accent)=\"[^\"<>]*\"))*\s*"
    ),
}
"""What the themes write there."""

VOID: Final = frozenset(
    b"area base br col embed hr img input link meta param source track wbr".split()
)
_RAW: Final = {
    name: re.compile(rb"</" + name + rb"\s*>")
    for name in (b"script", b"style", b"textarea", b"title")
}
"""Elements in which no tag is one, each with its end."""

_UNLIKE: Final = frozenset(
    b"frameset iframe math noembed noframes noscript plaintext table template textarea xmp".split()
)
"""What browsers read by rules of its own; no theme writes it before an article."""

_DRAWN: Final = frozenset(
    b"circle clippath defs ellipse g line lineargradient mask path polygon polyline radialgradient"
    b" rect stop symbol use".split()
)
"""What a drawing is made of. Anything else ends it in browsers, and in lxml does not."""

_WRITTEN: Final = frozenset(b"text title tspan".split())
"""What a drawing may say."""

_RAW_ALWAYS: Final = frozenset(b"listing math noembed noframes plaintext xmp".split())
"""What browsers read by other rules than parsers of trees, and no page needs."""

_WATCHED: Final = b"|".join(sorted({b"svg", *_RAW, *_RAW_ALWAYS}))
_EVEN: Final = re.compile(
    rb"(?:[^<]++|<(?![a-z/!?])|</?(?!(?:"
    + _WATCHED
    + rb")[\s/>])[a-z][a-z0-9-]*+"
    + ATTRIBUTES
    + rb"\s*+/?>)*+"
)
"""A run of text and of tags that are read alike everywhere, as nearly all of a page is."""

_ALONE: Final = frozenset({b"a", b"button", b"form", b"nobr"})
"""Elements of which one ends another that is open."""

_SHOWN: Final = 60
"""Signs of a tag that a message quotes."""


class Opened(NamedTuple):
    """names: of the elements that stand open, from the outside in.

    start: of what begins there, in bytes. fault: what keeps parsers from agreeing; empty if nothing
    does. line: on which it stands.
    """

    names: tuple[str, ...] = ()
    start: int = 0
    fault: str = ""
    line: int = 0


def opened(
    source: bytes, tag: str = "article", after: int = 0, said: str = "imp-article"
) -> Opened:
    """What stands open where the text of a page begins. source: of the page, in small letters.

    It begins with a tag of that name that says something, after so many others that do.
    """
    stack: list[bytes] = []
    at, seen, sought = 0, 0, (tag.encode(), said.encode())
    while found := TOKEN.search(source, at):
        at, name = found.end(), found["name"]
        if name is None and not found["odd"]:
            continue
        if not found["end"] and name == sought[0] and sought[1] in found["has"]:
            if seen == after:
                return Opened(names=tuple(each.decode() for each in stack), start=found.start())
            seen += 1
        raw = None if found["end"] else _RAW.get(name)
        fault = _fault(found, stack)
        if not fault and raw:
            end = raw.search(source, at)
            fault = "" if end else "has no end"
            at = end.end() if end else at
        if fault:
            line, shown = _place(source, found)
            return Opened(fault=f"`{shown}` {fault}", line=line)
        if found["end"]:
            stack.pop()
        elif not raw and name not in VOID and not found["shut"]:
            stack.append(name)
    return Opened(fault=f"no {tag} begins in its source as the press writes it")


def misread(before: Opened, text: _Element) -> str:
    """Why browsers could see a text of a page in other elements than are seen here, or nothing."""
    above = tuple(str(each.tag) for each in text.iterancestors())[::-1]
    if before.fault or before.names == above:
        return before.fault
    return f"what is open in the source before the text is {' '.join(before.names)}"


def read_apart(source: bytes) -> tuple[int, str] | None:
    """What in a page browsers read as other markup than is read here: the line, and what.

    In a drawing a style, a script and whatever else holds plain text elsewhere hold tags, so that
    what is text here runs there, and what is the value of an attribute here is text there. source:
    in small letters.
    """
    at, depth = 0, 0
    while tag := TOKEN.search(source, at if depth else _even(source, at)):
        at, name = tag.end(), tag["name"]
        if name is None and not tag["odd"]:
            continue
        raw = None if tag["end"] else _RAW.get(name)
        end = raw.search(source, at) if raw else None
        text = source[at : end.start()] if end else b""
        if tag["odd"]:
            fault = "begins no tag that every browser reads alike"
        elif raw and not end:
            fault = "has no end"
        elif name in _RAW_ALWAYS:
            fault = "holds what browsers do not read alike"
        elif depth and (name not in _DRAWN | _WRITTEN | {b"svg"} or b"<" in text):
            fault = "does not belong in a drawing"
        else:
            fault = ""
        if fault:
            line, shown = _place(source, tag)
            return line, f"`{shown}` {fault}"
        at = end.end() if end else at
        if name == b"svg" and not tag["shut"]:
            depth = max(0, depth - 1) if tag["end"] else depth + 1
    return None


def _even(source: bytes, at: int) -> int:
    """Where what is read alike everywhere ends; outside of drawings."""
    run = _EVEN.match(source, at)
    return run.end() if run else at


def _place(source: bytes, tag: re.Match[bytes]) -> tuple[int, str]:
    """The line of a tag, and as much of it as a message quotes."""
    end = tag.end() if tag["name"] else tag.end() + _SHOWN
    shown = source[tag.start() : end][:_SHOWN].decode("utf-8", "replace")
    return source.count(b"\n", 0, tag.start()) + 1, " ".join(shown.split())


def odd_top(source: bytes, printed: bytes) -> tuple[int, str] | None:
    """What a page says amiss of itself as a whole in <html> and <body>: the line, and what.

    Browsers add what a second tag says to the first, wherever it stands; lxml drops it. source: in
    small letters. printed: the article in it, in which an attribute may say such a word. A comment
    may not: where one ends, parsers do not agree.
    """
    found = list(_TOP.finditer(source))
    if printed and len(found) > len(_SAID_OF):
        article = printed.lower()
        source = source.replace(article, re.sub(rb"[^\n]", b" ", article), 1)
        found = list(_TOP.finditer(source))
    seen = set[bytes]()
    for tag in found:
        name, line = tag[1], source.count(b"\n", 0, tag.start()) + 1
        if name in seen:
            return line, f"a second <{name.decode()}> stands in the page"
        seen.add(name)
        if not _SAID_OF[name].fullmatch(tag[2]):
            said = " ".join(tag[2].decode("utf-8", "replace").split())[:_SHOWN]
            return line, f"<{name.decode()}> says `{said}`, which no theme writes there"
    return None


def _fault(tag: re.Match[bytes], stack: list[bytes]) -> str:
    """Why parsers could read a tag otherwise; empty if they cannot."""
    name = tag["name"]
    if tag["odd"]:
        return "begins no tag that every browser reads alike"
    if tag["end"]:
        is_whole = stack and stack[-1] == name and not tag["has"] and not tag["shut"]
        return "" if is_whole else f"ends {f'<{stack[-1].decode()}>' if stack else 'nothing'}"
    if b"svg" in stack:
        return "" if name in _DRAWN else "does not belong in a drawing"
    if name in _UNLIKE:
        return "may not stand before an article"
    return _misplaced(tag, stack)


def _misplaced(tag: re.Match[bytes], stack: list[bytes]) -> str:
    """As ``_fault``, of an element that may stand elsewhere."""
    name = tag["name"]
    if stack and stack[-1] == b"select":
        return "may not stand in <select>"
    if name in _ALONE and name in stack:
        return f"may not stand in <{name.decode()}>"
    if tag["shut"] and name not in VOID and name != b"svg":
        return "is ended by a `/`, which browsers overlook"
    return ""
