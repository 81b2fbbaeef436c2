"""Links between files, as authors write them, to links between pages, as readers follow them."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit, urlunsplit

from imprimatur.press.elements import finder

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_WITH: Final = {name: finder(f"descendant::*[@{name}]") for name in ("href", "src")}
_INDEX: Final = frozenset({"index", "readme"})


def is_address(written: str) -> bool:
    """Whether this can be taken apart as an address at all: ``http://[`` cannot."""
    try:
        urlsplit(written)
    except ValueError:
        return False
    return True


def relocate(root: HtmlElement, *, directories: bool) -> None:
    """Rewrite the relative links and images of an article for where its page will stand.

    directories: whether ``x.md`` is published as ``x/``, one folder below its source.
    """
    for name, find in _WITH.items():
        for element in find(root):
            element.set(name, relocated(element.get(name), directories=directories))


def relocated(address: str, *, directories: bool) -> str:
    """A relative address, as a manuscript would write it, for where the article's page stands."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return address
    path = PurePosixPath(parts.path)
    target = parts.path
    if path.suffix == ".md":
        is_index = path.stem.lower() in _INDEX
        if directories:
            target = f"{path.parent if is_index else path.with_suffix('')}/"
        else:
            target = str(path.with_name("index.html") if is_index else path.with_suffix(".html"))
    if directories:
        target = f"../{target}"
    return urlunsplit(parts._replace(path=target))
