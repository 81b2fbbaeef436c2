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
from imprimatur.gate.drawing_style import sheet_flaw, style_flaw
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
# What is no style: names, words for readers, and numbers that have no unit.
_FREE: Final = frozenset(
    (
        "class",
        "d",
        "href",
        "id",
        "in",
        "in2",
        "lang",
        "points",
        "result",
        "role",
        "title",
        "viewBox",
    )
)
_WORDS: Final = ("aria-", "data-")
_LOCAL: Final = re.compile(r"#[A-Za-z_][\w.-]*")
_SIDE: Final = re.compile(r"\s*(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?(?:px|pt|pc|mm|cm|in)?\s*")
_BOX: Final = re.compile(
    r"\s*(?:[-+]?[\d.]+(?:e[-+]?\d+)?[\s,]+){2}(?P<sides>[\d.]+[\s,]+[\d.]+)\s*", re.IGNORECASE
)
_SIZED: Final = re.compile(r"(?<![\w-])(?:width|height|inline-size|block-size)\s*:", re.IGNORECASE)
_DOCTYPE: Final = re.compile(r"<!(?!--|\[CDATA\[)")
_ENCODING: Final = re.compile(r"<\?xml\s[^>]*encoding\s*=\s*[\"'](?!utf-8[\"'])", re.IGNORECASE)
_CURE: Final = "save it as plain SVG, for example with SVGO, and look at it again"
_ALIKE: Final = (
    "give it fixed colours and sizes, as for a light page (in draw.io: appearance Light),"
    " save it as plain SVG, and look at it again; or export it as a PNG"
)


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
    if not _keeps_its_shape(root):
        message = "a narrow screen may cut it off: it has no `viewBox` and no fixed size"
        cure = 'give its <svg> a viewBox, such as viewBox="0 0 400 300", and look at it again'
        yield _flaw(root, message, cure)
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


def _keeps_its_shape(root: etree._Element) -> bool:
    """Whether it is made smaller as a whole where there is less room, and never cut off."""
    box = _BOX.fullmatch(str(root.get("viewBox", "")))
    if box and all(each.strip("0.") for each in re.split(r"[\s,]+", box["sides"])):
        return True
    written = [str(root.get("style", "")), *(each.text or "" for each in root.iter(f"{_SVG}style"))]
    sides = (str(root.get("width", "")), str(root.get("height", "")))
    return all(map(_SIDE.fullmatch, sides)) and not any(map(_SIZED.search, written))


def _of_element(each: etree._Element) -> Iterator[Flaw]:
    name = str(each.tag).removeprefix(_SVG)
    if name not in _ELEMENTS:
        yield _flaw(each, f"<{etree.QName(each).localname}> does more than draw")
    for attribute, value in each.attrib.items():
        key, given = str(attribute), str(value)
        does = f"`{etree.QName(key).localname}` of <{name}> does more than draw: {given[:40]!r}"
        if not _is_harmless(key, given):
            yield _flaw(each, does)
        elif name == "style" and not _is_of_style(key, given):
            yield _flaw(each, f"{does}; a style has no attribute but `type`", _ALIKE)
        elif not key.startswith(("{", *_WORDS)) and key not in _FREE:
            why = style_flaw(given, "" if key == "style" else key)
            if why:
                yield _flaw(each, f"{does}; {why}", _ALIKE)
    if name == "style":
        # A browser reads what stands within it and not within its elements.
        why = "an element stands in it" if len(each) else sheet_flaw(each.text or "")
        if why:
            yield _flaw(each, f"its style does more than draw: {why}", _ALIKE)


def _is_harmless(key: str, value: str) -> bool:
    if key in {"href", _HREF}:
        return _LOCAL.fullmatch(value) is not None
    if key.startswith("{"):
        return key in {f"{_XML}space", f"{_XML}lang"}
    return not key.lower().startswith("on") and key not in _OTHERWISE


def _is_of_style(key: str, value: str) -> bool:
    """Drawing programs give it a name, too."""
    return key == "id" or (key == "type" and value.lower() == "text/css")


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


def _flaw(where: etree._Element, message: str, cure: str = _CURE) -> Flaw:
    line = where.sourceline
    return Flaw(message=message, cure=cure, line=line if isinstance(line, int) else 0)
