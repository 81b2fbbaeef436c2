"""A signature proves that one key signed exactly these bytes for this purpose, and no more."""

from __future__ import annotations

import base64
import hashlib
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from imprimatur.editorial import signature
from imprimatur.editorial.act import Seal, Signature
from imprimatur.editorial.cache import NO_CACHE, Cache
from imprimatur.editorial.signature import verify, verify_all
from imprimatur.editorial.ssh_key import strings
from keys import Key, key_at, make_key

if TYPE_CHECKING:
    from collections.abc import Callable

    Keys = Callable[..., Key]

ACT = b"act: review\nby: r-eviewer\ndecision: approve\n"
OTHER = ACT.replace(b"approve", b"reject")
BEGIN, END = b"-----BEGIN SSH SIGNATURE-----", b"-----END SSH SIGNATURE-----"
HEAD = b"SSHSIG\0\0\0\1"


def parts_of(armoured: bytes) -> list[bytes]:
    """Key, namespace, reserved field, hash and signature of a signature file."""
    inside = armoured.replace(BEGIN, b"").replace(END, b"")
    return strings(base64.b64decode(inside).removeprefix(HEAD))


def joined(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def armour(blob: bytes) -> bytes:
    return BEGIN + b"\n" + base64.encodebytes(blob) + END + b"\n"


def rebuilt(parts: list[bytes]) -> bytes:
    return armour(HEAD + joined(*parts))


def to_be_signed(data: bytes) -> bytes:
    return b"SSHSIG" + joined(b"imprimatur", b"", b"sha512", hashlib.sha512(data).digest())


def by_security_key(data: bytes, flags: int) -> tuple[bytes, str]:
    """What a security key would sign, made without one, and its public key."""
    private = Ed25519PrivateKey.generate()
    raw = serialization.Encoding.Raw, serialization.PublicFormat.Raw
    kind, tail = b"sk-ssh-ed25519@openssh.com", bytes([flags, 0, 0, 0, 7])
    public = joined(kind, private.public_key().public_bytes(*raw), b"ssh:")
    message = hashlib.sha256(b"ssh:").digest() + tail + hashlib.sha256(to_be_signed(data)).digest()
    inner = joined(kind, private.sign(message)) + tail
    made = rebuilt([public, b"imprimatur", b"", b"sha512", inner])
    return made, f"{kind.decode()} {base64.b64encode(public).decode()}"


def refused(seal: Seal, *says: str) -> None:
    assert seal.signature is Signature.INVALID
    assert not seal.key
    for each in says:
        assert each in seal.fault


@pytest.mark.parametrize("kind", ["ed25519", "rsa-3072", "ecdsa", "ecdsa-521"])
@pytest.mark.parametrize("hash_name", ["sha256", "sha512"])
def test_a_signature_of_ssh_keygen_is_valid_and_names_its_key(
    keys: Keys, kind: str, hash_name: str
):
    key = keys("reviewer", kind)
    seal = verify(ACT, key.sign(ACT, "-O", f"hashalg={hash_name}"))
    assert seal == Seal(signature=Signature.VALID, key=key.bare)


@pytest.mark.parametrize("kind", ["ed25519", "rsa-3072", "ecdsa"])
def test_a_changed_act_is_not_what_was_signed(keys: Keys, kind: str):
    refused(verify(OTHER, keys("reviewer", kind).sign(ACT)), "changed after it was signed")
    refused(verify(ACT + b"\n", keys("reviewer", kind).sign(ACT)), "changed after it was signed")


@pytest.mark.parametrize("kind", ["ed25519", "rsa-3072", "ecdsa"])
def test_a_signature_under_the_name_of_another_key_does_not_count(keys: Keys, kind: str):
    parts = parts_of(keys("reviewer", kind).sign(ACT))
    parts[0] = parts_of(keys("other", kind).sign(ACT))[0]
    refused(verify(ACT, rebuilt(parts)), "belongs to another act")


def test_a_signature_for_another_purpose_does_not_count(keys: Keys):
    armoured = keys("reviewer").sign(ACT, namespace="git")
    refused(verify(ACT, armoured), "namespace `git`", "`imprimatur` is needed")
    assert verify(ACT, armoured, namespace="git").signature is Signature.VALID
    parts = parts_of(armoured)
    parts[1] = b"imprimatur"
    refused(verify(ACT, rebuilt(parts)), "changed after it was signed")


def test_what_a_forger_writes_into_a_name_cannot_move_the_cursor(keys: Keys):
    parts = parts_of(keys("reviewer").sign(ACT))
    parts[1] = b"\x1b[2Jgit\n\xff"
    seal = verify(ACT, rebuilt(parts))
    refused(seal, "git")
    assert seal.fault.isprintable()


def test_windows_line_ends_and_blanks_around_the_armour_change_nothing(keys: Keys):
    for kind in ("ed25519", "ecdsa"):
        armoured = keys("reviewer", kind).sign(ACT).replace(b"\n", b"\r\n")
        assert verify(ACT, b"\r\n" + armoured + b" \r\n").signature is Signature.VALID


def spoilt(armoured: bytes) -> dict[str, bytes]:
    """A good signature file, spoilt in many ways, each under what must be said of it."""
    parts, blob = parts_of(armoured), HEAD + joined(*parts_of(armoured))
    return {
        "is no armoured SSH signature": b"",
        "which begins with `-----BEGIN SSH": armoured.replace(b"SSH", b"PGP"),
        "armoured": b"approved by me\n" + armoured,
        "cut off before its last line": armoured[: len(armoured) // 2],
        "cut off": armoured.strip()[:-1],
        "something stands behind its last line": armoured + b"junk\n",
        "something stands behind": armoured + armoured[1:],
        "marks of a merge conflict": b"<<<<<<< ours\n" + armoured + b"=======\n>>>>>>> theirs\n",
        "a merge conflict": armoured.replace(END, b"=======\r\n" + END),
        "more than 64 KiB": armoured + b"\n" * 65536,
        "its content is damaged": armoured.replace(b"U1NI", b"U1N\xff"),
        "content is damaged": armour(blob[:-1]),
        "is damaged": armour(blob + b"\0"),
        "damaged;": armour(blob.replace(b"SSHSIG\0\0\0\1", b"SSHSIG\0\0\0\2")),
        "damaged; restore": armour(b""),
        "damaged; restore the": rebuilt([*parts, b""]),
        "damaged; restore the file": rebuilt([*parts[:2], b"unsigned", *parts[3:]]),
        "damaged; restore the file from": rebuilt([*parts[:4], parts[4] + b"unsigned"]),
        "damaged; restore the file from history": rebuilt([*parts[:4], parts[4] + joined(b"")]),
        "it uses the hash `md5`": rebuilt([*parts[:3], b"md5", parts[4]]),
        "sha256 or sha512": rebuilt([*parts[:3], b"SHA512", parts[4]]),
        "the public key in it is damaged": rebuilt([parts[0][:-1], *parts[1:]]),
        "no whole key of the kind ssh-ed25519": rebuilt([parts[0] + joined(b""), *parts[1:]]),
        "keys of the kind ssh-dss are too weak": rebuilt([joined(b"ssh-dss"), *parts[1:]]),
        "`ssh-new` is no kind of key": rebuilt([joined(b"ssh-new"), *parts[1:]]),
        "made with `ssh-rsa`": rebuilt([*parts[:4], joined(b"ssh-rsa", b"")]),
    }


def test_every_fault_of_the_file_is_told_from_the_others(keys: Keys):
    for says, armoured in spoilt(keys("reviewer").sign(ACT)).items():
        refused(verify(ACT, armoured), says)


def test_an_rsa_key_is_long_enough_and_its_hash_strong_enough(keys: Keys):
    refused(verify(ACT, keys("short", "rsa-1024").sign(ACT)), "1024 bits", "2048 to 16384")
    key = keys("reviewer", "rsa-3072")
    private = serialization.load_ssh_private_key(key.path.read_bytes(), None)
    raw = private.sign(to_be_signed(ACT), padding.PKCS1v15(), hashes.SHA1())  # noqa: S303 - this is the forgery
    parts = parts_of(key.sign(ACT))
    by_sha1 = rebuilt([*parts[:4], joined(b"ssh-rsa", raw)])
    refused(verify(ACT, by_sha1), "made with `ssh-rsa`", "rsa-sha2-256 or rsa-sha2-512")


@pytest.mark.parametrize(
    ("exponent", "modulus", "says"),
    [
        (b"\1", b"\x7f" * 256, "no whole key"),
        (b"\2", b"\x7f" * 256, "no whole key"),
        (b"\3", b"\xff" * 256, "no whole key"),
        (b"\0\3", b"\x7f" * 256, "no whole key"),
        (b"", b"", "no whole key"),
        (b"\3", b"\x7f" * 40_000, "319999 bits"),
    ],
    ids=["one", "even", "negative", "written in two ways", "nothing", "endless"],
)
def test_a_number_that_no_rsa_key_has_is_refused_at_once(
    exponent: bytes, modulus: bytes, says: str
):
    key, inner = joined(b"ssh-rsa", exponent, modulus), joined(b"rsa-sha2-512", modulus)
    refused(verify(ACT, rebuilt([key, b"imprimatur", b"", b"sha512", inner[:300]])), says)


def test_a_certificate_is_refused(tmp_path: Path):
    authority, plain = make_key(tmp_path, "authority"), make_key(tmp_path, "plain")
    command = ["ssh-keygen", "-q", "-s", authority, "-I", "Demonstration", "-n", "anybody"]
    subprocess.run([*command, f"{plain}.pub"], check=True, capture_output=True)
    certificate = base64.b64decode(Path(f"{plain}-cert.pub").read_bytes().split()[1])
    parts = parts_of(key_at(plain).sign(ACT))
    refused(verify(ACT, rebuilt([certificate, *parts[1:]])), "a certificate", "plain keys only")


def test_a_security_key_counts_if_somebody_touched_it():
    armoured, public = by_security_key(ACT, flags=1)
    assert verify(ACT, armoured) == Seal(signature=Signature.VALID, key=public)
    refused(verify(OTHER, armoured), "changed after it was signed")
    untouched, _ = by_security_key(ACT, flags=0)
    refused(verify(ACT, untouched), "nobody touched the security key")


def test_a_curve_point_that_no_key_has_is_refused(keys: Keys):
    parts = parts_of(keys("reviewer", "ecdsa").sign(ACT))
    kind, curve, point = strings(parts[0])
    for bad in ((kind, b"nistp521", point), (kind, curve, point[:-1]), (kind, b"256", b"")):
        refused(verify(ACT, rebuilt([joined(*bad), *parts[1:]])), "no whole key")
    nowhere = joined(kind, curve, point[:-1] + bytes([point[-1] ^ 1]))
    assert verify(ACT, rebuilt([nowhere, *parts[1:]])).signature is not Signature.VALID


def test_without_ssh_keygen_the_usual_keys_are_checked_and_the_others_are_not(
    keys: Keys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    signed = {kind: keys("reviewer", kind).sign(ACT) for kind in ("ed25519", "rsa-3072", "ecdsa")}
    monkeypatch.setenv("PATH", str(tmp_path))
    assert verify(ACT, signed["ed25519"]).signature is Signature.VALID
    assert verify(ACT, signed["rsa-3072"]).signature is Signature.VALID
    seal = verify(ACT, signed["ecdsa"])
    assert seal.signature is Signature.NOT_CHECKED
    assert not seal.key
    assert "ssh-keygen, which is not here; install OpenSSH" in seal.fault


@pytest.mark.parametrize(
    ("script", "says"),
    [
        ("#!/bin/sh\nexec sleep 60\n", "no answer within"),
        (
            "#!/bin/sh\necho unknown option -- Y >&2; exit 1\n",
            "cannot check keys of the kind ecdsa-sha2-",
        ),
        ("#!/no/such/program\n", "cannot be run"),
    ],
    ids=["hangs", "is too old", "is broken"],
)
def test_an_ssh_keygen_that_does_not_answer_proves_nothing(
    keys: Keys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, says: str
):
    armoured = keys("reviewer", "ecdsa").sign(ACT)
    program = tmp_path / "ssh-keygen"
    program.write_text(script, encoding="ascii")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr(signature, "_SECONDS", 0.2)
    seal = verify(ACT, armoured)
    assert seal.signature is Signature.NOT_CHECKED
    assert says in seal.fault


@given(armoured=st.binary() | st.binary().map(armour))
def test_no_bytes_pass_for_a_signature_or_stop_the_run(armoured: bytes):
    refused(verify(ACT, armoured))


@given(
    parts=st.lists(
        st.sampled_from([b"imprimatur", b"", b"sha512", b"ssh-rsa", b"ssh-ed25519"])
        | st.binary(max_size=80).map(joined)
        | st.binary(max_size=80),
        min_size=5,
        max_size=5,
    )
)
def test_no_parts_pass_for_a_signature_or_stop_the_run(parts: list[bytes]):
    refused(verify(ACT, rebuilt(parts)))


@pytest.mark.parametrize("kind", ["ed25519", "rsa-3072", "ecdsa"])
def test_one_changed_byte_never_makes_it_the_signature_of_another_key_or_act(keys: Keys, kind: str):
    key = keys("reviewer", kind)
    armoured = key.sign(ACT)
    blob = HEAD + joined(*parts_of(armoured))

    @settings(max_examples=40 if kind == "ecdsa" else 300)
    @given(data=st.data(), flip=st.integers(1, 255), inside=st.booleans())
    def flipped(data: st.DataObject, flip: int, *, inside: bool) -> None:
        changed = bytearray(blob if inside else armoured)
        changed[data.draw(st.integers(0, len(changed) - 1))] ^= flip
        made = armour(bytes(changed)) if inside else bytes(changed)
        seal = verify(ACT, made)
        assert seal.signature is not Signature.VALID or seal.key == key.bare
        assert verify(OTHER, made).signature is not Signature.VALID

    flipped()


def test_many_are_examined_in_their_order_and_only_valid_ones_are_remembered(
    keys: Keys, tmp_path: Path
):
    key, cache = keys("reviewer"), Cache(file=tmp_path / "cache.sqlite3")
    armoured = key.sign(ACT)
    pairs = [(ACT, armoured), (OTHER, armoured), (ACT, armoured), (ACT, b"")]
    states = [Signature.VALID, Signature.INVALID, Signature.VALID, Signature.INVALID]
    cold, warm = verify_all(iter(pairs), cache), verify_all(pairs, cache)
    assert cold == warm == verify_all(pairs, NO_CACHE)
    assert [each.signature for each in cold] == states
    remembered = cache.get_many("seal", [(b"imprimatur", *pair) for pair in pairs])
    assert remembered == {(b"imprimatur", ACT, armoured): key.bare}


def test_what_was_remembered_for_one_purpose_is_not_for_another(keys: Keys, tmp_path: Path):
    cache, pair = Cache(file=tmp_path / "cache.sqlite3"), (ACT, keys("reviewer").sign(ACT))
    assert verify_all([pair], cache)[0].signature is Signature.VALID
    other = verify_all([pair], cache, namespace="imprimatur-proof")
    assert other[0].signature is Signature.INVALID


def test_a_signature_file_has_no_more_than_64_kib(keys: Keys):
    armoured = keys("reviewer").sign(ACT)
    assert verify(ACT, armoured.ljust(64 * 1024, b"\n")).signature is Signature.VALID
    refused(verify(ACT, armoured.ljust(64 * 1024 + 1, b"\n")), "more than 64 KiB")


@pytest.mark.parametrize("mark", [b"<<<<<<< ours", b"=======", b">>>>>>> theirs", b"=======\r"])
def test_each_mark_of_a_merge_conflict_is_told(keys: Keys, mark: bytes):
    first, *rest = keys("reviewer").sign(ACT).split(b"\n")
    refused(verify(ACT, b"\n".join([first, mark, *rest])), "marks of a merge conflict")


def test_a_key_signs_by_its_own_kind_alone(keys: Keys):
    for kind in ("ed25519", "ecdsa"):
        parts = parts_of(keys("reviewer", kind).sign(ACT))
        name, raw = strings(parts[4])
        other = rebuilt([*parts[:4], joined(b"rsa-sha2-512", raw)])
        refused(verify(ACT, other), "`rsa-sha2-512`", f"signs with {name.decode()}; sign the act")


def test_a_security_key_says_by_one_byte_and_a_counter_how_it_was_used():
    armoured, public = by_security_key(ACT, flags=5)
    assert verify(ACT, armoured).key == public
    parts = parts_of(armoured)
    for tail in (parts[4][:-1], parts[4] + b"\0"):
        refused(verify(ACT, rebuilt([*parts[:4], tail])), "its content is damaged")
    refused(verify(ACT, by_security_key(ACT, flags=4)[0]), "nobody touched the security key")
