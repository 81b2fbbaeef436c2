"""How the reference of each form of publication is built, sentence by sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from imprimatur.bibliography.byline import byline, editors
from imprimatur.bibliography.dates import day
from imprimatur.bibliography.rich import Rich, italic, joined, plain, rich, sentence
from imprimatur.bibliography.work import Form, Work

if TYPE_CHECKING:
    from imprimatur.bibliography.style import Settings

_SUPPLEMENT = re.compile(r"\bsuppl(?:ement)?\b\.?", re.IGNORECASE)
_IN_VOLUME = re.compile(r"(?P<volume>\S+) (?P<supplement>suppl(?:ement)?\b.*)", re.IGNORECASE)
_ORDINALS = {"1": "st", "2": "nd", "3": "rd"}
_TEENS = ("11", "12", "13")


def body(work: Work, settings: Settings) -> list[Rich]:
    """Return who, what and where published, as sentences; those without content are empty."""
    place = {
        Form.ARTICLE: _article,
        Form.BOOK: _book,
        Form.PART: _part,
        Form.REPORT: _document,
        Form.DOCUMENT: _document,
    }[work.form]
    return [sentence(rich(_who(work, settings))), _title(work, settings), *place(work, settings)]


def _who(work: Work, settings: Settings) -> str:
    if work.people or work.form is Form.PART:
        return byline(work.people, settings)
    return editors(work.editors, settings)


def _title(work: Work, settings: Settings) -> Rich:
    title = work.text("title")
    if not settings.nlm:
        return sentence(italic(title) if work.form in {Form.BOOK, Form.REPORT} else title)
    online = work.shown_url and work.form in {Form.BOOK, Form.REPORT, Form.DOCUMENT}
    return sentence((*title, *rich(" [Internet]"))) if title and online else sentence(title)


def _article(work: Work, settings: Settings) -> list[Rich]:
    journal = plain(work.text("journal"))
    if settings.nlm:
        name = f"{journal} [Internet]" if journal and work.shown_url else journal
        return [sentence(rich(name)), sentence(rich(_issue(work, settings)))]
    return [sentence(italic(rich(journal))), sentence(rich(_issue(work, settings)))]


def _issue(work: Work, settings: Settings) -> str:
    """Return year, volume, issue and pages: ``2012;33(11):2178-2185``."""
    number = _volume(work, settings)
    pages = settings.pages(plain(work.text("pages")))
    if settings.nlm:
        date = _date(work, settings)
    elif number or pages:
        date = work.year
    else:
        return f"Published online {_date(work, settings)}" if work.year else ""
    text = ";".join(filter(None, (date, number)))
    return ":".join(filter(None, (text, pages)))


def _volume(work: Work, settings: Settings) -> str:
    volume, number = plain(work.text("volume")), plain(work.text("number"))
    within = _IN_VOLUME.fullmatch(volume)
    if within and not number:
        volume, number = within["volume"], within["supplement"]
    number = _SUPPLEMENT.sub("Suppl" if settings.nlm else "suppl", number)
    if settings.nlm and number.startswith("Suppl"):
        return f"{volume} {number}".strip()
    return f"{volume}({number})" if number else volume


def _date(work: Work, settings: Settings) -> str:
    """Return year and month in the style's order: ``2012 Dec`` or ``December 2012``."""
    month = plain(work.text("month"))
    parts = (work.year, month[:3]) if settings.nlm else (month, work.year)
    return " ".join(filter(None, parts))


def _book(work: Work, settings: Settings) -> list[Rich]:
    return [*_edition(work), _imprint(work, settings, work.year), *_isbn(work)]


def _part(work: Work, settings: Settings) -> list[Rich]:
    whole = work.text("booktitle")
    container = [
        sentence(rich(editors(work.editors, settings))),
        sentence(whole if settings.nlm else italic(whole)),
    ]
    pages = settings.pages(plain(work.text("pages")))
    inside = joined(container)
    where = sentence(joined([rich("In:"), inside])) if inside else ()
    if settings.nlm:
        paged = [sentence(rich(f"p. {pages}" if pages else ""))]
        return [where, *_edition(work), _imprint(work, settings, work.year), *paged, *_isbn(work)]
    date = ":".join(filter(None, (work.year, pages)))
    return [where, *_edition(work), _imprint(work, settings, date), *_isbn(work)]


def _document(work: Work, settings: Settings) -> list[Rich]:
    kind = joined([work.text("type"), work.text("number")])
    whole_date = settings.nlm or work.form is Form.DOCUMENT
    date = _date(work, settings) if whole_date else work.year
    if settings.nlm and work.shown_url and work.urldate:
        date = f"{date} [cited {day(work.urldate, american=False)}]".strip()
    imprint = _imprint(work, settings, date)
    said = [sentence(work.text("howpublished")), sentence(kind)]
    return [*((imprint, *said) if settings.nlm else (*said, imprint)), *_isbn(work)]


def _edition(work: Work) -> list[Rich]:
    edition, volume = plain(work.text("edition")), work.text("volume")
    if edition.isdecimal() and edition.isascii():
        ending = "th" if edition.endswith(_TEENS) else _ORDINALS.get(edition[-1], "th")
        edition += ending
    ordinal = rich(edition if not edition or "ed" in edition.lower().split() else f"{edition} ed")
    numbered = joined([rich("Vol"), volume]) if volume else ()
    return [sentence(ordinal), sentence(numbered), sentence(work.text("series"))]


def _imprint(work: Work, settings: Settings, date: str) -> Rich:
    """Return publisher and date; AMA leaves out the place, and a publisher who is the author."""
    publisher, address = work.text("publisher"), work.text("address")
    if settings.nlm:
        publisher = joined([address, publisher], ": ")
    elif plain(publisher) in {one.surname for one in work.people.named}:
        publisher = ()
    return sentence(joined([publisher, rich(date)], "; "))


def _isbn(work: Work) -> list[Rich]:
    return [sentence(rich(f"ISBN {work.shown_isbn}"))] if work.shown_isbn else []
