"""Earlier texts and works, as history holds them."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from boards import BoardSite
from imprimatur.editorial import State
from imprimatur.editorial.past import Past
from imprimatur.editorial.places import BIBLIOGRAPHY

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site
    from keys import Key

PATH = "docs/articles/contrast.md"
WORKS = ("park2019spinal", "liu2017vertebral")


@pytest.fixture
def board(site: Site, keys: Callable[..., Key]) -> BoardSite:
    return BoardSite(site, keys)


def past(board: BoardSite) -> Past:
    return Past(board.repository().trunk, BIBLIOGRAPHY)


def write(board: BoardSite, old: str, new: str) -> None:
    """Change words of the bibliography."""
    path = board.root / BIBLIOGRAPHY
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_commit_changed_a_work_if_a_reader_sees_something_else_of_it(board: BoardSite):
    first = board.git("rev-list", "--max-parents=0", "HEAD").strip()
    write(board, "\n}\n", "\n}\n\n")
    blank = board.commit()
    write(board, "Sufficient?", "Insufficient?")
    words = board.commit()
    (board.root / BIBLIOGRAPHY).unlink()
    gone = board.commit()
    found = past(board)
    assert found.changed(gone, WORKS)
    assert found.changed(first, WORKS)
    assert not found.changed(blank, WORKS)
    assert found.changed(words, WORKS)
    assert found.changed(words, reversed(WORKS))
    assert not found.changed(words, WORKS[1:])
    assert not found.changed(words, ())


def test_a_merge_changed_a_work_only_where_no_parent_held_it_so(board: BoardSite):
    board.git("checkout", "-q", "-b", "side")
    write(board, "Sufficient?", "Insufficient?")
    board.commit()
    board.git("checkout", "-q", "main")
    write(board, "Accuracy", "Precision")
    board.commit()
    board.git("merge", "-q", "--no-ff", "--no-edit", "side")
    plain = board.git("rev-parse", "HEAD").strip()
    board.git("checkout", "-q", "-B", "again", "HEAD~1")
    board.git("merge", "-q", "--no-ff", "--no-commit", "side")
    write(board, "Detection", "Exclusion")
    typed = board.commit()
    found, all_works = past(board), (*WORKS, "harlianto2024spinal")
    assert not found.changed(plain, all_works)
    assert found.changed(typed, all_works)
    assert not found.changed(typed, ("park2019spinal", "harlianto2024spinal"))


def test_a_text_is_found_in_the_first_commit_that_holds_it_and_can_be_read(board: BoardSite):
    whole = (board.root / PATH).read_bytes()
    original = board.git("rev-parse", "HEAD").strip()
    board.site.write(PATH, "no head")
    broken = board.commit()
    (board.root / PATH).unlink()
    gone = board.commit()
    board.site.write(PATH, whole.replace(b"39%", b"93%"))
    other = board.commit()
    board.site.write(PATH, whole)
    again = board.commit()
    found, commits = past(board), (gone, broken, other, again, original)
    assert [each.commit for each in found.readable(PATH, commits)] == [other, again, original]
    text = found.find(PATH, board.repository().manifest("contrast").digest, commits)
    assert text is not None
    assert text.commit == again
    assert text.manuscript.path == PATH
    assert text.text == board.repository().subject("contrast").text
    assert found.find(PATH, f"sha256:{'0' * 64}", commits) is None
    assert found.find("docs/articles/none.md", text.manifest.digest, commits) is None


def test_a_text_whose_works_are_as_they_were_is_known_without_those_of_then(
    board: BoardSite, monkeypatch: pytest.MonkeyPatch
):
    earlier, first = board.repository().subject("contrast"), board.git("rev-parse", "HEAD").strip()
    assert earlier is not None
    board.site.write(PATH, (board.root / PATH).read_bytes().replace(b"39%", b"93%"))
    write(board, "\n}\n", "\n}\n\n% One more.\n@misc{new, title = {New}}\n")
    second = board.commit()
    found, present = past(board), board.repository().bibliography
    found.read_ahead([(second, PATH), (first, PATH), (first, "docs/articles/none.md")])
    monkeypatch.setattr(Past, "find", None)
    for _ in range(2):
        text = found.known(PATH, earlier.manifest.digest, (second, first), present)
        assert text is not None
        assert (text.commit, text.manifest) == (first, earlier.manifest)


def test_a_text_whose_works_were_others_is_known_by_those_of_then(board: BoardSite):
    earlier, first = board.repository().subject("contrast"), board.git("rev-parse", "HEAD").strip()
    assert earlier is not None
    write(board, "Sufficient?", "Insufficient?")
    second = board.commit()
    found, present = past(board), board.repository().bibliography
    text = found.known(PATH, earlier.manifest.digest, (second, first), present)
    assert text is not None
    assert (text.commit, text.text) == (first, earlier.text)
    assert found.known(PATH, f"sha256:{'0' * 64}", (second, first), present) is None
    assert found.known("docs/articles/none.md", earlier.manifest.digest, (first,), present) is None


def test_earlier_texts_of_many_articles_are_read_at_once(board: BoardSite):
    """Each process of Git takes as long as all else that is asked of an article."""
    places = [("HEAD", PATH), ("HEAD", "docs/a b.md"), ("HEAD", "docs"), ("HEAD", "docs/none.md")]
    board.site.write("docs/a b.md", b"\xff\n\n")
    (board.root / "docs/empty.md").write_bytes(b"")
    board.commit()
    found = board.repository().trunk.at_once([*places, ("HEAD", "docs/empty.md"), ("none", PATH)])
    assert found == {
        places[0]: (board.root / PATH).read_bytes(),
        places[1]: b"\xff\n\n",
        ("HEAD", "docs/empty.md"): b"",
    }
    assert board.repository().trunk.at_once([("HEAD", "docs/a\nb.md")]) == {}


def test_more_earlier_texts_ask_git_no_more_often(
    board: BoardSite, monkeypatch: pytest.MonkeyPatch
):
    board.appoint("demo-ana", "demo-ben")
    asked: list[object] = []
    run = subprocess.run

    def counted(command: list[str], **options: object) -> object:
        asked.append(command)
        return run(command, **options)  # type: ignore[call-overload]

    numbers = []
    for dose in ("40%", "41%", "42%", "43%"):
        board.approved("demo-ana", "demo-ben")
        board.site.write(PATH, (board.root / PATH).read_bytes().replace(b"39%", dose.encode()))
        board.site.write(PATH, (board.root / PATH).read_bytes() + b"\nMore.\n")
        board.commit()
        with monkeypatch.context() as patch:
            patch.setattr(subprocess, "run", counted)
            asked.clear()
            assert board.standing().state is State.LAPSED
            numbers.append(len(asked))
    assert numbers[1:] == numbers[:1] * 3
