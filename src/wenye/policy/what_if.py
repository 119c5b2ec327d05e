"""What-if values in the place of the law's, for trying out a change.

``{"minimum_wage.monthly": 3000}`` is 3000 on every day; ``{"minimum_wage.monthly": {day: 3000}}``
is 3000 from that day on, and the steps that the law already holds for later days give way to it.
None leaves the parameter open. A what-if value is never quoted or confirmed, so nothing can be paid
on it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from wenye.policy.errors import PolicyError
from wenye.policy.parameter_files import DatedValue, Parameter
from wenye.policy.units import exact
from wenye.rules.errors import did_you_mean
from wenye.rules.parameters import Status

_ALWAYS = dt.date(1900, 1, 1)


def overridden(
    parameters: dict[str, Parameter], overrides: Mapping[str, Any]
) -> dict[str, Parameter]:
    """The parameters with the what-if values; the given ones are left as they are."""
    result = dict(parameters)
    for name, wanted in overrides.items():
        if name not in parameters:
            raise PolicyError(
                f"no parameter {name}", where="overrides", mend=did_you_mean(name, parameters)
            )
        steps = wanted if isinstance(wanted, Mapping) else {_ALWAYS: wanted}
        dated = {_day(name, day): value for day, value in steps.items()}
        if not dated:
            raise PolicyError(f"{name}: no value", where="overrides")
        first = min(dated)
        parameter = parameters[name]
        kept = [value for value in parameter.values if value.since < first]
        ours = [_value(parameter, day, dated[day]) for day in sorted(dated)]
        result[name] = replace(parameter, values=(*kept, *ours))
    return result


def _day(name: str, day: Any) -> dt.date:
    if isinstance(day, str):
        try:
            return dt.date.fromisoformat(day)
        except ValueError:
            pass
    if not isinstance(day, dt.date):
        raise PolicyError(f"{name}: {day!r} is not a day", where="overrides", mend="2027-01-01")
    return day


def _value(parameter: Parameter, day: dt.date, value: Any) -> DatedValue:
    if value is None:
        return DatedValue(day, None, Status.OPEN, reason="假设：未定", where="overrides")
    try:
        supposed = exact(parameter.unit, value)
        if (why := parameter.refused(supposed)) is not None:
            raise PolicyError(why, where="overrides", mend="the rules have to be changed first")
        return DatedValue(
            day,
            supposed,
            Status.SOURCED,
            reference="假设值，用于测算",
            where="overrides",
        )
    except ValueError as error:
        raise PolicyError(
            f"{parameter.name}: {error}",
            where="overrides",
            mend=f"the unit is {parameter.unit.name}",
        ) from None
