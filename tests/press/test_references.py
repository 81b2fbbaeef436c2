"""The list of references, the way back, and the authors' own notes."""

from __future__ import annotations

from dataclasses import replace

from lxml.html import fragment_fromstring

from imprimatur.bibliography import read_bibliography
from imprimatur.press import print_copy

BODY = "A [@park2019spinal]. B [@saha2025dce]. C [@park2019spinal].[^1] D.[^1]\n\n[^1]: A note.\n"


def test_every_reference_stands_under_its_number_with_its_links(press):
    items = press.page(BODY).xpath("//section[@role='doc-bibliography']/ol/li")
    assert [item.get("id") for item in items] == ["ref-park2019spinal", "ref-saha2025dce"]
    addresses = [link.get("href") for link in items[0].xpath(".//a[not(@role)]")]
    assert addresses == [
        "https://doi.org/10.1000/park2019spinal",
        "https://pubmed.ncbi.nlm.nih.gov/30904629/",
    ]
    assert items[0].xpath("string(.//span[@class='imp-kind'])") == "Diagnostic study"


def test_each_citing_place_and_its_reference_lead_to_each_other(press):
    page = press.page(BODY)
    for cite in page.xpath("//a[@role='doc-biblioref']"):
        item = page.get_element_by_id(cite.get("href")[1:])
        back = item.xpath(".//a[@role='doc-backlink']/@href")
        assert f"#{cite.get('id')}" in back


def test_the_ways_back_are_lettered_and_named_apart(press):
    item = press.page(BODY).get_element_by_id("ref-park2019spinal")
    back = item.xpath(".//a[@role='doc-backlink']")
    assert [link.text for link in back] == ["a", "b"]
    assert len({link.get("aria-label") for link in back}) == 2
    assert all(link.get("aria-label").startswith(link.text) for link in back)


def test_notes_are_kept_apart_from_references(press):
    page = press.page(BODY)
    notes = page.xpath("//section[@role='doc-endnotes']")
    assert len(notes) == 1
    assert "A note." in notes[0].text_content()
    assert "A note." not in page.xpath("string(//section[@role='doc-bibliography'])")
    names = [link.get("aria-label") for link in notes[0].xpath(".//a[@role='doc-backlink']")]
    assert len(set(names)) == len(names) == 2


def test_an_article_that_cites_nothing_has_no_list(press):
    assert not press.page("Nothing is cited.").xpath("//section[@role='doc-bibliography']")


def test_two_hundred_citing_places_have_two_hundred_names(press):
    body = "\n\n".join(f"Number {n} is here [@park2019spinal]." for n in range(200))
    names = press.page(body).xpath("//a[@role='doc-backlink']/@aria-label")
    assert len(set(names)) == 200


def test_a_note_that_stands_nowhere_in_the_text_has_no_way_back(press):
    page = press.page("Text.\n\n[^1]: A note.\n")
    assert page.xpath("//section[@role='doc-endnotes']//li")
    assert not page.xpath("//section[@role='doc-endnotes']//a")


def test_a_note_keeps_its_name_whatever_signs_it_holds(press):
    name = '"><script>alert(1)</script> x'
    page = press.page(f"Text.[^{name}]\n\n[^{name}]: A note.\n")
    assert not page.xpath("//script")
    assert page.xpath("//li/@id") == [f"fn:{name}"]


def test_what_is_said_of_a_work_is_the_same_wherever_and_however_often_it_is_cited(press):
    first = press.proof(BODY).html
    other = press.page("A [@saha2025dce]. B [@saha2025dce].")
    assert press.proof(BODY).html == first
    back = other.xpath("//li[@id='ref-saha2025dce']//a[@role='doc-backlink']/@href")
    assert back == ["#cite-saha2025dce-1", "#cite-saha2025dce-2"]


def test_a_work_whose_entry_was_changed_is_printed_as_it_is_now(press):
    copy = press.copy(BODY)
    written = (press.site.root / "bibliography.bib").read_text()
    changed = written.replace("diagnostic-study", "cohort").replace("Park", "Roe").encode()
    works = read_bibliography(changed, "bibliography.bib")
    before, now = (said(each) for each in (copy, replace(copy, bibliography=works)))
    assert "Park" in before
    assert "Diagnostic study" in before
    assert "Park" not in now
    assert "Diagnostic study" not in now


def said(copy):
    page = fragment_fromstring(print_copy(copy).html)
    return page.xpath("string(//li[@id='ref-park2019spinal'])")
