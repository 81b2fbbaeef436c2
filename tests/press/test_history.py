"""What a reader is told of acts that real people of a demonstration signed and merged."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from lxml import html as lxml_html

from boards import BoardSite
from imprimatur.gate import copy_of
from imprimatur.manuscript import word_diff
from imprimatur.press import print_copy
from imprimatur.press.history import _ended

REVIEWERS = ("demo-one", "demo-two")


def words(moment: datetime) -> str:
    """A date as a page writes it."""
    return f"{moment.day} {moment:%B %Y}"


class Reader:
    """Whoever reads the article of a site with a board of three people."""

    def __init__(self, board: BoardSite) -> None:
        self.board = board

    def page(self):
        """The article as it would be printed now."""
        now = datetime.now(tz=UTC).replace(microsecond=0) + timedelta(seconds=2)
        found = copy_of(self.board.repository(), "contrast", now)
        assert found is not None, "the manuscript of this test is unreadable"
        return lxml_html.fragment_fromstring(print_copy(found, directories=False).html)

    def acts(self) -> list[str]:
        """The acts of the folded review history, in their order."""
        listed = self.page().xpath("//*[@class='imp-history']//li")
        return [" ".join(each.text_content().split()) for each in listed]

    def reviewers(self) -> str:
        """What stands where the reviewers are named."""
        return " ".join(self.page().xpath("string(//*[@class='imp-reviewers'])").split())


@pytest.fixture
def reader(site, keys) -> Reader:
    """A reader of a site with two reviewers and an editor."""
    board = BoardSite(site, keys)
    board.appoint(*REVIEWERS)
    board.appoint("demo-editor", roles=["editor"])
    return Reader(board)


def lightly_edited(board: BoardSite) -> dict[str, object]:
    """Edit the approved text so little that a light review suffices; gives what it says."""
    before = board.repository().subject("contrast")
    board.edit("compared the tests", "compared tests")
    board.submit()
    board.commit()
    after = board.repository().subject("contrast")
    diff = word_diff(before.text, after.text).digest
    return {"light": {"since": before.manifest.digest, "diff": diff}}


def test_an_approval_is_told_with_its_verified_signature_and_how_to_check_it(reader):
    reader.board.approved(*REVIEWERS)
    submitted, one, two = reader.acts()
    assert submitted.startswith("Submitted for review by Some Contributor, round")
    assert "Not signed." in submitted
    assert one.startswith("Reviewed: approve by Demonstration Demo One (reviewer), round 1, ")
    assert "Signature verified." in one
    assert "Signature verified." in two
    assert not any("count" in told for told in (submitted, one, two))
    shown = reader.page().xpath("//*[@class='imp-history']//code/text()")
    assert "imprimatur verify contrast" in shown


def test_a_submission_which_anybody_may_write_puts_no_words_on_the_page(reader):
    reader.board.approved(*REVIEWERS)
    words = {"printed_name": "Take 50 mg a day", "meaning": "Take 50 mg."}
    words |= {"reason": "50 mg it is.", "role": "take-50-mg"}
    reader.board.act("submit", "nobody-known", **words)
    reader.board.commit()
    assert "50 mg" not in reader.page().text_content()
    assert "by somebody whom the board does not know, round 2, " in reader.acts()[-1]


def test_an_act_is_dated_by_its_arrival_and_not_by_what_its_signer_says(reader):
    long_ago = datetime.now(tz=UTC) - timedelta(days=40)
    reader.board.submit()
    reader.board.commit()
    reader.board.act("review", "demo-one", signed_at=long_ago)
    reader.board.commit()
    told = reader.acts()[-1]
    assert words(datetime.now(tz=UTC)) in told
    assert words(long_ago) not in told
    assert "by its own account" not in told


def test_acts_stand_in_the_order_in_which_they_arrived(reader):
    reader.board.submit()
    reader.board.commit()
    reader.board.act("assign", "demo-editor", reviewers=REVIEWERS)
    reader.board.commit()
    early = datetime.now(tz=UTC) - timedelta(days=40)
    reader.board.act("review", "demo-one", signed_at=early)
    reader.board.commit()
    assert [told.split(" by ")[0] for told in reader.acts()] == [
        "Submitted for review",
        "Reviewers assigned",
        "Reviewed: approve",
    ]


def test_the_date_of_an_act_that_was_not_merged_yet_is_told_as_its_own_claim(reader):
    yesterday = datetime.now(tz=UTC) - timedelta(days=1)
    reader.board.submit()
    reader.board.commit()
    reader.board.act("review", "demo-one", signed_at=yesterday)
    submitted, review = reader.acts()
    assert f"{words(yesterday)} by its own account. Signature verified." in review
    assert "by its own account" not in submitted


def test_what_would_be_approved_once_merged_is_shown_to_readers_as_not_approved(reader):
    reader.board.submit()
    reader.board.commit()
    for each in REVIEWERS:
        reader.board.act("review", each)
    page = reader.page()
    assert page.get("data-standing") == "under-review"
    assert "It is not approved." in page.xpath("string(//*[@class='imp-caution'])")
    assert "would be" not in page.text_content()


def test_a_review_that_was_changed_after_it_was_signed_is_told_to_prove_nothing(reader):
    reader.board.approved("demo-one")
    path = reader.board.act("review", "demo-two")
    path.write_text(path.read_text().replace("I review this.", "I approve of this."))
    reader.board.commit()
    told = reader.acts()[-1]
    assert "Signature not valid. Nothing proves this, and it does not count: " in told
    assert told.count("..") == 0
    assert "`" not in told


def test_a_review_without_a_signature_names_its_fault_beside_it_and_beside_no_other(reader):
    reader.board.approved("demo-one")
    reader.board.act("review", "demo-two", key=None)
    reader.board.commit()
    *others, told = reader.acts()
    assert "Not signed. Nothing proves this, and it does not count: it is not signed" in told
    assert not any("does not count" in each for each in others)


def test_a_review_signed_with_a_key_of_somebody_else_is_not_called_verified(reader):
    reader.board.approved("demo-one")
    reader.board.act("review", "demo-two", key="demo-stranger")
    reader.board.commit()
    *others, told = reader.acts()
    assert "Signature verified." not in told
    assert "Nothing proves this, and it does not count: it is signed with a key that" in told
    assert "Signature verified." in others[-1]


def test_an_act_is_told_under_the_name_that_the_board_knows_and_not_the_one_it_gives(reader):
    reader.board.approved("demo-one")
    reader.board.act("review", "demo-two", printed_name="Demonstration Somebody Famous")
    reader.board.commit()
    assert reader.acts()[-1].startswith("Reviewed: approve by Demonstration Demo Two (reviewer)")
    assert "Famous" not in reader.page().text_content()


def test_an_act_that_nothing_proves_is_told_under_no_name_of_a_member(reader):
    reader.board.approved("demo-one")
    reader.board.act("review", "demo-two", printed_name="Demonstration Forger", key="demo-one")
    reader.board.commit()
    assert reader.acts()[-1].startswith("Reviewed: approve by Demonstration Forger (reviewer)")


def test_an_approval_by_somebody_who_changed_the_text_says_why_it_does_not_count(reader):
    reader.board.edit("compared the tests", "weighed the tests")
    reader.board.commit("demo-two")
    reader.board.approved(*REVIEWERS)
    told = reader.acts()[-1]
    assert "Signature verified. This does not count: demo-two changed the text" in told
    assert "demo-two" in reader.page().xpath("//*[@class='imp-history']//li/code/text()")
    assert "Demonstration Demo Two" not in reader.reviewers()


def test_an_objection_of_somebody_who_was_removed_is_told_to_stand_and_for_nothing_else(reader):
    reader.board.submit()
    reader.board.commit()
    reader.board.act("review", "demo-two", decision="reject")
    reader.board.commit()
    del reader.board.people["demo-two"]
    reader.board.write_board()
    reader.board.commit()
    told = reader.acts()[-1]
    assert (
        "This counts as an objection and for nothing else: demo-two is no longer on the board."
    ) in told
    assert "does not count" not in told


def test_a_small_edit_is_told_after_the_reviewers_with_who_checked_it_and_when(reader):
    reader.board.approved(*REVIEWERS)
    small = lightly_edited(reader.board)
    reader.board.act("review", "demo-one", **small)
    reader.board.commit()
    page = reader.page()
    assert page.get("data-standing") == "approved"
    today = words(datetime.now(tz=UTC))
    assert reader.reviewers().endswith(
        f"A small edit since then was checked by Demonstration Demo One, {today}."
    )
    assert reader.reviewers().count("small edit") == 1
    assert reader.acts()[-1].startswith("Small edit reviewed: approve by Demonstration Demo One")


def test_where_no_edit_was_made_no_small_edit_is_told(reader):
    reader.board.approved(*REVIEWERS)
    assert "edit" not in reader.reviewers()


def test_a_text_whose_approvals_were_revoked_is_told_to_be_approved_no_longer(reader):
    reader.board.approved(*REVIEWERS)
    reader.board.appoint(*REVIEWERS, revoked_from="2021-01-01T00:00:00Z")
    page = reader.page()
    assert page.get("data-standing") == "lapsed"
    assert "An approval was given, and has ended." in page.text_content()
    assert reader.reviewers() == "An approval was given once. None counts for this text now."
    assert page.xpath("string(//*[@class='imp-date--reviewed'])") == "no longer counts"
    assert all("This does not count: demo-" in told for told in reader.acts()[1:])


def told(reader: Reader) -> str:
    """What the notice says."""
    return " ".join(reader.page().xpath("string(//*[@class='imp-notice'])").split())


def test_a_retraction_is_told_with_both_who_made_it_and_both_reasons(reader):
    board = reader.board
    board.appoint("demo-chief", roles=["editor-in-chief"])
    board.approved(*REVIEWERS)
    board.act("retract", "demo-editor", reason="The data were made up.")
    board.commit()
    assert "Reason: The data were made up." in told(reader), "withdrawn, until a second one agrees"
    board.act("retract", "demo-chief", reason="Agreed.")
    board.commit()
    today = words(datetime.now(tz=UTC))
    said = told(reader)
    assert said.startswith("This article was retracted")
    assert said.endswith(
        "Reason: The data were made up.By Demonstration Demo Editor (editor) on "
        f"{today}.Reason: Agreed.By Demonstration Demo Chief (editor in chief) on {today}."
    )


def test_a_retraction_is_told_with_nobody_whose_own_was_answered_or_counts_for_nothing(reader):
    board = reader.board
    board.appoint("demo-chief", roles=["editor-in-chief"])
    board.appoint("demo-third", roles=["editor"])
    board.approved(*REVIEWERS)
    board.act("retract", "demo-editor", reason="It was a mistake.")
    board.commit()
    board.act("reinstate", "demo-chief", reason="It was none.")
    board.commit()
    board.act("retract", "demo-third", reason="Forged.", key="demo-one")
    board.act("retract", "demo-chief", reason="I looked again.")
    board.commit()
    board.act("retract", "demo-chief", reason="I looked once more.")
    board.commit()
    assert told(reader).startswith("This article was withdrawn")
    board.act("retract", "demo-editor", reason="I said so.")
    board.commit()
    board.act("retract", "demo-third", reason="Too late to be needed.")
    board.commit()
    said = told(reader)
    assert said.startswith("This article was retracted")
    assert [each.split(".By")[0] for each in said.split("Reason: ")[1:]] == [
        "I looked once more",
        "I said so",
    ]


@pytest.mark.parametrize(
    ("reason", "printed"),
    [
        ("Small holding", "Small holding."),
        ("Risen by 10%", "Risen by 10%."),
        ("See table 3 (dose)", "See table 3 (dose)."),
        ("A wrong dose.", "A wrong dose."),
        ("Who says so?", "Who says so?"),
        ("\u7b54\u6848\u9519\u4e86\u3002", "\u7b54\u6848\u9519\u4e86\u3002"),
    ],
)
def test_a_reason_ends_as_a_sentence_before_our_own_words_follow(reason, printed):
    assert _ended(reason) == printed
