"""Opens a BibTeX file, whatever its bytes."""

from __future__ import annotations

from typing import Final

from imprimatur.bibliography.chunks import Scan
from imprimatur.bibliography.library import Bibliography
from imprimatur.bibliography.scan import scan

_MOST_BYTES: Final = 100_000_000
_MOST_SIGNS: Final = 200_000


def read_bibliography(data: bytes, path: str) -> Bibliography:
    """Open a BibTeX file, whatever its bytes; never raises.

    Bytes that are no UTF-8 become findings with their line. A file beyond 100 MB or 200,000
    @ signs is not read at all: it has no entries, and one finding that says so.
    """
    # Counted before the walk: each lost entry costs a finding, and a finding costs memory.
    if len(data) <= _MOST_BYTES and data.count(b"@") <= _MOST_SIGNS:
        found = _scan(data, path)
    else:
        found = Scan(path=path)
        found.complain(
            0,
            f"expected at most {_MOST_BYTES // 1_000_000} MB and {_MOST_SIGNS:,} @ signs",
            "keep only the works that are cited",
        )
    return Bibliography(
        path=path,
        entries_in=found.entries_in,
        keys=tuple(found.entries),
        findings=tuple(sorted(found.findings)),
        _scan=found,
    )


def _scan(data: bytes, path: str) -> Scan:
    data = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    found = scan(data.decode("utf-8", errors="replace"), path)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        for number, line in enumerate(data.split(b"\n"), start=1):
            _check_line(line, number, found)
    return found


def _check_line(line: bytes, number: int, found: Scan) -> None:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError as error:
        found.complain(
            number,
            f"expected UTF-8, found the byte 0x{line[error.start]:02x}",
            "save the file as UTF-8",
        )
