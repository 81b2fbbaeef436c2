"""What a built site may hold, and by which part of the plan: everything else is a finding."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import yaml

from imprimatur.gate.headers import FOR_SERVERS
from imprimatur.gate.host_settings import SETTINGS
from imprimatur.gate.host_yaml import UNREADABLE, keep_bounds
from imprimatur.gate.release_file import RELEASE
from imprimatur.gate.scan.foreign import host_of
from imprimatur.gate.scan.frame import Frame
from imprimatur.gate.scan.lists import DOCS, Lists, addresses
from imprimatur.gate.scan.packaged import (
    assets,
    digest,
    inline_pattern,
    inline_scripts,
    search_program,
    theme_scripts,
)
from imprimatur.gate.scan.site_text import SiteTexts
from imprimatur.gate.scan.site_words import addresses_in, titles_of
from imprimatur.press.elements import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from lxml.etree import _Element

    from imprimatur.gate.plan import Plan, Printed

ARTICLES: Final = "articles/"
SEARCH: Final = "pagefind/"

_MADE: Final = re.compile(
    r"404\.html|sitemap\.xml(?:\.gz)?|search\.json|search/search_index\.json"
    r"|pagefind/(?:pagefind-entry\.json|pagefind\.[a-z-]+_[0-9a-f]+\.pf_meta"
    r"|(?:fragment|index|filter)/[a-z-]+_[0-9a-f]+\.pf_(?:fragment|index|filter))"
)
"""Files that a host or we make anew for each release; what they say is looked at."""

_WHOLE: Final = frozenset({"main.html", "base.html"})
"""Templates that write a page as a whole."""

_HOST: Final = re.compile(r"//([A-Za-z0-9.-]+\.[A-Za-z0-9-]+)")
_KEY: Final = re.compile(r'<li id="ref-([^"]+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Of the host's settings what a built page repeats. Empty where it is not written."""

    name: str = ""
    address: str = ""
    description: str = ""


