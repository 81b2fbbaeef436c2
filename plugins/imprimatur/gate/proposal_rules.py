"""Whether a proposal keeps what was signed, and changes what is said or what judges it."""

from __future__ import annotations

from fnmatch import fnmatchcase
from shlex import quote
from typing import TYPE_CHECKING, Final

from imprimatur.editorial import PROPOSED
from imprimatur.editorial.blobs import Blobs
from imprimatur.editorial.files import shown
from imprimatur.editorial.git import git, git_bytes
from imprimatur.editorial.places import ARTICLES, BIBLIOGRAPHY, BOARD, POLICY, RECORDS
from imprimatur.editorial.site_list import SITE, SITE_SLUG
from imprimatur.errors import CannotExamineError, Finding, RuleName
from imprimatur.gate.record_rules import rewritten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprimatur.editorial import Repository
    from imprimatur.gate.examination import Examination

_LAW: Final = frozenset({BOARD, POLICY, SITE})
_FOLDERS: Final = frozenset(
    {"plugins", "overrides", "hooks", ".github", ".gitlab", ".gitea", ".forgejo", ".ci"}
)
# By name, at the top of the site or of the repository.
_FILES: Final = (
    *("mkdocs*.yml", "properdocs*.yml", "zensical.*", "*.py", "*.sh", "makefile", "*.mk"),
    *("pyproject.toml", "*.lock", "requirements*", "constraints*", "setup.cfg", "tox.ini"),
    *("codeowners", ".gitattributes", ".gitmodules", ".gitlab-ci*", ".pre-commit-config.yaml"),
)


def proposal_changes_one_thing(examination: Examination) -> Iterator[Finding]:
    """A proposal changes texts and acts, or what judges and builds them, and never both at once.

    Else who changes a text could change the rule that would refuse it along with it.

    Bad: a branch that edits docs/articles/spinal-mri.md and editorial/policy.yml
    Good: two branches, and the one with the policy merged first
    """
    repository = examination.repository
    if repository.unproven or not repository.trunk.tip:
        return
    changed = tuple(_changed(repository))
    texts = [path for path in changed if _is_text(path)]
    judging = [path for path in changed if _is_judging(path)]
    if texts and judging:
        message = f"this proposal changes {_some(judging)} together with {_some(texts)}"
        cure = "propose them one after the other, on branches of their own"
        yield Finding(
            path=judging[0],
            line=0,
            rule=RuleName("proposal-changes-one-thing"),
            message=message,
            cure=cure,
        )


def proposal_keeps_records(examination: Examination) -> Iterator[Finding]:
    """A proposal adds records, and changes, renames or deletes none that is there already.

    Compared with where it branched off: what came to the protected branch later is not missing. A
    file that proves nothing may be removed.

    Bad: a branch that corrects a word in a review, or tidies up the reviews of an earlier round
    Good: a branch that adds another act
    """
    repository = examination.repository
    if repository.unproven or not (repository.trunk.tip and repository.trunk.head):
        return
    wrong = tuple(rewritten(examination))
    if not wrong:
        return
    base = _base(repository)
    before = Blobs(repository.root, base).entries
    for path in wrong:
        if path not in before or repository.files.holds(path, before[path].blob):
            continue
        is_gone = repository.files.read(path) is None
        done = "is missing in this proposal" if is_gone else "was changed in this proposal"
        message = f"this record of the protected branch {done}"
        command = f"git checkout {base[:12]} -- {quote(path)}"
        cure = f"restore it: {command}; correct a mistake by another act"
        yield Finding(
            path=path,
            line=0,
            rule=RuleName("proposal-keeps-records"),
            message=message,
            cure=cure,
        )


def _base(repository: Repository) -> str:
    """Where what is looked at branched off from the protected branch."""
    trunk = repository.trunk
    try:
        return git(repository.root, "merge-base", trunk.tip, trunk.head).split()[0]
    except CannotExamineError:
        # No common history: then everything that differs is proposed.
        return trunk.tip


def _changed(repository: Repository) -> Iterator[str]:
    """What the commit that is looked at changes of the protected branch, by paths from the site.

    Files of the repository outside the site are told by their path from its top, behind `/`.
    """
    trunk = repository.trunk
    if not trunk.head or trunk.order(trunk.head) != PROPOSED:
        return
    base = _base(repository)
    names = git_bytes(
        repository.root, "diff-tree", "-r", "-z", "--name-only", "--no-renames", base, trunk.head
    )
    prefix = git(repository.root, "rev-parse", "--show-prefix").removesuffix("\n")
    for name in filter(None, names.split(b"\0")):
        path = shown(name.decode("utf-8", "surrogateescape"))
        yield path.removeprefix(prefix) if path.startswith(prefix) else f"/{path}"


def _is_text(path: str) -> bool:
    is_act = path.startswith(f"{RECORDS}/") and not path.startswith(f"{RECORDS}/{SITE_SLUG}/")
    return is_act or path == BIBLIOGRAPHY or path.startswith(f"{ARTICLES}/")


def _is_judging(path: str) -> bool:
    if path in _LAW:
        return True
    folder, _, beside = path.removeprefix("/").partition("/")
    if beside:
        return folder in _FOLDERS
    return any(fnmatchcase(folder.casefold(), each) for each in _FILES)


def _some(paths: list[str]) -> str:
    more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    return f"{paths[0].removeprefix('/')}{more}"
