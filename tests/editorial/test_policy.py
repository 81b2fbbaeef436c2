"""What a policy may say: its audiences, and where readers can write to."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imprimatur.editorial import Policy
from imprimatur.errors import RuleName
from imprimatur.strict import Reading, read_yaml, validate

RULE = RuleName("policy-is-readable")
POLICY = """\
version: 1
site: tests.example
audiences:
{audiences}
classes:
  general: {{quorum: 2, valid_months: 36, grace_days: 90}}
acts: {{review: [reviewer]}}
pending: block
signatures: required
light_review: false
style: ama
"""
CLINICIAN = "  - {id: clinician, label: Clinician, disclaimer: It informs.}"


def read(more: str = "", audiences: str = CLINICIAN) -> Reading[Policy]:
    """A policy with a further line, or with other audiences."""
    document = read_yaml(f"{POLICY.format(audiences=audiences)}{more}\n", "policy.yml", RULE).value
    assert document is not None
    return validate(Policy, document, RULE)


def audience(name: str, **more: object) -> str:
    """A line of the policy about an audience."""
    pairs = "".join(f", {key}: {value}" for key, value in more.items())
    return f"  - {{id: {name}, label: {name}, disclaimer: It informs.{pairs}}}"


@pytest.mark.parametrize("key", ["questions", "errors"])
@pytest.mark.parametrize(
    "address",
    [
        "board@tests.example",
        "medical.advisory-board+site@mail.tests.example",
        "https://tests.example/issues/new",
        "https://tests.example:1/",
        "https://tests.example:8443/issues/new?labels=question&template=q.yml#top",
    ],
)
def test_readers_can_write_to_an_e_mail_address_or_a_form(key: str, address: str):
    policy = read(f"{key}: {address}").value
    assert policy is not None
    assert getattr(policy, key) == address


def test_nowhere_to_write_to_is_allowed():
    policy = read().value
    assert policy is not None
    assert (policy.questions, policy.errors) == (None, None)


@pytest.mark.parametrize("key", ["questions", "errors"])
@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("mailto:board@tests.example", "stands here by itself, without `mailto:`"),
        ("MAILTO:board@tests.example", "stands here by itself, without `mailto:`"),
        ("http://tests.example/issues", "needs https://"),
        ("the editorial board", "neither an e-mail address nor an https address"),
        ("javascript:alert(1)", "neither an e-mail address nor an https address"),
        ("//tests.example/issues", "neither an e-mail address nor an https address"),
        ("board@tests", "neither an e-mail address nor an https address"),
        ("board@-tests.example", "neither an e-mail address nor an https address"),
        ("board..x@tests.example", "neither an e-mail address nor an https address"),
        ("a@tests.example, b@tests.example", "neither an e-mail address nor an https address"),
        ("a@tests.example?bcc=b@tests.example", "neither an e-mail address nor an https address"),
        ('"board"@tests.example', "neither an e-mail address nor an https address"),
        ("https://tests.example/it's", "neither an e-mail address nor an https address"),
        ("https://tests.example/<b>", "neither an e-mail address nor an https address"),
        ("https://tests.example/a b", "neither an e-mail address nor an https address"),
        ("https://tests.example/\nb", "neither an e-mail address nor an https address"),
        ("", "neither an e-mail address nor an https address"),
        ("https://", "neither an e-mail address nor an https address"),
        ("https://localhost/issues", "behind https:// stands the name of a site"),
        ("https://127.0.0.1/issues", "behind https:// stands the name of a site"),
        ("https://me:secret@tests.example/", "behind https:// stands the name of a site"),
        ("https://@tests.example/", "behind https:// stands the name of a site"),
        ("https://tests.example@evil.example/", "behind https:// stands the name of a site"),
        ("https://tests.example:0/", "behind https:// stands the name of a site"),
        ("https://tests.example:99999/", "cannot be taken apart"),
        ("https://[tests.example/", "cannot be taken apart"),
    ],
)  # fmt: skip
def test_another_address_is_refused_with_what_to_write(key: str, address: str, said: str):
    reading = read(f"{key}: {json.dumps(address)}")
    assert reading.value is None
    (finding,) = reading.findings
    assert finding.line == 12
    assert finding.message.startswith(f"`{key}` is ")
    assert said in finding.message
    assert finding.cure == f"correct `{key}`"


@given(address=st.text(min_size=1, max_size=40))
def test_no_address_breaks_out_of_the_link_it_becomes(address: str):
    try:
        policy = Policy.model_validate_json(_json(address))
    except ValueError:
        return
    assert policy.questions == address
    assert address.isascii()
    assert not set(address) & set(" \t\r\n'\"<>\\`{}|^")


def _json(address: str) -> str:
    document = read_yaml(POLICY.format(audiences=CLINICIAN), "policy.yml", RULE).value
    assert document is not None
    return json.dumps({**document.value, "questions": address})


def test_twelve_audiences_are_enough():
    twelve = "\n".join(audience(f"a-{number}") for number in range(12))
    assert read(audiences=twelve).value is not None
    (finding,) = read(audiences=f"{twelve}\n{audience('one-more')}").findings
    assert "`audiences`" in finding.message
    assert "it holds 12 at most, and here are 13" in finding.message


@pytest.mark.parametrize(
    ("audiences", "said"),
    [
        ([audience("a"), audience("a")], "two audiences have the same id"),
        ([audience("a", fallback="b")], "the fallback `b` is no audience of this policy"),
        ([audience("a", fallback="a")], "go round in a circle"),
        ([audience("a", fallback="b"), audience("b", fallback="a")], "go round in a circle"),
        (
            [audience("a", fallback="b"), audience("b", fallback="c"), audience("c", fallback="b")],
            "the fallbacks of `a` go round in a circle",
        ),
        ([audience("a", reading_grade=0)], "it is 1 or more"),
        ([audience("a", reading_grade=21)], "it is 20 or less"),
    ],
)
def test_audiences_that_cannot_be_meant_are_named(audiences: list[str], said: str):
    reading = read(audiences="\n".join(audiences))
    assert reading.value is None
    assert any(said in each.message for each in reading.findings)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "[reviewer]",
            "[reviewer, editor, reviewer]",
            "`acts.review` is .*`reviewer` stands twice",
        ),
        (
            "[reviewer]",
            "[reviewer, editor, reviewer, editor]",
            "`editor`, `reviewer` stands twice; keep one",
        ),
        ("[reviewer]", "[]", "`acts.review` is .*nobody may do this act; name a role, or leave"),
        (
            "quorum: 2",
            "quorum: 2, roles: [editor, editor]",
            "general.roles` is .*`editor` stands twice",
        ),
        (
            "quorum: 2",
            "quorum: 2, specialties: [a, a]",
            "general.specialties` is .*`a` stands twice",
        ),
        (
            "quorum: 2",
            "quorum: 2, checklist: [I read it., I read it.]",
            "`I read it.` stands twice",
        ),
        ("quorum: 2", "quorum: 2, checklist: ['']", "`classes.general.checklist.0` is"),
    ],
)
def test_what_cannot_be_meant_of_acts_and_classes_is_named(old: str, new: str, said: str):
    text = POLICY.format(audiences=CLINICIAN)
    assert old in text
    document = read_yaml(text.replace(old, new), "policy.yml", RULE).value
    assert document is not None
    (finding,) = validate(Policy, document, RULE).findings
    assert re.search(said, finding.message)


def test_a_class_of_articles_may_ask_to_confirm_something():
    line = "I checked every dose, unit and interval against the label."
    text = POLICY.format(audiences=CLINICIAN).replace(
        "quorum: 2", f"quorum: 2, checklist: ['{line}']"
    )
    document = read_yaml(text, "policy.yml", RULE).value
    assert document is not None
    policy = validate(Policy, document, RULE).value
    assert policy is not None
    assert policy.classes["general"].checklist == (line,)
    asked_nothing = read().value
    assert asked_nothing is not None
    assert asked_nothing.classes["general"].checklist == ()


def test_two_audiences_of_one_label_cannot_be_told_apart():
    one, other = audience("a"), audience("b").replace("label: b", "label: A")
    (finding,) = read(audiences=f"{one}\n{other}").findings
    assert "`a` and `b` have one label" in finding.message


def test_an_address_with_a_letter_that_passes_for_another_is_refused():
    more = 'questions: "b\u043eard@tests.example"'
    document = read_yaml(f"{POLICY.format(audiences=CLINICIAN)}{more}\n", "policy.yml", RULE)
    assert document.value is None
    (finding,) = document.findings
    assert "CYRILLIC SMALL LETTER O), which passes for another sign" in finding.message


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("version: 1", "version: {}", (1, 0)),
        ("quorum: 2", "quorum: {}", (20, 21)),
        ("quorum: 2", "quorum: {}", (1, 0)),
        ("valid_months: 36", "valid_months: {}", (120, 121)),
        ("valid_months: 36", "valid_months: {}", (1, 0)),
        ("grace_days: 90", "grace_days: {}", (366, 367)),
        ("grace_days: 90", "grace_days: {}", (0, -1)),
        ("Clinician,", "Clinician, reading_grade: {},", (20, 21)),
        ("Clinician,", "Clinician, reading_grade: {},", (1, 0)),
        ("It informs.", "{}", ("x" * 2000, "x" * 2001)),
        ("It informs.", "{}", ("x", "''")),
        (
            "style: ama",
            "style: ama\nerrors: https://tests.example/{}",
            ("x" * 278, "x" * 279),
        ),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_each_figure_of_a_policy_has_its_limit(old: str, new: str, where: tuple[object, object]):
    text = POLICY.format(audiences=CLINICIAN)
    assert old in text
    for number, is_within in zip(where, (True, False), strict=True):
        changed = text.replace(old, new.format(number))
        document = read_yaml(changed, "policy.yml", RULE).value
        assert document is not None
        reading = validate(Policy, document, RULE)
        assert (reading.value is not None) is is_within, reading.findings
        assert len(reading.findings) == (not is_within)


@pytest.mark.parametrize("sign", [" ", "\t", "<", ">", '"', "'"])
def test_the_address_of_the_site_holds_nothing_that_no_address_holds(sign: str):
    text = json.dumps({**json.loads(_json("board@tests.example")), "site": f"tests{sign}example"})
    with pytest.raises(ValueError, match="site"):
        Policy.model_validate_json(text)


def test_an_audience_may_fall_back_on_one_that_falls_back_on_a_third():
    chain = [audience("a", fallback="b"), audience("b", fallback="c"), audience("c")]
    policy = read(audiences="\n".join(chain)).value
    assert policy is not None
    assert [each.fallback for each in policy.audiences] == ["b", "c", None]
