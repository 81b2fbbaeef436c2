"""The text of each site page, printed anew from its source by what the site's settings name."""

from __future__ import annotations

from contextlib import chdir, contextmanager, nullcontext, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from markdown import Markdown

from imprimatur.gate.host_settings import SETTINGS
from imprimatur.gate.scan.confined import confined
from imprimatur.gate.scan.extensions import OWN, UnprintableError, extensions_of, load
from imprimatur.gate.scan.lists import addresses
from imprimatur.gate.scan.site_words import MATTER, settings_of
from imprimatur.gate.scan.timed import SECONDS, OverdueError, within
from imprimatur.manuscript import excess
from imprimatur.press import PressExtension, SiteSheet
from imprimatur.press.elements import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.html import HtmlElement

    from imprimatur.gate.plan import Plan
    from imprimatur.gate.scan.extensions import Extensions
    from imprimatur.gate.scan.lists import Lists

_NOWHERE: Final = Path(__file__, "nowhere")
_LARGEST: Final = 1_000_000
"""Bytes of a file that a page may take text from."""


class SiteTexts:
    """What the site pages of one plan say, each printed when it is asked for.

    folder: an empty one. The site's files are laid out there as they are for a host, since
    extensions may take text from them. Without one no page can.
    """

    def __init__(self, plan: Plan, lists: Lists, folder: Path | None = None) -> None:
        self._plan, self._lists, self._folder = plan, lists, folder

    def prepare(self) -> None:
        """Do here what each process would do by itself."""
        _ = (self._tree, self._sources)
        with suppress(UnprintableError):
            for path in list(self._lists.pages)[:1]:
                list(self.prints(path))

    def source(self, path: str) -> str:
        """The file below ``docs/`` that is published at a path; empty if none is."""
        return self._sources.get(path, "")

    def head(self, path: str) -> frozenset[str]:
        """Every text in the front matter of a page: its description, its labels."""
        matter = MATTER.match(self._lists.pages.get(path, ""))
        written = settings_of(matter[1].encode()) if matter else ()
        return frozenset(each.value for each in written if each.is_text)

    def prints(self, path: str) -> Iterator[HtmlElement]:
        """The elements of a page within one, as each host prints them; see ``written``."""
        yield from map(parse, self.written(path))

    def written(self, path: str) -> Iterator[str]:
        """The text of a page as each host prints it; none if it has no source.

        Raises UnprintableError where the site's settings or an extension keep it from being made.
        """
        source = self._lists.pages.get(path)
        for extensions in () if source is None else self._extensions:
            text = MATTER.sub("", source or "", count=1)
            beyond = excess(text, 1)
            if beyond is not None:
                raise UnprintableError(beyond.message)
            try:
                load(extensions.names)
                with within(SECONDS), self._confined():
                    html = self._printer(extensions, path).convert(text.lstrip("\n"))
            except OverdueError:
                said = f"it takes more than {SECONDS:.0f} seconds to print it"
                raise UnprintableError(said) from None
            except Exception as error:  # noqa: BLE001 - whatever an extension of the site raises
                said = f"an extension that mkdocs.yml names cannot print it: {error}"
                raise UnprintableError(said) from None
            yield html

    @contextmanager
    def _confined(self) -> Iterator[None]:
        """Where extensions find the site's files, and no others; without a folder, none at all."""
        with chdir(self._tree) if self._tree else nullcontext(), confined(self._tree or _NOWHERE):
            yield

    def _printer(self, extensions: Extensions, path: str) -> Markdown:
        press = PressExtension(SiteSheet(lists=self._lists.on(path)))
        return Markdown(
            extensions=[press if each == OWN else each for each in extensions.names],
            extension_configs={
                name: dict(options) for name, options in extensions.options.items() if name != OWN
            },
        )

    @cached_property
    def _extensions(self) -> tuple[Extensions, ...]:
        return extensions_of(self._plan.files.get(SETTINGS, b""))

    @cached_property
    def _sources(self) -> Mapping[str, str]:
        return {path: name for name in self._lists.sources for path in addresses(name)}

    @cached_property
    def _tree(self) -> Path | None:
        for path, data in self._plan.files.items() if self._folder else ():
            if len(data) <= _LARGEST and self._folder:
                place = self._folder / path
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(data)
        return self._folder
