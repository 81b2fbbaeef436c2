"""What is told of a withheld text is no secret as far as something published says it, too."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handmade import PLAN, PRINTED
from imprimatur.gate.plan import Plan, Withheld
from imprimatur.gate.scan.public import told_in_secret
from imprimatur.gate.scan.sheet import Sheet
from imprimatur.gate.scan.withheld import secrets_of

RUN = "Give every okapi of the herd one gramme of it before noon"
SOURCE = f"""\
---
title: Does canarium calm okapis?
summary: It calms them.
topics: [okapi-care]
class: general
authors:
  - {{name: Demonstration Quagga, affiliation: Nowhere, interests: none}}
evidence_through: 2025-02-21
audiences: [clinician]
---

/// answer
{RUN}.
///

## Zorses
"""
WAITS = Withheld(slug="calm-okapis", source=SOURCE.encode(), waits_for=("a review",))
TELLS = f"{RUN}\x1e Does canarium calm okapis? \x1eZorses\x1e By Demonstration Quagga\x1eOkapi care"
HELD = replace(PLAN, withheld=(WAITS,))


def told(plan: Plan, *texts: str) -> list[tuple[str, str, str]]:
    """What files of these texts are found to tell."""
    secrets = secrets_of(plan)
    sheets = {
        f"{number}.txt": Sheet(path=f"{number}.txt", told=secrets.told(text))
        for number, text in enumerate(texts)
    }
    return list(told_in_secret(plan, secrets, sheets))


def files(name: str, text: str) -> Plan:
    return replace(HELD, files={**PLAN.files, name: text.encode()})


def shown(**said: object) -> Plan:
    return replace(HELD, printed=(replace(PRINTED, **said),))


def test_each_file_that_tells_something_is_named_with_what_it_tells_in_words():
    other = Withheld(slug="another", source=f"# A\n\n{RUN}.\n".encode(), waits_for=())
    both = replace(HELD, withheld=(WAITS, other))
    assert told(both, "nothing", TELLS, "calm-okapis", RUN) == [
        ("1.txt", "another", "eight words in a row"),
        ("1.txt", "calm-okapis", "a heading, a topic or a name"),
        ("1.txt", "calm-okapis", "a title, a heading or a name"),
        ("1.txt", "calm-okapis", "eight words in a row"),
        ("2.txt", "calm-okapis", "the address"),
        ("3.txt", "another", "eight words in a row"),
        ("3.txt", "calm-okapis", "eight words in a row"),
    ]


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        # An article: its page, its attributes, its title, summary, topics and source.
        (RUN, shown(html=f"<article><p>{RUN}</p></article>")),
        (RUN, shown(html=f'<article><p title="{RUN}">x</p></article>')),
        ("Zorses", shown(html="<article><h2>Zorses</h2></article>")),
        ("Does canarium calm okapis?", shown(summary="Ask: does canarium calm okapis?")),
        ("By Demonstration Quagga", shown(title="By Demonstration Quagga")),
        ("Okapi care", shown(entry=replace(PRINTED.entry, topics=("okapi-care",)))),
        (RUN, shown(source=RUN.replace("herd", "herd [@a2019]").encode())),
        # A file of the site: its words, its attributes, its marks and its name.
        (RUN, files("docs/a.md", RUN)),
        (RUN, files("docs/a.md", RUN.replace("herd", "herd [see @a2019, p. 3]"))),
        (RUN, files("docs/a.html", f'<p title="{RUN}">')),
        ("Zorses", files("docs/a.md", "See [Zorses](zorses.md) there.")),
        ("Zorses", files("docs/a.md", "| a | Zorses | b |")),
        ("Zorses", files("docs/a.md", "some *Zorses* run")),
        ("calm-okapis", files("docs/calm-okapis.svg", "")),
    ],
)
def test_what_is_published_is_no_secret_wherever_it_stands(text, plan):
    assert told(HELD, text)
    assert told(plan, text) == []


def test_what_templates_of_the_theme_say_is_no_secret():
    search = replace(WAITS, source=b"# x\n\n## Search\n\n## Zorses\n")
    plan = replace(HELD, withheld=(search,))
    assert told(plan, "Search", "Zorses") == [
        ("1.txt", "calm-okapis", "a heading, a topic or a name")
    ]


def test_what_only_lists_say_is_no_secret():
    # A list of policies, of kinds and of topics; none of it stands in a file as it is shown.
    for words in ("There are no topics yet.", "Systematic review"):
        waits = replace(WAITS, source=f"# x\n\n## {words}\n".encode())
        plan = replace(HELD, withheld=(waits,))
        assert secrets_of(plan).told(words)
        assert told(plan, words) == [], words


def test_what_only_the_pages_of_lists_say_is_no_secret():
    waits = replace(WAITS, source=b"# x\n\n## All topics\n")
    topics = replace(PRINTED, entry=replace(PRINTED.entry, topics=("hearts",)))
    plan = replace(HELD, withheld=(waits,))
    assert told(plan, "All topics") != []
    assert told(replace(plan, printed=(topics,)), "All topics") == []


def test_the_rest_of_what_a_file_tells_stays_a_secret():
    plan = files("docs/a.md", "some *Zorses* run, as does canarium calm okapis?")
    assert told(plan, TELLS) == [
        ("0.txt", "calm-okapis", "a heading, a topic or a name"),
        ("0.txt", "calm-okapis", "a title, a heading or a name"),
        ("0.txt", "calm-okapis", "eight words in a row"),
    ]


def test_where_nothing_is_told_nothing_is_found():
    assert told(HELD, "nothing") == []
    assert told(HELD) == []
