"""The rules of the reference styles at their edges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from imprimatur.bibliography import Bibliography, Style, Work, format_reference
from imprimatur.bibliography.pages import expanded, shortened

if TYPE_CHECKING:
    from collections.abc import Callable

    Make = Callable[..., Work]


def ama(work: Work) -> str:
    return format_reference(work).plain


def nlm(work: Work) -> str:
    return format_reference(work, Style.VANCOUVER).plain


def authors(count: int) -> str:
    return " and ".join(f"Name{chr(65 + number)}, A. B." for number in range(count))


@pytest.mark.parametrize(
    ("count", "in_ama", "in_nlm"),
    [
        (1, "NameA AB. A title", "NameA AB. A title"),
        (2, "NameA AB, NameB AB. A title", "NameA AB, NameB AB. A title"),
        (6, "NameE AB, NameF AB. A title", "NameE AB, NameF AB. A title"),
        (7, "NameC AB, et al. A title", "NameF AB, et al. A title"),
        (26, "NameC AB, et al. A title", "NameF AB, et al. A title"),
    ],
)
def test_six_authors_are_named_and_of_seven_the_first_three_or_six(
    work: Make, count: int, in_ama: str, in_nlm: str
):
    article = work(author=authors(count))
    assert in_ama in ama(article)
    assert in_nlm in nlm(article)


@pytest.mark.parametrize(
    ("author", "printed"),
    [
        ("Wu, Lian-Ming", "Wu LM"),
        ("van der Star, Simone", "van der Star S"),
        ("Simone van der Star", "van der Star S"),
        ("Van Es, Josien", "Van Es J"),
        ("Coe, Jr., Robert T.", "Coe RT Jr"),
        ("Roe, III, John P.", "Roe JP III"),
        (r"Kosovi{\'c}, V.", "Kosović V"),
        (r"Douma, Ren{\'e}e A.", "Douma RA"),
        (r"{Ording M{\"u}ller}, Lil-Sofie", "Ording Müller LS"),
        ("O'Toole, John E.", "O'Toole JE"),
        ("Meyer, JS", "Meyer JS"),
        ("Cassidy, R. Carter", "Cassidy RC"),
        (
            "{National Institute for Health and Care Excellence}",
            "National Institute for Health and Care Excellence",
        ),
        ("{Slate Run Pharmaceuticals, LLC}", "Slate Run Pharmaceuticals, LLC"),
        ("Doe, Jane F. and {Laser ROP Study Group}", "Doe JF; Laser ROP Study Group"),
        ("{Group One} and {Group Two}", "Group One; Group Two"),
        ("Woolen, Sean A. and others", "Woolen SA, et al"),
    ],
)
def test_a_name_is_printed_as_surname_and_initials(work: Make, author: str, printed: str):
    assert ama(work(author=author)).startswith(f"{printed}. A title.")


def test_nlm_writes_a_generation_as_an_ordinal(work: Make):
    assert nlm(work(author="Roe, III, John P.")).startswith("Roe JP 3rd. ")


def test_a_group_counts_as_one_author_as_it_does_in_csl(work: Make):
    six = work(author="{The Group} and " + authors(5))
    seven = work(author="{The Group} and " + authors(6))
    assert "NameE AB. A title" in ama(six)
    assert ama(seven).startswith("The Group; NameA AB, NameB AB, et al. A title")


def test_others_count_as_a_seventh_author(work: Make):
    assert ama(work(author=authors(6) + " and others")).startswith(
        "NameA AB, NameB AB, NameC AB, et al. A title"
    )


def test_without_authors_the_reference_starts_with_the_title(work: Make):
    assert ama(work()).startswith("A title. J Test.")


@pytest.mark.parametrize(
    ("pages", "in_full", "short"),
    [
        ("100-104", "100-104", "100-4"),
        ("2787-2816", "2787-2816", "2787-816"),
        ("71-2", "71-72", "71-2"),
        ("S53-S59", "S53-S59", "S53-9"),
        ("S361--S379", "S361-S379", "S361-79"),
        ("E1433–40", "E1433-E1440", "E1433-40"),  # noqa: RUF001 - the dash people paste
        ("iii-v", "iii-v", "iii-v"),
        ("e102", "e102", "e102"),
        ("e2-e3", "e2-e3", "e2-3"),
        ("1518", "1518", "1518"),
        ("f7095", "f7095", "f7095"),
        ("778 -- 785", "778-785", "778-85"),
        ("99-101", "99-101", "99-101"),
        ("126A-127A", "126A-127A", "126A-127A"),
        ("12-14, 20-1", "12-14, 20-21", "12-4, 20-1"),
    ],
)
def test_page_ranges_are_written_in_full_or_shortened(pages: str, in_full: str, short: str):
    assert expanded(pages) == in_full
    assert shortened(pages) == short
    assert expanded(shortened(pages)) == in_full


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("Is it safe?", "Is it safe? J Test."),
        ("Stop!", "Stop! J Test."),
        ("He said ``stop.''", "He said “stop.” J Test."),
        ("{MRI} of the spine", "MRI of the spine. J Test."),
        (
            r"{ACR} Appropriateness Criteria\textregistered",
            "ACR Appropriateness Criteria®. J Test.",
        ),
        ("{RETRACTED}: a trial", "RETRACTED: a trial. J Test."),
    ],
)
def test_a_title_ends_in_one_mark(work: Make, title: str, printed: str):
    assert ama(work(title=title)).startswith(printed)


@pytest.mark.parametrize(
    ("fields", "in_ama", "in_nlm"),
    [
        ({"volume": "3"}, "2020;3.", "2020;3."),
        ({"volume": "3", "number": "4"}, "2020;3(4).", "2020;3(4)."),
        ({"volume": "3", "pages": "5"}, "2020;3:5.", "2020;3:5."),
        ({"volume": "42", "number": "Suppl 2"}, "2020;42(suppl 2).", "2020;42 Suppl 2."),
        ({"volume": "42 Suppl 2"}, "2020;42(suppl 2).", "2020;42 Suppl 2."),
        ({"volume": "58", "number": "12 Suppl 7"}, "2020;58(12 suppl 7).", "2020;58(12 Suppl 7)."),
        ({}, "Published online 2020.", "2020."),
        ({"month": "12"}, "Published online December 2020.", "2020 Dec."),
        ({"month": "dec", "volume": "3"}, "2020;3.", "2020 Dec;3."),
        ({"year": "", "date": "2021-03-04", "volume": "3"}, "2021;3.", "2021 Mar;3."),
        ({"year": "", "volume": "3"}, "3.", "3."),
        ({"year": ""}, "", ""),
    ],
)
def test_date_volume_and_issue_stand_without_spaces(
    work: Make, fields: dict[str, str], in_ama: str, in_nlm: str
):
    assert ama(work(**fields)) == f"A title. J Test. {in_ama}".strip()
    assert nlm(work(**fields)) == f"A title. J Test. {in_nlm}".strip()


def test_a_journal_loses_its_full_stops_and_keeps_its_place(work: Make):
    assert "J Am Coll Radiol. 2020;1." in ama(work(journal="J. Am. Coll. Radiol.", volume="1"))
    assert "Spine (Phila Pa 1976). 2020;1." in ama(
        work(journal="Spine (Phila Pa 1976)", volume="1")
    )


def test_a_web_page_shows_when_it_was_read_only_if_that_is_recorded(work: Make):
    page = {"journal": "", "publisher": "A Society", "url": "https://example.org/page"}
    read = work("online", urldate="2026-02-03", **page)
    unread = work("online", **page)
    assert ama(unread) == "A title. A Society; 2020. https://example.org/page"
    assert ama(read) == (
        "A title. A Society; 2020. Accessed February 3, 2026. https://example.org/page"
    )
    assert nlm(read) == (
        "A title [Internet]. A Society; 2020 [cited 2026 Feb 3]. "
        "Available from: https://example.org/page"
    )


def test_a_book_and_a_part_of_it(work: Make):
    book = {"journal": "", "publisher": "Press", "address": "Oslo", "edition": "2"}
    whole = work("book", author="Roe, Jane", isbn="978-1-4731-5305-9", **book)
    part = work(
        "incollection", booktitle="The whole", editor="Doe, A. and Poe, B.", pages="7-9", **book
    )
    assert ama(whole) == "Roe J. A title. 2nd ed. Press; 2020. ISBN 978-1-4731-5305-9."
    assert nlm(whole) == "Roe J. A title. 2nd ed. Oslo: Press; 2020. ISBN 978-1-4731-5305-9."
    assert ama(part) == "A title. In: Doe A, Poe B, eds. The whole. 2nd ed. Press; 2020:7-9."
    assert nlm(part) == (
        "A title. In: Doe A, Poe B, editors. The whole. 2nd ed. Oslo: Press; 2020. p. 7-9."
    )


def test_a_thesis_and_an_edited_book(work: Make):
    thesis = work("phdthesis", author="Roe, Jane", journal="", school="A University")
    edited = work("book", editor="Doe, Ann", journal="", publisher="Press")
    assert ama(thesis) == "Roe J. A title. Doctoral dissertation. A University; 2020."
    assert ama(edited) == "Doe A, ed. A title. Press; 2020."


def test_older_bibtex_keeps_an_address_in_howpublished(work: Make):
    page = work("misc", journal="", howpublished=r"\url{https://example.org/a_b}")
    assert ama(page) == "A title. 2020. https://example.org/a_b"


def test_what_is_missing_is_left_out(read: Callable[[str], Bibliography]):
    empty = read("@article{nothing,\n}").work("nothing")
    assert empty is not None
    reference = format_reference(empty)
    assert (reference.plain, reference.html, reference.links) == ("", "", ())
