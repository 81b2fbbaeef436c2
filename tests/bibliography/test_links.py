"""Nothing in a bibliography can put markup or a dangerous link on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from imprimatur.bibliography import (
    IDENTIFIER,
    LINK_HTTP,
    Bibliography,
    Style,
    Work,
    format_reference,
)

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("doi", "href"),
    [
        ("10.3174/ajnr.A3104", "https://doi.org/10.3174/ajnr.A3104"),
        ("https://doi.org/10.1136/bmj.f2492", "https://doi.org/10.1136/bmj.f2492"),
        ("10.1016/S0140-6736(20)31180-6", "https://doi.org/10.1016/S0140-6736%2820%2931180-6"),
        (
            "10.1002/(SICI)1097(1998)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
            (
                "https://doi.org/10.1002/%28SICI%291097%281998%2917%3A15/16%3C1661%3A%3AAID-SIM968"
                "%3E3.0.CO%3B2-2"
            ),
        ),
        (r"10.1000/a\_b", "https://doi.org/10.1000/a_b"),
    ],
)
def test_a_doi_is_printed_as_given_and_linked_encoded(
    work: Callable[..., Work], doi: str, href: str
):
    html = format_reference(work(doi=doi)).html
    assert f'<a href="{href}">doi:10.' in html
    assert "<1661" not in html


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("doi", "javascript:alert(1)"),
        ("doi", '10.1000/x" onmouseover="alert(1)'),
        ("doi", "10.1000/a b"),
        ("doi", "10.1/too-short"),
        ("doi", "10.1000/ends-in-a-full-stop."),
        ("pmid", "123456789"),
        ("pmid", "PMC123"),
        ("pmid", "0"),
        ("pmcid", "7965584"),
        ("pmcid", "PMC"),
        ("isbn", "978-1-4731-5305-8"),
    ],
)
def test_a_malformed_identifier_is_a_finding_and_no_link(
    read: Callable[[str], Bibliography], field: str, value: str
):
    bibliography = read(f"@misc{{x, title = {{A}}, {field} = {{{value}}}}}")
    found = bibliography.work("x")
    assert found is not None
    assert getattr(found, field) is None
    assert "<a" not in format_reference(found).html
    assert IDENTIFIER in {finding.rule for finding in bibliography.examine()}


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,<script>",
        "//example.org/no-scheme",
        "ftp://example.org/",
        "https://example.org@evil.example/",
        'https://example.org/"onclick="x',
        "https://example.org/a b",
        "https://[::1",
        "https://exаmple.org/",  # noqa: RUF001 - a Cyrillic letter
        "file:///home/me/paper.pdf",
    ],
)
def test_only_a_plain_web_address_becomes_a_link(read: Callable[[str], Bibliography], url: str):
    bibliography = read(f"@misc{{x, title = {{A}}, url = {{{url}}}}}")
    found = bibliography.work("x")
    assert found is not None
    assert format_reference(found).html == "A."
    assert LINK_HTTP in {finding.rule for finding in bibliography.examine()}


def test_markup_in_any_field_is_shown_as_text(work: Callable[..., Work]):
    evil = "<script>alert('x')</script>\"&"
    names = ("title", "journal", "year", "volume", "number", "pages", "author", "editor", "note")
    article = work(**dict.fromkeys(names, evil))
    for style in Style:
        html = format_reference(article, style).html
        assert "<script" not in html
        assert "&lt;script&gt;" in html
        assert '"' not in html


def test_a_local_path_is_published_nowhere(work: Callable[..., Work]):
    article = work(file=":/home/me/private.pdf:PDF", abstract="Long", keywords="a, b")
    shown = repr(format_reference(article)) + repr(article)
    assert "private" not in shown
