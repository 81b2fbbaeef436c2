"""Which branch is the protected one: told by nothing that a proposal could change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from imprimatur.editorial.git import demand_whole_history, first_resolved, git, resolved
from imprimatur.errors import CannotExamineError

if TYPE_CHECKING:
    from pathlib import Path

TRUST: Final = "IMPRIMATUR_TRUST"
"""The environment variable in which a host, which takes no options of ours, is named the ref."""

_WHOLE: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_DEFAULT: Final = "refs/remotes/origin/HEAD"
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
        found = next(filter(None, (resolved(root, name) for name in _meanings(chosen))), "")
        if not found:
            raise CannotExamineError(
                f"there is no commit `{chosen}`; name the protected branch, such as "
                "`--trust origin/main`, and fetch it first"
            )
        return found
    if found := first_resolved(root, (_DEFAULT,)) or _pushed(root) or first_resolved(root, _LOCAL):
        return found
    if not resolved(root, "HEAD"):
        return ""
    raise CannotExamineError(
        "no protected branch was found (origin's default branch, or main); name it, such as "
        "`--trust origin/main`, or set it once: git config imprimatur.trust origin/main"
    )


def _pushed(root: Path) -> str:
    """The commit of the usual branch of origin; empty where there is none.

    Raises CannotExamineError where there are two: whoever may push may have pushed one of them.
    """
    found = {first_resolved(root, (name,)) for name in _PUSHED} - {""}
    if len(found) > 1:
        raise CannotExamineError(
            "both `origin/main` and `origin/master` are there, and this clone does not know which "
            "is origin's default branch; name it, such as `--trust origin/main`, or run "
            "`git remote set-head origin --auto`"
        )
    return found.pop() if found else ""


def _meanings(chosen: str) -> tuple[str, ...]:
    """The refs that a name may stand for, what is fetched from elsewhere first.

    Git itself would take a tag or a local branch before it, and anybody may give one that name.
    """
    if chosen.startswith("refs/") or _WHOLE.fullmatch(chosen):
        return (chosen,)
    return f"refs/remotes/{chosen}", f"refs/heads/{chosen}", chosen
