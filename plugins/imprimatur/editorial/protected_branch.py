"""Which branch is the protected one: told by nothing that a proposal could change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from imprimatur.editorial.git import demand_whole_history, git, resolved
from imprimatur.errors import CannotExamineError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

TRUST: Final = "IMPRIMATUR_TRUST"
"""The environment variable in which a host, which takes no options of ours, is named the ref."""

_WHOLE: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_ORIGIN: Final = "refs/remotes/origin/"
_DEFAULT: Final = f"{_ORIGIN}HEAD"
_PUSHED: Final = ("refs/remotes/origin/main", "refs/remotes/origin/master")
_LOCAL: Final = ("refs/heads/main", "refs/heads/master")


def protected(root: Path, trust: str | None) -> str:
    """The commit that the protected branch is at; empty before the first commit.

    trust: a ref that is named explicitly. Else Git's own setting ``imprimatur.trust`` of this
    clone, the default branch of ``origin``, or ``main``: nothing that a proposal could change.
    Raises CannotExamineError where none of them is there, or two are.
    """
    demand_whole_history(root)
    chosen = trust or git(root, "config", "--default", "", "--get", "imprimatur.trust").strip()
    if chosen:
        found = _named(root, chosen)
        if not found:
            raise CannotExamineError(
                f"there is no commit `{chosen}`; name the protected branch, such as "
                "`--trust origin/main`, and fetch it first"
            )
        return found
    if found := _usual(root):
        return found
    if not resolved(root, "HEAD"):
        return ""
    raise CannotExamineError(
        "no protected branch was found (origin's default branch, or main); name it, such as "
        "`--trust origin/main`, or set it once: git config imprimatur.trust origin/main"
    )


def _named(root: Path, chosen: str) -> str:
    """The commit that a name stands for, what is fetched from elsewhere first; empty without one.

    Git itself would take a tag first, and one of many forms; anybody may push one of that name.
    """
    if chosen == "HEAD" or _WHOLE.fullmatch(chosen):
        return resolved(root, chosen)
    is_whole = chosen.startswith("refs/")
    names = (chosen,) if is_whole else (f"refs/remotes/{chosen}", f"refs/heads/{chosen}")
    return _first(root, names, _refs(root, names))


def _usual(root: Path) -> str:
    """The commit of origin's default branch, or of the branch that is usually it; else empty.

    Raises CannotExamineError where origin has two: whoever may push may have pushed one of them.
    """
    refs = _refs(root, (_DEFAULT, *_PUSHED, *_LOCAL))
    if found := _first(root, (_DEFAULT,), refs):
        return found
    if len({refs[name] for name in _PUSHED if name in refs}) > 1:
        raise CannotExamineError(
            "both `origin/main` and `origin/master` are there, and this clone does not know which "
            "is origin's default branch; name it, such as `--trust origin/main`, or run "
            "`git remote set-head origin --auto`"
        )
    return _first(root, (*_PUSHED, *_LOCAL), refs)


def _refs(root: Path, names: Iterable[str]) -> Mapping[str, str]:
    """What each of some refs holds that are there, by their whole names and no others.

    Origin's default branch is a pointer to a branch of it, which only this clone can make. A branch
    that somebody has pushed under the name ``HEAD`` is none.
    """
    wanted = frozenset(names)
    form = "--format=%(refname)%00%(symref)%00%(objectname)"
    # Not splitlines: names that begin as one of these are told, too, and may hold other line ends.
    said = git(root, "for-each-ref", form, *sorted(wanted)).split("\n")
    found = (line.split("\0") for line in said if line)
    return {
        name: held
        for name, leads_to, held in found
        if name in wanted and (name != _DEFAULT or leads_to.startswith(_ORIGIN))
    }


def _first(root: Path, names: Iterable[str], refs: Mapping[str, str]) -> str:
    """The first commit that one of some names stands for; empty if none does."""
    commits = (resolved(root, refs[name]) for name in names if name in refs)
    return next(filter(None, commits), "")
