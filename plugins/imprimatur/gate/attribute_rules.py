"""Whether Git is told to show, keep or merge published files otherwise than they are."""

from __future__ import annotations

import posixpath
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from imprimatur.editorial.files import shown
from imprimatur.editorial.places import PUBLISHED
from imprimatur.errors import Finding, RuleName
from imprimatur.gate.git_rules import is_published

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprimatur.editorial.blobs import Blobs
    from imprimatur.gate.examination import Examination

_ATTRIBUTES: Final = ".gitattributes"
_MODULES: Final = ".gitmodules"

# Line ends: the commit is read as it is, and of a text no digest depends on them.
_HARMLESS: Final = frozenset(
    {"text", "-text", "!text", "text=auto", "eol=lf", "!eol", "diff", "!diff", "merge", "!merge"}
)
# Of pictures and fonts Git shows no difference anyway.
_OF_PICTURES: Final = frozenset({"binary", "-diff", "-merge"})
_PICTURES: Final = (".png", ".jpg", ".jpeg", ".webp", ".ico", ".woff2")
_WILD: Final = "*?[\\"


def attribute_is_harmless(examination: Examination) -> Iterator[Finding]:
    """No setting in the repository lets Git show, keep, export or merge published files otherwise.

    What is published is read as it was committed, but reviewers look at files and differences as
    Git shows them. Line ends may be settled: text=auto, text, -text, eol=lf.

    Bad: docs/** filter=rewrite, *.md ident, *.md -diff or editorial/** merge=ours in .gitattributes
    Good: * text=auto
    """
    commit = examination.repository.committed
    if commit is None:
        return
    for path in commit.whole:
        base, name = posixpath.split(path)
        within = _published_below(base, commit)
        if name == _ATTRIBUTES and within:
            yield from _faults(commit, path, within)
        elif name == _MODULES and within:
            cure = "remove it, and commit the files themselves where they are needed"
            for number, line in enumerate(_lines(commit, path), start=1):
                key, _, folder = (part.strip() for part in line.partition("="))
                if key == "path" and _reaches(f"/{folder}", within, commit):
                    message = f"a submodule is to lie in {folder}, which is published"
                    yield _finding(commit, path, message, cure, number)


def _faults(commit: Blobs, path: str, within: tuple[str, ...]) -> Iterator[Finding]:
    for number, line in enumerate(_lines(commit, path), start=1):
        pattern, *attributes = line.split() or [""]
        if not pattern or pattern.startswith("#"):
            continue
        if pattern.startswith("[attr]"):
            cure = "remove it, and write out what it stands for"
            message = f"`{pattern}` gives other settings a name of its own"
            yield _finding(commit, path, message, cure, number)
            continue
        is_picture = pattern.lower().endswith(_PICTURES)
        allowed = _HARMLESS | (_OF_PICTURES if is_picture else frozenset())
        bad = [each for each in attributes if each not in allowed]
        if bad and _reaches(pattern, within, commit):
            message = f"Git is told `{' '.join(bad)}` of `{pattern}`, which may be published files"
            cure = "remove it; line ends alone may be settled, such as `* text=auto`"
            yield _finding(commit, path, message, cure, number)


def _published_below(base: str, commit: Blobs) -> tuple[str, ...]:
    """What is published below a folder, by paths from there; empty if nothing is."""
    site = commit.prefix.removesuffix("/")
    if base == site or not base or site.startswith(f"{base}/"):
        before = posixpath.relpath(site or ".", base or ".")
        return tuple(posixpath.normpath(f"{before}/{each}").casefold() for each in PUBLISHED)
    inside = base.startswith(commit.prefix) and is_published(base.removeprefix(commit.prefix))
    return ("",) if inside else ()


def _reaches(pattern: str, within: tuple[str, ...], commit: Blobs) -> bool:
    """Whether a pattern may be meant for something that is published; in doubt it is."""
    folded = pattern.casefold()
    if "/" not in folded and not folded.startswith('"'):
        names = {path.rpartition("/")[2] for path in commit.entries if is_published(path)}
        return any(fnmatchcase(name.casefold(), folded) for name in names)
    end = next((at for at, sign in enumerate(folded) if sign in _WILD), len(folded))
    fixed = folded[:end].lstrip("/").rstrip("/")
    if folded.startswith('"') or not fixed:
        return True
    return any(
        each.startswith(fixed) or f"{fixed}/".startswith(f"{each}/") or not each for each in within
    )


def _lines(commit: Blobs, path: str) -> list[str]:
    return (commit.read_whole(path) or b"").decode("utf-8", "replace").split("\n")


def _finding(commit: Blobs, path: str, message: str, cure: str, line: int) -> Finding:
    place = shown(posixpath.relpath(path, commit.prefix or "."))
    rule = RuleName("attribute-is-harmless")
    return Finding(path=place, line=line, rule=rule, message=message, cure=cure)
