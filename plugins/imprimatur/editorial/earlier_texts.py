"""The earlier texts of an article, as far as the law asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprimatur.editorial.landing import PROPOSED, Edit
from imprimatur.editorial.vocabulary import ActName
from imprimatur.editorial.word import is_approval
from imprimatur.manuscript import weigh, word_diff

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from imprimatur.editorial.act import FiledAct
    from imprimatur.editorial.landing import Record
    from imprimatur.editorial.past import Past, PastText
    from imprimatur.editorial.subject import Subject
    from imprimatur.editorial.trunk import Trunk
    from imprimatur.manuscript import Digest, Text


class EarlierTexts:
    """Looks for them in the history of the protected branch."""

    def __init__(self, trunk: Trunk, past: Past) -> None:
        self._trunk, self._past = trunk, past

    def find(self, subject: Subject, digest: Digest, record: Record) -> PastText | None:
        """The text of an article that had this digest, if history holds it."""
        commits = [*self._named(digest, record), *(each.commit for each in record.changes)]
        path = subject.manuscript.path
        return self._past.find(path, digest, dict.fromkeys(reversed(commits)))

    def approved(
        self, record: Record, subject: Subject
    ) -> Iterator[tuple[Digest, PastText | None]]:
        """The earlier texts that were approved, or for which somebody cleared the way.

        Whether one was approved, and by whom it could be, was decided by its own class, readers,
        authors, pictures and works.
        """
        texts = {filed.act.manuscript for filed in record.acts if is_approval(filed)}
        # And who wrote a text clears no way for it.
        texts |= {each for filed in record.acts for each in _cleared(record, filed)}
        path, changes = subject.manuscript.path, [each.commit for each in record.changes]
        for digest in sorted(texts - {subject.manifest.digest}):
            # Where its acts came it mostly still stood, and each commit takes a while to look at.
            commits = [*changes, *sorted(self._named(digest, record), key=self._trunk.order)]
            found = dict.fromkeys(reversed(commits))
            yield digest, self._past.known(path, digest, found, subject.bibliography)

    def stood(
        self, record: Record, subject: Subject, own: Mapping[str, set[str]]
    ) -> Iterator[tuple[Digest, int]]:
        """When the protected branch first held each text that its own judge changed since then.

        They may have put back what they had approved, or brought it themselves after approving it.
        own: the addresses of each member.
        """
        present = subject.manifest.digest
        texts: set[Digest] = set()
        for filed in record.acts:
            answered = _cleared(record, filed)
            if answered or is_approval(filed):
                addresses = own.get(filed.act.by, set())
                order = filed.landing.order if filed.landing else PROPOSED
                judged = {present, *record.texts} if answered else {filed.act.manuscript}
                texts |= {
                    text
                    for text in judged
                    for each in record.made.get(text, record.changes)
                    if each.order > order and addresses & {*each.addresses}
                }
        arrived = {filed.landing.order for filed in record.acts if filed.landing}
        for text in sorted(texts):
            made = {each.order for each in record.made.get(text, record.changes)}
            orders = sorted((arrived | made) - {PROPOSED})
            commits = {self._trunk.commits[order]: order for order in orders}
            found = self._past.find(subject.manuscript.path, text, commits)
            yield text, commits[found.commit] if found else PROPOSED

    def edits(self, record: Record, subject: Subject) -> Iterator[Edit]:
        """What lies between the two texts of every review that calls itself light."""
        pairs = {
            (filed.act.light.since, filed.act.manuscript)
            for filed in record.acts
            if filed.act.light is not None
        }
        for since, to in sorted(pairs):
            old, new = (self._text(digest, record, subject) for digest in (since, to))
            if old is not None and new is not None:
                diff, light = word_diff(old, new).digest, weigh(old, new).is_light
                yield Edit(since=since, to=to, diff=diff, is_light=light)

    def _text(self, digest: Digest, record: Record, subject: Subject) -> Text | None:
        if digest == subject.manifest.digest:
            return subject.text
        past = self.find(subject, digest, record)
        return past.text if past else None

    def _named(self, digest: Digest, record: Record) -> list[str]:
        """The commits by which the acts about a text came to the protected branch."""
        orders = (e.landing.order for e in record.acts if e.act.manuscript == digest and e.landing)
        return [self._trunk.commits[order] for order in orders if order != PROPOSED]


def _cleared(record: Record, filed: FiledAct) -> set[Digest]:
    """The text for which an act overrules or waives something; nothing of any other act."""
    if filed.act.act not in {ActName.OVERRULE, ActName.WAIVE}:
        return set()
    return {each.act.manuscript for each in record.acts if each.digest == filed.act.previous}
