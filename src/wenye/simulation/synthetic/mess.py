"""Mess on request: what real files have wrong, put in on purpose, counted by register and kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import polars as pl

from wenye.registers.columns import NUMBER, Column, columns_of
from wenye.registers.model import Employer, Person
from wenye.rules.facts import Entity
from wenye.simulation.synthetic import slips
from wenye.simulation.synthetic.draws import Draws, Flags


class Expected(StrEnum):
    """What intake should make of a row with a kind of mess."""

    ACCEPTED = "accepted"  # an unusual way of writing something right
    REJECTED = "rejected"
    ONE_OF_TWO = "one of two"  # the row and its added double: one stays
    IGNORED = "ignored"  # no data at all


@dataclass(frozen=True, slots=True)
class Slip:
    """A kind of mess: what it is called, what becomes of it, how a row's cells are spoilt.

    ``applies`` gives the column that it touches, or None for a register that cannot have it.
    ``spoil`` changes a table of chosen rows; where ``adds`` is set, the changed rows are added and
    their originals stay as they are. ``suits`` narrows the rows that can be chosen.
    """

    name: str
    label: str
    expected: Expected
    applies: Callable[[type[Entity]], Column | None]
    spoil: Callable[[pl.DataFrame, str, type[Entity], dt.date], pl.DataFrame]
    adds: bool = False
    suits: Callable[[str, type[Entity], dt.date], pl.Expr] | None = None


@dataclass(frozen=True, slots=True)
class Mess:
    """What was put in: {register: {kind: rows}}, and what follows from it.

    ``consequences`` counts, by register, the otherwise untouched rows that refer to a person or
    employer whose own row is to be rejected.
    """

    rows: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    consequences: Mapping[str, int] = field(default_factory=dict)

    def expected(self, register: str, outcome: Expected) -> int:
        """Rows of a register whose kinds of mess end in ``outcome``."""
        kinds = self.rows.get(register, {})
        return sum(n for name, n in kinds.items() if SLIPS[name].expected is outcome)

    def rejected(self, register: str) -> int:
        """Rows of a register that intake should reject, consequences and doubles included."""
        wrong = self.expected(register, Expected.REJECTED)
        doubles = self.expected(register, Expected.ONE_OF_TWO)
        return wrong + doubles + self.consequences.get(register, 0)


def _own_or_first_reference(entity: type[Entity]) -> Column | None:
    return next(
        (
            column
            for column in columns_of(entity)
            if column.name == NUMBER or (column.kind.name == "key" and column.required)
        ),
        None,
    )


def _identity_column(entity: type[Entity]) -> Column | None:
    """The first column with identity numbers."""
    facts = entity.facts()
    for column in columns_of(entity):
        if column.name == NUMBER and entity is Person:
            return column
        if column.kind.name == "key" and facts[column.name].target is Person:
            return column
    return None


def _reference(entity: type[Entity]) -> Column | None:
    keys = [column for column in columns_of(entity) if column.kind.name == "key"]
    return next((column for column in keys if column.required), keys[0] if keys else None)


def _enumeration(entity: type[Entity]) -> Column | None:
    """A choice (not sex, which the number repeats), else a truth."""
    columns = [column for column in columns_of(entity) if column.name != "sex"]
    for kind in ("choice", "truth"):
        for column in columns:
            if column.kind.name == kind:
                return column
    return None


def _choice(entity: type[Entity]) -> Column | None:
    return _enumeration(entity) if entity in (Person, Employer) else None


def _first_of(kind: str) -> Callable[[type[Entity]], Column | None]:
    def found(entity: type[Entity]) -> Column | None:
        return next((c for c in columns_of(entity) if c.kind.name == kind), None)

    return found


def _beginning(entity: type[Entity]) -> Column | None:
    """The fact that begins a spell, or dates an event."""
    name = entity.spell[0] if entity.spell else entity.dated
    return next((column for column in columns_of(entity) if column.name == name), None)


def _spell(entity: type[Entity]) -> Column | None:
    return _beginning(entity) if entity.spell else None


def _dated(entity: type[Entity]) -> Column | None:
    return _first_of("day")(entity) if entity is Person else _beginning(entity)


def _any(entity: type[Entity]) -> Column | None:
    return columns_of(entity)[0]


def _has_x(column: str, entity: type[Entity], as_of: dt.date) -> pl.Expr:
    return pl.col(column).str.ends_with("X")


_A, _R, _D = Expected.ACCEPTED, Expected.REJECTED, Expected.ONE_OF_TWO
_own, _day, _month = _own_or_first_reference, _first_of("day"), _first_of("month")

SLIPS: Mapping[str, Slip] = {
    slip.name: slip
    for slip in (
        Slip("lower_case_x", "号码末位小写x", _A, _identity_column, slips.lower_case, suits=_has_x),
        Slip("trailing_spaces", "号码后有空格", _A, _own, slips.trailing_spaces),
        Slip("full_width_digits", "全角数字", _A, _own, slips.full_width),
        Slip("compact_day", "日期写作20200305", _A, _day, slips.compact),
        Slip("chinese_day", "日期写作2020年3月5日", _A, _day, slips.chinese_day),
        Slip("dotted_day", "日期写作2020.3.5", _A, _day, slips.dotted_day),
        Slip("compact_month", "月份写作202003", _A, _month, slips.compact),
        Slip("chinese_month", "月份写作2020年3月", _A, _month, slips.chinese_month),
        Slip("check_digit", "校验码错误", _R, _own, slips.wrong_check),
        Slip("scientific", "号码变成科学计数法", _R, _identity_column, slips.scientific),
        Slip("impossible_day", "不存在的日期", _R, _day, slips.impossible_day),
        Slip("impossible_month", "不存在的月份", _R, _month, slips.impossible_month),
        Slip("future", "日期在很久以后", _R, _dated, slips.future),
        Slip("reversed", "结束早于开始", _R, _spell, slips.reversed_spell),
        Slip("unknown_text", "选项不在字典中", _R, _enumeration, slips.unknown_text),
        Slip("dangling", "引用不存在的人员或单位", _R, _reference, slips.dangling),
        Slip("missing_number", "缺号码", _R, _own, slips.emptied),
        Slip("missing_start", "缺开始日期", _R, _beginning, slips.emptied),
        Slip("duplicate", "完全相同的重复行", _D, _any, slips.unchanged, adds=True),
        Slip("conflict", "同一号码内容不同", _D, _choice, slips.another_choice, adds=True),
        Slip(
            "overlap", "时间重叠", _D, _spell, slips.overlapping, adds=True, suits=slips.can_overlap
        ),
        Slip("note", "说明行", Expected.IGNORED, _any, slips.note, adds=True),
    )
}


def make_messy(
    entity: type[Entity],
    table: pl.DataFrame,
    share: float,
    seed: int,
    as_of: dt.date,
    untouchable: Flags,
) -> tuple[pl.DataFrame, dict[str, int], Flags]:
    """Spoil ``share`` of a table's rows, evenly over the kinds that its register can have.

    ``table`` is all texts. ``untouchable`` marks rows that are lost anyway, as what they refer to
    is: they are left alone, so that each lost row has one cause. Returns the table with the added
    rows at its end (notes last), the rows of each kind, and which original rows are to be rejected.
    """
    draws = Draws(seed, f"mess in {entity.register.name}")
    lost = np.zeros(len(table), dtype=np.bool_)
    free = ~untouchable
    wanted = min(round(share * len(table)), int(free.sum()))
    kinds = [(slip, column) for slip in SLIPS.values() if (column := slip.applies(entity))]
    order = draws.sample(len(table), len(table))
    counts: dict[str, int] = {}
    changed: list[pl.DataFrame] = []
    added: list[pl.DataFrame] = []
    numbered = table.with_row_index("_at")
    for place, (slip, column) in enumerate(kinds):
        quota = wanted // len(kinds) + (place < wanted % len(kinds))
        fit = free.copy()
        filled = table[column.label].is_not_null()
        fit &= filled.to_numpy()
        if slip.suits is not None:
            suits = table.select(slip.suits(column.label, entity, as_of).fill_null(False))
            fit &= suits.to_series().to_numpy()
        chosen = np.sort(order[fit[order]][:quota])
        if len(chosen) == 0:
            continue
        free[chosen] = False
        spoilt = slip.spoil(numbered[chosen], column.label, entity, as_of)
        (added if slip.adds else changed).append(spoilt)
        lost[chosen] |= slip.expected is Expected.REJECTED
        counts[slip.name] = len(chosen)
    if changed:
        numbered = numbered.update(pl.concat(changed), on="_at", include_nulls=True)
    return pl.concat([numbered, *added]).drop("_at"), counts, lost
