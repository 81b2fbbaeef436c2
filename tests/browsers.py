"""One browser for all tests of a process, in whatever folder they lie."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_RUNNING: list[Browser] = []


@contextmanager
def running_browser(flags: Sequence[str]) -> Iterator[Browser]:
    """The browser that runs already, since Playwright runs once in a process, or a new one."""
    if _RUNNING:
        yield _RUNNING[0]
        return
    names = ("chromium", "chromium-browser", "google-chrome")
    executable = next(filter(None, map(shutil.which, names)), None)
    # Chromium's sandbox refuses to start as root, as whom containers and CI run.
    more = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=executable, args=[*flags, *more])
        except Error as error:
            pytest.fail(f"no Chromium could be started, `make test` brings one: {error}")
        _RUNNING.append(browser)
        yield browser
        _RUNNING.clear()
        browser.close()
