"""A key signs where its owner holds it, and what stands in the way is said plainly."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from imprimatur.editorial import signing
from imprimatur.editorial.act import Signature
from imprimatur.editorial.signature import verify
from imprimatur.editorial.signing import PROOF_NAMESPACE, CannotSignError, find_key, sign
from imprimatur.editorial.ssh_key import canonical, fingerprint
from imprimatur.errors import CannotExamineError
from keys import Key, make_key

if TYPE_CHECKING:
    from collections.abc import Callable

    Keys = Callable[..., Key]

ACT = b"act: review\ndecision: approve\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without keys, settings, agent and windows to ask in, whoever runs the tests."""
    (tmp_path / "home" / ".ssh").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "home" / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.chdir(tmp_path)
    for name in ("SSH_AUTH_SOCK", "SSH_ASKPASS", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "home"


def run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL)


def copy(key: Key, folder: Path, *, private: bool = True) -> Path:
    """Put a key pair, or its public half alone, into a folder; the path of the public half."""
    public = folder / f"{key.path.name}.pub"
    public.write_text(f"{key.public}\n", encoding="ascii")
    if private:
        shutil.copy(key.path, folder)
    return public


def assert_signed(data: bytes, armoured: bytes, key: Key) -> None:
    seal = verify(data, armoured)
    assert (seal.signature, seal.key) == (Signature.VALID, key.bare)


@pytest.mark.parametrize("kind", ["ed25519", "rsa-3072", "ecdsa"])
def test_a_key_in_a_file_signs_and_so_does_the_name_of_its_public_half(keys: Keys, kind: str):
    key = keys("reviewer", kind)
    assert_signed(ACT, sign(ACT, key.path), key)
    assert_signed(ACT, sign(ACT, key.path.with_name(f"{key.path.name}.pub")), key)
    assert_signed(b"\0\xff\r\n", sign(b"\0\xff\r\n", key.path), key)
    assert_signed(b"", sign(b"", key.path), key)


def test_a_file_whose_name_looks_like_an_option_is_a_file_all_the_same(keys: Keys, tmp_path: Path):
    shutil.copy(keys("reviewer").path, tmp_path / "-y")
    assert_signed(ACT, sign(ACT, Path("-y")), keys("reviewer"))


def test_a_key_that_is_in_the_agent_alone_signs(
    keys: Keys, tmp_path: Path, agent: Callable[[Key], None]
):
    key = keys("reviewer")
    agent(key)
    assert_signed(ACT, sign(ACT, key.public), key)
    assert_signed(ACT, sign(ACT, copy(key, tmp_path, private=False)), key)


def test_a_proof_that_somebody_holds_a_key_is_never_an_act(keys: Keys):
    key = keys("reviewer")
    proof = sign(b"challenge", key.path, namespace=PROOF_NAMESPACE)
    assert verify(b"challenge", proof, namespace=PROOF_NAMESPACE).key == key.bare
    assert verify(b"challenge", proof).signature is Signature.INVALID
    assert verify(b"other", proof, namespace=PROOF_NAMESPACE).signature is Signature.INVALID
    act = sign(b"challenge", key.path)
    assert verify(b"challenge", act, namespace=PROOF_NAMESPACE).signature is Signature.INVALID


def refuses(key: Path | str, *says: str) -> None:
    with pytest.raises(CannotSignError) as caught:
        sign(ACT, key)
    for each in says:
        assert each in str(caught.value)


def test_every_refusal_is_one_that_the_command_knows():
    assert issubclass(CannotSignError, CannotExamineError)


def test_without_ssh_keygen_nothing_is_signed(
    keys: Keys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    key = keys("reviewer")
    monkeypatch.setenv("PATH", str(tmp_path))
    refuses(key.path, "ssh-keygen", "is not here", "install OpenSSH")


def test_a_file_that_is_not_there_or_no_key_is_named(tmp_path: Path):
    refuses(tmp_path / "none", f"no key file {tmp_path / 'none'}", "name the file")
    refuses(tmp_path, "no key file")
    (tmp_path / "text").write_text("This is no key.\n", encoding="ascii")
    (tmp_path / "text").chmod(0o600)
    refuses(tmp_path / "text", "text is no SSH key", "name the file")


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may read every file")
def test_a_file_that_may_not_be_read_is_told_from_one_that_is_not_there(tmp_path: Path):
    path = make_key(tmp_path, "key")
    path.chmod(0)
    refuses(path, "may not be read", f"chmod 600 {path}")


def test_a_private_key_that_others_may_read_is_not_used(tmp_path: Path):
    path = make_key(tmp_path, "open")
    path.chmod(0o644)
    refuses(path, "others may read the private key", f"chmod 600 {path}")


def test_a_passphrase_that_cannot_be_asked_for_is_not_guessed(tmp_path: Path):
    """In a session of its own, which has no terminal even where the tests have one."""
    path = make_key(tmp_path, "locked", passphrase="Demonstration")  # noqa: S106 - of this test alone
    script = (
        "import sys; from pathlib import Path; from imprimatur.editorial.signing import *\n"
        "try: sign(b'Demonstration\\nact\\n', Path(sys.argv[1]))\n"
        "except CannotSignError as error: print(error)\n"
    )
    command = [sys.executable, "-c", script, str(path)]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=True,
        input="Demonstration\n",
        start_new_session=True,
        timeout=60,
    )
    assert "passphrase" in done.stdout
    assert f"ssh-add {path}" in done.stdout


