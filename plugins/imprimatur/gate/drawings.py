"""Whether a drawing (SVG) only draws.

An SVG is a page of its own: opened by its address it runs scripts, asks other hosts, and shows
different people different things. It is bound by its bytes, so nothing is taken out of it: what
does more than draw is refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lxml import etree

from imprimatur.errors import RuleName
from imprimatur.gate.pictures import Flaw
from imprimatur.manuscript import hidden_entities
from imprimatur.strict import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES: Final = 1_000_000
MOST_ELEMENTS: Final = 20_000
MOST_USES: Final = 1_000

_RULE: Final = RuleName("image-is-plain")
_SVG: Final = "{http://www.w3.org/2000/svg}"
_HREF: Final = "{http://www.w3.org/1999/xlink}href"
_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
# fmt: off
_ELEMENTS: Final = frozenset((
    "circle", "clipPath", "defs", "desc", "ellipse", "filter", "g", "line", "linearGradient",
    "marker", "mask", "path", "pattern", "polygon", "polyline", "radialGradient", "rect", "stop",
    "style", "svg", "symbol", "text", "textPath", "title", "tspan", "use",
    "feBlend", "feColorMatrix", "feComponentTransfer", "feComposite", "feConvolveMatrix",
    "feDropShadow", "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur",
    "feMerge", "feMergeNode", "feMorphology", "feOffset", "feTile",
))
# fmt: on
_OTHERWISE: Final = frozenset({"systemLanguage", "requiredExtensions", "requiredFeatures", "src"})
_ADDRESS: Final = re.compile(r"url\s*\(\s*(?P<quote>[\"']?)(?P<to>[^)\"']*)", re.IGNORECASE)
_LOCAL: Final = re.compile(r"#[A-Za-z_][\w.-]*")
_DOCTYPE: Final = re.compile(r"<!(?!--|\[CDATA\[)")
_ENCODING: Final = re.compile(r"<\?xml\s[^>]*encoding\s*=\s*[\"'](?!utf-8[\"'])", re.IGNORECASE)
_CURE: Final = "save it as plain SVG, for example with SVGO, and look at it again"


def drawing_flaw(data: bytes) -> Flaw | None:
    """What a drawing does beside drawing, or None; the first that is found."""
    text = read_text(data, "", _RULE, limit=MOST_BYTES)
    hidden = (*text.findings, *hidden_entities(text.value or "", "", 1))
    if hidden or text.value is None:
        first = hidden[0]
        return Flaw(message=first.message, cure=first.cure, line=first.line)
    declared = _DOCTYPE.search(text.value)
    if declared:
        line = text.value.count("\n", 0, declared.start()) + 1
        return Flaw(message="it declares a document type or entities", cure=_CURE, line=line)
    if _ENCODING.match(text.value):
        message = "it says that its letters are written in another way than UTF-8"
        return Flaw(message=message, cure=_CURE, line=1)
    try:
        root = etree.fromstring(text.value.encode(), _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        message = f"it is no XML: {str(error).split(', line ')[0]}"
        return Flaw(message=message, cure=_CURE, line=line)
    return next(_flaws(root), None)


def _parser() -> etree.XMLParser:
    """Reads no entity, no document type and no other file, and has libxml2's own bounds."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _flaws(root: etree._Element) -> Iterator[Flaw]:
    if root.tag != f"{_SVG}svg":
        yield _flaw(root, "its first element is no <svg>")
    # What stands before and behind the first element is part of the file, too.
    outside = [*root.itersiblings(preceding=True), *root.itersiblings()]
    if outside:
        yield _flaw(outside[0], "a comment or an instruction stands outside the drawing")
    uses: list[etree._Element] = []
    for count, each in enumerate(root.iter()):
        if count >= MOST_ELEMENTS:
            yield _flaw(
                each, f"it has more than {MOST_ELEMENTS:,} elements, the most that are shown"
            )
        if not isinstance(each.tag, str):
            yield _flaw(each, "a comment or an instruction stands in it, which readers would get")
            continue
        yield from _of_element(each)
        if each.tag == f"{_SVG}use":
            uses.append(each)
    yield from _of_uses(root, uses)


def _of_element(each: etree._Element) -> Iterator[Flaw]:
    name = str(each.tag).removeprefix(_SVG)
    if name not in _ELEMENTS:
        yield _flaw(each, f"<{etree.QName(each).localname}> does more than draw")
    for attribute, value in each.attrib.items():
        key, given = str(attribute), str(value)
        if not _is_harmless(key, given):
            shown = etree.QName(key).localname
            yield _flaw(each, f"`{shown}` of <{name}> does more than draw: {given[:40]!r}")
    if name == "style" and not _draws("".join(map(str, each.itertext())), sheet=True):
        yield _flaw(each, "its style loads something, hides its own signs, or has conditions")


def _is_harmless(key: str, value: str) -> bool:
    if key in {"href", _HREF}:
        return _LOCAL.fullmatch(value) is not None
    if key.startswith("{"):
        return key in {f"{_XML}space", f"{_XML}lang"}
    named = key.lower()
    return not named.startswith("on") and key not in _OTHERWISE and _draws(value)


def _draws(style: str, *, sheet: bool = False) -> bool:
    """Whether a style loads nothing. An escape could spell anything, and `@` begins a condition."""
    signs = ("\\", "@", "/*", "image-set", "expression", "javascript:")
    if any(sign in style.lower() for sign in (signs if sheet else signs[:1] + signs[3:])):
        return False
    return all(_LOCAL.fullmatch(found["to"].strip()) for found in _ADDRESS.finditer(style))


def _of_uses(root: etree._Element, uses: list[etree._Element]) -> Iterator[Flaw]:
    """A copy of copies of copies would fill any memory."""
    if len(uses) > MOST_USES:
        yield _flaw(
            uses[MOST_USES], f"it has more than {MOST_USES:,} <use>, the most that are shown"
        )
    around = {above for use in uses for above in (use, *use.iterancestors())}
    copied = {str(use.get("href") or use.get(_HREF) or "").removeprefix("#") for use in uses}
    for each in root.iter():
        if each.get("id") in copied and each in around:
            yield _flaw(each, "a <use> copies what holds a <use> itself")


def _flaw(where: etree._Element, message: str) -> Flaw:
    line = where.sourceline
    return Flaw(message=message, cure=_CURE, line=line if isinstance(line, int) else 0)
