"""Attacks on an emergency: what was taken down is to stay up, or to come back."""

from __future__ import annotations

import hashlib
import json
import struct
import subprocess
from typing import TYPE_CHECKING

import pytest

from releases import EDITOR, OTHER, REVIEWERS, Releases, head, publish, release_site

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Site
    from keys import Key


@pytest.fixture(scope="module")
def model(
    make_site: Callable[[Path], Site],
    keys: Callable[..., Key],
    tmp_path_factory: pytest.TempPathFactory,
) -> Releases:
    """A site with two approved articles."""
    root = tmp_path_factory.mktemp("model") / "site"
    return release_site(make_site, keys, root, "second", pending="withhold")


@pytest.fixture
def site(model: Releases, tmp_path: Path) -> Releases:
    return model.copied_to(tmp_path / "site")


def shown(site: Releases, live: Path) -> dict[str, str]:
    """Publish in an emergency, and say how each article stands for its readers."""
    publish(site, live, "--emergency")
    pages = {each.parent.name: each.read_text() for each in live.glob("articles/*/index.html")}
    return {
        slug: text.partition('data-standing="')[2].partition('"')[0] for slug, text in pages.items()
    }


def test_61_one_editor_alone_brings_nothing_back_by_the_next_emergency(site, tmp_path):
    live = tmp_path / "live"
    publish(site, live)
    site.act("withdraw", REVIEWERS[0], "second")
    site.commit()
    assert shown(site, live) == {"contrast": "approved", "second": "withdrawn"}
    site.act("reinstate", EDITOR, "second")
    site.act("withdraw", REVIEWERS[0])
    site.commit()
    assert shown(site, live) == {"contrast": "withdrawn", "second": "withdrawn"}
    done = site.imprimatur("verify", "--release", str(live))
    assert done.returncode == 0, done.stdout + done.stderr


def test_61_what_was_reinstated_and_approved_anew_stays(site, tmp_path):
    live = tmp_path / "live"
    publish(site, live)
    site.act("withdraw", REVIEWERS[0], "second")
    site.act("reinstate", EDITOR, "second")
    site.commit()
    site.approved(*REVIEWERS, slug="second")
    site.act("withdraw", REVIEWERS[0])
    site.commit()
    assert shown(site, live) == {"contrast": "withdrawn", "second": "approved"}


def test_01_a_forged_act_says_nothing_in_the_notice_of_an_emergency(site, tmp_path):
    live = tmp_path / "live"
    publish(site, live)
    site.act("withdraw", REVIEWERS[0], "second", reason="It may harm.")
    site.act("concern", EDITOR, "second", key=None, reason="The true dose is 50 mg.")
    site.act("concern", EDITOR, "second", key=None, site="elsewhere.example", reason="50 mg.")
    site.act("submit", "nobody-known", "second", printed_name="Take 50 mg", reason="Take 50 mg.")
    site.commit()
    assert shown(site, live)["second"] == "withdrawn"
    page = (live / "articles/second/index.html").read_text()
    assert "It may harm." in page
    assert "50 mg" not in page


def test_39_a_link_to_a_part_of_a_text_does_not_keep_that_text_up(site, tmp_path):
    live = tmp_path / "live"
    body = OTHER + "\n## The dose\n\nSome say more [@liu2017vertebral].\n"
    site.site.article("second", body=body, head=head("The second question?"))
    site.approved(*REVIEWERS, slug="second")
    body = OTHER + "\nSee [the dose](second.md#the-dose).\n"
    site.site.article("third", body=body, head=head("The third question?"))
    site.approved(*REVIEWERS, slug="third")
    publish(site, live)
    site.act("withdraw", REVIEWERS[0], "second")
    site.commit()
    publish(site, tmp_path / "usual")
    notice = (tmp_path / "usual/articles/second/index.html").read_text(encoding="utf-8")
    assert 'data-standing="withdrawn"' in notice
    assert shown(site, live)["second"] == "withdrawn"


def test_39_a_link_to_what_goes_with_a_text_does_not_keep_it_up(site, tmp_path):
    live = tmp_path / "live"
    other = head("The second question?").replace("[radiology]", "[cardiology]")
    site.site.article("second", body=OTHER, head=other)
    site.approved(*REVIEWERS, slug="second")
    home = (site.root / "docs/index.md").read_text()
    site.site.write("docs/index.md", f"{home}\n[Hearts](topics/cardiology/index.md)\n")
    site.sign_site(EDITOR)
    site.commit()
    publish(site, live)
    site.act("withdraw", REVIEWERS[0], "second")
    site.commit()
    assert shown(site, live)["second"] == "withdrawn"


def test_62_words_of_a_pending_text_that_a_list_says_anyway_keep_nothing_up(site, tmp_path):
    live = tmp_path / "live"
    words = ("1 article", "2 articles", "All topics", "Status", "Newer text under review")
    headings = "".join(f"\n## {each}\n\nText.\n" for each in words)
    site.site.article("pending", body=OTHER + headings, head=head("Who pends?"))
    site.commit()
    publish(site, live)
    site.act("withdraw", REVIEWERS[0], "second")
    site.commit()
    assert shown(site, live)["second"] == "withdrawn"


