"""Acts lie under their own names, whole and readable, or weigh nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imprimatur.editorial import ActName, FiledAct, Signature
from imprimatur.editorial.files import Files
from imprimatur.editorial.places import RECORDS
from imprimatur.editorial.records import act_name, read_act, read_records
from imprimatur.manuscript import digest_of

if TYPE_CHECKING:
    from pathlib import Path

    from imprimatur.strict import Reading

DIGEST = "sha256:" + "0123456789abcdef" * 4
NAME = "20261123T101512Z-submit-a-author.yml"
PATH = f"{RECORDS}/contrast/{NAME}"
ACT = f"""\
act: submit
site: tests.example
article: contrast
round: 1
manuscript: {DIGEST}
by: a-author
role: author
printed_name: A. Author
meaning: I submit this text for review.
signed_at: '2026-11-23T10:15:12Z'
"""
REVIEW = ACT.replace("act: submit", "act: review") + "decision: approve\n"


def read(text: str | bytes, path: str = PATH) -> Reading[FiledAct]:
    data = text if isinstance(text, bytes) else text.encode()
    return read_act(data, path, signed=False)


def test_an_act_is_read_with_the_digest_of_its_bytes():
    filed = read(ACT).value
    assert filed is not None
    assert filed.act.act is ActName.SUBMIT
    assert filed.digest == digest_of(ACT.encode())
    assert act_name(filed.act) == NAME


def test_a_signature_beside_it_is_not_yet_proof():
    filed = read_act(ACT.encode(), PATH, signed=True).value
    assert filed is not None
    assert filed.signature is Signature.NOT_CHECKED


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("act: submit", "act: approve", 1, "`act` is"),
        ("act: submit", "act: submit\nact: withdraw", 2, "stands twice"),
        ("round: 1", "round: 0", 4, "`round` is 0"),
        ("round: 1", "round: '1'", 4, "`round` is"),
        ("round: 1", "round: yes", 4, "`round` is"),
        (DIGEST, DIGEST.upper(), 5, "`manuscript` is"),
        (DIGEST, "missing", 5, "`manuscript` is"),
        ("by: a-author", "by: \u0430-author", 6, "`by` is"),
        ("by: a-author", "by: a\u2024author", 6, "`by` is"),
        ("role: author", "status: approved\nrole: author", 7, "no known key"),
        ("'2026-11-23T10:15:12Z'", "2026-11-23T10:15:12+00:00", 10, "written in UTC"),
        ("'2026-11-23T10:15:12Z'", "2026-11-23T10:15:12", 10, "written in UTC"),
        ("'2026-11-23T10:15:12Z'", "2026-05-31T23:30:00-08:00", 10, "written in UTC"),
        ("'2026-11-23T10:15:12Z'", "2026-11-31T10:15:12Z", 10, "day is out of range"),
        ("'2026-11-23T10:15:12Z'", "1763892912", 10, "written in UTC"),
        ("'2026-11-23T10:15:12Z'", "'\u0662\u0660\u0662\u0666-11-23T10:15:12Z'", 10, "passes for"),
        ("meaning:", "decision: approve\nmeaning:", 1, "a review has a `decision`, and only"),
        ("printed_name: A. Author", 'printed_name: "A. \\u202eAuthor"', 8, "U+202E"),
        ("round: 1", "<<<<<<< ours\nround: 1", 4, "nobody chose between"),
    ],
)
def test_a_wrong_act_is_refused_with_its_line(old: str, new: str, line: int, says: str):
    reading = read(ACT.replace(old, new))
    assert reading.value is None
    assert [each.line for each in reading.findings] == [line]
    assert says in str(reading.findings[0])


@pytest.mark.parametrize(
    ("text", "is_readable"),
    [
        (REVIEW, True),
        (REVIEW.replace("approve", "revise") + "reason: Why 39%?\n", True),
        (REVIEW.replace("approve", "revise"), False),
        (REVIEW.replace("approve", "reject"), False),
        (REVIEW.replace("approve", "abstain"), False),
        (REVIEW.replace("decision: approve\n", ""), False),
        (ACT.replace("submit\n", "withdraw\n"), False),
        (ACT.replace("submit\n", "withdraw\n") + "reason: A reader was harmed.\n", True),
        (ACT.replace("submit\n", "assign\n"), True),
    ],
)
def test_whoever_does_more_than_submit_assign_or_approve_gives_a_reason(
    text: str, *, is_readable: bool
):
    reading = read(text, PATH.replace("submit", text.split()[1]))
    assert (reading.value is not None) is is_readable
    assert bool(reading.findings) is not is_readable


@pytest.mark.parametrize(
    "path",
    [
        PATH.replace("contrast", "another"),
        PATH.replace("a-author", "b-author"),
        PATH.replace("submit", "review"),
        PATH.replace("20261123", "20251123"),
    ],
    ids=["another article's", "another's", "another act's", "another day's"],
)
def test_an_act_that_was_moved_or_renamed_is_found(path: str):
    findings = read(ACT, path).findings
    assert [each.rule for each in findings] == ["record-is-readable"]
    assert findings[0].path == path


@given(st.binary(max_size=200) | st.text(max_size=99).map(lambda text: (ACT + text).encode()))
def test_no_bytes_raise(data: bytes):
    reading = read(data)
    assert reading.value is not None or reading.findings


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """The folder of one article's records, with one act in it."""
    folder = tmp_path / RECORDS / "contrast"
    folder.mkdir(parents=True)
    (folder / NAME).write_text(ACT)
    return folder


