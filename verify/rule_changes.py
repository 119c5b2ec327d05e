"""Small mistakes that could be made in a scheme file, one at a time.

Each change is one node of the file's syntax: a comparison, a conjunction, a dropped condition, a
fact taken for another. The changed text is compiled in place of the file (``rule_mutants``); what
decides exactly as before is not made.
"""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from wenye.rules.facts import Entity
from wenye.rules.sources import Rows, Source

FLIPS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.GtE: ast.Gt,
    ast.Gt: ast.GtE,
    ast.LtE: ast.Lt,
    ast.Lt: ast.LtE,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
}
SWAPPED = {"reached": "within", "within": "reached", "least": "greatest", "greatest": "least"}
#: What a changed file may need though the file itself does not.
IMPORTED = "from wenye.rules import greatest, least, reached, within"
#: Calls that decide nothing: what they say is not changed.
SILENT = ("cite", "parameters", "scheme")
#: Calls of which only the arguments without a name (but for their label) and these decide.
DECIDING = {
    "condition": (),
    "quantity": (),
    "claw_back": ("when", "amount"),
    "law": ("eligible", "pays", "since", "until", "keeps"),
}


@dataclass(frozen=True)
class SourceChange:
    """A change of a scheme file: its line, and what it is in words."""

    line: int
    what: str
    #: The file's text with the change, until the next change is asked for.
    text: Callable[[], str]


def written_again(text: str) -> str:
    """The file as its changes are written: without comments, and with nothing changed."""
    return ast.unparse(_tree(text))


def source_changes(text: str, names: Mapping[str, Any]) -> Iterator[SourceChange]:
    """Every change of the file; ``names`` is what the names in it mean once it is loaded."""
    tree = _tree(text)
    for put, node in [site for part in tree.body for site in _deciding(part, _never)]:
        old = ast.unparse(node)
        for what, new in _instead(node, names):
            put(new)
            yield SourceChange(node.lineno, f"{what}: {_short(old)}", partial(ast.unparse, tree))
            put(node)


def _tree(text: str) -> ast.Module:
    tree = ast.parse(text)
    tree.body.insert(1 if ast.get_docstring(tree) else 0, ast.parse(IMPORTED).body[0])
    return tree


def _never(new: ast.AST) -> None:
    raise AssertionError("a statement is not replaced")


def _short(code: str) -> str:
    code = " ".join(code.split())
    return code if len(code) <= 100 else f"{code[:60]} … {code[-36:]}"


Put = Callable[[ast.AST], None]


def _deciding(node: ast.AST, put: Put) -> Iterator[tuple[Put, ast.expr]]:
    """Every expression that may decide something, with what puts another in its place."""
    if isinstance(node, ast.Import | ast.ImportFrom | ast.arguments):
        return
    if isinstance(node, ast.expr):
        yield put, node
    named: tuple[str, ...] | None = None
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id in SILENT:
            return
        named = DECIDING.get(node.func.id)
    for field, value in ast.iter_fields(node):
        if isinstance(value, ast.AST):
            yield from _deciding(value, _setter(node, field))
        elif isinstance(value, list):
            for place, item in enumerate(value):
                if isinstance(item, ast.keyword) and named is not None and item.arg not in named:
                    continue
                if isinstance(item, ast.AST):
                    yield from _deciding(item, _item_setter(value, place))


def _setter(node: ast.AST, field: str) -> Put:
    return lambda new: setattr(node, field, new)


def _item_setter(items: list[Any], place: int) -> Put:
    def put(new: ast.AST) -> None:
        items[place] = new

    return put


