"""What an approval needs and how long it lasts: ``editorial/policy.yml``."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from imprimatur.editorial.vocabulary import UNIQUE, ActName, Role, Roles, once
from imprimatur.manuscript.front_matter import Identifier, Line
from imprimatur.strict import Closed

# No more than what every mail program takes unquoted, so that it is a link as it stands.
_MAILBOX: Final = re.compile(r"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@(?P<host>[A-Za-z0-9.-]+)")
_HOST: Final = re.compile(
    r"(?=.{4,253}\Z)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]"
)
_FORM: Final = re.compile(r"https://[A-Za-z0-9._~:/?#@!$&()*+,;=%\[\]-]+")
_CONTACTS: Final = "write board@example.org, or https://example.org/issues/new of an issue form"


def _contact(address: str) -> str:
    """Where readers can write to, which becomes a link on every page."""
    if address.lower().startswith("mailto:"):
        raise ValueError("an e-mail address stands here by itself, without `mailto:`")
    mailbox = _MAILBOX.fullmatch(address)
    if mailbox and _HOST.fullmatch(mailbox["host"]):
        return address
    if address.lower().startswith("http:"):
        raise ValueError("what readers write would travel unprotected; the address needs https://")
    if not _FORM.fullmatch(address):
        raise ValueError(f"this is neither an e-mail address nor an https address; {_CONTACTS}")
    try:
        parts = urlsplit(address)
        has_port = parts.port is None or parts.port > 0
    except ValueError:
        raise ValueError(f"this address cannot be taken apart; {_CONTACTS}") from None
    if parts.username is not None or not has_port or not _HOST.fullmatch(parts.hostname or ""):
        raise ValueError(f"behind https:// stands the name of a site; {_CONTACTS}")
    return address


def _own_site(address: str) -> str:
    if any(sign in address for sign in " \t<>\"'"):
        raise ValueError("an address has no blanks, quotes or angle brackets")
    return address


def _no_cycle(audiences: tuple[Audience, ...]) -> tuple[Audience, ...]:
    fallback = {each.id: each.fallback for each in audiences}
    if len(fallback) < len(audiences):
        raise ValueError("two audiences have the same id")
    for start, first in fallback.items():
        seen, here = {start}, first
        while here is not None:
            if here not in fallback:
                raise ValueError(f"the fallback `{here}` is no audience of this policy")
            if here in seen:
                raise ValueError(f"the fallbacks of `{start}` go round in a circle")
            seen.add(here)
            here = fallback[here]
    return audiences


def _plain_labels(audiences: tuple[Audience, ...]) -> tuple[Audience, ...]:
    seen: dict[str, str] = {}
    for each in audiences:
        other = seen.setdefault(each.label.casefold(), each.id)
        if other != each.id:
            raise ValueError(f"`{other}` and `{each.id}` have one label; nobody could choose")
    return audiences


def _somebody(roles: tuple[Role, ...]) -> tuple[Role, ...]:
    if not roles:
        raise ValueError("nobody may do this act; name a role, or leave the act out to say so")
    return roles


_Somebody = Annotated[Roles, AfterValidator(_somebody), Field(json_schema_extra={"minItems": 1})]

Contact = Annotated[str, Field(max_length=300), AfterValidator(_contact)]
"""An e-mail address, or the https address of a form."""


class Pending(StrEnum):
    """What ``publish`` does with an article that is not approved."""

    BLOCK = "block"
    WITHHOLD = "withhold"
    LAST_APPROVED = "last-approved"


class Audience(Closed):
    """Whom a passage may be for.

    fallback: the audience whose text is shown where there is none for this one.
    reading_grade: the highest school grade its text may need; none means no ceiling.
    disclaimer: what its readers are told below every article.
    """

    id: Identifier
    label: Line
    fallback: Identifier | None = None
    reading_grade: Annotated[int, Field(ge=1, le=20)] | None = None
    disclaimer: Annotated[str, Field(min_length=1, max_length=2000)]


class ArticleClass(Closed):
    """What an approval of one kind of article needs.

    quorum: how many eligible people must approve.
    specialties, roles: each must be found among them.
    checklist: what each of them is asked to confirm, one line for each thing.
    valid_months: how long an approval holds; grace_days: how long it is shown after that.
    """

    quorum: Annotated[int, Field(ge=1, le=20)]
    specialties: Annotated[tuple[Identifier, ...], AfterValidator(once), UNIQUE] = ()
    roles: Roles = ()
    checklist: Annotated[tuple[Line, ...], AfterValidator(once), UNIQUE] = ()
    valid_months: Annotated[int, Field(ge=1, le=120)]
    grace_days: Annotated[int, Field(ge=0, le=366)]


class Policy(Closed):
    """The rules of one board.

    version: only grows. site: the address that acts name, against replay on another site; each act
        counts by the one that was in force when it arrived.
    classes: what an approval needs, by kind of article.
    acts: who may do which act; an act that is not named here is nobody's.
    questions, errors: where readers' follow-up questions and error reports go, an e-mail address or
        the https address of an issue form.
    audiences: few enough to choose from on every page.
    pending: what is done with an article that is not approved.
    signatures: whether an act without a signature can count.
    light_review: whether one earlier approver may pass an edit that touches nothing of weight.
    platform_identities: commit addresses of the forge itself, which is nobody's authorship.
    style: how references are printed.
    """

    version: Annotated[int, Field(ge=1)]
    site: Annotated[Line, AfterValidator(_own_site)]
    audiences: Annotated[
        tuple[Audience, ...],
        Field(min_length=1, max_length=12),
        AfterValidator(_no_cycle),
        AfterValidator(_plain_labels),
    ]
    classes: Annotated[
        dict[Identifier, ArticleClass],
        Field(min_length=1, json_schema_extra={"additionalProperties": False}),
    ]
    acts: dict[ActName, _Somebody]
    pending: Pending
    signatures: Literal["required", "optional"]
    light_review: bool
    platform_identities: tuple[Line, ...] = ()
    style: Literal["ama"]
    questions: Contact | None = None
    errors: Contact | None = None

    def audience(self, identifier: str) -> Audience | None:
        """The audience of that id, if the policy knows it."""
        return next((each for each in self.audiences if each.id == identifier), None)