def listed(shelf: Path) -> Reading[tuple[FiledAct, ...]]:
    files = Files(shelf.parents[2])
    return read_records({path: files.read(path) for path in files.under(RECORDS)})


def test_readable_acts_count_and_the_others_are_named(shelf: Path):
    (shelf / NAME.replace("submit", "review")).write_text("nonsense: [")
    reading = listed(shelf)
    assert [each.act.act for each in reading.value or ()] == ["submit"]
    assert [each.path for each in reading.findings] == [PATH.replace("submit", "review")]


@pytest.mark.parametrize(
    "name", ["notes.txt", "review.yml", f"{NAME}.bak", ".hidden", f"{NAME}.sig.sig", "\u0662.yml"]
)
def test_what_is_no_act_does_not_belong_there(shelf: Path, name: str):
    (shelf / name).write_text(ACT)
    (finding,) = listed(shelf).findings
    assert finding.path == f"{RECORDS}/contrast/{name}"
    assert "no act" in finding.message


def test_a_signature_belongs_to_an_act(shelf: Path):
    (shelf / f"{NAME}.sig").write_text("armour")
    assert not listed(shelf).findings
    (shelf / NAME).unlink()
    (finding,) = listed(shelf).findings
    assert "no act beside it" in finding.message


def test_a_link_is_no_act(shelf: Path):
    (shelf / NAME).rename(shelf.parents[1] / "elsewhere.yml")
    (shelf / NAME).symlink_to(shelf.parents[1] / "elsewhere.yml")
    reading = listed(shelf)
    assert reading.value == ()
    assert [each.path for each in reading.findings] == [PATH]


def test_an_act_has_no_more_than_64_kib(shelf: Path):
    for length, is_readable in ((64 * 1024, True), (64 * 1024 + 1, False)):
        text = f"{ACT}# ".ljust(length, "x")
        reading = read(text)
        assert (reading.value is not None) is is_readable
        (shelf / NAME).write_text(text)
        assert len(listed(shelf).findings) == (not is_readable)


CONFLICT = "conflict_of_interest: {declared: true, none: false, statement: Fees.}\n"
LIGHT = f"light: {{since: {DIGEST}, diff: {DIGEST}}}\n"
REVISE = REVIEW.replace("approve", "revise") + "reason: Why 39%?\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (REVIEW + CONFLICT, ""),
        (REVIEW + CONFLICT.replace(", statement: Fees.", ""), "needs a `statement`"),
        (REVIEW + CONFLICT.replace("none: false", "none: true"), "there is no `statement`"),
        (REVIEW + "conflict_of_interest: {declared: true, none: true}\n", ""),
        (REVIEW + "conflict_of_interest: {declared: false, none: false}\n", ""),
        (REVIEW + LIGHT, ""),
        (REVISE, ""),
        (REVISE + LIGHT, "only an approval can be `light`"),
        (ACT + LIGHT, "only an approval can be `light`"),
        (ACT + "successor: another\n", "`supersede` names a `successor`, and only `supersede`"),
        (ACT + "reason: ''\n", "`reason` is"),
        (ACT + f"reason: {'x' * 4000}\n", ""),
        (ACT + f"reason: {'x' * 4001}\n", "`reason` is"),
        (ACT.replace("round: 1", "round: 1000000"), ""),
        *(
            (ACT.replace("submit\n", f"{name}\n") + f"reason: Why.\n{more}", says)
            for name, more, says in (
                ("supersede", "successor: another\n", ""),
                ("supersede", "", "`supersede` names a `successor`"),
                ("withdraw", "", ""),
                *(
                    each
                    for name in ("overrule", "waive", "reinstate")
                    for each in (
                        (name, f"previous: {DIGEST}\n", ""),
                        (name, "", f"`{name}` needs `previous`"),
                    )
                ),
            )
        ),
    ],
)
def test_an_act_is_whole_or_is_none(text: str, says: str):
    reading = read(text, PATH.replace("submit", text.split()[1]))
    assert [says in each.message for each in reading.findings] == ([True] if says else [])
    assert (reading.value is None) is bool(says)


def test_an_act_that_was_moved_and_renamed_is_told_both_with_what_it_is():
    path = f"{RECORDS}/another/20200101T000000Z-submit-a-author.yml"
    findings = read(ACT, path).findings
    assert [(each.path, each.line) for each in findings] == [(path, 0)] * 2
    assert f"by its content this act is named {NAME}" in findings[0].message
    assert "this act is about the article `contrast`" in findings[1].message


def test_what_is_no_act_is_told_and_hides_none_of_the_others(shelf: Path):
    later = NAME.replace("T101512", "T101513")
    text = ACT.replace("10:15:12", "10:15:13")
    (shelf / later).write_text(text)
    (shelf / "a-note.txt").write_text("A note.")
    (shelf / f"{NAME.replace('23T', '22T')}.sig").write_text("armour")
    (shelf / f"{later}.sig").write_text("armour")
    reading = listed(shelf)
    assert [each.path for each in reading.findings] == [
        f"{RECORDS}/contrast/{NAME.replace('23T', '22T')}.sig",
        f"{RECORDS}/contrast/a-note.txt",
    ]
    assert {each.rule for each in reading.findings} == {"record-is-readable"}
    assert [each.signature for each in reading.value or ()] == [
        Signature.ABSENT,
        Signature.NOT_CHECKED,
    ]
    assert reading.value
    assert reading.value[1].seal.fault == "nobody examined its signature"
