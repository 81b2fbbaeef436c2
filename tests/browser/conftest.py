"""A real browser, and a local server for what was built.

Neither is ever skipped: a page that no browser has shown has not been tested.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Protocol

import pytest
from playwright.sync_api import Browser, Error, Page, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

# Without these Chromium calls home at every start, which fails on a closed network and, on an
# open one, makes a test depend on it.
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class OpenPage(Protocol):
    """Open a page of its own, at an address where one is given.

    Options are those of Playwright's `Browser.new_context`: `java_script_enabled=False`,
    `viewport={"width": 360, "height": 640}`, `reduced_motion="reduce"` ...
    """

    def __call__(self, url: str | None = None, **options: object) -> Page:
        """Return the page, loaded."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Run the Chromium that is installed; Playwright's own where there is none on PATH."""
    names = ("chromium", "chromium-browser", "google-chrome")
    executable = next(filter(None, map(shutil.which, names)), None)
    # Chromium's sandbox refuses to start as root, as whom containers and CI run.
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=executable, args=flags)
        except Error as error:
            pytest.fail(f"no Chromium could be started, `make test` brings one: {error}")
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[OpenPage]:
    """Open pages that know nothing of each other: each has its own storage and settings."""
    with contextlib.ExitStack() as opened:

        def open_page(url: str | None = None, **options: object) -> Page:
            context = chromium.new_context(**options)  # type: ignore[arg-type]
            opened.callback(context.close)
            shown = context.new_page()
            if url is not None:
                shown.goto(url)
            return shown

        yield open_page


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Leave the test's output to the test."""


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Serve a folder on this machine and return its address, which ends in a slash."""
    with contextlib.ExitStack() as running:

        def serve_folder(folder: Path) -> str:
            handler = partial(_Quiet, directory=str(folder))
            server = running.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), handler))
            # Asked often whether to stop: the usual half second is paid again by every server.
            threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
            running.callback(server.shutdown)
            return f"http://127.0.0.1:{server.server_port}/"

        yield serve_folder
