"""What may stand around an article: what the theme, the site's templates and its settings write."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

from imprimatur.gate.host_settings import SETTINGS
from imprimatur.gate.scan.foreign import LED, TOLD, host_of
from imprimatur.gate.scan.icons import icons, matter_of, own_icons
from imprimatur.gate.scan.packaged import languages, template_files
from imprimatur.gate.scan.silent import SILENT
from imprimatur.gate.scan.site_words import addresses_in, settings_of, shown_in, titles_of
from imprimatur.gate.scan.template import LEADING, filled, read_template, tidy
from imprimatur.press.elements import parse, serialise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from imprimatur.gate.plan import Plan
    from imprimatur.gate.scan.template import Form, Template

_ODD: Final = re.compile(r"\.\.|%2e|[\\\x00-\x20]", re.IGNORECASE)
"""In an address that leads out: what browsers change before they follow it."""

_ALIKE: Final = str.maketrans(
    {
        **dict.fromkeys("*`_\\", ""),
        **dict.fromkeys("\u2018\u2019", "'"),
        **dict.fromkeys("\u201c\u201d", '"'),
    }
)
"""What Markdown takes out of a title, and what hosts write otherwise."""

_PAIR: Final = re.compile(r'("[\w.-]+")\s*:\s*("(?:[^"\\\n]|\\.)*")')
_LOADING: Final = frozenset({"theme", "extra_css"})
"""Settings of which the addresses are loaded. A link's may only be followed."""

_OTHERS: Final = ("extra", "alternate", "", "link")
_OWN: Final = ("Home", "GitHub", "GitLab", "Bitbucket", "Permanent link")
"""What hosts call the first page, a repository and the mark beside a heading."""


Unsaid: TypeAlias = "tuple[tuple[tuple[str, str], ...], ...] | None"
"""For each form of a tag, the attributes of which nothing is known; None if it has no form."""


