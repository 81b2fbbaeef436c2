"""The index that readers search: made of what the pages say, loaded by readers in small pieces.

Pagefind reads what carries ``data-pagefind-body`` and nothing else: the text of articles, for every
audience, and of site pages. It is given each text as it was printed, without the frame, so it works
while the host still frames them. It writes ``pagefind/`` beside them. Under Zensical no plugin
runs; there, after each build: ``python -m pagefind_bin --site site --root-selector
'[data-pagefind-body]' --exclude-selectors
'.imp-cites, .imp-head > :not(h1), .imp-for, .imp-index, .headerlink'``.

Afterwards the index is put in order, which pagefind leaves to chance.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager, suppress
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING, Final

from mkdocs.exceptions import PluginError

from imprimatur.hosts.search_order import UnknownIndexError, put_in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

INDEX: Final = "pagefind"
"""The folder of a built site in which the index lies."""

_BODY: Final = "data-pagefind-body"

_WORDS: Final = "partials/language.html"

_UNREAD: Final = (".imp-cites", ".imp-head > :not(h1)", ".imp-for", ".imp-index", ".headerlink")
"""What is no text: in an excerpt, "5 mg" with a raised 4 would read "5 mg 4"."""

_BEHIND: Final = '<section class="imp-references"'
_LABELS: Final = '<div class="imp-index"'
"""Between them stands half of an article, all of which pagefind would read and pass over."""

_UNUSED: Final = ("*-ui.*", "pagefind-highlight.js")
"""Pagefind's own dialogs, of which ours takes the place: no code is published that nobody calls."""


def spoken(env: Environment, config: MkDocsConfig) -> str:
    """The language of the pages as their <html> names it, by which browsers choose an index.

    Material names it among its words: `pt-BR` is `pt` there. A site may have words of its own.
    """
    words = env.get_template(_WORDS).make_module({"config": config})
    return str(vars(words)["t"]("language"))


def texts(files: Files, language: str) -> dict[str, str]:
    """What pagefind is given of each page, by its file in the built site.

    An article says by itself what of it is searched; of a site page, all is.
    """
    pages = ((file, file.page) for file in files.documentation_pages())
    return {
        file.dest_uri: f'<!doctype html><html lang="{escape(language)}"><body>{_text(page)}</body>'
        for file, page in pages
        if page is not None
    }


def _text(page: Page) -> str:
    html, asked = page.content or "", page.meta.get("search")
    if page.meta.get("imprimatur_article"):
        begin, end = html.find(_BEHIND), html.rfind(_LABELS)
        return html[:begin] + html[end:] if 0 <= begin < end else html
    # As the theme's template does, for Material's own search reads it, too.
    is_kept = isinstance(asked, dict) and asked.get("exclude")
    return "" if is_kept else f"<div {_BODY}>{html}</div>"


class Indexing:
    """Pagefind at work on the pages of one build.

    files: of each page in the built site. The folders that they need are made in a thread at once:
    a folder for each page takes a disk longer than all that is written into them.
    Raises PluginError where there can be none.
    """

    def __init__(self, files: Iterable[str]) -> None:
        with _room():
            self._folder = TemporaryDirectory(prefix="imprimatur-")
        self._pages, self._made = (Path(self._folder.name, name) for name in ("pages", "made"))
        folders = sorted({str(Path(self._pages, each).parent) for each in files})
        self._ahead = Thread(target=_make, args=(folders,))
        self._ahead.start()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, pages: Mapping[str, str]) -> None:
        """Give it what it reads, by the file of each page. Raises PluginError as above."""
        self._ahead.join()
        with _room():
            for path, html in pages.items():
                file = self._pages / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(html, encoding="utf-8", newline="\n")
        if any(_BODY in html for html in pages.values()):
            self._process = _start(self._pages, self._made)

    def finish(self, site: Path) -> None:
        """Put the index into a built site; one without a page to search is left as it is.

        Raises PluginError where there is none.
        """
        if self._process is not None:
            _, said = self._process.communicate()
            code, self._process = self._process.returncode, None
            if code:
                raise PluginError(f"imprimatur: pagefind could not index the site: {_told(said)}")
            for unused in _UNUSED:
                for file in self._made.glob(unused):
                    file.unlink()
            _sort(self._made)
            _move(self._made, site / INDEX)
        self.close()

    def close(self) -> None:
        """Leave nothing behind, whether or not it is finished."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None
        self._ahead.join()
        self._folder.cleanup()


@contextmanager
def _room() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise PluginError(
            f"imprimatur: the pages could not be written for pagefind: {error}; make room among "
            "the temporary files, or set TMPDIR to another folder"
        ) from None


def _make(folders: Sequence[str]) -> None:
    # Whatever cannot be made is told where it is written into.
    with suppress(OSError):
        for each in folders:
            Path(each).mkdir(parents=True, exist_ok=True)


def _start(pages: Path, made: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "pagefind_bin", "--silent", "--site", str(pages)]
    command += ["--output-path", str(made)]
    # Without it pagefind takes whole pages, menus and all, where none has a marked text.
    command += ["--root-selector", f"[{_BODY}]", "--exclude-selectors", ", ".join(_UNREAD)]
    # Pagefind obeys settings of the environment, and those that lie where it is started.
    kept = {name: value for name, value in os.environ.items() if "PAGEFIND" not in name}
    (pages.parent / "empty").mkdir()
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd=pages.parent / "empty",
        env=kept,
    )


def _told(said: bytes) -> str:
    told = said.decode(errors="replace").strip() or "it gave no reason"
    if "No module named" in told:
        return "it is not installed; install this package with its extra `site`"
    return told


def _sort(index: Path) -> None:
    try:
        put_in_order(index)
    except UnknownIndexError as error:
        raise PluginError(
            f"imprimatur: the index of pagefind has an unknown form ({error}); "
            "install pagefind-bin 1.5.2"
        ) from None


def _move(made: Path, to: Path) -> None:
    """Put the index where readers look for it, in place of what a build before has left there."""
    try:
        if os.path.lexists(to):
            shutil.rmtree(to)
        shutil.move(made, to)
    except OSError as error:
        raise PluginError(f"imprimatur: pagefind's index could not be written: {error}") from None
