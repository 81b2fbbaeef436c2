"""The extensions of Python-Markdown by which a site's settings let its pages be printed."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import entry_points
from inspect import isfunction
from typing import TYPE_CHECKING, Any, Final

import yaml

from imprimatur.gate.host_yaml import keep_bounds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OWN: Final = "imprimatur"
"""The name of ours there."""

_OF_MKDOCS: Final = (("toc", "tables", "fenced_code"), ())
_OF_ZENSICAL: Final = (("toc", "tables"), ("pymdownx.superfences",))
"""What hosts put before and behind those that the settings name, once each."""

_MAKING: Final = frozenset({"pymdownx.slugs", "pymdownx.arithmatex"})
"""Whose functions make one of what they are given."""

_FUNCTIONS: Final = _MAKING | {
    "markdown.extensions.toc",
    "material.extensions.emoji",
    "pymdownx.emoji",
    "pymdownx.superfences",
    "zensical.extensions.emoji",
}
"""Whose functions a setting may name. Any other one could do anything, to a text or beside it."""

_EXTENSIONS: Final = ("markdown.extensions.", "pymdownx.", "material.extensions.")
_SINGLE: Final = frozenset({"zensical.extensions.emoji", "zensical.extensions.preview"})
"""What prints Markdown, beside what a package declares that it does. To load a module runs it."""

_NAMED: Final = "tag:yaml.org,2002:python/name:"
_APPLIED: Final = "tag:yaml.org,2002:python/object/apply:"


class UnprintableError(Exception):
    """A site page cannot be printed, and why."""


class UnknownExtensionError(UnprintableError):
    """No site page can, since it is not known what would print it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extensions:
    """names: in their order. options: of some of them, by the name."""

    names: tuple[str, ...]
    options: Mapping[str, Mapping[str, Any]]


class _Loader(yaml.CSafeLoader):
    """Plain values, and functions of the packages that print Markdown."""


def _refused(loader: _Loader, suffix: str, node: yaml.Node) -> Any:  # noqa: ANN401 - as said
    del loader, node
    return _Elsewhere(suffix)


class _Elsewhere:
    """Stands for a value that is not written here."""

    def __init__(self, tag: str) -> None:
        self.tag = tag


def _named(loader: _Loader, suffix: str, node: yaml.Node) -> Any:  # noqa: ANN401 - a function
    del loader, node
    package, _, name = suffix.rpartition(".")
    if package not in _FUNCTIONS or name.startswith("_"):
        return _Elsewhere(suffix)
    try:
        function = getattr(importlib.import_module(package), name)
    except (ImportError, AttributeError):
        return _Elsewhere(suffix)
    is_own = isfunction(function) and function.__module__ == package
    return function if is_own else _Elsewhere(suffix)


def _applied(loader: _Loader, suffix: str, node: yaml.Node) -> Any:  # noqa: ANN401 - as above
    function = _named(loader, suffix, node)
    is_making = suffix.rpartition(".")[0] in _MAKING
    if not is_making or isinstance(function, _Elsewhere) or not isinstance(node, yaml.MappingNode):
        return _Elsewhere(suffix)
    given = loader.construct_mapping(node, deep=True)
    return function(*given.get("args", ()), **given.get("kwds", {}))


_Loader.add_multi_constructor(_NAMED, _named)
_Loader.add_multi_constructor(_APPLIED, _applied)
# The first one that fits is asked.
_Loader.add_multi_constructor("", _refused)


def extensions_of(settings: bytes) -> tuple[Extensions, ...]:
    """The extensions that settings name, as each host loads them.

    Raises UnknownExtensionError where that is not known.
    """
    try:
        keep_bounds(settings)
        # A safe loader, and a few functions by their names.
        plain: Any = yaml.load(settings, Loader=_Loader)  # noqa: S506
    except Exception:  # noqa: BLE001 - whatever such a function raises, too
        raise UnknownExtensionError("mkdocs.yml cannot be read") from None
    written = plain.get("markdown_extensions") if isinstance(plain, dict) else None
    pairs = tuple(_pairs(written))
    for name, options in pairs:
        if not _is_extension(name):
            said = f"`{name}` in mkdocs.yml is no extension that an installed package declares"
            raise UnknownExtensionError(said)
        for each in _within(options):
            if isinstance(each, _Elsewhere):
                said = f"`{name}` in mkdocs.yml takes a value from elsewhere (`{each.tag}`)"
                raise UnknownExtensionError(said)
    names = tuple(name for name, _ in pairs)
    options = {name: options for name, options in pairs if isinstance(options, dict)}
    return tuple(
        Extensions(names=tuple(dict.fromkeys((*before, *names, *behind))), options=options)
        for before, behind in (_OF_MKDOCS, _OF_ZENSICAL)
    )


@lru_cache(maxsize=8)
def load(names: tuple[str, ...]) -> None:
    """Import what prints Markdown: what is installed may need more of a machine than a page does.

    Raises whatever a module raises that is not there or cannot be imported.
    """
    for name in names:
        declared = entry_points(group="markdown.extensions", name=name)
        for each in declared:
            each.load()
        if not declared:
            importlib.import_module(name.partition(":")[0])


def _pairs(written: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - whatever YAML holds
    for each in written if isinstance(written, list) else [written]:
        if isinstance(each, dict):
            yield from ((str(name), options) for name, options in each.items())
        elif each is not None:
            yield str(each), None


def _is_extension(name: str) -> bool:
    module = name.partition(":")[0]
    is_known = module in _SINGLE or module.startswith(_EXTENSIONS)
    return is_known or bool(entry_points(group="markdown.extensions", name=name))


def _within(value: Any) -> Iterator[Any]:  # noqa: ANN401 - whatever YAML holds
    yield value
    if isinstance(value, dict):
        for each in value.values():
            yield from _within(each)
    elif isinstance(value, list):
        for each in value:
            yield from _within(each)
