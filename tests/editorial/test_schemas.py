"""The published schemas say what the readers of the files say, as far as a schema can."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from imprimatur.editorial import ActName, Board, Decision, Policy, Role
from imprimatur.editorial.schemas import FOLDER, SCHEMAS, schema_text
from imprimatur.errors import RuleName
from imprimatur.strict import read_yaml

if TYPE_CHECKING:
    from pathlib import Path

VALIDATORS = {
    name: Draft202012Validator(
        json.loads(schema_text(name)), format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    for name in SCHEMAS
}
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"
DIGEST = f"sha256:{'0' * 64}"
PERSON = {
    "id": "d-person",
    "name": "Demonstration Person",
    "credentials": "MD",
    "affiliation": "Nowhere",
    "roles": ["reviewer"],
    "specialties": [],
    "term": {"from": "2026-01-01", "to": None},
    "interests": "none",
    "orcid": "0000-0002-1694-233X",
    "git": ["d@demonstration.example"],
    "keys": [{"public": KEY, "valid_from": "2026-01-01", "revoked_from": "2026-05-03T08:00:00Z"}],
}
GOOD = {
    "board": {"version": 1, "people": [PERSON]},
    "policy": {
        "version": 1,
        "site": "tests.example",
        "audiences": [{"id": "clinician", "label": "Clinician", "disclaimer": "It informs."}],
        "classes": {
            "general": {
                "quorum": 2,
                "checklist": ["I read it."],
                "valid_months": 36,
                "grace_days": 90,
            }
        },
        "acts": {"review": ["reviewer"]},
        "pending": "block",
        "signatures": "required",
        "light_review": False,
        "style": "ama",
    },
    "site": {"version": 1, "files": {"mkdocs.yml": DIGEST, "docs/index.md": DIGEST}},
    "act": {
        "act": "review",
        "site": "tests.example",
        "article": "contrast",
        "round": 1,
        "manuscript": DIGEST,
        "by": "d-person",
        "role": "reviewer",
        "printed_name": "Demonstration Person",
        "meaning": "I approve this text.",
        "decision": "approve",
        "signed_at": "2026-11-23T10:15:12Z",
        "previous": DIGEST,
    },
    "manuscript": {
        "title": "Does contrast help?",
        "summary": "A demonstration.",
        "topics": ["radiology"],
        "class": "general",
        "authors": [{"name": "D", "affiliation": "Nowhere", "interests": "none"}],
        "evidence_through": "2025-02-21",
        "audiences": ["clinician"],
    },
}
Place = tuple[str | int, ...]


def accepts(name: str, value: object) -> bool:
    """Whether the schema of that name takes the value."""
    return VALIDATORS[name].is_valid(value)


def reads(name: str, value: object) -> bool:
    """Whether the reader of such files takes the value."""
    try:
        SCHEMAS[name].model_validate_json(json.dumps(value))
    except ValueError:
        return False
    return True


def changed(value: object, place: Place, new: object) -> object:
    """The value with one thing in it changed, or added."""
    if not place:
        return new
    first, rest = place[0], place[1:]
    if isinstance(value, list):
        return [changed(each, rest, new) if at == first else each for at, each in enumerate(value)]
    assert isinstance(value, dict)
    return {**value, first: changed(value.get(first), rest, new)}


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_published_file_is_what_the_code_gives(name: str, repository_root: Path):
    published = repository_root / FOLDER / f"{name}.schema.json"
    assert published.read_text(encoding="utf-8") == schema_text(name)


def test_the_five_kinds_of_files_that_people_write_have_a_published_schema_and_no_other(
    repository_root: Path,
):
    published = {
        each.name: each.read_text(encoding="utf-8") for each in (repository_root / FOLDER).iterdir()
    }
    names = ("act", "board", "manuscript", "policy", "site")
    assert published == {f"{name}.schema.json": schema_text(name) for name in names}


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_well_formed_closed_and_names_no_address(name: str):
    schema = json.loads(schema_text(name))
    Draft202012Validator.check_schema(schema)
    assert "://" not in schema_text(name)
    parts = (schema, *schema.get("$defs", {}).values())
    objects = [each for each in parts if each.get("type") == "object"]
    assert objects
    assert all(each["additionalProperties"] is False for each in objects)
    assert all(each["title"] and each["description"] for each in objects)


@pytest.mark.parametrize("name", ["board", "policy", "site"])
def test_an_editor_finds_the_schema_from_the_first_line_of_the_file(
    name: str, repository_root: Path
):
    file = repository_root / f"editorial/{name}.yml"
    text = file.read_text(encoding="utf-8")
    mark, _, place = text.splitlines()[0].partition("=")
    assert mark == "# yaml-language-server: $schema"
    assert (file.parent / place).read_text(encoding="utf-8") == schema_text(name)
    document = read_yaml(text, file.name, RuleName("file-is-readable")).value
    assert document is not None
    VALIDATORS[name].validate(document.value)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_good_file_is_taken_by_schema_and_reader(name: str):
    VALIDATORS[name].validate(GOOD[name])
    assert reads(name, GOOD[name])


@pytest.mark.parametrize(
    ("name", "place", "new"),
    [
        ("board", ("version",), 0),
        ("board", ("version",), "1"),
        ("board", ("editor",), "x"),
        ("board", ("people", 0, "id"), "D-Person"),
        ("board", ("people", 0, "id"), "d--person"),
        ("board", ("people", 0, "name"), ""),
        ("board", ("people", 0, "name"), " D"),
        ("board", ("people", 0, "roles"), []),
        ("board", ("people", 0, "roles"), ["king"]),
        ("board", ("people", 0, "roles"), ["editor", "editor"]),
        ("board", ("people", 0, "term"), {}),
        ("board", ("people", 0, "term", "from"), "1 May 2026"),
        ("board", ("people", 0, "term", "to"), "2026-02-30"),
        ("board", ("people", 0, "email"), "d@demonstration.example"),
        ("board", ("people", 0, "orcid"), "0000000216942331"),
        ("board", ("people", 0, "git", 0), "D <d@demonstration.example>"),
        ("board", ("people", 0, "keys", 0, "public"), "-----BEGIN OPENSSH PRIVATE KEY-----"),
        ("board", ("people", 0, "keys", 0, "valid_from"), "2026-1-1"),
        ("board", ("people", 0, "keys", 0, "revoked_from"), "2026-05-03T08:00:00+02:00"),
        ("board", ("people", 0, "keys", 0, "revoked_from"), "2026-05-03"),
        ("board", ("contributors",), [{"id": "x", "name": "X", "git": []}]),
        ("policy", ("classes",), {}),
        ("policy", ("classes", "General"), {"quorum": 1, "valid_months": 1, "grace_days": 1}),
        ("policy", ("classes", "general", "quorum"), 0),
        ("policy", ("classes", "general", "checklist"), ["", "x"]),
        ("policy", ("classes", "general", "checklist"), ["x", "x"]),
        ("policy", ("acts", "review"), []),
        ("policy", ("acts", "publish"), ["editor"]),
        ("policy", ("audiences",), []),
        ("policy", ("pending",), "publish"),
        ("policy", ("light_review",), "no"),
        ("site", ("version",), 0),
        ("site", ("files",), {}),
        ("site", ("files", "docs/index.md"), "sha256:0"),
        ("site", ("files", "../index.md"), DIGEST),
        ("site", ("files", "editorial/board.yml"), DIGEST),
        ("act", ("manuscript",), "sha256:0"),
        ("act", ("signed_at",), "2026-11-23 10:15:12"),
        ("act", ("signed_at",), "2026-11-23T10:15Z"),
        ("act", ("decision",), "yes"),
        ("act", ("reason",), ""),
        ("manuscript", ("topics",), []),
        ("manuscript", ("article_class",), "general"),
        ("manuscript", ("authors",), []),
        ("manuscript", ("evidence_through",), "2025"),
    ],
)
def test_what_the_reader_refuses_the_schema_refuses_too(name: str, place: Place, new: object):
    bad = changed(GOOD[name], place, new)
    assert bad != GOOD[name]
    assert not reads(name, bad)
    assert not accepts(name, bad)


def test_each_key_of_the_board_that_is_no_plain_word_is_explained():
    parts = json.loads(schema_text("board"))["$defs"]
    said = parts["Term"]["properties"]["to"]["description"]
    assert said == "The last day, if there is one."
    unexplained = {
        f"{part}.{key}"
        for part, schema in parts.items()
        for key, value in schema.get("properties", {}).items()
        if not (value.get("description") or "$ref" in value)
    }
    assert unexplained == {
        "Contributor.id",
        "Contributor.name",
        "Person.affiliation",
        "Person.credentials",
    }


# Wide on purpose: most of what is drawn the reader refuses, and what it takes is what counts.
# No file may hold what nobody sees, and languages differ in what of it they call a blank.
seen = st.characters(codec="utf-8", exclude_categories=["Cc"])
lines = st.text(seen, max_size=8) | st.sampled_from(["none", "A b", "A"])
names = st.sampled_from(
    ["Demo A", "Søren Łoś", "王小明", "O'Brien", "Demo Ana", " x", "Ana\u2024B"]
)
identifiers = st.sampled_from(["a", "b-2", "c", "d-e-f", "A", "a--b", "-a", "x" * 65])
days = st.dates().map(str) | st.sampled_from(["2026-01-01", "2026-1-1", "20260101", "0001-01-01"])
instants = st.datetimes().map(lambda at: f"{at:%Y-%m-%dT%H:%M:%S}Z") | days
addresses = st.emails() | st.sampled_from(["a@b", "root@localhost", "1+a@b.c", "a", "<a@b>", ""])
nothing = st.none()


def some(of: st.SearchStrategy[object]) -> st.SearchStrategy[list[object]]:
    """None to two of these."""
    return st.lists(of, max_size=2)


people = st.fixed_dictionaries(
    {
        "id": identifiers,
        "name": names,
        "credentials": st.just("MD") | lines,
        "affiliation": st.just("Nowhere"),
        "roles": st.lists(st.sampled_from([each.value for each in Role]), min_size=1, max_size=3),
        "specialties": some(identifiers),
        "term": st.fixed_dictionaries({"from": days}, optional={"to": nothing | days}),
        "interests": st.just("none") | lines,
    },
    optional={
        "orcid": nothing | st.sampled_from(["0000-0002-1825-0097", "0000-0002-1694-233X", "1"]),
        "git": some(addresses),
        "keys": some(
            st.fixed_dictionaries(
                {
                    "public": st.sampled_from([KEY, f"{KEY} a b", "ssh-rsa AAAA"]),
                    "valid_from": days,
                },
                optional={"valid_to": nothing | days, "revoked_from": nothing | instants},
            )
        ),
        "revoked_from": nothing | instants,
    },
)
boards = st.fixed_dictionaries(
    {"version": st.integers(0, 3), "people": some(people)},
    optional={
        "contributors": some(
            st.fixed_dictionaries({"id": identifiers, "name": names, "git": some(addresses)})
        )
    },
)


@given(board=boards)
def test_whatever_board_the_reader_takes_the_schema_takes(board: dict[str, object]):
    if reads("board", board):
        VALIDATORS["board"].validate(board)


@given(person=people, name=st.sampled_from(["Demo One", "Søren Łoś", "Мария Иванова"]))
def test_whatever_member_the_reader_takes_the_schema_takes(person: dict[str, object], name: str):
    # Each part alone, so that what is refused elsewhere does not hide what is taken here.
    for key, value in person.items():
        board = {"version": 1, "people": [{**PERSON, "name": name, key: value}]}
        if reads("board", board):
            VALIDATORS["board"].validate(board)


def test_every_role_act_and_decision_is_in_a_schema():
    parts = {**json.loads(schema_text("act"))["$defs"], **json.loads(schema_text("board"))["$defs"]}
    assert parts["ActName"]["enum"] == [each.value for each in ActName]
    assert parts["Decision"]["enum"] == [each.value for each in Decision]
    assert parts["Role"]["enum"] == [each.value for each in Role]


def test_what_the_code_writes_the_schema_takes():
    board = Board.model_validate_json(json.dumps(GOOD["board"]))
    policy = Policy.model_validate_json(json.dumps(GOOD["policy"]))
    for name, value in (("board", board), ("policy", policy)):
        VALIDATORS[name].validate(json.loads(value.model_dump_json(by_alias=True)))
