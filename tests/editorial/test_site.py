"""The site's own files are approved by one editor, exactly as they are listed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from boards import BoardSite
from cases import NOW, OTHER, POLICY, START, TEXT, Story, proposed, without
from imprimatur.editorial import Repository, Seal, Signature
from imprimatur.editorial.cache import NO_CACHE
from imprimatur.editorial.site_list import (
    SiteChange,
    is_site_path,
    site_change,
    site_digest,
    site_digests,
    site_list_text,
)
from imprimatur.editorial.site_record import past_site, read_site
from imprimatur.editorial.site_standing import SiteCase, site_standing
from imprimatur.editorial.state import Discount

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Site
    from imprimatur.editorial import Board, FiledAct, Policy
    from imprimatur.editorial.site_standing import SiteStanding
    from keys import Key

EDITOR, CHIEF, REVIEWER = "demo-editor", "demo-chief", "demo-ana"


@pytest.fixture
def board(site: Site, keys: Callable[..., Key]) -> BoardSite:
    """A site with an editor, an editor-in-chief and a reviewer."""
    made = BoardSite(site, keys)
    made.appoint(EDITOR, roles=["editor"])
    made.appoint(CHIEF, roles=["editor-in-chief", "reviewer"])
    made.appoint(REVIEWER)
    return made


def standing(board: BoardSite, later: timedelta = timedelta(seconds=2)) -> SiteStanding:
    now = datetime.now(tz=UTC).replace(microsecond=0) + later
    return read_site(board.repository(), now).standing


def reasons(board: BoardSite) -> str:
    return " | ".join(each.reason for each in standing(board).discounts)


def standing_version(board: BoardSite) -> int:
    """The version of the list as it lies there."""
    listed = read_site(board.repository(), datetime.now(tz=UTC)).listed.value
    assert listed is not None
    return listed.version


def test_a_list_that_an_editor_signed_is_approved_once_it_is_on_the_protected_branch(board):
    board.sign_site(EDITOR)
    before = standing(board)
    assert before.approved is None
    assert before.would_be
    board.commit()
    after = standing(board)
    assert after.approved is not None
    assert after.approved.act.by == EDITOR
    assert after.waits_for == ""


def test_a_site_without_a_list_is_not_approved(board):
    found = standing(board)
    assert found.approved is None
    assert found.waits_for == "editorial/site.yml, which is not there"


def test_a_list_that_nobody_signed_waits_for_an_editor(board):
    board.list_site()
    board.commit()
    assert standing(board).approved is None
    assert standing(board).waits_for == "an editor's approval of version 1 of editorial/site.yml"


def test_a_list_that_cannot_be_read_is_not_approved_even_if_it_was_signed_as_it_is(board):
    board.site.write("editorial/site.yml", "version: 1\n")
    digest = site_digest((board.root / "editorial/site.yml").read_bytes())
    board.act_on_site(EDITOR, round=1, manuscript=digest)
    board.commit()
    assert standing(board).approved is None
    assert standing(board).waits_for == "a readable editorial/site.yml"


def test_one_changed_digit_in_the_list_takes_the_approval_from_it(board):
    board.sign_site(EDITOR)
    path = board.root / "editorial/site.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text[:-2]}{'0' if text[-2] != '0' else '1'}\n", encoding="utf-8")
    board.commit()
    assert standing(board).approved is None


@pytest.mark.parametrize("role", ["reviewer", "editor"])
def test_a_reviewer_cannot_approve_the_site_in_whatever_role_they_write(board, role):
    board.sign_site(REVIEWER, role=role)
    board.commit()
    assert standing(board).approved is None
    assert "reviewer" in reasons(board) or "did not hold the role `editor`" in reasons(board)


def test_an_editor_in_chief_approves_as_such_and_not_as_a_reviewer(board):
    board.sign_site(CHIEF, role="reviewer")
    board.commit()
    assert standing(board).approved is None
    board.sign_site(CHIEF, role="editor-in-chief")
    board.commit()
    assert standing(board).approved is not None


@pytest.mark.parametrize("key", [None, REVIEWER])
def test_an_act_with_no_signature_or_somebody_elses_approves_nothing(board, key):
    board.sign_site(EDITOR, key=key)
    board.commit()
    found = standing(board)
    assert found.approved is None
    assert [each.is_forged for each in found.discounts] == [True]


def test_an_unsigned_act_counts_where_the_policy_lets_it_and_somebody_else_merged_it(board):
    policy = (board.root / "editorial/policy.yml").read_text(encoding="utf-8")
    board.policy(
        policy.replace("signatures: required", "signatures: optional").replace(
            "version: 2", "version: 3"
        )
    )
    board.git("switch", "-q", "-c", "proposal")
    board.sign_site(EDITOR, key=None)
    board.commit(EDITOR)
    board.git("switch", "-q", "main")
    board.git(
        "-c", f"user.email={CHIEF}@demonstration.example", "merge", "-q", "--no-ff", "proposal"
    )
    assert standing(board).approved is not None


def test_an_editor_whose_term_is_over_approves_nothing_more_and_what_they_approved_stays(board):
    board.sign_site(EDITOR)
    board.commit()
    board.appoint(EDITOR, term={"from": "2020-01-01", "to": "2020-12-31"})
    board.sign_site(EDITOR)
    board.commit()
    assert "does not cover" in reasons(board)
    assert standing(board).approved is None


def test_an_approval_goes_with_the_revocation_of_its_signer(board):
    board.sign_site(EDITOR)
    board.commit()
    board.appoint(EDITOR, revoked_from="2026-01-01T00:00:00Z")
    found = standing(board)
    assert found.approved is None
    assert "was revoked" in reasons(board)


def test_an_approval_for_another_site_or_of_another_version_counts_for_nothing_here(board):
    board.sign_site(EDITOR, site="elsewhere.example")
    version, digest = board.list_site()
    board.act_on_site(EDITOR, round=version + 1, manuscript=digest)
    board.commit()
    assert standing(board).approved is None


def test_an_objection_ends_an_approval_until_the_same_editor_approves_again(board):
    path = board.sign_site(EDITOR)
    board.commit()
    digest = site_digest((board.root / "editorial/site.yml").read_bytes())
    board.act_on_site(CHIEF, role="editor-in-chief", round=1, manuscript=digest, decision="revise")
    # It is enough that it is proposed: one person can take down.
    assert standing(board).approved is None
    board.commit()
    assert "`demo-chief` objects to this one: Because" in standing(board).waits_for
    board.act_on_site(EDITOR, round=1, manuscript=digest)
    board.commit()
    assert standing(board).approved is None
    board.act_on_site(CHIEF, role="editor-in-chief", round=1, manuscript=digest)
    board.commit()
    assert standing(board).approved is not None
    assert path.exists()


def test_an_objection_to_another_list_does_not_touch_this_one(board):
    board.list_site()
    other = f"sha256:{'0' * 64}"
    board.act_on_site(CHIEF, role="editor-in-chief", round=1, manuscript=other, decision="revise")
    board.commit()
    board.sign_site(EDITOR)
    board.commit()
    assert standing(board).approved is not None


def test_what_is_proposed_would_not_be_approved_while_somebody_objects(board):
    board.list_site()
    board.commit()
    board.git("checkout", "-qb", "proposal")
    board.sign_site(EDITOR)
    board.commit()
    assert standing(board).would_be
    digest = site_digest((board.root / "editorial/site.yml").read_bytes())
    version = standing_version(board)
    board.act_on_site(
        CHIEF, role="editor-in-chief", round=version, manuscript=digest, decision="revise"
    )
    board.commit()
    assert not standing(board).would_be


def test_a_reviewer_cannot_object_to_the_site(board):
    board.sign_site(EDITOR)
    digest = site_digest((board.root / "editorial/site.yml").read_bytes())
    board.act_on_site(REVIEWER, role="reviewer", round=1, manuscript=digest, decision="reject")
    board.commit()
    assert standing(board).approved is not None


def test_an_older_list_that_is_put_back_is_not_approved_any_more(board):
    board.sign_site(EDITOR)
    old = (board.root / "editorial/site.yml").read_bytes()
    board.commit()
    board.site.write("docs/about.md", "# About us\n")
    board.sign_site(EDITOR)
    board.commit()
    assert standing(board).approved is not None
    board.site.write("editorial/site.yml", old)
    board.commit()
    assert standing(board).approved is None
    assert "put back to version 1" in standing(board).waits_for


def test_only_reviews_are_done_of_the_site(board):
    board.list_site()
    board.act("withdraw", EDITOR, "site", role="editor", round=1, manuscript=f"sha256:{'0' * 64}")
    board.commit()
    assert "nobody can withdraw the site" in reasons(board)


def test_a_text_file_has_one_digest_with_either_line_ends_and_a_picture_has_not():
    assert site_digest(b"# A\r\n\r\nB\r\n") == site_digest(b"# A\n\nB\n")
    assert site_digest("Größe\r\n".encode()) == site_digest("Größe\n".encode())
    assert site_digest(b"\x89PNG\r\n") != site_digest(b"\x89PNG\n")
    assert site_digest(b"a\0\r\n") != site_digest(b"a\0\n")
    assert site_digest(b"a\rb\n") != site_digest(b"a\nb\n")


def test_every_file_but_articles_and_what_lies_beside_them_is_listed(board):
    for path in ("docs/assets/a.css", "docs/about/us.md", "overrides/main.html", "hooks/x.py"):
        board.site.write(path, "x")
    board.site.write("docs/articles/dose.png", b"\x89PNG")
    board.site.write("elsewhere.txt", "x")
    found = site_digests(board.repository().files)
    assert set(found) == {
        *("mkdocs.yml", "docs/index.md", "docs/assets/a.css", "docs/about/us.md"),
        *("overrides/main.html", "hooks/x.py"),
    }


def test_a_link_among_the_files_has_no_digest(board):
    (board.root / "docs/linked.md").symlink_to("index.md")
    assert site_digests(board.repository().files)["docs/linked.md"] == "missing"


def test_a_list_is_sorted_and_the_same_text_for_the_same_files():
    files = {"mkdocs.yml": "sha256:1", "docs/index.md": "sha256:2"}
    text = site_list_text(3, files)
    assert text == site_list_text(3, dict(reversed(files.items())))
    assert text.splitlines()[-4:] == [
        *("version: 3", "files:", "  docs/index.md: sha256:2", "  mkdocs.yml: sha256:1")
    ]


def test_the_list_that_was_approved_last_is_found_in_history_with_its_files(board):
    board.sign_site(EDITOR)
    board.commit()
    before = (board.root / "docs/index.md").read_bytes()
    board.site.write("docs/index.md", "# Another home\n")
    board.list_site()
    board.commit()
    repository = board.repository()
    found = past_site(repository, standing(board))
    assert found is not None
    assert found.listed.version == 1
    assert found.file(repository, "docs/index.md") == before
    assert found.file(repository, "docs/never.md") is None


def test_the_shipped_list_is_that_of_the_shipped_files(repository_root: Path):

    repository = Repository(repository_root, cache=NO_CACHE)
    record = read_site(repository, datetime.now(tz=UTC))
    assert record.listed.value is not None, "run: imprimatur site --write-only"
    assert not record.change, "run: imprimatur site --write-only"


def says(story: Story, by: str = "demo-editor", **more: object) -> FiledAct:
    """A member reviews the second list of the site's files the next day: an approval at first."""
    plain = {"article": "site", "round": 2, "manuscript": TEXT.digest, "previous": None}
    return story.act("review", by, **plain | more)


