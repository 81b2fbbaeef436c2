"""The one stylesheet of the page, put together from its chapters."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Final

NAME: Final = "assets/imprimatur.css"
"""Where a page finds it, below the site's root."""

_COMMENT: Final = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


def stylesheet() -> str:
    """Every chapter below ``styles/`` in the order of their names, as one file.

    Kept apart to be read, sent as one: each further file would delay the first sight of a page.
    """
    press = files("imprimatur.press")
    fonts = press.joinpath("theme", "assets", "fonts.css").read_text("utf-8")
    chapters = press.joinpath("styles").iterdir()
    texts = {each.name: each.read_text("utf-8") for each in chapters if each.name.endswith(".css")}
    whole = (fonts, *(texts[name] for name in sorted(texts)))
    return "\n".join(_COMMENT.sub("", each) for each in whole)
