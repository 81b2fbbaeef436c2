"""Acts on the protected branch count as they came, whatever the tree holds in their place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from boards import BoardSite
from imprimatur.editorial import State
from imprimatur.editorial.cache import Cache
from imprimatur.editorial.repository import Repository
from imprimatur.gate import Examination, check

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Site
    from keys import Key


@pytest.fixture
def board(site: Site, keys: Callable[..., Key]) -> BoardSite:
    """A site whose article two reviewers approved, and to which a third objects."""
    found = BoardSite(site, keys)
    found.appoint("demo-ana", "demo-ben", "demo-cai")
    found.approved("demo-ana", "demo-ben")
    assert found.standing().state is State.APPROVED
    return found


@pytest.fixture
def objection(board: BoardSite) -> Path:
    """That objection, on the protected branch."""
    path = board.act("review", "demo-cai", decision="revise")
    board.commit()
    assert board.standing().state is State.UNDER_REVIEW
    return path


def seal_of(act: Path) -> Path:
    return act.with_name(f"{act.name}.sig")


def delete(_board: BoardSite, act: Path) -> None:
    act.unlink()
    seal_of(act).unlink()


def delete_signature(_board: BoardSite, act: Path) -> None:
    seal_of(act).unlink()


def edit(_board: BoardSite, act: Path) -> None:
    text = act.read_text(encoding="utf-8")
    act.write_text(text.replace("decision: revise", "decision: abstain"), encoding="utf-8")


def sign_anew(board: BoardSite, act: Path) -> None:
    edit(board, act)
    seal_of(act).write_bytes(board.keys("demo-cai").sign(act.read_bytes()))


def damage_signature(_board: BoardSite, act: Path) -> None:
    seal_of(act).write_bytes(b"junk")


def rename(_board: BoardSite, act: Path) -> None:
    act.rename(act.with_name(act.name.replace("demo-cai", "demo-cay")))


def move(_board: BoardSite, act: Path) -> None:
    place = act.parent.parent / "another"
    place.mkdir()
    act.rename(place / act.name)
    seal_of(act).rename(place / seal_of(act).name)


def make_a_link(_board: BoardSite, act: Path) -> None:
    act.unlink()
    act.symlink_to(seal_of(act).name)


def make_a_folder(_board: BoardSite, act: Path) -> None:
    act.unlink()
    act.mkdir()
    (act / "x.yml").write_text("x\n", encoding="utf-8")


def delete_all(board: BoardSite, _act: Path) -> None:
    board.git("rm", "-rq", "editorial/records")


DEEDS = [
    delete,
    delete_signature,
    edit,
    sign_anew,
    damage_signature,
    rename,
    move,
    make_a_link,
    make_a_folder,
    delete_all,
]


def later() -> datetime:
    return datetime.now(tz=UTC).replace(microsecond=0) + timedelta(seconds=2)


def named(board: BoardSite) -> list[str]:
    """What the gate says of records that were not kept."""
    verdict = check(Examination(board.repository(), later()), publishing=True)
    return [str(each) for each in verdict.findings if each.rule == "record-is-kept"]


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("where", ["committed", "in the tree"])
def test_an_objection_stands_as_it_came_and_the_rule_names_it(
    deed: Callable[[BoardSite, Path], None], where: str, board: BoardSite, objection: Path
):
    deed(board, objection)
    if where == "committed":
        board.commit()
    assert board.standing().state is State.UNDER_REVIEW
    assert any(objection.name in each for each in named(board))


def test_an_approval_that_is_deleted_counts_as_it_came(board: BoardSite):
    (act,) = board.root.glob("editorial/records/contrast/*demo-ana.yml")
    delete(board, act)
    board.commit()
    assert board.standing().state is State.APPROVED
    assert any(act.name in each for each in named(board))


def test_an_act_under_another_name_says_so_each_time_it_is_read(board: BoardSite, tmp_path: Path):
    path = board.act("review", "demo-cai", decision="abstain")
    path.rename(path.with_name("20200101T000000Z-review-demo-cai.yml"))
    seal_of(path).rename(path.with_name("20200101T000000Z-review-demo-cai.yml.sig"))
    cache = Cache(file=tmp_path / "cache/cache.sqlite3")
    for _ in range(2):
        found = Repository(board.root, cache=cache).records("contrast")
        (finding,) = found.findings
        assert f"this act is named {path.name}" in finding.message
        assert [each.act.act for each in found.value or ()] == ["submit", "review", "review"]


def test_an_act_that_is_restored_is_kept(board: BoardSite, objection: Path):
    before = objection.read_bytes()
    edit(board, objection)
    board.commit()
    objection.write_bytes(before)
    board.commit()
    assert named(board) == []
    assert board.standing().state is State.UNDER_REVIEW


def test_an_act_may_change_until_it_is_merged(board: BoardSite):
    board.git("checkout", "-q", "-b", "proposal")
    act = board.act("review", "demo-cai", decision="revise")
    board.commit()
    sign_anew(board, act)
    board.commit()
    board.git("checkout", "-q", "main")
    board.git("merge", "-q", "--no-ff", "--no-edit", "proposal")
    assert board.standing().state is State.APPROVED
    assert named(board) == []


def test_an_act_whose_signature_follows_in_another_commit_counts_as_unsigned(board: BoardSite):
    act = board.act("review", "demo-cai", decision="revise")
    armour = seal_of(act).read_bytes()
    seal_of(act).unlink()
    board.commit()
    assert board.standing().state is State.APPROVED
    seal_of(act).write_bytes(armour)
    board.commit()
    found = board.standing()
    assert found.state is State.APPROVED
    assert [(each.path, each.is_forged) for each in found.discounts] == [
        (act.relative_to(board.root).as_posix(), True)
    ]
    board.act("review", "demo-cai", decision="revise")
    board.commit()
    assert board.standing().state is State.UNDER_REVIEW


def test_an_act_whose_signature_follows_on_its_branch_is_signed_once_merged(board: BoardSite):
    board.git("checkout", "-q", "-b", "proposal")
    act = board.act("review", "demo-cai", decision="revise")
    armour = seal_of(act).read_bytes()
    seal_of(act).unlink()
    board.commit()
    seal_of(act).write_bytes(armour)
    board.commit()
    board.git("checkout", "-q", "main")
    board.git("merge", "-q", "--no-ff", "--no-edit", "proposal")
    assert board.standing().state is State.UNDER_REVIEW


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("notes.txt", "x\n"),
        ("20260101T000000Z-review-demo-cai.yml", "act: review\n"),
        ("20260101T000000Z-review-demo-cai.yml", "\0"),
        ("20260101T000000Z-review-demo-cai.yml.sig", "x\n"),
    ],
    ids=["a note", "half an act", "no text", "a signature of nothing"],
)
def test_what_proves_nothing_may_be_taken_out_again(name: str, content: str, board: BoardSite):
    path = board.site.write(f"editorial/records/contrast/{name}", content)
    board.commit()
    assert name in " ".join(map(str, board.repository().records("contrast").findings))
    path.unlink()
    board.commit()
    assert named(board) == []
    assert board.standing().state is State.APPROVED


def test_a_forged_act_may_be_taken_out_again(board: BoardSite):
    act = board.act("withdraw", "demo-cai", key="demo-stranger")
    board.commit()
    assert board.standing().state is State.APPROVED
    delete(board, act)
    board.commit()
    assert named(board) == []


def test_what_is_remembered_of_acts_changes_nothing(
    board: BoardSite, objection: Path, tmp_path: Path
):
    cache = Cache(file=tmp_path / "cache" / "cache.sqlite3")
    now = later()

    def standing() -> object:
        return Repository(board.root, cache=cache).standing("contrast", now)

    assert standing() == standing() == board.standing(now=now)
    edit(board, objection)
    assert standing() == board.standing(now=now)


@pytest.mark.parametrize(
    ("name", "fields", "is_told"),
    [
        ("review", {"decision": "revise"}, True),
        ("review", {"decision": "reject"}, True),
        ("withdraw", {}, True),
        ("review", {"decision": "approve"}, False),
        ("review", {"decision": "abstain"}, False),
        ("withdraw", {"key": None}, False),
    ],
)
def test_what_speaks_against_a_text_and_got_lost_in_a_merge_is_told(
    board: BoardSite, name: str, fields: dict[str, object], *, is_told: bool
):
    board.git("branch", "stale")
    path = board.act(name, "demo-cai", **fields)
    board.commit()
    board.git("checkout", "-q", "stale")
    board.commit()
    board.git("merge", "-q", "-s", "ours", "--no-edit", "main")
    board.git("checkout", "-q", "main")
    board.git("merge", "-q", "--ff-only", "stale")
    lost = board.repository().dossiers.lost.astray
    assert lost == ((path.relative_to(board.root).as_posix(),) if is_told else ())


def test_what_was_signed_while_merging_and_got_lost_in_a_merge_is_told(board: BoardSite):
    board.git("branch", "stale")
    board.git("checkout", "-qb", "side")
    board.commit()
    board.git("checkout", "-q", "main")
    board.git("merge", "-q", "--no-ff", "--no-commit", "side")
    path = board.act("withdraw", "demo-cai")
    board.commit()
    assert board.standing().state is State.WITHDRAWN
    board.git("checkout", "-q", "stale")
    board.commit()
    board.git("merge", "-q", "-s", "ours", "--no-edit", "main")
    board.git("checkout", "-q", "main")
    board.git("merge", "-q", "--ff-only", "stale")
    assert board.repository().dossiers.lost.astray == (path.relative_to(board.root).as_posix(),)


def without_seal(path: Path) -> None:
    seal_of(path).unlink()


def with_another_seal(path: Path) -> None:
    seal_of(path).write_text("x\n", encoding="utf-8")


def with_other_words(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace("Because.", "Never mind."))


def as_nothing(path: Path) -> None:
    path.write_text("x\n", encoding="utf-8")


@pytest.mark.parametrize("before", [without_seal, with_another_seal, with_other_words, as_nothing])
@pytest.mark.parametrize(("name", "fields"), [("withdraw", {}), ("review", {"decision": "revise"})])
def test_what_speaks_against_a_text_and_came_otherwise_than_it_was_signed_is_told(
    before: Callable[[Path], None], name: str, fields: dict[str, object], board: BoardSite
):
    """Whoever merges could else strip a withdrawal of its proof, and then take it out."""
    board.git("checkout", "-qb", "proposal")
    path = board.act(name, "demo-cai", **fields)
    kept = path.read_bytes(), seal_of(path).read_bytes()
    board.commit()
    board.git("checkout", "-q", "main")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(kept[0])
    seal_of(path).write_bytes(kept[1])
    before(path)
    board.commit()
    assert named(board) == []
    board.git("merge", "-q", "--no-ff", "--no-edit", "-X", "theirs", "proposal")
    assert board.standing().state is State.APPROVED
    delete(board, path)
    board.commit()
    assert board.standing().state is State.APPROVED
    (told,) = named(board)
    assert path.name in told
    assert "otherwise than it was signed" in told
    board.act(name, "demo-cai", **fields)
    board.commit()
    assert named(board) == []
    assert board.standing().state is not State.APPROVED


def test_what_a_stranger_signed_and_came_otherwise_is_nothing_to_tell(board: BoardSite):
    board.git("checkout", "-qb", "proposal")
    path = board.act("withdraw", "demo-cai", key="demo-stranger")
    data = path.read_bytes()
    board.commit()
    board.git("checkout", "-q", "main")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    board.commit()
    board.git("merge", "-q", "--no-ff", "--no-edit", "proposal")
    delete(board, path)
    board.commit()
    assert named(board) == []


def test_a_review_of_an_edit_of_a_text_that_nobody_knows_approves_nothing(board: BoardSite):
    board.edit("39% to 53%", "38% to 53%")
    board.submit()
    board.commit()
    nothing = f"sha256:{'0' * 64}"
    board.act("review", "demo-ana", light={"since": nothing, "diff": nothing})
    board.commit()
    assert board.standing().state is State.UNDER_REVIEW


def test_each_file_of_the_records_stands_under_its_article_though_it_is_gone(
    board: BoardSite, objection: Path
):
    board.site.write("editorial/records/a-note.txt", "A note.\n")
    board.site.write("editorial/records/another/b.txt", "x\n")
    board.site.write("editorial/records/another/a.txt", "x\n")
    delete(board, objection)
    board.commit()
    found = board.repository().record_paths
    assert sorted(found) == ["", "another", "contrast"]
    assert found[""] == ("editorial/records/a-note.txt",)
    assert found["another"] == (
        "editorial/records/another/a.txt",
        "editorial/records/another/b.txt",
    )
    assert objection.relative_to(board.root).as_posix() in found["contrast"]
    ledger = board.repository().ledger
    path = objection.relative_to(board.root).as_posix()
    assert ledger.rewritten == (path, f"{path}.sig")
    assert ledger.order("editorial/records/another/a.txt") == ledger.order(path) + 1
    assert ledger.order("editorial/records/another/none.txt") is None


def test_a_signature_that_came_before_its_act_is_the_one_it_came_with(board: BoardSite):
    act = board.act("review", "demo-cai", decision="revise")
    data = act.read_bytes()
    act.unlink()
    board.commit()
    assert board.standing().state is State.APPROVED
    act.write_bytes(data)
    board.commit()
    assert board.standing().state is State.UNDER_REVIEW
