"""The reference of each work that was chosen to try the style, word for word."""

from __future__ import annotations

import pytest

from imprimatur.bibliography import Bibliography, Style, format_reference

AMA = {
    "khadem2012dce": (
        "Khadem NR, Karimi S, Peck KK, et al. Characterizing hypervascular and hypovascular "
        "metastases and normal bone marrow of the spine using dynamic contrast-enhanced MR "
        "imaging. AJNR Am J Neuroradiol. 2012;33(11):2178-2185. doi:10.3174/ajnr.A3104"
    ),
    "meyer2005neuroblastoma": (
        "Meyer JS, Siegel MJ, Farooqui SO, Jaramillo D, Fletcher BD, Hoffer FA. Which MRI "
        "sequence of the spine best reveals bone-marrow metastases of neuroblastoma? Pediatr "
        "Radiol. 2005;35(8):778-785. doi:10.1007/s00247-005-1470-2"
    ),
    "park2019spinal": (
        "Park C, Lee JW, Kim Y, et al. Diagnosis of spinal metastasis: are MR images without "
        "contrast medium application sufficient? Clin Imaging. 2019;55:165-173. "
        "doi:10.1016/j.clinimag.2019.03.003"
    ),
    "hutchins2021acr": (
        "Expert Panel on Neurological Imaging; Hutchins TA, Peckham M, et al. ACR "
        "Appropriateness Criteria Low Back Pain: 2021 Update. J Am Coll Radiol. "
        "2021;18(11S):S361-S379. doi:10.1016/j.jacr.2021.08.002"
    ),
    "schouten2013ddimer": (
        "Schouten HJ, Geersing GJ, Koek HL, et al. Diagnostic accuracy of conventional or age "
        "adjusted D-dimer cut-off values in older patients with suspected venous "
        "thromboembolism: systematic review and meta-analysis. BMJ. 2013;346:f2492. "
        "doi:10.1136/bmj.f2492"
    ),
    "harlianto2024spinal": (
        "Harlianto NI, van der Star S, Suelmann BBM, de Jong PA, Verlaan JJ, Foppen W. "
        "Diagnostic accuracy of imaging modalities for detection of spinal metastases: a "
        "systematic review and meta-analysis. Clin Transl Oncol. Published online 2024. "
        "doi:10.1007/s12094-024-03765-1"
    ),
    "saha2014perfusion": (
        "Saha A, Peck KK, Lis E, Holodny AI, Yamada Y, Karimi S. Magnetic resonance perfusion "
        "characteristics of hypervascular renal and hypovascular prostate spinal metastases: "
        "clinical utilities and implications. Spine (Phila Pa 1976). 2014;39(24):E1433-E1440. "
        "doi:10.1097/BRS.0000000000000570"
    ),
    "nice2023ng234": (
        "National Institute for Health and Care Excellence. Spinal metastases and metastatic "
        "spinal cord compression. NICE guideline NG234. 2023. "
        "https://www.nice.org.uk/guidance/ng234"
    ),
    "guerbet2019dotarem": (
        "Guerbet LLC. Dotarem (gadoterate meglumine) injection, pharmacy bulk package: "
        "prescribing information. DailyMed set id 82b83e61-6af8-4225-aa39-8cbf206f65b0. "
        "October 2019."
    ),
}

