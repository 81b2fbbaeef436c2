"""DOI, PMID, PMCID, ISBN and web addresses: checked before anything is printed or linked."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, urlsplit

_DOI = re.compile(
    r"10\.\d{4,9}(?:\.\d+)*/[^\s\"\\{}\x00-\x1f\x7f]*[^\s\"\\{}\x00-\x1f\x7f.,;]", re.ASCII
)
_PLAIN_DOI = re.compile(r"10[.][0-9]{4,9}/[A-Za-z0-9](?:[A-Za-z0-9._()/:;-]*[A-Za-z0-9)])?")
_PMID = re.compile(r"[1-9]\d{0,7}", re.ASCII)
_PMCID = re.compile(r"PMC[1-9]\d{0,9}", re.ASCII)
_ESCAPED = re.compile(r"\\([_%&#~$^{}-])(?:\{\})?")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?", re.ASCII)
_UNFIT = re.compile(
    r"[\s\x00-\x20\x7f-\x9f\"<>\\^`{|}\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)


def verbatim(source: str) -> str:
    r"""Return a field that is no prose without the LaTeX that escapes it: ``a\_b`` is ``a_b``."""
    text = _ESCAPED.sub(r"\1", source.strip())
    wrapped = re.fullmatch(r"\\url\s*\{(.*)\}", text, re.DOTALL)
    return (wrapped[1] if wrapped else text.replace("{", "").replace("}", "")).strip()


def _library() -> Any:  # noqa: ANN401 - it publishes no types
    """What knows the syntax of identifiers."""
    # Half a second, and nearly all are plain: of those it would say what is said here.
    import idutils  # noqa: PLC0415

    return idutils


def doi(source: str) -> str | None:
    """Return the bare DOI, in the case it was given; None if it is not well-formed."""
    text = verbatim(source)
    if is_surely_doi(text):
        return text
    bare = str(_library().normalize_doi(text)) if _library().is_doi(text) else ""
    return bare if bare.isprintable() and _DOI.fullmatch(bare) else None


def is_surely_doi(source: str) -> bool:
    """Whether a field is a DOI in plain signs, of which ``doi`` makes one, too.

    Of any other nothing is sure before it is looked at closely, which takes long.
    """
    return _PLAIN_DOI.fullmatch(source) is not None


def pmid(source: str) -> str | None:
    """Return the PubMed number, one to eight digits; None if it is not well-formed."""
    text = verbatim(source).removeprefix("PMID:").strip()
    if _PMID.fullmatch(text):
        return text
    bare = str(_library().normalize_pmid(text)) if _library().is_pmid(text) else ""
    return bare if _PMID.fullmatch(bare) else None


def pmcid(source: str) -> str | None:
    """Return the PubMed Central number with its ``PMC``; None if it is not well-formed."""
    text = verbatim(source).removeprefix("PMCID:").strip().upper()
    return text if _PMCID.fullmatch(text) else None


def isbn(source: str) -> str | None:
    """Return the ISBN, hyphenated as given; None if its length or check digit is wrong."""
    text = verbatim(source).replace("\u2013", "-")
    digits = text.replace("-", "").replace(" ", "").upper()
    fit = re.fullmatch(r"\d{9}[\dX]|97[89]\d{10}", digits, re.ASCII) and _library().is_isbn(digits)
    return text if fit else None


def url(source: str) -> str | None:
    """Return the web address, percent-encoded where needed; None unless plain http or https.

    An address with a user name is refused: it can pretend to lead elsewhere.
    """
    text = verbatim(source)
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    served = port is None or port > 0
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(host) or not served:
        return None
    if "@" in parts.netloc or _UNFIT.search(text):
        return None
    return quote(text, safe="%/:?#[]!$&'()*+,;=~@-._")


def doi_link(bare: str) -> str:
    """Return the address of a DOI, percent-encoded."""
    return f"https://doi.org/{quote(bare, safe='/')}"


def pmid_link(number: str) -> str:
    """Return the PubMed address of a work."""
    return f"https://pubmed.ncbi.nlm.nih.gov/{number}/"


def pmcid_link(number: str) -> str:
    """Return the PubMed Central address of a work."""
    return f"https://pmc.ncbi.nlm.nih.gov/articles/{number}/"
