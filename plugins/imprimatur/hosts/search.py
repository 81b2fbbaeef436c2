"""The index that readers search: made from the built pages, loaded by readers in small pieces.

Pagefind reads what carries ``data-pagefind-body`` and nothing else: the text of articles, for every
audience, and of site pages. It writes ``pagefind/`` beside them. Under Zensical no plugin runs;
there, after each build: ``python -m pagefind_bin --site site --root-selector
'[data-pagefind-body]' --exclude-selectors
'.imp-cites, .imp-head > :not(h1), .imp-for, .imp-index'``.

Afterwards the index is put in order, which pagefind leaves to chance.
"""

from __future__ import annotations

import os
import subprocess
import sys
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from mkdocs.exceptions import PluginError

from imprimatur.hosts.search_order import UnknownIndexError, put_in_order

if TYPE_CHECKING:
    from pathlib import Path

_BODY: Final = "data-pagefind-body"

_UNREAD: Final = (".imp-cites", ".imp-head > :not(h1)", ".imp-for", ".imp-index", ".headerlink")
"""What is no text: in an excerpt, "5 mg" with a raised 4 would read "5 mg 4"."""

_UNUSED: Final = ("*-ui.*", "pagefind-highlight.js")
"""Pagefind's own dialogs, of which ours takes the place: no code is published that nobody calls."""


def index_site(site: Path) -> None:
    """Make a built site searchable; one without a page to search is left as it is."""
    done = _run(site)
    if done.returncode and _has_text(site):
        said = done.stderr.decode(errors="replace").strip() or f"exit code {done.returncode}"
        if "No module named" in said:
            said = "it is not installed; install this package with its extra `site`"
        raise PluginError(f"imprimatur: pagefind could not index the site: {said}")
    for unused in _UNUSED:
        for file in (site / "pagefind").glob(unused):
            file.unlink()
    if (site / "pagefind").exists():
        _sort(site / "pagefind")


def _sort(index: Path) -> None:
    try:
        put_in_order(index)
    except UnknownIndexError as error:
        raise PluginError(
            f"imprimatur: the index of pagefind has an unknown form ({error}); "
            "install pagefind-bin 1.5.2"
        ) from None


def _run(site: Path) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "pagefind_bin", "--silent", "--site", str(site.resolve())]
    # Without it pagefind takes whole pages, menus and all, where none has a marked text.
    command += ["--root-selector", f"[{_BODY}]", "--exclude-selectors", ", ".join(_UNREAD)]
    # Pagefind obeys settings of the environment, and those that lie where it is started.
    kept = {name: value for name, value in os.environ.items() if "PAGEFIND" not in name}
    with TemporaryDirectory(prefix="imprimatur-") as empty:
        return subprocess.run(command, capture_output=True, check=False, cwd=empty, env=kept)


def _has_text(site: Path) -> bool:
    marked = _BODY.encode()
    return any(marked in page.read_bytes() for page in site.rglob("*.html"))