def weighed(
    story: Story, now: datetime = NOW, board: Board | None = None, policy: Policy = POLICY
) -> SiteStanding:
    """How the second list stands after all that was done."""
    case = SiteCase(
        version=2,
        digest=TEXT.digest,
        acts=tuple(story.acts),
        board=board or story.board,
        policy=policy,
        now=now,
        later=frozenset({(3, OTHER.digest)}),
    )
    return site_standing(case)


def test_of_several_approvals_the_last_is_the_one_that_counts():
    story = Story()
    earlier = says(story, round=1, manuscript=OTHER.digest)
    assert weighed(story).last == earlier
    assert weighed(story).waits_for == "an editor's approval of version 2 of editorial/site.yml"
    says(story)
    last = says(story, "demo-second")
    found = weighed(story)
    assert found.approved == found.last == last
    assert (found.waits_for, found.would_be, found.discounts) == ("", True, ())


@pytest.mark.parametrize(
    "elsewhere", [{"site": "other.example"}, {"article": "contrast"}], ids=["site", "article"]
)
def test_what_is_about_another_site_or_an_article_is_no_act_about_this_site(elsewhere):
    story = Story()
    says(story, **elsewhere)
    found = weighed(story)
    assert (found.approved, found.last, found.discounts) == (None, None, ())


