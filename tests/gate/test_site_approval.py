"""What frames the articles is published only as an editor approved it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from boards import BoardSite
from imprimatur.editorial.cache import NO_CACHE
from imprimatur.editorial.repository import Repository
from imprimatur.errors import Outcome
from imprimatur.gate import Examination, Verdict, check

RULES = {"site-list-is-readable", "site-file-is-listed", "site-is-approved", "act-is-genuine"}


@pytest.fixture
def board(site, keys):
    """A site whose article two reviewers approved, and its own files an editor."""
    made = BoardSite(site, keys)
    made.appoint("editor", roles=["editor"])
    made.appoint("ana", "ben")
    made.approved("ana", "ben")
    made.sign_site("editor")
    made.commit()
    return made


def examined(board: BoardSite, *, publishing: bool = True) -> Verdict:
    """The verdict on what is committed, a moment after the last commit."""
    now = datetime.now(tz=UTC).replace(microsecond=0) + timedelta(seconds=2)
    repository = Repository(board.root, cache=NO_CACHE)
    return check(Examination(repository, now), publishing=publishing)


def broken(board: BoardSite, *, publishing: bool = True) -> list[tuple[str, str]]:
    """Which of these rules is broken, and where."""
    found = examined(board, publishing=publishing).findings
    return sorted((each.rule, each.path) for each in found if each.rule in RULES)


def test_a_site_whose_own_files_are_approved_is_granted(board):
    assert examined(board).outcome is Outcome.GRANTED


def test_without_a_list_nothing_is_published_and_nothing_else_is_said(board):
    (board.root / "editorial/site.yml").unlink()
    board.commit()
    assert broken(board) == [("site-is-approved", "editorial/site.yml")]
    assert broken(board, publishing=False) == []


@pytest.mark.parametrize(
    "path",
    [
        *("docs/index.md", "docs/new.md", "docs/assets/site.css", "docs/assets/site.js"),
        *("docs/deep/er/page.md", "overrides/main.html", "hooks/late.py", "mkdocs.yml"),
    ],
)
def test_one_file_that_is_not_as_it_was_listed_is_named_and_refused(board, path):
    place = board.root / path
    before = place.read_text(encoding="utf-8") if place.exists() else ""
    board.site.write(path, f"{before}# One more line\n")
    board.commit()
    assert broken(board) == [("site-file-is-listed", path)]
    assert broken(board, publishing=False) == [("site-file-is-listed", path)]


@pytest.mark.parametrize(
    ("folder", "is_fine"),
    [("theme", False), ("plugins/x", False), ("overrides", True), ("overrides/deep", True)],
)
def test_templates_lie_where_an_editor_is_asked_for_them(board, folder, *, is_fine):
    settings = (board.root / "mkdocs.yml").read_text(encoding="utf-8")
    changed = settings.replace("name: material", f"name: material, custom_dir: {folder}")
    board.site.write("mkdocs.yml", changed)
    board.site.write(f"{folder}/main.html", "x")
    board.sign_site("editor")
    board.commit()
    found = [each.path for each in examined(board).findings if each.rule == "template-is-listed"]
    assert found == ([] if is_fine else ["mkdocs.yml"])


def test_a_file_that_is_listed_and_gone_is_named(board):
    board.site.write("docs/about.md", "# About\n")
    board.sign_site("editor")
    board.commit()
    (board.root / "docs/about.md").unlink()
    board.commit()
    assert broken(board) == [("site-file-is-listed", "docs/about.md")]


def test_a_list_that_names_the_new_file_and_that_nobody_signed_is_refused(board):
    board.site.write("docs/about.md", "# About\n")
    board.list_site()
    board.commit()
    assert broken(board) == [("site-is-approved", "editorial/site.yml")]
    # In a proposal that is as it should be: an editor reads it there.
    assert broken(board, publishing=False) == []


def test_what_is_only_proposed_grants_nothing_and_it_is_said_that_it_would(board):
    board.git("switch", "-q", "-c", "proposal")
    board.site.write("docs/about.md", "# About\n")
    board.sign_site("editor")
    board.commit()
    (told,) = [each for each in examined(board).findings if each.rule == "site-is-approved"]
    assert "it would be approved once merged" in told.message


def test_a_list_that_cannot_be_read_is_found_with_its_line(board):
    board.site.write("editorial/site.yml", "version: 2\nfiles:\n  ../x: sha256:0\n")
    board.commit()
    found = [each for each in examined(board).findings if each.rule == "site-list-is-readable"]
    assert found
    assert all(each.line == 3 for each in found)
    assert ("site-is-approved", "editorial/site.yml") in broken(board)


def test_a_list_whose_version_did_not_grow_is_found(board):
    board.site.write("docs/about.md", "# About\n")
    version, _ = board.list_site()
    path = board.root / "editorial/site.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f"version: {version}", f"version: {version - 1}"), "utf-8")
    board.commit()
    found = [(each.rule, each.path) for each in examined(board).findings]
    assert ("version-only-grows", "editorial/site.yml") in found


def test_an_act_about_the_site_that_nothing_proves_is_found(board):
    path = board.sign_site("editor", key="ana")
    board.commit()
    assert ("act-is-genuine", path.relative_to(board.root).as_posix()) in broken(board)


def test_such_an_act_may_be_taken_out_again(board):
    path = board.act_on_site("editor", key=None, round=1, manuscript=f"sha256:{'0' * 64}")
    board.commit()
    path.unlink()
    board.commit()
    assert examined(board).outcome is Outcome.GRANTED


def test_an_approved_site_without_an_article_is_not_granted_either(site, keys):
    board = BoardSite(site, keys)
    board.appoint("editor", roles=["editor"])
    (board.root / "docs/articles/contrast.md").unlink()
    board.sign_site("editor")
    board.commit()
    assert examined(board).findings == ()
    assert examined(board).outcome is Outcome.NOT_EXAMINED


def test_the_record_of_the_site_is_no_record_of_a_lost_article(board):
    assert "record-has-article" not in {each.rule for each in examined(board).findings}


def test_no_manuscript_is_called_site(board):
    board.site.article("site")
    board.commit()
    found = [(each.rule, each.path) for each in examined(board).findings]
    assert ("file-name-is-plain", "docs/articles/site.md") in found


def test_a_checkout_with_other_line_ends_is_the_same_site(board):
    for path in ("docs/index.md", "mkdocs.yml"):
        data = (board.root / path).read_bytes()
        board.site.write(path, data.replace(b"\n", b"\r\n"))
    assert broken(board) == []


def told(board: BoardSite, rule: str) -> list[tuple[str, int, str, str]]:
    """What a rule finds: path, line, message and cure."""
    found = [each for each in examined(board).findings if each.rule == rule]
    return [(each.path, each.line, each.message, each.cure) for each in found]


def test_each_file_that_differs_from_the_list_is_told_how(board):
    board.site.write("docs/about.md", "# About\n")
    board.sign_site("editor")
    board.commit()
    (board.root / "docs/about.md").unlink()
    board.site.write("docs/new.md", "# New\n")
    board.site.write("docs/index.md", "# Other\n")
    board.commit()
    cure = "put it back as it was, or list it in editorial/site.yml: imprimatur site --write-only"
    gone = "this file of the site is listed, and is not there"
    changed = "this file of the site is not as it is listed for an editor's approval"
    new = "this file of the site is not in the list of those that an editor approved"
    assert told(board, "site-file-is-listed") == [
        ("docs/about.md", 0, gone, cure),
        ("docs/index.md", 0, changed, cure),
        ("docs/new.md", 0, new, cure),
    ]


def test_a_site_that_nobody_approved_is_told_for_whom_it_waits(board):
    board.site.write("docs/about.md", "# About\n")
    board.list_site()
    board.commit()
    ((path, line, message, cure),) = told(board, "site-is-approved")
    assert (path, line) == ("editorial/site.yml", 0)
    assert message.startswith("the site's own pages are not approved: this waits for ")
    assert "once merged" not in message
    assert cure == "let an editor read what was changed, and sign: imprimatur site"


def test_templates_in_the_wrong_folder_are_told_with_it(board):
    settings = (board.root / "mkdocs.yml").read_text(encoding="utf-8")
    board.site.write(
        "mkdocs.yml", settings.replace("name: material", "name: material, custom_dir: theme")
    )
    board.commit()
    message = "the templates lie in `theme`, and nobody is asked to approve what lies there"
    cure = "move them to overrides/, and write `custom_dir: overrides`"
    assert told(board, "template-is-listed") == [("mkdocs.yml", 0, message, cure)]
