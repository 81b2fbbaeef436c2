"""The inline patterns, each tried only where the sign stands that it cannot do without."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markdown.treeprocessors import InlineProcessor, UnescapeTreeprocessor
from markdown.util import STX, AtomicString

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown.inlinepatterns import Pattern

NEEDED: Final = {
    "backtick": "`",
    "escape": "\\",
    "footnote": "[^",
    "reference": "[",
    "imp-bracketed": "@",
    "link": "[",
    "image_link": "![",
    "image_reference": "![",
    "short_reference": "[",
    "short_image_ref": "![",
    "autolink": "<",
    "automail": "<",
    "linebreak": "  \n",
    "html": "<",
    "imp-narrative": "@",
    "entity": "&",
}
"""A sign that is part of whatever each pattern finds; a pattern without one is always tried."""

_NOWHERE: Final = STX + STX
"""A sign that no text holds."""

_DEFINED: Final = frozenset(("reference", "image_reference", "short_reference", "short_image_ref"))
"""The patterns that find only what a page defines, as few do: ``[name]: address``."""


class Escapes(UnescapeTreeprocessor):
    """Puts back the signs that authors escaped, of which most articles have few."""

    def unescape(self, text: str) -> str:
        """A text with its escaped signs put back."""
        return super().unescape(text) if STX in text else text


class Inline(InlineProcessor):
    """Reads as Python-Markdown does. Most text holds one sign, and each pattern costs a search."""

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Put elements in place of what the patterns find."""
        known = self.md.inlinePatterns
        signs = {known[name]: sign for name, sign in NEEDED.items() if name in known}
        if not self.md.references:
            signs |= {known[name]: _NOWHERE for name in _DEFINED if name in known}
        self._tried: list[tuple[Pattern, str]] = [
            (pattern, signs.get(pattern, "")) for pattern in known
        ]
        return super().run(tree, ancestors)

    # Private to the base class, which asks itself for it by this name. Were it renamed there, all
    # would be read as before, and a test would say that it takes longer.
    def _InlineProcessor__handleInline(  # noqa: N802 - the base class's name
        self,
        data: str,
        patternIndex: int = 0,  # noqa: N803 - as said
    ) -> str:
        """Put a placeholder for each element that the patterns find, from one of them on."""
        if isinstance(data, AtomicString):
            return data
        for number, (pattern, sign) in enumerate(self._tried[patternIndex:], patternIndex):
            matched, start = True, 0
            while matched and sign in data:
                data, matched, start = self._InlineProcessor__applyPattern(  # type: ignore[attr-defined]  # in no stub
                    pattern, data, number, start
                )
        return data
