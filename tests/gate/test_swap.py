"""The live folder is the old release or the new one, whole, whatever happens on the way."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from imprimatur.errors import CannotExamineError
from imprimatur.gate.swap import swap, workshop

PUBLISH = """
import sys
from pathlib import Path
from imprimatur.errors import CannotExamineError
from imprimatur.gate.swap import swap, workshop

live = Path(sys.argv[1])
try:
    with workshop(live) as folder:
        (folder / "index.html").write_text(sys.argv[2])
        {between}
        swap(folder, live)
except (CannotExamineError, OSError) as error:
    sys.exit(f"{{error}}")
"""


def publish(live, text="text", page="index.html"):
    """Publish a site of one page."""
    with workshop(live) as folder:
        (folder / page).parent.mkdir(parents=True, exist_ok=True)
        (folder / page).write_text(text)
        swap(folder, live)


def run(live, text, between="pass", *before: str):
    """Publish in a process of its own."""
    script = PUBLISH.format(between=between)
    command = [*before, sys.executable, "-c", script, str(live), text]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def releases(live):
    """What lies beside the live folder, but for the lock."""
    return sorted({each.name for each in live.with_name("live.releases").iterdir()} - {"lock"})


@pytest.fixture
def live(tmp_path):
    return tmp_path / "www" / "live"


def test_a_first_release_makes_the_live_folder(live):
    publish(live, "first")
    assert live.is_symlink()
    assert (live / "index.html").read_text() == "first"


def test_a_second_release_takes_the_place_of_the_first_and_the_first_remains(live):
    publish(live, "first")
    before = live.resolve()
    publish(live, "second", "new.html")
    assert [each.name for each in live.iterdir()] == ["new.html"]
    assert (before / "index.html").read_text() == "first"


def test_three_releases_remain(live):
    for number in range(5):
        publish(live, str(number))
    assert releases(live) == ["release-000003", "release-000004", "release-000005"]
    assert (live / "index.html").read_text() == "4"


def test_what_readers_saw_before_remains_though_later_releases_are_newer(live):
    for number in range(4):
        publish(live, str(number))
    live.unlink()
    live.symlink_to("live.releases/release-000002")
    publish(live, "mended")
    assert releases(live) == [f"release-00000{number}" for number in (2, 3, 4, 5)]
    publish(live, "again")
    assert releases(live) == [f"release-00000{number}" for number in (4, 5, 6)]


def test_what_others_put_beside_the_releases_takes_no_release_its_place(live, tmp_path):
    for number in range(2):
        publish(live, str(number))
    folder = live.with_name("live.releases")
    mine = ["release-0000009", "release-000100", "release-000200", "release-000300 of May"]
    (folder / mine[0]).mkdir()
    (folder / mine[1]).write_text("mine")
    (folder / mine[2]).symlink_to(tmp_path)
    (folder / mine[3]).mkdir()
    for number in range(4):
        publish(live, str(number))
    made = [f"release-00020{number}" for number in (2, 3, 4)]
    assert releases(live) == sorted([*mine, *made])
    assert (live / "index.html").read_text() == "3"
    live.unlink()
    live.symlink_to(f"live.releases/{mine[0]}")
    with pytest.raises(CannotExamineError, match="no release of ours"):
        publish(live)


@pytest.mark.parametrize("where", ["loop/live", "live"])
def test_links_that_lead_in_a_circle_are_refused(tmp_path, where):
    (tmp_path / "loop").symlink_to("loop")
    if where == "live":
        (tmp_path / where).symlink_to("loop/release-000001")
    with pytest.raises(CannotExamineError):
        publish(tmp_path / where)


def test_the_folders_can_be_moved_together(live, tmp_path):
    publish(live)
    live.parent.rename(tmp_path / "moved")
    assert (tmp_path / "moved/live/index.html").read_text() == "text"


def test_what_is_not_swapped_in_is_removed_and_the_live_folder_is_as_it_was(live):
    publish(live, "first")
    with workshop(live) as folder:
        (folder / "index.html").write_text("refused")
    assert (live / "index.html").read_text() == "first"
    assert releases(live) == ["release-000001"]


def test_a_folder_with_files_is_refused_with_the_cure_and_left_alone(live):
    live.mkdir(parents=True)
    (live / "mine.txt").write_text("mine")
    with pytest.raises(CannotExamineError, match=r"files in it.* mv .*live .*live\.before"):
        publish(live)
    assert [each.name for each in live.parent.iterdir()] == ["live"]
    assert (live / "mine.txt").read_text() == "mine"


def test_an_empty_folder_becomes_the_link(live):
    live.mkdir(parents=True)
    publish(live)
    assert live.is_symlink()


def test_a_file_is_refused(live):
    live.parent.mkdir()
    live.write_text("mine")
    with pytest.raises(CannotExamineError, match="is a file"):
        publish(live)
    assert live.read_text() == "mine"


def test_a_link_that_leads_elsewhere_is_refused_and_left_alone(live, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    live.parent.mkdir()
    live.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CannotExamineError, match=r"no release of ours.*rm .*live"):
        publish(live)
    assert live.readlink() == tmp_path / "elsewhere"


def test_a_link_that_leads_nowhere_is_refused_with_what_there_is(live):
    publish(live)
    live.resolve().rename(live.parent / "taken-away")
    with pytest.raises(CannotExamineError, match=r"not there.*ls .*releases"):
        publish(live)


def test_a_place_without_a_name_is_refused(tmp_path):
    with pytest.raises(CannotExamineError, match="no name of its own"):
        publish(tmp_path / "..")


def test_a_release_is_not_swapped_in_from_anywhere_else(live, tmp_path):
    (tmp_path / "built").mkdir()
    with pytest.raises(CannotExamineError, match="not built in the workshop"):
        swap(tmp_path / "built", live)


def test_a_release_is_not_swapped_in_a_second_time(live):
    publish(live, "first")
    publish(live, "second")
    with pytest.raises(CannotExamineError, match="not built in the workshop"):
        swap(live.with_name("live.releases") / "release-000001", live)
    assert (live / "index.html").read_text() == "second"
    assert releases(live) == ["release-000001", "release-000002"]


def test_what_somebody_puts_in_place_of_the_live_folder_meanwhile_is_left_alone(live):
    publish(live, "first")
    with workshop(live) as folder:
        (folder / "index.html").write_text("second")
        live.unlink()
        live.write_text("mine")
        with pytest.raises(CannotExamineError, match="is a file"):
            swap(folder, live)
    assert live.read_text() == "mine"


def test_of_two_runs_at_once_the_second_is_refused(live):
    with workshop(live) as folder:
        done = run(live, "second")
        assert done.returncode == 1
        assert "another run is publishing" in done.stderr
        (folder / "index.html").write_text("first")
        swap(folder, live)
    assert (live / "index.html").read_text() == "first"
    assert run(live, "third").returncode == 0


def test_a_killed_run_locks_nobody_out_and_its_folder_is_removed(live):
    publish(live, "first")
    between = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    assert run(live, "killed", between).returncode == -9
    assert len(releases(live)) == 2
    publish(live, "second")
    assert releases(live) == ["release-000001", "release-000002"]
    assert (live / "index.html").read_text() == "second"


def test_a_helper_process_that_outlives_a_killed_run_locks_nobody_out(live):
    between = (
        "import os, time\n"
        "        if os.fork() == 0:\n"
        # The helper itself says that it runs: before that, the lock it was born with is open.
        "            print('here', flush=True)\n"
        "            time.sleep(60)\n"
        "            os._exit(0)\n"
        "        time.sleep(60)\n"
    )
    script = PUBLISH.format(between=between)
    command = [sys.executable, "-c", script, str(live), "killed"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, process_group=0) as running:
        assert running.stdout is not None
        running.stdout.readline()
        running.kill()
        running.wait()
        try:
            publish(live, "second")
        finally:
            os.killpg(running.pid, 9)
    assert (live / "index.html").read_text() == "second"


def test_only_what_killed_runs_left_is_removed_beside_the_releases(live):
    publish(live)
    beside = live.with_name("live.releases")
    (beside / "build-0123456789abcdef").mkdir()
    (beside / "gone-0123456789abcdef").mkdir()
    (beside / "link-0123456789abcdef").symlink_to("nowhere")
    mine = ["build-mine", "notes.txt", "release-7"]
    for name in mine:
        (beside / name).mkdir()
    publish(live)
    assert releases(live) == sorted([*mine, "release-000001", "release-000002"])


def test_the_live_release_remains_even_where_somebody_led_the_link_back(live):
    for number in range(3):
        publish(live, str(number))
    live.unlink()
    live.symlink_to("live.releases/release-000001")
    with workshop(live):
        assert (live / "index.html").read_text() == "0"
    publish(live, "new")
    assert (live / "index.html").read_text() == "new"


@pytest.mark.parametrize("kind", ["link", "linked folder", "pipe"])
def test_a_site_that_holds_more_than_plain_files_is_refused(live, tmp_path, kind):
    publish(live, "first")
    with workshop(live) as folder:
        if kind == "link":
            (folder / "odd").symlink_to(live / "index.html")
        elif kind == "linked folder":
            (folder / "odd").symlink_to(tmp_path)
        else:
            os.mkfifo(folder / "odd")
        with pytest.raises(CannotExamineError, match="is no plain file"):
            swap(folder, live)
    assert (live / "index.html").read_text() == "first"


def test_a_server_can_read_a_release_whatever_the_umask_was(live):
    before = os.umask(0o077)
    try:
        publish(live, "text", "below/index.html")
    finally:
        os.umask(before)
    modes = {each.stat().st_mode & 0o777 for each in (live.resolve(), live / "below")}
    assert modes == {0o755}
    assert (live / "below/index.html").stat().st_mode & 0o777 == 0o644


def test_a_site_that_cannot_be_written_whole_leaves_the_live_folder_as_it_was(live):
    publish(live, "first")
    between = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (9, 9))\n"
    between += "        (folder / 'more').write_text('longer than that')"
    done = run(live, "second", between)
    assert "File too large" in done.stderr
    assert (live / "index.html").read_text() == "first"
    assert releases(live) == ["release-000001"]


def in_own_mount(tmp_path, script):
    """Run a script of the shell that mounts what it likes, seen by nobody else."""
    alone = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--mount", "-r"]
    if subprocess.run([*alone, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount anything")
    script = f"set -e\ncd {tmp_path}\n{script}"
    command = [*alone, "sh", "-c", script, sys.executable, PUBLISH.format(between="pass")]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_disk_that_is_only_read_is_said_in_words(tmp_path):
    script = """
