"""Tables made ready to be looked up in: by key, by owner, by owner and day.

Each column is read once, each order made once, however many schemes ask; whoever decides several
schemes over the same tables hands the same ``Lookups`` to all of them. Places of rows are plain
integers, with -1 for "no such row"; a key or day that is not known is ``NOTHING``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

import numpy as np
import polars as pl
from numpy.typing import NDArray

from wenye.rules import calendar
from wenye.rules.facts import Entity
from wenye.rules.spell_columns import following

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Flags = NDArray[np.bool_]

#: Stands for a key that is unknown, absent or not applicable.
NOTHING = calendar.NOT_APPLICABLE[32]
_SHIFT = np.int64(2**32)
_LEAST = np.int64(2**31)
#: Keys as dense as this are looked up in a table of all keys.
_DENSE = 4


class Tables(Protocol):
    """Where rows come from; see ``wenye.registers.store``."""

    def table(self, entity: type[Entity]) -> pl.LazyFrame:
        """Rows of the entity: ``key`` and one column per fact, as ``rules.kinds`` stores them."""

    def complete_to(self, entity: type[Entity]) -> int | None:
        """The day code to which the register is complete, or None where nothing is known."""


@runtime_checkable
class PointTables(Tables, Protocol):
    """Tables that also give single rows, faster than by looking through all of them."""

    def rows_by(self, entity: type[Entity], by: str, keys: Iterable[int]) -> pl.DataFrame:
        """All columns of the rows whose own key, or whose fact ``by``, is among ``keys``."""


@dataclass(frozen=True, slots=True)
class Owned:
    """Rows of a relation by owner: ``rows[starts[owner]:starts[owner + 1]]``, in table order."""

    rows: Ints
    starts: Longs

    def spans(self, owners: Ints) -> tuple[Longs, Longs]:
        """For each owner the first place in ``rows``, and how many rows there are."""
        known = (owners >= 0) & (owners < len(self.starts) - 1)
        at = np.where(known, owners, 0)
        first = self.starts[at]
        return first, np.where(known, self.starts[at + 1] - first, 0)


@dataclass(frozen=True, slots=True)
class Spells:
    """Rows of a relation by owner and first day; ``until`` where they are spells."""

    order: Longs  # owner and first day in one
    rows: Ints
    until: Ints | None

    def covering(self, owners: Ints, days: Ints) -> Longs:
        """Place of the row of each owner begun last by a day each, and not over; or -1."""
        if not len(self.order):
            return np.full(len(owners), -1, dtype=np.int64)
        asked = _joined(owners, days)
        if len(asked) > 1 and not bool(np.all(asked[1:] >= asked[:-1])):
            by = np.argsort(asked, kind="stable")
            found = np.empty(len(asked), dtype=np.int64)
            found[by] = np.searchsorted(self.order, asked[by], side="right") - 1
        else:
            found = np.searchsorted(self.order, asked, side="right") - 1
        at = np.maximum(found, 0)
        there = (found >= 0) & (self.order[at] >> 32 == owners)
        if self.until is not None:
            there &= (self.until[at] <= NOTHING) | (self.until[at] >= days)
        return np.where(there, self.rows[at], -1)


class Lookups:
    """``Tables`` whose columns and orders are kept."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._columns: dict[type[Entity], dict[str, pl.Series]] = {}
        self._places: dict[type[Entity], Longs | tuple[Longs, Longs] | int] = {}
        self._owned: dict[tuple[type[Entity], str], Owned] = {}
        self._spells: dict[tuple[type[Entity], str, str], Spells] = {}
        #: What was computed of a whole relation, by what it is; see ``rules.gather``.
        self.kept: dict[Any, Any] = {}

    def table(self, entity: type[Entity]) -> pl.LazyFrame:
        """As ``Tables``."""
        return self._tables.table(entity)

    def complete_to(self, entity: type[Entity]) -> int | None:
        """As ``Tables``."""
        return self._tables.complete_to(entity)

    def columns(self, entity: type[Entity], names: Iterable[str]) -> dict[str, pl.Series]:
        """Columns of the entity's table, in the table's order."""
        names = list(names)
        held = self._columns.setdefault(entity, {})
        lacking = [name for name in names if name not in held]
        if lacking:
            read = self._tables.table(entity).select(lacking).collect()
            held.update({name: read[name].rechunk() for name in lacking})
        return {name: held[name] for name in names}

    def integers(self, entity: type[Entity], name: str) -> Ints:
        """A column of keys, days or months, with ``NOTHING`` for what is unknown."""
        return integers(self.columns(entity, [name])[name])

    def places(self, entity: type[Entity], keys: Ints) -> Longs:
        """Place in the entity's table of each key, or -1."""
        index = self._places.get(entity)
        if index is None:
            index = self._places[entity] = _index(self.integers(entity, "key"))
        if isinstance(index, int):
            return np.where((keys > 0) & (keys <= index), keys - np.int64(1), -1)
        if isinstance(index, tuple):
            held, rows = index
            if not len(held):
                return np.full(len(keys), -1, dtype=np.int64)
            at = np.minimum(np.searchsorted(held, keys), len(held) - 1)
            return np.where(held[at] == keys, rows[at], -1)
        inside = (keys >= 0) & (keys < len(index))
        return np.where(inside, index[np.where(inside, keys, 0)], -1)

    def rows_by(self, entity: type[Entity], by: str, keys: Iterable[int]) -> pl.DataFrame:
        """All columns of the rows whose own key, or whose fact ``by``, is among ``keys``."""
        wanted = np.array(sorted({*keys}), dtype=np.int32)
        if by == "key":
            places = self.places(entity, wanted)
            places = np.sort(places[places >= 0])
        else:
            owned = self.owned(entity, by)
            first, counts = owned.spans(wanted)
            spans = zip(first, counts, strict=True)
            parts = [owned.rows[at : at + many] for at, many in spans if many]
            places = np.sort(np.concatenate(parts)) if parts else np.empty(0, dtype=np.int64)
        chosen = pl.Series(places.astype(np.uint32))
        names = [
            "key",
            *(name for name, fact in entity.facts().items() if fact.kind.name != "text"),
        ]
        held = self.columns(entity, names)
        return pl.DataFrame(held)[chosen]

    def owned(self, entity: type[Entity], by: str, which: Flags | None = None) -> Owned:
        """Rows of the entity by the owner that ``by`` names; of those marked, where some are."""
        held = self._owned.get((entity, by)) if which is None else None
        if held is None:
            owners = self.integers(entity, by)
            rows = np.flatnonzero(owners >= 0 if which is None else which & (owners >= 0))
            mine = owners[rows]
            if not _ascends(mine):
                rows = rows[np.argsort(mine, kind="stable")]
            counts = np.bincount(mine, minlength=1)
            starts = np.concatenate([[0], np.cumsum(counts)])
            held = Owned(rows.astype(np.int32), starts.astype(np.int64))
            if which is None:
                self._owned[entity, by] = held
        return held

    def spells(self, entity: type[Entity], by: str, op: str) -> Spells:
        """Rows by owner and first day, for ``as_at`` (cut where they overlap) or ``latest``."""
        held = self._spells.get((entity, by, op))
        if held is None:
            held = self._spells[entity, by, op] = self._ordered(entity, by, op)
        return held

    def covering_on(self, entity: type[Entity], by: str, op: str, day: int) -> Longs:
        """Of each owner (from key 0 up) the place of the row for one day, or -1."""
        what = ("covering", entity, by, op, day)
        if what not in self.kept:
            owners = self.integers(entity, by)
            begun = self.integers(entity, _begins(entity))
            there = (owners >= 0) & self._known(entity, _begins(entity)) & (begun <= day)
            if op == "as_at":
                assert entity.spell is not None
                until = _ends(self, entity)
                there &= (until <= NOTHING) | (until >= day)
            rows = np.flatnonzero(there)
            order = _joined(owners[rows], begun[rows])
            if not _ascends(order):
                keys = self.integers(entity, "key")[rows]
                rows = rows[np.lexsort((keys, order))]
            mine = owners[rows]
            last = np.ones(len(mine), dtype=np.bool_)
            last[:-1] = mine[1:] != mine[:-1]
            found = np.full(int(mine.max(initial=-1)) + 1, -1, dtype=np.int64)
            found[mine[last]] = rows[last]
            self.kept[what] = found
        kept: Longs = self.kept[what]
        return kept

    def _known(self, entity: type[Entity], name: str) -> Flags:
        known: Flags = self.columns(entity, [name])[name].is_not_null().to_numpy()
        return known

    def _ordered(self, entity: type[Entity], by: str, op: str) -> Spells:
        owners = self.integers(entity, by)
        begun = self.integers(entity, _begins(entity))
        keys = self.integers(entity, "key")
        rows = np.flatnonzero((owners >= 0) & self._known(entity, _begins(entity)))
        order = _joined(owners[rows], begun[rows])
        if not _ascends(order, keys[rows]):
            by_time = np.lexsort((keys[rows], order))
            rows, order = rows[by_time], order[by_time]
        if op != "as_at":
            return Spells(order, rows.astype(np.int32), None)
        until = _ends(self, entity)[rows]
        for_ever = np.where(until <= NOTHING, np.int32(2**31 - 1), until)
        same = owners[rows][1:] == owners[rows][:-1]
        if not bool(np.any(same & (begun[rows][1:] <= for_ever[:-1]))):
            return Spells(order, rows.astype(np.int32), until)
        spells = pl.LazyFrame(
            {"by": owners[rows], "begun": begun[rows], "until": until, "key": keys[rows]}
            | {"row": rows.astype(np.int32)}
        )
        cut = following(spells, "by", "begun", "until", "key").sort("by", "begun", "key").collect()
        return Spells(
            _joined(cut["by"].to_numpy(), cut["begun"].to_numpy()),
            cut["row"].to_numpy(),
            cut["until"].to_numpy(),
        )


