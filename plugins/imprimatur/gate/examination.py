"""What the rules look at: the repository, each article's proof, and the instant of asking."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from imprimatur.bibliography import EvidenceSection
from imprimatur.editorial import Standing, State
from imprimatur.editorial.arrival import arrival
from imprimatur.editorial.places import ARTICLES, BIBLIOGRAPHY, DOCS
from imprimatur.editorial.site_record import read_site
from imprimatur.errors import Finding, RuleName
from imprimatur.gate.image_rules import images_of
from imprimatur.gate.judged import judge_all
from imprimatur.gate.seen import see, see_all, see_record
from imprimatur.manuscript import Mark, excess, hidden_entities, scan_marks
from imprimatur.press import BOARD_PAGE, POLICY_PAGE, Copy, Proof, print_copy
from imprimatur.strict import Reading, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from imprimatur.editorial import Discount, Policy, Repository
    from imprimatur.editorial.site_record import SiteRecord
    from imprimatur.gate.judged import Found, Judged
    from imprimatur.gate.seen import Seen
    from imprimatur.manuscript import MarkLine

SITE_PAGE_IS_READABLE = RuleName("site-page-is-readable")

_DRAFT: Final = Standing(state=State.DRAFT)
_LIMIT: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleProof:
    """One article as it would be printed.

    marks: the blocks in its source; mark_findings: what is wrong with them.
    """

    copy: Copy
    proof: Proof
    marks: tuple[MarkLine, ...]
    mark_findings: tuple[Finding, ...]

    def finding(self, line: int, rule: str, message: str, cure: str) -> Finding:
        """A breach in this article's manuscript."""
        path = self.copy.manuscript.path
        return Finding(path=path, line=line, rule=RuleName(rule), message=message, cure=cure)


def prove(copy: Copy, proof: Proof) -> ArticleProof:
    """Lay a proof beside the blocks its manuscript was written with."""
    manuscript = copy.manuscript
    marks, findings = scan_marks(
        manuscript.body, manuscript.path, manuscript.body_line, article_blocks(copy.policy)
    )
    return ArticleProof(copy=copy, proof=proof, marks=marks, mark_findings=findings)


def article_blocks(policy: Policy) -> dict[str, frozenset[str] | None]:
    """The blocks an article may hold, each with the arguments it takes."""
    return {
        Mark.ANSWER: None,
        Mark.SAFETY: None,
        Mark.EVIDENCE: frozenset(EvidenceSection),
        Mark.AUDIENCE: frozenset(each.id for each in policy.audiences),
    }


def copy_of(repository: Repository, slug: str, now: datetime) -> Copy | None:
    """What an article is printed from, or None where a part of it cannot be read."""
    return copy_at(repository, slug, repository.standing(slug, now), now)


def copy_at(repository: Repository, slug: str, standing: Standing, now: datetime) -> Copy | None:
    """As ``copy_of``, where the standing is known already."""
    manuscript, policy = repository.manuscript(slug).value, repository.policy.value
    manifest = repository.manifest(slug)
    if manuscript is None or policy is None or manifest is None:
        return None
    # A committer writes any date.
    edited = (repository.edited or {}).get(manuscript.path)
    return Copy(
        manuscript=manuscript,
        bibliography=repository.bibliography,
        policy=policy,
        standing=standing,
        digest=manifest.digest,
        edited=None if edited is None else min(edited, now),
        history=tuple(sorted(repository.record(slug, now).acts, key=arrival)),
        pages=pages_of(repository),
    )


def pages_of(repository: Repository) -> frozenset[str]:
    """The site pages there are that every article leads to."""
    return repository.docs & {BOARD_PAGE, POLICY_PAGE}


def as_text(copy: Copy) -> Copy:
    """A copy to judge by: where a notice stands in place of the text, that may be approved anew."""
    return replace(copy, standing=_DRAFT) if copy.standing.is_notice else copy


def _judged(copy: Copy) -> Found:
    """An article printed and looked at by every rule about an article."""
    # The rules look at what stands here, so they cannot be loaded before it.
    from imprimatur.gate.rules import judge  # noqa: PLC0415

    text = as_text(copy)
    proof = print_copy(text, directories=False)
    return judge(text, proof), tuple(images_of(proof.html))