def taken_down_behind(site: Releases, live: Path, told: str) -> None:
    """What was withdrawn goes in an emergency, though no other release can be made."""
    assert told in publish(site, live, code=2)
    said = publish(site, live, "--emergency")
    assert f"The next release waits until this is mended: {told}" in said
    pages = {each.parent.name: each.read_text() for each in live.glob("articles/*/index.html")}
    assert 'data-standing="withdrawn"' in pages["second"]
    assert "It may harm." in pages["second"]
    assert 'data-standing="approved"' in pages["contrast"]
    done = site.imprimatur("verify", "--release", str(live))
    assert done.returncode == 0, done.stdout + done.stderr


def test_60_a_file_too_large_to_be_read_keeps_nothing_up(site, tmp_path):
    live = tmp_path / "live"
    publish(site, live)
    site.act("withdraw", REVIEWERS[0], "second", reason="It may harm.")
    with (site.root / "film.bin").open("wb") as file:
        file.truncate(200_000_001)
    site.commit()
    taken_down_behind(site, live, "film.bin has 200,000,001 bytes")


def test_48_a_path_that_no_honest_tool_writes_keeps_nothing_up(site, tmp_path):
    live = tmp_path / "live"
    publish(site, live)
    site.act("withdraw", REVIEWERS[0], "second", reason="It may harm.")
    site.commit()
    blob = site.git("rev-parse", "HEAD:mkdocs.yml").strip()
    listing = site.git("ls-tree", "HEAD") + f"100644 blob {blob}\t.GIT\n"
    command = ["git", "mktree"]
    made = subprocess.run(
        command, cwd=site.root, input=listing, text=True, capture_output=True, check=True
    )
    tip = site.git("commit-tree", made.stdout.strip(), "-p", "HEAD", "-m", "Demonstration").strip()
    site.git("switch", "-q", "--detach")
    site.git("branch", "-f", "main", tip)
    taken_down_behind(site, live, "the commit holds the path .GIT")


def test_36_settings_that_were_taken_away_keep_nothing_up(site, tmp_path):
    live = tmp_path / "live"
    publish(site, live)
    site.act("withdraw", REVIEWERS[0], "second", reason="It may harm.")
    (site.root / "mkdocs.yml").unlink()
    site.commit()
    assert "holds mkdocs.yml" in publish(site, live, code=2)
    said = publish(site, live, "--emergency")
    assert "The next release waits until this is mended: there is no mkdocs.yml." in said
    assert 'data-standing="withdrawn"' in (live / "articles/second/index.html").read_text()


def test_18_acts_that_cannot_be_read_or_were_deleted_keep_nothing_up(site, tmp_path):
    live = tmp_path / "live"
    publish(site, live)
    path = site.act("withdraw", REVIEWERS[0], "second", reason="It may harm.")
    site.commit()
    for other in sorted(path.parent.iterdir()):
        other.unlink()
    record = "editorial/records/second/20261123T101512Z-withdraw-demo-ana.yml"
    site.site.write(record, b"x" * 2_000_000)
    (site.root / "editorial/records/contrast/link.yml").symlink_to("/etc/passwd")
    site.commit()
    assert shown(site, live) == {"contrast": "approved", "second": "withdrawn"}


def test_47_behind_a_history_that_was_rewritten_there_is_a_way_by_the_old_one(site, tmp_path):
    live = tmp_path / "live"
    publish(site, live)
    released = site.tip
    site.git("switch", "-q", "--orphan", "other")
    site.git("checkout", released, "--", ".")
    site.site.write("docs/unclaimed.exe", "MZ")
    site.commit()
    site.git("branch", "-f", "main", "other")
    site.git("switch", "-q", "main")
    site.act("withdraw", REVIEWERS[0], "second", reason="It may harm.")
    site.commit()
    publish(site, live, code=1)
    told = publish(site, live, "--emergency", code=2)
    assert f"git switch -c takedown {released[:12]}" in told
    assert "imprimatur --trust takedown publish --emergency" in told
    site.git("switch", "-q", "-c", "takedown", released[:12])
    site.act("withdraw", REVIEWERS[0], "second", reason="It may harm.")
    site.commit()
    done = site.imprimatur("--trust", "takedown", "publish", "--emergency", "--to", str(live))
    assert done.returncode == 0, done.stdout + done.stderr
    assert 'data-standing="withdrawn"' in (live / "articles/second/index.html").read_text()


