"""Real keys for tests, made by ssh-keygen and thrown away with the test run."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key pair.

    path: the file of the private half. public: the line of the .pub file beside it.
    """

    path: Path
    public: str

    @property
    def bare(self) -> str:
        """Kind and key without the comment."""
        return " ".join(self.public.split()[:2])

    def sign(self, data: bytes, *options: str, namespace: str = "imprimatur") -> bytes:
        """Sign with ssh-keygen itself, as anybody could without this project."""
        command = ["ssh-keygen", "-Y", "sign", "-n", namespace, "-f", str(self.path), *options]
        return subprocess.run(command, input=data, check=True, capture_output=True).stdout


def make_key(folder: Path, name: str, kind: str = "ed25519", passphrase: str = "") -> Path:
    """Make a key pair and name its private file; ``rsa-1024`` is an RSA key of 1024 bits."""
    path = folder / name
    kind, _, bits = kind.partition("-")
    command = ["ssh-keygen", "-q", "-t", kind, "-N", passphrase, "-C", f"Demonstration {name}"]
    command += ["-f", str(path), *(["-b", bits] if bits else [])]
    subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL)
    return path


def key_at(path: Path) -> Key:
    """The key pair of a private file."""
    public = path.with_name(f"{path.name}.pub").read_text(encoding="utf-8").strip()
    return Key(path=path, public=public)
