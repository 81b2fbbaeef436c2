"""No setting, hook or template of a host shows readers what the gate did not judge."""

from __future__ import annotations

import pytest

PREVIEW = {"IMPRIMATUR_PREVIEW": "1"}
HOOK = """
def on_page_content(html, **kw):
    return html.replace("39%", "93%")
"""
LATER = """
from mkdocs.plugins import event_priority

@event_priority(-100)
def on_post_page(output, **kw):
    return output.replace("39%", "93%")
"""
EXTENSION = """
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor

class Change(Postprocessor):
    def run(self, text):
        return text.replace("39%", "93%")

class Changing(Extension):
    def extendMarkdown(self, md):
        md.postprocessors.register(Change(md), "change", -2000)

def makeExtension(**kw):
    return Changing()
"""
SILENT = """{% extends "base.html" %}
{% block extrahead %}<meta name="robots" content="noindex, nofollow">{% endblock %}
{% block content %}Approved.{% endblock %}
"""


def configured(site, old: str, new: str) -> None:
    text = (site.root / "mkdocs.yml").read_text()
    assert old in text
    site.write("mkdocs.yml", text.replace(old, new))


def refused(site, *arguments: str, **environment: str) -> str:
    """What the host says on refusing."""
    done = site.run("mkdocs", *(arguments or ("build",)), **(environment or PREVIEW))
    assert done.returncode != 0, done.stdout
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.mark.parametrize("hook", [HOOK, LATER])
def test_a_hook_that_changes_a_figure_of_an_article_stops_the_build(site, hook):
    site.write("hook.py", hook)
    configured(site, "site_name", "hooks: [hook.py]\nsite_name")
    said = refused(site)
    assert "docs/articles/contrast.md does not hold what the press printed" in said


def test_an_extension_that_changes_a_figure_of_an_article_stops_the_build(site):
    site.write("changing.py", EXTENSION)
    configured(site, "extensions: [imprimatur]\n", "extensions: [imprimatur, changing]\n")
    said = refused(site, **PREVIEW, PYTHONPATH=str(site.root))
    assert "does not hold what the press printed" in said


def test_a_template_that_shows_something_else_stops_the_build(site):
    site.write("overrides/main.html", SILENT)
    configured(site, "font: false}", "font: false, custom_dir: overrides}")
    assert "does not hold what the press printed" in refused(site)


def test_a_template_that_lets_search_engines_in_stops_the_preview(site):
    site.write("overrides/main.html", '{% extends "base.html" %}')
    configured(site, "font: false}", "font: false, custom_dir: overrides}")
    assert "keep search engines away" in refused(site)


def test_another_folder_of_pages_than_the_one_that_is_judged_is_refused(site):
    site.write("other/index.md", "# Another\n")
    configured(site, "site_name", "docs_dir: other\nsite_name")
    assert "articles are judged in docs/" in refused(site)


def test_the_plugin_without_the_extension_is_refused(site):
    configured(site, "markdown_extensions: [imprimatur]", "markdown_extensions: []")
    assert "add `imprimatur` to `markdown_extensions`" in refused(site)


def test_the_plugin_twice_is_refused(site):
    configured(site, "plugins: [imprimatur]", "plugins: [imprimatur, search, imprimatur]")
    assert "listed twice" in refused(site)


def test_the_plugin_switched_off_prints_no_article(site):
    configured(site, "plugins: [imprimatur]", "plugins: [{imprimatur: {enabled: false}}]")
    done = site.run("mkdocs", "build")
    assert done.returncode == 0, done.stderr
    page = (site.root / "site/articles/contrast/index.html").read_text()
    assert "no host says which page this is" in page
    assert "39% to 53%" not in page


def test_a_build_that_keeps_old_pages_is_refused(site):
    assert "--dirty" in refused(site, "build", "--dirty")


@pytest.mark.parametrize("value", ["", "0", "no"])
def test_a_preview_is_asked_for_in_so_many_words(site, value):
    assert "not published" in refused(site, IMPRIMATUR_PREVIEW=value)


def test_a_preview_is_never_deployed(site):
    assert "not published" in refused(site, "gh-deploy", "--no-history")


STRAY = ("sub/other.md", "sub/README.md", "sub/index.md", "other.markdown", "other.mkd")


# Zensical takes only `.md` for pages; the others it copies, which the gate refuses by their names.
@pytest.mark.parametrize(
    ("host", "path"),
    [
        *(("mkdocs", path) for path in STRAY),
        *(("zensical", path) for path in STRAY if path.endswith(".md")),
    ],
)
def test_only_manuscripts_are_printed_from_the_folder_of_articles(site, host, path):
    text = "---\ntitle: Secret title\ndescription: Secret words\n---\n# Secret\n\nSecret passage.\n"
    site.write(f"docs/articles/{path}", text)
    done = site.run(host, "build", *(["-c"] if host == "zensical" else []), **PREVIEW)
    assert done.returncode == 0, done.stderr
    pages = [page.read_text() for page in (site.root / "site/articles").rglob("*.html")]
    assert any("file-is-claimed" in page for page in pages)
    assert not any("Secret passage" in page for page in pages)
