"""Deciding a register twice, as the law is and as it would be, with the joins made once.

Only the schemes that a change touches are decided twice. Those that share with them in settling who
yields to whom are decided once and settled twice; all others cannot come out differently, and are
not decided at all. Most of a register is entitled to nothing either way: who that is, is worked out
first and for both ways together (``screening``, then the bare outcomes), and reasons and amounts
only for whoever is left.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from wenye.determination.allocation import allocated
from wenye.determination.judging import about, judged
from wenye.policy.district import District
from wenye.registers.store import Registers
from wenye.rules import calendar
from wenye.rules.batch import BatchProgram
from wenye.rules.decide import outputs
from wenye.rules.expressions import Expr
from wenye.rules.scheme import Scheme
from wenye.simulation.reforms.months_ahead import monthly_amounts, months_ahead
from wenye.simulation.reforms.screening import not_put_aside

Report = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Side:
    """One scheme decided one way: its rows as ``determination.judging`` and ``allocation`` give
    them, and the coming months of those entitled."""

    scheme: type[Scheme]
    frame: pl.DataFrame
    months: pl.DataFrame


@dataclass(frozen=True, slots=True)
class BothWays:
    """A scheme before and after; ``rejudged`` where the change touches its rules.

    The frames of both sides hold the same rows in the same order: whoever is not refused both ways.
    ``judged`` counts everyone.
    """

    before: Side
    after: Side
    rejudged: bool
    judged: int


def both_ways(
    registers: Registers,
    before: District,
    after: District,
    touched: set[str],
    competing: set[str],
    on: dt.date,
    report: Report,
) -> dict[str, BothWays]:
    """The schemes ``touched`` and ``competing``, in the district's order, settled both ways."""
    day = calendar.code(on)
    names = [name for name in before.schemes if name in touched or name in competing]
    groups: dict[type, list[str]] = {}
    for name in names:
        groups.setdefault(before.schemes[name].subject, []).append(name)
    steps, done = len(touched) + len(names), 0
    counted: dict[str, int] = {}
    frames: dict[bool, dict[str, pl.DataFrame]] = {False: {}, True: {}}
    months: dict[bool, dict[str, pl.DataFrame]] = {False: {}, True: {}}
    for group in groups.values():
        report("合并登记册", done, steps)
        ways = [(False, name, before) for name in group]
        ways += [(True, name, after) for name in group if name in touched]
        gathered = _gathered(registers, [district.schemes[name] for _, name, district in ways], day)
        left = _left(gathered, [(name, district.schemes[name]) for _, name, district in ways], day)
        for way, name, district in ways:
            scheme = district.schemes[name]
            rows = gathered.filter(left[name])
            counted[name] = registers.rows(scheme.subject)
            frame = judged(scheme, registers, rows, day, district.parameters)
            months[way][name] = months_ahead(
                scheme, registers, rows, frame, day, district.parameters
            )
            frames[way][name] = frame
            done += 1
            report("判定", done, steps)
        del gathered
    return _settled(before, after, touched, counted, frames, months)


def _gathered(registers: Registers, schemes: list[type[Scheme]], day: int) -> pl.DataFrame:
    """What the schemes read, before and after, of those not put aside; what both read once."""
    parts: dict[str, Expr] = {}
    for place, scheme in enumerate(schemes):
        read = {**outputs(scheme), **about(scheme), **monthly_amounts(scheme, day)}
        parts |= {f"{place}|{name}": expr for name, expr in read.items()}
    # No parameters are named here: each tree speaks of its own district's values.
    rows = not_put_aside(registers, schemes, day)
    return BatchProgram(schemes[0].subject, parts, day).gathered(registers, rows).collect()


def _left(
    gathered: pl.DataFrame, schemes: list[tuple[str, type[Scheme]]], day: int
) -> dict[str, pl.Series]:
    """For each scheme, which rows are entitled or undetermined one way or the other."""
    outcomes = {f"{place}": scheme.outcome for place, (_, scheme) in enumerate(schemes)}
    open_: dict[str, pl.Expr] = {}
    for place, (name, _) in enumerate(schemes):
        test = pl.col(f"{place}").fill_null(True)
        open_[name] = open_[name] | test if name in open_ else test
    found = (
        BatchProgram(schemes[0][1].subject, outcomes, day)
        .decided(gathered.lazy())
        .select(test.alias(name) for name, test in open_.items())
        .collect()
    )
    return {name: found[name] for name in open_}


def _settled(
    before: District,
    after: District,
    touched: set[str],
    judged_rows: dict[str, int],
    frames: Mapping[bool, dict[str, pl.DataFrame]],
    months: Mapping[bool, dict[str, pl.DataFrame]],
) -> dict[str, BothWays]:
    names = [name for name in before.schemes if name in judged_rows]
    was = allocated(before.schemes, {name: frames[False][name] for name in names})
    now = allocated(after.schemes, {name: frames[name in touched][name] for name in names})
    found = {}
    for name in names:
        rejudged = name in touched
        found[name] = BothWays(
            Side(before.schemes[name], was[name], months[False][name]),
            Side(after.schemes[name], now[name], months[rejudged][name]),
            rejudged,
            judged_rows[name],
        )
    return found
