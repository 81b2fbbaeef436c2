"""Whether Git is told to show, keep or merge published files otherwise than they are."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
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

_CURE: Final = "remove it; line ends alone may be settled, such as `* text=auto`"
_NO_SUBMODULE: Final = "remove it, and commit the files themselves where they are needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Published:
    """What is published, as the patterns of one file may name it.

    within: folders and files below that file's own folder; an empty name stands for all of it.
    names: of the files, without their folders. endings: of those names, from the last full stop.
    """

    within: tuple[str, ...]
    names: frozenset[str]
    endings: frozenset[str]

    def is_meant(self, pattern: str) -> bool:
        """Whether a pattern may be meant for any of it; in doubt it is."""
        folded = pattern.casefold()
        if folded.startswith('"'):
            return True
        if "/" not in folded:
            return self._is_name(folded)
        end = next((at for at, sign in enumerate(folded) if sign in _WILD), len(folded))
        fixed = folded[:end].strip("/")
        return not fixed or any(
            not each or each.startswith(fixed) or f"{fixed}/".startswith(f"{each}/")
            for each in self.within
        )

    def _is_name(self, pattern: str) -> bool:
        if not any(sign in _WILD for sign in pattern):
            return pattern in self.names
        # No further: to try each pattern on each name takes long where somebody writes many.
        is_ending = pattern.startswith("*.") and pattern[2:].isalnum()
        return not is_ending or pattern[1:] in self.endings


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
        within = _below(base, commit) if name in {_ATTRIBUTES, _MODULES} else ()
        if not within:
            continue
        published = _published(commit, within)
        for number, line in enumerate(_lines(commit, path), start=1):
            if name == _ATTRIBUTES:
                message, cure = _fault(line, published), _CURE
            else:
                message, cure = _submodule(line, published), _NO_SUBMODULE
            if message:
                yield _finding(commit, path, message, cure, number)


def _fault(line: str, published: _Published) -> str:
    """Why a line of attributes does not do; empty if it does."""
    pattern, *attributes = line.split() or [""]
    if not pattern or pattern.startswith("#"):
        return ""
    if pattern.startswith("[attr]"):
        return f"`{pattern}` gives other settings a name of its own"
    is_picture = pattern.lower().endswith(_PICTURES)
    allowed = _HARMLESS | (_OF_PICTURES if is_picture else frozenset())
    bad = [each for each in attributes if each not in allowed]
    if not bad or not published.is_meant(pattern):
        return ""
    return f"Git is told `{' '.join(bad)}` of `{pattern}`, which may be published files"


def _submodule(line: str, published: _Published) -> str:
    """That a line puts a submodule among what is published; empty if it does not."""
    key, _, folder = (part.strip() for part in line.partition("="))
    is_meant = key == "path" and published.is_meant(f"/{folder}")
    return f"a submodule is to lie in {folder}, which is published" if is_meant else ""


def _published(commit: Blobs, within: tuple[str, ...]) -> _Published:
    paths = (path for path in commit.entries if is_published(path))
    names = frozenset(path.rpartition("/")[2].casefold() for path in paths)
    endings = frozenset(f".{name.rpartition('.')[2]}" for name in names)
    return _Published(within=within, names=names, endings=endings)


def _below(base: str, commit: Blobs) -> tuple[str, ...]:
    """What is published below a folder, by paths from there; empty if nothing is."""
    site = commit.prefix.removesuffix("/")
    if base == site or not base or site.startswith(f"{base}/"):
        before = posixpath.relpath(site or ".", base or ".")
        return tuple(posixpath.normpath(f"{before}/{each}").casefold() for each in PUBLISHED)
    inside = base.startswith(commit.prefix) and is_published(base.removeprefix(commit.prefix))
    return ("",) if inside else ()


def _lines(commit: Blobs, path: str) -> list[str]:
    return (commit.read_whole(path) or b"").decode("utf-8", "replace").split("\n")


def _finding(commit: Blobs, path: str, message: str, cure: str, line: int) -> Finding:
    place = shown(posixpath.relpath(path, commit.prefix or "."))
    rule = RuleName("attribute-is-harmless")
    return Finding(path=place, line=line, rule=rule, message=message, cure=cure)