def test_a_public_half_alone_signs_nothing(
    keys: Keys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    public = copy(keys("reviewer"), tmp_path, private=False)
    refuses(public, "not beside it", "no ssh-agent is running", "ssh-add")
    refuses(keys("reviewer").public, "no ssh-agent is running")
    monkeypatch.setenv("SSH_AUTH_SOCK", str(tmp_path / "gone"))
    refuses(public, "no ssh-agent is running")


def test_an_agent_that_holds_other_keys_is_told_from_none(keys: Keys, agent: Callable[[Key], None]):
    agent(keys("other"))
    refuses(keys("reviewer").public, "ssh-agent does not hold it")


def test_a_key_whose_signature_would_not_count_signs_nothing(keys: Keys):
    refuses(keys("short", "rsa-1024").path, "would not count", "1024 bits")
    refuses("this is no key", "this key cannot sign", "one line such as `ssh-ed25519")


@pytest.mark.parametrize(
    ("script", "says"),
    [
        ("#!/bin/sh\necho first >&2; echo the moon is full >&2; exit 1\n", "(the moon is full)"),
        ("#!/bin/sh\nexit 1\n", "(no reason given); mend that"),
        ("#!/bin/sh\nexec sleep 60\n", "ssh-keygen waited 0.2 seconds in vain; try again"),
        ("#!/no/such/program\n", "ssh-keygen cannot be run (No such file or directory)"),
        ("#!/bin/sh\necho 'Load key: invalid format' >&2; exit 1\n", "is no SSH key; name the"),
        ('#!/bin/sh\necho "couldn\'t load public key" >&2; exit 1\n', "is no SSH key; name the"),
    ],
    ids=["says much", "says nothing", "hangs", "is broken", "knows no form", "finds no key"],
)
def test_each_way_of_ssh_keygen_to_fail_is_told(
    keys: Keys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, says: str
):
    path = keys("reviewer").path
    program = tmp_path / "ssh-keygen"
    program.write_text(script, encoding="ascii")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr(signing, "_SECONDS", 0.2)
    refuses(path, says)


@pytest.mark.usefixtures("agent")
def test_an_agent_that_holds_nothing_is_there_all_the_same(keys: Keys, home: Path):
    refuses(keys("reviewer").public, "ssh-agent does not hold it")
    place = copy(keys("reviewer"), home / ".ssh")
    assert find_key([keys("reviewer").public]) == place


def test_without_ssh_add_and_git_a_key_is_still_found_in_its_folder(
    keys: Keys, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
):
    key = keys("reviewer")
    place = copy(key, home / ".ssh")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_key([key.public]) == place


@pytest.mark.usefixtures("home")
def test_a_comment_in_the_agent_that_is_no_text_hides_no_key(
    keys: Keys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    key = keys("reviewer")
    (tmp_path / "held").write_bytes(key.public.encode() + b" \xff\n")
    program = tmp_path / "ssh-add"
    program.write_text(f"#!/bin/sh\ncat {tmp_path / 'held'}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert str(find_key([key.public])) == " ".join(key.public.split()[:2])


def test_of_several_keys_that_could_sign_the_first_by_name_does(keys: Keys, home: Path):
    one, two = keys("one"), keys("two")
    copy(two, home / ".ssh").rename(home / ".ssh" / "a.pub")
    (home / ".ssh" / "two-ed25519").rename(home / ".ssh" / "a")
    copy(one, home / ".ssh")
    assert find_key([one.public, two.public]) == home / ".ssh" / "a.pub"


def test_the_agents_keys_are_taken_in_their_order(keys: Keys, agent: Callable[[Key], None]):
    several = [keys(name) for name in ("one", "two", "three")]
    for each in several:
        agent(each)
    assert find_key([each.public for each in several]) == min(each.bare for each in several)


def test_all_keys_that_were_looked_for_are_named_in_order(keys: Keys):
    several = [keys(name).public for name in ("one", "two", "three")]
    with pytest.raises(CannotSignError) as caught:
        find_key(several)
    assert ", ".join(sorted(fingerprint(each) for each in several)) in str(caught.value)


def test_a_passphrase_is_asked_for_the_private_half_of_a_public_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    program = tmp_path / "ssh-keygen"
    program.write_text("#!/bin/sh\necho incorrect passphrase >&2; exit 1\n", encoding="ascii")
    program.chmod(0o700)
    (tmp_path / "key.pub").write_text("x", encoding="ascii")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    with pytest.raises(CannotSignError, match=r"ssh-add .*/key$"):
        sign(ACT, tmp_path / "key.pub")


def test_the_agent_comes_before_the_folder(keys: Keys, home: Path, agent: Callable[[Key], None]):
    one, two = keys("one"), keys("two")
    copy(one, home / ".ssh")
    agent(two)
    assert find_key([one.public, two.public]) == two.bare
    assert find_key([one.public]) == home / ".ssh" / "one-ed25519.pub"
    assert_signed(ACT, sign(ACT, find_key([one.public])), one)
    assert_signed(ACT, sign(ACT, find_key([two.public])), two)


def test_what_git_signs_with_comes_first_if_the_board_knows_it(
    keys: Keys, tmp_path: Path, home: Path, agent: Callable[[Key], None]
):
    one, two, stranger = keys("one"), keys("two"), keys("stranger")
    agent(one)
    agent(two)
    both, setting = [one.public, two.public], ("git", "config", "--global", "user.signingkey")
    for each in (one, two):
        run(*setting, each.public)
        assert find_key(both) == each.bare
        run(*setting, f"key::{each.public}")
        assert find_key(both) == each.bare
        copy(each, home)
        run(*setting, f"~/{each.path.name}")
        assert find_key(both) == home / each.path.name
    run(*setting, stranger.public)
    assert find_key([two.public]) == two.bare
    run(*setting, str(tmp_path / "none"))
    assert find_key([two.public]) == two.bare


def test_the_settings_of_the_repository_count(keys: Keys, tmp_path: Path, home: Path):
    one, two = keys("one"), keys("two")
    places = [copy(each, home / ".ssh") for each in (one, two)]
    run("git", "init", "-q", str(tmp_path / "site"))
    for each in places:
        run("git", "-C", str(tmp_path / "site"), "config", "user.signingkey", str(each))
        assert find_key([one.public, two.public], root=tmp_path / "site") == each


def test_a_public_half_without_the_private_one_is_passed_over(keys: Keys, home: Path):
    one, two = keys("one"), keys("two")
    copy(one, home / ".ssh", private=False)
    copy(two, home / ".ssh")
    (home / ".ssh" / "a.pub").write_bytes(b"\xff no key\n")
    assert find_key([one.public, two.public]) == home / ".ssh" / "two-ed25519.pub"


def test_where_no_key_can_sign_it_says_which_were_looked_for(keys: Keys):
    one = keys("one")
    with pytest.raises(CannotSignError, match="no key that can sign") as caught:
        find_key([one.public, "no key at all"])
    assert fingerprint(one.public) in str(caught.value)
    with pytest.raises(CannotSignError, match="the board knows none"):
        find_key([])


@pytest.mark.parametrize("kind", ["ed25519", "rsa-3072", "ecdsa", "ecdsa-521"])
def test_a_fingerprint_is_the_one_that_ssh_keygen_prints(keys: Keys, kind: str):
    key = keys("reviewer", kind)
    command = ["ssh-keygen", "-lf", str(key.path)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True)
    assert fingerprint(key.public) == printed.stdout.split()[1]
    assert canonical(f" {key.public} more\n") == key.bare


def spoilt(line: str, private: str) -> dict[str, str]:
    """What people paste in place of a public key, each under what they are told."""
    kind, text, *_ = line.split()
    return {
        "this is a private key": private,
        "one line such as": "",
        "an SSH public key is one line": f"{line}\n{line}",
        "an SSH public key is": text,
        "no whole key stands behind": f"{kind} {text[:-3]}",
        "behind the first word": f'from="*" {line}',
        "first word; a key is one line": f"{kind} \u0430",
        "is no whole key of the kind": f"{kind} {text}AAAAAA==",
        "the public key in it is damaged": f"{kind} {text[:-4]}",
        "the line says ssh-rsa, but the key in it is ssh-ed25519": f"ssh-rsa {text}",
        "it is a certificate": "x AAAAIHNzaC1lZDI1NTE5LWNlcnQtdjAxQG9wZW5zc2guY29t",
        "ssh-dss are too weak": "ssh-dss AAAAB3NzaC1kc3M=",
    }


def test_what_is_no_public_key_is_refused_with_what_was_expected(keys: Keys):
    key = keys("reviewer")
    private = key.path.read_text(encoding="ascii")
    for says, line in spoilt(key.public, private).items():
        with pytest.raises(ValueError, match=says):
            canonical(line)
