"""Who may stand on the board, and that no one stands there as two."""

from __future__ import annotations

import base64
import subprocess
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from imprimatur.editorial import Board
from imprimatur.errors import RuleName
from imprimatur.strict import Reading, read_file

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = RuleName("board-is-readable")
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"
OTHER_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIP/+/fz7+vn49/b19PPy8fDv7u3s6+rp6Ofm5eTj4uHg"


def member(number: int, **changes: object) -> dict[str, object]:
    """A member of the board, as the file holds it."""
    plain = {
        "id": f"d-person-{number}",
        "name": f"Demonstration Person {'ABCDE'[number]}",
        "credentials": "MD",
        "affiliation": "Nowhere",
        "roles": ["reviewer"],
        "specialties": ["radiology"],
        "term": {"from": "2026-01-01"},
        "interests": "none",
    }
    return {**plain, **changes}


def key(public: str, **changes: object) -> dict[str, object]:
    """A key of a member."""
    return {"public": public, "valid_from": "2026-01-01", **changes}


def read(*people: dict[str, object], **more: object) -> Reading[Board]:
    """A board file of these people."""
    text = yaml.safe_dump({"version": 1, "people": list(people), **more}, allow_unicode=True)
    return read_file(Board, text.encode(), "editorial/board.yml", RULE, limit=1_000_000)


def refusals(*people: dict[str, object], **more: object) -> list[str]:
    """What is said against such a board."""
    reading = read(*people, **more)
    assert (reading.value is None) == bool(reading.findings)
    assert all(each.line > 0 for each in reading.findings)
    return [each.message for each in reading.findings]


def refusal(*people: dict[str, object], **more: object) -> str:
    """The one thing that is said against such a board."""
    (only,) = refusals(*people, **more)
    return only


@pytest.fixture(scope="session")
def made_key(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """A real public key of that kind, from ssh-keygen."""

    def make(*kind: str) -> str:
        place = tmp_path_factory.mktemp("keys") / "key"
        command = ["ssh-keygen", "-q", "-N", "", "-C", "of a test", "-f", str(place), "-t", *kind]
        subprocess.run(command, check=True)
        return Path(f"{place}.pub").read_text().strip()

    return make


def test_a_board_of_members_and_contributors_is_read():
    helper = {"id": "d-helper", "name": "Demonstration Helper", "git": ["h@demonstration.example"]}
    people = member(0, git=["a@laptop"], keys=[key(KEY)]), member(1, keys=[key(OTHER_KEY)])
    board = read(*people, contributors=[helper]).value
    assert board is not None
    assert [each.id for each in board.people] == ["d-person-0", "d-person-1"]
    assert board.people[0].key(KEY) is not None
    assert board.contributors[0].git == ("h@demonstration.example",)


@pytest.mark.parametrize(
    ("one", "other", "where", "said"),
    [
        ({"id": "d-x"}, {"id": "d-x"}, "people.1.id", "d-x stands twice"),
        ({"name": "Demo Pérez"}, {"name": "DEMO PEREZ"}, "people.1.name", "middle name"),
        ({"name": "Demo Paul"}, {"name": "Demo PauI"}, "people.1.name", "reads like the name of"),
        (
            {"orcid": "0000-0002-1825-0097"},
            {"orcid": "0000-0002-1825-0097"},
            "people.1.orcid",
            "an ORCID belongs to one person",
        ),
        ({"git": ["A@b.example"]}, {"git": ["c@d", "a@B.EXAMPLE"]}, "people.1.git.1", "an address"),
        (
            {"keys": [key(f"{KEY} of the clinic")]},
            {"keys": [key(OTHER_KEY), key(f"{KEY} of the laptop")]},
            "people.1.keys.1.public",
            "a key stands once",
        ),
    ],
)
def test_two_members_cannot_have_in_common(
    one: dict[str, object], other: dict[str, object], where: str, said: str
):
    message = refusal(member(0, **one), member(1, **other))
    assert message.startswith(f"`{where}` is ")
    assert said in message
    assert "`people.0`, id `d-" in message


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"id": "d-person-0"}, "contributors.0.id"),
        ({"name": "Demonstration Person-A"}, "contributors.0.name"),
        ({"git": ["X@y.example"]}, "contributors.0.git.0"),
    ],
)
def test_a_contributor_cannot_have_in_common_with_a_member(changes: dict[str, object], where: str):
    helper = {"id": "d-helper", "name": "Demonstration Helper", "git": ["h@y.example"], **changes}
    assert f"`{where}` is " in refusal(member(0, git=["x@y.example"]), contributors=[helper])


