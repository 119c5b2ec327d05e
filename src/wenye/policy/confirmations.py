"""Officers' confirmations: a sourced value becomes payable, an open one is set.

They stand in a file of their own, apart from the values::

    confirmations:
      - parameter: hiring_subsidy.amount_per_hire
        since: 2023-01-01
        value: 2000
        source: …
        confirmed_by: …
        confirmed_on: 2026-11-02
        checked_by: …
        checked_on: 2026-11-03

Two different people sign. A confirmation of a sourced value states that same value; one of an open
value sets it; one of an undated value gives it its first day; one that begins the day after a
printed expiry says that the value was prolonged. What counts is that the confirmation
is on file: it holds for every decision made with the file, whatever day the decision is about,
since it says what the law was and not when the officer came to know. The day of signing is recorded
and shown, and may not lie in the future.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from wenye.policy.errors import PolicyError
from wenye.policy.exact_yaml import Block, read_yaml
from wenye.policy.parameter_files import DatedValue, Parameter
from wenye.policy.units import Exact, exact, worded
from wenye.rules.errors import did_you_mean
from wenye.rules.parameters import Status


@dataclass(frozen=True, slots=True)
class Confirmation:
    """That ``parameter`` is ``value`` from ``since`` on, by ``source``; two people, each dated."""

    parameter: str
    since: dt.date
    value: Exact
    source: str
    confirmed_by: str
    confirmed_on: dt.date
    checked_by: str
    checked_on: dt.date
    note: str = ""
    where: str = ""

    @property
    def basis(self) -> str:
        """The confirmation in one line."""
        return (
            f"{self.source}（{self.confirmed_on} {self.confirmed_by}确认，"
            f"{self.checked_on} {self.checked_by}复核）"
        )


def read_confirmations(
    path: Path, parameters: dict[str, Parameter], today: dt.date
) -> list[Confirmation]:
    """The confirmations of a file, each refused by name where it cannot hold."""
    file = read_yaml(path)
    file.only("confirmations")
    return [_confirmation(block, parameters, today) for block in file.blocks("confirmations")]


def _confirmation(block: Block, parameters: dict[str, Parameter], today: dt.date) -> Confirmation:
    block.only(
        "parameter",
        "since",
        "value",
        "source",
        "confirmed_by",
        "confirmed_on",
        "checked_by",
        "checked_on",
        "note",
    )
    name = block.text("parameter")
    if name not in parameters:
        raise block.refuse(f"no parameter {name}", "parameter", did_you_mean(name, parameters))
    if block.get("value") is None:
        raise block.refuse("no value", None, "state the value that is confirmed")
    unit = parameters[name].unit
    try:
        value = exact(unit, block["value"])
    except ValueError as error:
        raise block.refuse(f"{name}: {error}", "value", f"the unit is {unit.name}") from None
    since, confirmed_on, checked_on = (
        block.day("since"),
        block.day("confirmed_on"),
        block.day("checked_on"),
    )
    assert since is not None
    assert confirmed_on is not None
    assert checked_on is not None
    confirmed_by, checked_by = block.text("confirmed_by"), block.text("checked_by")
    if "".join(confirmed_by.split()).casefold() == "".join(checked_by.split()).casefold():
        raise block.refuse(
            f"{name}: {confirmed_by} both confirmed and checked it",
            "checked_by",
            "a second person checks",
        )
    for key, day in (("confirmed_on", confirmed_on), ("checked_on", checked_on)):
        if day > today:
            raise block.refuse(f"{name}: {key} {day} lies after today, {today}", key)
    if checked_on < confirmed_on:
        raise block.refuse(
            f"{name}: checked on {checked_on}, before it was confirmed on {confirmed_on}",
            "checked_on",
        )
    return Confirmation(
        parameter=name,
        since=since,
        value=value,
        source=block.text("source"),
        confirmed_by=confirmed_by,
        confirmed_on=confirmed_on,
        checked_by=checked_by,
        checked_on=checked_on,
        note=block.text("note", ""),
        where=block.where(),
    )


def confirmed(
    parameters: dict[str, Parameter], confirmations: list[Confirmation]
) -> dict[str, Parameter]:
    """The parameters with the confirmations applied; each is checked against what is on file."""
    result = dict(parameters)
    seen: dict[tuple[str, dt.date], str] = {}
    for item in confirmations:
        key = (item.parameter, item.since)
        if key in seen:
            raise PolicyError(
                f"{item.parameter} of {item.since} is confirmed twice (first at {seen[key]})",
                where=item.where,
                mend="keep one of the two",
            )
        seen[key] = item.where
        result[item.parameter] = _applied(result[item.parameter], item)
    return result


def _applied(parameter: Parameter, item: Confirmation) -> Parameter:
    unit = parameter.unit
    stated = worded(unit, item.value)
    if (why := parameter.refused(item.value)) is not None:
        raise PolicyError(why, where=item.where, mend="the rules have to be changed first")
    on_file = next((value for value in parameter.values if value.since == item.since), None)
    if on_file is None:
        if any(undated.value == item.value for undated in parameter.undated):
            on_file = DatedValue(item.since, None, Status.OPEN)
        else:
            days = ", ".join(value.since.isoformat() for value in parameter.values)
            raise PolicyError(
                f"{parameter.name} has no value that begins on {item.since}",
                where=item.where,
                mend=f"its values begin on {days or 'no certain day'}; a new day is first added "
                f"to {parameter.where} as open",
            )
    elif on_file.status == Status.QUOTED:
        raise PolicyError(
            f"{parameter.name} of {item.since} is quoted and needs no confirmation",
            where=item.where,
            mend="delete the confirmation; a wrong quotation is mended where it stands: "
            + on_file.where,
        )
    if on_file.value is not None and on_file.value != item.value:
        raise PolicyError(
            f"{parameter.name} of {item.since}: the confirmation says {stated}, "
            f"the file says {worded(unit, on_file.value)}",
            where=item.where,
            mend=f"compare both with the source, and mend the wrong one ({on_file.where})",
        )
    value = replace(on_file, value=item.value, status=Status.CONFIRMED, confirmation=item)
    return parameter.with_value(value)
