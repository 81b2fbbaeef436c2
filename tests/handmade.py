"""A small built site, written by hand, and its plan: each line is known, the scan takes no time."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from built import Built
from imprimatur.editorial import State
from imprimatur.gate.plan import Plan, Printed
from imprimatur.manuscript import Digest
from imprimatur.press import Entry
from imprimatur.press.copy import Heading

if TYPE_CHECKING:
    from pathlib import Path

PAGE: Final = "articles/contrast/index.html"
ARTICLE: Final = (
    '<article class="imp-article" data-slug="contrast"><h1 id="q">Does it help?</h1>'
    '<p title="T">It <b>helped</b> a lot.</p><ol><li id="ref-park2019spinal">P</li></ol></article>'
)
PRINTED: Final = Printed(
    slug="contrast",
    title="Does it help?",
    summary="It did.",
    html=ARTICLE,
    headings=(Heading(level=2, id="more", text="And more", own=False),),
    entry=Entry(
        slug="contrast", title="Does it help?", summary="", topics=(), state=State.APPROVED
    ),
    digest=Digest("sha256:" + "a" * 64),
    commit="b" * 40,
    source=b"An escaped \\@park2019spinal and \\[^1] here.\n",
)
PLAN: Final = Plan(
    commit="b" * 40,
    at=datetime(2026, 11, 26, tzinfo=UTC),
    printed=(PRINTED,),
    withheld=(),
    files={
        "mkdocs.yml": b"site_name: Demo site\nsite_url: https://tests.example/us/\n"
        b"site_description: It tests.\nextra: {cdn: https://cdn.example/x}\n",
        "docs/index.md": b"# Home\n\nNothing else.\n",
        "docs/assets/own.js": b"own()",
        "docs/assets/own.css": b"p {}",
        "overrides/main.html": b"<style>p {color: red}</style><script>ours()</script>"
        b"<p style='color: red'></p><style media='print'>b p {display: none}</style>",
    },
)


def page(body: str, title: str = "Home") -> str:
    """A page whose body begins on the third line."""
    return f"<!doctype html><html><head><title>{title}</title>\n</head><body>\n{body}</body></html>"


def handmade(folder: Path, plan: Plan = PLAN) -> Built:
    """A site that shows what the plan publishes, and in which nothing is found."""
    site = Built(folder=folder / "site", plan=plan)
    site.write(PAGE, page(ARTICLE, PRINTED.title))
    site.write("index.html", page('<h1 id="home">Home</h1>\n<p>Nothing else.</p>\n'))
    for name in ("assets/own.js", "assets/own.css"):
        site.write(name, plan.files[f"docs/{name}"])
    return site


def told(site: Built) -> list[str]:
    """What is found in a site, in order, without how to mend it."""
    return [str(each).partition("; ")[0] for each in site.verdict().findings]
