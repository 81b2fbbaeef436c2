"""What an edit changes, its word diff, and whether it is so harmless that it weighs little."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imprimatur.bibliography import read_bibliography
from imprimatur.manuscript import (
    Text,
    WordDiff,
    changed_parts,
    manifest_of,
    read_manuscript,
    text_of,
    weigh,
    word_diff,
)
from imprimatur.manuscript.word_diff import sections
from imprimatur.manuscript.words import SPELLINGS, kind_of, one_form, turns

HEAD = """\
---
title: Does contrast help to find spinal metastases?
summary: What one study found.
topics: [radiology]
class: general
authors:
  - {name: Demonstration author, affiliation: Nowhere, interests: none}
evidence_through: 2025-02-21
audiences: [clinician]
---
"""

WORKS = """\
@article{park2019spinal, evidence_kind = {diagnostic-study}, author = {Park, C.},
  title = {Diagnosis of spinal metastasis}, journal = {Clin Imaging}, year = 2019}
@article{liu2017vertebral, evidence_kind = {systematic-review}, author = {Liu, T.},
  title = {Detection}, journal = {J Cancer Res}, year = 2017}
"""

BODY = """
/// answer
The scan showed the tumour in 39% of 102 patients [@park2019spinal]. Teh dose was 5 mg once daily.
///

## What the study found

/// evidence | research
Patients with hypertension recieve a dye before the scan, and pain in the left leg may follow.
It is not safe below 30 mL/min. The team gave aspirin, heparin and warfarin to a few patients.

- The dye is a liquid
- Contrast shows tumours

| Test | Found |
|---|---|
| Scan | 39 |

![The spine](../assets/spine.png) shows the bone.

