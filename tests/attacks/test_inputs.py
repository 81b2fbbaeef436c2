"""Rows 73 to 78: inputs that hurt the programs that read them, and values that break out."""

from __future__ import annotations

import resource
import time
import tracemalloc
from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING, Final

import pytest
from lxml import html as lxml_html

from browser.conftest import chromium, page, serve  # noqa: F401 - fixtures of the other folder
from conftest import BODY, HEAD, POLICY
from imprimatur.bibliography import read_bibliography
from imprimatur.desk.report import Format, print_verdict
from imprimatur.editorial import Policy, Repository
from imprimatur.editorial.board import Board
from imprimatur.editorial.cache import NO_CACHE
from imprimatur.editorial.records import read_act
from imprimatur.errors import Finding, RuleName
from imprimatur.gate import Examination, Verdict, check
from imprimatur.manuscript import read_manuscript
from imprimatur.strict import read_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from browser.conftest import OpenPage
    from conftest import Site

RULE = RuleName("file-is-readable")
GIGABYTE_IN_KB: Final = 1024 * 1024

MARKDOWN = {
    "unclosed tags": "<div " * 5000,
    "unclosed brackets": "[" * 5000 + "]" * 5000,
    "unclosed links": "![a](" * 5000,
    "citations": "@park2019spinal " * 5000,
    "emphasis": "*a*" * 20_000,
    "nested quotes": "> " * 5000 + "x",
    "nested lists": "".join(f"{'    ' * level}- x\n" for level in range(200)),
    "definitions": "t\n: a\n" * 5000,
    "headings": "x\n===\n" * 10_000,
    "as much as is allowed": ("*a* [b](c) `d` @park2019spinal\n" * 33 + "\n") * 30,
}


@pytest.mark.parametrize("text", MARKDOWN.values(), ids=MARKDOWN)
def test_73_pathological_markdown_is_a_page_or_a_finding_in_bounded_time(text: str, site: Site):
    site.article(body=f"{BODY}\n{text}\n")
    before = _children()
    done = site.imprimatur("check")
    assert "docs/articles/contrast.md" in done.stdout
    assert done.returncode in {1, 2}
    assert "Traceback" not in done.stdout + done.stderr
    assert _children() - before < 10
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < GIGABYTE_IN_KB


