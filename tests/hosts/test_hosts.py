"""The same article under every host, and nothing unapproved from a build."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from lxml import html as lxml_html

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.html import HtmlElement

PREVIEW = {"IMPRIMATUR_PREVIEW": "1"}

BUILDS = {
    "mkdocs": (("mkdocs", "build", "-d", "site"), PREVIEW),
    "properdocs": (("properdocs", "build", "-f", "mkdocs.yml", "-d", "site"), PREVIEW),
    "zensical": (("zensical", "build", "-c"), {}),
}

EVERYTHING = """
/// answer
It helped[^1] in 39% to 53% of examinations [@park2019spinal, p. 170], says @saha2025dce.
///

/// safety
Never into the canal <b>at all</b>.
///

/// evidence | research
### What was studied

Three [@liu2017vertebral; @harlianto2024spinal; @park2019spinal; @saha2025dce].

| Test | Sensitivity |
|---|--:|
| MRI | 93% |

Term
:   What it means

```
[@nobody2091] & <b>
```
///

[^1]: By the readers' own account.
"""


def built(site, host: str) -> Path:
    """Build a site with a host, and return the page of its article."""
    arguments, environment = BUILDS[host]
    done = site.run(*arguments, **environment)
    assert done.returncode == 0, done.stderr
    return site.root / "site/articles/contrast/index.html"


def article(page: Path) -> HtmlElement:
    """The press's own part of a built page."""
    tree = lxml_html.fromstring(page.read_text(encoding="utf-8"))
    (found,) = tree.xpath("//article[@class='imp-article']")
    return found


def test_every_host_prints_the_same_article(site):
    site.article(body=EVERYTHING)
    site.commit()
    printed = {host: lxml_html.tostring(article(built(site, host))).strip() for host in BUILDS}
    assert printed["mkdocs"] == printed["properdocs"] == printed["zensical"]
    assert printed["mkdocs"].count(b"doc-biblioref") == 6


@pytest.mark.parametrize("host", BUILDS)
def test_a_finding_becomes_a_page_that_refuses_and_no_traceback(site, host):
    site.article(body="\n/// answer\nSecret text [@parc2019spinal].\n///\n")
    page = built(site, host).read_text(encoding="utf-8")
    assert "docs/articles/contrast.md:13" in page
    assert "@park2019spinal" in page, "the nearest key is offered"
    assert "Secret text" not in page
    assert "imp-article" not in page


@pytest.mark.parametrize("host", BUILDS)
def test_front_matter_that_hosts_accept_and_we_do_not_prints_no_text(site, host):
    site.write("docs/articles/contrast.md", "---\ntitle: T\nstatus: approved\n---\nSecret text\n")
    page = built(site, host).read_text(encoding="utf-8")
    assert "This article cannot be shown" in page
    assert "`status` is no known key" in page
    assert "Secret text" not in page


@pytest.mark.parametrize("host", ["mkdocs", "properdocs"])
def test_front_matter_that_is_no_yaml_is_never_printed(site, host):
    site.write(
        "docs/articles/contrast.md", "---\ntitle: [unclosed\nstatus: approved\n---\nSecret\n"
    )
    page = built(site, host).read_text(encoding="utf-8")
    assert "This article cannot be shown" in page
    assert "Secret" not in page
    assert "status: approved" not in page


@pytest.mark.parametrize("host", ["mkdocs", "properdocs"])
def test_a_build_refuses_and_names_what_is_pending(site, host):
    site.imprimatur("submit", "contrast", "--by", "an-author", "--name", "An Author")
    site.commit()
    arguments, _ = BUILDS[host]
    done = site.run(*arguments)
    assert done.returncode != 0
    assert "`contrast` is pending review" in done.stderr
    assert "imprimatur build --preview" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (site.root / "site").exists()


def test_a_build_without_any_article_is_refused(site):
    (site.root / "docs/articles/contrast.md").unlink()
    site.commit()
    done = site.run("mkdocs", "build")
    assert done.returncode != 0
    assert "there is no article" in done.stderr


