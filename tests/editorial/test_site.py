"""The site's own files are approved by one editor, exactly as they are listed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from boards import BoardSite
from imprimatur.editorial import Repository
from imprimatur.editorial.cache import NO_CACHE
from imprimatur.editorial.site_list import site_digest, site_digests, site_list_text
from imprimatur.editorial.site_record import past_site, read_site

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Site
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
    assert "`demo-chief` objects to this one: Because." in standing(board).waits_for
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