mkdir www; mount -t tmpfs demonstration www
"$0" -c "$1" www/live first
mount -o remount,ro www
"$0" -c "$1" www/live second 2>&1 || cat www/live/index.html
"""
    done = in_own_mount(tmp_path, script)
    assert "Read-only file system; www/live is as it was" in done.stdout, done.stderr
    assert done.stdout.endswith("first")


def test_a_disk_that_is_full_is_said_in_words(tmp_path):
    # Room for the first release; of the second for its folder and page, but not for the link.
    script = """
mkdir www; mount -t tmpfs -o nr_inodes=8 demonstration www
"$0" -c "$1" www/live first
"$0" -c "$1" www/live second 2>&1 || cat www/live/index.html
ls www/live.releases
"""
    done = in_own_mount(tmp_path, script)
    assert "No space left on device; www/live is as it was" in done.stdout, done.stderr
    assert done.stdout.endswith("firstlock\nrelease-000001\n")


def test_the_live_folder_is_there_at_every_moment(live):
    """Readers who ask all the time never see it missing or half."""
    publish(live, "0")
    asking = (
        "import sys, pathlib\n"
        "page = pathlib.Path(sys.argv[1], 'index.html')\n"
        "print('ready', flush=True)\n"
        "while not pathlib.Path(sys.argv[2]).exists():\n"
        "    assert page.read_text().isdigit()\n"
    )
    stop = live.with_name("stop")
    command = [sys.executable, "-c", asking, str(live), str(stop)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout is not None
        reader.stdout.readline()
        # Two releases more remain on the disk, so a reader has time to read the one it opened.
        for number in range(30):
            publish(live, str(number))
            time.sleep(0.01)
        stop.touch()
        assert reader.wait() == 0


def test_what_is_in_the_way_is_told_in_full_with_its_cure(live, tmp_path):
    def refusal() -> str:
        with pytest.raises(CannotExamineError) as refused:
            publish(live)
        return str(refused.value)

    live.mkdir(parents=True)
    (live / "mine.txt").write_text("mine")
    assert refusal() == (
        f"{live} is a folder with files in it, and publishing makes a link of that name; name "
        f"another place, or move it away: mv {live} {live}.before"
    )
    (live / "mine.txt").unlink()
    live.rmdir()
    live.write_text("mine")
    assert refusal() == f"{live} is a file; name a folder to publish to, or move the file away"
    live.unlink()
    live.symlink_to(tmp_path)
    assert refusal() == (
        f"{live} is a link to {tmp_path}, which is no release of ours; name another place, or "
        f"remove the link: rm {live}"
    )
    live.unlink()
    releases = live.with_name("live.releases")
    live.symlink_to("live.releases/release-000001")
    assert refusal() == (
        f"{live} is a link to live.releases/release-000001, which is not there; lead it to a "
        f"release that is (ls {releases}), or remove the link: rm {live}"
    )
    live.unlink()
    releases.write_text("mine")
    assert refusal() == f"{releases} is no folder, and releases lie there; move it away"


@pytest.mark.parametrize("name", ["release-00001", "release-0000001x", "release-", "build-1"])
def test_a_link_to_what_is_called_otherwise_than_a_release_is_refused(live, name):
    publish(live)
    (live.with_name("live.releases") / name).mkdir()
    live.unlink()
    live.symlink_to(f"live.releases/{name}")
    with pytest.raises(CannotExamineError, match="no release of ours"):
        publish(live)


def test_the_folder_of_releases_is_no_link_to_somebody_elses(live, tmp_path):
    (tmp_path / "theirs").mkdir()
    live.parent.mkdir()
    live.with_name("live.releases").symlink_to(tmp_path / "theirs")
    with pytest.raises(CannotExamineError, match=r"live\.releases is no folder"):
        publish(live)
    assert not list((tmp_path / "theirs").iterdir())


@pytest.mark.parametrize("last", ["release-000009", "release-999999", "release-1234567"])
def test_a_release_has_the_next_number_however_many_there_were(live, last):
    publish(live)
    (live.with_name("live.releases") / last).mkdir()
    publish(live)
    number = int(last.removeprefix("release-")) + 1
    assert str(live.readlink()) == f"live.releases/release-{number:06}"


def test_the_link_is_seen_from_where_it_lies(live):
    publish(live)
    assert str(live.readlink()) == "live.releases/release-000001"


def test_the_live_folder_is_named_in_what_a_second_run_is_told(live):
    with workshop(live), pytest.raises(CannotExamineError) as refused:
        publish(live)
    assert str(refused.value) == (
        f"another run is publishing to {live} right now; wait until it has ended, and try again"
    )


def test_after_a_run_that_failed_the_next_one_publishes(live):
    with pytest.raises(ZeroDivisionError), workshop(live):
        raise ZeroDivisionError
    publish(live, "second")
    assert (live / "index.html").read_text() == "second"
    assert releases(live) == ["release-000001"]


def test_a_folder_beside_the_workshop_is_no_built_release_whatever_its_name(live, tmp_path):
    name = f"build-{'a' * 16}"
    (tmp_path / name).mkdir()
    with pytest.raises(CannotExamineError) as refused:
        swap(tmp_path / name, live)
    assert str(refused.value) == f"{tmp_path / name} was not built in the workshop of {live}"


def test_every_part_of_a_release_can_be_read_by_a_server(live):
    with workshop(live) as folder:
        (folder / "a/b").mkdir(parents=True)
        for name in ("x", "a/y", "a/b/z"):
            (folder / name).write_text("text")
            (folder / name).chmod(0o600)
        for name in ("a/b", "a", "."):
            (folder / name).chmod(0o700)
        swap(folder, live)
    modes = {each.stat().st_mode & 0o777 for each in live.rglob("*") if each.is_file()}
    assert modes == {0o644}
    folders = [live.resolve(), *(each for each in live.resolve().rglob("*") if each.is_dir())]
    assert {each.stat().st_mode & 0o777 for each in folders} == {0o755}
    assert len(folders) == 3


@pytest.mark.parametrize("where", ["x", "a/x"])
def test_a_link_among_the_files_is_named_and_refused(live, where):
    with workshop(live) as folder:
        (folder / "a").mkdir()
        (folder / where).symlink_to("elsewhere")
        with pytest.raises(CannotExamineError) as refused:
            swap(folder, live)
        assert str(refused.value) == (
            f"{folder / where} is no plain file, and a release holds nothing else; remove it from "
            "the site"
        )
    assert not live.exists()
