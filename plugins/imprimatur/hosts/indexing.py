"""Pagefind at work beside a host: begun with what is known early, and put in order at its end."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import active_count
from typing import TYPE_CHECKING, Final

from mkdocs.exceptions import PluginError

from imprimatur.hosts.search import BODY
from imprimatur.hosts.search_order import UnknownIndexError, put_in_order
from imprimatur.strict.spread import aside

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from imprimatur.hosts.search import Searchable

_MANY: Final = 50
"""Pages that are worth the start of a process."""

INDEX: Final = "pagefind"
"""The folder of a built site in which the index lies."""

_UNREAD: Final = (".imp-cites", ".imp-head > :not(h1)", ".imp-for", ".imp-index", ".headerlink")
"""What is no text: in an excerpt, "5 mg" with a raised 4 would read "5 mg 4"."""

_UNUSED: Final = ("*-ui.*", "pagefind-highlight.js")
"""Pagefind's own dialogs, of which ours takes the place: no code is published that nobody calls."""


class Indexing:
    """The index of one build.

    early: what is searched of the pages that are known before the others, by the file of each in
    the built site. It is written at once by a process of its own, since to make a folder for each
    page takes a disk longer than all the rest.
    Raises PluginError where there is no room for it.
    """

    def __init__(self, early: Mapping[str, Searchable]) -> None:
        with _room():
            self._folder = TemporaryDirectory(prefix="imprimatur-")
        self._pages, self._made, self._done = (
            Path(self._folder.name, name) for name in ("pages", "made", "done")
        )
        self._early = early
        # Of other threads a fork keeps nothing but the locks that they hold.
        is_worth = len(early) >= _MANY and active_count() == 1
        self._ahead = ExitStack()
        with suppress(OSError):
            # Where no process may be started any more, all is written with the others.
            self._ahead.enter_context(aside(self._write_early, worth=is_worth))
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, pages: Mapping[str, Searchable], language: str) -> None:
        """Begin to index these pages, whatever was known of them before; without any, nothing.

        Raises PluginError as above.
        """
        self._ahead.close()
        written = self._early if self._done.exists() else {}
        with _room():
            for path in self._early.keys() - pages.keys():
                (self._pages / path).unlink(missing_ok=True)
            for path, page in pages.items():
                if written.get(path) != page:
                    self._write(path, page)
        if pages:
            self._process = _start(self._pages, self._made, language)

    def _write_early(self) -> None:
        # What cannot be written now is told when it is tried again, with the others.
        for path, page in self._early.items():
            self._write(path, page)
        self._done.touch()

    def _write(self, path: str, page: Searchable) -> None:
        file = self._pages / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page.text, encoding="utf-8", newline="\n")

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
        self._ahead.close()
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


def _start(pages: Path, made: Path, language: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "pagefind_bin", "--silent", "--site", str(pages)]
    command += ["--output-path", str(made), "--force-language", language.lower()]
    # Without it pagefind takes whole pages, menus and all, where none has a marked text.
    command += ["--root-selector", f"[{BODY}]", "--exclude-selectors", ", ".join(_UNREAD)]
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