class Examination:
    """One look at a repository at one instant.

    site: folder of a built preview, for the rules that look at addresses; None if there is none.
    seen: what was seen of the articles before, by slug.
    """

    def __init__(
        self,
        repository: Repository,
        now: datetime,
        site: Path | None = None,
        seen: Mapping[str, Seen] | None = None,
    ) -> None:
        self.repository = repository
        self.now = now
        self.site = site
        self._standings: dict[str, Standing] = {}
        self._seen = dict(seen or {})

    def see_all(self) -> None:
        """See every article at once, which is far quicker."""
        if not self._seen:
            self._seen.update(see_all(self.repository, self.now))

    def seen(self, slug: str) -> Seen:
        """What the rules have to know of an article, or of a record without one."""
        if slug not in self._seen:
            is_article = slug in self.repository.slugs
            self._seen[slug] = (
                see(self.repository, slug, self.standing(slug), self.now)
                if is_article
                else see_record(self.repository, slug)
            )
        return self._seen[slug]

    def standing(self, slug: str) -> Standing:
        """The standing of an article, asked by many rules and derived once."""
        if slug not in self._standings:
            self._standings[slug] = self.repository.standing(slug, self.now)
        return self._standings[slug]

    @cached_property
    def own_files(self) -> SiteRecord:
        """The site's own files, and whether an editor approved them."""
        return read_site(self.repository, self.now)

    @property
    def discounts(self) -> Iterator[Discount]:
        """Every act that weighs nothing, about an article or about the site."""
        for slug in self.repository.slugs:
            yield from self.standing(slug).discounts
        yield from self.own_files.standing.discounts

    @cached_property
    def worthless(self) -> frozenset[str]:
        """Files of the records that prove nothing, or say nothing: they may be taken out again."""
        repository = self.repository
        unreadable = {
            finding.path for slug in repository.record_paths for finding in self.seen(slug).record
        }
        forged = {each.path for each in self.discounts if each.is_forged}
        return frozenset(unreadable | forged)

    @cached_property
    def articles(self) -> tuple[Judged, ...]:
        """Every article that can be printed; the others are named by the rules on reading."""
        repository, standing, now = self.repository, self.standing, self.now
        copies = (copy_at(repository, slug, standing(slug), now) for slug in repository.slugs)
        works = repository.files.read(BIBLIOGRAPHY) or b""
        whole = [copy for copy in copies if copy is not None]
        return judge_all(whole, works, _judged, repository.cache)

    @cached_property
    def site_pages(self) -> Mapping[str, Reading[str]]:
        """Every Markdown file below ``docs/`` that is no manuscript, as text."""
        return {
            path: self._site_page(path)
            for path in self.repository.files.under(DOCS)
            if path.endswith(".md") and str(PurePosixPath(path).parent) != ARTICLES
        }

    @cached_property
    def reported(self) -> Mapping[RuleName, tuple[Finding, ...]]:
        """What the readers of files found, by the rule it breaks."""
        repository = self.repository
        found: dict[RuleName, list[Finding]] = defaultdict(list)
        folders = sorted(repository.record_paths)
        gone = self.worthless - {
            path for path in self.worthless if repository.files.read(path) is not None
        }
        for source in (
            repository.missing,
            repository.bibliography.findings,
            repository.policy.findings,
            repository.board.findings,
            *(self.seen(slug).manuscript for slug in repository.slugs),
            *(page.findings for page in self.site_pages.values()),
            *(self.seen(slug).record for slug in folders),
        ):
            for finding in (each for each in source if each.path not in gone):
                found[finding.rule].append(finding)
        return {rule: tuple(findings) for rule, findings in found.items()}

    def _site_page(self, path: str) -> Reading[str]:
        data = self.repository.files.read(path) or b""
        text = read_text(data, path, SITE_PAGE_IS_READABLE, limit=_LIMIT)
        hidden = hidden_entities(text.value or "", path, 1)
        beyond = excess(text.value or "", 1)
        if beyond is not None:
            rule, line = SITE_PAGE_IS_READABLE, beyond.line
            found = Finding(
                path=path, line=line, rule=rule, message=beyond.message, cure=beyond.cure
            )
            return Reading(value=None, findings=(*text.findings, found))
        return Reading(value=text.value, findings=(*text.findings, *hidden))
