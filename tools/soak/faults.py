"""Small faults, one at a time, in the text of a Python module."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from changes import changes

if TYPE_CHECKING:
    from collections.abc import Iterator

_FUNCTIONS: Final = ast.FunctionDef | ast.AsyncFunctionDef
_BLOCKS: Final = frozenset(("body", "orelse", "handlers", "finalbody"))
# What the program never looks at, or what is read before any test could run.
_UNSEEN: Final = frozenset(("annotation", "returns", "decorator_list", "type_params"))
# What is said to people: the tests hold a word of it here and there, and are not to hold all.
_SAID: Final = frozenset(("message", "cure", "reason", "meaning", "description", "help"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One change of a module.

    lines: of the statement, without the block it heads. names: what it gives a value, where it
    stands outside every function. place: the way to the node, by field and index.
    """

    path: str
    lines: range
    names: frozenset[str]
    what: str
    place: tuple[tuple[str, int | None], ...]
    number: int

    def __str__(self) -> str:
        """Where it is, and what."""
        return f"{self.path}:{self.lines.start}: {self.what}"


def faults(path: str, source: str) -> list[Fault]:
    """Every fault that can be made in a module, always in the same order."""
    return list(_Search(path).below(ast.parse(source), (), None, inside=False))


def faulty(source: str, fault: Fault) -> str:
    """The module with that fault."""
    tree: ast.AST = ast.parse(source)
    above, node = tree, tree
    for field, index in fault.place:
        held = getattr(node, field)
        above, node = node, held if index is None else held[index]
    _, new = list(changes(node, above))[fault.number]
    field, index = fault.place[-1]
    if index is None:
        setattr(above, field, new)
    else:
        getattr(above, field)[index] = new
    return ast.unparse(ast.fix_missing_locations(tree)) + "\n"


def faultless(source: str) -> str:
    """The module without any, written in the way in which faulty ones are."""
    return ast.unparse(ast.parse(source)) + "\n"


@dataclass(frozen=True, slots=True)
class _Search:
    path: str

    def below(
        self,
        node: ast.AST,
        way: tuple[tuple[str, int | None], ...],
        at: ast.stmt | None,
        *,
        inside: bool,
    ) -> Iterator[Fault]:
        """Every fault of what a node holds. at: the statement it is part of."""
        inside = inside or isinstance(node, _FUNCTIONS | ast.Lambda)
        for field, index, child in _parts(node):
            statement = child if isinstance(child, ast.stmt) else at
            step = (*way, (field, index))
            if statement is not None and not isinstance(child, _FUNCTIONS | ast.ClassDef):
                yield from self._of(child, node, step, statement, inside=inside)
            yield from self.below(child, step, statement, inside=inside)

    def _of(
        self,
        node: ast.AST,
        above: ast.AST,
        way: tuple[tuple[str, int | None], ...],
        statement: ast.stmt,
        *,
        inside: bool,
    ) -> Iterator[Fault]:
        for number, (what, _) in enumerate(changes(node, above)):
            yield Fault(
                path=self.path,
                lines=_lines(node if isinstance(node, ast.ExceptHandler) else statement),
                names=frozenset() if inside else _names(statement),
                what=what,
                place=way,
                number=number,
            )


def _parts(node: ast.AST) -> Iterator[tuple[str, int | None, ast.AST]]:
    """What a node holds and may be changed, with its place."""
    for field, held in ast.iter_fields(node):
        if field in _UNSEEN or isinstance(node, ast.JoinedStr):
            continue
        for index, child in enumerate(held if isinstance(held, list) else [held]):
            if isinstance(child, ast.AST) and not _is_left_out(child):
                yield field, index if isinstance(held, list) else None, child


def _is_left_out(node: ast.AST) -> bool:
    match node:
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case ast.keyword(arg=str(name)):
            # What `zip` is told of lengths that are the same is seen by nobody.
            return name in _SAID or name == "strict"
        case ast.Expr(value=ast.Constant()) | ast.Import() | ast.ImportFrom():
            return True
        case ast.Assign(targets=[ast.Name(id="__all__")]):
            return True
    return False


def _lines(statement: ast.stmt | ast.ExceptHandler) -> range:
    """Those of a statement, but of one that heads a block only its head."""
    for block in _BLOCKS:
        held = getattr(statement, block, None)
        if held:
            return range(statement.lineno, max(statement.lineno + 1, held[0].lineno))
    return range(statement.lineno, (statement.end_lineno or statement.lineno) + 1)


def _names(statement: ast.stmt) -> frozenset[str]:
    return frozenset(
        each.id
        for each in ast.walk(statement)
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
    )
