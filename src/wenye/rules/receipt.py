"""Digests by which a decision can be reproduced and checked: of a formula, and of a decision."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from wenye.rules.expressions import Expr
from wenye.rules.facts import Fact
from wenye.rules.parameters import Series
from wenye.rules.scheme import Scheme
from wenye.rules.tree import Node


def formula_digest(scheme: type[Scheme]) -> str:
    """SHA-256 of everything a scheme decides by: its formulas, laws and history rules.

    Parameters enter by name; their values have a digest of their own.
    """
    done: dict[int, str] = {}
    parts: list[Expr | None] = [
        scheme.outcome,
        scheme.law_index,
        scheme.doubtful,
        scheme.amount,
        scheme.first,
        scheme.last,
    ]
    if scheme.claws_back is not None:
        parts += [scheme.claws_back.when, scheme.claws_back.amount]
    text = json.dumps(
        [
            scheme.id,
            scheme.operated_by,
            scheme.our_part,
            list(scheme.excludes),
            scheme.subject.__name__,
            [
                None if source is None else _canonical(source, done)
                for source in (scheme.payee, scheme.concerns, scheme.once_per)
            ],
            scheme.priority,
            [version.name for version in scheme.laws],
            {name: _canonical(item, done) for name, item in scheme.conditions.items()},
            [None if part is None else _canonical(part, done) for part in parts],
        ],
        ensure_ascii=False,
        sort_keys=True,
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _canonical(node: Node, done: dict[int, str]) -> str:
    found = done.get(node.key)
    if found is None:
        attrs = ",".join(_attr(item) for item in node.attrs)
        kind = str(node.kind) + str(node.kind.scale) if isinstance(node, Expr) else ""
        inner = ",".join(_canonical(arg, done) for arg in node.args)
        text = f"{node.op}[{attrs}]{kind}({inner})"
        # Long shared branches by digest, so that the text stays linear in the tree.
        found = done[node.key] = (
            text if len(text) < 200 else hashlib.sha256(text.encode()).hexdigest()
        )
    return found


def _attr(item: Any) -> str:
    if isinstance(item, Series):
        return item.name
    if isinstance(item, Fact):
        return repr(item)
    if isinstance(item, type):
        return item.__name__
    return repr(item)


def sealed(content: dict[str, Any]) -> dict[str, Any]:
    """``content`` with an ``id``: the SHA-256 of its canonical JSON."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return {"id": hashlib.sha256(text.encode()).hexdigest(), **content}
