"""Rules about files, addresses and site pages."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, Final

import yaml

from imprimatur.editorial.places import ARTICLES, DOCS, RECORDS
from imprimatur.editorial.site_list import SITE_SLUG
from imprimatur.errors import Finding, RuleName
from imprimatur.gate.host_yaml import UNREADABLE, keep_bounds
from imprimatur.gate.scan.site_words import MATTER
from imprimatur.manuscript import displaced_marks, prose_lines, scan_marks, whole_keys, without_code
from imprimatur.press import KEPT, LISTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprimatur.gate.examination import Examination

ASSETS: Final = "docs/assets"

_KEPT: Final = KEPT | {"404"}
_FOLDERS: Final = (DOCS, ARTICLES, "editorial", RECORDS)

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9][A-Za-z0-9_-]*)*")
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.md")
_HEADED: Final = re.compile(r" {0,3}([A-Za-z0-9_-]{1,80}):")
"""How the head of a page begins in MultiMarkdown, which MkDocs reads where there is no other."""

_OTHERS: Final = frozenset({"index", "readme"})
"""What hosts publish at the address of the folder, from where an image has another address."""
_PAGES: Final = frozenset({".md", ".markdown", ".mdown", ".mkdn", ".mkd", ".html", ".htm"})
_ASSETS: Final = frozenset(
    {".css", ".js", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".woff2", ".ico"}
)


def file_name_is_plain(examination: Examination) -> Iterator[Finding]:
    """Files have names that mean the same on every system; manuscripts are named by their slug.

    Bad: docs/articles/Spinal MRI.md
    Good: docs/articles/spinal-mri.md
    """
    for path in (*_FOLDERS, *_files(examination)):
        folder, _, name = path.rpartition("/")
        if examination.repository.files.is_link(path):
            message = "this is a symbolic link"
            yield _finding(path, "file-name-is-plain", message, "put the file itself here")
        elif not all(map(_NAME.fullmatch, path.split("/"))):
            message = f"the path holds other signs than letters, digits, `-`, `_` and `.`: {path!r}"
            yield _finding(path, "file-name-is-plain", message, "rename it")
        elif folder == ARTICLES and name.endswith(".md") and not _SLUG.fullmatch(name):
            stem = name.removesuffix(".md")
            message = f"a manuscript's name is its slug, and `{stem}` is none"
            cure = "rename it to lower-case letters and digits with single hyphens"
            yield _finding(path, "file-name-is-plain", message, cure)
        elif path == f"{ARTICLES}/{SITE_SLUG}.md":
            message = f"`{SITE_SLUG}` is kept for acts about the site itself"
            yield _finding(path, "file-name-is-plain", message, "give the manuscript another name")
        elif folder == ARTICLES and name.removesuffix(".md") in _OTHERS:
            stem = name.removesuffix(".md")
            message = f"hosts publish `{stem}` as the page of its folder, not of an article"
            yield _finding(path, "file-name-is-plain", message, "give the manuscript another name")


def address_is_unique(examination: Examination) -> Iterator[Finding]:
    """No two files are published at the same address, however the host or a disk folds names.

    Some addresses are kept: the host's page for what is not found, and the folders whose pages are
    made from the articles.

    Bad: docs/about.md beside docs/about/index.md
    Good: docs/about/index.md alone
    """
    claimed: dict[str, list[str]] = defaultdict(list)
    for path in _files(examination):
        address = _address(path)
        claimed[address].append(path)
        if address.split("/", 1)[0] in _KEPT:
            message = f"/{address} is kept for a page that is made, not written"
            yield _finding(path, "address-is-unique", message, "give the file another name")
    for address, paths in claimed.items():
        for path in paths[1:]:
            message = f"this file and {paths[0]} are both published at /{address}"
            yield _finding(path, "address-is-unique", message, "rename or remove one of them")


def file_is_claimed(examination: Examination) -> Iterator[Finding]:
    """Every file under docs/ is a manuscript, a site page, an image of an article or a site asset.

    Hosts copy everything else to readers as it is.

    Bad: docs/notes.md.bak
    Good: docs/articles/spinal-mri.md
    """
    repository = examination.repository
    derived = repository.derived(repository.slugs, examination.now)
    claimed = {path for each in derived.values() for path in each.images}
    for path in _files(examination):
        in_articles, ending = path.startswith(f"{ARTICLES}/"), posixpath.splitext(path)[1]
        is_page = ending == ".md" and (not in_articles or posixpath.dirname(path) == ARTICLES)
        is_asset = path.startswith(f"{ASSETS}/") and ending.lower() in _ASSETS
        if not (is_page or is_asset or path in claimed):
            message = "no article and no site page claims this file, and readers would get it"
            cure = f"remove it, or put it below {ASSETS}/ if the site needs it"
            if in_articles:
                cure = f"a manuscript lies in {ARTICLES}/ itself, and its name ends in .md"
            if in_articles and ending.lower() in _ASSETS:
                cure = "show it in an article, or remove it"
                # What an unreadable one shows, nobody knows; whoever removed it would break it.
                if any(repository.manuscript(slug).value is None for slug in repository.slugs):
                    cure = "mend the articles that cannot be read first; one of them may show it"
            yield _finding(path, "file-is-claimed", message, cure)


def site_page_holds_no_marks(examination: Examination) -> Iterator[Finding]:
    """Site pages hold no evidence, audience or citation marks: nobody reviews them as articles.

    Bad: [@park2019spinal] in docs/index.md
    Good: a link to the article that cites it
    """
    keys = frozenset(examination.repository.bibliography.keys)
    allowed: dict[str, frozenset[str] | None] = dict.fromkeys(LISTS)
    for path, page in examination.site_pages.items():
        for each in scan_marks(page.value or "", path, 1, allowed)[1]:
            yield _finding(path, "site-page-holds-no-marks", each.message, each.cure, each.line)
        for number in displaced_marks(page.value or "", 1):
            message, cure = "a block mark is indented", "put it at the beginning of its line"
            yield _finding(path, "site-page-holds-no-marks", message, cure, number)
        for number, line in prose_lines(page.value or "", 1):
            for key in dict.fromkeys(whole_keys(without_code(line), keys)):
                message = f"`@{key}` is cited on a site page"
                cure = "cite in articles only"
                yield _finding(path, "site-page-holds-no-marks", message, cure, number)


def site_page_begins_with_text(examination: Examination) -> Iterator[Finding]:
    """No site page begins with a word and a colon: some hosts take such lines for its head.

    Readers would not see them, and nobody would be told.

    Bad: Note: ask first if you are pregnant.
    Good: # Before you come
    """
    for path, page in examination.site_pages.items():
        begun = _HEADED.match(page.value or "")
        if begun:
            message = f"`{begun[1]}:` at the beginning would be taken for no text"
            cure = "begin with a heading, or leave the first line empty"
            yield _finding(path, "site-page-begins-with-text", message, cure, 1)


def site_page_has_a_readable_head(examination: Examination) -> Iterator[Finding]:
    """What stands between the lines of hyphens at the head of a site page is a YAML mapping.

    Hosts print any other head to readers as text, and a deep one ends their program.

    Bad: title: [About us
    Good: title: About us
    """
    for path, page in examination.site_pages.items():
        head = MATTER.match(page.value or "")
        flaw = _flaw(head[1]) if head else ""
        if flaw:
            message = f"the front matter cannot be read: {flaw}"
            cure = "write it as `name: value`, a line each, or remove it"
            yield _finding(path, "site-page-has-a-readable-head", message, cure, 1)


def _flaw(written: str) -> str:
    try:
        keep_bounds(written)
        value = yaml.load(written, Loader=yaml.CSafeLoader)
    except UNREADABLE as error:
        return str(getattr(error, "problem", None) or error)
    return "" if isinstance(value, dict) else "it holds no names"


def _files(examination: Examination) -> Iterator[str]:
    yield from examination.repository.files.under(DOCS)


def _address(path: str) -> str:
    address = path.removeprefix(f"{DOCS}/")
    stem, ending = posixpath.splitext(address)
    if ending.lower() in _PAGES:
        folder, _, name = stem.rpartition("/")
        address = folder if name.lower() in {"index", "readme"} else stem
    return unicodedata.normalize("NFC", address).casefold().removeprefix(".")


def _finding(path: str, rule: str, message: str, cure: str, line: int = 0) -> Finding:
    return Finding(path=path, line=line, rule=RuleName(rule), message=message, cure=cure)
