"""The map of a site: it names the site's own pages to search engines, and says nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lxml import etree

from imprimatur.gate.scan.links import internal
from imprimatur.gate.scan.tree import finder

if TYPE_CHECKING:
    from imprimatur.gate.scan.claims import Claims
    from imprimatur.gate.scan.links import Link

SITE_MAPS: Final = ("sitemap.xml", "sitemap.xml.gz")

_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_SAID: Final = {
    "lastmod": re.compile(r"[0-9]{4}-[0-9:TZ.+-]{0,30}"),
    "changefreq": re.compile("always|hourly|daily|weekly|monthly|yearly|never"),
    "priority": re.compile(r"[01](?:\.[0-9]{1,2})?"),
}
_MAP: Final = "<urlset> of <url>, each with <loc> and perhaps <lastmod>, without attributes"
_LEAVES: Final = " or ".join(f"self::m:{name}" for name in ("loc", *_SAID))
_BEGUN: Final = re.compile(
    rb"\s{0,99}(?:<\?xml version=\"1\.0\"(?: encoding=\"utf-8\")?\s?\?>)?\s{0,99}<urlset\b",
    re.IGNORECASE,
)
"""Without a DOCTYPE, and in the letters in which it is read here."""

_ODD: Final = etree.XPath(
    "/processing-instruction() | //comment() | //processing-instruction() | //@*"
    " | //*[not((self::m:urlset and not(parent::*))"
    f" or (self::m:url and parent::m:urlset) or (({_LEAVES}) and parent::m:url))]"
    " | //text()[(parent::m:urlset or parent::m:url) and normalize-space()]",
    namespaces={"m": _NAMESPACE},
)
"""What no host writes there. A browser runs a script in it, and shows XHTML as a page."""

_LEAF: Final = finder("/*/*/*")


def read_map(data: bytes, claims: Claims) -> tuple[tuple[Link, ...], str]:
    """The pages of the site that a map names, and what is amiss in it, or nothing."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return (), "the map of the site is no well-formed XML"
    if not _BEGUN.match(data) or _ODD(root):
        return (), f"the map of the site holds more than a map does, which is {_MAP}"
    links: dict[str, Link] = {}
    for leaf in _LEAF(root):
        name, text = etree.QName(leaf).localname, (leaf.text or "").strip()
        if name in _SAID:
            if not _SAID[name].fullmatch(text):
                return (), f"<{name}> in the map of the site says what no map does"
        elif text not in links:
            link = None if re.search(r"[?#\s]", text) else internal(text, "", claims)
            if link is None:
                return (), f"the map of the site names {text!r}, which is no page of it"
            links[text] = link
    return tuple(links.values()), ""
