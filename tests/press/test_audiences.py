"""Variants for several readers, and what stands beside them."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest

BODY = """
//// answer
/// audience | clinician
It helped [@park2019spinal].
///

/// audience | patient
It was of use [@park2019spinal].
///
////

/// safety
Never.
///

//// evidence | guidelines
/// audience | clinician
### Low back pain

The criteria [@hutchins2021acr].
///
////

/// evidence | research
Pooled [@liu2017vertebral; @harlianto2024spinal].
///
"""


def both(press):
    return press.page(BODY, audiences="[clinician, patient]")


def test_the_choice_is_a_group_of_real_radio_buttons_hidden_until_a_script_can_carry_it_out(press):
    (group,) = both(press).xpath("//fieldset[@class='imp-audience']")
    assert group.get("hidden") is not None
    assert group.xpath("string(legend)") == "Personalize: which best describes you?"
    buttons = group.xpath(".//label/input[@type='radio'][@name='audience']")
    assert [each.get("value") for each in buttons] == ["clinician", "patient"]
    assert [each.getparent().text_content().strip() for each in buttons] == ["Clinician", "Patient"]


def test_an_article_for_one_audience_offers_no_choice_and_says_for_whom_it_is(press):
    page = press.page(BODY, audiences="[clinician]")
    assert not page.xpath("//fieldset")
    assert "Written for: Clinician." in page.xpath("string(//*[@class='imp-authors'])")


def test_an_audience_without_a_text_of_its_own_is_shown_that_of_its_fallback(press):
    policy = press.copy("Text.").policy
    caregiver = policy.audiences[0].model_copy(
        update={"id": "caregiver", "label": "Caregiver", "fallback": "patient"}
    )
    wider = policy.model_copy(update={"audiences": (*policy.audiences, caregiver)})
    page = press.page(BODY, audiences="[clinician, patient]", policy=wider)
    shows = {each.get("value"): each.get("data-shows") for each in page.xpath("//fieldset//input")}
    assert shows == {"clinician": "clinician", "patient": "patient", "caregiver": "patient"}


def test_without_scripts_every_variant_stands_and_says_for_whom(press):
    passages = both(press).xpath("//*[@class='imp-passage']")
    assert len(passages) == 5
    for passage in passages:
        assert passage[0].get("class") == "imp-for"
        assert passage[0].text.startswith("For: ")
        assert passage.get("hidden") is None


def test_safety_is_for_everybody(press):
    (safety,) = both(press).xpath("//section[@class='imp-safety']")
    assert not safety.xpath("ancestor-or-self::*[@data-audience]")


def test_the_contents_know_whom_a_heading_is_for(press):
    proof = press.proof(BODY, audiences="[clinician, patient]")
    audiences = {each.text: each.audiences for each in proof.headings}
    assert audiences["Low back pain"] == ("clinician",)
    assert audiences["Short answer"] == ()


def test_each_section_says_what_its_kind_of_evidence_is_and_what_it_rests_on(press):
    page = both(press)
    for section in page.xpath("//section[@class='imp-evidence']"):
        assert section.xpath("string(p[@class='imp-means'])")
    (research,) = page.xpath("//section[@data-evidence='research']/aside[@class='imp-sources']")
    assert research.xpath("string(p)") == "Rests on 2 sources"
    names = [" ".join(each.text_content().split()) for each in research.xpath(".//li")]
    assert names == [
        "3 Liu and Wang 2017 Systematic review",
        "4 van der Star 2024 Systematic review",
    ]


def test_a_body_that_wrote_a_work_gives_way_to_its_title(press):
    (named,) = both(press).xpath(
        "//section[@data-evidence='guidelines']//*[@class='imp-source-name']"
    )
    assert named.text == "Low back pain 2021"


def test_the_answer_names_the_sections_it_rests_on_and_leads_there(press):
    page = both(press)
    links = page.xpath("//section[@class='imp-answer']/ul[@class='imp-rests']//a")
    assert [each.text for each in links] == ["Guidelines", "Research"]
    for link in links:
        assert page.get_element_by_id(unquote(link.get("href")[1:])).tag == "h2"
    counts = page.xpath("//ul[@class='imp-rests']//*[@class='imp-count']/text()")
    assert counts == ["1 source", "2 sources"]


def test_every_kind_of_evidence_in_the_list_is_explained_below_it(press):
    page = both(press)
    kinds = set(page.xpath("//section[@class='imp-references']/ol//*[@data-kind]/@data-kind"))
    explained = page.xpath("//details[@class='imp-kinds']//div[@data-kind]")
    assert {each.get("data-kind") for each in explained} == kinds
    assert all(each.xpath("string(dd)") for each in explained)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("ask@board.example", r"mailto:ask@board\.example\?subject=Question%20about%3A%20.*&body="),
        (
            "https://forge.example/new",
            r"https://forge\.example/new\?title=Question%20about.*&body=",
        ),
        (
            "https://forge.example/new?t=1",
            r"https://forge\.example/new\?t=1&title=Question.*&body=",
        ),
    ],
)
def test_a_question_to_the_board_names_article_and_digest_and_asks_for_no_patient(
    press, address, expected
):
    copy = press.copy("Text.")
    policy = copy.policy.model_copy(update={"questions": address})
    page = press.page("Text.", policy=policy)
    (link,) = page.xpath("//p[@class='imp-ask-board']/a/@href")
    assert re.match(expected, link)
    body = unquote(link.split("body=")[1])
    assert copy.digest in body
    assert "(contrast)" in body
    assert "No patient details" in body


def test_a_board_without_an_address_says_so(press):
    page = press.page("Text.")
    assert "no address for questions" in page.xpath("string(//p[@class='imp-ask-board'])")
    assert "no address for reports" in page.xpath("string(//p[@class='imp-report-error'])")


def test_the_page_says_what_schooling_the_text_for_patients_needs(press):
    policy = press.copy("Text.").policy
    patient = policy.audience("patient").model_copy(update={"reading_grade": 8})
    limited = policy.model_copy(update={"audiences": (policy.audiences[0], patient)})
    page = press.page(BODY, audiences="[clinician, patient]", policy=limited)
    said = page.xpath("string(//p[@class='imp-grade'])")
    counted = "counted from the lengths of its words and sentences alone"
    assert re.fullmatch(rf"Text for Patient: school grade .+, {counted}\.", said)
