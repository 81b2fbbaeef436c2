"""Links and anchors inside the site, as lychee finds them in a built preview."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

from imprimatur.editorial.places import ARTICLES
from imprimatur.errors import CannotExamineError, Finding, RuleName

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprimatur.gate.examination import Examination

_FOUND: Final = {0, 2}
_LINK: Final = re.compile(r"\]\(|\]:|<(?:a|img)\b", re.IGNORECASE)


def link_resolves(examination: Examination) -> Iterator[Finding]:
    """Every link and anchor within the site leads somewhere. Asked of a built preview.

    Bad: [the dose](#doseage)
    Good: [the dose](#dosage)
    """
    if examination.site is None:
        return
    site = examination.site.resolve()
    for page, target in _broken(_look(site), site):
        source = _source(examination, page)
        yield Finding(
            path=source,
            line=_line(examination, source, target),
            rule=RuleName("link-resolves"),
            message=f"the link to {target} leads nowhere",
            cure="correct the address, or the heading it names",
        )


def no_preview(examination: Examination) -> Iterator[str]:
    """Why links cannot be looked at."""
    if examination.site is None:
        yield "links and anchors are looked at in a built preview, and there is none"


def _look(site: Path) -> bytes:
    """Lychee's report on a folder of HTML."""
    beside = Path(sys.executable).with_name("lychee")
    program = str(beside) if beside.exists() else shutil.which("lychee")
    if program is None:
        raise CannotExamineError("lychee is not installed; install this package's dependencies")
    if not any(site.rglob("*.html")):
        raise CannotExamineError(f"{site} holds no page; build the preview into it first")
    arguments = ["--offline", "--include-fragments", "--no-progress", "--format", "json"]
    arguments += ["--hidden", "--no-ignore", "--index-files", "index.html"]
    arguments += ["--root-dir", str(site), str(site)]
    # Lychee obeys the settings and exceptions that lie where it is started: here, none do.
    with TemporaryDirectory() as empty:
        done = subprocess.run([program, *arguments], capture_output=True, check=False, cwd=empty)
    if done.returncode not in _FOUND:
        reason = done.stderr.decode(errors="replace").strip()
        raise CannotExamineError(f"lychee could not look at {site}: {reason}")
    return done.stdout


def _broken(report: bytes, site: Path) -> list[tuple[str, str]]:
    """Page and target of each broken link, as lychee reports them.

    A report in any other form proves nothing, and is refused.
    """
    try:
        read: dict[str, Any] = json.loads(report)
        found = [
            (Path(page).resolve().relative_to(site).as_posix(), _target(failure, site))
            for kind in ("error_map", "timeout_map")
            for page, failures in read[kind].items()
            for failure in failures
        ]
        counted = read["errors"] + read["timeouts"]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise CannotExamineError("lychee's report has an unknown form; install 0.24.2") from None
    if bool(counted) != bool(found):
        raise CannotExamineError(f"lychee counts {counted} errors and names {len(found)}")
    return found


def _source(examination: Examination, page: str) -> str:
    """The Markdown file a built page was made from."""
    stem = page.removesuffix("index.html").removesuffix(".html").rstrip("/")
    names = [f"docs/{stem}.md", f"docs/{stem}/index.md".replace("//", "/")]
    return next((name for name in names if examination.repository.files.read(name)), page)


def _target(failure: dict[str, Any], site: Path) -> str:
    """An address as a person would write it, without the folder the preview was built in."""
    parts = urlsplit(str(failure["url"]))
    if parts.scheme == "error":
        return str(failure["status"]["details"])
    path = unquote(parts.path)
    if parts.scheme == "file":
        inside = Path(path).is_relative_to(site)
        path = f"/{Path(path).relative_to(site).as_posix()}" if inside else "outside the site"
    return path + (f"#{unquote(parts.fragment)}" if parts.fragment else "")


def _line(examination: Examination, source: str, target: str) -> int:
    """The first line that names the anchor or the last part of the address."""
    text = (examination.repository.files.read(source) or b"").decode("utf-8", errors="replace")
    path, _, fragment = target.partition("#")
    wanted = fragment or Path(path.rstrip("/")).stem
    for number, line in enumerate(text.split("\n"), start=1):
        if wanted and wanted in line and _LINK.search(line):
            return number
    return 1 if source.startswith(ARTICLES) else 0
