"""Single cases out of the registers: the rows of given subjects, nested as the case executor reads
them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from wenye.determination.judging import about
from wenye.rules import calendar
from wenye.rules.decide import outputs
from wenye.rules.facts import Entity
from wenye.rules.held import Held
from wenye.rules.lookups import PointTables, Tables
from wenye.rules.scheme import Scheme
from wenye.rules.sources import Source
from wenye.rules.tree import Node

_NOTHING = calendar.NOT_APPLICABLE[32]


@dataclass(slots=True)
class _Shape:
    """Which references and relations of an entity a scheme follows."""

    entity: type[Entity]
    refs: dict[str, _Shape] = field(default_factory=dict)
    many: dict[str, _Shape] = field(default_factory=dict)


def _shape(scheme: type[Scheme]) -> _Shape:
    top = _Shape(scheme.subject)
    done: dict[int, _Shape] = {}

    def at(source: Node) -> _Shape:
        assert isinstance(source, Source)
        found = done.get(source.key)
        if found is None:
            if source.op == "root":
                found = top
            else:
                parent = at(source.args[0])
                branch = parent.refs if source.op == "ref" else parent.many
                found = branch.setdefault(source.attrs[1], _Shape(source.entity))
            done[source.key] = found
        return found

    for expr in (*outputs(scheme).values(), *about(scheme).values()):
        for node in expr.walk():
            if isinstance(node, Source):
                at(node)
    return top


def cases(
    registers: Tables, scheme: type[Scheme], keys: Iterable[int]
) -> dict[int, dict[str, Any]]:
    """Rows for the case executor, by the subject's key; keys that no row has are left out."""
    return _fetch(registers, _shape(scheme), "key", list(keys))


def _fetch(registers: Tables, shape: _Shape, by: str, keys: list[int]) -> dict[int, dict[str, Any]]:
    """Rows by their own key, of those whose column ``by`` is among ``keys``."""
    if isinstance(registers, PointTables):
        table = registers.rows_by(shape.entity, by, keys)
    else:
        wanted = pl.LazyFrame({by: pl.Series(sorted(set(keys)), dtype=pl.Int32)})
        table = registers.table(shape.entity).join(wanted, on=by, how="semi").collect()
    rows = {row["key"]: row for row in table.sort("key").iter_rows(named=True)}
    facts = shape.entity.facts()
    for name, fact in facts.items():
        if fact.kind.name != "key":
            continue
        inner = shape.refs.get(name)
        links = [row[name] for row in rows.values() if row[name] is not None]
        found = (
            _fetch(registers, inner, "key", [key for key in links if key > _NOTHING])
            if inner is not None
            else {}
        )
        for row in rows.values():
            link = row[name]
            if link is not None:
                row[name] = False if link <= _NOTHING else found.get(link, {"key": link})
    for name, inner in shape.many.items():
        relation = shape.entity.relations()[name]
        complete = registers.complete_to(inner.entity)
        held = _held(
            registers, inner, relation.by, list(rows), -1 if complete is None else complete
        )
        nobody = Held((), -1 if complete is None else complete)
        for key, row in rows.items():
            row[name] = held.get(key, nobody)
    return rows


def _held(
    registers: Tables, shape: _Shape, by: str, keys: list[int], complete: int
) -> Mapping[int, Held]:
    groups: dict[int, list[dict[str, Any]]] = {}
    for row in _fetch(registers, shape, by, keys).values():
        holder = row[by]
        groups.setdefault(holder["key"], []).append(row)
    return {key: Held(tuple(rows), complete) for key, rows in groups.items()}
