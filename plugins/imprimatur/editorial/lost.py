"""Signed acts against a text that never came to the protected branch as they were signed."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from imprimatur.editorial.act import Signature
from imprimatur.editorial.places import RECORDS
from imprimatur.editorial.records import read_act
from imprimatur.editorial.signature import verify
from imprimatur.editorial.word import is_against

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprimatur.editorial.act import FiledAct
    from imprimatur.editorial.ancestry import Ancestry, Made
    from imprimatur.editorial.editions import Editions
    from imprimatur.editorial.ledger import Ledger
    from imprimatur.editorial.trunk import Trunk


class Lost:
    """What whoever merges may have left behind, or stripped of its proof."""

    def __init__(
        self, trunk: Trunk, ledger: Ledger, ancestry: Ancestry, editions: Editions
    ) -> None:
        self._trunk, self._ledger = trunk, ledger
        self._ancestry, self._editions = ancestry, editions

    @cached_property
    def astray(self) -> tuple[str, ...]:
        """Those that got lost on their way.

        Where a branch is merged the wrong way round, or a merge takes one side whole, an act is in
        the history and was never among what the first parents hold.
        """
        first = self._ledger.first
        made = (each for each in self._ancestry.made() if each.path not in first)
        return tuple(sorted({each.path for each in made if self._signed(each) is not None}))

    @cached_property
    def altered(self) -> tuple[str, ...]:
        """Those by members that came without their signature, or with other bytes.

        Until their signers did the same again.
        """
        return tuple(sorted({path for path, filed in self._altered() if not self._is_done(filed)}))

    def _altered(self) -> Iterator[tuple[str, FiledAct]]:
        for each in self._ancestry.made():
            if self._came_otherwise(each):
                here, filed = self._here(each.path), self._signed(each)
                is_whole = here is not None and self._is_members(here)
                if filed is not None and not is_whole and self._is_members(filed):
                    yield each.path, filed

    def _came_otherwise(self, made: Made) -> bool:
        act, seal = (self._ledger.first.get(each) for each in (made.path, f"{made.path}.sig"))
        if act is None or not made.seal:
            return False
        came_so = seal is not None and seal.order <= act.order and seal.blob == made.seal
        return act.blob != made.blob or not came_so

    def _signed(self, made: Made) -> FiledAct | None:
        """An act as a commit added it, if it is against a text and its signature is good."""
        data, armour = (
            self._trunk.file(made.commit, each) for each in (made.path, f"{made.path}.sig")
        )
        filed = read_act(data or b"", made.path, signed=True).value
        if filed is None or data is None or armour is None or not is_against(filed):
            return None
        seal = verify(data, armour)
        return replace(filed, seal=seal) if seal.signature is Signature.VALID else None

    def _acts(self, path: str) -> tuple[FiledAct, ...]:
        """The acts of the article that an act is about."""
        return self._ledger.acts(path.removeprefix(f"{RECORDS}/").partition("/")[0]).value or ()

    def _here(self, path: str) -> FiledAct | None:
        """An act as it came to the branch; None where nobody can read it."""
        return next((each for each in self._acts(path) if each.path == path), None)

    def _is_members(self, filed: FiledAct) -> bool:
        """Whether a key that the board ever knew as its signer's has signed it."""
        people = (board.person(filed.act.by) for board in self._editions.boards)
        return any(person.key(filed.seal.key) is not None for person in people if person)

    def _is_done(self, filed: FiledAct) -> bool:
        """Whether its signer did the same later, and that came to the branch as they signed it."""
        return any(
            (each.act.by, each.act.act) == (filed.act.by, filed.act.act)
            and each.act.signed_at > filed.act.signed_at
            and self._ledger.order(each.path) is not None
            and self._is_members(each)
            for each in self._acts(filed.path)
        )