NLM = {
    "khadem2012dce": (
        "Khadem NR, Karimi S, Peck KK, Yamada Y, Lis E, Lyo J, et al. Characterizing "
        "hypervascular and hypovascular metastases and normal bone marrow of the spine using "
        "dynamic contrast-enhanced MR imaging. AJNR Am J Neuroradiol. 2012 Dec;33(11):2178-85. "
        "doi:10.3174/ajnr.A3104. PubMed PMID: 22555585; PubMed Central PMCID: PMC7965584."
    ),
    "meyer2005neuroblastoma": (
        "Meyer JS, Siegel MJ, Farooqui SO, Jaramillo D, Fletcher BD, Hoffer FA. Which MRI "
        "sequence of the spine best reveals bone-marrow metastases of neuroblastoma? Pediatr "
        "Radiol. 2005 Aug;35(8):778-85. doi:10.1007/s00247-005-1470-2. PubMed PMID: 15883828."
    ),
    "park2019spinal": (
        "Park C, Lee JW, Kim Y, Ahn S, Lee E, Kang Y, et al. Diagnosis of spinal metastasis: "
        "are MR images without contrast medium application sufficient? Clin Imaging. "
        "2019;55:165-73. doi:10.1016/j.clinimag.2019.03.003. PubMed PMID: 30904626."
    ),
    "hutchins2021acr": (
        "Expert Panel on Neurological Imaging; Hutchins TA, Peckham M, Shah LM, Parsons MS, "
        "Agarwal V, et al. ACR Appropriateness Criteria Low Back Pain: 2021 Update. J Am Coll "
        "Radiol. 2021 Nov;18(11S):S361-79. doi:10.1016/j.jacr.2021.08.002. PubMed PMID: "
        "34794594."
    ),
    "schouten2013ddimer": (
        "Schouten HJ, Geersing GJ, Koek HL, Zuithoff NPA, Janssen KJM, Douma RA, et al. "
        "Diagnostic accuracy of conventional or age adjusted D-dimer cut-off values in older "
        "patients with suspected venous thromboembolism: systematic review and meta-analysis. "
        "BMJ. 2013 May;346:f2492. doi:10.1136/bmj.f2492. PubMed PMID: 23645857; PubMed Central "
        "PMCID: PMC3643284."
    ),
    "harlianto2024spinal": (
        "Harlianto NI, van der Star S, Suelmann BBM, de Jong PA, Verlaan JJ, Foppen W. "
        "Diagnostic accuracy of imaging modalities for detection of spinal metastases: a "
        "systematic review and meta-analysis. Clin Transl Oncol. 2024. "
        "doi:10.1007/s12094-024-03765-1."
    ),
    "saha2014perfusion": (
        "Saha A, Peck KK, Lis E, Holodny AI, Yamada Y, Karimi S. Magnetic resonance perfusion "
        "characteristics of hypervascular renal and hypovascular prostate spinal metastases: "
        "clinical utilities and implications. Spine (Phila Pa 1976). 2014 Nov;39(24):E1433-40. "
        "doi:10.1097/BRS.0000000000000570. PubMed PMID: 25188594; PubMed Central PMCID: "
        "PMC4465934."
    ),
    "nice2023ng234": (
        "National Institute for Health and Care Excellence. Spinal metastases and metastatic "
        "spinal cord compression [Internet]. London: National Institute for Health and Care "
        "Excellence; 2023 Sep. NICE guideline NG234. Available from: "
        "https://www.nice.org.uk/guidance/ng234"
    ),
}


@pytest.mark.parametrize("key", AMA)
def test_a_reference_in_ama_style(verified: Bibliography, key: str):
    work = verified.work(key)
    assert work is not None
    assert format_reference(work).plain == AMA[key]


@pytest.mark.parametrize("key", NLM)
def test_a_reference_in_nlm_style(verified: Bibliography, key: str):
    work = verified.work(key)
    assert work is not None
    assert format_reference(work, Style.VANCOUVER).plain == NLM[key]


def test_a_reference_as_a_page_shows_it(verified: Bibliography):
    work = verified.work("shah2011spinal")
    assert work is not None
    reference = format_reference(work)
    assert reference.html == (
        "Shah LM, Salzman KL. Imaging of spinal metastatic disease. <i>Int J Surg Oncol</i>. "
        '2011;2011:769753. <a href="https://doi.org/10.1155/2011/769753">'
        "doi:10.1155/2011/769753</a>"
    )
    assert [(link.label, link.href) for link in reference.links] == [
        ("PubMed 22312523", "https://pubmed.ncbi.nlm.nih.gov/22312523/"),
        ("PMC3263660", "https://pmc.ncbi.nlm.nih.gov/articles/PMC3263660/"),
    ]


def test_the_verified_works_are_read_without_a_finding(verified: Bibliography):
    assert verified.examine() == ()
    account = verified.account()
    assert (account.entries_in, account.entries_out, account.named) == (37, 37, 0)


def test_a_retracted_work_says_so_before_its_doi(troubled: Bibliography):
    work = troubled.work("mehra2020retracted")
    assert work is not None
    assert format_reference(work).plain.endswith(
        "Lancet. Published online May 2020. Retracted in: doi:10.1016/S0140-6736(20)31324-6; "
        "PMID 32511943; Lancet. 2020 Jun 13;395(10240):1820. doi:10.1016/S0140-6736(20)31180-6"
    )


def test_an_erratum_is_printed_and_a_note_to_editors_is_not(
    verified: Bibliography, troubled: Bibliography
):
    corrected, reprint = verified.work("wu2011wbmri"), troubled.work("downie2014reprint")
    assert corrected is not None
    assert reprint is not None
    assert (
        "Erratum in: J Magn Reson Imaging. 2012 Sep;36(3):756." in format_reference(corrected).plain
    )
    assert "republication" not in format_reference(reprint).plain


def test_a_superseded_work_keeps_the_key_of_its_successor(troubled: Bibliography):
    work = troubled.work("nice2008cg75")
    assert work is not None
    assert work.superseded_by == "nice2023ng234"
