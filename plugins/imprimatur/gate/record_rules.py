"""Rules about records, and whether what they say grants publication."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprimatur.editorial import ActName, Signature, last_submission
from imprimatur.editorial.history import rewritten, uncommitted
from imprimatur.editorial.records import RECORDS
from imprimatur.editorial.repository import ARTICLES, BIBLIOGRAPHY
from imprimatur.errors import Finding, RuleName

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprimatur.editorial import FiledAct
    from imprimatur.gate.examination import Examination


def article_has_record(examination: Examination) -> Iterator[Finding]:
    """Every manuscript has been submitted.

    Bad: docs/articles/spinal-mri.md without a folder editorial/records/spinal-mri/
    Good: a `submit` act beside every manuscript
    """
    repository = examination.repository
    for slug in repository.slugs:
        acts = repository.records(slug).value or ()
        if not any(filed.act.act is ActName.SUBMIT for filed in acts):
            message = "there is no `submit` act for this article"
            cure = f"run `imprimatur submit {slug}`, or restore the act if it was deleted"
            yield _finding(f"{ARTICLES}/{slug}.md", "article-has-record", message, cure)


def record_has_article(examination: Examination) -> Iterator[Finding]:
    """Every record is about a manuscript that is there: slugs are never reused or dropped.

    Bad: editorial/records/spinal-mri/ without docs/articles/spinal-mri.md
    Good: the manuscript stays for as long as its record
    """
    repository = examination.repository
    for slug in sorted(set(repository.record_paths) - set(repository.slugs)):
        message = f"these acts are about `{slug or 'no article'}`, of which there is no manuscript"
        cure = "give the manuscript its name back, or restore it from history"
        yield _finding(f"{RECORDS}/{slug}".rstrip("/"), "record-has-article", message, cure)


def record_names_this_site(examination: Examination) -> Iterator[Finding]:
    """Every act was done for this site.

    Bad: an act copied from another site
    Good: an act whose `site` is that of editorial/policy.yml
    """
    policy = examination.repository.policy.value
    for filed in _filed(examination):
        if policy is not None and filed.act.site != policy.site:
            message = f"this act is for the site `{filed.act.site}`, this is `{policy.site}`"
            cure = "delete the copied act"
            yield _finding(filed.path, "record-names-this-site", message, cure)


def record_matches_manuscript(examination: Examination) -> Iterator[Finding]:
    """The text that was submitted last is the text that stands in the manuscript.

    Bad: a manuscript, or a reference it cites, edited after `submit`
    Good: a new `submit` after the last edit
    """
    repository = examination.repository
    for slug in repository.slugs:
        manifest, policy = repository.manifest(slug), repository.policy.value
        if manifest is None or policy is None:
            continue
        acts = repository.records(slug).value or ()
        last = last_submission(acts, manifest, policy, examination.now)
        if last is not None and last.manuscript != manifest.digest:
            message = (
                "the text, or a reference it cites, was changed after it was submitted for round "
                f"{last.round}: "
                f"submitted {last.manuscript[:19]}…, now {manifest.digest[:19]}…"
            )
            cure = f"run `imprimatur submit {slug}` to submit the present text"
            path = f"{ARTICLES}/{slug}.md"
            yield _finding(path, "record-matches-manuscript", message, cure)


def record_is_kept(examination: Examination) -> Iterator[Finding]:
    """Acts are added, and never changed or removed: a mistake is corrected by another act.

    Bad: an act whose name or digest was edited after it was committed
    Good: a new act beside it
    """
    for path in rewritten(examination.repository.root, RECORDS):
        message = "this act was changed or deleted after it was committed"
        cure = "restore it as it was first committed, and correct it by another act"
        yield _finding(path, "record-is-kept", message, cure)


def article_is_approved(examination: Examination) -> Iterator[Finding]:
    """Every article that would be published is approved, exactly as it stands.

    Bad: an article whose standing is submitted
    Good: an article whose standing is approved
    """
    repository = examination.repository
    for slug in repository.slugs:
        standing = repository.standing(slug, examination.now)
        if not standing.is_published:
            message = f"`{slug}` is pending review: its standing is {standing.state}"
            cure = f"it waits for {'; and for '.join(standing.waits_for) or 'the board'}"
            yield _finding(f"{ARTICLES}/{slug}.md", "article-is-approved", message, cure)


def tree_is_committed(examination: Examination) -> Iterator[Finding]:
    """What is published is what is committed: nothing changed, unknown or ignored lies beside it.

    Bad: an edit that is not committed yet
    Good: a clean working tree
    """
    watched = ("docs", "editorial", BIBLIOGRAPHY, "mkdocs.yml")
    for path in uncommitted(examination.repository.root, watched):
        message = "this file is not what the commit holds"
        cure = "commit it, or remove it"
        yield _finding(path, "tree-is-committed", message, cure)


def signature_is_verified(examination: Examination) -> Iterator[Finding]:
    """Every act but a submission is signed, where the policy requires it, and proven genuine.

    Bad: a review without its .sig file
    Good: a review, and beside it the signature that `imprimatur review` wrote
    """
    policy = examination.repository.policy.value
    for filed in _filed(examination):
        unsigned = filed.signature is Signature.ABSENT and filed.act.act is not ActName.SUBMIT
        if unsigned and policy is not None and policy.signatures == "required":
            message = f"this `{filed.act.act}` is not signed, so it weighs nothing"
            cure = "restore its .sig file, or have the act done again by the command"
            yield _finding(filed.path, "signature-is-verified", message, cure)


def unverified(examination: Examination) -> Iterator[str]:
    """Why signatures cannot be verified: this version does not know how."""
    for filed in _filed(examination):
        if filed.signature is Signature.NOT_CHECKED:
            yield f"{filed.path} is signed, and this version does not verify signatures"


def _filed(examination: Examination) -> Iterator[FiledAct]:
    """Every readable act, of whatever article."""
    for slug in sorted(examination.repository.record_paths):
        yield from examination.repository.records(slug).value or ()


def _finding(path: str, rule: str, message: str, cure: str) -> Finding:
    return Finding(path=path, line=0, rule=RuleName(rule), message=message, cure=cure)
