"""What the signature beside an act proves: this key signed exactly these bytes for this purpose.

Whose key it is, and whether it counted then, is the law's business.
"""

from __future__ import annotations

import base64
import binascii
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from imprimatur.editorial.act import Seal, Signature
from imprimatur.editorial.ssh_key import RSA, key_of, shown, strings
from imprimatur.strict.spread import spread

if TYPE_CHECKING:
    from collections.abc import Iterable

    from imprimatur.editorial.cache import Cache, Parts

NAMESPACE: Final = "imprimatur"
"""The purpose of a signature of an act, so that one made for anything else does not count."""

_LIMIT: Final = 64 * 1024
_BEGIN: Final = b"-----BEGIN SSH SIGNATURE-----"
_END: Final = b"-----END SSH SIGNATURE-----"
_ARMOUR: Final = re.compile(_BEGIN + rb"\r?\n([A-Za-z0-9+/=\r\n]+)\n" + _END)
_CONFLICT: Final = re.compile(rb"^(?:<{7}|={7}|>{7})(?:[ \r]|$)", re.MULTILINE)
_PREAMBLE: Final = b"SSHSIG\x00\x00\x00\x01"
_HASHES: Final = (b"sha256", b"sha512")
_RSA_ALGORITHMS: Final = ("rsa-sha2-256", "rsa-sha2-512")
_IN_PROCESS: Final = ("ssh-ed25519", RSA)
_SECONDS: Final = 10.0
_MANY: Final = 300

_OTHER_BYTES: Final = (
    "the act was changed after it was signed, or the signature belongs to another act; "
    "restore both files from history, or sign the act anew"
)
_DAMAGED: Final = "its content is damaged; restore the file from history, or sign the act anew"
_INSTALL: Final = "install OpenSSH 8.2 or newer and try again"


