"""The joining half of the batch executor: every fact a scheme reads, in one flat frame.

References are followed by key, spells as at a day are found by owner and day, aggregates are sums
over pairs of a row and a related row; what was not found is marked absent where the register is
complete to the day asked, and stays null (unknown) where it is not. ``rules.rowwise`` then needs no
other table. Nothing is joined before it is needed: a frame from which everything can be read is
handed on as it came.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import polars as pl
from numpy.typing import NDArray

from wenye.rules import calendar
from wenye.rules.aggregated import Aggregate
from wenye.rules.columns import DTYPES, Ready, aggregate_column, column, dtype_of, literal
from wenye.rules.expressions import Expr
from wenye.rules.lookups import (
    NOTHING,
    Ints,
    Longs,
    Lookups,
    Tables,
    integers,
    nullable,
)
from wenye.rules.parameters import Series
from wenye.rules.sources import Source
from wenye.rules.stages import Staged
from wenye.rules.tree import Node
from wenye.rules.wanted import AGGREGATES, Wanted

__all__ = ["Tables", "gather"]

#: From so many rows on, row-wise work is worth spreading over cores.
_MANY = 200_000


def gather(
    frame: pl.LazyFrame,
    expressions: Iterable[Expr],
    tables: Tables,
    on: int,
    parameters: Mapping[str, Series] | None = None,
    held: Iterable[int] = (),
) -> pl.LazyFrame:
    """``frame`` (rows of the subject) with a column for whatever ``expressions`` read.

    ``held`` are the keys of rows and sums that the frame holds already; others are looked up, and
    take the place of what it may hold of them.
    """
    lookups = tables if isinstance(tables, Lookups) else Lookups(tables)
    work = Gather(frame, lookups, on, parameters or {}, have=held)
    expressions = list(expressions)
    work.wanted.note(expressions)
    work.attach(expressions)
    return work.gathered()


class Gather:
    """One frame being widened."""

    def __init__(
        self,
        frame: pl.LazyFrame | pl.DataFrame,
        tables: Lookups,
        on: int,
        parameters: Mapping[str, Series],
        inside: frozenset[int] = frozenset(),
        ready: Ready | None = None,
        have: Iterable[int] = (),
    ) -> None:
        self._frame = frame
        self.tables = tables
        self.on = on
        self.parameters = parameters
        #: Which columns of which source are asked for.
        self.wanted = Wanted(inside)
        #: What the frame around this one has computed already.
        self.ready: Ready = ready or {}
        self._have: set[int] = {*self.ready, *have}

    @property
    def frame(self) -> pl.DataFrame:
        """The frame so far, in memory."""
        if isinstance(self._frame, pl.LazyFrame):
            self._frame = self._frame.collect()
        return self._frame

    @frame.setter
    def frame(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def gathered(self) -> pl.LazyFrame:
        """The frame as it is now."""
        return self._frame.lazy()

    # -- attaching ------------------------------------------------------------------------------

    def attach(self, expressions: Iterable[Node]) -> None:
        """Put everything that the expressions read into columns."""
        for expr in expressions:
            self._attach(expr)

    def _attach(self, node: Node) -> None:
        if node.op == "row" or node.key in self._have:
            return
        self._have.add(node.key)
        if node.op in AGGREGATES:
            self._aggregate(node)
            return
        for arg in node.args:
            self._attach(arg)
        if isinstance(node, Source):
            if node.op == "ref" and self.wanted.of(node):
                self._refer(node)
            elif node.op in ("as_at", "latest"):
                self._pick(node)

    def _refer(self, source: Source) -> None:
        parent = source.args[0]
        assert isinstance(parent, Source)
        names = self.wanted.of(source)
        link = column(parent, source.attrs[1])
        places = self.tables.places(source.entity, integers(self.frame[link]))
        self._put(source, names, places)
        if source.optional:
            self._mark_absent(source, names, pl.col(link) <= NOTHING)

    def _put(self, source: Source, names: Iterable[str], places: Longs) -> None:
        """The source's columns for the rows at ``places``; null where there is none."""
        rows = nullable(places)
        held = self.tables.columns(source.entity, names)
        self.frame = self.frame.with_columns(
            pl.lit(values).gather(rows).alias(column(source, name)) for name, values in held.items()
        )

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
        by = parent.entity.relations()[source.attrs[1]].by
        rowwise = self.rowwise()
        day = rowwise.closed(when)
        owners = integers(self.frame[column(parent, "key")])
        if isinstance(day, int):
            known = np.full(len(owners), True)
            places = _of(self.tables.covering_on(entity, by, source.op, day), owners)
            asked: pl.Series | pl.Expr = pl.lit(day, dtype=pl.Int32)
        else:
            asked = self.values(rowwise, {"asked": literal(day, pl.Int32)})["asked"]
            asked = asked.cast(pl.Int32, strict=False)
            known = asked.is_not_null().to_numpy()
            spells = self.tables.spells(entity, by, source.op)
            places = spells.covering(owners, integers(asked))
        places = np.where(known & (owners > NOTHING), places, -1)
        self._put(source, sorted({*self.wanted.of(source), "key"}), places)
        complete = self.tables.complete_to(entity)
        first = entity.spell[0] if entity.spell else (entity.dated or "")
        settled: pl.Expr = pl.lit(False)
        if complete is not None:
            by_month = entity.facts()[first].kind.name == "month"
            to = calendar.whole_month(complete) if by_month else complete
            settled = (asked if isinstance(asked, pl.Expr) else pl.lit(asked)) <= to
        held, exists = pl.col(column(parent, "key")), column(source, "exists")
        self.frame = self.frame.with_columns(
            pl.when(held <= NOTHING)
            .then(False)
            .when(pl.lit(pl.Series(places >= 0)))
            .then(True)
            .when(settled & held.is_not_null())
            .then(False)
            .alias(exists)
        )
        self._mark_absent(source, sorted({*self.wanted.of(source), "key"}), ~pl.col(exists))

    def rowwise(self) -> Staged:
        return Staged(self.on, self.parameters, self.ready)

    def values(
        self, rowwise: Staged, exprs: Mapping[str, pl.Expr], rows: NDArray[np.intp] | None = None
    ) -> pl.DataFrame:
        """The expressions over the frame, or some of its rows; ``rowwise`` compiled them."""
        frame, height = self.frame.lazy(), self.frame.height
        if rows is not None and len(rows) < height:
            height = len(rows)
            frame = frame.select(pl.all().gather(pl.Series(rows.astype(np.uint32))))
        chosen = rowwise.laid(frame).select(expr.alias(name) for name, expr in exprs.items())
        found: pl.DataFrame = chosen.collect(engine="streaming" if height > _MANY else "in-memory")
        if found.height != height:  # nothing but constants
            found = found.select(pl.all().gather(pl.Series(np.zeros(height, dtype=np.uint32))))
        return found

    # -- aggregates -----------------------------------------------------------------------------

    def _aggregate(self, node: Node) -> None:
        assert isinstance(node, Expr)
        work = Aggregate(self, node)
        self._attach(work.parent)
        self.attach(work.leaves)
        link = column(work.parent, "key")
        sums = work.sums(integers(self.frame[link]))
        complete = self.tables.complete_to(work.row.entity)
        whole = complete is not None and complete >= self.on
        least, most = sums.columns(dtype_of(node))
        top = pl.lit(most) if whole else pl.lit(None, dtype=most.dtype)
        held = pl.col(link)
        self.frame = self.frame.with_columns(
            least.alias(aggregate_column(node, "low")),
            pl.when(held <= NOTHING)
            .then(pl.lit(0, dtype=most.dtype))
            .when(held.is_not_null())
            .then(top)
            .alias(aggregate_column(node, "high")),
        )

    def inner(
        self,
        row: Source,
        parts: list[Expr],
        ready: Mapping[int, tuple[str, str]],
        hung: Mapping[str, int],
    ) -> Gather:
        """The work on an aggregate's rows, with what they read noted."""
        work = Gather(
            pl.DataFrame(),
            self.tables,
            self.on,
            self.parameters,
            inside=self.wanted.inside | {row.key},
            ready={**self.ready, **ready},
            have=hung.values(),
        )
        work.wanted.note(parts)
        return work

    def rows_at(self, row: Source, places: Ints | Longs | None = None) -> pl.DataFrame:
        """The related rows at ``places`` (all of them without) with the columns that were noted."""
        held = self.tables.columns(row.entity, self.wanted.of(row) or ["key"])
        rows = pl.DataFrame([values.alias(column(row, name)) for name, values in held.items()])
        return rows if places is None else rows[pl.Series(places.astype(np.uint32))]


def _of(found: Longs, owners: Ints) -> Longs:
    """What a table by owner says of each owner; -1 beyond it."""
    inside = (owners >= 0) & (owners < len(found))
    if not len(found):
        return np.full(len(owners), -1, dtype=np.int64)
    return np.where(inside, found[np.where(inside, owners, 0)], -1)
