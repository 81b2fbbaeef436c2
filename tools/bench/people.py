"""A demonstration board with real keys, and the acts its members sign."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

SITE: Final = "demonstration.example"
AUTHOR: Final = "demonstration-author"
REVIEWERS: Final = 4

_NAMESPACE: Final = b"imprimatur"
_PREAMBLE: Final = b"SSHSIG"
_VERSION: Final = (1).to_bytes(4, "big")
_WIDTH: Final = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A reviewer of the demonstration board, with both halves of a key."""

    number: int
    key: Ed25519PrivateKey

    @property
    def id(self) -> str:
        """The id on the board."""
        return f"demonstration-reviewer-{self.number}"

    @property
    def name(self) -> str:
        """The printed name."""
        return f"Demonstration Reviewer {'ABCDEFGH'[self.number]}"

    @property
    def public(self) -> str:
        """The line of the .pub file."""
        raw = self.key.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)
        return raw.decode()

    def sign(self, data: bytes) -> bytes:
        """The armoured signature that ``ssh-keygen -Y sign -n imprimatur`` makes, 5 ms sooner."""
        public = base64.b64decode(self.public.split()[1])
        tail = _string(_NAMESPACE) + _string(b"") + _string(b"sha512")
        proof = self.key.sign(_PREAMBLE + tail + _string(hashlib.sha512(data).digest()))
        inner = _string(_string(b"ssh-ed25519") + _string(proof))
        blob = base64.b64encode(_PREAMBLE + _VERSION + _string(public) + tail + inner).decode()
        lines = [blob[start : start + _WIDTH] for start in range(0, len(blob), _WIDTH)]
        frame = ("-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", "")
        return "\n".join(frame).encode()


def members() -> tuple[Member, ...]:
    """The reviewers, each with a new key that is kept nowhere."""
    return tuple(
        Member(number=number, key=Ed25519PrivateKey.generate()) for number in range(REVIEWERS)
    )


def board(people: tuple[Member, ...]) -> str:
    """The board's file."""
    return "version: 1\npeople:\n" + "".join(map(_person, people)) + _CONTRIBUTOR


def acts(
    slug: str, manuscript: str, reviewers: tuple[Member, Member], at: datetime
) -> Iterator[tuple[str, bytes]]:
    """A submission and two signed approvals of it: the path of each file, and its bytes.

    manuscript: the digest of the manifest. at: when they were signed.
    """
    submit = _act("submit", slug, manuscript, AUTHOR, at) + "role: author\n"
    submit += "printed_name: Demonstration author\nmeaning: I submit this text for review.\n"
    yield _path(slug, "submit", AUTHOR, at), submit.encode()
    answered = hashlib.sha256(submit.encode()).hexdigest()
    for member in reviewers:
        review = _act("review", slug, manuscript, member.id, at) + _REVIEW.format(
            name=member.name, previous=answered
        )
        path = _path(slug, "review", member.id, at)
        yield path, review.encode()
        yield f"{path}.sig", member.sign(review.encode())


def approval_of_site(digest: str, editor: Member, at: datetime) -> Iterator[tuple[str, bytes]]:
    """An editor's signed approval of the first list of the site's own files, as ``acts``."""
    review = _act("review", "site", digest, editor.id, at) + _OF_SITE.format(name=editor.name)
    path = _path("site", "review", editor.id, at)
    yield path, review.encode()
    yield f"{path}.sig", editor.sign(review.encode())


def _act(act: str, slug: str, manuscript: str, by: str, at: datetime) -> str:
    return f"""\
act: {act}
site: {SITE}
article: {slug}
round: 1
manuscript: {manuscript}
by: {by}
signed_at: '{at:%Y-%m-%dT%H:%M:%SZ}'
"""


def _path(slug: str, act: str, by: str, at: datetime) -> str:
    return f"editorial/records/{slug}/{at:%Y%m%dT%H%M%SZ}-{act}-{by}.yml"


def _person(member: Member) -> str:
    return f"""\
- id: {member.id}
  name: {member.name}
  credentials: none, a demonstration
  affiliation: Nowhere
  roles: [{"editor, " if member.number == 0 else ""}reviewer]
  specialties: [radiology]
  term: {{from: 2020-01-01}}
  interests: none
  git: [{member.id}@demonstration.example]
  keys:
  - {{public: {member.public}, valid_from: 2020-01-01}}
"""


def _string(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data


_CONTRIBUTOR: Final = f"""\
contributors:
- {{id: {AUTHOR}, name: Demonstration author, git: [{AUTHOR}@demonstration.example]}}
"""

_OF_SITE: Final = """\
role: editor
printed_name: {name}
meaning: I approve the site's own files for publication.
decision: approve
"""

_REVIEW: Final = """\
role: reviewer
printed_name: {name}
meaning: I approve this text for publication.
decision: approve
audiences: [clinician, patient]
checklist:
- I read the text for every audience.
- I read every cited source that I could get, and it says what the text says.
- I know of no newer evidence that would change the answer.
conflict_of_interest: {{declared: true, none: true}}
previous: sha256:{previous}
"""
