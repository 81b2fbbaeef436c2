"""Whether somebody may judge a text, and whether they said all that an approval must say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprimatur.editorial.names import skeleton

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from imprimatur.editorial.act import FiledAct
    from imprimatur.editorial.board import Board
    from imprimatur.editorial.landing import Change
    from imprimatur.editorial.policy import Policy
    from imprimatur.manuscript import Manifest


def conflict(filed: FiledAct, waived: frozenset[str]) -> str | None:
    """Why a review does not count for its signer's interests, or None.

    waived: digests of the reviews whose conflict somebody else waived.
    """
    asked = filed.act.conflict_of_interest
    if asked is None or not asked.declared:
        return "nobody asked its signer for a conflict of interest"
    if not asked.none and filed.digest not in waived:
        return "its signer has a conflict of interest, and nobody has waived it"
    return None


def incomplete(filed: FiledAct, about: Manifest, policy: Policy) -> str | None:
    """What an approval leaves out of all that it must say of a text, or None.

    The checklist is that of the policy in force when it arrived: nobody confirms what was asked
    later. policy: the one in force now, for a class that was not known then.
    """
    if missing := sorted(set(about.audiences) - set(filed.act.audiences)):
        return f"it does not name the audience {', '.join(missing)}"
    then, name = filed.landing.policy if filed.landing else None, about.article_class
    asked = (then and then.classes.get(name)) or policy.classes.get(name)
    left = [item for item in asked.checklist if item not in filed.act.checklist] if asked else []
    return f"it does not confirm, of the checklist: {left[0]}" if left else None


def dependence(
    filed: FiledAct,
    manifest: Manifest,
    changes: Iterable[Change],
    boards: Iterable[Board] = (),
    stood: int = -1,
) -> str | None:
    """Why its signer is no independent judge of this text, or None.

    changes: the commits that made the text what it was when the act arrived, or when it first stood
    on the protected branch, if that was later: what somebody approves beforehand they may not then
    write. stood: that place, as the order of a landing.
    boards: what else is known of the signer, beside the board under which it arrived.
    """
    landing = filed.landing
    if landing is None:
        return "it is not known when it came to the protected branch"
    people = [each.person(filed.act.by) for each in (landing.board, *boards)]
    known = [person for person in people if person is not None]
    written = {skeleton(name) for name in manifest.authors} | manifest.authors
    for person in known:
        if skeleton(person.name) in written or person.orcid in written:
            return f"`{person.id}` is an author of the text"
    own = {address.casefold() for person in known for address in person.git}
    for change in changes:
        if change.order <= max(landing.order, stood) and own & set(change.addresses):
            return f"`{filed.act.by}` changed the text, in the commit {change.commit[:12]}"
    return None


def unknown_addresses(
    changes: Iterable[Change], board: Board, policy: Policy
) -> Iterator[tuple[Change, str]]:
    """Addresses of commits of which nobody knows whose they are, each with its commit."""
    known = {each.casefold() for each in policy.platform_identities}
    for addresses in (*(each.git for each in board.people), *(e.git for e in board.contributors)):
        known |= {address.casefold() for address in addresses}
    for change in changes:
        for address in change.addresses:
            if address not in known:
                yield change, address