def test_one_member_cannot_hold_a_key_twice_but_may_write_an_address_twice():
    twice = [key(KEY, valid_to="2026-03-01"), key(KEY, valid_from="2026-05-01")]
    assert "`people.0.keys.1.public` is " in refusal(member(0, keys=twice))
    assert read(member(0, git=["a@b.example", "A@b.example"])).value is not None


def test_everything_that_stands_twice_is_said_at_once():
    again = [member(0, git=["a@b"], keys=[key(KEY)], orcid="0000-0002-1825-0097") for _ in range(3)]
    said = refusals(*again)
    assert len(said) == 10
    assert sum("`people.2." in each for each in said) == 5


def test_every_wrong_value_of_every_member_is_said_at_once():
    said = refusals(
        member(0, name="Demo\u2024Person", git=["two@a.example, three@a.example"]),
        member(1, term={"from": "2026-02-01", "to": "2026-01-31"}, keys=[key("ssh-rsa")]),
    )
    assert [each.split("`")[1] for each in said] == [
        "people.0.git.0",
        "people.0.name",
        "people.1.keys.0.public",
        "people.1.term",
    ]


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"term": {"from": "2026-02-01", "to": "2026-01-31"}}, "people.0.term"),
        ({"keys": [key(KEY, valid_to="2025-12-31")]}, "people.0.keys.0"),
    ],
)
def test_nothing_ends_before_it_begins(changes: dict[str, object], where: str):
    message = refusal(member(0, **changes))
    assert message.startswith(f"`{where}` is ")
    assert "before it begins on 2026-0" in message


def test_a_term_and_a_key_of_one_day_are_whole():
    day = {"from": "2026-01-01", "to": "2026-01-01"}
    assert read(member(0, term=day, keys=[key(KEY, valid_to="2026-01-01")])).value is not None


@pytest.mark.parametrize(
    "address",
    [
        "ana",
        "ana@",
        "@example.org",
        "a@b@c.example",
        "Ana <ana@b.example>",
        "<ana@b.example>",
        "a@b.example, c@b.example",
        "mailto:ana@b.example",
        "ana @b.example",
        "",
    ],
)
def test_a_git_address_is_one_address_alone(address: str):
    assert "`people.0.git.0` is " in refusal(member(0, git=[address]))
    assert "write one address as Git shows it" in refusal(member(0, git=[address]))


@pytest.mark.parametrize(
    "address", ["1+o'brien@users.noreply.demonstration.example", "root@localhost", "a.b_c-d@e.f"]
)
def test_an_address_as_git_shows_it_is_read(address: str):
    assert read(member(0, git=[address])).value is not None


@pytest.mark.parametrize(
    "kind",
    [
        ("ed25519",),
        ("rsa", "-b", "2048"),
        ("rsa", "-b", "4096"),
        ("ecdsa", "-b", "256"),
        ("ecdsa", "-b", "384"),
        ("ecdsa", "-b", "521"),
    ],
)
def test_a_real_key_is_read_with_and_without_its_comment(
    kind: tuple[str, ...], made_key: Callable[..., str]
):
    line = made_key(*kind)
    bare = line.removesuffix(" of a test")
    assert bare != line
    for public in (line, bare):
        board = read(member(0, keys=[key(public)])).value
        assert board is not None
        assert board.people[0].keys[0].bare == bare


def wire(*parts: bytes) -> str:
    """A public key line of these parts, the first of them its kind."""
    blob = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    return f"{parts[0].decode()} {base64.b64encode(blob).decode()}"


POINT = b"\x04" + bytes(64)
SK_ED25519 = wire(b"sk-ssh-ed25519@openssh.com", bytes(32), b"ssh:")
SK_ECDSA = wire(b"sk-ecdsa-sha2-nistp256@openssh.com", b"nistp256", POINT, b"ssh:")


@pytest.mark.parametrize("public", [SK_ED25519, SK_ECDSA])
def test_a_key_of_a_security_token_is_read(public: str):
    assert read(member(0, keys=[key(public)])).value is not None


