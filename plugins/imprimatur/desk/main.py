"""The command ``imprimatur``."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import Final

import click

from imprimatur.desk.common import Place, find_root
from imprimatur.editorial.protected_branch import TRUST
from imprimatur.errors import CannotExamineError, Outcome, one_line
from imprimatur.strict.garbage import look_seldom

_DEBUG: Final = "IMPRIMATUR_DEBUG"


_MODULES: Final = {
    "act_commands": "assign concern overrule reinstate retract review supersede waive withdraw",
    "appoint_command": "appoint",
    "build_command": "build",
    "check_command": "check",
    "demo_command": "demo",
    "gate_command": "gate",
    "init_command": "init",
    "new_command": "new",
    "publish_command": "publish",
    "references_command": "references",
    "rules_command": "rules",
    "scan_command": "scan",
    "schema_command": "schema",
    "site_command": "site",
    "status_command": "status",
    "submit_command": "submit",
    "verify_command": "verify",
}
"""The commands that stand in each module of the desk."""

_COMMANDS: Final = {name: module for module, names in _MODULES.items() for name in names.split()}


class Commands(click.Group):
    """The commands, each brought only when it is asked for: most need few of the libraries."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name every command."""
        del ctx
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Bring a command, or None where there is none of that name."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"imprimatur.desk.{_COMMANDS[cmd_name]}")
        found: click.Command = getattr(module, cmd_name)
        return found


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96},
)
@click.option(
    "-C",
    "root",
    metavar="DIR",
    default=".",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Work in the site that this folder belongs to, instead of the current one.",
)
@click.option(
    "--trust",
    metavar="REF",
    envvar=TRUST,
    help="The protected branch, such as origin/main; else the one that Git's settings name.",
)
@click.version_option(package_name="mkdocs-imprimatur", prog_name="imprimatur")
@click.pass_context
def command(context: click.Context, root: Path, trust: str | None) -> None:
    """Publish medical articles only as far as named people have approved exactly this text.

    Exit codes: 0 granted, 1 refused, 2 could not examine.
    """
    context.obj = Place(root=find_root(root.resolve()), trust=trust or None)


def main() -> None:
    """Run the command; whatever goes wrong ends as a sentence and an exit code."""
    look_seldom()
    for stream in (sys.stdout, sys.stderr):
        # The name of a file may be no text at all, and is told nevertheless.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        command(standalone_mode=False)
    except click.Abort:
        # The prompt that was left has not ended its line.
        stopped = "\nimprimatur: stopped. Nothing was written unless it says so above."
        click.echo(stopped, err=True)
        sys.exit(Outcome.NOT_EXAMINED)
    except click.ClickException as error:
        error.show()
        sys.exit(Outcome.NOT_EXAMINED)
    except CannotExamineError as error:
        # What it quotes may be anybody's, such as the name of a file; lines are its own.
        lines = map(one_line, str(error).split("\n"))
        click.echo("imprimatur: " + "\n".join(lines), err=True)
        sys.exit(Outcome.NOT_EXAMINED)
    except OSError as error:
        # What the disk, its permissions or the reader of our output refuses is no fault of ours.
        refused = error.filename or "the output"
        click.echo(f"imprimatur: {one_line(f'{error.strerror or error}: {refused}')}", err=True)
        sys.exit(Outcome.NOT_EXAMINED)
    except Exception as error:
        if _DEBUG in os.environ:
            raise
        told = one_line(f"{type(error).__name__}: {error}")
        click.echo(
            f"imprimatur: this is a fault of the program, not of your files ({told}). Nothing was "
            f"granted. Please report it with the output of the same command under {_DEBUG}=1.",
            err=True,
        )
        sys.exit(Outcome.NOT_EXAMINED)
