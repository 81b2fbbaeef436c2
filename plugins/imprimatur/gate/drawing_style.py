"""Whether a style looks alike to every reader of a drawing.

A drawing that shows 5 mg on a light page and 50 mg on a dark one was never reviewed as a whole.
What it may call and measure by is listed, since browsers learn new conditions each year.
"""

from __future__ import annotations

import re
from typing import Final

# fmt: off
_FUNCTIONS: Final = frozenset((
    "rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "var",
    "matrix", "rotate", "scale", "scalex", "scaley", "skewx", "skewy",
    "translate", "translatex", "translatey",
))
_UNITS: Final = frozenset((
    "%", "px", "pt", "pc", "mm", "cm", "in", "q", "em", "ex", "deg", "grad", "rad", "turn", "s",
    "ms",
))
_DEVICE_COLOURS: Final = frozenset((
    "accentcolor", "accentcolortext", "activetext", "buttonborder", "buttonface", "buttontext",
    "canvas", "canvastext", "field", "fieldtext", "graytext", "highlight", "highlighttext",
    "linktext", "mark", "marktext", "selecteditem", "selecteditemtext", "visitedtext",
    "activeborder", "activecaption", "appworkspace", "background", "buttonhighlight",
    "buttonshadow", "captiontext", "inactiveborder", "inactivecaption", "inactivecaptiontext",
    "infobackground", "infotext", "menu", "menutext", "scrollbar", "threeddarkshadow",
    "threedface", "threedhighlight", "threedlightshadow", "threedshadow", "window",
    "windowframe", "windowtext",
))
# fmt: on
_OWN_COLOURS: Final = ("-apple-system-", "-internal-", "-moz-", "-ms-", "-webkit-")
_SCHEMES: Final = frozenset({"color-scheme", "supported-color-schemes"})
# Of one alternative or the other, whichever begins first, as a browser reads them.
_QUOTED: Final = re.compile(
    r"""
    "[^"\n\r\f]*" | '[^'\n\r\f]*'
    | (?<![\w-])url\([ \t\r\n\f]*(?P<quote>["']?)\#[A-Za-z_][\w.-]*(?P=quote)[ \t\r\n\f]*\)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_TOKEN: Final = re.compile(
    r"""
    (?P<hash>\#[\w-]+)
    | (?P<called>-{0,2}[^\W\d][\w-]*+) \s*+ \( | (?P<opens>\()
    | (?P<word>-{0,2}[^\W\d][\w-]*)
    | (?P<number>[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?) (?P<unit>%|-?[^\W\d][\w-]*)?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SIGNS: Final = {
    "\\": "a backslash hides what it says",
    "/*": "a comment stands in it",
    "javascript:": "it calls a script",
}


def sheet_flaw(text: str) -> str:
    """What a stylesheet does that not every reader would see alike, or nothing."""
    if "@" in text:
        return "`@` begins a condition, or loads something"
    selects = re.split(r"([{}])", _QUOTED.sub(" ", text))
    for selector, sign in zip(selects[::2], selects[1::2], strict=False):
        if sign == "{" and ":" in selector:
            shown = " ".join(selector.split())[:40]
            return f"the selector `{shown}` has a condition, which its `:` begins"
    return style_flaw(text)


def style_flaw(text: str, name: str = "") -> str:
    """What declarations do that not every reader would see alike, or nothing.

    name: the attribute, where they are the value of one that is named like what it sets.
    """
    low = text.lower()
    for sign, why in _SIGNS.items():
        if sign in low:
            return why
    plain = _QUOTED.sub(" ", text)
    if '"' in plain or "'" in plain:
        return "a quotation mark is not closed"
    return _of_tokens(plain) or _of_colours(f"{name}:{plain}" if name else plain)


def _of_tokens(plain: str) -> str:
    for each in _TOKEN.finditer(plain):
        called = (each["called"] or "").lower()
        if called == "url":
            return "`url()` leads out of the drawing, whose own parts are named like `url(#part)`"
        if each["opens"] or (called and called not in _FUNCTIONS):
            return f"`{called}()` may not look alike to every reader"
        if each["unit"] and each["unit"].lower() not in _UNITS:
            return f"`{each[0]}` is measured by something of the reader's"
        if each["word"] and each["word"].lower() in _SCHEMES:
            return f"`{each['word']}` lets the reader's device choose the colours"
    return ""


def _of_colours(plain: str) -> str:
    """Fonts are left out: some are named like the colours of a device."""
    for declared in re.split(r"[;{}]", plain):
        name, _, value = declared.partition(":")
        if name.strip().lower().startswith(("font", "-inkscape-font")):
            continue
        for each in _TOKEN.finditer(value):
            word = (each["word"] or "").lower()
            if word in _DEVICE_COLOURS or word.startswith(_OWN_COLOURS):
                return f"`{each['word']}` is a colour that the reader's device chooses"
    return ""
