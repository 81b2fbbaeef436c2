"""Rows 20 to 39 of the known attacks: what readers see is what a quorum approved, and no trick.

The first tests change what is approved. The later ones go further: two reviewers approve the trick
itself, as if they had not seen it, and the gate refuses it all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import work
from imprimatur.editorial import State

if TYPE_CHECKING:
    from conftest import Target

WORKS = "bibliography.bib"
TEXT = "docs/articles/contrast.md"
PARENT = (
    "@proceedings{meeting, title = {A meeting}, year = 2019, publisher = {P},\n"
    "  evidence_kind = {other-research}}\n"
)
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0"/></svg>\n'
SCRIPT = DRAWING.replace(b"<path", b"<script>alert(1)</script><path")


UNREAD = (
    "manuscript-is-readable",
    "front-matter-is-valid",
    "front-matter-fits-policy",
    "text-is-visible",
)


def change_works(target: Target, old: str, new: str) -> None:
    path = target.root / WORKS
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def append(target: Target, text: str) -> None:
    path = target.root / TEXT
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("year = {2019}", "year = {2020}", "year"),
        ("Sufficient?", "Insufficient?", "title"),
        ("journal = {J Demonstr}", "journal = {Lancet}", "journal"),
    ],
)
def test_20_a_cited_work_that_is_changed_after_approval(
    old: str, new: str, says: str, approved: Target
):
    change_works(approved, old, new)
    approved.commit()
    assert approved.standing().state is State.LAPSED
    assert approved.is_refused("article-is-approved", "reference park2019spinal", says)
    approved.approved("demo-ana", "demo-ben")
    assert approved.is_approved()


def test_20_a_string_that_a_cited_work_uses_is_part_of_it(approved: Target):
    change_works(approved, "journal = {J Demonstr}", "journal = jd")
    approved.site.write(WORKS, "@string{jd = {J Demonstr}}\n" + read(approved))
    approved.commit()
    assert approved.is_approved()
    change_works(approved, "{J Demonstr}}", "{Lancet}}")
    approved.commit()
    assert approved.is_refused("article-is-approved", "reference park2019spinal", "journal")


def read(target: Target) -> str:
    return (target.root / WORKS).read_text(encoding="utf-8")


def test_20_the_parent_of_a_cited_work_is_part_of_it_and_its_editor_an_author(approved: Target):
    change_works(approved, "  evidence_kind", "  crossref = {meeting}, evidence_kind")
    approved.site.write(WORKS, read(approved) + PARENT)
    approved.reviewed()
    assert approved.is_approved()
    change_works(approved, "publisher = {P}", "publisher = {Q}")
    approved.commit("demo-ben")
    assert approved.standing().state is State.LAPSED
    approved.approved("demo-ana", "demo-ben")
    assert "`demo-ben` changed the text" in approved.discounts()
    approved.approve("demo-cai")
    assert approved.is_approved()


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        (work("park2019spinal", "cohort", "X, Y.", 2020, "Z"), "key-is-unique"),
        (work("Park2019Spinal", "cohort", "X, Y.", 2020, "Z"), "key-is-unique"),
        ("@comment{ @misc{other2020, title = {Z}} }\n", "stands inside @comment"),
        ("stray words\n", "expected an entry"),
        ("@preamble{{x}}\n", "found @preamble"),
    ],
    ids=["twice", "in other capitals", "in a comment", "stray", "preamble"],
)
def test_21_a_bibliography_that_two_programs_read_differently(
    entry: str, says: str, approved: Target
):
    approved.site.write(WORKS, read(approved) + entry)
    approved.commit()
    assert approved.is_refused(WORKS, says)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("10.1000/park2019spinal", '10.1000/x" onclick="alert(1)', "identifier-is-well-formed"),
        ("doi = {10.1000/park2019spinal}", "url = {javascript:alert(1)}", "link-is-http"),
    ],
)
def test_22_a_link_in_a_reference_that_would_run(old: str, new: str, says: str, approved: Target):
    change_works(approved, old, new)
    approved.reviewed()
    assert approved.is_refused(WORKS, says)


def test_22_html_in_a_title_is_shown_as_text(approved: Target):
    change_works(approved, "Sufficient?", "<img src=x onerror=alert(1)>")
    approved.reviewed()
    printed = approved.site.run("imprimatur.desk", "references", "list", "park2019spinal")
    assert "<img src=x onerror=alert(1)>" in printed.stdout
    page = built(approved)
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "<img src=x" not in page


def test_23_a_cited_work_that_was_retracted(approved: Target):
    change_works(approved, "  evidence_kind", "  retracted = {2024-05-01}, evidence_kind")
    approved.commit()
    assert approved.is_refused("work-is-not-retracted", "park2019spinal")


TRICKS = {
    "24 snippet": ('\n--8<-- "mkdocs.yml"\n', "text-stands-in-the-manuscript"),
    "25 snippet of a pending file": (
        '\n--8<-- "docs/articles/pending.md"\n',
        "text-stands-in-the-manuscript",
    ),
    "27 image from elsewhere": ("\n![x](https://other.example/x.png)\n", "html-is-safe"),
    "27 image inside an address": ("\n![x](data:image/svg+xml;base64,PHN2Zz4=)\n", "html-is-safe"),
    "27 image under a disguised name": ("\n![x](dose%2Dtable.svg)\n", "image-is-bound"),
    "27 image for readers of dark pages alone": ("\n![x](dose.svg#only-dark)\n", "html-is-safe"),
    "28 script": ("\n<script>alert(1)</script>\n", "html-is-safe"),
    "28 link that runs": ("\n[x](javascript:alert(1))\n", "html-is-safe"),
    "28 handler": ('\n<p onclick="alert(1)">x</p>\n', "html-is-safe"),
    "28 frame": ('\n<iframe src="https://other.example"></iframe>\n', "html-is-safe"),
    "28 other base": ('\n<base href="https://other.example/">\n', "html-is-safe"),
    "28 forwarding": ('\n<meta http-equiv="refresh" content="0">\n', "html-is-safe"),
    "28 style": ('\n<p style="position: absolute">x</p>\n', "html-is-safe"),
    "29 hidden": ("\n<p hidden>x</p>\n", "html-is-safe"),
    "29 not displayed": ('\n<p style="display:none">x</p>\n', "html-is-safe"),
    "29 not for screen readers": ('\n<p aria-hidden="true">x</p>\n', "html-is-safe"),
    "31 unknown audience": ("\n/// audience | nurse\nx\n///\n", "block-is-known"),
    "31 the page's own mark": ('\n<div data-audience="patient">x</div>\n', "html-is-safe"),
    "32 override of direction": ("\nGive 5\u202e 0 mg.\n", "text-is-visible"),
    "32 isolate": ("\nGive \u20665 mg.\n", "text-is-visible"),
    "32 no width": ("\nGive 5\u200b0 mg.\n", "text-is-visible"),
    "32 soft hyphen": ("\nGive a\u00adb.\n", "text-is-visible"),
    "32 fixed space within a word": ("\nnot\u00a0safe\n", "text-is-visible"),
}


@pytest.mark.parametrize("trick", TRICKS, ids=[each.replace(" ", "-") for each in TRICKS])
def test_24_to_32_a_trick_in_the_text_is_refused_though_reviewers_approved_it(
    trick: str, approved: Target
):
    written, says = TRICKS[trick]
    assert approved.is_approved()
    append(approved, written)
    approved.commit()
    assert approved.standing().state is State.LAPSED
    approved.approved("demo-ana", "demo-ben")
    assert approved.is_refused(TEXT, says)


def test_26_a_macro_is_text_and_nothing_else(approved: Target):
    append(approved, "\nToday {{ now() }} and {% include 'x.md' %} and ${HOME}.\n")
    approved.reviewed()
    assert approved.is_approved()
    page = built(approved)
    assert "{{ now() }}" in page
    assert "{% include" in page
    assert "${HOME}" in page


def built(target: Target) -> str:
    target.site.run("imprimatur.desk", "build", "--preview", "--to", "preview")
    return (target.root / "preview/articles/contrast.html").read_text(encoding="utf-8")


def test_27_an_image_swapped_after_approval(approved: Target):
    approved.site.write("docs/articles/dose.svg", DRAWING)
    append(approved, "\n![dose](dose.svg)\n")
    approved.reviewed()
    assert approved.is_approved()
    approved.site.write("docs/articles/dose.svg", DRAWING.replace(b"M0 0", b"M9 9"))
    approved.commit("demo-ben")
    assert approved.is_refused("article-is-approved", "image docs/articles/dose.svg")
    approved.approved("demo-ana", "demo-ben")
    assert "`demo-ben` changed the text" in approved.discounts()


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (b'<style media="(max-width: 150px)">.a { display: none }</style>', "`media` of <style>"),
        (b'<text style="fill: light-dark(#000, #fff)">5 mg</text>', "`light-dark()`"),
        (b"<style>text:hover { fill: #fff }</style>", "`text:hover`"),
        (b'<text x="50vw">5 mg</text>', "`50vw`"),
        (b'<text fill="CanvasText">5 mg</text>', "`CanvasText`"),
    ],
    ids=("screen", "scheme", "pointer", "measure", "colour"),
)
def test_27_a_drawing_that_shows_other_readers_another_dose_is_refused_though_approved(
    written: bytes, says: str, approved: Target
):
    approved.site.write("docs/articles/dose.svg", DRAWING.replace(b"<path", written + b"<path"))
    append(approved, "\n![dose](dose.svg)\n")
    approved.reviewed()
    assert approved.is_refused("image-is-plain", says)


def test_30_a_comment_of_authors_reaches_no_reader(approved: Target):
    append(approved, "\n<!-- a draft: give 50 mg -->\n")
    approved.commit()
    assert approved.standing().state is State.LAPSED
    assert "give 50 mg" not in built(approved)


def test_31_a_passage_given_to_another_audience(approved: Target):
    approved.edit("audiences: [clinician]", "audiences: [clinician, patient]")
    block = "\n/// audience | clinician\nGive it.\n///\n\n/// audience | patient\nAsk.\n///\n"
    append(approved, block)
    approved.reviewed()
    before = approved.standing()
    assert before.state is State.APPROVED
    approved.edit("audience | clinician", "audience | patient")
    approved.commit()
    assert approved.standing().state is State.LAPSED
    assert approved.is_refused("article-is-approved", "body")


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        pytest.param("docs/e\u0301.md", "file-name-is-plain", id="33 letters in another form"),
        pytest.param("docs/INDEX.md", "address-is-unique", id="33 other capitals"),
        pytest.param("docs/index.html", "address-is-unique", id="34 a page of HTML"),
        pytest.param("docs/README.md", "address-is-unique", id="34 README beside index"),
        pytest.param(
            "docs/articles/contrast/index.md", "address-is-unique", id="34 a folder of that name"
        ),
        pytest.param("docs/articles/contrast.html", "address-is-unique", id="34 HTML beside it"),
        pytest.param("docs/contrast.md.bak", "file-is-claimed", id="34 a copy"),
    ],
)
def test_33_and_34_a_file_that_takes_the_address_of_another(path: str, rule: str, approved: Target):
    approved.site.write(path, "# Another text\n")
    approved.commit()
    assert approved.is_refused(rule, "docs/")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("---\ntitle", "\n---\ntitle", id="blank line above"),
        pytest.param("---\ntitle", " ---\ntitle", id="blank before"),
        pytest.param("---\ntitle", "----\ntitle", id="four hyphens"),
        pytest.param("---\ntitle", "\ufeff---\ntitle", id="byte order mark"),
        pytest.param("---\ntitle", "\ufeff\ufeff---\ntitle", id="two byte order marks"),
        pytest.param("---\ntitle:", "title:", id="as MultiMarkdown"),
        pytest.param("title:", "- title:", id="a list"),
        pytest.param("title:", "title: [", id="broken"),
        pytest.param("title:", "title: x\ntitle:", id="a key twice"),
        pytest.param("title:", "<<: {title: x}\ntitle:", id="a merge key"),
        pytest.param("class:", "template: evil.html\nclass:", id="36 template"),
        pytest.param("class:", "hide: [toc]\nclass:", id="36 hide"),
        pytest.param("class:", "search: {exclude: true}\nclass:", id="36 search"),
        pytest.param("class:", "redirect: https://other.example\nclass:", id="36 redirect"),
        pytest.param("class:", "robots: noindex\nclass:", id="36 robots"),
        pytest.param("class:", "og:title: x\nclass:", id="36 cards"),
        pytest.param("class:", "extra_javascript: [x.js]\nclass:", id="36 script"),
        pytest.param("class:", "status: approved\nclass:", id="36 status"),
        pytest.param("class: general", "class: no", id="12 a word for a truth value"),
        pytest.param("2025-02-21", "2025-2-21", id="12 a day in another form"),
    ],
)
def test_35_and_36_front_matter_that_hosts_read_differently(old: str, new: str, approved: Target):
    approved.edit(old, new)
    approved.commit()
    assert not approved.standing().is_published
    said = [each for each in approved.findings() if each.startswith(TEXT)]
    assert any(rule in each for each in said for rule in UNREAD), said


@pytest.mark.parametrize(
    "definition",
    ["\n*[MRI]: harmless\n", "\n[label]: https://other.example\n", "\n[^1]: Never.\n"],
    ids=["abbreviation", "link", "note"],
)
def test_38_a_definition_is_part_of_the_text_it_stands_in(definition: str, approved: Target):
    append(approved, definition)
    approved.commit()
    assert approved.is_refused("article-is-approved", "this changed: body")


def test_39_a_heading_that_another_article_links_to(approved: Target):
    other = "\n/// answer\nSee [the dose](contrast.md#dose), of one study [@park2019spinal].\n///\n"
    approved.site.article("another", body=other)
    append(approved, "\n## Dose\n\nNone.\n")
    approved.commit()
    approved.approved("demo-ana", "demo-ben")
    approved.approved("demo-ana", "demo-ben", slug="another")
    assert links(approved) == []
    approved.edit("## Dose", "## Doses")
    approved.commit()
    assert links(approved)


def links(target: Target) -> list[str]:
    said = target.site.imprimatur("check").stdout
    return [line for line in said.splitlines() if "link-resolves" in line]
