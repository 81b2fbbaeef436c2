"""Who wrote a work: people, groups, and the others who are not named."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An author or editor, as printed.

    surname: with its particles, ``van der Star``; for a group its whole name.
    initials: of the given names, ``LM``; empty for a group or a single name.
    suffix: ``Jr``, ``III``.
    group: whether this is a body and not a person.
    """

    surname: str
    initials: str = ""
    suffix: str = ""
    group: bool = False

    def __str__(self) -> str:
        return " ".join(filter(None, (self.surname, self.initials, self.suffix)))


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Those who wrote or edited a work, in order.

    others: the list ends in ``and others``: there are more, not named.
    """

    named: tuple[Person, ...] = ()
    others: bool = False

    def __bool__(self) -> bool:
        return bool(self.named)

    @property
    def running(self) -> str:
        """As a sentence names them: ``Park et al``, ``Liu and Wang``; AMA sets no stop there."""
        surnames = [one.surname for one in self.named]
        if self.others or len(surnames) > 2:  # noqa: PLR2004 - two are named both
            return f"{surnames[0]} et al" if surnames else ""
        return " and ".join(surnames)