class Frame:
    """What a plan allows around an article. It remembers what it said of a text and of a tag.

    pages: the source of each page that is no article, by its file below ``docs/``.
    language: that the theme says its pages are in. pairs: each name and word of the theme's
    languages that the site may use. others: addresses of the site in other languages.
    entries: as many as a menu can have.
    values: everything that the host's settings say, and the names there.
    written: what the site writes around its pages.
    """

    def __init__(self, plan: Plan, pages: Mapping[str, str]) -> None:
        settings = settings_of(plan.files.get(SETTINGS, b""))
        spoken = (each.value for each in settings if each.path == ("theme", "language"))
        language = next(spoken, "en")
        # The file of `pt-BR` says that its words are in `pt`.
        self.language = dict(_pairs(languages((language,)))).get("language", language)
        self.entries = len(pages) + sum(each.path[0] == "nav" for each in settings)
        self.others = frozenset(each.value for each in settings if each.path == _OTHERS)
        own = [
            data.decode("utf-8", errors="replace")
            for path, data in plan.files.items()
            if path.endswith(".html") and not path.startswith("docs/")
        ]
        shown = tuple(shown_in(settings))
        self.written = "\n".join((*shown, *own))
        self.values = frozenset(part for each in settings for part in (*each.path, each.value))
        self.pairs = frozenset(_pairs((*languages(("en", language)), *own)))
        parts = (*_themes(), *map(read_template, (*shown, *own)))
        self._tags = _by_name(parts)
        self._patterns = tuple(each for part in parts for each in part.patterns)
        self._named = tuple({_bare(each) for each in addresses_in(self.written)})
        hosts = {each[2:].partition("/")[0] for each in self._named if each.startswith("//")}
        self._named += _theme_addresses()
        self._loaded = frozenset(_bare(each.value) for each in settings if each.path[0] in _LOADING)
        drawn = (
            *(each for part in parts for each in part.drawings),
            *icons((self.written, *map(matter_of, pages.values()))),
            *own_icons(plan.files),
        )
        self._drawings = frozenset(map(_drawing, dict.fromkeys(drawn)))
        said = {
            *_OWN,
            *shown,
            *(each.title for each in plan.printed),
            *(phrase for part in parts for phrase in part.phrases),
            *(word for _, word in self.pairs),
            *(title for path, source in pages.items() for title in titles_of(path, source)),
            *(part for host in hosts for part in (host, host.partition(".")[0])),
        }
        self._said = dict.fromkeys(("", *map(_key, said)), True)
        self._classes = frozenset(word for part in parts for word in part.named)
        self._judged: dict[tuple[str, tuple[tuple[str, str], ...]], Unsaid] = {}

    def says(self, text: str) -> bool:
        """Whether a text stands there as a whole."""
        said = self._said.get(text)
        if said is None:
            key = _key(text)
            said = self._said.get(key)
            if said is None:
                # One that is asked within itself says nothing.
                self._said[key] = False
                said = self._said[key] = self._is_filled(text)
            self._said[text] = said
        return said

    def unsaid(self, tag: str, attributes: tuple[tuple[str, str], ...]) -> Unsaid:
        """What nothing says of a start tag, for each way to write it; nothing if one is known."""
        key = (tag, attributes)
        if key not in self._judged:
            self._judged[key] = self._judge(tag, dict(attributes))
        return self._judged[key]

    def draws(self, drawing: str) -> bool:
        """Whether a drawing stands in a template, or is an icon that one names."""
        return drawing in self._drawings

    def names(self, address: str) -> bool:
        """Whether an address of another host is named there, or lies below one that is."""
        bare = _bare(address)
        if not bare.startswith("//"):
            # Behind an address of mail a whole letter may be written.
            return bare in self._named
        return not _ODD.search(bare) and any(
            bare == each or bare.startswith((f"{each.rstrip('/')}/", f"{each}?", f"{each}#"))
            for each in self._named
        )

    def _is_filled(self, text: str) -> bool:
        found = (filled(each, text) for each in self._patterns)
        return any(match and all(map(self.says, match.groups(""))) for match in found)

    def _judge(self, tag: str, attributes: Mapping[str, str]) -> Unsaid:
        ways = []
        for form in self._tags.get(tag, ()):
            gaps = form.gaps(attributes)
            if gaps is None:
                continue
            is_led = tag in LED or attributes.get("rel") in TOLD
            unsaid = tuple(each for each in gaps if self._is_unsaid(*each, is_led=is_led))
            if not unsaid:
                return ()
            ways.append(unsaid)
        return tuple(ways) or None

    def _is_unsaid(self, name: str, value: str, *, is_led: bool) -> bool:
        if name in LEADING:
            is_known = self.names(value) if is_led else _bare(value) in self._loaded
            return host_of(value) != "" and not is_known
        if name == "class":
            return not all(map(self._is_class, value.split()))
        return name not in SILENT and not self.says(value)

    def _is_class(self, name: str) -> bool:
        """Whether a template makes such a class. By another an empty element could cover a text."""
        start, mark, _ = name.rpartition("--")
        return name in self._classes or f"{start}{mark}" in self._classes or name in self.values


def _key(text: str) -> str:
    """A text as it is compared: in any case, without what Markdown takes out of a title."""
    same = text.translate(_ALIKE).replace("---", "\u2014").replace("--", "\u2013")
    # Of nothing but such signs a picture can be made.
    return (tidy(same.replace("...", "\u2026")) or tidy(text)).casefold()


def _bare(address: str) -> str:
    """An address without its scheme, in small letters up to the end of its host."""
    _, mark, rest = address.strip().partition("//")
    if not mark:
        return rest or address.strip()
    host, slash, path = rest.partition("/")
    return f"//{host.lower()}{slash}{path}"


def _pairs(sources: Iterable[str]) -> Iterator[tuple[str, str]]:
    for source in sources:
        for name, word in _PAIR.findall(source):
            with suppress(ValueError):
                yield json.loads(name), json.loads(word)


def _by_name(parts: Iterable[Template]) -> Mapping[str, tuple[Form, ...]]:
    found: defaultdict[str, list[Form]] = defaultdict(list)
    for part in parts:
        for name, form in part.tags:
            found[name].append(form)
    return {name: tuple(forms) for name, forms in found.items()}


@lru_cache(maxsize=1)
def _themes() -> tuple[Template, ...]:
    return tuple(map(read_template, template_files()))


@lru_cache(maxsize=1)
def _theme_addresses() -> tuple[str, ...]:
    return tuple({_bare(each) for text in template_files() for each in addresses_in(text)})


@lru_cache(maxsize=1_000)
def _drawing(source: str) -> str:
    """A drawing as every page's is written out again."""
    found = parse(source).find("svg")
    return "" if found is None else serialise(found)
