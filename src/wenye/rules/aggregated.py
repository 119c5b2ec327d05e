"""An aggregate over related rows: which rows may count, and what they come to for each row around.

Where nothing around the related rows matters, they are added up by owner, once for everyone who
asks. Otherwise each row of the frame is paired with the related rows that may count for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from wenye.rules.columns import column, dtype_of, literal
from wenye.rules.expressions import Expr
from wenye.rules.lookups import NOTHING, Flags, Ints, Owned, integers, most_key
from wenye.rules.sources import Source
from wenye.rules.sums import Sums, Tested, slices, starts_of
from wenye.rules.tree import Node
from wenye.rules.wanted import conjuncts, needs_columns

if TYPE_CHECKING:
    from wenye.rules.gather import Gather


class Aggregate:
    """One ``count`` or ``total`` over the frame that ``around`` widens."""

    def __init__(self, around: Gather, node: Expr) -> None:
        row = node.args[0]
        assert isinstance(row, Source)
        parent = row.args[0]
        assert isinstance(parent, Source)
        self.around = around
        self.node = node
        self.row = row
        self.parent = parent
        self.by = parent.entity.relations()[row.attrs[1]].by
        self.parts = [part for part in node.args[1:] if isinstance(part, Expr)]
        found = {
            leaf.key: leaf for part in self.parts for leaf in around.wanted.outer(part, row.key)
        }
        #: What the formula reads of the rows around: to be attached before the sums are made.
        self.leaves = list(found.values())

    def sums(self, owners: Ints) -> Sums:
        """What the related rows come to, for each row of the frame; ``owners`` are their keys."""
        if any(isinstance(leaf, Source) or needs_columns(leaf) for leaf in self.leaves):
            return self._by_pair(owners)
        return self._by_owner().of(owners)

    def _by_owner(self) -> Sums:
        """What each owner's rows come to, where nothing outside the rows matters."""
        tables, node = self.around.tables, self.node
        what = ("sums", node.key, self.around.on, self._read_values(node))
        kept = tables.kept.get(what)
        if kept is None:
            answers = self._answers(self._over_all(self.parts))
            owners = tables.columns(self.row.entity, [self.by])[self.by]
            may = answers.hstack([owners]).filter(pl.col("test").fill_null(True))
            sums = Tested.of(may).by_owner(integers(may[self.by]), most_key(owners))
            kept = tables.kept[what] = sums.narrow()
        assert isinstance(kept, Sums)
        return kept

    def _by_pair(self, owners: Ints) -> Sums:
        """What each of the frame's rows finds among its related rows, pair by pair."""
        owned = self._candidates()
        first, counts = owned.spans(owners)
        some = np.flatnonzero(counts)
        first, counts = first[some], counts[some]
        rowwise = self.around.rowwise()
        ready: dict[int, tuple[str, str]] = {}
        exprs: dict[str, pl.Expr] = {}
        hung: dict[str, int] = {}
        for leaf in self.leaves:
            if isinstance(leaf, Source):
                hung[column(leaf, "key")] = leaf.key
                exprs[column(leaf, "key")] = pl.col(column(leaf, "key"))
            elif isinstance(leaf, Expr) and needs_columns(leaf):
                ends = rowwise.pair(leaf)
                exact = ends[0] is ends[1]
                ready[leaf.key] = f"_o{leaf.key}", f"_o{leaf.key}" if exact else f"_p{leaf.key}"
                dtype = dtype_of(leaf) if exact else pl.Int64
                for name, side in dict(zip(ready[leaf.key], ends, strict=True)).items():
                    exprs[name] = literal(side, dtype)
        values = self.around.values(rowwise, exprs, some)
        equal = self._same_key(ready, values)
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
            work = self.around.inner(self.row, self.parts, ready, hung)
            work.frame = work.rows_at(self.row, places).hstack(
                values.select(pl.all().gather(outer))
            )
            work.attach(self.parts)
            found.append(Tested.of(self._answers(work)).summed(starts))
        return Sums.joined(found).at(some, len(owners))

    def _same_key(
        self, ready: Mapping[int, tuple[str, str]], values: pl.DataFrame
    ) -> tuple[Ints, Ints] | None:
        """Where a test asks that a key of the related row equals one of the row around: both.

        Pairs in which they are known and differ do not count, and need not be looked at further.
        """
        for part in conjuncts(self.parts[0]):
            if part.op != "eq":
                continue
            for mine, other in (part.args, part.args[::-1]):
                link = mine.args[0] if mine.op == "key" else None
                if (
                    isinstance(link, Source)
                    and link.op == "ref"
                    and link.args[0].key == self.row.key
                    and other.key in ready
                ):
                    related = self.around.tables.integers(self.row.entity, link.attrs[1])
                    return related, integers(values[ready[other.key][0]])
        return None

    def _candidates(self) -> Owned:
        """The related rows that may count, for all that the rows themselves say.

        Rows that surely do not are left out before they are paired, which is what takes time.
        """
        tables, row = self.around.tables, self.row
        alone = self.around.wanted.is_of_rows_alone
        own = [part for part in conjuncts(self.parts[0]) if alone(part, row)]
        if not own:
            return tables.owned(row.entity, self.by)
        read = tuple(self._read_values(part) for part in own)
        what = ("candidates", row.key, self.around.on, tuple(part.key for part in own), read)
        kept = tables.kept.get(what)
        if kept is None:
            work = self._over_all(own)
            rowwise = work.rowwise()
            exprs = {f"{place}": rowwise(part) for place, part in enumerate(own)}
            values = work.values(rowwise, exprs)
            may: Flags = np.logical_and.reduce(
                [values[name].fill_null(True).to_numpy() for name in exprs]
            )
            kept = tables.kept[what] = tables.owned(row.entity, self.by, may)
        assert isinstance(kept, Owned)
        return kept

    def _over_all(self, parts: list[Expr]) -> Gather:
        """All related rows, with everything that ``parts`` read."""
        work = self.around.inner(self.row, parts, {}, {})
        work.frame = work.rows_at(self.row)
        work.attach(parts)
        return work

    def _answers(self, work: Gather) -> pl.DataFrame:
        """For each row whether it counts (``test``), and of a total from what to what."""
        rowwise = work.rowwise()
        exprs = {"test": rowwise(self.parts[0])}
        if self.node.op == "total":
            for name, side in zip(("low", "high"), rowwise.pair(self.parts[1]), strict=True):
                exprs[name] = literal(side, pl.Int64).cast(pl.Int64)
        return work.values(rowwise, exprs)

    def _read_values(self, node: Node) -> tuple[Any, ...]:
        """The parameters' values on which a node rests, to tell one run from another."""
        parameters = self.around.parameters
        return tuple(
            parameters.get(*below.attrs).steps for below in node.walk() if below.op == "param"
        )
