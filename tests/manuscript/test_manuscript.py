"""Manuscripts are read strictly or not at all, and never end in a traceback."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imprimatur.manuscript import Manuscript, hidden_entities, read_manuscript

if TYPE_CHECKING:
    from imprimatur.strict import Reading

HEAD = """\
---
title: Does contrast help to find spinal metastases?
summary: What one study found.
topics: [radiology, oncology]
class: general
authors:
  - {name: A. Author, affiliation: Nowhere, interests: none}
  - name: B. Author
    affiliation: Nowhere
    orcid: 0000-0002-1825-0097
    interests: Shares in a maker of contrast agents
evidence_through: 2025-02-21
audiences: [clinician, patient]
---
"""


def read(data: bytes) -> Reading[Manuscript]:
    return read_manuscript(data, "docs/articles/contrast.md")


def test_a_manuscript_is_its_head_and_its_body():
    manuscript = read(f"{HEAD}\n/// answer\n".encode()).value
    assert manuscript is not None
    assert (manuscript.slug, manuscript.body) == ("contrast", "\n/// answer\n")
    assert manuscript.body_line == 15
    assert manuscript.front.authors[1].orcid == "0000-0002-1825-0097"
    assert manuscript.front.article_class == "general"


def test_the_body_begins_where_it_begins_however_short_the_head():
    reading = read(b"---\n---\nbody")
    assert [(each.line, str(each.rule)) for each in reading.findings] == [
        (2, "front-matter-is-valid")
    ]
    assert "nothing in it" in reading.findings[0].message


def test_line_ends_do_not_matter():
    text = f"{HEAD}\nOne.\nTwo.\n"
    assert read(text.replace("\n", "\r\n").encode()) == read(text.encode())
    assert read(text.replace("\n", "\r").encode()) == read(text.encode())


def test_hyphens_in_the_body_are_the_bodys():
    manuscript = read(f"{HEAD}One.\n---\nTwo.\n".encode()).value
    assert manuscript is not None
    assert manuscript.body == "One.\n---\nTwo.\n"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "begins with a blank line"),
        (b"\n" + HEAD.encode(), "begins with a blank line"),
        (b" " + HEAD.encode(), "begins with ' ---'"),
        (b"-" + HEAD.encode(), "begins with '----'"),
        (HEAD.replace("---", "--- ", 1).encode(), "begins with '--- '"),
        (HEAD.replace("---", "+++").encode(), "begins with '+++'"),
        (b"# Results\n", "begins with '# Results'"),
        (HEAD.removesuffix("---\n").encode(), "never closed"),
        (b"---", "begins with '---'"),
        (b"---\n", "never closed"),
        (b"\xff", "0xff"),
        (b"x" * 1_000_001, "at most 1,000,000"),
    ],
)
def test_what_has_no_head_is_refused_and_told_how_to_begin(data: bytes, says: str):
    reading = read(data)
    assert reading.value is None
    (finding,) = reading.findings
    assert (finding.path, finding.rule) == ("docs/articles/contrast.md", "manuscript-is-readable")
    assert says in finding.message
    assert finding.cure


def test_every_problem_of_the_head_is_named_at_once():
    head = HEAD.replace("class:", "klass:").replace("2025-02-21", "soon").replace("oncology", "A B")
    lines = [each.line for each in read(head.encode()).findings]
    assert sorted(lines) == [2, 4, 5, 12]


@pytest.mark.parametrize(
    "line",
    [
        "&#8238;",
        "&#x202E;",
        "&#x000202e",
        "&#8203",
        "&shy;",
        "&shy",
        "&zwj;",
        "&rlm;",
        "&#7;",
        "&#0;",
        "&#xd800;",
        "&#xFFFF;",
        "&nbsp;",
        "five&nbsp;mg",
        "&#128;",
    ],
)
def test_an_entity_hides_nothing(line: str):
    (finding,) = hidden_entities(f"fine\n{line} and {line}", "a.md", 10)
    assert (finding.line, finding.rule) == (11, "text-is-visible")
    reading = read(f"{HEAD}{line}".encode())
    assert [each.rule for each in reading.findings] == ["text-is-visible"]


@pytest.mark.parametrize("entity", ["&#7;", "&#x1b", "&#0;", "&#xFFFF;", "&#155;"])
def test_a_control_sign_is_given_to_no_parser_however_it_is_written(entity: str):
    assert read(f"{HEAD}A bell {entity}".encode()).value is None


def test_a_hidden_sign_beside_an_entity_is_named_once():
    assert not tuple(hidden_entities("&amp;\u200b \u200b&eacute;", "a.md", 1))


@pytest.mark.parametrize(
    "line",
    (
        "5&nbsp;mg &lt;5&amp;&ge;4 &eacute; &#233; &amp;#8238; &nonsense; AT&T &#; &#99999999999; "
        f"&#x110000; &#{'9' * 5000};"
    ).split(),
)
def test_an_entity_that_is_seen_is_fine(line: str):
    assert not tuple(hidden_entities(line, "a.md", 1))


_HEADS = st.sampled_from(HEAD.splitlines(keepends=True)) | st.text("-:[]{}&*!\"'\n ax1", max_size=9)


@given(
    st.binary(max_size=300)
    | st.binary(max_size=99).map(lambda data: b"---\n" + data)
    | st.text(max_size=99).map(lambda text: (HEAD + text).encode("utf-8", "replace"))
    | st.lists(_HEADS, max_size=20).map(lambda lines: ("---\n" + "".join(lines)).encode())
)
def test_no_bytes_raise_and_none_are_refused_without_a_word(data: bytes):
    reading = read(data)
    assert reading.value is not None or reading.findings
    assert all(each.line >= 0 and each.message and each.cure for each in reading.findings)


@pytest.mark.parametrize(
    "piece", ["&", "&#", "[", ">", "- ", "&#x0", "&a", "\u0301", "> - ", "/// a\n"]
)
def test_a_body_meant_to_hurt_is_read_or_refused_soon(piece: str):
    data = (HEAD + piece * (900_000 // len(piece.encode()))).encode()
    started = time.process_time()
    read(data)
    assert time.process_time() - started < 4


# Over these a pattern may look again for each of their lines or signs.
RUNS = (
    "* * *\n", "- a\n\n", "\n", " \n", ">\n", "1. \n", "```\n", "~~~ {\n", " /// a\n", "/", "a\n",
    "`", "[", "![a](", "<!--", "<a ", "&lt;\n", "@a ", "[@a", "*_", "t\n: a\n", "| a |\n", "\t\n",
)  # fmt: skip


@pytest.mark.parametrize("run", RUNS)
def test_73_a_manuscript_of_a_megabyte_is_read_in_bounded_time(run):
    text = HEAD + run * (990_000 // len(run))
    start = time.process_time()
    assert read(text.encode()).findings or "\n" in run
    assert time.process_time() - start < 10
