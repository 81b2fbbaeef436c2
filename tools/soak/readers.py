"""Every reader of untrusted bytes, by name, with what to begin from."""

from __future__ import annotations

import contextlib
import gzip
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Final

from pieces import BYTES, HEAD, PIECES, POLICY, WORKS, YAML
from pydantic import ValidationError

from imprimatur.bibliography import Style, format_reference, read_bibliography
from imprimatur.editorial import Policy, Repository
from imprimatur.editorial.board import Board
from imprimatur.editorial.records import read_act
from imprimatur.editorial.signature import verify
from imprimatur.editorial.site_list import SiteList
from imprimatur.errors import CannotExamineError, RuleName
from imprimatur.gate.drawings import drawing_flaw
from imprimatur.gate.examination import copy_of
from imprimatur.gate.host_settings import read_settings
from imprimatur.gate.page_code import read_page
from imprimatur.gate.pictures import picture_flaw
from imprimatur.gate.plan import Plan, Withheld
from imprimatur.gate.release_file import RELEASE, read_release
from imprimatur.gate.rules import judge
from imprimatur.gate.scan import scan
from imprimatur.gate.scan.extensions import UnprintableError, extensions_of
from imprimatur.gate.scan.site_words import settings_of
from imprimatur.gate.stage_file import Stage
from imprimatur.manuscript import excess, hidden_entities, read_manuscript
from imprimatur.press import print_copy, unsafe_html
from imprimatur.strict import read_file, read_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from imprimatur.press import Copy

ARTICLE: Final = "docs/articles/contrast.md"
RULE: Final = RuleName("file-is-readable")
NOW: Final = datetime(2026, 11, 26, tzinfo=UTC)
_KINDS: Final = (".png", ".jpg", ".webp", ".ico")


@dataclass(frozen=True, slots=True)
class Reader:
    """One reader. read: must end with any bytes; seeds: what it reads; pieces: what to mix in."""

    read: Callable[[bytes], object]
    seeds: tuple[bytes, ...]
    pieces: tuple[bytes, ...]


def manuscript(data: bytes) -> None:
    """The whole file of an article."""
    read_manuscript(data, ARTICLE)


def front_matter(data: bytes) -> None:
    """The head of an article."""
    read_manuscript(b"---\n" + data + b"\n---\n\nText.\n", ARTICLE)


def printing(data: bytes) -> None:
    """The body of an article, printed and judged."""
    found = read_manuscript(HEAD.encode() + b"\n" + data + b"\n", ARTICLE).value
    if found is not None:
        copy = replace(_copy(), manuscript=found)
        judge(copy, print_copy(copy))


def site_page(data: bytes) -> None:
    """A page of the site that is no article."""
    text = read_text(data, "docs/index.md", RULE, limit=1_000_000).value
    if text is not None and excess(text, 1) is None:
        list(hidden_entities(text, "docs/index.md", 1))
        unsafe_html(text)


def site_source(data: bytes) -> None:
    """The same, printed anew to be held against what was built of it."""
    files = {"mkdocs.yml": b"site_name: Soak\nmarkdown_extensions: [imprimatur, attr_list]\n"}
    files["docs/index.md"] = data
    plan = Plan(commit="0" * 40, at=NOW, printed=(), withheld=(), files=files)
    _put(_folder() / "printed/index.html", PAGE)
    scan(_folder() / "printed", plan)


def host_settings(data: bytes) -> None:
    """What a host is told."""
    read_settings(data)
    settings_of(data)
    with contextlib.suppress(UnprintableError):
        extensions_of(data)


def bibliography(data: bytes) -> None:
    """The bibliography, every entry of it read and set."""
    works = read_bibliography(data, "bibliography.bib")
    works.examine()
    for key in works.keys:
        work = works.work(key)
        if work is not None:
            format_reference(work, Style.AMA)


def policy(data: bytes) -> None:
    """The policy."""
    read_file(Policy, data, "editorial/policy.yml", RULE, limit=1_000_000)


def board(data: bytes) -> None:
    """The board."""
    read_file(Board, data, "editorial/board.yml", RULE, limit=1_000_000)


def site_list(data: bytes) -> None:
    """The list of the site's files."""
    read_file(SiteList, data, "editorial/site.yml", RULE, limit=1_000_000)


def act(data: bytes) -> None:
    """An act."""
    read_act(data, "editorial/records/a/20261123T101512Z-review-a.yml", signed=True)