def test_an_approval_counts_from_the_instant_of_its_arrival():
    story = Story()
    says(story)
    arrived = START + timedelta(days=1)
    assert weighed(story, arrived).approved
    assert not weighed(story, arrived - timedelta(seconds=1)).approved
    story.acts[0] = replace(story.acts[0], landing=None)
    assert not weighed(story).approved


@pytest.mark.parametrize(
    ("more", "is_proposed"),
    [({}, True), ({"decision": "revise"}, False), ({"decision": "abstain"}, False)],
    ids=["only proposed", "an objection", "an abstention"],
)
def test_a_later_list_that_nobody_approved_puts_no_earlier_one_out_of_force(more, is_proposed):
    story = Story()
    says(story)
    later = says(story, "demo-second", round=3, manuscript=OTHER.digest, **more)
    story.acts[-1] = proposed(later) if is_proposed else later
    assert weighed(story).approved
    says(story, "demo-chief", role="editor-in-chief", round=3, manuscript=OTHER.digest)
    found = weighed(story)
    assert found.approved is None
    assert found.waits_for == (
        "a version above 3, which was approved: editorial/site.yml was put back to version 2"
    )


def test_an_earlier_list_is_not_in_force_again_when_who_approved_the_later_one_leaves():
    """The later list took a script away that did harm; the editor who signed that has retired."""
    story = Story()
    says(story)
    says(story, "demo-second", round=3, manuscript=OTHER.digest)
    assert weighed(story).approved is None
    assert weighed(story, board=without("demo-second")).approved is None