@pytest.mark.parametrize(
    ("public", "said"),
    [
        ("-----BEGIN OPENSSH PRIVATE KEY-----", "private key"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1r\n", "private key"),
        (f'from="10.0.0.1" {KEY}', "options before a key are not obeyed; begin the line with ssh-"),
        (f'command="a b",no-pty {KEY}', "options before a key are not obeyed"),
        (f" {KEY}", ""),
        (KEY.replace(" ", "  "), "this key was altered"),
        (f"{KEY}\n{OTHER_KEY}", "one line"),
        (wire(b"ssh-dss", b"\x01", b"\x01", b"\x01", b"\x01"), "too weak"),
        (wire(b"ssh-ed25519-cert-v01@openssh.com", bytes(32), bytes(32)), "certificate"),
        (wire(b"ssh-ed448", bytes(57)), "no kind of key that may sign"),
        (wire(b"ssh-rsa", b"\x01\x00\x01", b"\x00" + b"\xff" * 128), "1024 bits"),
        (wire(b"ssh-rsa", b"\x01", b"\x00" + b"\xff" * 256), "no whole key"),
        (wire(b"ssh-rsa", b"\x01\x00\x01", b"\x00\x00" + b"\xff" * 256), "no whole key"),
        (wire(b"ssh-ed25519", bytes(31)), "no whole key"),
        (wire(b"ecdsa-sha2-nistp256", b"nistp384", POINT), "no whole key"),
        (wire(b"ssh-rsa", bytes(32)).replace("ssh-rsa", "ssh-ed25519"), ""),
        (f"ssh-rsa {KEY.split()[1]}", "the key in it is ssh-ed25519"),
        (KEY[:-4], "damaged"),
        (f"{KEY[:30]}!{KEY[31:]}", "no whole key"),
        ("ssh-ed25519", "one line"),
        ("Ana's key", ""),
        ("", ""),
    ],
)
def test_what_is_no_public_key_that_may_sign_is_refused(public: str, said: str):
    message = refusal(member(0, keys=[key(public)]))
    assert message.startswith("`people.0.keys.0.public` is ")
    assert said in message


def test_one_key_cannot_be_written_in_two_ways():
    # The last sign before the padding has bits that count for nothing.
    padded = wire(b"ssh-rsa", b"\x01\x00\x01", b"\x00" + b"\xff" * 512)
    assert read(member(0, keys=[key(padded)])).value is not None
    assert padded.endswith("=")
    stem = padded.rstrip("=")
    twin = stem[:-1] + chr(ord(stem[-1]) + 1) + padded[len(stem) :]
    assert base64.b64decode(twin.split()[1]) == base64.b64decode(padded.split()[1])
    assert "this key was altered" in refusal(member(0, keys=[key(twin)]))


def test_a_role_stands_once_with_a_member():
    assert "`reviewer` stands twice" in refusal(member(0, roles=["reviewer", "reviewer"]))


def test_each_size_on_the_board_has_its_limit():
    def taken(**changes: object) -> bool:
        return read(member(0, **changes)).value is not None

    long = f"{'a' * 244}@b.example"
    assert len(long) == 254
    assert taken(git=[long])
    assert not taken(git=[f"a{long}"])
    comment = f"{KEY} {'a' * (3999 - len(KEY))}"
    assert taken(keys=[key(comment)])
    assert not taken(keys=[key(f"{comment}a")])
    assert not taken(roles=[])
    helper = {"id": "d-helper", "name": "Demonstration Helper", "git": []}
    assert "`contributors.0.git` is []" in refusal(contributors=[helper])
    assert read().value is not None
    assert "`version` is 0" in refusal(version=0)


def test_members_and_contributors_are_known_by_their_id_and_nobody_else_is():
    helper = {"id": "d-helper", "name": "Demonstration Helper", "git": ["h@demonstration.example"]}
    board = read(member(0), member(1), contributors=[helper]).value
    assert board is not None
    assert [getattr(board.known(each), "id", None) for each in ("d-person-1", "d-helper", "x")] == [
        "d-person-1",
        "d-helper",
        None,
    ]
    assert board.person("d-helper") is None


def test_a_key_without_an_end_signs_on_any_later_day_and_one_with_an_end_until_then():
    keys = [key(KEY), key(OTHER_KEY, valid_to="2026-03-01")]
    board = read(member(0, keys=keys)).value
    assert board is not None
    (endless, ended), days = board.people[0].keys, [date(2025, 12, 31), date(2026, 1, 1)]
    days += [date(2026, 3, 1), date(2026, 3, 2)]
    assert [endless.signs(day) for day in days] == [False, True, True, True]
    assert [ended.signs(day) for day in days] == [False, True, True, False]


def test_what_stands_twice_is_told_with_who_has_it_first():
    def same(number: int) -> dict[str, object]:
        own = {"git": ["a@b.example"], "keys": [key(KEY)], "orcid": "0000-0002-1825-0097"}
        return member(number, **own)

    first = "Demonstration Person A (`people.0`, id `d-person-0`)"
    helper = {"id": "d-person-0", "name": "Demonstration Person-A", "git": ["A@b.example"]}
    said = refusals(same(0), same(1), contributors=[helper])
    assert [each.split("`")[1] for each in said] == [
        "contributors.0.git.0",
        "contributors.0.id",
        "contributors.0.name",
        "people.1.git.0",
        "people.1.keys.0.public",
        "people.1.orcid",
    ]
    assert all(first in each for each in said)


ODD = b"\x01\x00\x01"
"""The exponent that nearly every RSA key has."""


def signed(number: bytes) -> bytes:
    """A number that is above zero, in its shortest form."""
    return b"\0" + number if number[0] >= 0x80 else number


@pytest.mark.parametrize(
    ("bits", "is_taken"), [(2047, False), (2048, True), (16384, True), (16385, False)]
)
def test_an_rsa_key_has_2048_to_16384_bits(bits: int, *, is_taken: bool):
    modulus = signed(((1 << bits - 1) | 1).to_bytes((bits + 7) // 8, "big"))
    public = wire(b"ssh-rsa", ODD, modulus)
    said = refusals(member(0, keys=[key(public)]))
    expected = f"its RSA key has {bits} bits, and may have 2048 to 16384"
    assert [expected in each for each in said] == ([] if is_taken else [True])


@pytest.mark.parametrize(
    "public",
    [
        wire(b"ssh-ed25519", bytes(33)),
        wire(b"ssh-ed25519", bytes(32), b""),
        wire(b"ssh-rsa", ODD, b"\x7f" * 256, b""),
        wire(b"ssh-rsa", ODD, b"\0\x7f" + b"\xff" * 256),
        wire(b"ssh-rsa", ODD, b"\0"),
        wire(b"ssh-rsa", b"\x80\x01", b"\x7f" * 256),
        wire(b"ssh-rsa", ODD, b"\x7f" * 255 + b"\x7e"),
        wire(b"sk-ssh-ed25519@openssh.com", bytes(32)),
        wire(b"sk-ssh-ed25519@openssh.com", bytes(31), b"ssh:"),
        wire(b"sk-ecdsa-sha2-nistp256@openssh.com", b"nistp256", POINT),
        wire(b"sk-ecdsa-sha2-nistp256@openssh.com", b"nistp384", b"\x04" + bytes(96), b"ssh:"),
        wire(b"ecdsa-sha2-nistp256", b"nistp256", b"\x03" + POINT[1:]),
        wire(b"ecdsa-sha2-nistp256", b"nistp256", POINT + b"\0"),
        wire(b"ecdsa-sha2-nistp384", b"nistp384", b"\x04" + bytes(95)),
        wire(b"ecdsa-sha2-nistp521", b"nistp521", b"\x04" + bytes(131)),
        wire(b"ecdsa-sha2-nistp521", b"nistp384", b"\x04" + bytes(96)),
    ],
)
def test_a_key_with_a_part_too_many_or_too_long_or_of_another_form_is_no_whole_key(public: str):
    said = refusal(member(0, keys=[key(public)]))
    kind, _, _ = public.partition(" ")
    assert f"the public key in it is no whole key of the kind {kind}" in said


@pytest.mark.parametrize(
    "public",
    [
        wire(b"ecdsa-sha2-nistp384", b"nistp384", b"\x04" + bytes(96)),
        wire(b"ecdsa-sha2-nistp521", b"nistp521", b"\x04" + bytes(132)),
        wire(b"ssh-rsa", b"\x03", b"\0\x80" + b"\xff" * 255),
        wire(b"ssh-rsa", b"\x03", b"\x7f" * 257),
    ],
)
def test_a_key_of_each_kind_is_whole_with_just_its_parts(public: str):
    assert refusals(member(0, keys=[key(public)])) == []


def test_of_the_name_of_an_odd_key_sixty_signs_are_told():
    said = refusal(member(0, keys=[key(wire(b"ssh-" + b"x" * 80, b""))]))
    assert f"`ssh-{'x' * 56}` is no kind of key that may sign" in said