See the [report](https://example.org/the) and @liu2017vertebral [p. 3] for the rest.
///

/// audience | patient
The dye goes into a vein. It helps the doctor to see a tumour.
Your doctor said “stay calm” and these are the words.
///

/// safety
Call the emergency number if the pain gets worse.
///

    the code

The end of the text
"""

FILES = {"docs/assets/spine.png": b"pixels"}


def text(
    body: str = BODY,
    head: str = HEAD,
    works: str = WORKS,
    path: str = "docs/articles/contrast.md",
    spine: bytes | None = b"pixels",
) -> Text:
    manuscript = read_manuscript((head + body).encode(), path).value
    assert manuscript is not None
    bibliography = read_bibliography(works.encode(), "b.bib")
    manifest = manifest_of(manuscript, bibliography, lambda _: spine)
    return text_of(manuscript, bibliography, manifest)


def edited(old: str, new: str) -> Text:
    assert BODY.count(old) == 1, f"{old!r} stands in the body {BODY.count(old)} times"
    return text(BODY.replace(old, new))


LIGHT = [
    ("a typo that is no word", "Teh dose", "The dose"),
    ("a typo within a sentence", "recieve a", "receive a"),
    ("a second spelling", "showed the tumour", "showed the tumor"),
    ("one spelling in the plural", "Contrast shows tumours", "Contrast shows tumors"),
    ("an article for another", "recieve a dye", "recieve the dye"),
    ("an article added", "Patients with hypertension", "Patients with the hypertension"),
    ("an article taken away", "end of the text", "end of text"),
    ("an article doubled", "for the rest", "for the the rest"),
    ("singular for plural of a small verb", "these are the", "these is the"),
    ("this for these", "these are the", "this are the"),
    ("a line broken in two", "showed the tumour", "showed the\ntumour"),
    ("two lines joined", "tumour.\nYour", "tumour. Your"),
    ("a line broken between a number and its unit", "was 5 mg", "was 5\nmg"),
    ("a space that does not break", "was 5 mg", "was 5\u00a0mg"),
    ("a second blank", "goes into", "goes  into"),
    ("a line broken before a citation", "patients [@park", "patients\n[@park"),
    ("a blank before a stop", "into a vein.", "into a vein ."),
    ("straight quotation marks", "“stay calm”", '"stay calm"'),
    ("a full stop at the end", "The end of the text", "The end of the text."),
    ("a full stop at the end of a list item", "a liquid", "a liquid."),
    ("a list item's article", "dye is a liquid", "dye is the liquid"),
    ("an article of the patient's passage", "to see a tumour", "to see the tumour"),
    ("a line end at the end of the file", "of the text\n", "of the text\n\n"),
]

HEAVY = [
    ("a dose", "5 mg", "50 mg", "a number was touched: 5 → 50"),
    ("a percentage", "39% of", "93% of", "a number was touched: 39 → 93"),
    ("a number's blank", "was 5 mg", "was 5mg", "a number was touched: 5 mg → 5mg"),
    ("a decimal point", "30 mL", "3.0 mL", "a number was touched: 30 → 3 . 0"),
    ("a unit", "5 mg", "5 mcg", "a unit was touched: mg → mcg"),
    ("a unit's case", "5 mg", "5 Mg", "a unit was touched: mg → Mg"),
    ("a unit of time", "mL/min", "mL/h", "a unit was touched: min → h"),
    ("a percent sign", "39% of", "39 of", "a unit was taken away: %"),
    ("a rate's stroke", "mL/min", "mL min", "a number was taken away: /"),
    ("how often", "once daily", "twice daily", "a number was touched: once → twice"),
    ("how often, again", "once daily", "once weekly", "touched: daily → weekly"),
    ("a disease turned round", "hypertension", "hypotension", "the first part of a word was touch"),
    ("a disease in the plural", "tumour.\n", "tumours.\n", "a word was touched: tumour → tumours"),
    ("a drug's typo", "aspirin", "asprin", "a word was touched: aspirin → asprin"),
    ("a drug's case", "aspirin", "Aspirin", "a word was touched: aspirin → Aspirin"),
    ("a drug for another", "heparin", "heparan", "a word was touched: heparin → heparan"),
    ("un- put before", "stay calm", "stay uncalm", "the first part of a word was touched"),
    ("not added", "helps the", "does not help the", "a negation was touched"),
    ("not taken away", "is not safe", "is safe", "a negation was taken away: not"),
    ("with for without", "Patients with", "Patients without", "a negation was touched"),
    ("may for must", "leg may", "leg must", "a word of duty or doubt was touched: may → must"),
    ("must added", "The dye goes", "The dye must go", "a word of duty or doubt was touched"),
    ("and for or", "heparin and", "heparin or", "a condition was touched: and → or"),
    ("a condition", "if the pain", "when the pain", "the safety passage was touched"),
    ("left for right", "left leg", "right leg", "a direction was touched: left → right"),
    ("before for after", "before the", "after the", "a word of time was touched: before → after"),
    ("into for from", "into a vein", "from a vein", "a direction was touched: into → from"),
    ("below for above", "below 30", "above 30", "a comparison was touched: below → above"),
    ("a few for few", "to a few", "to few", "an article (a) was touched beside a comparison: few"),
    ("the for a, beside few", "to a few", "to the few", "beside a comparison: few"),
    ("a comma of a list of drugs", "aspirin, heparin", "aspirin heparin", "punctuation was taken"),
    ("a comma moved", "aspirin, heparin and", "aspirin heparin, and", "punctuation was"),
    ("a comma added", "gave aspirin", "gave, aspirin", "punctuation was added: ,"),
    ("a full stop for a comma", "scan, and", "scan. And", "touched"),
    ("a question mark", "of the text", "of the text?", "punctuation was added: ?"),
    ("a full stop after a number", "is a liquid", "is 5.", "a number was"),
    ("a blank taken out of a word", "stay calm", "staycalm", "a word was touched"),
    ("a blank before a stop, beside a table's word", "daily.", "daily .", "a blank was added or t"),
    ("a word added", "showed the tumour", "showed the big tumour", "a word was added: big"),
    ("a word taken away", "The team gave", "The gave", "a word was taken away: team"),
    ("a preposition for another", "goes into", "goes onto", "a direction was touched"),
    ("he for she", "Your doctor", "His doctor", "a word was touched: Your → His"),
    ("words that change places", "heparin and warfarin", "warfarin and heparin", "a condition was"),
    ("a sentence added", "into a vein.", "into a vein. It burns.", "a word was added: burns . It"),
    ("a sentence taken away", "It helps the doctor to see a tumour.", "", "was taken away"),
    ("emphasis added", "stay calm", "stay **calm**", "an emphasis mark was added"),
    ("a typo of a heading", "the study found", "teh study found", "a heading was touched"),
    ("a heading's level", "## What", "### What", "a heading was touched"),
    ("a heading underlined", "of the text\n", "of the text\n===\n", "a heading was touched"),
    ("a table's cell", "| Scan | 39 |", "| A scan | 39 |", "a table was touched"),
    ("a list mark", "- Contrast", "1. Contrast", "a list mark was touched"),
    ("an article after a list mark", "- The dye", "-  The dye", "a list mark was touched"),
    ("a paragraph parted", "30 mL/min. ", "30 mL/min.\n\n", "a paragraph was added, removed, part"),
    ("paragraphs joined", "warfarin to a few patients.\n\n-", "warfarin to a few patients.\n-", ""),
    ("a block mark's kind", "/// audience | patient", "/// audience | clinician", "a block mark w"),
    ("a block mark moved", "///\n\n/// safety\nCall the", "Call the", "a block mark was touched"),
    ("a block mark below its text", "vein. It helps", "vein.\n///\nIt helps", "a block mark was"),
    ("an article of the safety passage", "if the pain", "if pain", "the safety passage was touche"),
    ("a blank of the safety passage", "Call the", "Call  the", "the safety passage was touched"),
    ("an article of the code", "    the code", "    a code", "was touched"),
    ("inline code", "of the text", "of `the` text", "code or a special mark was touched"),
    ("a fence around it", "The end of the text", "```\nThe end\n```", "code was touched"),
    ("a citation added", "a liquid", "a liquid [@park2019spinal]", "a citation, link, image or ad"),
    ("a citation's place", "[p. 3]", "[p. 4]", "a citation, link, image or address was touched"),
    ("another work cited", "[@park2019spinal]", "[@liu2017vertebral]", "a reference was touched"),
    ("a blank within a citation", "[p. 3]", "[p.  3]", "a citation, link, image or address was"),
    ("a blank before its place", "vertebral [p.", "vertebral\u00a0[p.", "a blank was touched betw"),
    ("a link's address", "example.org/the", "example.org/a", "a citation, link, image or address"),
    ("a link's words", "[report]", "[the report]", "a citation, link, image or address was touche"),
    ("an image's words", "![The spine]", "![A spine]", "was touched"),
    ("another image", "spine.png", "chest.png", "an image was touched: docs/assets/chest.png"),
    ("a footnote", "a liquid", "a liquid[^1]", "a citation, link, image or address was added"),
    ("raw HTML", "The end of", "<div>The end of", "raw HTML was touched"),
    ("a comment", "The end of", "<!-- x --> The end of", "raw HTML was touched"),
    ("a forced line break", "goes into", "goes  \ninto", "a forced line break was touched"),
    ("a bracket that stays open", "goes into", "goes [into", "was touched"),
    ("A of a blood group", "see a tumour", "see A tumour", "a letter that stands alone was added"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), [row[1:] for row in LIGHT], ids=[row[0] for row in LIGHT])
def test_a_harmless_edit_is_light(old: str, new: str):
    assert text() != edited(old, new)
    assert weigh(text(), edited(old, new)).reasons == ()


@pytest.mark.parametrize(("old", "new"), [row[1:] for row in LIGHT], ids=[row[0] for row in LIGHT])
def test_a_light_edit_is_as_light_when_it_is_taken_back(old: str, new: str):
    assert weigh(edited(old, new), text()).is_light


@pytest.mark.parametrize(
    ("old", "new", "reason"), [row[1:] for row in HEAVY], ids=[row[0] for row in HEAVY]
)
def test_an_edit_that_may_bear_on_care_is_heavy_and_says_why(old: str, new: str, reason: str):
    weight = weigh(text(), edited(old, new))
    assert not weight.is_light
    assert reason in "; ".join(weight.reasons)


@pytest.mark.parametrize(("old", "new"), [row[1:3] for row in HEAVY], ids=[row[0] for row in HEAVY])
def test_a_heavy_edit_is_as_heavy_when_it_is_taken_back(old: str, new: str):
    assert not weigh(edited(old, new), text()).is_light


def test_a_blank_taken_out_that_makes_an_entity_is_heavy():
    one, other = (replace(text(), body=f"Pain &alpha{each} in it\n") for each in (" ;", ";"))
    assert weigh(one, other).reasons == ("a blank was added or taken away between alpha and ;",)


def test_no_edit_at_all_is_light_and_shows_nothing():
    assert weigh(text(), text()).is_light
    assert word_diff(text(), text()) == WordDiff(hunks=())
    assert changed_parts(text(), text()) == ()


@pytest.mark.parametrize(
    ("other", "changed", "reason"),
    [
        (
            text(head=HEAD.replace("Does contrast", "Why does contrast")),
            "front matter (title)",
            "the title was touched",
        ),
        (
            text(head=HEAD.replace("02-21", "02-22").replace("What one", "What the")),
            "front matter (summary, evidence_through)",
            "the summary was touched",
        ),
        (
            text(works=WORKS.replace("year = 2019", "year = 2020")),
            "reference park2019spinal (year 2019 → 2020)",
            "a reference was touched: park2019spinal",
        ),
        (
            text(works=WORKS.replace("year = 2019", "year = 2019, volume = {3}")),
            "reference park2019spinal (volume 3 added)",
            "a reference was touched: park2019spinal",
        ),
        (
            text(works=WORKS.replace("Diagnosis of", "A very long account of the diagnosis of")),
            "reference park2019spinal (title)",
            "a reference was touched: park2019spinal",
        ),
        (
            text(spine=b"other pixels"),
            "image docs/assets/spine.png",
            "an image was touched: docs/assets/spine.png",
        ),
        (
            text(spine=None),
            "image docs/assets/spine.png (not in the repository any more)",
            "an image was touched: docs/assets/spine.png",
        ),
    ],
)
def test_a_change_outside_the_body_is_named_and_heavy(other: Text, changed: str, reason: str):
    assert changed_parts(text(), other) == (changed,)
    assert reason in weigh(text(), other).reasons
    assert word_diff(text(), other).hunks


def test_a_move_to_another_path_is_named_and_heavy():
    other = text(path="docs/articles/other.md")
    assert changed_parts(text(), other) == (
        "path (docs/articles/contrast.md → docs/articles/other.md)",
    )
    assert weigh(text(), other).reasons == ("the path was touched",)


def test_what_is_no_longer_and_what_is_now_cited_and_shown_is_named():
    body = BODY.replace("[@park2019spinal]", "").replace("spine.png", "chest.png")
    assert changed_parts(text(), text(body)) == (
        "body",
        "reference park2019spinal (no longer cited)",
        "image docs/assets/chest.png (now shown)",
        "image docs/assets/spine.png (no longer shown)",
    )
    assert "reference park2019spinal (now cited)" in changed_parts(text(body), text())


def test_a_part_that_only_its_digest_tells_apart_is_changed_and_heavy():
    for part in text().parts:
        other = replace(text(), parts={**text().parts, part: "sha256:0"})
        assert not weigh(text(), other).is_light


def test_a_hunk_shows_the_words_their_line_in_the_file_and_a_few_words_around():
    (hunk,) = word_diff(text(), edited("5 mg once", "50 mg once")).hunks
    assert (hunk.part, hunk.removed, hunk.added) == ("body", "5 ", "50 ")
    assert hunk.before == "patients [@park2019spinal]. Teh dose was"
    assert hunk.after == "mg once daily. /// ##"
    assert (HEAD + BODY).split("\n")[hunk.line - 1].startswith("The scan showed")


def test_a_comment_in_the_head_moves_the_lines_and_not_what_is_signed():
    head = HEAD.replace("class: general", "class: general\n# a note")
    new = BODY.replace("5 mg", "50 mg")
    diff, moved = word_diff(text(), text(new)), word_diff(text(), text(new, head=head))
    assert moved.digest == diff.digest
    assert moved.hunks[0].line == diff.hunks[0].line + 1


def test_another_diff_has_another_digest():
    news = ("50 mg", "5 g", "5\u00a0mg", "5\nmg", "5 mg,", "5 mg")
    digests = {word_diff(text(), edited("5 mg", new)).digest for new in news}
    assert len(digests) == len(news)


def applied(old: Text, diff: WordDiff) -> dict[str, str]:
    """The parts of a text with a diff applied; those that are left empty are gone."""
    found: dict[str, list[str]] = {}
    places: dict[str, int] = {}
    parts = sections(old)
    for hunk in diff.hunks:
        part, place = parts.get(hunk.part, ""), places.get(hunk.part, 0)
        places[hunk.part] = hunk.start + len(hunk.removed)
        assert part[hunk.start : places[hunk.part]] == hunk.removed
        found.setdefault(hunk.part, []).extend([part[place : hunk.start], hunk.added])
    rest = {name: part[places.get(name, 0) :] for name, part in parts.items()}
    return whole(
        {name: "".join(found.get(name, [])) + rest.get(name, "") for name in {*parts, *found}}
    )


def whole(parts: dict[str, str]) -> dict[str, str]:
    return {name: part for name, part in parts.items() if part}


SIGNS = st.text(st.sampled_from(list("ab. \n\u00a0,5-")), max_size=60)


@given(SIGNS, SIGNS)
def test_a_diff_shows_every_change_and_applied_to_the_old_gives_the_new(one: str, other: str):
    old, new = replace(text(), body=one), replace(text(), body=other)
    assert applied(old, word_diff(old, new)) == whole(sections(new))
    assert word_diff(old, new) == word_diff(old, new)
    assert bool(word_diff(old, new).hunks) == (one != other)


@pytest.mark.parametrize(
    "new",
    [
        BODY.replace("the", "a"),
        BODY.replace("\n", "\n\n"),
        BODY.replace("\n", " "),
        BODY.upper(),
        "",
        BODY + BODY,
        BODY[::-1],
    ],
    ids=["words", "more lines", "one line", "capitals", "empty", "twice", "backwards"],
)
def test_a_diff_of_a_whole_article_applied_to_the_old_gives_the_new(new: str):
    other = replace(text(), body=new, path="x.md", front={"title": "X"}, references={})
    assert applied(text(), word_diff(text(), other)) == whole(sections(other))


def test_the_diff_is_of_words_not_of_whole_lines():
    new = BODY.replace("5 mg", "50 mg").replace("39% of", "93% of").replace("calm", "quiet")
    hunks = word_diff(text(), text(new)).hunks
    assert [(one.removed.strip(), one.added.strip()) for one in hunks] == [
        ("39", "93"),
        ("5", "50"),
        ("calm", "quiet"),
    ]


EDITS = [*LIGHT, *(row[:3] for row in HEAVY)]


def passage(name: str, old: str) -> int:
    """Which blank-line passage of the body an edit stands in."""
    assert name
    return BODY[: BODY.index(old)].count("\n\n")


PAIRS = [
    (one, other)
    for one, other in combinations(EDITS, 2)
    if passage(*one[:2]) != passage(*other[:2])
    and BODY.replace(*one[1:]).count(other[1]) == 1
    and BODY.replace(*other[1:]).count(one[1]) == 1
]


@given(st.sampled_from(PAIRS))
def test_two_edits_in_different_passages_are_never_lighter_together(pair):
    (_, old, new), (_, other_old, other_new) = pair
    both = weigh(text(), text(BODY.replace(old, new).replace(other_old, other_new)))
    apart = weigh(text(), edited(old, new)), weigh(text(), edited(other_old, other_new))
    assert both.is_light == (apart[0].is_light and apart[1].is_light)


WORDS = st.sampled_from(
    ("the", "a", "not", "few", "5", "mg", "pain", "teh", ",", ".", "is", "are", "(", "**", "[@x]")
)
PARAGRAPH = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)


@given(PARAGRAPH, PARAGRAPH, PARAGRAPH, PARAGRAPH)
def test_made_up_edits_of_two_paragraphs_are_never_lighter_together(a, b, c, d):
    before = replace(text(), body=f"Pain {a}\n\nPain {b}\n")
    first = replace(text(), body=f"Pain {c}\n\nPain {b}\n")
    second = replace(text(), body=f"Pain {a}\n\nPain {d}\n")
    both = replace(text(), body=f"Pain {c}\n\nPain {d}\n")
    lights = weigh(before, first).is_light, weigh(before, second).is_light
    assert weigh(before, both).is_light == all(lights)


@given(PARAGRAPH, PARAGRAPH)
def test_no_light_edit_adds_or_takes_a_word_that_is_no_article(a, b):
    kept = [
        [
            word
            for word in each.replace("teh", "the").replace("are", "is").split()
            if word not in "the a"
        ]
        for each in (a, b)
    ]
    one, other = (replace(text(), body=f"Pain {each}\n") for each in (a, b))
    if weigh(one, other).is_light:
        assert [w for w in kept[0] if w != "."] == [w for w in kept[1] if w != "."]
        assert a.count("not") == b.count("not")


def test_every_spelling_mended_is_harmless_and_every_table_word_stays_as_it_is():
    for wrong, right in SPELLINGS.items():
        assert not kind_of(wrong), wrong
        assert not kind_of(right), right
        assert right not in SPELLINGS
        assert not turns(wrong, right), wrong
    for word in ("mg", "not", "don\u2019t", "few", "left", "half", "5\u2019", "II", "\u00b5g"):
        assert kind_of(word)
        assert one_form(word) == word


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("½", "a number"),
        ("IV", "a number"),
        ("twenty-one", "a number"),
        ("mg", "a unit"),
        ("mL", "a unit"),
        ("μg", "a unit"),
        ("≥", "a comparison"),
        ("Without", "a negation"),
        ("doesn\u2019t", "a negation"),
        ("non-drug", "a negation"),
        ("cannot", "a negation"),
        ("MUST", "a word of duty or doubt"),
        ("B", "a letter that stands alone"),
        ("spine", ""),
        ("image", ""),
    ],
)
def test_words_on_which_care_can_turn_are_known_by_what_they_are(word: str, kind: str):
    assert kind_of(word) == kind


LONG = "Pain in the spine was seen in 39 of 102 patients, and the scan showed a tumour.\n"
COUNT = 12_000


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (LONG * COUNT, LONG.replace("Pain", "Ache") * COUNT),
        ("a\n" * 500_000, "a\n\n" * 333_000),
        ("teh b " * 160_000, "b the a " * 120_000),
        ("[" * 1_000_000, "[]" * 500_000),
    ],
    ids=["a word a line", "only line breaks", "two words", "brackets"],
)
def test_a_text_of_a_million_signs_changed_everywhere_takes_seconds(old: str, new: str):
    one, other = replace(text(), body=old), replace(text(), body=new)
    started = time.process_time()
    diff = word_diff(one, other)
    assert time.process_time() - started < 10
    weigh(one, other)
    assert time.process_time() - started < 30
    assert applied(one, diff)["body"] == new
