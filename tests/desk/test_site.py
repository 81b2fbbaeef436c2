"""The command by which an editor reads, lists and signs the site's own files."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from boards import BoardSite
from imprimatur.desk.main import command
from imprimatur.editorial import Signature
from imprimatur.errors import CannotExamineError

LIST = "editorial/site.yml"
HOME = "docs/index.md"


@pytest.fixture
def desk(site, keys):
    """A site with an editor and a reviewer, whose own files nobody has approved."""
    made = BoardSite(site, keys)
    made.appoint("editor", roles=["editor"])
    made.appoint("ana")
    return made


def invoke(desk, *arguments: str):
    """Run the command in this process, with nobody at a terminal."""
    return CliRunner().invoke(command, ["-C", str(desk.root), "site", *arguments])


def sign(desk, *options: str, by="editor"):
    # The file of an act is named by its second.
    while any(each.startswith(f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}") for each in state(desk)[0]):
        time.sleep(0.05)
    done = invoke(desk, "--by", by, "--key", str(desk.keys(by).path), "--yes", *options)
    assert done.exception is None, done.exception
    return done.output


def refusal(desk, *options: str, by="editor"):
    """Why it is refused; nothing may be written then."""
    before = state(desk)
    done = invoke(desk, "--by", by, "--key", str(desk.keys(by).path), "--yes", *options)
    assert isinstance(done.exception, CannotExamineError), done.output
    assert state(desk) == before
    return str(done.exception)


def state(desk):
    """The list and the files of the record."""
    folder, path = desk.root / "editorial/records/site", desk.root / LIST
    names = sorted(each.name for each in folder.iterdir()) if folder.exists() else []
    return names, path.read_bytes() if path.exists() else None


def put(desk, path, text):
    desk.site.write(path, text)
    desk.commit()


def test_an_editor_signs_the_first_list_and_it_counts_once_it_is_committed(desk):
    told = sign(desk)
    assert "no list of this site was approved before: read each of these files whole" in told
    assert "  added     docs/index.md\n" in told
    assert "signs     Demonstration Editor (editor), as editor" in told
    assert f"add {LIST} editorial/records/site" in told
    desk.commit()
    assert desk.site.imprimatur("check").stdout.count("site-") == 0
    (filed,) = desk.acts("site")
    assert (filed.act.by, filed.act.round, filed.signature) == ("editor", 1, Signature.VALID)
    assert "This list is approved already" in invoke(desk).output


def test_the_next_time_only_what_was_changed_is_shown_word_by_word(desk):
    put(desk, "docs/about.md", "# About\n\nWe are many.\n")
    put(desk, "docs/old.md", "# Old\n")
    sign(desk)
    desk.commit()
    (desk.root / "docs/old.md").unlink()
    desk.site.write("docs/new.md", "# New\n")
    put(desk, "docs/about.md", "# About\n\nWe are few.\n")
    told = sign(desk)
    assert "changed since version 1, which was approved last:\n" in told
    assert "  removed   docs/old.md\n  added     docs/new.md\n  changed   docs/about.md\n" in told
    assert "line 3: # About We are [-many-]{+few+} ." in told
    assert HOME not in told
    desk.commit()
    assert [each.act.round for each in desk.acts("site")] == [1, 2]


def test_what_a_list_that_nobody_signed_brought_is_shown_too(desk):
    sign(desk)
    desk.commit()
    desk.site.write(HOME, "# Another home\n")
    assert invoke(desk, "--write-only").exception is None
    desk.commit()
    told = sign(desk)
    assert "list      version 2" in told
    assert "  changed   docs/index.md" in told


def test_nothing_that_a_terminal_would_obey_or_hide_is_printed_as_it_is(desk):
    sign(desk)
    desk.commit()
    put(desk, HOME, "# Home\x1b[2K\x1b[1A \u202eeno\n")
    told = sign(desk)
    assert "\x1b[2K" not in told
    assert "\u202e" not in told
    assert "\\x1b" in told
    assert "\\u202e" in told


def test_a_picture_is_not_compared_by_words(desk):
    put(desk, "docs/assets/a.png", b"\x89PNG\0one")
    sign(desk)
    desk.commit()
    put(desk, "docs/assets/a.png", b"\x89PNG\0other")
    assert "8 bytes before, 10 now: look at it in a browser" in sign(desk)


def test_write_only_needs_nobody_signs_nothing_and_names_what_differs(desk):
    desk.site.write("docs/about.md", "# About\n")
    done = invoke(desk, "--write-only")
    assert done.exception is None
    assert "  added     docs/about.md\n" in done.output
    assert state(desk)[0] == []
    again = invoke(desk, "--write-only")
    assert f"{LIST} is right as it is: version 1." in again.output


def test_the_version_grows_once_for_what_the_protected_branch_has_not_seen(desk):
    invoke(desk, "--write-only")
    desk.commit()
    for words in ("# One\n", "# Two\n", "# Three\n"):
        desk.site.write(HOME, words)
        invoke(desk, "--write-only")
    assert b"version: 2\n" in state(desk)[1]


def test_a_site_that_is_put_back_to_an_older_state_gets_a_new_version_and_a_new_signature(desk):
    before = (desk.root / HOME).read_bytes()
    sign(desk)
    desk.commit()
    first = (desk.root / LIST).read_bytes()
    desk.site.write(HOME, "# Another home\n")
    desk.commit()
    sign(desk)
    desk.commit()
    desk.site.write(HOME, before)
    desk.site.write(LIST, first)
    desk.commit()
    told = sign(desk)
    assert "changed since version 2" in told
    assert b"version: 3\n" in state(desk)[1]
    desk.commit()
    assert "site-is-approved" not in desk.site.imprimatur("gate").stdout


def test_what_is_not_committed_is_not_signed(desk):
    desk.site.write("docs/about.md", "# About\n")
    assert "not committed yet: docs/about.md; commit it first" in refusal(desk)


def test_what_is_not_committed_of_an_article_does_not_matter(desk):
    desk.edit("39%", "40%")
    sign(desk)


def test_a_link_is_not_listed(desk):
    (desk.root / "docs/linked.md").symlink_to("index.md")
    desk.commit()
    assert "docs/linked.md" in refusal(desk)
    assert isinstance(invoke(desk, "--write-only").exception, CannotExamineError)


def test_a_reviewer_is_refused_before_anything_is_signed(desk):
    assert "`ana` may not review as reviewer" in refusal(desk, by="ana")


def test_without_a_board_nobody_can_sign(site):
    done = CliRunner().invoke(command, ["-C", str(site.root), "site"])
    assert "nobody is on the board of the protected branch" in str(done.exception)


def test_what_is_missing_in_a_script_is_said_at_once(desk):
    done = invoke(desk)
    assert "--by: the id of who signs" in str(done.exception)
    assert "--yes: that you have read what you sign" in str(done.exception)


def test_a_key_of_somebody_else_signs_nothing(desk):
    before = state(desk)
    done = invoke(desk, "--by", "editor", "--key", str(desk.keys("ana").path), "--yes")
    assert "this key is one of `ana`, not of `editor`" in str(done.exception)
    assert state(desk) == before


def test_an_editor_objects_with_a_reason_and_takes_it_back_by_approving(desk):
    sign(desk)
    desk.commit()
    sign(desk, "--revise", "The home page promises a cure.")
    desk.commit()
    told = desk.site.imprimatur("gate").stdout
    assert "site-is-approved" in told
    assert "`editor` objects to this one: The home page promises a cure; let" in told
    sign(desk)
    desk.commit()
    assert "site-is-approved" not in desk.site.imprimatur("gate").stdout


def test_no_manuscript_can_be_called_site(desk):
    done = desk.site.imprimatur("new", "site", "--title", "Is it?")
    assert done.returncode == 2
    assert "`site` is kept for acts about the site itself" in done.stderr
