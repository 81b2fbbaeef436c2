"""Rules about who acted: that it is proven, and under which board and policy."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

from imprimatur.editorial.places import ARTICLES, BOARD, POLICY
from imprimatur.editorial.site_list import SITE
from imprimatur.errors import Finding, RuleName

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprimatur.gate.examination import Examination


def act_is_genuine(examination: Examination) -> Iterator[Finding]:
    """Every act but a submission is proven: by whom, then on the board, in which role, unchanged.

    Bad: a review whose file was edited after it was signed, or signed with somebody else's key
    Good: a review, and beside it the signature that `imprimatur review` wrote
    """
    repository, unexamined = examination.repository, _unexamined(examination)
    if not repository.unproven and repository.trunk.clock_fault(examination.now):
        # By a wrong clock a term is not begun or a key not valid yet, and all would be to blame.
        return
    for discount in examination.discounts:
        if discount.is_forged and repository.files.read(discount.path) is not None:
            cure = "take it out again, and have the act done by the command"
            if discount.path in unexamined:
                cure = "leave it there, and ask again on a machine that can check it"
            message = f"this act proves nothing: {discount.reason}"
            yield _finding(discount.path, "act-is-genuine", message, cure)


def no_time_or_place(examination: Examination) -> Iterator[str]:
    """Why nothing can be said of who acted when: no branch is known, or the clock is off."""
    repository = examination.repository
    if repository.unproven:
        yield repository.unproven
    elif fault := repository.trunk.clock_fault(examination.now):
        yield fault


def unverified(examination: Examination) -> Iterator[str]:
    """Why signatures could not be examined, as far as they could not."""
    yield from no_time_or_place(examination)
    for path, fault in _unexamined(examination).items():
        yield f"{path}: {fault}"


def _unexamined(examination: Examination) -> dict[str, str]:
    """Acts whose signatures this machine cannot examine, each with the reason."""
    return {
        path: fault
        for slug in sorted(examination.repository.record_paths)
        for path, fault in examination.seen(slug).unexamined.items()
    }


def author_is_known(examination: Examination) -> Iterator[Finding]:
    """Of a text that is reviewed, it is known whose every commit is: nobody reviews their own.

    Bad: a commit by somebody@example.org, an address that the board's file does not name
    Good: the address under `git` of a member, or of one of the `contributors`
    """
    for slug in examination.repository.slugs:
        for address, commit in sorted(examination.seen(slug).strangers.items()):
            message = f"nobody knows whose address {address} is, of the commit {commit[:12]}"
            cure = (
                "if it is an author's: imprimatur appoint ID --contributor --git "
                f"{quote(address)}; if a member's, name it under their `git` in editorial/board.yml"
            )
            yield _finding(f"{ARTICLES}/{slug}.md", "author-is-known", message, cure)


def version_only_grows(examination: Examination) -> Iterator[Finding]:
    """Board, policy and list of the site's files carry a version that only grows with each change.

    Bad: editorial/board.yml put back as it was, with its old version
    Good: `version` one higher than before
    """
    repository = examination.repository
    if repository.unproven:
        return
    listed = examination.own_files.listed.value
    files = {BOARD: repository.board.value, POLICY: repository.policy.value, SITE: listed}
    for path, value in files.items():
        present = repository.files.read(path)
        if value is None or present is None:
            continue
        editions = repository.dossiers.editions
        before, behind = editions.version_before(path, present), editions.version_behind(path)
        if before is not None and value.version <= before:
            message = f"the file was changed, and its version went from {before} to {value.version}"
            cure = f"set `version` to {before + 1} or more"
            yield _finding(path, "version-only-grows", message, cure)
        elif behind > value.version:
            message = f"its version {behind} got lost in a merge, and {value.version} is back"
            cure = f"restore it, or set `version` to {behind + 1} or more"
            yield _finding(path, "version-only-grows", message, cure)


def law_is_in_force(examination: Examination) -> Iterator[Finding]:
    """What is published stands under the board and the policy of the protected branch.

    Bad: a proposal that names a new reviewer, built as if they were on the board already
    Good: board and policy changed on the protected branch first
    """
    repository = examination.repository
    if repository.unproven or repository.trunk.tip in {"", repository.commit}:
        # Of that commit itself there is nothing to compare.
        return
    for path in (BOARD, POLICY):
        if repository.files.read(path) != repository.trunk.file(repository.trunk.tip, path):
            message = "this file is not the one of the protected branch, and is not in force"
            cure = "merge it first, by itself; or merge the protected branch into this one"
            yield _finding(path, "law-is-in-force", message, cure)


def _finding(path: str, rule: str, message: str, cure: str) -> Finding:
    return Finding(path=path, line=0, rule=RuleName(rule), message=message, cure=cure)
