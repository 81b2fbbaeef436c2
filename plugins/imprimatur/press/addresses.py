"""Links between files, as authors write them, to links between pages, as readers follow them."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit, urlunsplit

from imprimatur.press.elements import finder

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_WITH: Final = {name: finder(f"descendant::*[@{name}]") for name in ("href", "src")}
_WEB: Final = frozenset({"http", "https"})
_INDEX: Final = frozenset({"index", "readme"})


def is_address(written: str) -> bool:
    """Whether every browser takes this apart alike, and a reader sees where it leads.

    ``http://[`` is none. Nor is one to another host that does not begin with ``https://`` or
    ``http://``, one that holds the name of a user, such as ``https://who.int@evil.example``, and
    one within the site that asks it something: ``?q=`` opens its search.
    """
    try:
        parts = urlsplit(written.strip())
    except ValueError:
        return False
    if parts.scheme in _WEB:
        is_whole = written.strip().lower().startswith(f"{parts.scheme}://")
        return is_whole and bool(parts.hostname) and "@" not in parts.netloc
    return bool(parts.scheme) or not (parts.netloc or parts.query or "\\" in written)


def host_of(written: str) -> str:
    """The host that an address leads to, or that words name as one; empty if none."""
    text = written.strip().lower()
    if text.startswith("www."):
        text = f"https://{text}"
    parts = urlsplit(text) if is_address(text) else urlsplit("")
    return (parts.hostname or "").removeprefix("www.")


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
