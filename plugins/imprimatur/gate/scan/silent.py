"""Which attributes of a page tell a reader nothing; every other one is a text."""

from __future__ import annotations

from typing import Final

SILENT: Final = frozenset((
    "align", "aria-atomic", "aria-controls", "aria-current", "aria-describedby", "aria-expanded",
    "aria-haspopup", "aria-hidden", "aria-labelledby", "aria-live", "aria-pressed",
    "aria-selected", "as", "async", "checked", "class", "colspan", "crossorigin", "data-audience",
    "data-md-color-accent", "data-md-color-media", "data-md-color-primary",
    "data-md-color-scheme", "data-md-component", "data-md-level", "data-md-scrollfix",
    "data-md-toggle", "data-md-type", "data-pagefind-body", "data-pagefind-filter",
    "data-pagefind-ignore", "data-pagefind-meta", "data-tabs", "dir", "disabled", "for", "height",
    "hidden", "href", "hreflang", "id", "lang", "loading", "media", "name", "referrerpolicy",
    "rel", "rev", "role", "rowspan", "scope", "sizes", "src", "srcset", "style", "tabindex",
    "target", "type", "valign", "width", "xmlns",
))  # fmt: skip
"""Names, places and switches."""