def signature(data: bytes) -> None:
    """The signature beside an act."""
    verify(b"act: review\n", data)


def stage_file(data: bytes) -> None:
    """What a host is told of a release."""
    with contextlib.suppress(ValidationError):
        Stage.model_validate_json(data)


def release_file(data: bytes) -> None:
    """What a published folder says of itself."""
    _put(_folder() / RELEASE, data)
    with contextlib.suppress(CannotExamineError):
        read_release(_folder())


def built_page(data: bytes) -> None:
    """A page of a built site, scanned."""
    text = (HEAD + "\nA pending text of which no reader sees a word.\n").encode()
    plan = Plan(
        commit="0" * 40,
        at=NOW,
        printed=(),
        withheld=(Withheld(slug="contrast", source=text, waits_for=()),),
        files={"mkdocs.yml": b"site_name: Soak\n", "docs/index.md": b"# Soak\n"},
    )
    page = _folder() / "site/index.html"
    _put(page, data)
    scan(page.parent, plan)
    with contextlib.suppress(CannotExamineError):
        read_page(page)


def packed_text(data: bytes) -> None:
    """A search index or a feed of a built site."""
    _put(_folder() / "other/search.json.gz", gzip.compress(data) if data[:1] == b"z" else data)
    plan = Plan(commit="0" * 40, at=NOW, printed=(), withheld=(), files={"mkdocs.yml": b""})
    scan(_folder() / "other", plan)


def picture(data: bytes) -> None:
    """A picture, whatever its name says."""
    for kind in _KINDS:
        picture_flaw(data, kind)


def drawing(data: bytes) -> None:
    """A drawing."""
    drawing_flaw(data)


def _put(place: Path, data: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)


@cache
def _folder() -> Path:
    return Path(mkdtemp(prefix="imprimatur-soak-"))


@cache
def _copy() -> Copy:
    """A copy of one good article, into which others are put."""
    root = _folder() / "repository"
    _put(root / "bibliography.bib", WORKS.encode())
    _put(root / "editorial/policy.yml", POLICY.encode())
    _put(root / "editorial/board.yml", b"version: 1\npeople: []\n")
    _put(root / ARTICLE, f"{HEAD}\n/// answer\nIt helped [@park2019spinal].\n///\n".encode())
    copy = copy_of(Repository(root), "contrast", NOW)
    if copy is None:
        raise SystemExit("the article that others are printed beside cannot be read")
    return copy


def _all(names: str, *seeds: bytes, pieces: tuple[str, ...]) -> dict[str, Reader]:
    written = tuple(each.encode() for each in pieces)
    return {name: Reader(globals()[name], seeds, written) for name in names.split()}


TEXT: Final = (HEAD + "\n" + "".join(PIECES[:9])).encode()
PAGE: Final = b"<!doctype html><html><head><title>x</title></head><body><p>y</p></body></html>"
SETTINGS: Final = b"site_name: x\nnav: [a: b.md]\nmarkdown_extensions: [toc: {permalink: true}]\n"
READERS: Final[dict[str, Reader]] = {
    **_all("manuscript front_matter", TEXT, pieces=(*PIECES, *YAML)),
    **_all("printing site_page", b"Text.\n", pieces=PIECES),
    **_all("site_source", b"---\ntitle: x\n---\n# y\n", pieces=(*PIECES, *YAML)),
    **_all("host_settings", SETTINGS, pieces=(*YAML, "markdown_extensions:\n", "  - toc:\n")),
    **_all("bibliography", WORKS.encode(), pieces=(*WORKS.split(), "@string{", "{", "}", '"', "#")),
    **_all("policy board site_list act", POLICY.encode(), pieces=YAML),
    **_all("signature", b"-----BEGIN SSH SIGNATURE-----\n", pieces=("U1NIU0lH", "AAAA", "\n")),
    **_all("stage_file release_file", b'{"format": 1}', pieces=tuple('{}[]":,0e-.') + YAML),
    **_all("built_page packed_text", PAGE, pieces=(*PIECES, "<script>", "<a href=", "&#x41;")),
    **_all("picture", *BYTES, pieces=("IHDR", "IEND", "\u00ff", "RIFF", "WEBPVP8 ")),
    **_all("drawing", BYTES[-1], pieces=("<use href='#a'/>", "<g id='a'>", "</g>", "url(", "<!")),
}
