"""A register decided under the law as it is and under a reform, and the two held together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import polars as pl

import wenye
from wenye.determination.judging import payee_of
from wenye.policy.district import District
from wenye.registers.store import Registers
from wenye.rules import calendar
from wenye.rules.receipt import formula_digest
from wenye.simulation.reforms.adopted import adopted, competing, touched
from wenye.simulation.reforms.both_ways import BothWays, Report, both_ways
from wenye.simulation.reforms.cells import Cells, cells
from wenye.simulation.reforms.money import Gains, Money, by_payee, changes, gains, money
from wenye.simulation.reforms.months_ahead import MONTHS_AHEAD
from wenye.simulation.reforms.moved import moved
from wenye.simulation.reforms.movements import Movement, movements, transitions, with_changed
from wenye.simulation.reforms.reform import Reform
from wenye.simulation.reforms.side_by_side import side_by_side


@dataclass(frozen=True, slots=True)
class ChangedValue:
    """One value of the reform in words, beside the value that it takes the place of.

    That is the one of the day ``since``; where ``since`` is null and the value holds on every day,
    the one of the day of determination. ``same`` where the two are equal. ``schemes`` read the
    parameter.
    """

    parameter: str
    label: str
    label_en: str
    since: dt.date | None
    before: str
    before_en: str
    after: str
    after_en: str
    schemes: tuple[str, ...]
    same: bool


@dataclass(frozen=True, slots=True)
class SchemeComparison:
    """One scheme before and after. ``rejudged``: by rules that changed; else only settled anew."""

    scheme: str
    title: str
    title_en: str
    flow: str
    subject: str
    subject_en: str
    rejudged: bool
    judged: int
    transitions: dict[tuple[str, str], int]
    movements: dict[str, Movement]
    counted_before: int
    counted_in: int
    counted_out: int
    counted_after: int
    before: Money
    after: Money
    gains: Gains
    cells: Cells

    def outcome(self, outcome: str, *, after: bool) -> int:
        """Subjects with that outcome, before or after."""
        at = 1 if after else 0
        return sum(number for pair, number in self.transitions.items() if pair[at] == outcome)

    @property
    def changed(self) -> bool:
        """Whether anybody's outcome, standing or amount changed."""
        moves = any(was != now and number for (was, now), number in self.transitions.items())
        counted = bool(self.counted_in or self.counted_out)
        touched_money = bool(self.gains.winners or self.gains.losers)
        return moves or counted or touched_money or self.before != self.after


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that a comparison found; ``moved`` has a row for each subject that changed."""

    district: District
    on: dt.date
    reform: Reform
    values: tuple[ChangedValue, ...]
    schemes: tuple[SchemeComparison, ...]
    #: Ids of the schemes that cannot come out differently, and were not decided.
    untouched: tuple[str, ...]
    #: Winners and losers over all schemes, by the register that the payees stand in.
    payees: dict[str, Gains]
    moved: pl.DataFrame
    manifest: dict[str, Any]
    internal: bool

    @property
    def months(self) -> list[str]:
        """The coming months as text, the month of determination first."""
        first = calendar.code(self.on) >> 6
        return [calendar.month_text(first + ahead) for ahead in range(MONTHS_AHEAD)]

    @property
    def before(self) -> Money:
        """The money of all schemes compared, as the law is."""
        return sum((item.before for item in self.schemes), Money())

    @property
    def after(self) -> Money:
        """The money of all schemes compared, under the reform."""
        return sum((item.after for item in self.schemes), Money())

    @property
    def changed(self) -> bool:
        """Whether the reform changes anything for anybody."""
        return any(item.changed for item in self.schemes)

    @property
    def synthetic(self) -> bool:
        """Whether the registers are known to be invented."""
        return bool(self.manifest["synthetic"])

    @property
    def towns(self) -> dict[str, str]:
        """Names of the district's units by code."""
        return {unit.code: unit.name for unit in self.district.organisation.units}


def _silent(what: str, done: int, total: int) -> None:
    """No progress asked for."""


