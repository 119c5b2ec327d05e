"""The joining half of the batch executor: every fact a scheme reads, in one flat frame.

References become left joins, spells as at a day become as-of joins, aggregates become grouped sums
joined back; what was not found is marked absent where the register is complete to the day asked,
and stays null (unknown) where it is not. ``rules.rowwise`` then needs no other table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

import polars as pl

from wenye.rules import calendar
from wenye.rules.columns import DTYPES, Ready, aggregate_column, column, dtype_of, literal
from wenye.rules.expressions import Expr
from wenye.rules.facts import Entity, Fact, Many
from wenye.rules.parameters import Series
from wenye.rules.sources import Source
from wenye.rules.spell_columns import following
from wenye.rules.stages import Staged
from wenye.rules.tree import Node

_AGGREGATES = ("count", "total")
_NOTHING = calendar.NOT_APPLICABLE[32]


class Tables(Protocol):
    """Where rows come from; see ``wenye.registers.store``."""

    def table(self, entity: type[Entity]) -> pl.LazyFrame:
        """Rows of the entity: ``key`` and one column per fact, as ``rules.kinds`` stores them."""

    def complete_to(self, entity: type[Entity]) -> int | None:
        """The day code to which the register is complete, or None where nothing is known."""


def gather(
    frame: pl.LazyFrame,
    expressions: Iterable[Expr],
    tables: Tables,
    on: int,
    parameters: Mapping[str, Series] | None = None,
) -> pl.LazyFrame:
    """``frame`` (rows of the subject) with a column for whatever ``expressions`` read."""
    work = _Gather(frame, tables, on, parameters or {}, key="key")
    work.need(expressions)
    return work.frame


class _Gather:
    """One frame being widened; ``key`` names the column that tells its rows apart."""

    def __init__(
        self,
        frame: pl.LazyFrame,
        tables: Tables,
        on: int,
        parameters: Mapping[str, Series],
        key: str,
        inside: frozenset[int] = frozenset(),
        ready: Ready | None = None,
        have: Iterable[int] = (),
    ) -> None:
        self.frame = frame
        self.tables = tables
        self.on = on
        self.parameters = parameters
        self.key = key
        #: Keys of the row sources that stand in this frame as plain columns.
        self.inside = inside
        #: What the frame around this one has computed already.
        self.ready: Ready = ready or {}
        self._have: set[int] = {*self.ready, *have}
        self._wanted: dict[int, set[str]] = {}
        self._noted: set[int] = set()
        self._free: dict[int, frozenset[int]] = {}

    # -- what is needed -------------------------------------------------------------------------

    def need(self, expressions: Iterable[Expr]) -> None:
        """Attach everything that the expressions read."""
        expressions = list(expressions)
        for expr in expressions:
            self._note(expr)
        for expr in expressions:
            self._attach(expr)

    def _note(self, node: Node) -> None:
        """Record which columns of which source will be asked for, before the joins are made."""
        if node.op == "row" or node.key in self._noted:
            return
        self._noted.add(node.key)
        if node.op in _AGGREGATES:
            row = node.args[0]
            parent = row.args[0]
            assert isinstance(parent, Source)
            self._want(parent, "key")
            self._note(parent)
            for part in node.args[1:]:
                for leaf in self._outer(part, row.key):
                    if isinstance(leaf, Source):
                        self._want(leaf, "key")
                    self._note(leaf)
            return
        if isinstance(node, Source):
            self._note_source(node)
        elif node.op == "fact":
            source = node.args[0]
            assert isinstance(source, Source)
            fact: Fact = node.attrs[0]
            self._want(source, fact.name)
        elif node.op == "key":
            source = node.args[0]
            assert isinstance(source, Source)
            if source.op != "ref":
                self._want(source, "key")
        for arg in node.args:
            self._note(arg)

    def _note_source(self, source: Source) -> None:
        if source.op == "ref":
            parent = source.args[0]
            assert isinstance(parent, Source)
            self._want(parent, source.attrs[1])
        elif source.op in ("as_at", "latest"):
            parent = source.args[0]
            assert isinstance(parent, Source)
            self._want(parent, "key")
            self._want(source, "key")

    def _want(self, source: Source, name: str) -> None:
        if source.key not in self.inside:
            self._wanted.setdefault(source.key, set()).add(name)

    def _rows_in(self, node: Node) -> frozenset[int]:
        """Keys of the aggregates' rows that a node depends on."""
        found = self._free.get(node.key)
        if found is None:
            found = frozenset[int]().union(*(self._rows_in(arg) for arg in node.args))
            if node.op == "row":
                found |= {node.key}
            elif node.op in _AGGREGATES:
                found -= {node.args[0].key}
            self._free[node.key] = found
        return found

    def _outer(self, node: Node, row: int) -> list[Node]:
        """The largest parts of an aggregate's formula that this frame can compute for its rows.

        A source among them stands for its key: rows inside the formula hang on it.
        """
        if node.key == row or node.op == "const":
            return []
        rows = self._rows_in(node)
        if row not in rows and rows <= self.inside:
            return [node]
        return [leaf for arg in node.args for leaf in self._outer(arg, row)]

    # -- attaching ------------------------------------------------------------------------------

    def _attach(self, node: Node) -> None:
        if node.op == "row" or node.key in self._have:
            return
        self._have.add(node.key)
        if node.op in _AGGREGATES:
            self._aggregate(node)
            return
        for arg in node.args:
            self._attach(arg)
        if isinstance(node, Source):
            if node.op == "ref" and self._wanted.get(node.key):
                self._refer(node)
            elif node.op in ("as_at", "latest"):
                self._pick(node)

    def _refer(self, source: Source) -> None:
        parent = source.args[0]
        assert isinstance(parent, Source)
        names = sorted(self._wanted[source.key])
        link = column(parent, source.attrs[1])
        right = self.tables.table(source.entity).select(
            pl.col("key").alias("_key"),
            *(pl.col(name).alias(column(source, name)) for name in names),
        )
        self.frame = self.frame.join(right, left_on=link, right_on="_key", how="left")
        if source.optional:
            gone = pl.col(link) <= _NOTHING
            self._mark_absent(source, names, gone)

    def _mark_absent(self, source: Source, names: Iterable[str], gone: pl.Expr) -> None:
        facts = source.entity.facts()
        marks = []
        for name in names:
            bits = 32 if name == "key" else facts[name].kind.bits
            if not bits or (name in facts and facts[name].kind.name == "code"):
                continue
            dtype = pl.Int32 if name == "key" else DTYPES[facts[name].kind.name]
            absent = pl.lit(calendar.ABSENT[bits], dtype=dtype)
            place = column(source, name)
            marks.append(pl.when(gone).then(absent).otherwise(pl.col(place)).alias(place))
        if marks:
            self.frame = self.frame.with_columns(marks)

    def _pick(self, source: Source) -> None:
        parent, when = source.args
        assert isinstance(parent, Source) and isinstance(when, Expr)
        entity = source.entity
        relation = parent.entity.relations()[source.attrs[1]]
        spell = entity.spell if source.op == "as_at" else None
        first = entity.spell[0] if entity.spell else (entity.dated or "")
        names = sorted(self._wanted.get(source.key, set()) | {"key"})
        rowwise = self._rowwise()
        day = rowwise.closed(when)
        holder = column(parent, "key")
        begun = f"_begun{source.key}"
        right = self._owned(entity, relation).select(
            pl.col(relation.by).alias("_by"),
            pl.col(first).alias(begun),
            *([pl.col(spell[1]).alias("_until")] if spell else []),
            *(pl.col(name).alias(column(source, name)) for name in names),
        )
        asked = f"_asked{source.key}"
        frame = rowwise.laid(self.frame).with_columns(
            literal(day, pl.Int32).cast(pl.Int32, strict=False).alias(asked)
        )
        order = column(source, "key")
        if isinstance(day, int):
            chosen = right.filter(pl.col(begun) <= day)
            if spell:
                until = pl.col("_until")
                chosen = chosen.filter((until <= _NOTHING) | (until >= day))
            chosen = chosen.sort("_by", begun, order).unique(
                "_by", keep="last", maintain_order=True
            )
            frame = frame.join(chosen.drop(begun), left_on=holder, right_on="_by", how="left")
        else:
            least = calendar.ABSENT[32]
            if spell:
                right = following(right, "_by", begun, "_until", order)
            frame = (
                frame.with_columns(pl.col(asked).fill_null(least).alias("_sorted"))
                .sort("_sorted")
                .join_asof(
                    right.sort(begun, order),
                    left_on="_sorted",
                    right_on=begun,
                    by_left=holder,
                    by_right="_by",
                    strategy="backward",
                    check_sortedness=False,
                )
                .drop("_sorted", begun, strict=False)
            )
        found = pl.col(column(source, "key")).is_not_null()
        if spell:
            found = found & ((pl.col("_until") <= _NOTHING) | (pl.col("_until") >= pl.col(asked)))
        complete = self.tables.complete_to(entity)
        held = pl.col(holder)
        if complete is None:
            settled = pl.lit(False)
        elif entity.facts()[first].kind.name == "month":
            settled = pl.col(asked) <= calendar.whole_month(complete)
        else:
            settled = pl.col(asked) <= complete
        exists = column(source, "exists")
        frame = frame.with_columns(
            pl.when(held <= _NOTHING)
            .then(False)
            .when(found)
            .then(True)
            .when(settled & held.is_not_null())
            .then(False)
            .alias(exists)
        )
        # A row that does not cover the day is no row; its values must not leak.
        there = pl.col(exists).fill_null(False)
        frame = frame.with_columns(
            pl.when(there).then(pl.col(column(source, name))).alias(column(source, name))
            for name in names
        )
        self.frame = frame.drop(asked, *(["_until"] if spell else []), *rowwise.names)
        self._mark_absent(source, names, ~pl.col(exists))

    def _rowwise(self) -> Staged:
        return Staged(self.on, self.parameters, self.ready)

    def _owned(self, entity: type[Entity], relation: Many) -> pl.LazyFrame:
        """Rows of the relation; those that belong to nobody are nobody's."""
        rows = self.tables.table(entity)
        if entity.facts()[relation.by].may_be_absent:
            rows = rows.filter(pl.col(relation.by) > _NOTHING)
        return rows

    def _aggregate(self, node: Node) -> None:
        row = node.args[0]
        assert isinstance(row, Source)
        parent = row.args[0]
        assert isinstance(parent, Source)
        self._attach(parent)
        relation = parent.entity.relations()[row.attrs[1]]
        entity = row.entity
        parts = [part for part in node.args[1:] if isinstance(part, Expr)]
        outer = {leaf.key: leaf for part in parts for leaf in self._outer(part, row.key)}
        for leaf in outer.values():
            self._attach(leaf)
        rowwise = self._rowwise()
        ready: dict[int, tuple[str, str]] = {}
        hung = [leaf for leaf in outer.values() if isinstance(leaf, Source)]
        carried = [pl.col(column(source, "key")) for source in hung]
        for leaf in outer.values():
            if not isinstance(leaf, Expr) or not _columns_of(leaf):
                continue
            ends = rowwise.pair(leaf)
            exact = ends[0] is ends[1]
            ready[leaf.key] = f"_o{leaf.key}", f"_o{leaf.key}" if exact else f"_p{leaf.key}"
            dtype = dtype_of(leaf) if exact else pl.Int64
            for end, name in dict(zip(ready[leaf.key], ends, strict=True)).items():
                carried.append(literal(name, dtype).alias(end))
        inner = self._owned(entity, relation).select(
            pl.col(relation.by).alias("_by"),
            *(pl.col(name).alias(column(row, name)) for name in ("key", *_readable(entity))),
        )
        group = "_by"
        work_key = column(row, "key")
        if carried:
            group = "_group"
            # Read twice from here on: uncached, each further aggregate would double the plan.
            self.frame = self.frame.cache()
            base = rowwise.laid(self.frame).select(
                pl.col(self.key).alias("_group"),
                pl.col(column(parent, "key")).alias("_held"),
                *carried,
            )
            inner = inner.join(base, left_on="_by", right_on="_held", how="inner")
            inner = inner.with_row_index("_row")
            work_key = "_row"
        work = _Gather(
            inner,
            self.tables,
            self.on,
            self.parameters,
            key=work_key,
            inside=self.inside | {row.key},
            ready={**self.ready, **ready},
            have=[source.key for source in hung],
        )
        work.need(parts)
        compiled = work._rowwise()
        low, high = aggregate_column(node, "low"), aggregate_column(node, "high")
        columns = [compiled(parts[0]).alias("_test")]
        if node.op == "total":
            columns += [
                literal(side, pl.Int64).cast(pl.Int64).alias(name)
                for name, side in zip(("_low", "_high"), compiled.pair(parts[1]), strict=True)
            ]
        if node.op == "count":
            least = pl.col("_test").sum()
            most = pl.len()
        else:
            sure = pl.col("_test").fill_null(False)
            least = pl.when(sure).then(pl.col("_low").fill_null(0)).otherwise(0).sum()
            most = pl.when(pl.col("_high").is_not_null().all()).then(pl.col("_high").sum())
        # Rows that surely do not count are left out before grouping, which is what takes time.
        grouped = (
            compiled.laid(work.frame)
            .with_columns(columns)
            .filter(pl.col("_test").fill_null(True))
            .group_by(group)
            .agg(least.cast(pl.Int64).alias(low), most.cast(pl.Int64).alias(high))
        )
        link = self.key if carried else column(parent, "key")
        frame = self.frame.join(grouped, left_on=link, right_on=group, how="left")
        complete = self.tables.complete_to(entity)
        whole = complete is not None and complete >= self.on
        seen = pl.col(low).is_not_null()
        held = pl.col(column(parent, "key"))
        nobody = held <= _NOTHING
        top = (
            pl.when(seen).then(pl.col(high)).otherwise(0) if whole else pl.lit(None, dtype=pl.Int64)
        )
        self.frame = frame.with_columns(
            pl.col(low).fill_null(0).alias(low),
            pl.when(nobody).then(0).when(held.is_not_null()).then(top).alias(high),
        )


def _readable(entity: type[Entity]) -> list[str]:
    return [name for name, fact in entity.facts().items() if fact.kind.name in DTYPES]


def _columns_of(node: Node) -> bool:
    """Whether a node needs a column at all, or is made of constants and the day alone."""
    return any(below.op in ("fact", "exists", "has", "key", *_AGGREGATES) for below in node.walk())
