"""Links and anchors inside the site, as lychee finds them in a built preview."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

from imprimatur.editorial.repository import ARTICLES
from imprimatur.errors import CannotExamineError, Finding, RuleName

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprimatur.gate.examination import Examination

_FOUND: Final = {0, 2}


def link_resolves(examination: Examination) -> Iterator[Finding]:
    """Every link and anchor within the site leads somewhere. Asked of a built preview.

    Bad: [the dose](#doseage)
    Good: [the dose](#dosage)
    """
    if examination.site is None:
        return
    site = examination.site.resolve()
    for page, failures in _lychee(site).items():
        source = _source(examination, Path(page).resolve().relative_to(site).as_posix())
        for failure in failures:
            target = _target(str(failure["url"]), site)
            yield Finding(
                path=source,
                line=_line(examination, source, target),
                rule=RuleName("link-resolves"),
                message=f"the link to {target} leads nowhere",
                cure="correct the address, or the heading it names",
            )


def _lychee(site: Path) -> dict[str, list[dict[str, Any]]]:
    beside = Path(sys.executable).with_name("lychee")
    program = str(beside) if beside.exists() else shutil.which("lychee")
    if program is None:
        raise CannotExamineError("lychee is not installed; install this package's dependencies")
    arguments = ["--offline", "--include-fragments", "--no-progress", "--format", "json"]
    arguments += ["--root-dir", str(site), "--index-files", "index.html", str(site)]
    done = subprocess.run([program, *arguments], capture_output=True, check=False, cwd=site)
    if done.returncode not in _FOUND:
        reason = done.stderr.decode(errors="replace").strip()
        raise CannotExamineError(f"lychee could not look at {site}: {reason}")
    report: dict[str, Any] = json.loads(done.stdout)
    return {**report["error_map"], **report.get("timeout_map", {})}


def _source(examination: Examination, page: str) -> str:
    """The Markdown file a built page was made from."""
    stem = page.removesuffix("index.html").removesuffix(".html").rstrip("/")
    names = [f"docs/{stem}.md", f"docs/{stem}/index.md".replace("//", "/")]
    return next((name for name in names if examination.repository.files.read(name)), page)


def _target(url: str, site: Path) -> str:
    """An address as a person would write it, without the folder the preview was built in."""
    parts = urlsplit(url)
    path = unquote(parts.path)
    if parts.scheme == "file":
        path = "/" + path.removeprefix(str(site)).lstrip("/")
    return path + (f"#{unquote(parts.fragment)}" if parts.fragment else "")


def _line(examination: Examination, source: str, target: str) -> int:
    """The first line that names the anchor or the last part of the address."""
    text = (examination.repository.files.read(source) or b"").decode("utf-8", errors="replace")
    path, _, fragment = target.partition("#")
    wanted = fragment or Path(path.rstrip("/")).stem
    for number, line in enumerate(text.split("\n"), start=1):
        if wanted and wanted in line and "](" in line:
            return number
    return 1 if source.startswith(ARTICLES) else 0
