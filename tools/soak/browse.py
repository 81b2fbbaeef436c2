"""Hostile pages, printed by the press and built by the host, opened in a real browser.

A page is at fault that runs a script of its author's, shows a dialog, asks another host, or holds
what would run as soon as somebody touches it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from dataclasses import replace
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from hostile_site import make

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

_PROBE: Final = """() => {
  const found = [];
  for (const each of document.querySelectorAll("*")) {
    for (const name of each.getAttributeNames())
      if (/^on/i.test(name)) found.push(`${name} of <${each.localName}>`);
    for (const name of ["href", "src", "action", "formaction", "data", "xlink:href"]) {
      const written = (each.getAttribute(name) || "").replace(/[\\u0000-\\u0020]/g, "");
      if (/^(?:javascript|vbscript|data:text)/i.test(written))
        found.push(`${name} of <${each.localName}>`);
    }
  }
  for (const each of document.querySelectorAll(".imp-article *")) {
    for (const name of ["mouseover", "focus", "toggle", "pointerenter", "animationstart"])
      each.dispatchEvent(new Event(name, { bubbles: true }));
  }
  if (window.__hit !== undefined) found.push("a script that ran");
  return found;
}"""


_CONTROL: Final = """<!doctype html><title>x</title><script>window.__hit = 1; alert(1)</script>
<p onclick="x()">x</p><a href=" java&#9;script:x()">x</a><img src="//other.example/x.png" alt="">"""
_IN_CONTROL: Final = 5
"""A page at fault in each of the ways, so that none is overlooked for want of looking."""


def browse(pages: int, seed: int) -> str:
    """Open all of them, and say what came of it in one line."""
    with TemporaryDirectory(prefix="imprimatur-soak-") as folder:
        root = Path(folder)
        make(root / "site", pages, seed)
        bare, unread = _print(root / "site", root / "bare")
        built = _build(root / "site", root / "built")
        if not bare or not built:
            return "pages: 1 faults: nothing was printed or built"
        faults = []
        (root / "control.html").write_text(_CONTROL, encoding="utf-8")
        with _served(root) as (address, shown, others):
            if len(list(_open(shown, f"{address}control.html", others))) < _IN_CONTROL:
                return "pages: 1 faults: what runs on a page was not noticed"
            for path in (*bare, *built):
                faults += [f"{path}: {each}" for each in _open(shown, f"{address}{path}", others)]
    for fault in faults:
        print(f"  {fault}")
    return (
        f"pages: {pages} hostile articles, {len(bare)} printed by the press, {unread} refused "
        f"while read, {len(built)} pages built; opened in Chromium, {len(faults)} faults"
    )


def _print(site: Path, target: Path) -> tuple[list[str], int]:
    """Print every article whatever its rules say of it, as nothing else would ever show it."""
    from readers import NOW  # noqa: PLC0415 - so that help is there without the tests

    from imprimatur.editorial import Repository  # noqa: PLC0415
    from imprimatur.gate import copy_of  # noqa: PLC0415
    from imprimatur.press import print_copy  # noqa: PLC0415

    target.mkdir()
    repository, unread = Repository(site), 0
    for slug in repository.slugs:
        copy = copy_of(repository, slug, NOW)
        if copy is None:
            unread += 1
            continue
        title = escape(copy.manuscript.front.title)
        html = print_copy(replace(copy)).html
        page = f'<!doctype html><meta charset="utf-8"><title>{title}</title><body>{html}</body>'
        (target / f"{slug}.html").write_text(page, encoding="utf-8")
    return [f"bare/{each.name}" for each in sorted(target.glob("*.html"))], unread


def _build(site: Path, target: Path) -> list[str]:
    command = [sys.executable, "-W", "ignore", "-m", "imprimatur.desk", "build", "--preview"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        [*command, "--to", str(target)], cwd=site, capture_output=True, text=True, check=False,
        env=environment,
    )  # fmt: skip
    if not target.exists():
        print(done.stdout[-2000:], done.stderr[-2000:])
    return sorted(each.relative_to(target.parent).as_posix() for each in target.rglob("*.html"))


class _served:  # noqa: N801 - used as a function
    """Serve a folder on this machine, and open a browser that logs whom it asks."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def __enter__(self) -> tuple[str, Page, list[str]]:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415

        handler = partial(_Quiet, directory=str(self._root))
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        self._driver = sync_playwright().start()
        names = ("chromium", "chromium-browser", "google-chrome")
        program = next(filter(None, map(shutil.which, names)), None)
        self._browser = self._driver.chromium.launch(executable_path=program, args=list(_flags()))
        page = self._browser.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on(
            "dialog", lambda dialog: (asked.append(f"dialog:{dialog.message}"), dialog.dismiss())
        )
        return f"http://127.0.0.1:{self._server.server_port}/", page, asked

    def __exit__(self, *_: object) -> None:
        self._browser.close()
        self._driver.stop()
        self._server.shutdown()


def _flags() -> Iterator[str]:
    """The flags of the tests' browser, which keep it from calling home."""
    place = Path(__file__).parents[2] / "tests/browser/conftest.py"
    spec = spec_from_file_location("browser_conftest", place)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{place} cannot be read")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    yield from module.FLAGS
    if os.geteuid() == 0:
        yield "--no-sandbox"


def _open(page: Page, address: str, asked: list[str]) -> Iterator[str]:
    asked.clear()
    page.goto(address, wait_until="load")
    yield from page.evaluate(_PROBE)
    here = urlsplit(address).netloc
    for url in asked:
        if urlsplit(url).netloc != here and not url.startswith(("data:image", "blob:")):
            yield f"asked {url[:200]}"
    if page.url.split("#")[0] != address:
        yield f"went to {page.url[:200]}"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Leave the output to the figures."""
