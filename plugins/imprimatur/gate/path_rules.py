"""Whether every path means one file, and the same one, on every system."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from imprimatur.editorial.files import shown
from imprimatur.editorial.places import DOCS, PUBLISHED
from imprimatur.errors import Finding, RuleName

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from imprimatur.gate.examination import Examination

_LONGEST_PATH: Final = 200
_LONGEST_NAME: Final = 80
_PLAIN: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_][A-Za-z0-9_-]*)*")
# Git's own, and where the theme looks for a site's icons.
_DOTTED: Final = frozenset({".gitattributes", ".icons"})
_TOP: Final = frozenset(each.casefold() for each in PUBLISHED)
# What Windows takes for a device, whatever follows the first full stop.
_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)


def path_fits_every_system(examination: Examination) -> Iterator[Finding]:
    """No path is too long or named like a device, and outside docs/, too, all names are plain.

    Bad: docs/aux.md, editorial/records/spinal-mri/act.yml. with a full stop at its end
    Good: docs/articles/spinal-mri.md
    """
    for path in _paths(examination):
        fault = _fault(path)
        if fault:
            yield _finding(path, "path-fits-every-system", fault, "rename it")


def path_is_spelled_one_way(examination: Examination) -> Iterator[Finding]:
    """No two files or folders differ only in capitals, or in how their letters are put together.

    Some disks hold only one of them, and then show it in place of the other.

    Bad: docs/about/us.md beside docs/About/board.md
    Good: docs/about/us.md beside docs/about/board.md
    """
    found: dict[str, list[str]] = defaultdict(list)
    files = set(_paths(examination))
    for path in _with_folders(files):
        found[_folded(path)].append(path)
    for spellings in found.values():
        # Of two files below docs/ it is said that they have one address.
        if len(spellings) > 1 and not all(_is_page(each, files) for each in spellings):
            first, *others = sorted(spellings)
            for other in others:
                message = f"on many disks this is the same place as {shown(first)}"
                yield _finding(other, "path-is-spelled-one-way", message, "rename one of them")


def _with_folders(files: Iterable[str]) -> Iterable[str]:
    """Files, and every folder that one of them lies in."""
    found = set(files)
    for path in files:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _paths(examination: Examination) -> Iterable[str]:
    """Every path of the commit among what is published, however its first part is spelled."""
    commit = examination.repository.committed
    if commit is None:
        files = examination.repository.files
        return [path for each in PUBLISHED for path in files.under(each)]
    return [path for path in commit.entries if _folded(path.partition("/")[0]) in _TOP]


def _fault(path: str) -> str:
    """Why a path does not do; empty if it does."""
    parts = path.split("/")
    if len(path) > _LONGEST_PATH or any(len(part) > _LONGEST_NAME for part in parts):
        return (
            f"the path has {len(path)} signs, and its longest name {max(map(len, parts))}; "
            f"{_LONGEST_PATH} and {_LONGEST_NAME} are the most"
        )
    for part in parts:
        if part.partition(".")[0].casefold() in _DEVICES:
            return f"Windows takes `{part}` for a device"
    # Below docs/ `file-name-is-plain` says so.
    if not path.startswith(f"{DOCS}/") and not all(map(_is_plain, parts)):
        return f"the path holds other signs than letters, digits, `-`, `_` and `.`: {path!r}"
    return ""


def _is_plain(part: str) -> bool:
    return part in _DOTTED or _PLAIN.fullmatch(part) is not None


def _is_page(path: str, files: set[str]) -> bool:
    return path.startswith(f"{DOCS}/") and path in files


def _folded(path: str) -> str:
    if path.isascii():
        return path.lower()
    # Capitals of letters with marks fold only when the marks stand apart.
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())


def _finding(path: str, rule: str, message: str, cure: str) -> Finding:
    return Finding(path=shown(path), line=0, rule=RuleName(rule), message=message, cure=cure)
