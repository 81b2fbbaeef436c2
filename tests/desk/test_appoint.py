"""``imprimatur appoint``: nobody comes onto the board without proof that they hold their key."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta

import pytest

from conftest import Site
from imprimatur.editorial import Board, Repository
from imprimatur.editorial.cache import NO_CACHE
from imprimatur.editorial.ssh_key import fingerprint
from terminal import typed

BOARD = "editorial/board.yml"
TODAY = datetime.now(tz=UTC).date()


def whole(name="Demonstration Reviewer", git="reviewer@demonstration.example", role="reviewer"):
    """Every option about a person."""
    return (
        "--name", name, "--credentials", "MD", "--affiliation", "Nowhere", "--role", role,
        "--specialty", "radiology", "--interests", "none", "--git", git,
    )  # fmt: skip


def public(key):
    return f"{key.path}.pub"


def board(site) -> Board:
    found = Repository(site.root, cache=NO_CACHE).board
    assert found.value is not None, found.findings
    return found.value


def proof(site, key, identifier="a-reviewer", *more: str):
    """What a person prints on their own machine."""
    return site.imprimatur("appoint", identifier, "--prove", "--key", str(key.path), *more)


@pytest.fixture
def one(site, keys):
    """A site with one member, committed."""
    done = site.imprimatur("appoint", "a-reviewer", *whole(), "--key", public(keys("one")))
    assert done.returncode == 0, done.stderr
    site.commit()
    return site


def unchanged(site, *arguments: str):
    """Run the command, which must leave the board as it is, and give what it says."""
    before = (site.root / BOARD).read_bytes()
    done = site.imprimatur("appoint", *arguments)
    assert done.returncode == 2, done.stdout
    assert done.stdout == ""
    assert (site.root / BOARD).read_bytes() == before
    assert [each.name for each in (site.root / "editorial").glob(".board*")] == []
    return done.stderr


def test_who_holds_the_key_here_is_written_in_and_told_how_it_comes_in_force(site, keys):
    done = site.imprimatur("appoint", "a-reviewer", *whole(), "--key", public(keys("one")))
    assert done.returncode == 0, done.stderr
    (person,) = board(site).people
    assert board(site).version == 2
    assert person.name == "Demonstration Reviewer"
    assert person.specialties == ("radiology",)
    assert person.term.start == TODAY
    assert person.keys[0].bare == keys("one").bare
    assert "Everybody can read that file. Commit it by itself" in done.stdout
    assert "git add editorial/board.yml" in done.stdout
    assert "in force once that commit is on the protected branch" in done.stdout


def test_the_board_does_not_tell_the_name_of_somebodys_computer(one):
    assert "Demonstration one" not in (one.root / BOARD).read_text()


def test_what_stands_in_the_file_already_stays_to_the_byte(site, keys):
    before = (
        "# Our board.\r\nversion: 7   # grows\r\npeople:   # ordered by age\r\n"
        "    - {id: b-two, name: Demonstration Two, credentials: MD, affiliation: 'Nowhere',\r\n"
        "       roles: [editor], specialties: [], term: {from: 2025-01-01}, interests: none}\r\n"
        "# Authors follow.\r\ncontributors:\r\n"
        "- {id: an-author, name: Demonstration Author, git: [nobody@demonstration.example]}"
    )
    site.write(BOARD, before)
    done = site.imprimatur("appoint", "a-reviewer", *whole(), "--key", public(keys("one")))
    assert done.returncode == 0, done.stderr
    after = (site.root / BOARD).read_bytes().decode()
    kept = [line.strip() for line in after.splitlines()]
    assert all(
        line.replace("version: 7", "version: 8").strip() in kept for line in before.splitlines()
    )
    assert after.index("a-reviewer") < after.index("# Authors follow.")
    assert after.count("\n") == after.count("\r\n")
    assert [each.id for each in board(site).people] == ["b-two", "a-reviewer"]
    assert [each.id for each in board(site).contributors] == ["an-author"]


TWO = "name: Demonstration Two, credentials: MD, affiliation: Nowhere, roles: [editor]"
WAYS = {
    "empty": "people: []\n",
    "empty, with a comment": "people: [] # nobody yet\n",
    "empty, without a line end": "people: []",
    "empty, on a line of its own": "people:\n  []\n",
    "in brackets": (
        f"people: [{{id: b-two, {TWO}, specialties: [], term: {{from: 2025-01-01}}, "
        "interests: none}]\n"
    ),
    "not indented, the last value in a mapping": (
        "people:\n- id: b-two\n  name: Demonstration Two\n  credentials: MD\n"
        "  affiliation: >-\n    Nowhere\n    at all\n  roles:\n  - editor\n  specialties: []\n"
        "  interests: none\n  term:\n    from: 2025-01-01\n\n# The end.\n"
    ),
    "the last value over several lines": (
        "people:\n  - term: {from: 2025-01-01}\n    id: b-two\n    name: Demonstration Two\n"
        "    credentials: MD\n    roles: [editor]\n    specialties: []\n    interests: none\n"
        "    affiliation: |-\n      Nowhere\n"
    ),
}


@pytest.mark.parametrize("people", WAYS.values(), ids=WAYS)
def test_however_the_list_is_written_one_person_is_added_and_comments_stay(site, keys, people):
    site.write(BOARD, f"version: 1\n{people}")
    done = site.imprimatur("appoint", "a-reviewer", *whole(), "--key", public(keys("one")))
    assert done.returncode == 0, done.stderr
    assert board(site).people[-1].id == "a-reviewer"
    assert board(site).version == 2
    text = (site.root / BOARD).read_text()
    assert all(line in text for line in people.splitlines() if line.startswith("#"))
    assert ("# nobody yet" in text) == ("# nobody yet" in people)


def test_an_editor_appoints_somebody_else_with_a_proof_from_their_machine(site, keys, tmp_path):
    key = keys("away")
    site.write("proof.txt", proof(site, key).stdout)
    (tmp_path / "their.pub").write_text(key.public)
    options = (*whole(), "--key", str(tmp_path / "their.pub"))
    assert "let them run, on their own machine" in unchanged(site, "a-reviewer", *options)
    done = site.imprimatur("appoint", "a-reviewer", *options, "--proof", "proof.txt")
    assert done.returncode == 0, done.stderr
    assert board(site).people[0].keys[0].bare == key.bare


def test_a_proof_is_made_without_a_copy_of_the_site_where_its_name_is_given(site, keys, tmp_path):
    elsewhere = Site(tmp_path)
    assert proof(elsewhere, keys("one")).returncode == 2
    done = proof(elsewhere, keys("one"), "a-reviewer", "--site", "demonstration.example")
    assert done.stdout == proof(site, keys("one")).stdout
    assert "It holds no secret" in done.stderr
    assert "PRIVATE" not in done.stdout


def test_a_proof_that_a_mail_program_has_given_other_line_ends_holds(site, keys):
    text = proof(site, keys("one")).stdout
    site.write("proof.txt", text.replace("\n", "\r\n"))
    options = (*whole(), "--key", public(keys("one")), "--proof", "proof.txt")
    assert site.imprimatur("appoint", "a-reviewer", *options).returncode == 0


def test_a_proof_for_another_person_site_or_key_does_not_hold(site, keys):
    options = (*whole(), "--key", public(keys("one")), "--proof", "proof.txt")
    others = {
        "id: somebody-else": proof(site, keys("one"), "somebody-else"),
        "site: other.example": proof(site, keys("one"), "a-reviewer", "--site", "other.example"),
        "key: ssh-ed25519": proof(site, keys("two")),
    }
    for told, made in others.items():
        site.write("proof.txt", made.stdout)
        assert told in unchanged(site, "a-reviewer", *options)


def test_a_proof_signed_by_somebody_who_does_not_hold_the_key_does_not_hold(site, keys):
    mine, theirs = keys("thief"), keys("one")
    claim = f"I hold this key.\nsite: demonstration.example\nid: a-reviewer\nkey: {theirs.bare}\n"
    site.write(
        "proof.txt", claim + mine.sign(claim.encode(), namespace="imprimatur-proof").decode()
    )
    options = (*whole(), "--key", public(theirs), "--proof", "proof.txt")
    assert "another key" in unchanged(site, "a-reviewer", *options)


def test_a_signature_made_for_an_act_is_no_proof(site, keys):
    key = keys("one")
    claim = f"I hold this key.\nsite: demonstration.example\nid: a-reviewer\nkey: {key.bare}\n"
    site.write("proof.txt", claim + key.sign(claim.encode(), namespace="imprimatur").decode())
    options = (*whole(), "--key", public(key), "--proof", "proof.txt")
    assert "imprimatur-proof" in unchanged(site, "a-reviewer", *options)


@pytest.mark.parametrize("text", ["", "hello\n", "\u00e9", "-----BEGIN SSH SIGNATURE-----\nx\n"])
def test_what_is_no_proof_at_all_is_refused(site, keys, text):
    site.write("proof.txt", text)
    options = (*whole(), "--key", public(keys("one")), "--proof", "proof.txt")
    assert "proof" in unchanged(site, "a-reviewer", *options)


def test_a_private_key_is_not_taken_for_a_public_one(site, keys):
    told = unchanged(site, "a-reviewer", *whole(), "--key", str(keys("one").path))
    assert "this is a private key, which nobody else may see" in told


def test_a_key_or_name_of_somebody_else_is_refused(one, keys):
    told = unchanged(
        one, "b-two", *whole("Dem\u043enstration Reviewer"), "--key", public(keys("one"))
    )
    assert "mixes" in told
    told = unchanged(
        one, "b-two", *whole("Demonstration  Rev\u00edewer"), "--key", public(keys("one"))
    )
    assert "it reads like the name of Demonstration Reviewer" in told
    assert "it is a key of Demonstration Reviewer" in told
    assert "it is an address of Demonstration Reviewer" in told


def test_who_is_on_the_board_is_not_put_there_twice(one, keys):
    told = unchanged(one, "a-reviewer", *whole(), "--key", public(keys("two")))
    assert "`a-reviewer` is on the board already" in told
    assert "edit editorial/board.yml by hand, raise `version` there by one" in told
    assert "--replace-key" in told
    assert "edit editorial/board.yml" in unchanged(one, "a-reviewer", "--role", "editor")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--role", "reveiwer"), "'reviewer'"),
        (("--to", "2020-01-01"), "is in the past"),
        (("--from", "2020-01-01"), "begins and ends today"),
        (("--from", "1.2.2030"), "a day is written as"),
        (("--from", "2999-01-02", "--to", "2999-01-01"), "before it begins"),
        (("--orcid", "0000-0002-1825-0098"), '\n  --orcid is "0000-0002-1825-0098": an ORCID has'),
        (("--git", "Ana <ana@x.example>"), '\n  --git is "Ana <ana@x.example>": write one address'),
        (("--specialty", "Foo Bar"), '\n  --specialty is "Foo Bar": it is written in lower'),
        (("--revoked-from", "2020-01-01T00:00:00Z"), "goes with --replace-key"),
        (("--end-term", "2999-01-01"), "cannot be given with --end-term"),
        (("--prove", "--contributor"), "do not go together"),
    ],
)
def test_a_slip_in_an_option_is_explained_and_nothing_is_written(site, keys, options, told):
    assert told in unchanged(site, "a-reviewer", *whole(), "--key", public(keys("one")), *options)


@pytest.mark.parametrize("identifier", ["A-Reviewer", "../x", "", "\u0430na"])
def test_an_id_that_is_none_is_refused(site, keys, identifier):
    told = unchanged(site, *whole(), "--key", public(keys("one")), "--", identifier)
    assert "cannot name a person" in told


def test_a_script_is_told_of_every_missing_option_at_once(site):
    told = unchanged(site, "a-reviewer")
    needed = ("name", "credentials", "affiliation", "role", "interests", "git", "key")
    assert all(f"\n  --{name}: " in told for name in needed)
    assert "--orcid" not in told


def test_at_a_terminal_what_is_missing_is_asked_for(site, keys):
    answers = ["MD", "Nowhere", "reviewer, editor", "", "none", "", "a@demonstration.example"]
    answers.append(public(keys("one")))
    done = typed(site, answers, "appoint", "a-reviewer", "--name", "Demonstration Reviewer")
    assert done.returncode == 0, done.stderr
    (person,) = board(site).people
    assert person.roles == ("reviewer", "editor")
    assert person.specialties == ()


@pytest.mark.parametrize("word", ["none", "Nothing", ""])
def test_who_says_that_there_is_none_gets_no_specialty_of_that_name(site, keys, word):
    answers = ["Demonstration One", "MD", "Nowhere", "reviewer", word, "none", word, "o@x.example"]
    done = typed(site, answers, "appoint", "a-reviewer", "--key", public(keys("one")))
    assert done.returncode == 0, done.stderr
    (one,) = board(site).people
    assert (one.specialties, one.interests, one.orcid) == ((), "none", None)


def test_a_key_that_cannot_be_read_is_told_before_anything_is_asked(site):
    done = typed(site, [], "appoint", "a-reviewer", "--key", "no-such.pub")
    assert done.returncode == 2
    assert "no-such.pub cannot be read" in done.stderr
    assert "Name as readers will see it" not in done.stderr


def test_a_file_with_a_merge_conflict_is_not_touched(one, keys):
    text = (one.root / BOARD).read_text()
    one.write(BOARD, f"<<<<<<< HEAD\n{text}=======\n{text}>>>>>>> other\n")
    told = unchanged(one, "b-two", *whole(), "--key", public(keys("two")))
    assert "merge conflict" in told


def test_a_board_that_is_missing_or_cannot_be_read_is_mended_first(site, keys):
    site.write(BOARD, "version: 1\npeople: nobody\n")
    told = unchanged(site, "a-reviewer", *whole(), "--key", public(keys("one")))
    assert "board-is-readable" in told
    (site.root / BOARD).unlink()
    done = site.imprimatur("appoint", "a-reviewer", *whole(), "--key", public(keys("one")))
    assert done.returncode == 2
    assert "restore it from history" in done.stderr


def test_whoever_proves_a_key_outside_of_a_copy_is_told_to_name_the_site(site, keys):
    key = keys("ana")
    (site.root / "mkdocs.yml").unlink()
    done = proof(site, key)
    assert done.returncode == 2
    assert "--site articles.example.org" in done.stderr
    told = proof(site, key, "a-reviewer", "--site", "demonstration.example").stdout
    assert "site: demonstration.example" in told


def test_without_ssh_keygen_nobody_can_prove_anything(site, keys, tmp_path):
    before = (site.root / BOARD).read_bytes()
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/git").symlink_to(shutil.which("git"))
    arguments = ("appoint", "a-reviewer", *whole(), "--key", public(keys("one")))
    done = site.run("imprimatur.desk", *arguments, PATH=str(tmp_path / "bin"))
    assert done.returncode == 2
    assert "install OpenSSH" in done.stderr
    assert (site.root / BOARD).read_bytes() == before


def test_a_lost_key_ends_today_and_the_new_one_begins_with_proof(one, keys):
    old, new = public(keys("one")), public(keys("two"))
    done = one.imprimatur("appoint", "a-reviewer", "--replace-key", old, "--key", new)
    assert done.returncode == 0, done.stderr
    first, second = board(one).people[0].keys
    assert first.valid_to == TODAY
    assert first.revoked_from is None
    assert second.bare == keys("two").bare
    assert board(one).version == 3


def test_a_key_that_may_be_stolen_is_void_from_an_instant_on_with_or_without_a_new_one(one, keys):
    name = fingerprint(keys("one").public)
    since = ("--revoked-from", "2026-01-02T03:04:05Z")
    done = one.imprimatur("appoint", "a-reviewer", "--end-key", name, *since)
    assert done.returncode == 0, done.stderr
    (key,) = board(one).people[0].keys
    assert key.revoked_from == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    new = ("--replace-key", name, "--key", public(keys("two")))
    assert one.imprimatur("appoint", "a-reviewer", *new).returncode == 0
    assert board(one).people[0].keys[0].revoked_from == key.revoked_from


def test_a_new_key_without_proof_leaves_the_old_one_as_it_was(one, keys, tmp_path):
    (tmp_path / "their.pub").write_text(keys("two").public)
    new = ("--replace-key", public(keys("one")), "--key", str(tmp_path / "their.pub"))
    assert "nobody has shown" in unchanged(one, "a-reviewer", *new)


def test_a_key_they_never_had_is_answered_with_those_they_have(one, keys):
    told = unchanged(one, "a-reviewer", "--end-key", public(keys("two")))
    assert "there are: SHA256:" in told


def test_what_is_void_never_counts_again(one):
    done = one.imprimatur("appoint", "a-reviewer", "--revoke-from", "2026-01-02T00:00:00Z")
    assert done.returncode == 0, done.stderr
    told = unchanged(one, "a-reviewer", "--revoke-from", "2026-01-03T00:00:00Z")
    assert "would make acts count again" in told
    earlier = one.imprimatur("appoint", "a-reviewer", "--revoke-from", "2026-01-01T00:00:00Z")
    assert earlier.returncode == 0, earlier.stderr


def test_a_term_ends_on_its_last_day_and_not_in_the_past(one):
    later = TODAY + timedelta(days=30)
    done = one.imprimatur("appoint", "a-reviewer", "--end-term", later.isoformat())
    assert done.returncode == 0, done.stderr
    assert board(one).people[0].term.end == later
    sooner = one.imprimatur("appoint", "a-reviewer", "--end-term", TODAY.isoformat())
    assert sooner.returncode == 0, sooner.stderr
    assert board(one).people[0].term.end == TODAY
    past = (TODAY - timedelta(days=1)).isoformat()
    assert "is in the past" in unchanged(one, "a-reviewer", "--end-term", past)


@pytest.mark.parametrize("since", ["2999-01-01T00:00:00Z", "2026-01-01", "yesterday"])
def test_acts_are_void_only_from_an_instant_that_has_come(one, since):
    told = unchanged(one, "a-reviewer", "--revoke-from", since)
    assert "future" in told or "2026-11-23T10:15:12Z" in told


def test_who_is_not_on_the_board_cannot_be_changed(one):
    assert "there are: a-reviewer" in unchanged(one, "b-two", "--end-term", "2999-01-01")


def test_an_author_is_named_without_a_key_and_gets_no_rights(one):
    told = ("--name", "Demonstration Author", "--git", "nobody@demonstration.example")
    done = one.imprimatur("appoint", "an-author", "--contributor", *told)
    assert done.returncode == 0, done.stderr
    assert board(one).contributors[0].git == ("nobody@demonstration.example",)
    assert len(board(one).people) == 1
    again = ("another", "--contributor", "--name", "Demonstration Helper", "--git", "h@x.example")
    assert one.imprimatur("appoint", *again).returncode == 0
    assert len(board(one).contributors) == 2
