"""What counts as a word of a text that waits, wherever it stands in what readers get."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from imprimatur.editorial import State
from imprimatur.gate.plan import Plan, Printed, Withheld
from imprimatur.gate.scan.withheld import Secrets, secrets_of, text_of
from imprimatur.gate.scan.words import APART, EDGE
from imprimatur.manuscript import Digest
from imprimatur.press import Entry
from imprimatur.press.copy import Heading

SOURCE = """\
---
title: Does canarium calm okapis?
summary: A summary of words and no more.
topics: [okapi-care, radiology]
class: general
authors:
  - {name: Demonstration Quagga, affiliation: Nowhere, interests: none}
  - {name: Okapia, affiliation: Nowhere, interests: none}
evidence_through: 2025-02-21
audiences: [clinician]
---

/// answer
Give every okapi of the herd one gramme [see @park2019spinal, p. 3] of it before noon.
///

## Loading by quagga weight

## Zorses ##

The table [is here](the-table-of-zorses.md).
"""
PLAN = Plan(
    commit="b" * 40,
    at=datetime(2026, 11, 26, tzinfo=UTC),
    printed=(),
    withheld=(Withheld(slug="calm-okapis", source=SOURCE.encode(), waits_for=("a review",)),),
    files={},
)
NONE = Secrets(runs=frozenset(), phrases={}, alone=frozenset(), slugs=frozenset())


def kinds(text: str, plan: Plan = PLAN) -> set[str]:
    """The kinds of secrets that a text tells."""
    return {kind for kind, _ in secrets_of(plan).told(text)}


def printed(**said: object) -> Plan:
    """The same plan beside a published article that says this."""
    entry = Entry(slug="other", title="Other", summary="", topics=(), state=State.APPROVED)
    article = Printed(
        slug="other",
        title="Other",
        summary="",
        html="",
        headings=(),
        entry=entry,
        digest=Digest("sha256:" + "a" * 64),
        commit="b" * 40,
        source=b"",
    )
    return replace(PLAN, printed=(replace(article, **said),))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        # Eight words in a row, its citation left out, across a line, in other letters.
        ("They say: GIVE every okapi\nof the herd one gramme of it.", "run"),
        ("okapi of the herd one gramme of it", "run"),
        # Title, a short summary, a person, a long heading: wherever they stand.
        ("We ask: does canarium calm okapis? Soon.", "phrase"),
        ("Here is a summary of words and no more.", "phrase"),
        ("By Demonstration Quagga and others", "phrase"),
        ("See loading by quagga weight below", "phrase"),
        # A topic, a name of one word, a short heading: where nothing stands beside them.
        ("<li>Okapi care</li>", "alone"),
        (f"first{APART}Okapia{APART}last", "alone"),
        ("one line\nZorses\nanother line", "alone"),
        # The address, whole.
        ('<a href="../articles/calm-okapis/">', "slug"),
        ("calm-okapis.html", "slug"),
        ("ARTICLES/CALM-OKAPIS", "slug"),
    ],
)
def test_a_word_of_a_text_that_waits_is_told_wherever_it_stands(text, kind):
    assert kinds(text) == {kind}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nothing of it.",
        "the herd one gramme see park2019spinal p 3 of it",
        "Does canarium calm them?",
        "Loading by weight",
        "The okapi care of Okapia and the Zorses",
        "of it before noon the table the-table-of",
        "very-calm-okapis and calm-okapis-too and calm okapis",
        "articles/calm-okapis-too",
        "Zorses" + " " * 80,
    ],
)
def test_what_others_may_say_too_tells_nothing(text):
    assert kinds(text) == set()


def test_eight_words_in_a_row_are_a_text_and_seven_are_none():
    assert kinds("Give every okapi of the herd one gramme") == {"run"}
    assert kinds("Give every okapi of the herd one") == set()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Does canarium calm okapis?", {"title": "Does canarium calm okapis?"}),
        ("Zorses", {"headings": (Heading(level=2, text="Zorses", id="z", own=False),)}),
        (
            "Okapi care",
            {
                "entry": Entry(
                    slug="other",
                    title="Other",
                    summary="",
                    topics=("Okapi care",),
                    state=State.APPROVED,
                )
            },
        ),
        ("articles/calm-okapis", {"slug": "calm-okapis"}),
    ],
)
def test_what_is_published_too_is_no_secret_and_all_else_stays_one(text, said):
    assert kinds(text) != set()
    assert kinds(text, printed(**said)) == set()
    assert kinds("By Demonstration Quagga and others", printed(**said)) == {"phrase"}


def test_a_summary_of_eight_words_is_told_by_its_words_in_a_row():
    longer = SOURCE.replace("no more.", "none of it.").encode()
    plan = replace(PLAN, withheld=(replace(PLAN.withheld[0], source=longer),))
    assert kinds("A summary of words and none of it.", plan) == {"run"}


def test_of_a_head_that_cannot_be_read_title_and_people_are_told_all_the_same():
    broken = SOURCE.replace("class: general\n", "").encode()
    plan = replace(PLAN, withheld=(replace(PLAN.withheld[0], source=broken),))
    assert kinds("Does canarium calm okapis?", plan) == {"phrase"}


def test_each_kind_of_secret_is_looked_for_also_where_there_is_no_other():
    assert NONE.are_none
    assert NONE.told("calm-okapis") == frozenset()
    all_kinds = secrets_of(PLAN)
    for name, text in (
        ("runs", "okapi of the herd one gramme of it"),
        ("phrases", "Does canarium calm okapis?"),
        ("alone", "Zorses"),
        ("slugs", "calm-okapis"),
    ):
        one = replace(NONE, **{name: getattr(all_kinds, name)})
        assert not one.are_none
        assert len(one.told(text)) == 1, name


def withheld(source: str = SOURCE, slug: str = "calm-okapis") -> Plan:
    """The same plan with another text that waits."""
    return replace(PLAN, withheld=(Withheld(slug=slug, source=source.encode(), waits_for=()),))


@pytest.mark.parametrize(
    ("heading", "text", "kind"),
    [
        ("Doses for zorses", "On doses for zorses and more", {"phrase"}),
        ("Zorse doses", "On zorse doses and more", set()),
        ("Zorse doses", "Zorse doses", {"alone"}),
        ("Zorse doses [@a2019] ##", "Zorse doses", {"alone"}),
        ("?!", "?! —", set()),
    ],
)
def test_a_heading_of_three_words_counts_wherever_it_stands_and_a_shorter_one_alone(
    heading, text, kind
):
    plan = withheld(SOURCE.replace("## Zorses ##", f"   ###### {heading}"))
    assert kinds(f"{text}\n", plan) == kind


@pytest.mark.parametrize("title", ["Okapis", "Calm okapis", "Calm okapis soon"])
def test_a_title_counts_wherever_it_stands_however_short_it_is(title):
    plan = withheld(SOURCE.replace("Does canarium calm okapis?", title))
    assert kinds(f"We ask of {title.lower()} and more.", plan) == {"phrase"}
    assert kinds(f"We ask of {title.lower()[:-1]} and more.", plan) == set()


def test_of_titles_that_begin_alike_each_is_told_from_the_other():
    longer = SOURCE.replace("calm okapis?", "calm okapis or zorses?")
    both = (*withheld(longer, "zorses").withheld, *PLAN.withheld)
    plan = replace(PLAN, withheld=both)
    told = secrets_of(plan).told("Does canarium calm okapis or quaggas?")
    assert told == {("phrase", ("does", "canarium", "calm", "okapis"))}
    told = secrets_of(plan).told(
        "Does canarium calm canaries? Does canarium calm okapis or zorses?"
    )
    assert len(told) == 2


@pytest.mark.parametrize(("blanks", "kind"), [(74, {"alone"}), (75, set())])
def test_a_piece_of_up_to_eighty_signs_may_be_a_heading_alone(blanks, kind):
    assert kinds("Zorses" + " " * blanks) == kind


@pytest.mark.parametrize("edge", ["<", ">", '"', ":", "\n", APART, EDGE])
def test_what_is_alone_may_end_at_any_edge(edge):
    assert kinds(f"some{edge}Zorses{edge}run") == {"alone"}
    assert kinds(f"some{edge}Zorses run") == set()


def test_a_slug_of_one_word_counts_only_as_an_address():
    plan = withheld(slug="okapis")
    assert kinds("The okapis.html of okapis", plan) == set()
    assert kinds("articles/okapis/", plan) == {"slug"}


def test_a_text_is_read_without_its_marks():
    source = (
        b"Take [see @a2019, p. 3] it[^1] [here](x.md) too{: .y }\n"
        b"   /// answer | z\n<b>now</b> &amp; th\xc3\xa9n\n"
    )
    assert text_of(source) == ["take", "it", "here", "too", "now", "thén"]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("title: About zorses and quaggas", "About zorses and quaggas"),
        ("summary: About zorses and quaggas", "About zorses and quaggas"),
        ("  - {name: Demonstration Zorse}", "By Demonstration Zorse"),
        ("  - name: Demonstration Zorse", "By Demonstration Zorse"),
    ],
)
def test_of_a_head_that_cannot_be_read_each_telling_line_counts(line, text):
    plan = withheld(f"---\n{line}\nother: Demonstration Okapi\n---\n")
    assert kinds(text, plan) == {"phrase"}
    assert kinds("Demonstration Okapi", plan) == set()


def test_whoever_withholds_nothing_has_no_secrets():
    assert secrets_of(replace(PLAN, withheld=())) == NONE
