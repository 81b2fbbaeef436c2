"""The pages of lists under every host: generated, linked, and in no navigation."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from lxml import html as lxml_html

from imprimatur.editorial import Repository
from imprimatur.hosts.edition import Edition
from imprimatur.press import Catalogue

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lxml.html import HtmlElement

NOW = datetime(2026, 11, 24, tzinfo=UTC)
PREVIEW = {"IMPRIMATUR_PREVIEW": "1"}
BUILDS = {
    "mkdocs": ("mkdocs", "build", "--strict"),
    "properdocs": ("properdocs", "build", "--strict", "-f", "mkdocs.yml"),
}
BODY = "\n/// answer\nIt helped in 39% to 53% [@park2019spinal].\n///\n"
LONG = "very-" * 12 + "long"
ARTICLES = 60


def head(number: int) -> str:
    topics = [*(["radiology"] if number % 2 else []), LONG]
    return (
        f"---\ntitle: Question {number:02}\nsummary: Summary {number}.\n"
        f"topics: [{', '.join(topics)}]\nclass: general\nauthors:\n"
        "  - {name: Demonstration author, affiliation: Nowhere, interests: none}\n"
        "evidence_through: 2025-02-21\naudiences: [clinician]\n---\n"
    )


def fill(site, count: int) -> None:
    (site.root / "docs/articles/contrast.md").unlink()
    for number in range(1, count + 1):
        site.article(f"question-{number}", body=BODY, head=head(number))
    config = (site.root / "mkdocs.yml").read_text()
    site.write("mkdocs.yml", config.replace("[Home: index.md]", "[index.md, topics/index.md]"))
    site.commit()


@pytest.fixture(scope="module", params=BUILDS)
def built(request, make_site: Callable[[Path], object], tmp_path_factory) -> Path:
    """Sixty articles, built strictly by one host."""
    site = make_site(tmp_path_factory.mktemp(request.param) / "site")
    fill(site, ARTICLES)
    done = site.run(*BUILDS[request.param], "-d", "site", **PREVIEW)
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    return site.root / "site"


def tree(built: Path, address: str) -> HtmlElement:
    return lxml_html.parse(str(built / address / "index.html")).getroot()


def listed(built: Path, address: str) -> list[str]:
    return tree(built, address).xpath("//a[@class='imp-articles-title']/text()")


def test_sixty_articles_stand_on_three_pages_each_on_one_of_them(built):
    pages = [listed(built, address) for address in ("", "all/2", "all/3")]
    assert [len(each) for each in pages] == [25, 25, 10]
    assert [title for page in pages for title in page] == [
        f"Question {number:02}" for number in range(1, ARTICLES + 1)
    ]
    assert not (built / "all/4").exists()
    assert not (built / "all/1").exists()


def test_a_topic_has_pages_of_its_own(built):
    assert len(listed(built, "topics/radiology")) == 25
    assert len(listed(built, "topics/radiology/2")) == 5
    assert len(listed(built, f"topics/{LONG}/3")) == 10
    assert tree(built, "topics/radiology").xpath("//h1/text()") == ["Radiology"]
    assert tree(built, "topics/radiology/2").xpath("//h1/text()") == ["Radiology, page 2 of 2"]


def test_the_topics_are_listed_with_their_counts(built):
    items = tree(built, "topics").xpath("//ul[@class='imp-topics']/li")
    said = [each.text_content() for each in items]
    assert said == ["Radiology 30 articles", "Very" + " very" * 11 + " long 60 articles"]


def test_the_navigation_does_not_grow_with_the_lists(built):
    for address in ("", "all/2", "topics", "topics/radiology/2", "articles/question-1"):
        links = tree(built, address).xpath("//nav[contains(@class, 'md-nav--primary')]//a/@href")
        assert not [each for each in links if re.search(r"\d|radiology|question", each)], address
        assert len({each for each in links if not each.startswith("#")}) <= 3


def test_every_link_of_every_list_leads_to_a_page(built):
    for page in built.rglob("index.html"):
        for link in (
            lxml_html.parse(str(page))
            .getroot()
            .xpath("//*[contains(@class, 'imp-list') or contains(@class, 'imp-topics')]//a/@href")
        ):
            assert (page.parent / link / "index.html").is_file(), (page, link)


def test_each_page_has_one_title_and_names_the_current_page_once(built):
    for address in ("", "all/2", "all/3", "topics/radiology", "topics/radiology/2"):
        page = tree(built, address)
        assert len(page.xpath("//h1")) == 1
        ways = page.xpath("//nav[@class='imp-pages']")
        assert len(ways) == 1
        (current,) = ways[0].xpath(".//a[@aria-current='page']/@href")
        assert (built / address / current).resolve() == (built / address).resolve()


def test_an_address_without_a_page_leads_on_from_any_depth(built):
    page = lxml_html.parse(str(built / "404.html")).getroot()
    assert page.xpath("//main//h1/text()") == ["Page not found"]
    assert page.xpath("//title/text()") == ["Page not found - Demonstration"]
    assert page.xpath("//main//li/a/@href") == ["/", "/topics/", "/?q="]


def test_an_address_without_a_page_leads_on_where_the_site_lies_in_a_folder(site):
    config = (site.root / "mkdocs.yml").read_text()
    site.write("mkdocs.yml", config + "site_url: https://demonstration.example/sub/\n")
    assert site.run(*BUILDS["mkdocs"], **PREVIEW).returncode == 0
    page = lxml_html.parse(str(site.root / "site/404.html")).getroot()
    assert page.xpath("//main//li/a/@href") == ["/sub/", "/sub/topics/", "/sub/?q="]


def test_without_any_article_every_page_is_whole(site):
    fill(site, 0)
    done = site.run(*BUILDS["mkdocs"], **PREVIEW)
    assert done.returncode == 0, done.stderr
    assert "There are no articles yet." in (site.root / "site/index.html").read_text()
    assert "There are no topics yet." in (site.root / "site/topics/index.html").read_text()


def test_a_preview_that_is_opened_from_the_disk_has_links_that_work_there(site):
    fill(site, 26)
    done = site.imprimatur("build", "--preview", "--to", "shown")
    assert "link-resolves" not in done.stdout
    home = lxml_html.parse(str(site.root / "shown/index.html")).getroot()
    assert home.xpath("//nav[@class='imp-pages']//a[@rel='next']/@href") == ["all/2.html"]
    assert home.xpath("//ul[@class='imp-articles-topics']//a/@href")[0] == (
        "topics/radiology/index.html"
    )


def test_a_page_that_somebody_wrote_where_a_list_belongs_is_not_shown(site):
    site.write("docs/topics/radiology/index.md", "# Approved\n")
    done = site.run("mkdocs", "build", **PREVIEW)
    assert done.returncode == 0, done.stderr
    page = (site.root / "site/topics/radiology/index.html").read_text()
    assert "Approved" not in page
    assert "imp-articles-title" in page


# Zensical runs no plugin, so nobody generates pages for it: what stages its tree writes them there.
def test_a_host_without_plugins_prints_the_pages_that_were_written_for_it(site):
    fill(site, 26)
    pages = Edition(Repository(site.root), NOW, directories=True).generated
    for path, text in pages.items():
        site.write(f"docs/{path}", text)
    done = site.run("zensical", "build", "-c")
    assert done.returncode == 0, done.stderr
    for address, count in (("", 25), ("all/2", 1), ("topics/radiology", 13)):
        assert len(listed(site.root / "site", address)) == count


def test_the_articles_are_read_and_put_in_order_once_however_many_pages_ask(site, monkeypatch):
    orders = []
    made = Catalogue.__init__
    monkeypatch.setattr(Catalogue, "__init__", lambda *given: orders.append(1) or made(*given))
    edition = Edition(Repository(site.root), NOW, directories=True)
    for source, url in (("index.md", ""), ("all/2.md", "all/2/"), ("topics/index.md", "topics/")):
        edition.sheet(source, url).lists.catalogue()
    assert edition.generated
    assert len(orders) == 1
