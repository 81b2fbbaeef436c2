"""What is remembered saves time, never changes an answer, and never stands in anybody's way."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imprimatur.editorial import cache as module
from imprimatur.editorial.cache import NO_CACHE, Cache, users_cache

PARTS = (b"an act", b"its signature")


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """A cache in a folder that does not exist yet."""
    return Cache(file=tmp_path / "made" / "cache.sqlite3")


def file_of(cache: Cache) -> Path:
    assert cache.file is not None
    return cache.file


def change(cache: Cache, *statement: object) -> None:
    with closing(sqlite3.connect(file_of(cache))) as database, database:
        database.execute(*statement)


def test_what_was_put_is_found_again_and_nothing_else(cache: Cache):
    cache.put_many("seal", {PARTS: "valid", (b"x",): "\u00e9\n"})
    assert cache.get("seal", *PARTS) == "valid"
    assert cache.get_many("seal", [PARTS, (b"x",), (b"y",)]) == {
        PARTS: "valid",
        (b"x",): "\u00e9\n",
    }
    assert cache.get("act", *PARTS) is None
    assert cache.get("seal", *reversed(PARTS)) is None


def test_what_is_put_again_is_replaced(cache: Cache):
    cache.put_many("seal", {PARTS: "one"})
    cache.put_many("seal", {PARTS: "two"})
    assert cache.get("seal", *PARTS) == "two"


texts = st.lists(st.binary(max_size=3), max_size=3).map(tuple)


@given(one=st.tuples(st.text(max_size=3), texts), other=st.tuples(st.text(max_size=3), texts))
def test_no_two_inputs_share_a_name(one: tuple[str, module.Parts], other: tuple[str, module.Parts]):
    assert (module._name(*one) == module._name(*other)) == (one == other)  # noqa: SLF001 - the law of this name is the cache's safety


def test_thousands_are_put_and_found_in_one_go(cache: Cache):
    many = {(str(each).encode(),): str(each) for each in range(5000)}
    cache.put_many("seal", many)
    assert cache.get_many("seal", many) == many


def test_only_the_user_can_read_or_write_it(cache: Cache):
    cache.put_many("seal", {PARTS: "valid"})
    file = file_of(cache)
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_a_file_that_others_can_write_is_not_used(cache: Cache, mode: int):
    cache.put_many("seal", {PARTS: "valid"})
    file_of(cache).chmod(mode)
    assert cache.get("seal", *PARTS) is None


def test_a_folder_that_others_can_write_is_not_used(cache: Cache):
    cache.put_many("seal", {PARTS: "valid"})
    file_of(cache).parent.chmod(0o777)
    assert cache.get("seal", *PARTS) is None


def test_what_belongs_to_somebody_else_is_not_used(cache: Cache):
    cache.put_many("seal", {PARTS: "valid"})
    file = file_of(cache)
    if os.geteuid() == 0:
        os.chown(file, 65534, -1)
        assert cache.get("seal", *PARTS) is None
        os.chown(file, 0, -1)
        os.chown(file.parent, 65534, -1)
    else:
        cache = Cache(file=Path("/usr/cache.sqlite3"))
    cache.put_many("seal", {(b"x",): "valid"})
    assert cache.get("seal", *PARTS) is None
    assert cache.get("seal", b"x") is None


def test_a_link_in_its_place_is_not_followed(cache: Cache, tmp_path: Path):
    cache.put_many("seal", {PARTS: "valid"})
    moved = file_of(cache).rename(tmp_path / "elsewhere")
    file_of(cache).symlink_to(moved)
    assert cache.get("seal", *PARTS) is None
    moved.unlink()
    cache.put_many("seal", {PARTS: "valid"})
    assert not moved.exists()


def test_a_pipe_in_its_place_is_not_waited_for(cache: Cache):
    file_of(cache).parent.mkdir(mode=0o700)
    os.mkfifo(file_of(cache), mode=0o600)
    cache.put_many("seal", {PARTS: "valid"})
    assert cache.get("seal", *PARTS) is None


@pytest.mark.parametrize("mode", [0o720, 0o702])
def test_a_folder_that_one_group_or_all_others_can_write_is_not_used(cache: Cache, mode: int):
    cache.put_many("seal", {PARTS: "valid"})
    file_of(cache).parent.chmod(mode)
    assert cache.get("seal", *PARTS) is None
    file_of(cache).parent.chmod(0o755)
    assert cache.get("seal", *PARTS) == "valid"


def test_a_place_where_nothing_can_be_kept_is_no_error(tmp_path: Path):
    (tmp_path / "file").write_bytes(b"")
    for file in (tmp_path / "file" / "cache", Path("/proc/none/cache"), tmp_path):
        broken = Cache(file=file)
        broken.put_many("seal", {PARTS: "valid"})
        assert broken.get("seal", *PARTS) is None


@pytest.mark.parametrize("rubbish", [b"rubbish" * 1000, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_file_is_forgotten_and_the_next_one_works(cache: Cache, rubbish: bytes):
    cache.put_many("seal", {PARTS: "valid"})
    file_of(cache).write_bytes(rubbish)
    assert cache.get("seal", *PARTS) is None
    cache.put_many("seal", {PARTS: "valid"})
    assert cache.get("seal", *PARTS) == "valid"


@pytest.mark.parametrize("value", ["forged", None, 1, b"\xff"])
def test_a_value_the_disk_changed_is_not_believed(cache: Cache, value: object):
    cache.put_many("seal", {PARTS: "valid", (b"x",): "other"})
    change(cache, "UPDATE kept SET value = ?", (value,))
    assert cache.get("seal", *PARTS) is None


def test_a_value_of_another_name_is_not_believed(cache: Cache):
    cache.put_many("seal", {PARTS: "valid", (b"x",): "other"})
    change(
        cache,
        "UPDATE kept SET value = 'other', proof = (SELECT proof FROM kept WHERE value = 'other')",
    )
    assert cache.get("seal", *PARTS) is None
    assert cache.get("seal", b"x") == "other"


def test_a_table_of_another_form_is_no_error(cache: Cache):
    cache.put_many("seal", {PARTS: "valid"})
    change(cache, "ALTER TABLE kept RENAME COLUMN value TO words")
    cache.put_many("seal", {PARTS: "valid"})
    assert cache.get("seal", *PARTS) is None


def test_a_locked_file_is_waited_for_a_moment_and_is_then_no_error(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(module, "_SECONDS", 0.05)
    cache.put_many("seal", {PARTS: "valid"})
    with closing(sqlite3.connect(file_of(cache))) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert cache.get("seal", *PARTS) is None
        cache.put_many("seal", {(b"x",): "valid"})
    assert cache.get("seal", *PARTS) == "valid"
    assert cache.get("seal", b"x") is None


def test_a_cache_that_grew_too_large_begins_anew(cache: Cache, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "_PAGES", 20)
    cache.put_many("act", {PARTS: "x" * 200_000})
    assert cache.get("act", *PARTS) is not None
    cache.put_many("act", {(b"new",): "small"})
    assert cache.get("act", *PARTS) is None
    assert cache.get("act", b"new") == "small"
    cache.put_many("act", {(b"newer",): "small"})
    assert cache.get("act", b"new") == "small"


def test_several_processes_write_at_once_and_nothing_is_lost(cache: Cache):
    script = (
        "import sys; from pathlib import Path; from imprimatur.editorial import cache as module\n"
        "module._SECONDS = 60.0\n"  # on a busy machine each may wait long
        "cache = module.Cache(file=Path(sys.argv[1]))\n"
        "for each in range(20):\n"
        "    cache.put_many('seal', {(sys.argv[2].encode(), bytes([each])): 'valid'})\n"
    )
    command = [sys.executable, "-c", script, str(file_of(cache))]
    running = [subprocess.Popen([*command, str(each)]) for each in range(4)]
    assert [each.wait() for each in running] == [0] * 4
    wanted = [(str(each).encode(), bytes([i])) for each in range(4) for i in range(20)]
    assert len(cache.get_many("seal", wanted)) == len(wanted)


def test_a_text_that_no_file_can_hold_is_not_kept_and_no_error(cache: Cache):
    cache.put_many("seal", {PARTS: "\ud800"})
    assert cache.get("seal", *PARTS) is None


def test_no_cache_remembers_nothing():
    NO_CACHE.put_many("seal", {PARTS: "valid"})
    assert NO_CACHE.get("seal", *PARTS) is None


def test_it_lies_in_the_users_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("IMPRIMATUR_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    found = users_cache(tmp_path / "repository")
    found.put_many("seal", {PARTS: "valid"})
    assert found.get("seal", *PARTS) == "valid"
    assert file_of(found) == (tmp_path / "home/imprimatur/cache.sqlite3").resolve()


def test_the_user_may_switch_it_off_or_name_another_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for off in ("off", "OFF"):
        monkeypatch.setenv("IMPRIMATUR_CACHE", off)
        assert users_cache(tmp_path / "repository") == NO_CACHE
    monkeypatch.setenv("IMPRIMATUR_CACHE", str(tmp_path / "other"))
    assert file_of(users_cache(tmp_path / "repository")).parent == tmp_path / "other"


def test_it_never_lies_inside_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    site = tmp_path / "repository" / "site"
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    site.mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "repository")
    for inside in ("repository", "repository/site/cache", "repository/cache", "link/cache"):
        monkeypatch.setenv("IMPRIMATUR_CACHE", str(tmp_path / inside))
        assert users_cache(site) == NO_CACHE
    monkeypatch.setenv("IMPRIMATUR_CACHE", "cache")
    monkeypatch.chdir(site)
    assert users_cache(Path()) == NO_CACHE


def test_a_place_that_cannot_be_found_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "round").symlink_to("about")
    (tmp_path / "about").symlink_to("round")
    for place in ("~nobody-has-this-name/cache", str(tmp_path / "round" / "cache")):
        monkeypatch.setenv("IMPRIMATUR_CACHE", place)
        assert users_cache(tmp_path / "repository") == NO_CACHE
