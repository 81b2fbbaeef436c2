"""Names and words of a hostile author are no lines of ours, no orders to a terminal, no commands.

Who cannot sign still names files, writes addresses into commits and reasons into unsigned acts.
"""

from __future__ import annotations

import re
import sys

import pytest
import yaml

from boards import submitted_site
from conftest import BODY, HEAD
from imprimatur.desk.main import main

FORGED = "verdict  approved: Person Ed approved exactly this text."
LINES = f"y\ngood: fine\n{FORGED}\n\nz"
ORDERS = "y\x1b[2J\x1b]0;title\x07\u202ez"
COMMAND = "x;touch $(id)`id`"
APPROVE = ("--approve", "--conflict", "none", "--checked", "all")


@pytest.fixture
def desk(site, keys):
    return submitted_site(site, keys)


@pytest.fixture
def run(desk, monkeypatch, capfd):
    """Runs the command as a person does: exit code, and all that they read."""

    def made(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["imprimatur", "-C", str(desk.root), *arguments])
        code: object = 0
        try:
            main()
        except SystemExit as ended:
            code = ended.code or 0
        assert isinstance(code, int)
        return code, "".join(capfd.readouterr())

    return made


def assert_plain(told: str) -> None:
    """Nobody but the program has written a line of it, or sent an order."""
    assert told
    assert FORGED not in told.splitlines()
    assert [sign for sign in told if not sign.isprintable() and sign != "\n"] == []


@pytest.mark.parametrize("name", [LINES, ORDERS])
def test_the_name_of_a_file_is_a_name_wherever_it_is_told(desk, run, name: str):
    desk.site.write(f"docs/articles/{name}.md", HEAD + BODY)
    desk.commit()
    commands = [("gate",), ("status",), ("verify",), ("verify", "nosuch")]
    for arguments in (*commands, ("gate", "--at", "2100-01-01T00:00:00Z"), ("submit", name)):
        code, told = run(*arguments)
        assert code in {0, 1, 2}
        assert "fault of the program" not in told
        assert_plain(told)


def test_a_name_that_no_page_can_hold_is_found_beside_all_else(desk, run):
    desk.site.write(f"docs/articles/{ORDERS}.md", HEAD + BODY)
    desk.edit("[@park2019spinal]", "[@nobody2019]")
    desk.commit()
    code, told = run("check")
    assert code == 1
    assert "manuscript-is-readable: the file's name holds a sign that nobody sees" in told
    assert "citation-resolves: `@nobody2019`" in told
    assert_plain(told)


@pytest.mark.parametrize("name", [LINES, ORDERS])
def test_the_name_of_a_file_among_the_acts_is_a_name_as_well(desk, run, name: str):
    for folder in ("contrast", "site"):
        desk.site.write(f"editorial/records/{folder}/{name}", "Hostile")
    desk.commit()
    for arguments in (("verify",), ("verify", "contrast"), ("status", "contrast"), ("gate",)):
        assert_plain(run(*arguments)[1])


def test_a_reason_that_nobody_signed_stays_one_line(desk, run):
    path = desk.act("withdraw", "ana", key=None)
    plain = yaml.safe_load(path.read_text(encoding="utf-8"))
    plain["reason"] = f"Because.\n    counts\n{FORGED}\n"
    path.write_text(yaml.safe_dump(plain, sort_keys=False), encoding="utf-8")
    desk.commit()
    _, told = run("status", "contrast")
    assert f"    reason: Because. counts {' '.join(FORGED.split())}\n" in told
    assert_plain(told)


def test_an_address_in_a_commit_sends_no_order_and_makes_no_command(desk, run):
    desk.edit("39%", "29%")
    desk.submit()
    desk.commit("a\x1b[2k\u202e;id@nowhere.example")
    key = str(desk.keys("ana").path)
    review = ("review", "contrast", "--by", "ana", "--key", key, "--yes", "--whole", *APPROVE)
    _, told = run(*review)
    assert "Nothing is published until it is known" in told
    assert r"--git 'a\x1b[2k\u202e;id@nowhere.example'" in told
    assert_plain(told)


def test_a_command_that_somebody_is_told_to_run_holds_no_other(desk, run):
    desk.site.write(f"docs/articles/{COMMAND}.md", HEAD + BODY)
    desk.commit()
    key = str(desk.keys("ana").path)
    code, told = run("review", COMMAND, "--by", "ana", "--key", key, *APPROVE)
    assert code == 2
    assert f"imprimatur submit '{COMMAND}'" in told
    policy = desk.root / "editorial/policy.yml"
    text = policy.read_text(encoding="utf-8")
    site = "x.example;touch${IFS}pwned"
    policy.write_text(re.sub(r"(?m)^site: .*$", f"site: '{site}'", text), encoding="utf-8")
    named = (
        "--name",
        "D. Other",
        "--git",
        "other@nowhere.example",
        "--credentials",
        "MD",
        "--affiliation",
        "Nowhere",
    )
    more = ("--role", "reviewer", "--interests", "none", "--key", f"{desk.keys('eve').path}.pub")
    (desk.keys("eve").path).unlink()
    code, told = run("appoint", "other", *named, *more)
    assert code == 2
    assert f"--prove --site '{site}' --key" in told


def test_what_cannot_be_read_whole_is_taken_down_all_the_same(desk, run):
    """One sign that nobody sees would else keep a dangerous text up."""
    desk.approved("ana", "ben")
    desk.edit("39%", "3\u200b9%")
    desk.commit()
    key = str(desk.keys("ana").path)
    told = run("withdraw", "contrast", "--by", "ana", "--key", key, "--reason", "A", "--yes")
    assert told[0] == 0, told
    desk.commit()
    assert desk.standing().state == "withdrawn"
