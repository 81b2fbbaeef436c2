"""The LaTeX commands that medical bibliographies hold, and what each means to a reader."""

from __future__ import annotations

from functools import lru_cache

from latexcodec.codec import UnicodeLatexIncrementalDecoder

from imprimatur.bibliography.rich import Mark

ACCENTS = {
    "'": "\u0301",
    "`": "\u0300",
    "^": "\u0302",
    '"': "\u0308",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    "u": "\u0306",
    "v": "\u030c",
    "H": "\u030b",
    "c": "\u0327",
    "d": "\u0323",
    "b": "\u0331",
    "k": "\u0328",
    "r": "\u030a",
    "t": "\u0361",
}
"""Accent commands, with the combining character each puts on the letter that follows."""

MARKS = {
    "textit": Mark.ITALIC,
    "emph": Mark.ITALIC,
    "textsl": Mark.ITALIC,
    "mathit": Mark.ITALIC,
    "textsuperscript": Mark.SUP,
    "textsubscript": Mark.SUB,
}
"""Commands whose argument is set in a way that a reference can show."""

SILENT = frozenset(
    [
        "bf",
        "bfseries",
        "boldsymbol",
        "displaystyle",
        "em",
        "enquote",
        "ensuremath",
        "hbox",
        "it",
        "itshape",
        "left",
        "mathbf",
        "mathrm",
        "mathsf",
        "mbox",
        "nocase",
        "normalfont",
        "path",
        "protect",
        "relax",
        "right",
        "rm",
        "scshape",
        "sf",
        "small",
        "text",
        "textbf",
        "textmd",
        "textnormal",
        "textrm",
        "textsc",
        "textsf",
        "texttt",
        "textup",
        "tt",
        "underline",
        "url",
    ]
)
"""Commands that change only how text looks: the command goes, its argument stays."""

SPACING = {
    " ": " ",
    ",": " ",
    ";": " ",
    ":": " ",
    "\n": " ",
    "\t": " ",
    "\\": " ",
    "!": "",
    "/": "",
    "-": "",
    "@": "",
    "(": "",
    ")": "",
}
"""Commands of one character that are a space, or nothing; any other stands for itself."""

_OWN = {
    "degree": "°",
    "circ": "°",
    "permil": "‰",
    "perthousand": "‰",
    "micro": "µ",
    "textmu": "µ",
    "textless": "<",
    "textgreater": ">",
    "lt": "<",
    "gt": ">",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textquotesingle": "'",
    "textquotedbl": '"',
    "textonehalf": "½",
    "textonequarter": "¼",
    "textthreequarters": "¾",
    "textminus": "\N{MINUS SIGN}",
    "quad": " ",
    "qquad": " ",
    "space": " ",
    "newline": " ",
    "par": " ",
    "LaTeX": "LaTeX",
    "TeX": "TeX",
    "i": "i",
    "j": "j",
    "slash": "/",
    "backslash": "\\",
    "textbackslash": "\\",
    "cdot": "·",
    "le": "≤",
    "leq": "≤",
    "leqslant": "≤",
    "ge": "≥",
    "geq": "≥",
    "geqslant": "≥",
}


@lru_cache(maxsize=2048)
def symbol(name: str) -> str | None:
    """Return what a command without argument stands for: ``oe`` is œ; None if unknown.

    ``textalpha`` and ``upalpha`` are read as ``alpha``, since their packages differ only in slant.
    """
    if name in _OWN:
        return _OWN[name]
    for source in (f"\\{name}", f"$\\{name}$"):
        decoder = UnicodeLatexIncrementalDecoder()
        found = str(decoder.decode(source, final=True))
        if "\\" not in found:
            return found
    for prefix in ("text", "up"):
        if name.startswith(prefix) and name != prefix:
            return symbol(name.removeprefix(prefix))
    return None
