"""A reform: which parameters are to take which values, and from which day.

A reform file is content, and invented as such::

    title: 假设：招用时登记失业满月数由3个月改为6个月
    title_en: "what if: six months of unemployment before the hiring"
    note: 只供测算，不是政策
    changes:
      small_employer_hire.unemployed_months: 6
      flexible_monthly.amount: {2027-01-01: 400, 2028-01-01: 420}

A bare value holds on every day, past ones included; under a day it holds from that day on, and
whatever the law already has for later days gives way. ``open`` leaves the parameter open.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wenye.policy.district import District
from wenye.policy.errors import PolicyError
from wenye.policy.exact_yaml import Block, as_day, read_yaml
from wenye.policy.parameter_files import Parameter
from wenye.policy.units import Exact, exact, worded
from wenye.rules.errors import did_you_mean

#: The word that stands for no value.
OPEN = "open"
_FORM = "--change 参数=值，或 参数=值@2027-01-01 / PARAMETER=VALUE[@DAY]"


@dataclass(frozen=True, slots=True)
class Step:
    """A value as written and exactly (None: open), from ``since`` on (None: on every day)."""

    since: dt.date | None
    written: Any
    value: Exact | None

    def worded(self, parameter: Parameter, lang: str = "zh") -> str:
        """The value with its unit, for people."""
        if self.value is None:
            return "未定" if lang == "zh" else "open"
        return worded(parameter.unit, self.value, lang)


@dataclass(frozen=True, slots=True)
class Change:
    """What one parameter is to be; ``steps`` in the order of their days."""

    parameter: str
    steps: tuple[Step, ...]
    where: str = ""

    @property
    def overrides(self) -> Any:
        """The change as ``wenye.policy.what_if`` takes it."""
        if self.steps[0].since is None:
            return self.steps[0].written
        return {step.since: step.written for step in self.steps}


@dataclass(frozen=True, slots=True)
class Reform:
    """Changes that are tried out together."""

    changes: tuple[Change, ...]
    title: str = ""
    title_en: str = ""
    note: str = ""

    @property
    def overrides(self) -> dict[str, Any]:
        """All changes as ``wenye.policy.what_if`` takes them."""
        return {change.parameter: change.overrides for change in self.changes}

    @property
    def names(self) -> tuple[str, ...]:
        """The parameters that are changed."""
        return tuple(change.parameter for change in self.changes)


def read_reform(path: Path, district: District) -> Reform:
    """The reform of a file; a PolicyError names file and line."""
    file = read_yaml(path)
    file.only("title", "title_en", "note", "changes")
    block = file.block("changes")
    if not block:
        raise file.refuse("没有改动 / no changes", "changes", "changes:  then  PARAMETER: VALUE")
    changes = tuple(_change(str(name), block, name, district) for name in block)
    return Reform(changes, file.text("title"), file.text("title_en", ""), file.text("note", ""))


def _change(name: str, block: Block, key: Any, district: District) -> Change:
    if name not in district.details:
        raise block.refuse(_unknown(district, name), key, did_you_mean(name, district.details))
    parameter = district.details[name]
    wanted = block[key]
    if not isinstance(wanted, Block):
        return Change(name, (_step(parameter, None, wanted, block, key),), block.where(key))
    if not wanted:
        raise block.refuse(f"{name} 没有值 / no value", key, f"{name}: VALUE, or {{DAY: VALUE}}")
    steps: dict[dt.date, Step] = {}
    for day_key in wanted:
        day = as_day(day_key, day_key, wanted)
        if day in steps:
            raise wanted.refuse(f"{day} 写了两次 / stands twice", day_key, "keep one of the two")
        steps[day] = _step(parameter, day, wanted[day_key], wanted, day_key)
    return Change(name, tuple(steps[day] for day in sorted(steps)), block.where(key))


def _step(parameter: Parameter, since: dt.date | None, value: Any, block: Block, key: Any) -> Step:
    if value is None:
        raise block.refuse(
            f"{parameter.name} 没有值 / no value", key, f"write the value, or {OPEN}"
        )
    try:
        return _read(parameter, since, value)
    except ValueError as error:
        raise block.refuse(_misfit(parameter, error), key, _unit(parameter)) from None


def changes_from(texts: Iterable[str], district: District) -> tuple[Change, ...]:
    """Changes as a command line gives them, ``PARAMETER=VALUE`` or ``PARAMETER=VALUE@DAY``."""
    found: dict[str, dict[dt.date | None, Step]] = {}
    for text in texts:
        where = f"--change {text}"
        name, equals, written = (part.strip() for part in text.partition("="))
        if not equals or not name or not written:
            raise PolicyError(f"看不懂“{text}” / not a change: {text}", where=where, mend=_FORM)
        if name not in district.details:
            raise PolicyError(
                _unknown(district, name), where=where, mend=did_you_mean(name, district.details)
            )
        parameter = district.details[name]
        value, at, day_text = (part.strip() for part in written.partition("@"))
        since = _day(day_text, where) if at else None
        try:
            step = _read(parameter, since, value)
        except ValueError as error:
            raise PolicyError(
                _misfit(parameter, error), where=where, mend=_unit(parameter)
            ) from None
        steps = found.setdefault(name, {})
        if since in steps or (steps and (since is None or None in steps)):
            raise PolicyError(
                f"{name} 写了两次 / is changed twice", where=where, mend="每个参数每天只写一次"
            )
        steps[since] = step
    return tuple(
        Change(name, tuple(steps[day] for day in sorted(steps, key=_order)), f"--change {name}")
        for name, steps in found.items()
    )


def together(reform: Reform | None, changes: tuple[Change, ...]) -> Reform:
    """The reform of a file with further changes; PolicyError where both change one parameter."""
    if reform is None:
        return Reform(changes)
    held = {change.parameter: change for change in reform.changes}
    for change in changes:
        if change.parameter in held:
            raise PolicyError(
                f"{change.parameter} 在改革文件里也改了 / the reform file changes it too",
                where=f"{change.where}; {held[change.parameter].where}",
                mend="留下一处 / keep one of the two",
            )
    return Reform((*reform.changes, *changes), reform.title, reform.title_en, reform.note)


def _read(parameter: Parameter, since: dt.date | None, value: Any) -> Step:
    if value == OPEN:
        return Step(since, None, None)
    return Step(since, value, exact(parameter.unit, value))


def _day(text: str, where: str) -> dt.date:
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            pass
    raise PolicyError(f"“{text}”不是日期 / is not a day", where=where, mend=_FORM)


def _order(day: dt.date | None) -> dt.date:
    return day or dt.date.min


def _unknown(district: District, name: str) -> str:
    return f"辖区{district.label}没有参数 / no parameter {name}"


def _misfit(parameter: Parameter, error: ValueError) -> str:
    return f"{parameter.name}（{parameter.label}）: {error}"


def _unit(parameter: Parameter) -> str:
    return f"单位 / the unit is {parameter.unit.name}"
