"""Signs an act with a key that its owner holds here: in a file, in ssh-agent or in hardware."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from imprimatur.editorial.act import Signature
from imprimatur.editorial.signature import NAMESPACE, verify
from imprimatur.editorial.ssh_key import canonical, fingerprint
from imprimatur.errors import CannotExamineError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PROOF_NAMESPACE: Final = "imprimatur-proof"
"""The purpose of a signature that only shows that somebody holds a key; it is never an act's."""

# A person may have to look for a passphrase or a security key.
_SECONDS: Final = 300.0
_ASKED_SECONDS: Final = 10.0


class CannotSignError(CannotExamineError):
    """Nothing was signed; the message says why and how to mend it."""


def sign(data: bytes, key: Path | str, *, namespace: str = NAMESPACE) -> bytes:
    """The armoured signature over these bytes, already verified.

    key: a private key file; a .pub file whose private half lies beside it or in ssh-agent; or the
        line of a public key whose private half is in ssh-agent.
    A passphrase is asked for in the terminal, by ssh-keygen. Raises CannotSignError.
    """
    with TemporaryDirectory(prefix="imprimatur-") as folder:
        place = _in_agent_only(key, Path(folder)) if isinstance(key, str) else _readable(key)
        # Not by standard input: without a terminal, its first line would be taken for a passphrase.
        act = Path(folder, "act")
        act.write_bytes(data)
        command = ["-Y", "sign", "-n", namespace, "-f", str(place), str(act)]
        done = _run("ssh-keygen", *command, seconds=_SECONDS)
        if done is None:
            raise CannotSignError(
                "ssh-keygen, which signs, is not here; install OpenSSH 8.2 or newer"
            )
        if done.returncode:
            raise CannotSignError(_reason(done.stderr.decode(errors="replace"), str(key)))
        armoured = Path(f"{act}.sig").read_bytes()
    seal = verify(data, armoured, namespace=namespace)
    if seal.signature is not Signature.VALID:
        raise CannotSignError(f"a signature with {key} would not count: {seal.fault}")
    return armoured


def find_key(publics: Iterable[str], *, root: Path | None = None, option: str = "") -> Path | str:
    """The one of these public keys that can sign here, as ``sign`` takes it.

    Git's ``user.signingkey`` comes first, then what ssh-agent holds, then ``~/.ssh``.
    root: the repository whose Git settings count; else the working folder's.
    option: how the command that asks is told a file, for the message.
    Raises CannotSignError where none of them can.
    """
    wanted = {key for key in map(_key, publics) if key}
    if not wanted:
        raise CannotSignError("there is no key to sign with; the board knows none of this person")
    for key, choice in _candidates(root):
        if key in wanted:
            return choice
    names = ", ".join(sorted(fingerprint(each) for each in wanted))
    how = f" with {option}" if option else ""
    raise CannotSignError(
        f"no key that can sign was found here; looked in ssh-agent and ~/.ssh for {names}; "
        f"add it with `ssh-add FILE`, or name the file of the private key{how}"
    )


def _candidates(root: Path | None) -> Iterator[tuple[str, Path | str]]:
    """Every key that can sign here, each with what ``sign`` takes for it; the best first."""
    held, configured = _held_by_agent(), _configured(root)
    if _key(configured) in held:
        yield _key(configured), _key(configured)
    if configured:
        yield from _of_files([Path(configured)], held)
    yield from ((key, key) for key in sorted(held))
    with suppress(RuntimeError):  # a user without a home
        yield from _of_files(sorted(Path("~/.ssh").expanduser().glob("*.pub")), held)


def _of_files(files: Iterable[Path], held: set[str]) -> Iterator[tuple[str, Path | str]]:
    for each in files:
        key, private = _key_of_file(each), _public_half(each).with_suffix("")
        if key in held or os.access(private, os.R_OK):
            yield key, each


def _readable(key: Path) -> Path:
    """The file as a whole path, so that no name is taken for an option."""
    if not key.is_file():
        raise CannotSignError(f"there is no key file {key}; name the file of the private key")
    if not os.access(key, os.R_OK):
        raise CannotSignError(f"the key file {key} may not be read; make it yours: chmod 600 {key}")
    return key.absolute()


def _in_agent_only(key: str, folder: Path) -> Path:
    try:
        public = canonical(key)
    except ValueError as error:
        raise CannotSignError(f"this key cannot sign: {error}") from None
    place = folder / "key.pub"
    place.write_text(f"{public}\n", encoding="ascii")
    return place


def _reason(said: str, key: str) -> str:
    """What ssh-keygen meant, and what to do about it."""
    if "passphrase" in said:
        return (
            f"the passphrase of {key} was wrong, or there is no terminal to ask for it; "
            f"try again, or add the key to ssh-agent first: ssh-add {key.removesuffix('.pub')}"
        )
    if "too open" in said:
        return f"others may read the private key {key}, so ssh refuses it; run: chmod 600 {key}"
    if "No private key found" in said:
        agent = "ssh-agent does not hold it" if _has_agent() else "no ssh-agent is running"
        return (
            f"the private half of {key} is not beside it, and {agent}; "
            "add it with `ssh-add FILE`, or name the file of the private key"
        )
    if "load public key" in said or "invalid format" in said:
        return f"{key} is no SSH key; name the file of the private key"
    lines = said.strip().splitlines() or ["no reason given"]
    return f"ssh-keygen could not sign with {key} ({lines[-1]}); mend that and try again"


def _run(name: str, *arguments: str, seconds: float) -> subprocess.CompletedProcess[bytes] | None:
    """Run a program, whose questions go to the terminal; None where it is not here."""
    program = shutil.which(name)
    if program is None:
        return None
    command = [program, *arguments]
    try:
        return subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=seconds
        )
    except subprocess.TimeoutExpired:
        raise CannotSignError(f"{name} waited {seconds:g} seconds in vain; try again") from None
    except OSError as error:
        raise CannotSignError(f"{name} cannot be run ({error.strerror}); install it anew") from None


def _has_agent() -> bool:
    done = _run("ssh-add", "-L", seconds=_ASKED_SECONDS)
    # 1 means that it holds nothing, 2 that none answers.
    return done is not None and done.returncode < 2  # noqa: PLR2004 - see above


def _held_by_agent() -> set[str]:
    done = _run("ssh-add", "-L", seconds=_ASKED_SECONDS)
    if done is None or done.returncode:
        return set()
    return {key for key in map(_key, done.stdout.decode(errors="replace").splitlines()) if key}


def _configured(root: Path | None) -> str:
    """Git's own choice: a file, or a public key itself."""
    where = [] if root is None else ["-C", str(root)]
    arguments = [*where, "config", "--type=path", "--get", "user.signingkey"]
    done = _run("git", *arguments, seconds=_ASKED_SECONDS)
    text = "" if done is None or done.returncode else done.stdout.decode(errors="replace")
    return text.strip().removeprefix("key::")


def _key(line: str) -> str:
    """The key in a line, or nothing where there is none that could sign."""
    try:
        return canonical(line)
    except ValueError:
        return ""


def _public_half(file: Path) -> Path:
    return file if file.suffix == ".pub" else file.with_name(f"{file.name}.pub")


def _key_of_file(file: Path) -> str:
    try:
        return _key(_public_half(file).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