def compare(
    registers: Registers,
    district: District,
    reform: Reform,
    on: dt.date,
    *,
    internal: bool = False,
    report: Report = _silent,
) -> Comparison:
    """Decide the registers as at ``on`` with and without the reform, and hold the two together.

    ``district`` is left as it is. Small cells are kept back unless ``internal``. Raises RuleError,
    PolicyError, RegisterError, OSError.
    """
    reformed = adopted(district, reform)
    reads = touched(district, reform)
    beside = competing(district, set(reads))
    found = both_ways(registers, district, reformed, set(reads), beside, on, report)
    schemes: list[SchemeComparison] = []
    changed_money: dict[str, list[pl.DataFrame]] = {}
    everyone: list[pl.DataFrame] = []
    for done, (name, both) in enumerate(found.items(), start=1):
        rows = with_changed(both, side_by_side(both, registers, calendar.code(on)))
        schemes.append(_scheme(district, both, rows, on, internal))
        register = payee_of(both.before.scheme).entity.register.name
        changed_money.setdefault(register, []).append(changes(rows))
        everyone.append(moved(name, both.before.scheme, rows))
        report("比较", done, len(found))
    payees = {
        register: gains(by_payee(frames), internal=internal)
        for register, frames in changed_money.items()
    }
    return Comparison(
        district=district,
        on=on,
        reform=reform,
        values=tuple(_values(district, reform, reads, on)),
        schemes=tuple(schemes),
        untouched=tuple(name for name in district.schemes if name not in found),
        payees=payees,
        moved=pl.concat(everyone) if everyone else moved("", None, None),
        manifest=_manifest(registers, district, reformed, reform, found, on, internal),
        internal=internal,
    )


def _scheme(
    district: District, both: BothWays, rows: pl.DataFrame, on: dt.date, internal: bool
) -> SchemeComparison:
    scheme = both.before.scheme
    was, now = rows["granted_b"], rows["granted_a"]
    return SchemeComparison(
        scheme=scheme.id,
        title=scheme.title,
        title_en=scheme.title_en,
        flow=scheme.flow(),
        subject=scheme.subject.register.label,
        subject_en=scheme.subject.register.label_en,
        rejudged=both.rejudged,
        judged=both.judged,
        transitions=transitions(both, rows),
        movements=movements(both, rows, on),
        counted_before=int(was.sum()),
        counted_in=int((~was & now).sum()),
        counted_out=int((was & ~now).sum()),
        counted_after=int(now.sum()),
        before=money(rows, "b"),
        after=money(rows, "a"),
        gains=gains(changes(rows), internal=internal),
        cells=cells(rows, [unit.code for unit in district.organisation.units], internal=internal),
    )


def _values(
    before: District,
    reform: Reform,
    reads: dict[str, set[str]],
    on: dt.date,
) -> Iterable[ChangedValue]:
    for change in reform.changes:
        name = change.parameter
        parameter = before.details[name]
        schemes = tuple(scheme for scheme, read in reads.items() if name in read)
        for step in change.steps:
            day = step.since or on
            told = before.describe(name, day)
            yield ChangedValue(
                name,
                parameter.label,
                parameter.label_en,
                step.since,
                told.value,
                told.value_en,
                step.worded(parameter),
                step.worded(parameter, "en"),
                schemes,
                parameter.at(day).value == step.value,
            )


def _manifest(
    registers: Registers,
    before: District,
    after: District,
    reform: Reform,
    found: dict[str, BothWays],
    on: dt.date,
    internal: bool,
) -> dict[str, Any]:
    """What it takes to do the comparison again."""
    return {
        "wenye": wenye.__version__,
        "chinesecalendar": version("chinesecalendar"),
        "district": before.name,
        "district_label": before.label,
        "on": on.isoformat(),
        "synthetic": bool(registers.manifest.get("intake", {}).get("synthetic", False)),
        "internal": internal,
        "registers": {
            "digest": registers.digest,
            "complete_to": registers.manifest["complete_to"],
        },
        "rules_digest": before.rules_digest,
        "parameters_digest": {
            "before": before.parameters_digest,
            "after": after.parameters_digest,
        },
        "formulas": {name: formula_digest(both.before.scheme) for name, both in found.items()},
        "changes": {
            change.parameter: [
                {
                    "since": None if step.since is None else step.since.isoformat(),
                    "value": "open" if step.value is None else str(step.written),
                }
                for step in change.steps
            ]
            for change in reform.changes
        },
    }
