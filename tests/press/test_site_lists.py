"""Board and policy on site pages: all that readers need, and nothing that only machines do."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import html as lxml_html
from markdown import Markdown

from imprimatur.bibliography import EvidenceSection
from imprimatur.editorial import Repository
from imprimatur.press import Catalogue, PressExtension, SiteAddress, SiteLists, SiteSheet

TODAY = date(2026, 11, 23)

BOARD = """\
version: 3
people:
  - id: a-one
    name: Ana One
    credentials: MD, <b>FRCR</b>
    affiliation: Demonstration Hospital
    roles: [editor-in-chief, reviewer]
    specialties: [radiology, emergency-medicine]
    term: {from: 2026-01-01}
    interests: none
    git: [ana@demonstration.example]
    keys:
      - public: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f
        valid_from: 2026-01-01
"""
OTHER = """\
  - id: b-two
    name: Ben Two
    credentials: PhD
    affiliation: Demonstration College
    roles: [patient-reviewer]
    specialties: []
    term: {%s}
    interests: Shares in a maker of demonstrations
"""


class Shown:
    """Prints site pages of one small site."""

    def __init__(self, site) -> None:
        self.site = site

    def html(self, body: str) -> str:
        """What a host is given."""
        repository = Repository(self.site.root)
        lists = SiteLists(
            catalogue=lambda: Catalogue([]),
            board=lambda: repository.board,
            policy=lambda: repository.policy,
            here=SiteAddress(url="about/board/", directories=True),
            today=TODAY,
        )
        return Markdown(extensions=[PressExtension(SiteSheet(lists=lists))]).convert(body)

    def tree(self, body: str):
        """The same as a tree."""
        return lxml_html.fragment_fromstring(self.html(body), create_parent="div")

    def board(self, text: str):
        """The board, printed under a second-level heading."""
        self.site.write("editorial/board.yml", text)
        return self.tree("## Members\n\n/// board\n///\n")

    def policy(self, old: str = "", new: str = ""):
        """The policy, with one thing changed, printed under a second-level heading."""
        path = self.site.root / "editorial/policy.yml"
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new, 1))
        return self.tree("## Rules\n\n/// policy\n///\n")


@pytest.fixture
def shown(site) -> Shown:
    """A press for site pages."""
    return Shown(site)


def said(tree, term: str) -> list[str]:
    """What stands beside a term, once for each time it stands there."""
    found = tree.xpath(f"//dt[.='{term}']/following-sibling::dd")
    return [" ".join(each.text_content().split()) for each in found]


def test_a_board_without_people_says_what_that_means(shown):
    text = shown.board("version: 1\npeople: []\n").text_content()
    assert "Nobody has been appointed to the board yet." in text
    assert "nobody may approve" in text


def test_a_member_is_named_with_all_that_makes_an_approval_count(shown):
    tree = shown.board(BOARD)
    assert tree.xpath("string(//strong)") == "Ana One"
    assert "MD, <b>FRCR</b>" in tree.text_content()
    assert said(tree, "Affiliation") == ["Demonstration Hospital"]
    assert said(tree, "May act as") == ["Editor in chief, reviewer"]
    assert said(tree, "Specialties") == ["Radiology, emergency medicine"]
    assert said(tree, "Term") == ["from 1 January 2026"]
    assert said(tree, "Interests declared") == ["none"]
    assert "version 3" in tree.text_content()
    assert not tree.xpath("//h3")


def test_no_key_and_no_address_of_a_member_is_printed(shown):
    shown.site.write("editorial/board.yml", BOARD)
    page = shown.html("/// board\n///\n")
    assert "AAAA" not in page
    assert "ana@" not in page
    assert "ssh-" not in page


@pytest.mark.parametrize(
    ("term", "heading"),
    [
        ("from: 2025-01-01, to: 2026-11-22", "Former members"),
        ("from: 2026-11-24", "Members to come"),
        ("from: 2025-01-01, to: 2026-11-23", None),
    ],
)
def test_members_stand_under_the_time_of_their_term(shown, term, heading):
    tree = shown.board(BOARD + OTHER % term)
    assert [each.text for each in tree.xpath("//h3")] == ([heading] if heading else [])
    above = tree.xpath("string(//strong[.='Ben Two']/ancestor::ul/preceding-sibling::h3[1])")
    assert above == (heading or "")


def test_a_revoked_member_is_a_former_one_and_says_from_when(shown):
    tree = shown.board(BOARD + "    revoked_from: 2026-05-03T08:00:00Z\n")
    assert "Nobody serves on the board now." in tree.text_content()
    assert [each.text for each in tree.xpath("//h3")] == ["Former members"]
    assert said(tree, "Revoked") == ["No approval by this person counts from 3 May 2026 on."]


def test_a_revocation_to_come_is_said_of_a_member_who_serves(shown):
    tree = shown.board(BOARD + "    revoked_from: 2027-05-03T08:00:00Z\n")
    assert not tree.xpath("//h3")
    assert said(tree, "Revoked") == ["No approval by this person counts from 3 May 2027 on."]


def test_the_policy_says_what_each_class_needs(shown):
    old = "{quorum: 2, valid_months: 36, grace_days: 90}"
    new = (
        "{quorum: 1, roles: [editor-in-chief], specialties: [clinical-pharmacology],"
        " valid_months: 1, grace_days: 0}\n  dosing-of-drugs: " + old
    )
    tree = shown.policy(old, new)
    assert said(tree, "General") == [
        "1 member of the board must approve the same text.",
        "Roles needed among them: editor in chief.",
        "Specialties needed among them: clinical pharmacology.",
        "An approval holds for 1 month.",
        "After that the text gives way to a notice at once.",
    ]
    assert said(tree, "Dosing of drugs") == [
        "2 members of the board must approve the same text.",
        "An approval holds for 36 months.",
        "After that the text is shown for 90 days more, marked as overdue for review.",
    ]


def test_what_who_approves_must_confirm_is_told_to_readers_in_a_sentence(shown):
    old = "general: {quorum: 2,"
    asked = "checklist: [I read the sources., 'I checked every dose, unit and interval.']"
    told = said(shown.policy(old, f"{old} {asked},"), "General")
    assert told[1] == (
        "Who approves is asked to confirm: "
        "I read the sources. I checked every dose, unit and interval."
    )


def test_an_act_that_the_policy_does_not_name_is_nobodys(shown):
    tree = shown.policy()
    assert said(tree, "Assign reviewers") == ["Editor."]
    assert said(tree, "Review") == ["Editor, reviewer."]
    assert said(tree, "Take an article down") == ["Nobody."]
    assert said(tree, "Submit a text") == ["Every author. It grants nothing."]


def test_readers_are_named_with_their_grade_and_their_fallback(shown):
    tree = shown.policy("fallback: clinician", "fallback: clinician, reading_grade: 8")
    assert said(tree, "Clinician") == ["No limit is set for how hard their text may be to read."]
    assert said(tree, "Patient") == [
        "Their text may be as hard to read as school grade 8, and no harder.",
        "Without a passage of their own they see the one for: Clinician.",
    ]


@pytest.mark.parametrize(
    ("old", "new", "term", "part"),
    [
        ("", "", "Articles that wait", "nothing new is published"),
        ("pending: block", "pending: withhold", "Articles that wait", "left out"),
        ("pending: block", "pending: last-approved", "Articles that wait", "last text"),
        ("", "", "Signatures", "only with a valid signature"),
        ("signatures: required", "signatures: optional", "Signatures", "recorded, not signed"),
        ("", "", "Small edits", "needs a new review"),
        ("light_review: false", "light_review: true", "Small edits", "one earlier approver"),
        ("", "", "Error reports", "No address has been given yet."),
    ],
)
def test_every_other_rule_is_said_in_plain_words(shown, old, new, term, part):
    (words,) = said(shown.policy(old, new), term)
    assert part in words


@pytest.mark.parametrize(
    ("address", "href"),
    [
        ("https://forms.example/errors", "https://forms.example/errors"),
        ("errors@demonstration.example", "mailto:errors@demonstration.example"),
    ],
)
def test_an_address_of_the_policy_is_a_link_that_can_only_write_or_open_a_form(
    shown, address, href
):
    tree = shown.policy("style: ama", f"style: ama\nerrors: {address}")
    (link,) = tree.xpath("//dt[.='Error reports']/following-sibling::dd/a")
    assert (link.text, link.get("href")) == (address, href)


def test_each_kind_of_evidence_is_explained_under_its_section(shown):
    tree = shown.tree("## Kinds\n\n/// kinds\n///\n")
    assert [each.text for each in tree.xpath("//h3")] == [each.heading for each in EvidenceSection]
    for section, listed in zip(EvidenceSection, tree.xpath("//dl"), strict=True):
        said = dict(zip(listed.xpath(".//dt/text()"), listed.xpath(".//dd/text()"), strict=True))
        assert said == {each.label: each.meaning for each in section.kinds}


@pytest.mark.parametrize("name", ["board", "policy"])
def test_a_file_that_cannot_be_read_is_said_to_be_so(shown, name):
    shown.site.write(f"editorial/{name}.yml", "version: one\n")
    tree = shown.tree(f"/// {name}\n///\n")
    (block,) = tree.xpath("//div[@class='imp-unreadable']")
    assert "cannot be read" in block.text_content()
    assert f"editorial/{name}.yml" in block.text_content()


@pytest.mark.parametrize(
    ("above", "tag"),
    [("", "h2"), ("# A\n\n", "h2"), ("# A\n\n### B\n\n", "h4"), ("###### F", "h6")],
)
def test_headings_of_a_list_stand_one_below_the_heading_above_it(shown, above, tag):
    tree = shown.tree(f"{above}\n\n/// policy\n///\n")
    assert {
        each.tag for each in tree.xpath("//div[@class='imp-policy']/*[starts-with(name(), 'h')]")
    } == {tag}
