"""Rules about what a page runs, loads, frames and sends: nothing that nobody claims."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from imprimatur.gate.scan.claims import style_of
from imprimatur.gate.scan.config import config_fault
from imprimatur.gate.scan.foreign import BLANK, LED, TOLD, host_of
from imprimatur.gate.scan.opened import odd_top, read_apart
from imprimatur.gate.scan.policy_rules import policy_in
from imprimatur.gate.scan.tree import line_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from imprimatur.errors import Finding
    from imprimatur.gate.scan.page import Address, Page

_TAGS: Final = (
    "iframe", "frame", "frameset", "object", "embed", "applet", "portal", "fencedframe", "base",
    "template", "noscript", "animate", "animatetransform", "set", "foreignobject",
)  # fmt: skip
_ATTRIBUTES: Final = ("action", "formaction", "ping", "srcdoc")
_RUNS: Final = re.compile(r"(?:javascript|vbscript|data):", re.IGNORECASE)
_LOADED: Final = re.compile(
    r"""(?:@import(?:\s+url\()?|url\()\s*["']?\s*([^"')\s;]*)""", re.IGNORECASE
)
_ALIGNED: Final = re.compile("text-align: (?:left|right|center);")
"""What Markdown sets for the cells of a table."""

_KINDS: Final = (".js", ".mjs")
_SHEETS: Final = (".css",)
_POLICY: Final = "content-security-policy"
_CONFIG: Final = "__config"

_ONCE: Final = "write <html> and <body> once, with what the theme says there and nothing else"
_CURE: Final = "remove what writes it: a hook, a plugin, a template or whoever changed the page"


def script_is_claimed(page: Page) -> Iterator[Finding]:
    """Every script of a page is one of the theme, of this package or of the site's own files.

    Bad: <p onclick="pay()">
    Good: a script below docs/assets/ that the site's approval covers
    """
    scripts = [*page.root.iter("script")]
    if len(scripts) != page.low.count(b"<script"):
        message = "browsers may see scripts in the page that stand in no plain <script>"
        yield page.finding("script-is-claimed", message, _CURE)
    for script in scripts:
        told = _unclaimed(page, script)
        if told:
            yield page.finding("script-is-claimed", told, _CURE, line_of(script))
    for name in page.attributes:
        for element, _ in page.attributes[name] if name.startswith("on") else ():
            message = f"`{name}` of <{element.tag}> runs a script"
            yield page.finding("script-is-claimed", message, _CURE, line_of(element))
    for each in page.addresses:
        if ":" in each.written and _RUNS.match(BLANK.sub("", each.written)):
            message = f"`{each.name}` of <{each.tag}> is no address but holds what it runs"
            yield page.finding("script-is-claimed", message, _CURE, each.line)


def style_is_claimed(page: Page) -> Iterator[Finding]:
    """Styles stand in files of the theme, of this package or of the site, not within a page.

    Bad: <p style="display: none">
    Good: a style sheet below docs/assets/ that the site's approval covers
    """
    for each in page.addresses:
        is_sheet = each.tag == "link" and "stylesheet" in each.rel.lower()
        if is_sheet and not _is_loaded(page, each, _SHEETS):
            message = f"the style sheet {each.written} is no file of the site"
            yield page.finding("style-is-claimed", message, _CURE, each.line)
    for element in page.styles:
        written = style_of(element) if element.tag == "style" else element.get("style")
        is_aligned = element.tag in {"td", "th"} and _ALIGNED.fullmatch(written or "")
        if written and not is_aligned and written not in page.claims.styles:
            what = "<style>" if element.tag == "style" else f"`style` of <{element.tag}>"
            message = f"{what} sets a style that no file of the site holds"
            yield page.finding("style-is-claimed", message, _CURE, line_of(element))


def host_is_claimed(page: Page) -> Iterator[Finding]:
    """A page loads nothing from another host, unless the site's own files name its address.

    A link that a reader may follow is none: it loads nothing by itself.

    Bad: <img src="https://elsewhere.example/pixel.png">
    Good: <img src="dose-table.svg">
    """
    for line, address in _loaded(page):
        if not page.claims.loads(address):
            message = f"the page would load something from {host_of(address)}"
            cure = "keep a copy in the site; of a theme's fonts: set `font: false`"
            yield page.finding("host-is-claimed", message, cure, line)


def page_stands_alone(page: Page) -> Iterator[Finding]:
    """A page frames no other, sends nothing, hides nothing and leads nowhere by itself.

    Bad: <meta http-equiv="refresh" content="0; url=https://elsewhere.example/">
    Good: <a href="https://elsewhere.example/">
    """
    apart = tuple(_apart(page))
    for element in apart:
        message = f"<{element.tag}> could show, send or hide what nobody approved"
        yield page.finding("page-stands-alone", message, _CURE, line_of(element))
    for each in page.addresses:
        if each.tag == "link" and each.rel not in TOLD and not _is_loaded(page, each):
            message = f'<link rel="{each.rel}"> loads {each.written}, which is no file of the site'
            yield page.finding("page-stands-alone", message, _CURE, each.line)
    odd = odd_top(page.low, page.printed.html.encode() if page.printed else b"")
    if odd:
        line, told = odd
        message = f"{told}; it could hide the whole page, or run something"
        yield page.finding("page-stands-alone", message, _ONCE, line)
    otherwise = None if apart else read_apart(page.low)
    if otherwise:
        line, told = otherwise
        message = f"{told}, so that browsers could show or run what nobody approved"
        yield page.finding("page-stands-alone", message, _CURE, line)


def _apart(page: Page) -> Iterator[_Element]:
    """Every element that could do any of this."""
    yield from page.root.iter(*_TAGS)
    for name in _ATTRIBUTES:
        yield from (element for element, _ in page.attributes.get(name, ()))
    for element, told in page.attributes.get("http-equiv", ()):
        if element.tag == "meta" and not (told.lower() == _POLICY and _is_policy(page, element)):
            yield element


def _is_policy(page: Page, element: _Element) -> bool:
    """Whether a page begins with this policy, or a template writes it. Another could hide a part.

    Browsers obey all that a page names: `img-src 'none'` takes out the approved pictures.
    """
    attributes = tuple((str(name), str(value)) for name, value in element.items())
    return (
        element.get("content") == policy_in(page.data)
        or page.claims.frame.unsaid("meta", attributes) == ()
    )


def _unclaimed(page: Page, script: _Element) -> str:
    """Why nothing claims a script, or nothing."""
    source, kind = script.get("src"), script.get("type", "")
    if source is not None:
        told = "" if _is_file(page, source, _KINDS) else "is no file of the site"
        # No browser runs it, and none keeps a style from showing it.
        told = told or ("holds a text beside its file" if (script.text or "").strip() else "")
        return f"the script {source} {told}" if told else ""
    if kind == "application/json" and script.get("id") == _CONFIG:
        return config_fault(page, script.text or "")
    if kind or not page.claims.scripts.fullmatch((script.text or "").strip()):
        return "the script within the page is none of the theme's and none of the site's"
    return ""


def _is_file(page: Page, address: str, kinds: tuple[str, ...]) -> bool:
    """Whether an address is that of a file whose every byte is claimed."""
    link = page.link(address, 0)
    return link is not None and link.path.endswith(kinds) and link.path in page.claims.files


def _is_loaded(page: Page, each: Address, kinds: tuple[str, ...] = ("",)) -> bool:
    """Whether what a <link> loads is such a file. Other hosts are asked after elsewhere."""
    return page.link(each.written, 0) is None or _is_file(page, each.written, kinds)


def _loaded(page: Page) -> Iterator[tuple[int, str]]:
    """Every address from which a browser loads something, with its line."""
    for each in page.addresses:
        if each.name == "href" and (each.tag in LED or each.rel in TOLD):
            continue
        parts = each.written.split(",") if "srcset" in each.name else (each.written,)
        yield from ((each.line, part.strip().split(" ")[0]) for part in parts if part.strip())
    for element in page.styles:
        for text in (element.text if element.tag == "style" else "", element.get("style")):
            for found in _LOADED.findall(text or ""):
                yield line_of(element), found
