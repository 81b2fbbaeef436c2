"""Print a body without any host."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from lxml import html as lxml_html

from imprimatur.editorial import Policy, Repository, Standing
from imprimatur.gate import copy_of
from imprimatur.press import Copy, Proof, print_copy

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lxml.html import HtmlElement

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Press:
    """Prints bodies as articles of one small site."""

    def __init__(self, site: object) -> None:
        self.site = site

    def copy(
        self,
        body: str,
        standing: Standing | None = None,
        policy: Policy | None = None,
        **head: str,
    ) -> Copy:
        """What is printed; a further keyword replaces a line of the front matter."""
        self.site.article(body=body)
        path = self.site.root / "docs/articles/contrast.md"
        lines = path.read_text().split("\n")
        for key, value in head.items():
            position = next(i for i, line in enumerate(lines) if line.startswith(f"{key}:"))
            lines[position] = f"{key}: {value}"
        path.write_text("\n".join(lines))
        found = copy_of(Repository(self.site.root), "contrast", NOW)
        assert found is not None, "the manuscript of this test is unreadable"
        found = replace(found, standing=standing) if standing else found
        return replace(found, policy=policy) if policy else found

    def proof(self, body: str, **options: object) -> Proof:
        """The printed article."""
        return print_copy(self.copy(body, **options))

    def page(self, body: str, **options: object) -> HtmlElement:
        """The printed article as a tree."""
        return lxml_html.fragment_fromstring(self.proof(body, **options).html)

    def text(self, body: str) -> str:
        """The body as printed, numbers in carets: ``useful.^1,2^``."""
        page = self.page(body)
        for raised in page.xpath("//sup[@class='imp-cites']"):
            words = raised.text_content()
            tail = raised.tail
            raised.clear()
            raised.text, raised.tail = f"^{words}^", tail
        return page.find(".//div[@class='imp-body']").text_content().strip()


@pytest.fixture(scope="session")
def press(make_site: Callable[[Path], object], tmp_path_factory: pytest.TempPathFactory) -> Press:
    """A press over a site of its own; every printing overwrites its one article."""
    return Press(make_site(tmp_path_factory.mktemp("press") / "site"))
