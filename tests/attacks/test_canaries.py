"""A word of its own in every field of every pending article: none may reach a byte of the output.

Under every host, and whatever the policy does with what is pending.
"""

from __future__ import annotations

import gzip
import zlib
from typing import TYPE_CHECKING, Final

import pytest

from imprimatur.gate.pictures import picture_flaw
from releases import REVIEWERS, Releases, head, release_site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Site
    from keys import Key

HOSTS: Final = ("mkdocs", "properdocs", "zensical")

FIELDS: Final = (
    "title",
    "summary",
    "topic",
    "author",
    "affiliation",
    "interest",
    "heading",
    "body",
    "comment",
    "alternative",
    "note",
    "passage",
    "safety",
    "work",
    "journal",
    "key",
    "image",
)
"""What each pending article says in a word of its own, beside the name of its file."""

ARTICLES: Final = ("newer", "fresh")
"""A newer text of an approved article, and an article that nobody approved yet."""


def canary(article: str, field: str) -> str:
    """A word that stands nowhere else, spelled so that each part of a site would keep it."""
    return f"zq{article}{field}qz"


def front(article: str) -> str:
    word = {field: canary(article, field) for field in FIELDS}
    return f"""\
---
title: Does {word["title"]} help?
summary: About {word["summary"]}.
topics: [{word["topic"]}]
class: general
authors:
  - name: {word["author"].title()}
    affiliation: {word["affiliation"]}
    interests: {word["interest"]}
evidence_through: 2025-02-21
audiences: [clinician, patient]
---
"""


def body(article: str) -> str:
    word = {field: canary(article, field) for field in FIELDS}
    return f"""
/// answer
It is {word["body"]} [@{word["key"]}].[^1]
///

/// safety
Never {word["safety"]}.
///

## About {word["heading"]}

<!-- {word["comment"]} -->

![{word["alternative"]}]({word["image"]}.png)

/// audience | patient
It is {word["passage"]}.
///

[^1]: See {word["note"]}.
"""


def entry(article: str) -> str:
    word = {field: canary(article, field) for field in FIELDS}
    return f"""\
@article{{{word["key"]},
  evidence_kind = {{cohort}}, author = {{Demonstration, A.}}, title = {{{word["work"]}}},
  journal = {{{word["journal"]}}}, year = {{2024}}, volume = {{1}}, pages = {{1--9}}
}}
"""


def picture() -> bytes:
    """The smallest picture that is one."""

    def chunk(name: bytes, data: bytes) -> bytes:
        whole = name + data
        return len(data).to_bytes(4) + whole + zlib.crc32(whole).to_bytes(4)

    header = (1).to_bytes(4) + (1).to_bytes(4) + bytes([8, 0, 0, 0, 0])
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(b"\0\0")), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.fixture(scope="module")
def model(
    make_site: Callable[[Path], Site],
    keys: Callable[..., Key],
    tmp_path_factory: pytest.TempPathFactory,
) -> Releases:
    """An approved article that was edited since, beside one that was never approved."""
    made = release_site(make_site, keys, tmp_path_factory.mktemp("model") / "site")
    made.site.article("steady", head=head("Is it steady?"))
    made.approved(*REVIEWERS, slug="steady")
    works = (made.root / "bibliography.bib").read_text()
    made.site.write("bibliography.bib", works + "".join(entry(each) for each in ARTICLES))
    for article, slug in zip(ARTICLES, ("contrast", canary("fresh", "slug")), strict=True):
        made.site.article(slug, head=front(article), body=body(article))
        made.site.write(f"docs/articles/{canary(article, 'image')}.png", picture())
        made.submit(slug)
    made.commit()
    made.act("review", REVIEWERS[0], decision="revise", reason=f"{canary('newer', 'body')} is new.")
    made.commit()
    return made


def everything(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every byte of a site, as it lies there and unpacked; its names, too."""
    for each in sorted(folder.resolve().rglob("*")):
        name = each.relative_to(folder.resolve()).as_posix()
        yield name, name.encode()
        if each.is_file():
            data = each.read_bytes()
            yield name, data
            if data.startswith(b"\x1f\x8b"):
                yield name, gzip.decompress(data)


def leaks(folder: Path) -> set[str]:
    """Each file that holds a canary, with those it holds."""
    return {
        f"{name}: {word}"
        for name, data in everything(folder)
        for article in ARTICLES
        for word in (canary(article, field) for field in (*FIELDS, "slug"))
        if word.encode() in data.lower()
    }


def test_the_pictures_and_the_words_are_such_that_they_would_be_seen(model, tmp_path):
    assert picture_flaw(picture(), ".png") is None
    text = (front("newer") + body("newer") + entry("newer")).lower()
    assert all(canary("newer", field) in text for field in FIELDS)
    (tmp_path / "site").mkdir()
    (tmp_path / "site/x.gz").write_bytes(gzip.compress(canary("fresh", "note").upper().encode()))
    assert leaks(tmp_path / "site") == {f"x.gz: {canary('fresh', 'note')}"}
    done = model.site.run("mkdocs", "build", "-d", str(tmp_path / "all"), IMPRIMATUR_PREVIEW="1")
    assert done.returncode == 0, done.stderr
    # A preview shows them all, but for what is taken out of every page.
    seen = {each.rpartition(" ")[2] for each in leaks(tmp_path / "all")}
    assert seen >= {canary("newer", each) for each in FIELDS if each != "comment"}


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("way", ["withhold", "last-approved"])
def test_52_and_62_no_word_of_a_pending_article_is_in_any_byte_of_the_output(
    model, tmp_path, way, host
):
    site = model.copied_to(tmp_path / "site")
    site.pending(way)
    live = tmp_path / "live"
    done = site.imprimatur("publish", "--to", str(live), "--host", host)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Is it steady?" in (live / "articles/steady/index.html").read_text()
    assert (live / "articles/contrast").exists() == (way == "last-approved")
    assert leaks(live) == set()


@pytest.mark.parametrize("host", HOSTS)
def test_where_pending_articles_block_there_is_no_output(model, tmp_path, host):
    site = model.copied_to(tmp_path / "site")
    live = tmp_path / "live"
    done = site.imprimatur("publish", "--to", str(live), "--host", host)
    assert done.returncode == 1
    assert not live.exists()
    assert [each.name for each in tmp_path.glob("live.releases/*")] in ([], ["lock"])
