"""The shipped article, built as anybody builds it, against the page's contract."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from lxml import html as lxml_html


@pytest.fixture(scope="module")
def page(repository_root, tmp_path_factory):
    site = tmp_path_factory.mktemp("shipped")
    command = [sys.executable, "-W", "ignore", "-m", "mkdocs", "build", "--clean", "-d", str(site)]
    environment = {**os.environ, "IMPRIMATUR_PREVIEW": "1", "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(command, cwd=repository_root, check=True, capture_output=True, env=environment)
    return lxml_html.parse(str(site / "articles/spinal-mri/index.html")).getroot()


def test_it_stands_at_submitted_and_says_so(page):
    (article,) = page.xpath("//article")
    assert article.get("data-slug") == "spinal-mri"
    assert article.get("data-standing") == "submitted"
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", article.get("data-manifest"))
    (current,) = article.xpath(".//*[@class='imp-status']//*[@aria-current='step']")
    assert current.text_content().startswith("Submitted")
    assert "pending human review" in article.xpath("string(.//p[@class='imp-caution'])")


def test_it_has_an_answer_a_safety_passage_and_a_disclaimer(page):
    for part in ("imp-answer", "imp-safety", "imp-disclaimer", "imp-review"):
        assert len(page.xpath(f"//section[@class='{part}']")) == 1, part


def test_it_keeps_apart_guidelines_drug_label_and_research(page):
    sections = page.xpath("//section[@class='imp-evidence']/@data-evidence")
    assert sections == ["guidelines", "drug-label", "research"]


def test_it_cites_at_least_seven_works_and_each_number_leads_to_one(page):
    listed = page.xpath("//section[@class='imp-references']/ol/li/@id")
    assert len(listed) >= 7
    cites = page.xpath("//a[@class='imp-cite'][@role='doc-biblioref'][@id]")
    assert {cite.get("href").removeprefix("#") for cite in cites} == set(listed)
    for item in page.xpath("//section[@role='doc-bibliography']/ol/li"):
        assert item.xpath(".//a[@role='doc-backlink']")


def test_each_date_is_machine_readable_or_says_that_there_is_none(page):
    assert page.xpath("//time[@class='imp-date--evidence']/@datetime") == ["2025-02-21"]
    assert len(page.xpath("//*[@class='imp-date--reviewed']")) == 1
    assert len(page.xpath("//*[@class='imp-date--due']")) == 1


def test_it_states_no_percentage_without_citing_near_it(page):
    for paragraph in page.xpath("//article//div[@class='imp-body']//p"):
        if "%" in paragraph.text_content():
            assert paragraph.xpath(".//a[@class='imp-cite']"), paragraph.text_content()


def test_it_asks_no_other_host_for_anything(page):
    loaded = page.xpath("//script/@src | //img/@src | //link[@rel='stylesheet']/@href")
    assert loaded
    assert not [address for address in loaded if "//" in address]
