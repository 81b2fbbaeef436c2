"""A manuscript that is remembered is the one that is read, and what is wrong is told anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import BODY, HEAD
from imprimatur.editorial import Repository
from imprimatur.editorial.cache import NO_CACHE, Cache
from pictures import BLUE, RED

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Site
    from imprimatur.manuscript import Manifest, Manuscript
    from imprimatur.strict import Reading

WHOLE = f"{HEAD}{BODY}"


def read(site: Site, cache: Cache) -> tuple[Reading[Manuscript], Manifest | None]:
    repository = Repository(site.root, cache=cache)
    return repository.manuscript("contrast"), repository.manifest("contrast")


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(file=tmp_path / "cache/cache.sqlite3")


@pytest.mark.parametrize(
    ("text", "is_readable"),
    [
        pytest.param(WHOLE, True, id="plain"),
        pytest.param(WHOLE.replace("\n", "\r\n"), True, id="with other line ends"),
        pytest.param(
            WHOLE.replace("helped", "helpe\u0301d"), True, id="with a letter in two parts"
        ),
        pytest.param(WHOLE.replace("helped", "helpéd ≥ 3"), True, id="with letters of two bytes"),
        pytest.param(HEAD, True, id="without a body"),
        pytest.param(f"{WHOLE}\n![The dose](dose.png)\n", True, id="with an image"),
        pytest.param(WHOLE.replace("title:", "titel:"), False, id="with a misspelt key"),
        pytest.param("", False, id="empty"),
    ],
)
def test_a_text_that_is_remembered_is_the_one_that_is_read(
    text: str, site: Site, cache: Cache, *, is_readable: bool
):
    site.write("docs/articles/contrast.md", text)
    site.write("docs/articles/dose.png", RED)
    cold = read(site, cache)
    assert read(site, cache) == cold == read(site, NO_CACHE)
    reading, manifest = cold
    assert (reading.value is not None) is (manifest is not None) is is_readable
    assert bool(reading.findings) is not is_readable


def test_a_sign_that_nobody_sees_is_told_each_time_a_text_is_read(site: Site, cache: Cache):
    site.article(body=BODY.replace("It helped", "It\u00a0helped"))
    for _ in range(2):
        reading, manifest = read(site, cache)
        assert reading.value is not None
        assert manifest is not None
        assert [each.rule for each in reading.findings] == ["text-is-visible"]


def test_what_a_remembered_text_shows_and_cites_is_looked_at_anew(site: Site, cache: Cache):
    site.article(body=f"{BODY}\n![The dose](dose.png)\n")
    for picture in (RED, BLUE):
        site.write("docs/articles/dose.png", picture)
        assert read(site, cache) == read(site, NO_CACHE)
    _, before = read(site, cache)
    works = (site.root / "bibliography.bib").read_text(encoding="utf-8")
    site.write("bibliography.bib", works.replace("Sufficient?", "Insufficient?"))
    _, after = read(site, cache)
    assert after == read(site, NO_CACHE)[1]
    assert before
    assert after
    changed = {part for part in after.parts if after.parts[part] != before.parts.get(part)}
    assert changed == {"reference park2019spinal"}
    assert after.authors == {"Demonstration author"}


def test_many_texts_are_read_as_one_by_one(site: Site, cache: Cache):
    for number in range(5):
        site.article(f"of-{number}", body=BODY.replace("39%", f"3{number}%"))
    site.write("docs/articles/of-3.md", "no head")
    slugs = [f"of-{number}" for number in (3, 0, 4, 1, 2)]
    one, many = Repository(site.root, cache=NO_CACHE), Repository(site.root, cache=cache)
    many.read_ahead(slugs[:3])
    many.read_ahead(slugs)
    for slug in (*slugs, "none"):
        assert many.manuscript(slug) == one.manuscript(slug)
        assert many.manifest(slug) == one.manifest(slug)
