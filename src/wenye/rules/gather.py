"""The joining half of the batch executor: every fact a scheme reads, in one flat frame.

References are followed by key, spells as at a day are found by owner and day, aggregates are sums
over pairs of a row and a related row; what was not found is marked absent where the register is
complete to the day asked, and stays null (unknown) where it is not. ``rules.rowwise`` then needs no
other table. Nothing is joined before it is needed: a frame from which everything can be read is
handed on as it came.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from wenye.rules import calendar
from wenye.rules.columns import DTYPES, Ready, aggregate_column, column, dtype_of, literal
from wenye.rules.expressions import Expr
from wenye.rules.lookups import (
    NOTHING,
    Flags,
    Ints,
    Longs,
    Lookups,
    Owned,
    Tables,
    integers,
    nullable,
)
from wenye.rules.parameters import Series
from wenye.rules.sources import Source
from wenye.rules.stages import Staged
from wenye.rules.sums import Sums, Tested, slices, starts_of
from wenye.rules.tree import Node
from wenye.rules.wanted import AGGREGATES, Wanted, conjuncts, needs_columns

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
    work = _Gather(frame, lookups, on, parameters or {}, have=held)
    expressions = list(expressions)
    work.wanted.note(expressions)
    work.attach(expressions)
    return work.gathered()


class _Gather:
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
        rowwise = self._rowwise()
        day = rowwise.closed(when)
        owners = integers(self.frame[column(parent, "key")])
        if isinstance(day, int):
            known = np.full(len(owners), True)
            places = _of(self.tables.covering_on(entity, by, source.op, day), owners)
            asked: pl.Series | pl.Expr = pl.lit(day, dtype=pl.Int32)
        else:
            asked = self._values(rowwise, {"asked": literal(day, pl.Int32)})["asked"]
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

    def _rowwise(self) -> Staged:
        return Staged(self.on, self.parameters, self.ready)

    def _values(
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
        row = node.args[0]
        assert isinstance(row, Source)
        parent = row.args[0]
        assert isinstance(parent, Source)
        self._attach(parent)
        parts = [part for part in node.args[1:] if isinstance(part, Expr)]
        outer = {leaf.key: leaf for part in parts for leaf in self.wanted.outer(part, row.key)}
        for leaf in outer.values():
            self._attach(leaf)
        owners = integers(self.frame[column(parent, "key")])
        carried = [
            leaf for leaf in outer.values() if isinstance(leaf, Source) or needs_columns(leaf)
        ]
        if carried:
            sums = self._by_pair(node, row, parts, carried, owners)
        else:
            sums = self._by_owner(node, row, parts).of(owners)
        complete = self.tables.complete_to(row.entity)
        whole = complete is not None and complete >= self.on
        assert isinstance(node, Expr)
        least, most = sums.columns(dtype_of(node))
        top = pl.lit(most) if whole else pl.lit(None, dtype=most.dtype)
        held = pl.col(column(parent, "key"))
        self.frame = self.frame.with_columns(
            least.alias(aggregate_column(node, "low")),
            pl.when(held <= NOTHING)
            .then(pl.lit(0, dtype=most.dtype))
            .when(held.is_not_null())
            .then(top)
            .alias(aggregate_column(node, "high")),
        )

    def _by_owner(self, node: Node, row: Source, parts: list[Expr]) -> Sums:
        """What each owner's rows come to, where nothing outside the rows matters."""
        what = ("sums", node.key, self.on, self._values_read(node))
        kept = self.tables.kept.get(what)
        if kept is None:
            by = _by(row)
            places = np.arange(self.tables.integers(row.entity, by).size, dtype=np.int64)
            work = self._inner(row, parts, {}, {})
            work.frame = work.rows_at(row, places)
            work.attach(parts)
            owned = self.tables.owned(row.entity, by)
            sums = work.tested(parts, node.op).take(owned.rows).summed(owned.starts)
            kept = self.tables.kept[what] = sums.narrow()
        assert isinstance(kept, Sums)
        return kept

    def _by_pair(
        self, node: Node, row: Source, parts: list[Expr], carried: list[Node], owners: Ints
    ) -> Sums:
        """What each of the frame's rows finds among its related rows, pair by pair."""
        owned = self._candidates(row, parts)
        first, counts = owned.spans(owners)
        some = np.flatnonzero(counts)
        first, counts = first[some], counts[some]
        rowwise = self._rowwise()
        ready: dict[int, tuple[str, str]] = {}
        exprs: dict[str, pl.Expr] = {}
        hung: dict[str, int] = {}
        for leaf in carried:
            if isinstance(leaf, Source):
                hung[column(leaf, "key")] = leaf.key
                exprs[column(leaf, "key")] = pl.col(column(leaf, "key"))
                continue
            assert isinstance(leaf, Expr)
            ends = rowwise.pair(leaf)
            exact = ends[0] is ends[1]
            ready[leaf.key] = f"_o{leaf.key}", f"_o{leaf.key}" if exact else f"_p{leaf.key}"
            dtype = dtype_of(leaf) if exact else pl.Int64
            for name, side in dict(zip(ready[leaf.key], ends, strict=True)).items():
                exprs[name] = literal(side, dtype)
        values = self._values(rowwise, exprs, some)
        equal = self._same_key(row, parts[0], ready, values)
        found = []
        for begin, end in slices(counts):
            many = counts[begin:end]
            starts = starts_of(many)
            outer = np.repeat(np.arange(begin, end, dtype=np.uint32), many)
            within = np.arange(len(outer)) - np.repeat(starts[:-1], many)
            places = owned.rows[np.repeat(first[begin:end], many) + within]
            if equal is not None:
                here, there = equal[0][places], equal[1][outer]
                may = (here == there) | (here <= NOTHING) | (there <= NOTHING)
                outer, places = outer[may], places[may]
                starts = starts_of(may)[starts]
            work = self._inner(row, parts, ready, hung)
            pairs = values.select(pl.all().gather(outer))
            work.frame = work.rows_at(row, places).hstack(pairs)
            work.attach(parts)
            found.append(work.tested(parts, node.op).summed(starts))
        return Sums.joined(found).at(some, len(owners))

    def _same_key(
        self,
        row: Source,
        test: Expr,
        ready: Mapping[int, tuple[str, str]],
        values: pl.DataFrame,
    ) -> tuple[Ints, Ints] | None:
        """Where a test asks that a key of the related row equals one of the row itself: both.

        Pairs in which they are known and differ do not count, and need not be looked at further.
        """
        for part in conjuncts(test):
            if part.op != "eq":
                continue
            for mine, other in (part.args, part.args[::-1]):
                link = mine.args[0] if mine.op == "key" else None
                if (
                    isinstance(link, Source)
                    and link.op == "ref"
                    and link.args[0].key == row.key
                    and other.key in ready
                ):
                    related = self.tables.integers(row.entity, link.attrs[1])
                    return related, integers(values[ready[other.key][0]])
        return None

    def _inner(
        self,
        row: Source,
        parts: list[Expr],
        ready: Mapping[int, tuple[str, str]],
        hung: Mapping[str, int],
    ) -> _Gather:
        """The work on an aggregate's rows, with what they read noted."""
        work = _Gather(
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

    def rows_at(self, row: Source, places: Ints | Longs) -> pl.DataFrame:
        """The related rows at ``places`` with the columns that were noted."""
        held = self.tables.columns(row.entity, self.wanted.of(row) or ["key"])
        rows = pl.Series(places.astype(np.uint32))
        named = [values.alias(column(row, name)) for name, values in held.items()]
        return pl.DataFrame(named)[rows]

    def tested(self, parts: list[Expr], op: str) -> Tested:
        """For each row whether it counts, and from what to what."""
        rowwise = self._rowwise()
        exprs = {"test": rowwise(parts[0])}
        if op == "total":
            for name, side in zip(("low", "high"), rowwise.pair(parts[1]), strict=True):
                exprs[name] = literal(side, pl.Int64).cast(pl.Int64)
        values = self._values(rowwise, exprs)
        test = values["test"]
        sure = test.fill_null(False).to_numpy()
        possible = test.fill_null(True).to_numpy()
        if op == "count":
            return Tested(sure.astype(np.int64), possible.astype(np.int64), None)
        low = values["low"].fill_null(0).to_numpy()
        known = values["high"].is_not_null().to_numpy()
        high = values["high"].fill_null(0).to_numpy()
        return Tested(np.where(sure, low, 0), np.where(possible, high, 0), possible & ~known)

    def _candidates(self, row: Source, parts: list[Expr]) -> Owned:
        """The related rows that may count, for all that the rows themselves say.

        Rows that surely do not are left out before they are paired, which is what takes time.
        """
        own = [part for part in conjuncts(parts[0]) if self.wanted.is_of_rows_alone(part, row)]
        if not own:
            return self.tables.owned(row.entity, _by(row))
        values_read = tuple(self._values_read(part) for part in own)
        what = ("candidates", row.key, self.on, tuple(part.key for part in own), values_read)
        kept = self.tables.kept.get(what)
        if kept is None:
            work = self._inner(row, own, {}, {})
            size = self.tables.integers(row.entity, _by(row)).size
            work.frame = work.rows_at(row, np.arange(size, dtype=np.int64))
            work.attach(own)
            rowwise = work._rowwise()
            exprs = {f"{place}": rowwise(part) for place, part in enumerate(own)}
            values = work._values(rowwise, exprs)
            may: Flags = np.logical_and.reduce(
                [values[name].fill_null(True).to_numpy() for name in exprs]
            )
            kept = self.tables.kept[what] = self.tables.owned(row.entity, _by(row), may)
        assert isinstance(kept, Owned)
        return kept

    def _values_read(self, node: Node) -> tuple[Any, ...]:
        """The parameters' values on which a node rests, to tell one run from another."""
        return tuple(
            self.parameters.get(*below.attrs).steps for below in node.walk() if below.op == "param"
        )


def _of(found: Longs, owners: Ints) -> Longs:
    """What a table by owner says of each owner; -1 beyond it."""
    inside = (owners >= 0) & (owners < len(found))
    if not len(found):
        return np.full(len(owners), -1, dtype=np.int64)
    return np.where(inside, found[np.where(inside, owners, 0)], -1)


def _by(row: Source) -> str:
    """The fact by which a relation's rows name their owner."""
    parent = row.args[0]
    assert isinstance(parent, Source)
    return parent.entity.relations()[row.attrs[1]].by
