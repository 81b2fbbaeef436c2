"""A built site, from whatever host, held against the plan of what readers may see."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from imprimatur.errors import CannotExamineError
from imprimatur.gate.scan.claims import SEARCH, Claims
from imprimatur.gate.scan.rules import PAGE_RULES, SITE_RULES
from imprimatur.gate.scan.searched import read_search
from imprimatur.gate.scan.sheet import Examiner
from imprimatur.gate.scan.site_rules import BuiltSite
from imprimatur.gate.scan.withheld import secrets_of
from imprimatur.gate.verdict import Verdict
from imprimatur.strict.spread import spread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from imprimatur.gate.plan import Plan
    from imprimatur.gate.scan.sheet import Sheet

_MANY: Final = 300
"""Files for which a second process is worth its start."""


def scan(site: Path, plan: Plan) -> Verdict:
    """Whether a built site shows all that a plan publishes, as it was approved, and nothing else.

    Nothing is asked of whoever built it. Raises CannotExamineError where there is no site to look
    at, and OSError where a file of it cannot be read.
    """
    root = site.resolve()
    if not root.is_dir():
        raise CannotExamineError(f"{site} is no folder; name the folder that the site was built in")
    found = dict(_files(root))
    if not any(found.values()):
        raise CannotExamineError(f"{site} holds no file; build the site into it first")
    with TemporaryDirectory(prefix="imprimatur-") as folder:
        claims, secrets = Claims(plan, Path(folder)), secrets_of(plan)
        files = [path for path in found if found[path]]
        with ThreadPoolExecutor(1) as beside:
            if any(path.startswith(SEARCH) for path in files):
                # The search's own program is run for it, which takes as long as to read its data.
                beside.submit(lambda: claims.program)
            searched = read_search(root, files, claims)
        examiner = Examiner(
            root=root, claims=claims, secrets=secrets, rules=PAGE_RULES, searched=searched.pages
        )
        sheets = {each.path: each for each in _look(examiner, files)}
    strays = tuple(path for path, is_plain in found.items() if not is_plain)
    built = BuiltSite(claims=claims, secrets=secrets, sheets=sheets, strays=strays)
    findings = {finding for sheet in sheets.values() for finding in sheet.findings}
    findings.update(searched.findings)
    findings.update(finding for rule in SITE_RULES for finding in rule.check(built))
    return Verdict(findings=tuple(sorted(findings)), unchecked=(), articles=len(plan.printed))


def _files(root: Path) -> Iterator[tuple[str, bool]]:
    """Everything below a folder by its path in it, and whether it is a plain file.

    A folder that is empty is none, and its path ends in `/`: whatever it tells, no file claims it.
    """
    for here, folders, names in os.walk(root, onerror=_refuse):
        folders.sort()
        inside = "" if here == str(root) else f"{Path(here).relative_to(root).as_posix()}/"
        if inside and not (names or folders):
            yield inside, False
        for name in sorted([*names, *folders]):
            mode = os.lstat(f"{here}{os.sep}{name}").st_mode
            if not stat.S_ISDIR(mode):
                path = f"{inside}{name}"
                yield path, stat.S_ISREG(mode) and _is_text(path)


def _is_text(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _refuse(error: OSError) -> None:
    raise error


def _look(examiner: Examiner, paths: Sequence[str]) -> list[Sheet]:
    if len(paths) >= _MANY:
        # Before the processes part, so that it is done once.
        examiner.claims.prepare()
    return spread(examiner.look, paths, _MANY)
