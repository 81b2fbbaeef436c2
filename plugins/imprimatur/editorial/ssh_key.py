"""SSH public keys in their one-line form: which may sign acts, and what they are called."""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import Final

RSA: Final = "ssh-rsa"

_LIKE: Final = "`ssh-ed25519 AAAA…`, as it stands in the file that ends in .pub"
_OTHER: Final = "sign with another key, best one of the kind ed25519"
# How many parts follow the kind in the bytes of a key.
_PARTS: Final = {
    "ssh-ed25519": 1,
    RSA: 2,
    "ecdsa-sha2-nistp256": 2,
    "ecdsa-sha2-nistp384": 2,
    "ecdsa-sha2-nistp521": 2,
    "sk-ssh-ed25519@openssh.com": 2,
    "sk-ecdsa-sha2-nistp256@openssh.com": 3,
}
_ED25519_BYTES: Final = 32
# A 4, which says that both coordinates follow, and these.
_POINT_BYTES: Final = {b"nistp256": 65, b"nistp384": 97, b"nistp521": 133}
# OpenSSH takes no larger key; without a bound, one file could keep the machine busy for minutes.
_RSA_BITS: Final = range(2048, 16385)
# Set, the first bit of a number says that it is below zero.
_FIRST_BIT: Final = 0x80


def canonical(public: str) -> str:
    """Kind and key in Base64, without comment, by which two keys are the same.

    Raises ValueError, with what was expected, for what is no public key that may sign acts.
    """
    if "PRIVATE KEY" in public:
        raise ValueError("this is a private key, which nobody else may see; give the .pub file")
    kind, _, rest = public.strip().partition(" ")
    if not rest or "\n" in rest or "\r" in rest:
        raise ValueError(f"an SSH public key is one line such as {_LIKE}")
    try:
        blob = binascii.a2b_base64(rest.split()[0].encode("ascii", "replace"), strict_mode=True)
    except binascii.Error:
        raise ValueError(
            f"no whole key stands behind the first word; a key is one line such as {_LIKE}"
        ) from None
    key = key_of(blob)
    inner = key.split()[0]
    if inner != kind:
        raise ValueError(
            f"the line says {shown(kind.encode('ascii', 'replace'))}, but the key in it is {inner}"
        )
    return key


def fingerprint(public: str) -> str:
    """The short name of a key, ``SHA256:…``, as ssh-keygen prints it.

    Raises ValueError as ``canonical`` does.
    """
    blob = base64.b64decode(canonical(public).split()[1])
    return "SHA256:" + base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")


def key_of(blob: bytes) -> str:
    """The canonical line of a key from its bytes.

    Raises ValueError for kinds that may not sign acts, keys that are too weak, and damaged ones.
    """
    # First of all, since the inside of other kinds may be of another make.
    kind = shown(blob[4 : 4 + int.from_bytes(blob[:4], "big")])
    if kind not in _PARTS:
        raise ValueError(_refusal(kind))
    try:
        _, *parts = strings(blob)
    except ValueError:
        raise ValueError("the public key in it is damaged") from None
    if len(parts) != _PARTS[kind] or not _is_whole(kind, parts):
        raise ValueError(f"the public key in it is no whole key of the kind {kind}")
    if kind == RSA:
        _demand_size(parts[1])
    return f"{kind} {base64.b64encode(blob).decode()}"


def strings(blob: bytes) -> list[bytes]:
    """All parts of an SSH structure, each with its length before it and nothing between.

    Raises ValueError where it ends too early.
    """
    found, place = [], 0
    while place < len(blob):
        start = place + 4
        place = start + int.from_bytes(blob[place:start], "big")
        if max(start, place) > len(blob):
            raise ValueError("it ends too early")
        found.append(blob[start:place])
    return found


def shown(raw: bytes) -> str:
    """A name out of a file that anybody may have written, fit for a terminal."""
    return ascii(raw[:60].decode("utf-8", "replace"))[1:-1]


def _refusal(kind: str) -> str:
    if "-cert-" in kind:
        return "it is a certificate, and the board knows plain keys only; sign with a plain key"
    if kind == "ssh-dss":
        return f"keys of the kind ssh-dss are too weak; {_OTHER}"
    return f"`{kind}` is no kind of key that may sign; {_OTHER}"


def _demand_size(modulus: bytes) -> None:
    bits = int.from_bytes(modulus, "big").bit_length()
    if bits not in _RSA_BITS:
        span = f"{_RSA_BITS[0]} to {_RSA_BITS[-1]}"
        raise ValueError(f"its RSA key has {bits} bits, and may have {span}; {_OTHER}")


def _is_whole(kind: str, parts: list[bytes]) -> bool:
    if kind == RSA:
        # With the exponent 1, anybody could sign.
        return all(_is_plain(each) and each[-1] & 1 for each in parts) and parts[0] != b"\x01"
    if "ed25519" in kind:
        return len(parts[0]) == _ED25519_BYTES
    curve, point = parts[:2]
    fits = shown(curve) in kind and len(point) == _POINT_BYTES.get(curve)
    return fits and point.startswith(b"\x04")


def _is_plain(number: bytes) -> bool:
    """Whether it is above zero and written in the shortest way: else one key could be two."""
    first, second = number[:1], number[1:2]
    if first == b"\0":
        return bool(second) and second[0] >= _FIRST_BIT
    return bool(first) and first[0] < _FIRST_BIT