def _children() -> float:
    """Seconds that the commands started here have used the processor for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


# Python-Markdown itself takes these for text, and prints their signs.
TEXT_ALL_THE_SAME = {
    "</", "<", "<a\x0b>", "&#x110000;", "&#99999999;", "<a href=", "<a href='", "<!-", "<![",
    "<!doctype", "<\u00e9>", "<div/<", "<a b='<c d=\">", "<?", "<!--", "<![CDATA[", "<![if IE]>",
    "<!ENTITY x>",
}  # fmt: skip


@pytest.mark.parametrize(
    "written",
    [
        "<![", "<!-", "<!--", "<!doctype", "<![CDATA[", "<?", "</", "<", "<a href=", "<a href='",
        "<div/<", "<p></p></p>", "<b><i></b></i>", "<table><p><td>", "&#x110000;", "&#99999999;",
        "<a b='<c d=\">", "<x:y z:w=1>", "<script>", "<style>", "<textarea>", "<svg><desc><p>",
        "</article></body></html>", "<![if IE]>", "<!ENTITY x>", "<\u00e9>", "<a\x0b>",
    ],
)  # fmt: skip
@pytest.mark.parametrize("where", ["docs/articles/contrast.md", "docs/about.md"])
def test_74_malformed_html_is_a_finding_and_never_a_fault(where: str, written: str, site: Site):
    head = HEAD if "articles" in where else "# About\n\n"
    site.write(where, f"{head}\nText {written}\n\n{written}\n\nMore.\n")
    examination = Examination(Repository(site.root, cache=NO_CACHE), datetime.now(tz=UTC))
    found = [each for each in check(examination, publishing=False).findings if each.path == where]
    assert all(each.message and each.cure for each in found)
    rules = {str(each.rule) for each in found}
    named = {"html-is-safe", "site-page-html-is-safe", "text-is-visible", "manuscript-is-readable"}
    assert rules & named or written in TEXT_ALL_THE_SAME


def _bombs() -> dict[str, bytes]:
    laughs = "a: &a [x]\n" + "".join(
        f"{chr(98 + at)}: &{chr(98 + at)} [{', '.join([f'*{chr(97 + at)}'] * 9)}]\n"
        for at in range(9)
    )
    return {
        "anchors": laughs.encode(),
        "lists in lists": b"a: " + b"[" * 100_000,
        "maps in maps": b"{a: " * 100_000,
        "blocks in blocks": "".join(f"{' ' * at}a:\n" for at in range(700)).encode(),
        "a huge value": b"version: " + b"9" * 900_000,
        "a huge key": b"a" * 900_000 + b": 1\n",
        "many keys": b"".join(b"k%d: 1\n" % at for at in range(70_000)),
        "many documents": b"---\n" * 200_000,
        "digits": b"version: " + b"1" * 5_000,
        "a day that is none": b"version: 2024-99-99T99:99:99Z\n",
        "sixties": b"version: 1:30:00\n",
        "a repeated key": b"version: 1\nversion: 2\n",
        "a merge key": b"<<: {version: 1}\n",
        "a tag": b"version: !!python/object/apply:os.system [id]\n",
        "UTF-16": "version: 1\n".encode("utf-16"),
        "Latin-1": b"version: \xe9\n",
        "a mark of byte order": b"\xef\xbb\xbfversion: 1\n",
        "NUL": b"version: 1\x00\n",
        "CR only": b"version: 1\rversion: 2\r",
        "a hidden line end": "version: 1\u2028people: []\n".encode(),
        "another hidden line end": b"version: 1\xc2\x85people: []\n",
        "nothing": b"",
        "too much": b"#" * 20_000_000,
    }


BOMBS: Final = _bombs()


@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.parametrize("reader", ["board", "policy", "act", "head"])
def test_75_hostile_yaml_is_a_finding_at_once_and_in_little_memory(bomb: str, reader: str):
    data = BOMBS[bomb]
    read: dict[str, Callable[[], object]] = {
        "board": lambda: read_file(Board, data, "board.yml", RULE, limit=1_000_000),
        "policy": lambda: read_file(Policy, data, "policy.yml", RULE, limit=1_000_000),
        "act": lambda: read_act(data, "a.yml", signed=False),
        "head": lambda: read_manuscript(b"---\n" + data + b"\n---\n\nText.\n", "a.md"),
    }
    began = time.process_time()
    reading = read[reader]()
    seconds = time.process_time() - began
    assert reading.value is None
    assert all(each.message and each.cure for each in reading.findings)
    assert reading.findings
    assert seconds < 1
    if reader != "board":
        # They read as much of it in the same way, and to count memory takes long.
        return
    tracemalloc.start()
    try:
        read[reader]()
        assert tracemalloc.get_traced_memory()[1] < 100_000_000
    finally:
        tracemalloc.stop()


ENTRY = "@misc{a, title = {A}, howpublished = {B}, year = 2020, evidence_kind = {cohort}"
BIBTEX = {
    "strings that double": '@string{a = "xxxxxxxxxx"}\n'
    + "".join(f"@string{{{'a' * at}b = {'a' * at} # {'a' * at}}}\n" for at in range(1, 60)),
    "a chain of strings": '@string{s0 = "xxxxxxxxxx"}\n'
    + "".join(f"@string{{s{at} = s{at - 1} # s{at - 1}}}\n" for at in range(1, 60))
    + "@misc{a, title = s59}",
    "braces": "@misc{a, title = " + "{" * 50_000,
    "parents in a circle": "@misc{a, crossref = {b}}\n@misc{b, crossref = {a}}\n",
    "a parent of its own": "@misc{a, crossref = {a}}\n",
    "a long line of parents": "".join(
        f"@misc{{k{at}, crossref = {{k{at + 1}}}}}\n" for at in range(2_000)
    ),
    "no parent": f"{ENTRY}, crossref = {{nobody}}}}",
    "a key twice": f"{ENTRY}}}\n{ENTRY}}}",
    "a field twice": f"{ENTRY}, title = {{B}}}}",
    "cut off": ENTRY,
    "not UTF-8": f"{ENTRY}, note = {{\xe9}}}}",
    "nothing but signs": "@" * 200_000,
    "opened and never closed": "@misc{a,\n" * 20_000,
    "a preamble": '@preamble{"x"}',
    "LaTeX that is unknown": "@misc{a, title = {\\input{/etc/passwd}}, howpublished = {B}}",
    "deep commands": "@misc{a, title = {" + "\\emph{" * 2_000 + "x" + "}" * 2_000 + "}}",
}


@pytest.mark.parametrize("text", BIBTEX.values(), ids=BIBTEX)
def test_76_hostile_bibtex_is_findings_with_lines_at_once_and_in_little_memory(text: str):
    data = text.encode("latin-1")
    began = time.process_time()
    found = read_bibliography(data, "bibliography.bib").examine()
    assert time.process_time() - began < 2
    assert found
    assert all(each.line and each.cure for each in found)
    tracemalloc.start()
    try:
        read_bibliography(data, "bibliography.bib").examine()
        assert tracemalloc.get_traced_memory()[1] < 300_000_000
    finally:
        tracemalloc.stop()


def test_76_no_path_of_somebodys_machine_is_published(site: Site):
    text = (site.root / "bibliography.bib").read_text(encoding="utf-8")
    path = "/home/demonstration/Zotero/scan.pdf"
    fields = f"file = {{Full text:{path}:application/pdf}}, abstract = {{Secret}},\n  evidence_kind"
    site.write("bibliography.bib", text.replace("evidence_kind", fields))
    assert site.run("imprimatur.desk", "build", "--preview", "--to", "built").returncode in {0, 1}
    written = [each for each in (site.root / "built").rglob("*") if each.is_file()]
    assert written
    assert not [each for each in written if path.encode() in each.read_bytes()]


OUT = (
    '"><script>window.hit=1</script>',
    "' onmouseover='window.hit=1",
    "</title></script><script>window.hit=1</script>",
    "]]></a>&lt;script&gt;",
    '"};window.hit=1;//',
    "{{ 7*7 }}${7*7}",
)  # fmt: skip


def test_77_what_would_break_out_of_its_place_is_text_there(site: Site):
    out = " ".join(OUT)
    quoted = "'" + out.replace("'", "''") + "'"
    head = HEAD.replace("Does contrast help to find spinal metastases?", quoted)
    head = head.replace("A demonstration.", quoted).replace("Demonstration author", quoted)
    site.write("editorial/policy.yml", POLICY.replace("Ask your doctor.", quoted))
    site.article(head=head)
    site.run("imprimatur.desk", "build", "--preview", "--to", "built")
    whole = (site.root / "built/articles/contrast.html").read_text(encoding="utf-8")
    tree = lxml_html.document_fromstring(whole)
    assert tree.xpath("string(//article//h1)").strip() == out
    assert tree.xpath("string(//meta[@name='description']/@content)") == out
    assert escape(out, quote=False) in whole
    assert not [each for each in tree.iter("script") if "hit=1" in each.text_content()]
    assert not tree.xpath("//@onmouseover")


def test_77_a_finding_stays_one_line_of_what_forges_read(
    capsys: pytest.CaptureFixture[str],
):
    finding = Finding(
        path="docs/a,b:c.md",
        line=3,
        rule=RULE,
        message="100%\n::error::another\r::stop-commands::x",
        cure="mend it",
    )
    print_verdict(Verdict(findings=(finding,), unchecked=(), articles=1), Format.GITHUB, "granted")
    commands = [each for each in capsys.readouterr().out.splitlines() if each.startswith("::")]
    assert len(commands) == 1
    assert "file=docs/a%2Cb%3Ac.md,line=3" in commands[0]
    assert r"100%25\n::error::another\r" in commands[0]


QUERIES = (
    "?audience=%22%3E%3Cimg%20src=x%20onerror=window.hit=1%3E",
    "?audience=nobody",
    "?audience=__proto__&q=%3Cscript%3Ewindow.hit=1%3C/script%3E",
    "#%22%3E%3Cimg%20src=x%20onerror=window.hit=1%3E",
    "#ref-%E0%A4%A",
    "#[data-audience",
)


@pytest.fixture(scope="module")
def built_page(make_site, tmp_path_factory, serve) -> str:  # noqa: F811 - the fixture itself
    """The address of an article for two audiences, built and served."""
    made: Site = make_site(tmp_path_factory.mktemp("query") / "site")
    both = "\n/// audience | {0}\nFor the {0}.\n///\n"
    body = BODY + both.format("clinician") + both.format("patient")
    made.article(body=body, head=HEAD.replace("[clinician]", "[clinician, patient]"))
    made.run("imprimatur.desk", "build", "--preview", "--to", "built")
    folder: Path = made.root / "built"
    return f"{serve(folder)}articles/contrast.html"


@pytest.mark.parametrize("query", QUERIES)
def test_78_what_an_address_says_is_data_to_the_page(query, built_page, page: OpenPage):  # noqa: F811
    _unmoved(page(built_page + query), built_page)


@pytest.mark.parametrize("kept", ["<img src=x onerror=window.hit=1>", "nobody", "__proto__", "{"])
def test_78_what_a_browser_has_kept_is_data_to_the_page(kept, built_page, page: OpenPage):  # noqa: F811
    shown = page(built_page)
    keys = ["imprimatur.audience", "imprimatur.search-keys", "/.__palette", "/.__scroll"]
    shown.evaluate("([keys, kept]) => keys.forEach(key => localStorage.setItem(key, kept))",
                   [keys, kept])  # fmt: skip
    shown.reload()
    _unmoved(shown, built_page)


def _unmoved(shown: object, address: str) -> None:
    """The page ran nothing, went nowhere, and shows what it shows to a newcomer."""
    assert shown.evaluate("window.hit") is None
    assert shown.url.startswith(address)
    assert not shown.query_selector("img[src=x], article script")
    assert shown.is_visible("text=For the clinician.")
    assert not shown.is_visible("text=For the patient.")
