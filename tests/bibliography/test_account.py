"""Every entry of a file is either there as a work or named in a finding with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from imprimatur.bibliography import (
    COMPLETE,
    CROSSREF,
    FIELD_SINGLE,
    KEY_UNIQUE,
    KIND_KNOWN,
    READABLE,
    TYPE_KNOWN,
    Account,
    Bibliography,
    format_reference,
    read_bibliography,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    Read = Callable[[str], Bibliography]

GOOD = "@misc{good, title = {Good}, evidence_kind = {cohort}}\n"


def places(bibliography: Bibliography) -> list[tuple[int, str]]:
    return [(finding.line, finding.rule) for finding in bibliography.examine()]


@pytest.mark.parametrize(
    ("text", "line", "lost"),
    [
        ("\n@misc{broken, title = {A\n" + GOOD, 2, 1),
        ('\n@misc{broken, title = "A}\n' + GOOD, 2, 1),
        ("\n@misc{broken, title = {A} year = {2020}}\n" + GOOD, 2, 1),
        ("\n@misc{, title = {A}}\n" + GOOD, 2, 1),
        ("\n@misc{title = {A}}\n" + GOOD, 2, 1),
        ("\n@misc{deep, title = " + "{" * 200 + "A" + "}" * 200 + "}\n" + GOOD, 2, 1),
        ("\n@misc{huge, title = {" + "A" * 200_000 + "}}\n" + GOOD, 2, 1),
        ("\n% @misc{out, title = {A}}\n" + GOOD, 2, 1),
        ("\n@comment{@misc{out, title = {A}}}\n" + GOOD, 2, 1),
        ("\n@misc{a, title = {A}, @misc{b, title = {B}}}\n" + GOOD, 2, 2),
        ("\n@misc{a, title = {A} @misc{b, title = {B}}\n" + GOOD, 2, 2),
    ],
)
def test_an_entry_that_can_not_be_read_is_named_and_swallows_no_other(
    read: Read, text: str, line: int, lost: int
):
    bibliography = read(text)
    assert bibliography.account() == Account(entries_in=1 + lost, entries_out=1, named=lost)
    assert (line, READABLE) in places(bibliography)
    assert bibliography.work("good") is not None


@pytest.mark.parametrize(
    "text",
    [
        "stray words\n" + GOOD,
        GOOD + "}\n",
        '@preamble{"x"}\n' + GOOD,
        "@string{open = {x}\n" + GOOD,
        "@string{a = missing}\n" + GOOD,
        '@string{a = "x"}\n@string{a = "y"}\n' + GOOD,
        "@misc{x, title = unheard, evidence_kind = {cohort}}\n",
        "@misc{x, title = {\\unheard}, evidence_kind = {cohort}}\n",
        "@misc{x, title = {A\u202eB}, evidence_kind = {cohort}}\n",
    ],
)
def test_what_may_hide_a_lost_entry_or_word_is_a_finding(read: Read, text: str):
    assert READABLE in {finding.rule for finding in read(text).examine()}


@pytest.mark.parametrize(
    "text",
    [
        "% a comment\n\n" + GOOD + "  % another\n",
        '@string{who = "WHO"}\n@STRING(what = {A} # " guide")\n' + GOOD,
        "@comment{jabref-meta: x}\n" + GOOD,
        "@misc(round, title = {A (b)}, evidence_kind = {cohort})\n" + GOOD,
        '@Misc { spaced ,\n title = "A {"}quoted{"} word" # { there}}\n' + GOOD,
        "\ufeff" + GOOD.replace("\n", "\r\n"),
    ],
)
def test_what_bibtex_allows_is_allowed(read: Read, text: str):
    bibliography = read(text)
    assert [one for one in bibliography.examine() if one.rule != KIND_KNOWN] == []
    assert bibliography.account().entries_out == bibliography.entries_in


def test_bytes_that_are_no_utf8_are_named_with_their_line():
    bibliography = read_bibliography(GOOD.encode() + b"% caf\xe9\n", "b.bib")
    (finding,) = bibliography.examine()
    assert (finding.line, finding.rule) == (2, READABLE)
    assert "0xe9" in finding.message
    assert bibliography.work("good") is not None


def test_a_key_given_twice_names_both_lines_and_the_first_stands(read: Read):
    bibliography = read(GOOD + "@misc{good, title = {Other}}\n")
    (finding,) = (one for one in bibliography.findings if one.rule == KEY_UNIQUE)
    assert finding.line == 2
    assert "line 1" in finding.message
    first = bibliography.work("good")
    assert first is not None
    assert first.title == "Good"
    assert bibliography.account() == Account(entries_in=2, entries_out=1, named=1)


def test_keys_that_differ_in_case_are_two_works_and_a_finding(read: Read):
    bibliography = read(GOOD + GOOD.replace("good", "Good"))
    assert [finding.rule for finding in bibliography.findings] == [KEY_UNIQUE]
    assert bibliography.account().entries_out == 2
    assert bibliography.work("GOOD") is None
    assert bibliography.nearest("GOOD") == ("good", "Good")


def test_a_misspelt_key_is_answered_with_its_nearest(verified: Bibliography):
    assert verified.nearest("park2019spinla")[0] == "park2019spinal"
    assert verified.nearest("Park2019Spinal")[0] == "park2019spinal"
    assert verified.line("park2019spinal") == 59
    assert verified.line("nobody") is None


@pytest.mark.parametrize(
    ("entry", "rule"),
    [
        ("@artikel{x, title = {A}, evidence_kind = {cohort}}", TYPE_KNOWN),
        ("@misc{x, evidence_kind = {cohort}}", COMPLETE),
        ("@article{x, title = {A}, evidence_kind = {cohort}}", COMPLETE),
        ("@misc{x, title = {A}, title = {B}, evidence_kind = {cohort}}", FIELD_SINGLE),
        ("@misc{x, title = {A}}", KIND_KNOWN),
        ("@misc{x, title = {A}, evidence_kind = {Cohort}}", KIND_KNOWN),
        ("@misc{x, title = {A}, evidence_kind = {cohort}, crossref = {nobody}}", CROSSREF),
        ("@misc{x, title = {A}, evidence_kind = {cohort}, crossref = {x}}", CROSSREF),
    ],
)
def test_an_entry_with_a_fault_is_still_a_work(read: Read, entry: str, rule: str):
    bibliography = read("\n" + entry)
    assert places(bibliography) == [(2, rule)]
    work = bibliography.work("x")
    assert work is not None
    format_reference(work)


def test_a_misspelt_kind_is_answered_with_the_nearest(read: Read):
    (finding,) = read("@misc{x, title = {A}, evidence_kind = {Randomized-Trial}}").examine()
    assert finding.cure == "write randomised-trial"


def test_strings_are_put_in_and_a_bomb_of_them_is_not(read: Read):
    doubling = "".join(f"@string{{s{n} = s{n - 1} # s{n - 1}}}\n" for n in range(1, 60))
    bibliography = read('@string{s0 = "ha"}\n' + doubling + "@misc{x, title = S2, note = s59}\n")
    work = bibliography.work("x")
    assert work is not None
    assert work.title == "ha" * 4
    assert any("expand" in finding.message for finding in bibliography.examine())


def test_a_parent_completes_its_child_but_lends_no_identifier(read: Read):
    bibliography = read(
        "@incollection{child, title = {Part}, crossref = {parent}}\n"
        "@book{parent, title = {Whole}, publisher = {Press}, year = 2020, doi = {10.1000/x}}\n"
    )
    child = bibliography.work("child")
    assert child is not None
    assert format_reference(child).plain == "Part. In: Whole. Press; 2020."


def test_a_parent_is_examined_with_its_child(read: Read):
    bibliography = read(
        "@misc{child, title = {C}, evidence_kind = {cohort}, crossref = {parent}}\n"
        "@misc{parent, title = {P}, evidence_kind = {cohort}, publisher = unheard}\n"
    )
    assert [finding.line for finding in bibliography.examine(["child"])] == [2]


def test_a_ring_of_parents_is_a_finding(read: Read):
    bibliography = read(
        "@misc{a, title = {A}, crossref = {b}}\n@misc{b, title = {B}, crossref = {a}}\n"
    )
    rings = [finding for finding in bibliography.examine() if finding.rule == CROSSREF]
    assert [finding.line for finding in rings] == [1, 2]
    assert "a -> b -> a" in rings[0].message


@pytest.mark.parametrize(
    "names", ["Smith J and Doe, Kim", "Smith, J., Doe, K., Roe, L.", "John Smith III"]
)
def test_names_that_read_differently_from_what_was_meant_are_named(read: Read, names: str):
    bibliography = read(
        f"@misc{{x, title = {{A}}, evidence_kind = {{cohort}}, author = {{{names}}}}}"
    )
    assert places(bibliography) == [(1, READABLE)]


def test_an_unreadable_entry_tells_the_line_of_the_fault(read: Read):
    (finding,) = read("\n@misc{x,\n title = {A}\n year = 2020\n}\n").examine()
    assert (finding.line, finding.rule) == (2, READABLE)
    assert finding.message.endswith("on line 4")


def test_a_merge_that_nobody_settled_is_found_within_a_title_that_can_be_read(read: Read):
    merged = GOOD.replace("{Good}", "{Take\n<<<<<<< HEAD\n5\n=======\n50\n>>>>>>> theirs\nmg}")
    (finding,) = read(merged).findings
    assert (finding.line, finding.rule) == (2, READABLE)
    assert "nobody chose between them; keep what is right of the two sides" in str(finding)


def test_hidden_characters_are_named_once_a_line(read: Read):
    hidden = read("% \u200b\u200b\n%\n% \u202e\n").findings
    assert [finding.line for finding in hidden] == [1, 3]


def test_only_what_is_asked_for_is_examined(read: Read):
    bibliography = read(GOOD + "@misc{bad}\n")
    assert bibliography.examine(["good", "nobody"]) == ()
    assert bibliography.findings == ()
    assert {finding.line for finding in bibliography.examine()} == {2}


def test_fifty_thousand_entries_are_counted():
    data = b"".join(b"@misc{key%d,\n title = {A {MRI} of %d}\n}\n" % (n, n) for n in range(50_000))
    bibliography = read_bibliography(data, "b.bib")
    assert bibliography.entries_in == len(bibliography.keys) == 50_000
    assert bibliography.line("key49999") == 149_998
    last = bibliography.work("key49999")
    assert last is not None
    assert last.title == "A MRI of 49999"


def test_a_file_beyond_all_reason_is_refused_whole():
    bibliography = read_bibliography(b"@misc{a,\n" * 200_001, "b.bib")
    assert bibliography.account() == Account(entries_in=0, entries_out=0, named=0)
    assert [finding.rule for finding in bibliography.findings] == [READABLE]
