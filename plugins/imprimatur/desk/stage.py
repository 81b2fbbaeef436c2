"""Plays steps in a folder: real commands, run as a person would, each with what it answers."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import click

from imprimatur.errors import CannotExamineError

if TYPE_CHECKING:
    from pathlib import Path

_MODULES: Final = {"imprimatur": "imprimatur.desk", "mkdocs": "mkdocs"}
_SECONDS: Final = 300
_WIDTH: Final = 88
_FOREIGN: Final = ("GIT_", "SSH_", "IMPRIMATUR_", "PYTHONWARNINGS")


class StepError(Exception):
    """A step did something else than it should; the message says what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What the next steps are about."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A command.

    line: as it is typed. says: what its answer must hold. code: its exit code.
    """

    line: str
    says: str = ""
    code: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A change by hand.

    told: what a person does. path: of the file, from the site. old: what goes, which must be
    there; if it is empty, all from the first ``after`` on goes. new: what comes.
    """

    told: str
    path: str
    new: str
    old: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A look at a page of the built site, which must hold these signs."""

    told: str
    path: str
    holds: str


Step = Heading | Run | Edit | Look


class Stage:
    """A folder in which steps are played, and where one is in it."""

    def __init__(self, root: Path) -> None:
        self.root = self.here = root

    def play(self, step: Step) -> None:
        """Play one step and print it. Raises StepError where it does not do what it should."""
        if isinstance(step, Heading):
            click.echo(f"\n== {step.words}\n")
        elif isinstance(step, Run):
            self._run(step)
        elif isinstance(step, Edit):
            self._edit(step)
        else:
            self._look(step)

    def _run(self, step: Run) -> None:
        click.echo(f"$ {_wrapped(step.line)}")
        program, *arguments = shlex.split(step.line)
        if program == "cd":
            self.here = self.here / arguments[0]
            return
        into = ""
        if arguments[-2:-1] == [">"]:
            *arguments, _, into = arguments
        done = self._done(program, arguments)
        if into:
            (self.here / into).write_text(done.stdout, encoding="utf-8", newline="\n")
        told = done.stderr if into else done.stdout + done.stderr
        click.echo(told, nl=False)
        if done.returncode != step.code:
            raise StepError(f"it ended with {done.returncode}, and should end with {step.code}")
        if step.says not in told:
            raise StepError(f"it should say: {step.says}")

    def _done(self, program: str, arguments: list[str]) -> subprocess.CompletedProcess[str]:
        module = _MODULES.get(program)
        whole = [sys.executable, "-W", "ignore", "-m", module] if module else [program]
        try:
            return subprocess.run(
                [*whole, *arguments],
                cwd=self.here,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                check=False,
                timeout=_SECONDS,
            )
        except FileNotFoundError:
            raise CannotExamineError(f"{program} is not installed; install it first") from None
        except subprocess.TimeoutExpired:
            raise StepError(f"it did not end within {_SECONDS} seconds") from None

    def _environment(self) -> dict[str, str]:
        """Nothing of the user's own settings, keys and cache, and nothing in them is changed."""
        kept = {name: text for name, text in os.environ.items() if not name.startswith(_FOREIGN)}
        own = {
            "GIT_CONFIG_GLOBAL": str(self.root / "gitconfig"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "HOME": str(self.root),
            "XDG_CACHE_HOME": str(self.root / "cache"),
            "NO_COLOR": "1",
            "NO_MKDOCS_2_WARNING": "1",
            "PYTHONUTF8": "1",
        }
        return {**kept, **own}

    def _edit(self, step: Edit) -> None:
        place = self.here / step.path
        text = place.read_text(encoding="utf-8")
        if (step.old or step.after) not in text:
            raise StepError(f"{step.path} does not hold what is to be changed")
        if step.old:
            text = text.replace(step.old, step.new, 1)
        else:
            text = text[: text.index(step.after) + len(step.after)] + step.new
        place.write_text(text, encoding="utf-8", newline="\n")
        click.echo(f"({step.told})")
        if not step.old:
            shown = (f"    {line}".rstrip() for line in step.new.strip("\n").split("\n"))
            click.echo("\n" + "\n".join(shown) + "\n")

    def _look(self, step: Look) -> None:
        place = self.here / step.path
        if not place.is_file() or step.holds not in place.read_text(encoding="utf-8"):
            raise StepError(f"{step.path} should hold: {step.holds}")
        click.echo(f"({step.told})")


def _wrapped(line: str) -> str:
    """A command over several lines where it is long, each but the first begun by an option."""
    first, *others = re.split(r" (?=--?[a-z])", line)
    lines = [first]
    for part in others:
        if len(lines[-1]) + len(part) < _WIDTH:
            lines[-1] += f" {part}"
        else:
            lines.append(f"    {part}")
    return " \\\n".join(lines)