class Claims:
    """What a plan claims of a built site. Made once, before any file is looked at.

    folder: an empty one, from which site pages may take text; see ``SiteTexts``.
    """

    def __init__(self, plan: Plan, folder: Path | None = None) -> None:
        self.plan = plan
        self.settings = _settings(plan.files.get(SETTINGS, b""))
        self.printed: Mapping[str, Printed] = {each.slug: each for each in plan.printed}
        self.scripts = inline_pattern([*theme_scripts(), *self._own_scripts()])
        self.base = urlsplit(self.settings.address).path.rstrip("/") + "/"
        self.host = urlsplit(self.settings.address).netloc.lower()
        self.lists = Lists(plan)
        self.texts = SiteTexts(plan, self.lists, folder)

    def is_claimed(self, path: str, data: bytes) -> bool:
        """Whether a file holds exactly what the plan or a package says that it holds."""
        known = self.files.get(path)
        if known is None and path.startswith(SEARCH):
            known = self.program.get(path)
        return known is not None and digest(data) in known

    def prepare(self) -> None:
        """Work out here what else each process would work out by itself."""
        _ = (self.files, self.program, self.hosts, self.keys, self._articles, self.pictures)
        _ = (self.frame, self._addresses, self.styles, self.titled)
        self.lists.prepare()
        self.texts.prepare()

    @staticmethod
    def is_made(path: str) -> bool:
        """Whether a file of that name is made anew for each release."""
        return path in (RELEASE, *FOR_SERVERS) or _MADE.fullmatch(path) is not None

    def slug(self, path: str) -> str | None:
        """The article that is published at a path, or None."""
        return self._articles.get(path)

    def is_page(self, path: str) -> bool:
        """Whether a page is published at a path: an article, a site page or a page of a list."""
        return path == "404.html" or path in self._articles or path in self.lists.pages

    @cached_property
    def files(self) -> Mapping[str, frozenset[str]]:
        """The digests that a file may have, by its path: assets, images, and what is copied."""
        own = {
            path.removeprefix(DOCS): frozenset({digest(data)})
            for part in (self.plan.files, *(each.images for each in self.plan.printed))
            for path, data in part.items()
            if path.startswith(DOCS) and not path.endswith(".md")
        }
        return {**assets(), **own}

    @cached_property
    def program(self) -> Mapping[str, frozenset[str]]:
        """The files of the search's program."""
        return search_program(self.frame.language)

    @cached_property
    def hosts(self) -> frozenset[str]:
        """Every host that the site's own files name."""
        return frozenset(host.lower() for host in _HOST.findall(self._texts))

    @cached_property
    def _texts(self) -> str:
        return "\n".join(
            data.decode("utf-8", errors="replace") for data in self.plan.files.values()
        )

    def loads(self, address: str) -> bool:
        """Whether a page may load this from another host: the site's files name it as a whole.

        By its host alone anything could be loaded that somebody else has put there.
        """
        host = host_of(address)
        return not host or host == self.host or (host in self.hosts and address in self._addresses)

    @cached_property
    def _addresses(self) -> frozenset[str]:
        """Every address of another host in the site's own files."""
        return frozenset(addresses_in(self._texts))

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of all works that the articles cite."""
        return frozenset(key for each in self.plan.printed for key in _KEY.findall(each.html))

    @cached_property
    def frame(self) -> Frame:
        """What may stand around an article."""
        return Frame(self.plan, self.lists.sources)

    def warns(self, script: str) -> bool:
        """Whether pages are written by the theme's own template, or by one that names a script."""
        own = {path: each for path, each in self.plan.files.items() if path.endswith(".html")}
        names = (path.split("/") for path in own)
        is_replaced = any(each[-1] in _WHOLE and "partials" not in each for each in names)
        return not is_replaced or any(script.encode() in each for each in own.values())

    @cached_property
    def pictures(self) -> frozenset[str]:
        """The pictures around an article: those of the theme and of the site that it names."""
        own = (path for path in self.plan.files if path.startswith(DOCS))
        paths = (*assets(), *(path.removeprefix(DOCS) for path in own))
        return frozenset(path for path in paths if path in self.frame.written)

    @cached_property
    def _articles(self) -> Mapping[str, str]:
        return {
            path: each.slug
            for each in self.plan.printed
            for path in addresses(f"{ARTICLES}{each.slug}.md")
        }

    @cached_property
    def titled(self) -> Mapping[str, frozenset[str]]:
        """Where a link may lead that says the title of an article and of nothing else."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for path, slug in self._articles.items():
            folder = path.removesuffix("index.html")
            title = " ".join(self.printed[slug].title.split())
            found[title] |= {path, folder, folder.rstrip("/")}
        own = {name for path, text in self.lists.sources.items() for name in titles_of(path, text)}
        others = own | self.frame.values
        return {each: frozenset(paths) for each, paths in found.items() if each not in others}

    @cached_property
    def styles(self) -> frozenset[str]:
        """What each style of a site's own templates says, and each attribute of one, as a whole.

        A part of one could be a rule for everything: `p {display: none}` out of `.b p {…}`.
        """
        own = (data for path, data in self.plan.files.items() if path.endswith(".html"))
        roots = [parse(data.decode("utf-8", errors="replace")) for data in own]
        return frozenset(
            told
            for root in roots
            for each in root.iter()
            for told in (style_of(each) if each.tag == "style" else each.get("style"),)
            if told
        )

    def _own_scripts(self) -> Iterator[str]:
        for path, data in self.plan.files.items():
            if path.endswith(".html"):
                yield from inline_scripts(data.decode("utf-8", errors="replace"))


def style_of(element: _Element) -> str:
    """What a <style> sets, and for which screens."""
    media, text = element.get("media", ""), element.text or ""
    return f"@media {media} {{{text}}}" if text else ""


def _settings(data: bytes) -> Settings:
    """Read three values; settings that cannot be read are refused where they are staged."""
    try:
        keep_bounds(data)
        tree: Any = yaml.compose(data, Loader=yaml.CSafeLoader)
    except UNREADABLE:
        return Settings()
    pairs = getattr(tree, "value", ())
    plain = {
        key.value: value.value
        for key, value in (pairs if isinstance(tree, yaml.MappingNode) else ())
        if isinstance(value, yaml.ScalarNode) and isinstance(key, yaml.ScalarNode)
    }
    return Settings(
        name=str(plain.get("site_name", "")),
        address=str(plain.get("site_url", "")),
        description=str(plain.get("site_description", "")),
    )