class _FaultError(ValueError):
    """Why a signature does not count, as a clause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Envelope:
    """A signature that is fit to be checked.

    armoured: in its one exact form, so that no two programs read it differently.
    """

    key: str
    namespace: str
    armoured: bytes


def verify(data: bytes, armoured: bytes, *, namespace: str = NAMESPACE) -> Seal:
    """Examine a detached OpenSSH signature over these bytes. Never raises.

    VALID means no more than that the key in it signed exactly these bytes for this purpose.
    NOT_CHECKED means that this machine cannot say.
    """
    try:
        envelope = _open(armoured, namespace)
    except ValueError as fault:
        return Seal(signature=Signature.INVALID, fault=str(fault))
    if envelope.key.split()[0] in _IN_PROCESS:
        return _by_library(data, envelope)
    return _by_ssh_keygen(data, envelope)


def verify_all(
    pairs: Iterable[tuple[bytes, bytes]], cache: Cache, *, namespace: str = NAMESPACE
) -> list[Seal]:
    """Examine signatures, each given as the bytes and the signature over them, in this order.

    Only what was found valid is remembered; a failure is examined anew each time.
    """
    parts: list[Parts] = [(namespace.encode(), data, armoured) for data, armoured in pairs]
    known = cache.get_many("seal", parts)
    new = [each for each in dict.fromkeys(parts) if each not in known]
    found = spread(lambda each: verify(each[1], each[2], namespace=namespace), new, _MANY)
    fresh = dict(zip(new, found, strict=True))
    valid = {each: seal.key for each, seal in fresh.items() if seal.signature is Signature.VALID}
    cache.put_many("seal", valid)
    return [
        fresh[each] if each in fresh else Seal(signature=Signature.VALID, key=known[each])
        for each in parts
    ]


def _open(armoured: bytes, namespace: str) -> _Envelope:
    blob = _stripped(armoured)
    try:
        public, purpose, reserved, hash_name, inner = strings(blob.removeprefix(_PREAMBLE))
    except ValueError:
        raise _FaultError(_DAMAGED) from None
    # Nobody signs what stands in the reserved field, so nothing may.
    if not blob.startswith(_PREAMBLE) or reserved:
        raise _FaultError(_DAMAGED)
    if purpose != namespace.encode():
        raise _FaultError(
            f"it was made for the namespace `{shown(purpose)}`, where `{namespace}` is needed; "
            f"sign with the imprimatur command, or with ssh-keygen -Y sign -n {namespace}"
        )
    if hash_name not in _HASHES:
        raise _FaultError(
            f"it uses the hash `{shown(hash_name)}`, where sha256 or sha512 is needed; "
            "sign the act anew"
        )
    key = key_of(public)
    _demand_algorithm(key.split()[0], inner)
    exact = b"\n".join([_BEGIN, base64.b64encode(blob), _END, b""])
    return _Envelope(key=key, namespace=namespace, armoured=exact)


def _stripped(armoured: bytes) -> bytes:
    """The bytes within the armour, and nothing may stand around it."""
    if len(armoured) > _LIMIT:
        raise _FaultError("it has more than 64 KiB, where no signature has; sign the act anew")
    if _CONFLICT.search(armoured):
        raise _FaultError("it holds the marks of a merge conflict; restore the file from history")
    text = armoured.strip()
    if not text.startswith(_BEGIN):
        begin = _BEGIN.decode()
        raise _FaultError(f"it is no armoured SSH signature, which begins with `{begin}`")
    if _END not in text:
        end = _END.decode()
        raise _FaultError(f"it is cut off before its last line, `{end}`; restore the whole file")
    if text.index(_END) + len(_END) < len(text):
        raise _FaultError("something stands behind its last line; remove that")
    match = _ARMOUR.fullmatch(text)
    try:
        return binascii.a2b_base64(
            re.sub(rb"[\r\n]", b"", match[1] if match else b"?"), strict_mode=True
        )
    except binascii.Error:
        raise _FaultError(_DAMAGED) from None


def _demand_algorithm(kind: str, inner: bytes) -> None:
    """How it was signed must fit the key, with nothing behind that nobody signed."""
    is_hardware = kind.startswith("sk-")
    # Behind the signature of a security key stand one byte of flags and a counter of four.
    body, tail = (inner[:-5], inner[-5:]) if is_hardware else (inner, b"")
    try:
        name, _ = strings(body)
    except ValueError:
        raise _FaultError(_DAMAGED) from None
    algorithm = shown(name)
    allowed = _RSA_ALGORITHMS if kind == RSA else (kind,)
    if algorithm not in allowed:
        raise _FaultError(
            f"it was made with `{algorithm}`, where a key of the kind {kind} signs with "
            f"{' or '.join(allowed)}; sign the act anew"
        )
    # ssh-keygen does not look at this one: the first flag says that somebody touched the key.
    if is_hardware and not (tail and tail[0] & 1):
        raise _FaultError("nobody touched the security key that made it; sign the act anew")


def _by_library(data: bytes, envelope: _Envelope) -> Seal:
    # It takes its time to come, and most signatures are remembered.
    import sshsig  # noqa: PLC0415 - as said

    try:
        key = sshsig.check_signature(data, envelope.armoured, envelope.namespace)
    except sshsig.InvalidSignature:
        return Seal(signature=Signature.INVALID, fault=_OTHER_BYTES)
    except Exception as error:  # noqa: BLE001 - the library lists no errors; none may end the run
        return _unchecked(f"this machine's cryptography cannot check it ({type(error).__name__})")
    return Seal(signature=Signature.VALID, key=key.openssh_str())


def _by_ssh_keygen(data: bytes, envelope: _Envelope) -> Seal:
    kind = envelope.key.split()[0]
    program = shutil.which("ssh-keygen")
    if program is None:
        return _unchecked(f"keys of the kind {kind} need ssh-keygen, which is not here; {_INSTALL}")
    try:
        done = _ask(program, data, envelope)
    except subprocess.TimeoutExpired:
        return _unchecked(f"ssh-keygen gave no answer within {_SECONDS:g} seconds; try again")
    except OSError as error:
        return _unchecked(f"ssh-keygen cannot be run ({error.strerror}); {_INSTALL}")
    if done.returncode == 0:
        return Seal(signature=Signature.VALID, key=envelope.key)
    if b"verification failed" in done.stderr:
        return Seal(signature=Signature.INVALID, fault=_OTHER_BYTES)
    return _unchecked(f"this ssh-keygen cannot check keys of the kind {kind}; {_INSTALL}")


def _ask(program: str, data: bytes, envelope: _Envelope) -> subprocess.CompletedProcess[bytes]:
    with TemporaryDirectory(prefix="imprimatur-") as folder:
        place = Path(folder, "sig")
        place.write_bytes(envelope.armoured)
        command = [program, "-Y", "check-novalidate", "-n", envelope.namespace, "-s", str(place)]
        return subprocess.run(
            command, input=data, capture_output=True, check=False, timeout=_SECONDS
        )


def _unchecked(fault: str) -> Seal:
    return Seal(signature=Signature.NOT_CHECKED, fault=fault)
