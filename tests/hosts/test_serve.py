"""The live preview follows edits of manuscripts, of the bibliography and of the records."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest


class Served:
    """A running ``mkdocs serve``."""

    def __init__(self, address: str) -> None:
        self.address = address

    def wait_for(self, pattern: str) -> str:
        """The article's page, as soon as it holds the pattern."""
        page = ""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(self.address, timeout=5) as answer:  # noqa: S310
                    page = answer.read().decode()
            except (urllib.error.URLError, ConnectionError):
                page = ""
            if re.search(pattern, page):
                return page
            time.sleep(0.2)
        pytest.fail(f"the page never held {pattern!r}; it holds:\n{page[-2000:]}")


@pytest.fixture
def served(site):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "mkdocs", "serve", "-a", f"127.0.0.1:{port}"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    with subprocess.Popen(
        command,
        cwd=site.root,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as running:
        yield Served(f"http://127.0.0.1:{port}/articles/contrast/")
        running.terminate()


def test_the_preview_follows_text_bibliography_and_records(site, served):
    page = served.wait_for('data-standing="draft"')
    assert "noindex" in page
    site.imprimatur("submit", "contrast", "--by", "an-author", "--name", "An Author")
    served.wait_for('data-standing="submitted"')
    path = site.root / "bibliography.bib"
    path.write_text(path.read_text().replace("year = {2019}", "year = {2020}"))
    served.wait_for(r"2020;1:1-9")
    site.article(body="\n/// answer\nAnother text [@nowhere2020].\n///\n")
    page = served.wait_for("citation-resolves")
    assert "Another text" not in page