def integers(column: pl.Series) -> Ints:
    """A column as an array, with ``NOTHING`` for what is unknown."""
    filled = column.fill_null(NOTHING) if column.null_count() else column
    values: Ints = filled.cast(pl.Int32).to_numpy()
    return values


def most_key(column: pl.Series) -> int:
    """The greatest key of a column; -1 where it has none."""
    most = column.max()
    return most if isinstance(most, int) and most >= 0 else -1


def nullable(places: Longs) -> pl.Series:
    """Places as polars takes them: null for -1."""
    given = pl.Series(places)
    return pl.select(pl.when(pl.lit(given) >= 0).then(pl.lit(given)).cast(pl.UInt32)).to_series()


def _begins(entity: type[Entity]) -> str:
    return entity.spell[0] if entity.spell else (entity.dated or "")


def _ends(lookups: Lookups, entity: type[Entity]) -> Ints:
    """Last days; a spell whose last day is unknown covers none."""
    assert entity.spell is not None
    column = lookups.columns(entity, [entity.spell[1]])[entity.spell[1]]
    return integers(column.fill_null(NOTHING + 1))


def _joined(owners: Ints, days: Ints) -> Longs:
    """Owner and day as one number that sorts by both."""
    joined: Longs = owners.astype(np.int64) * _SHIFT + (days + _LEAST)
    return joined


def _ascends(values: NDArray[Any], then: NDArray[Any] | None = None) -> bool:
    if then is None:
        return bool(np.all(values[1:] >= values[:-1]))
    tied = values[1:] == values[:-1]
    return bool(np.all((values[1:] > values[:-1]) | (tied & (then[1:] >= then[:-1]))))


def _index(keys: Ints) -> Longs | tuple[Longs, Longs] | int:
    """How places are found: the number of keys 1, 2, 3 …; a table of all keys; or a sorted list."""
    rows = len(keys)
    if np.array_equal(keys, np.arange(1, rows + 1)):
        return rows
    least, most = int(keys.min(initial=0)), int(keys.max(initial=0))
    if least >= 0 and most < _DENSE * rows + 1024:
        table = np.full(most + 1, -1, dtype=np.int64)
        table[keys] = np.arange(rows)
        return table
    order = np.argsort(keys, kind="stable").astype(np.int64)
    return keys[order].astype(np.int64), order