def test_a_later_list_whose_approval_is_dated_ahead_was_never_approved():
    story = Story()
    says(story)
    says(story, "demo-second", round=3, manuscript=OTHER.digest, signed_at=NOW)
    assert weighed(story).approved


def test_an_objection_is_taken_back_by_a_later_word_on_the_same_list_alone():
    story = Story()
    says(story)
    objection = says(story, "demo-second", decision="revise", reason=" The first. ")
    stands = "another version, since `demo-second` objects to this one: The first"
    assert weighed(story).waits_for == stands
    says(story, "demo-second", round=1, manuscript=OTHER.digest)
    assert weighed(story).waits_for == stands
    says(story, "demo-second", decision="reject", reason="The second.")
    assert weighed(story).waits_for == stands
    before = objection.act.signed_at - timedelta(seconds=1)
    says(story, "demo-second", decision="abstain", signed_at=before)
    assert weighed(story).waits_for == stands
    says(story, "demo-second", decision="abstain")
    found = weighed(story)
    assert found.approved
    assert found.waits_for == ""
    # Who has left the board takes nothing back any more.
    gone = weighed(story, board=without("demo-second"))
    assert (gone.approved, gone.would_be, gone.waits_for) == (None, False, stands)


def test_an_objection_outlives_its_author_on_the_board_and_an_approval_does_not():
    story = Story()
    approval = says(story)
    reason = "`demo-editor` is no longer on the board"
    found = weighed(story, board=without("demo-editor"))
    assert found.approved is None
    assert found.discounts == (
        Discount(path=approval.path, who="demo-editor", reason=reason, is_forged=False),
    )
    says(story, "demo-second", decision="reject")
    found = weighed(story, board=without("demo-second"))
    assert found.approved is None
    assert found.discounts == ()


def test_an_unsigned_objection_stands_when_signatures_are_required_later():
    lax = POLICY.model_copy(update={"signatures": "optional"})
    story = Story()
    says(story)
    author, merged_by = "demo-second@tests.example", "demo-chief@tests.example"
    landing = {"policy": lax, "author": author, "merged_by": merged_by}
    unsigned = {"seal": Seal(signature=Signature.ABSENT), "landing": landing}
    says(story, "demo-second", decision="reject", **unsigned)
    assert weighed(story, policy=lax).approved is None
    assert weighed(story).approved is None
    says(story, "demo-second", **unsigned)
    assert weighed(story, policy=lax).approved
    assert weighed(story).approved is None


def test_what_nobody_can_do_of_the_site_is_told_with_who_tried():
    story = Story()
    tried = story.act("withdraw", article="site", round=2, printed_name="Demonstration Editor")
    assert weighed(story).discounts == (
        Discount(
            path=tried.path,
            who="Demonstration Editor",
            reason="nobody can withdraw the site",
            is_forged=True,
        ),
    )


def test_each_file_of_two_lists_is_added_changed_or_removed_and_in_order():
    old = {"docs/b": "1", "docs/a": "1", "docs/same": "1", "docs/d": "1", "docs/c": "1"}
    new = {"docs/z": "1", "docs/y": "1", "docs/same": "1", "docs/d": "2", "docs/c": "2"}
    found = site_change(old, new)
    assert found == SiteChange(
        added=("docs/y", "docs/z"), changed=("docs/c", "docs/d"), removed=("docs/a", "docs/b")
    )
    assert not site_change(old, old)
    assert all(SiteChange(**{part: ("docs/a",)}) for part in ("added", "changed", "removed"))


