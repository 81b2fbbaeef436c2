"""The source of one article, read strictly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from imprimatur.errors import Finding, RuleName
from imprimatur.manuscript.bounds import excess
from imprimatur.manuscript.entities import commands, hidden_entities
from imprimatur.manuscript.front_matter import FrontMatter
from imprimatur.manuscript.marks import displaced_marks
from imprimatur.strict import Reading, read_model, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator

MANUSCRIPT_IS_READABLE = RuleName("manuscript-is-readable")
FRONT_MATTER_IS_VALID = RuleName("front-matter-is-valid")

_LIMIT: Final = 1_000_000
_FENCE: Final = "---\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """One Markdown file under ``docs/articles/``.

    path: relative to the repository's root.
    slug: its identity in records and addresses, the file's name without ``.md``.
    body: Markdown below the front matter, in NFC with LF line ends.
    body_line: the line of the file on which the body begins.
    """

    path: str
    slug: str
    front: FrontMatter
    body: str
    body_line: int


def slug_of(path: str) -> str:
    """The slug of the manuscript at a path: its name without ``.md``."""
    return path.rpartition("/")[2].removesuffix(".md")


def read_manuscript(data: bytes, path: str) -> Reading[Manuscript]:
    """Read a manuscript from its bytes.

    Nothing is guessed: a blank first line, an unclosed head or an unknown key makes it unreadable,
    because a site generator would then print the head to readers or drop it without a word.
    """
    if not path.isprintable():
        message = "the file's name holds a sign that nobody sees, or that is no text"
        cure = "rename it to lower-case letters and digits with single hyphens"
        return Reading(value=None, findings=(_unreadable(path, 0, message, cure),))
    text = read_text(data, path, MANUSCRIPT_IS_READABLE, limit=_LIMIT)
    if text.value is None:
        return Reading(value=None, findings=text.findings)
    parts = _split(text.value, path)
    if isinstance(parts, Finding):
        return Reading(value=None, findings=(*text.findings, parts))
    head, body = parts
    front = _front_matter(head, path)
    if front.value is None:
        return Reading(value=None, findings=(*text.findings, *front.findings))
    body_line = head.count("\n") + 3
    findings = (*text.findings, *hidden_entities(body, path, body_line))
    harmful = tuple(_harmful(body, path, body_line))
    if harmful or commands(body):
        return Reading(value=None, findings=(*findings, *harmful))
    manuscript = Manuscript(
        path=path, slug=slug_of(path), front=front.value, body=body, body_line=body_line
    )
    return Reading(value=manuscript, findings=findings)


def _harmful(body: str, path: str, body_line: int) -> Iterator[Finding]:
    """What the renderer would recurse on until it breaks."""
    found = excess(body, body_line)
    if found is not None:
        yield _unreadable(path, found.line, found.message, found.cure)
    for line in displaced_marks(body, body_line):
        message = "a block mark does not stand at the beginning of its line"
        yield _unreadable(path, line, message, "move it there, or put code in a fence")


def _split(text: str, path: str) -> tuple[str, str] | Finding:
    """The YAML between the two lines of three hyphens, and what follows."""
    if not text.startswith(_FENCE):
        first = text.split("\n", 1)[0][:40]
        begins = repr(first) if first.strip() else "a blank line"
        message = f"the file begins with {begins}, not with a line `---`"
        cure = "begin the file with `---` on its first line, then title, summary and the rest"
        return _unreadable(path, 1, message, cure)
    lines = text.split("\n")
    for number, line in enumerate(lines[1:], start=1):
        if line == "---":
            head = "".join(f"{each}\n" for each in lines[1:number])
            return head, "\n".join(lines[number + 1 :])
    return _unreadable(path, 1, "the front matter is never closed", "put a line `---` below it")


def _unreadable(path: str, line: int, message: str, cure: str) -> Finding:
    return Finding(path=path, line=line, rule=MANUSCRIPT_IS_READABLE, message=message, cure=cure)


def _front_matter(head: str, path: str) -> Reading[FrontMatter]:
    return read_model(FrontMatter, head, path, FRONT_MATTER_IS_VALID, first_line=2)