def _instead(node: ast.expr, names: Mapping[str, Any]) -> Iterator[tuple[str, ast.expr]]:
    """What could stand by mistake in the place of the expression, with the mistake in words."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in FLIPS:
        flipped = FLIPS[type(node.ops[0])]()
        yield "comparison", ast.Compare(node.left, [flipped], node.comparators)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd | ast.BitOr):
        yield from _joined(node)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert):
        yield "~ dropped", node.operand
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        if _is_one(node.right):
            yield "one dropped", node.left
        elif _is_one(node.left) and isinstance(node.op, ast.Add):
            yield "one dropped", node.right
    elif isinstance(node, ast.Call):
        yield from _called(node)
    elif isinstance(node, ast.Attribute):
        yield from _other_fact(node, names)


def _joined(node: ast.BinOp) -> Iterator[tuple[str, ast.expr]]:
    conjunction = isinstance(node.op, ast.BitAnd)
    other = ast.BitOr() if conjunction else ast.BitAnd()
    yield "& for |" if not conjunction else "| for &", ast.BinOp(node.left, other, node.right)
    yield f"dropped {_short(ast.unparse(node.right))}", node.left
    # In a & b & c the left side of the outer & is dropped where it is itself taken apart.
    if not (isinstance(node.left, ast.BinOp) and type(node.left.op) is type(node.op)):
        yield f"dropped {_short(ast.unparse(node.left))}", node.right


def _is_one(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) is int and node.value == 1


def _called(node: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    if name in SWAPPED:
        other = ast.Name(SWAPPED[name], ast.Load())
        yield f"{SWAPPED[name]} for {name}", ast.Call(other, node.args, node.keywords)
    if name in ("add_days", "add_months"):
        moved = node.args[1]
        if isinstance(moved, ast.UnaryOp) and isinstance(moved.op, ast.USub):
            moved = moved.operand
        if _is_one(moved):
            yield "one dropped", node.args[0]
    if name == "law":
        for place, given in enumerate(node.keywords):
            if given.arg in ("since", "until") and isinstance(given.value, ast.Constant):
                yield from _other_days(node, place, given)
    if isinstance(node.func, ast.Attribute) and node.func.attr == "among" and len(node.args) > 1:
        for place, option in enumerate(node.args):
            kept = [*node.args[:place], *node.args[place + 1 :]]
            yield f"dropped {ast.unparse(option)}", ast.Call(node.func, kept, node.keywords)


def _other_days(node: ast.Call, place: int, given: ast.keyword) -> Iterator[tuple[str, ast.expr]]:
    assert isinstance(given.value, ast.Constant)
    day = dt.date.fromisoformat(str(given.value.value))
    for moved in (day - dt.timedelta(days=1), day + dt.timedelta(days=1)):
        keywords = list(node.keywords)
        keywords[place] = ast.keyword(given.arg, ast.Constant(moved.isoformat()))
        yield f"{given.arg} {moved} for {day}", ast.Call(node.func, node.args, keywords)


def _other_fact(node: ast.Attribute, names: Mapping[str, Any]) -> Iterator[tuple[str, ast.expr]]:
    """The next fact of the same entity and kind; references lead elsewhere, and are left alone."""
    entity = _entity(node.value, names)
    if entity is None or node.attr not in entity.facts():
        return
    facts = entity.facts()
    fact = facts[node.attr]
    if fact.kind.name == "key":
        return
    alike = [
        name
        for name, other in facts.items()
        if other.kind == fact.kind and other.may_be_absent == fact.may_be_absent
    ]
    if len(alike) > 1:
        other = alike[(alike.index(node.attr) + 1) % len(alike)]
        yield f"{other} for {node.attr}", ast.Attribute(node.value, other, ast.Load())


def _entity(node: ast.expr, names: Mapping[str, Any]) -> type[Entity] | None:
    if not all(isinstance(part, _PATH) for part in ast.walk(node)):
        return None
    try:
        found = eval(compile(ast.Expression(node), "<path>", "eval"), dict(names))
    except Exception:  # a name that means something only inside a function
        return None
    if isinstance(found, type) and issubclass(found, Entity):
        return found
    return found.entity if isinstance(found, Rows | Source) else None


#: What a path like ``Employment.worker.unemployment.as_at(day)`` is written with.
_PATH = (ast.Name, ast.Attribute, ast.Call, ast.Load, ast.Constant, ast.UnaryOp, ast.USub)
