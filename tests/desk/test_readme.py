"""The README names only what exists."""

from __future__ import annotations

import re

import click

from imprimatur.desk.main import command

CONTEXT = click.Context(command)


def test_every_command_is_in_the_readme(repository_root):
    readme = (repository_root / "README.md").read_text(encoding="utf-8")
    for name in command.list_commands(CONTEXT):
        assert f"imprimatur {name}" in readme, name


def test_every_command_of_the_readme_exists(repository_root):
    readme = (repository_root / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`imprimatur (?:-C \S+ )?([a-z]+)", readme))
    assert named <= set(command.list_commands(CONTEXT))


def test_every_target_of_the_readme_exists(repository_root):
    readme = (repository_root / "README.md").read_text(encoding="utf-8")
    makefile = (repository_root / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`make ([a-z]+)`", readme):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_every_file_the_readme_points_to_is_there(repository_root):
    readme = (repository_root / "README.md").read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", readme):
        assert (repository_root / target).exists(), target
