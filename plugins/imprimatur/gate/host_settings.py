"""What must be known of the host's settings before anything is staged for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from reprlib import Repr
from typing import TYPE_CHECKING, Any, Final

import yaml

from imprimatur.errors import Finding, RuleName
from imprimatur.gate.host_yaml import UNREADABLE, ExcessError, keep_bounds

if TYPE_CHECKING:
    from collections.abc import Iterator

SETTINGS: Final = "mkdocs.yml"
SETTINGS_ARE_STAGED = RuleName("settings-are-staged")

_LIMIT: Final = 1_000_000
_SHORT: Final = Repr()
_SHORT.maxstring = _SHORT.maxother = 200
_OTHERS: Final = frozenset({"docs", "editorial", "site"})
"""Folders of the root in which no template lies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostSettings:
    """What is staged depends on.

    overrides: the folder of the site's own templates, from the root; empty if there is none.
    findings: settings under which a host would show other pages than those that are staged.
    """

    overrides: str
    findings: tuple[Finding, ...]


class _Loader(yaml.CSafeLoader):
    """Hosts allow tags of their own: what they stand for is not ours to say, and not needed."""


class _Tagged:
    """What stands for such a value: nothing that is written here."""

    def __repr__(self) -> str:
        return "taken from elsewhere"


_Loader.add_multi_constructor("", lambda *_: _Tagged())


def read_settings(data: bytes | None) -> HostSettings:
    """Read ``mkdocs.yml``; what cannot be read is a finding."""
    if data is None:
        return _refused("there is no such file", "restore it from history or write it")
    if len(data) > _LIMIT:
        return _refused(f"the file is larger than {_LIMIT} bytes", "shorten it")
    try:
        keep_bounds(data)
        # A safe loader: it makes plain values only.
        plain: Any = yaml.load(data, Loader=_Loader)  # noqa: S506
    except UNREADABLE as error:
        return _unread(error)
    if not isinstance(plain, dict):
        return _refused("the file holds no settings", "write `site_name:` and the rest")
    overrides = _overrides(plain)
    if overrides is None:
        written = plain["theme"]["custom_dir"]
        message = f"`custom_dir` is {_SHORT.repr(written)}, which is no folder beside this file"
        return _refused(message, "name the folder of the templates, such as `overrides`")
    return HostSettings(overrides=overrides, findings=tuple(_unfit(plain, overrides)))


def _unfit(plain: dict[Any, Any], overrides: str) -> Iterator[Finding]:
    if "INHERIT" in plain:
        message = "the settings come from another file, which is not staged"
        yield _finding(message, "write all settings here, without `INHERIT`")
    if plain.get("use_directory_urls", True) is not True:
        message = "articles are published as `x/`, and `use_directory_urls` says otherwise"
        yield _finding(message, "remove `use_directory_urls`")
    for name, usual in (("docs_dir", "docs"), ("site_dir", "site")):
        if plain.get(name, usual) != usual:
            message = f"`{name}` is {_SHORT.repr(plain[name])}; a release is staged in docs/"
            message += " and built apart"
            yield _finding(message, f"remove `{name}`")

    hooks = plain.get("hooks") or []
    for hook in hooks if isinstance(hooks, list) else [hooks]:
        if not isinstance(hook, str) or not _is_beside(hook):
            message = f"the hook {_SHORT.repr(hook)} does not lie beside this file,"
            message += " so nobody approves its code"
            yield _finding(message, "put it into the repository, or remove it")
        elif not overrides or not PurePosixPath(hook).is_relative_to(overrides):
            message = f"the hook {_SHORT.repr(hook)} is not staged, so no host would find it"
            cure = "put it into the folder of the templates, `theme: custom_dir:`, or remove it"
            yield _finding(message, cure)


def _is_beside(written: str) -> bool:
    path = PurePosixPath(written)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts


def _overrides(plain: dict[Any, Any]) -> str | None:
    theme = plain.get("theme")
    written = theme.get("custom_dir") if isinstance(theme, dict) else None
    if written is None:
        return ""
    if not isinstance(written, str):
        return None
    if not _is_beside(written):
        return None
    path = PurePosixPath(written)
    return None if path.parts[0] in _OTHERS or path.parts[0].startswith(".") else str(path)


def _unread(error: Exception) -> HostSettings:
    if isinstance(error, ExcessError):
        return _refused(f"the file cannot be read: {error}", "write it shorter and flatter")
    return _refused("the file is no YAML that can be read", "correct it")


def _refused(message: str, cure: str) -> HostSettings:
    return HostSettings(overrides="", findings=(_finding(message, cure),))


def _finding(message: str, cure: str) -> Finding:
    return Finding(path=SETTINGS, line=0, rule=SETTINGS_ARE_STAGED, message=message, cure=cure)
