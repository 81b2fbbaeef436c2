"""Proof that somebody holds a key: their signature under the site, their id and the key itself."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING, Final

from imprimatur.editorial.act import Signature
from imprimatur.editorial.signature import verify
from imprimatur.editorial.signing import PROOF_NAMESPACE, CannotSignError, sign
from imprimatur.editorial.ssh_key import canonical
from imprimatur.errors import CannotExamineError

if TYPE_CHECKING:
    from pathlib import Path

_BEGIN: Final = "-----BEGIN SSH SIGNATURE-----"
_LIMIT: Final = 64 * 1024


def public_key(file: Path) -> str:
    """The line of a .pub file. Raises CannotExamineError for what is no public key."""
    try:
        text = file.read_bytes()[:_LIMIT].decode().strip()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise CannotExamineError(
            f"{file} cannot be read ({why}); name the .pub file, or make a key: "
            "ssh-keygen -t ed25519"
        ) from None
    try:
        canonical(text)
    except ValueError as error:
        raise CannotExamineError(f"{file}: {error}") from None
    return text


def own_public_key(file: Path) -> str:
    """The public key that belongs to a file of either half."""
    public = file if file.suffix == ".pub" else file.with_name(f"{file.name}.pub")
    if not public.is_file():
        raise CannotExamineError(
            f"there is no public key {public}; write it with: ssh-keygen -y -f {file} > {public}"
        )
    return public_key(public)


def prove(site: str, identifier: str, file: Path) -> str:
    """A proof, made with a key that is held here. Raises CannotSignError."""
    claim = _claim(site, identifier, own_public_key(file))
    return claim + sign(claim.encode(), file, namespace=PROOF_NAMESPACE).decode()


def demand_proof(proof: str, site: str, identifier: str, public: str) -> None:
    """Refuse a proof that was not made by the holder of this key, for this id on this site.

    Raises CannotExamineError.
    """
    claim = _claim(site, identifier, public)
    told, begin, armour = proof.replace("\r\n", "\n").partition(_BEGIN)
    if not begin:
        raise CannotExamineError(f"this is no proof; it is made with: {command(site, identifier)}")
    other = [line for line in told.strip().splitlines() if line not in claim.splitlines()]
    if told.strip() != claim.strip():
        shown = "; ".join(ascii(line)[1:-1][:100] for line in other) or "incomplete"
        raise CannotExamineError(
            f"this proof was made for something else ({shown}); "
            f"it is made with: {command(site, identifier)}"
        )
    seal = verify(claim.encode(), (begin + armour).encode(), namespace=PROOF_NAMESPACE)
    if seal.signature is not Signature.VALID:
        raise CannotExamineError(f"this proof does not hold: {seal.fault}")
    if seal.key != canonical(public):
        raise CannotExamineError("this proof was made with another key than the one it names")


def demand_own(site: str, identifier: str, file: Path) -> None:
    """Refuse a key that nobody here can sign with. Raises CannotSignError."""
    public = public_key(file)
    try:
        demand_proof(prove(site, identifier, file), site, identifier, public)
    except CannotSignError as error:
        raise CannotSignError(
            f"nobody has shown that they hold this key: {error}. If it is somebody else's, let "
            f"them run, on their own machine, and send you what it prints:\n"
            f"  {command(site, identifier)}\nThen give it with --proof"
        ) from None


def command(site: str, identifier: str) -> str:
    """What a person runs to prove that they hold a key."""
    key = "--key ~/.ssh/id_ed25519"
    return f"imprimatur appoint {identifier} --prove --site {quote(site)} {key} > proof.txt"


def _claim(site: str, identifier: str, public: str) -> str:
    lines = ("I hold this key.", f"site: {site}", f"id: {identifier}", f"key: {canonical(public)}")
    return "".join(f"{line}\n" for line in lines)