def test_47_nobody_s_own_history_is_published_by_naming_it_in_the_release(site, tmp_path):
    live = tmp_path / "live"
    publish(site, live)
    site.git("switch", "-q", "-c", "proposal")
    site.edit("The second criteria", "Take 50 mg: these criteria", "second")
    site.approved(*REVIEWERS, slug="second")
    stray = site.tip
    site.git("switch", "-q", "main")
    site.act("withdraw", REVIEWERS[0])
    site.commit()
    site.git("merge", "-q", "--no-edit", "--no-ff", "proposal")
    place = live.resolve() / "release.json"
    plain = json.loads(place.read_bytes()) | {"commit": stray}
    place.write_text(json.dumps(plain, indent=2, sort_keys=True, ensure_ascii=False) + "\n")
    assert "not on the protected branch" in publish(site, live, "--emergency", code=2)


def test_61_the_words_that_programs_write_themselves_keep_no_article_up(site, tmp_path):
    """A search index names its parts `location`, and a server's file says `always`."""
    body = OTHER + "\n## Location\n\nIn the spine.\n\n## Always\n\nSeldom.\n"
    site.site.article("tumour", body=body, head=head("Word count"))
    site.commit()
    site.approved(*REVIEWERS, slug="tumour")
    live = tmp_path / "live"
    publish(site, live)
    site.act("withdraw", REVIEWERS[0], "tumour")
    site.commit()
    assert shown(site, live)["tumour"] == "withdrawn"


def test_61_a_draft_with_such_headings_stops_no_release(site, tmp_path):
    body = OTHER + "\n## Location\n\nOdd.\n\n## Nosniff\n\nOdd.\n\n## Word count\n\nOdd.\n"
    site.site.article("pending", body=body, head=head("Does it wait for ever?"))
    site.submit("pending")
    site.commit()
    publish(site, tmp_path / "live")


@pytest.mark.parametrize(
    "reason",
    ["The dose of [@park2019spinal] is wrong.", "See note [^1].", "{{ dose }}", "/// safety"],
)
def test_61_a_reason_may_say_what_marks_say_and_the_article_comes_down(site, tmp_path, reason):
    live = tmp_path / "live"
    publish(site, live)
    site.act("withdraw", REVIEWERS[0], reason=reason)
    site.commit()
    assert shown(site, live)["contrast"] == "withdrawn"
    assert reason in (live / "articles/contrast/index.html").read_text(encoding="utf-8")


def test_a_concern_that_names_a_reference_as_authors_do_is_published(site, tmp_path):
    site.act("concern", EDITOR, reason="Please look at [@park2019spinal, p. 3] again.")
    site.commit()
    publish(site, tmp_path / "live")


@pytest.mark.parametrize(
    "committer", ["committer X <x@tests.example>", "committer X <x@tests.example> abc +0000", "x y"]
)
def test_61_a_commit_that_names_no_date_keeps_no_article_up(site, tmp_path, committer):
    live = tmp_path / "live"
    publish(site, live)
    site.act("withdraw", REVIEWERS[0])
    site.commit()
    tree = site.git("rev-parse", "HEAD^{tree}").strip()
    author = "author X <x@tests.example> 1700000000 +0000"
    written = f"tree {tree}\nparent {site.tip}\n{author}\n{committer}\n\nOdd.\n"
    command = ["git", "hash-object", "-t", "commit", "-w", "--stdin", "--literally"]
    made = subprocess.run(
        command, input=written, text=True, cwd=site.root, capture_output=True, check=True
    )
    site.git("update-ref", "refs/heads/main", made.stdout.strip())
    assert shown(site, live)["contrast"] == "withdrawn"


def test_a_graph_that_gives_commits_other_parents_hides_no_withdrawal(site, tmp_path):
    approved = site.tip
    site.act("withdraw", REVIEWERS[0])
    site.commit()
    taken = site.git("ls-files", "editorial/records/contrast/*withdraw*").split()
    site.git("rm", "-q", *taken)
    site.commit()
    _give_other_parent(site, site.tip, approved)
    assert approved in site.git("log", "--first-parent", "--format=%H").split()[1]
    assert "record-is-kept" in site.imprimatur("gate").stdout
    publish(site, tmp_path / "live", code=1)


def _give_other_parent(site: Releases, child: str, parent: str) -> None:
    """Write into the file by which Git is quicker that a commit has another parent."""
    site.git("commit-graph", "write", "--reachable")
    file = site.root / ".git/objects/info/commit-graph"
    data = bytearray(file.read_bytes())
    places = {}
    for number in range(data[6]):
        name, place = struct.unpack_from(">4sQ", data, 8 + 12 * number)
        places[name] = place
    (count,) = struct.unpack_from(">I", data, places[b"OIDF"] + 255 * 4)
    names = places[b"OIDL"]
    order = {data[names + 20 * at : names + 20 * at + 20].hex(): at for at in range(count)}
    struct.pack_into(">I", data, places[b"CDAT"] + 36 * order[child] + 20, order[parent])
    data[-20:] = hashlib.sha1(data[:-20]).digest()  # noqa: S324 - Git's own sum
    file.chmod(0o644)
    file.write_bytes(data)