@pytest.mark.parametrize(
    ("path", "is_listed"),
    [
        *((each, True) for each in ("mkdocs.yml", "docs/x.md", "hooks/x.py", "overrides/x.html")),
        *((each, True) for each in ("docs/articles.md", "docs/articles-of-old/x.md")),
        *((each, False) for each in ("docs/articles/x.md", "docs/articles/x.png", "docs")),
        *((each, False) for each in ("site/mkdocs.yml", "docsx/x.md", "editorial/site.yml")),
    ],
)
def test_a_list_names_what_frames_the_articles(path, is_listed):
    assert is_site_path(path) is is_listed


def test_a_list_is_written_with_what_it_is_for_and_one_file_a_line():
    short, long = "docs/a name é.md", f"docs/{'very-' * 40}long name.md"
    assert site_list_text(1, {long: "sha256:2", short: "sha256:1"}) == (
        "# yaml-language-server: $schema=schemas/site.schema.json\n"
        "# The files of the site that are no articles, as an editor approves them. The command\n"
        "# `imprimatur site` writes this file; what it names and what lies there must be the same."
        f"\nversion: 1\nfiles:\n  {short}: sha256:1\n  ? {long}\n  : sha256:2\n"
    )


def test_a_file_as_it_was_approved_is_found_by_its_digest_alone(board):
    board.site.write("docs/gone.md", "# Once\n")
    board.sign_site(EDITOR)
    board.commit()
    (board.root / "docs/gone.md").unlink()
    board.site.write("docs/index.md", "# Another home\n")
    board.sign_site(EDITOR)
    board.commit()
    board.list_site()
    board.commit()
    repository = board.repository()
    found = past_site(repository, standing(board))
    assert found is not None
    assert found.listed.version == 2
    assert found.file(repository, "docs/index.md") == b"# Another home\n"
    assert found.file(repository, "docs/gone.md") is None
    earlier = replace(found, commits=(repository.trunk.commits[0],))
    assert earlier.file(repository, "docs/index.md") is None


def test_without_a_policy_that_can_be_read_nothing_of_the_site_is_approved(board):
    board.sign_site(EDITOR)
    board.commit()
    board.policy("version: [\n")
    found = standing(board)
    assert (found.approved, found.waits_for) == (None, "a readable policy and board")
    assert past_site(board.repository(), found) is None


def test_what_became_of_the_files_is_told_of_a_list_that_can_be_read(board):
    board.list_site()
    board.site.write("docs/new.md", "# New\n")
    now = datetime.now(tz=UTC)
    assert read_site(board.repository(), now).change == SiteChange(added=("docs/new.md",))
    board.site.write("editorial/site.yml", "version: 1\n")
    found = read_site(board.repository(), now)
    assert not found.change
    assert {each.rule for each in found.listed.findings} == {"site-list-is-readable"}


@pytest.mark.parametrize("what", ["this list", "a list that never was"])
def test_no_editor_alone_keeps_every_list_to_come_out_of_force(board, what: str):
    """They claim a version that no list will ever have, and then they are struck from the board."""
    board.appoint("demo-second", roles=["editor"])
    board.sign_site(EDITOR)
    board.commit()
    data = (board.root / "editorial/site.yml").read_bytes()
    manuscript = site_digest(data if what == "this list" else b"version: 999999999\n")
    board.act_on_site("demo-second", round=999_999_999, manuscript=manuscript)
    board.commit()
    assert standing(board).approved is not None
    board.people.pop("demo-second")
    board.write_board()
    board.sign_site(EDITOR)
    board.commit()
    assert standing(board).approved is not None


def test_an_earlier_list_that_is_put_back_stays_out_of_force_when_who_signed_the_later_leaves(
    board,
):
    board.appoint("demo-second", roles=["editor"])
    board.sign_site(EDITOR)
    board.commit()
    before = (board.root / "editorial/site.yml").read_bytes()
    board.sign_site("demo-second")
    board.commit()
    board.site.write("editorial/site.yml", before)
    board.people.pop("demo-second")
    board.write_board()
    board.commit()
    assert standing(board).waits_for.startswith("a version above 2, which was approved")