def test_a_build_outside_git_is_refused(site):
    (site.root / ".git").rename(site.root.parent / "elsewhere")
    done = site.run("mkdocs", "build")
    assert done.returncode != 0
    assert "Git" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_preview_keeps_search_engines_away_on_every_page(site):
    built(site, "mkdocs")
    pages = list((site.root / "site").rglob("*.html"))
    assert len(pages) == 5
    for page in pages:
        assert '<meta name="robots" content="noindex, nofollow">' in page.read_text(), page


def test_the_article_is_the_only_article_of_its_page(site):
    tree = lxml_html.parse(str(built(site, "mkdocs"))).getroot()
    assert [each.get("class") for each in tree.xpath("//article")] == ["imp-article"]
    assert len(tree.xpath("//h1")) == 1


def test_the_contents_of_the_theme_name_the_headings_of_the_article(site):
    site.article(body=EVERYTHING)
    tree = lxml_html.parse(str(built(site, "mkdocs"))).getroot()
    links = tree.xpath("//nav[contains(@class, 'md-nav--secondary')]//a/@href")
    ids = set(article(built(site, "mkdocs")).xpath(".//@id"))
    assert "#evidence-research" in links
    assert {link.removeprefix("#") for link in links} <= ids


@pytest.mark.parametrize("host", BUILDS)
def test_a_title_a_summary_and_a_heading_are_text_wherever_a_template_prints_them(site, host):
    shown = '</title>"><img src=x onerror=alert(1)>&lt;'
    path = site.root / "docs/articles/contrast.md"
    text = re.sub(r"(?m)^(title|summary): .*", rf"\1: '{shown}'", path.read_text())
    path.write_text(text + "\n## `<img src=x onerror=alert(1)>`\n\nText.\n")
    page = built(site, host)
    tree = lxml_html.parse(str(page)).getroot()
    assert not tree.xpath("//img[@onerror]")
    assert tree.findtext(".//title").startswith(shown)
    (description,) = tree.xpath("//meta[@name='description']/@content")
    assert description == shown
    assert "<img src=x onerror=alert(1)>" in [
        link.text_content().strip() for link in tree.xpath("//nav//a")
    ]


def test_the_home_page_lists_articles_by_title_and_status(site):
    site.imprimatur("submit", "contrast", "--by", "an-author", "--name", "An Author")
    for host in BUILDS:
        built(site, host)
        tree = lxml_html.parse(str(site.root / "site/index.html")).getroot()
        (listed,) = tree.xpath("//ul[@class='imp-articles']/li")
        assert listed.find("a").get("href") == "articles/contrast/"
        assert "Status: Submitted" in listed.text_content()


def test_the_extension_without_a_host_that_names_the_page_refuses(site):
    config = (site.root / "mkdocs.yml").read_text().replace("[imprimatur]", "[]", 1)
    site.write("mkdocs.yml", config)
    page = built(site, "mkdocs").read_text(encoding="utf-8")
    assert "This article cannot be shown" in page
    assert "no host says which page this is" in page
    assert "39% to 53%" not in page


def test_the_law_and_the_gate_work_without_any_host(site):
    program = (
        "import sys\n"
        "for name in ('mkdocs', 'material', 'properdocs', 'zensical'): sys.modules[name] = None\n"
        "from datetime import UTC, datetime\nfrom pathlib import Path\n"
        "from imprimatur.editorial import Repository\n"
        "from imprimatur.gate import Examination, check\n"
        "verdict = check(Examination(Repository(Path()), datetime.now(UTC)), publishing=False)\n"
        "print([finding.rule for finding in verdict.findings])\n"
    )
    site.write("../program.py", program)
    command = [sys.executable, "../program.py"]
    done = subprocess.run(command, cwd=site.root, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "['article-has-record']", done.stderr


@pytest.mark.parametrize("host", BUILDS)
def test_without_a_bibliography_the_page_names_the_true_cause_once(site, host):
    (site.root / "bibliography.bib").unlink()
    page = built(site, host).read_text(encoding="utf-8")
    assert "there is no such file" in page
    assert "add the entry" not in page


def test_a_page_that_is_edited_and_not_committed_claims_no_date(site):
    assert article(built(site, "mkdocs")).xpath("//time[@class='imp-date--edited']")
    site.article(body=EVERYTHING)
    page = article(built(site, "mkdocs"))
    assert not page.xpath("//time[@class='imp-date--edited']")
    assert "not committed yet" in page.text_content()
