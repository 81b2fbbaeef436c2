"""In which ways a piece of a program is made wrong: the usual ones of mutation testing."""

from __future__ import annotations

import ast
from copy import copy
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMPARED: Final[dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_REACHED: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
_CALLED: Final = {"any": "all", "all": "any", "min": "max", "max": "min"}

Change = tuple[str, ast.AST]


def changes(node: ast.AST, above: ast.AST) -> Iterator[Change]:
    """Each way to change this node, in words, and what stands in its place then."""
    match node:
        case ast.Compare():
            yield from _compared(node)
        case ast.BoolOp():
            yield from _joined(node)
        case ast.BinOp() | ast.AugAssign():
            yield from _reckoned(node, above)
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield _told(node, node.operand)
        case ast.Constant():
            yield from _constant(node)
        case ast.Call(func=ast.Name(id=name)) if name in _CALLED:
            new = copy(node)
            new.func = ast.Name(_CALLED[name], ast.Load())
            yield _told(node, new)
        case ast.ExceptHandler(type=ast.expr()):
            yield from _caught(node)
        case ast.stmt():
            yield from _statement(node)
        case _:
            pass
    if isinstance(node, ast.expr):
        yield from _condition(node, above)


def _told(old: ast.AST, new: ast.AST) -> Change:
    return f"{_short(old)} -> {_short(new)}", new


def _short(node: ast.AST) -> str:
    line = ast.unparse(node).split("\n", 1)[0]
    return line if len(line) <= 70 else f"{line[:67]}..."  # noqa: PLR2004 - a line of a terminal


def _compared(node: ast.Compare) -> Iterator[Change]:
    for at, operator in enumerate(node.ops):
        for other in _COMPARED[type(operator)]:
            new = copy(node)
            new.ops = [*node.ops[:at], other(), *node.ops[at + 1 :]]
            yield _told(node, new)


def _joined(node: ast.BoolOp) -> Iterator[Change]:
    other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    yield _told(node, ast.BoolOp(other, node.values))
    for at in range(len(node.values)):
        rest = node.values[:at] + node.values[at + 1 :]
        yield _told(node, ast.BoolOp(node.op, rest) if len(rest) > 1 else rest[0])


def _reckoned(node: ast.BinOp | ast.AugAssign, above: ast.AST) -> Iterator[Change]:
    other = _REACHED.get(type(node.op))
    sides = (node.left, node.right) if isinstance(node, ast.BinOp) else (node.value,)
    # Texts are never subtracted, and `A | B` outside a function may be a type: no real faults.
    text = any(isinstance(each, ast.JoinedStr) or _is_text(each) for each in sides)
    names = isinstance(above, ast.Assign | ast.AnnAssign) and isinstance(node.op, ast.BitOr)
    if other is not None and not text and not names:
        new = copy(node)
        new.op = other()
        yield _told(node, new)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)


def _constant(node: ast.Constant) -> Iterator[Change]:
    match node.value:
        case bool(value):
            yield _told(node, ast.Constant(not value))
        case int(value) | float(value):
            yield _told(node, ast.Constant(value + 1))
        case str(value) if " " not in value.strip():
            yield _told(node, ast.Constant(f"{value}XX"))
        case bytes(value):
            yield _told(node, ast.Constant(value + b"XX"))


def _caught(node: ast.ExceptHandler) -> Iterator[Change]:
    kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
    for at, kind in enumerate(kinds):
        new = copy(node)
        rest = [each for each in kinds[:at] + kinds[at + 1 :] if each is not None]
        new.type = ast.Tuple(rest, ast.Load())
        yield f"except {ast.unparse(kind or new)} -> not caught", new


def _statement(node: ast.stmt) -> Iterator[Change]:
    match node:
        case ast.Expr(value=ast.Yield() | ast.YieldFrom()):
            yield f"{_short(node)} -> nothing", ast.parse("yield from ()").body[0]
        case ast.Expr(value=ast.Call()) | ast.Raise():
            yield f"{_short(node)} -> nothing", ast.Pass()
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield f"{_short(node)} -> nothing", ast.Pass()
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield _told(node, ast.Return(ast.Constant(None)))
        case ast.Continue():
            yield "continue -> break", ast.Break()
        case ast.Break():
            yield "break -> continue", ast.Continue()


def _condition(node: ast.expr, above: ast.AST) -> Iterator[Change]:
    """A condition that is turned round, or of a comprehension, left out."""
    if isinstance(above, ast.comprehension) and node in above.ifs:
        yield f"if {_short(node)} -> left out", ast.Constant(value=True)
    tested = isinstance(above, ast.If | ast.While | ast.IfExp) and above.test is node
    if tested and not isinstance(node, ast.Compare | ast.UnaryOp):
        yield _told(node, ast.UnaryOp(ast.Not(), node))
