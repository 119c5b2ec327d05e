"""Dated, cited values: the files under ``parameters/``, read strictly.

One file per subject, one entry per parameter::

    amount_per_hire:
      label: 一次性吸纳就业补贴标准
      label_en: one-off hiring subsidy per hire
      unit: CNY
      values:
        2020-08-03: {open: 文件只说按照规定}
        2023-01-01: {value: 2000, status: sourced, reference: …, ends: 2023-12-31}
      undated:
        - {value: 2000, reference: …, note: 没有确切起始日}

A value holds from its day until the next one begins, or until its own ``ends``, after which the
parameter is open. ``printed_to`` is an expiry that the document prints. Past it, where no later
value has come, the value goes on as sourced only: it is shown and reckoned with, and nothing is
paid on it until an officer confirms that it was prolonged. An expiry that an earlier replacement
cut short ends nothing. ``undated`` values are shown and never used, until an officer confirms the
day.

A quoted value stands in its quotation, in the unit of the parameter (``stated_values``); one that
follows from it (36 months from 六十三周岁) says how: ``derived: 六十三减六十``, which is shown.

``allowed: [是]`` lists the only values that the rules can do with: where a text leaves open whether
a support is paid once or monthly, and the scheme pays once, a district that decides otherwise has
to change the scheme, and a confirmation of the other value is refused with the ``note``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from wenye.policy.documents import Citation, Document, cite
from wenye.policy.errors import PolicyError
from wenye.policy.exact_yaml import Block, as_day, read_yaml, yaml_files
from wenye.policy.stated_values import numbers, states
from wenye.policy.units import UNITS, Exact, Unit, exact, scale_of, stored, worded, written
from wenye.rules import calendar
from wenye.rules.errors import did_you_mean
from wenye.rules.parameters import Series, Status, Step

if TYPE_CHECKING:
    from wenye.policy.confirmations import Confirmation

#: Names that a scheme file could not say as an attribute of ``parameters("…")``.
_RESERVED = ("at",)
_FIELDS = {
    Status.QUOTED: ("document", "article", "quote", "derived"),
    Status.SOURCED: ("reference",),
}


@dataclass(frozen=True, slots=True)
class DatedValue:
    """What a parameter is from ``since`` on; ``value`` is None where it is open."""

    since: dt.date
    value: Exact | None
    status: Status
    citation: Citation | None = None
    quote: str = ""
    #: How a quoted value follows from its quotation; empty where it stands in it.
    derived: str = ""
    reference: str = ""
    reason: str = ""
    printed_to: dt.date | None = None
    note: str = ""
    confirmation: Confirmation | None = None
    where: str = ""

    @property
    def basis(self) -> str:
        """Where the value stands, or why it is open: one line in Chinese."""
        if self.confirmation is not None:
            return self.confirmation.basis
        if self.citation is not None:
            quoted = f"{self.citation.text}：“{self.quote}”"
            return f"{quoted}（推得：{self.derived}）" if self.derived else quoted
        return self.reference or self.reason


@dataclass(frozen=True, slots=True)
class UndatedValue:
    """A value whose first day is not certain: shown, never used."""

    value: Exact
    reference: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter with everything that is known of it; ``series`` is what rules look up."""

    name: str
    label: str
    label_en: str
    unit: Unit
    values: tuple[DatedValue, ...]
    undated: tuple[UndatedValue, ...] = ()
    note: str = ""
    #: The only values that the rules can do with; empty where any will do.
    allowed: tuple[Exact, ...] = ()
    where: str = ""

    def refused(self, value: Exact) -> str | None:
        """Why the rules cannot do with a value; None where they can."""
        if not self.allowed or value in self.allowed:
            return None
        those = "、".join(worded(self.unit, item) for item in self.allowed)
        note = f"：{self.note}" if self.note else ""
        return f"{self.name} can only be {those}, not {worded(self.unit, value)}{note}"

    def at(self, day: dt.date) -> DatedValue:
        """The value in force on ``day``; open before the first one."""
        found = DatedValue(dt.date.min, None, Status.OPEN, reason="此日之前没有收录任何值")
        for value in self.values:
            if value.since <= day:
                found = value
        return found

    def until(self, day: dt.date) -> dt.date | None:
        """Last day on which the value of ``day`` holds; None where no change is known."""
        later = [value.since for value in self.values if value.since > day]
        return min(later) - dt.timedelta(days=1) if later else None

    def series(self) -> Series:
        """The steps in day codes and stored integers, all at one decimal scale."""
        known = [value.value for value in self.values if value.value is not None]
        kind = self.unit.kind
        scale = 0
        if kind.name == "rate":
            scale = scale_of(known)
            kind = kind.scaled(scale)
        steps = tuple(
            Step(
                since=calendar.code(value.since),
                value=None if value.value is None else stored(value.value, scale),
                status=value.status,
                reference=value.basis,
            )
            for value in self.values
        )
        return Series(self.name, self.label, kind, steps, self.label_en)

    def with_value(self, value: DatedValue) -> Parameter:
        """The same parameter with ``value`` in the place of the one of its day, or added."""
        kept = [other for other in self.values if other.since != value.since]
        return replace(self, values=tuple(sorted([*kept, value], key=lambda item: item.since)))


def read_parameters(folder: Path, documents: dict[str, Document]) -> dict[str, Parameter]:
    """All parameters of a folder, named ``<file stem>.<key>``."""
    found: dict[str, Parameter] = {}
    for path in yaml_files(folder):
        if not path.stem.isidentifier():
            raise PolicyError(
                f"{path.stem} cannot be said in a scheme",
                where=str(path),
                mend="letters, digits, _",
            )
        file = read_yaml(path)
        for key in file:
            if not isinstance(key, str) or not key.isidentifier() or key.startswith("_"):
                raise file.refuse(f"{key} is no name for a parameter", key, "letters, digits, _")
            if key in _RESERVED:
                raise file.refuse(f"a parameter cannot be called {key}", key, "another name")
            name = f"{path.stem}.{key}"
            found[name] = _parameter(name, file.block(key), documents)
    return found


def _parameter(name: str, block: Block, documents: dict[str, Document]) -> Parameter:
    block.only("label", "label_en", "unit", "values", "undated", "note", "allowed")
    unit_name = block.text("unit")
    if unit_name not in UNITS:
        raise block.refuse(f"no unit {unit_name}", "unit", did_you_mean(unit_name, UNITS))
    unit = UNITS[unit_name]
    undated = tuple(_undated(unit, item) for item in block.blocks("undated"))
    entries = block.block("values", Block(block.file, block.line))
    if not entries and not undated:
        raise block.refuse(
            f"{name} has no values", None, "values:  2020-08-03: {open: why nothing is known}"
        )
    dated: dict[dt.date, Block] = {}
    for key in entries:
        day = as_day(key, key, entries)
        entry = entries[key]
        if not isinstance(entry, Block):
            raise entries.refuse(
                f"{key}: a bare value does not say how it is known",
                key,
                "{value: …, status: quoted, document: …, article: …, quote: …}, "
                "{value: …, status: sourced, reference: …} or {open: why}",
            )
        if day in dated:
            raise entries.refuse(f"{day} stands twice", key, "keep one of the two")
        dated[day] = entry
    days = sorted(dated)
    values: list[DatedValue] = []
    for place, day in enumerate(days):
        entry = dated[day]
        value = _dated(unit, day, entry, documents)
        following = days[place + 1] if place + 1 < len(days) else None
        ended = _after(entry, day, following)
        until = ended[0].since if ended else following
        values.extend([value, *_past_printed_expiry(value, entry, until), *ended])
    found = Parameter(
        name=name,
        label=block.text("label"),
        label_en=block.text("label_en"),
        unit=unit,
        values=tuple(values),
        undated=undated,
        note=block.text("note", ""),
        allowed=tuple(_exact_item(unit, block, item) for item in block.get("allowed") or ()),
        where=block.where(),
    )
    for value in values:
        if value.value is not None and (why := found.refused(value.value)):
            raise block.refuse(why, "values", "another value, or another rule")
    return found


def _exact_item(unit: Unit, block: Block, value: object) -> Exact:
    try:
        return exact(unit, value)
    except ValueError as error:
        raise block.refuse(str(error), "allowed", f"values in the unit {unit.name}") from None


def _exact(unit: Unit, block: Block) -> Exact:
    if block.get("value") is None:
        raise block.refuse("no value", None, "add  value: …, or say  open: why nothing is known")
    try:
        return exact(unit, block["value"])
    except ValueError as error:
        raise block.refuse(str(error), "value", f"the unit is {unit.name}") from None


def _dated(unit: Unit, day: dt.date, block: Block, documents: dict[str, Document]) -> DatedValue:
    if "open" in block:
        block.only("open", "note")
        return DatedValue(
            day,
            None,
            Status.OPEN,
            reason=block.text("open"),
            note=block.text("note", ""),
            where=block.where(),
        )
    name = block.text("status", "")
    status = next((item for item in _FIELDS if item == name), None)
    if status is None:
        mend = "quoted or sourced"
        if name == Status.CONFIRMED:
            mend = "officers confirm in confirmations.yaml; here the value is sourced"
        elif name == Status.OPEN:
            mend = "an open value is written  {open: why nothing is known}"
        raise block.refuse(f"status {name}" if name else "no status", "status", mend)
    block.only("value", "status", *_FIELDS[status], "printed_to", "ends", "open_after", "note")
    value = _exact(unit, block)
    printed_to = block.day("printed_to", None)
    if printed_to is not None and printed_to < day:
        raise block.refuse(f"printed_to {printed_to} lies before {day}", "printed_to")
    citation, quote, derived = None, "", ""
    if status == Status.QUOTED:
        quote, derived = block.text("quote"), block.text("derived", "")
        _stands(unit, value, quote, derived, block)
        article = block["article"] if isinstance(block.get("article"), int) else None
        citation = cite(
            documents,
            block.text("document"),
            article if article is not None else block.text("article"),
            where=block.where("document"),
        )
    return DatedValue(
        since=day,
        value=value,
        status=status,
        citation=citation,
        quote=quote,
        derived=derived,
        reference=block.text("reference") if status == Status.SOURCED else "",
        printed_to=printed_to,
        note=block.text("note", ""),
        where=block.where(),
    )


def _stands(unit: Unit, value: Exact, quote: str, derived: str, block: Block) -> None:
    """Refuse a value that its quotation does not state, unless it is said how it follows."""
    if derived or states(unit, value, quote):
        return
    said = "、".join(dict.fromkeys(number.text for number in numbers(quote))) or "没有数"
    raise block.refuse(
        f"引文里没有{worded(unit, value)}，只有：{said}"
        f" / the quote does not say {worded(unit, value, 'en')}",
        "value",
        "照引文改正；由引文推得的，写明 derived: 怎样推得"
        " / as the quote says; where it follows from it,  derived: how",
    )


def _after(block: Block, day: dt.date, following: dt.date | None) -> list[DatedValue]:
    """The open stretch behind a value that ends before the next one begins."""
    ends = block.day("ends", None)
    if ends is None:
        if "open_after" in block:
            raise block.refuse("open_after without ends", "open_after", "add  ends: the last day")
        return []
    if ends < day:
        raise block.refuse(f"ends {ends}, before it begins on {day}", "ends")
    if following is not None and ends >= following:
        raise block.refuse(
            f"ends {ends}, but the next value begins on {following}",
            "ends",
            "leave ends out: a value ends when the next begins",
        )
    first = ends + dt.timedelta(days=1)
    if first == following:
        return []
    reason = block.text("open_after", "") or f"上一个值至{ends}为止，其后未查到"
    return [DatedValue(first, None, Status.OPEN, reason=reason, where=block.where("ends"))]


def _past_printed_expiry(
    value: DatedValue, block: Block, until: dt.date | None
) -> list[DatedValue]:
    """The same value, not to be paid on, from the day after its printed expiry to ``until``."""
    if value.printed_to is None:
        return []
    first = value.printed_to + dt.timedelta(days=1)
    if until is not None and first >= until:
        return []
    return [
        DatedValue(
            since=first,
            value=value.value,
            status=Status.SOURCED,
            reference=f"原定有效期至{value.printed_to}，是否延续待确认（原依据：{value.basis}）",
            note=value.note,
            where=block.where("printed_to"),
        )
    ]


def _undated(unit: Unit, block: Block) -> UndatedValue:
    block.only("value", "reference", "note")
    return UndatedValue(_exact(unit, block), block.text("reference"), block.text("note", ""))


def canonical(parameter: Parameter) -> list[object]:
    """What a parameter's digest is taken over: every value, how it is known and where it stands."""
    return [
        parameter.name,
        parameter.unit.name,
        [
            [
                value.since.isoformat(),
                None if value.value is None else written(parameter.unit, value.value),
                value.status.value,
                value.basis,
            ]
            for value in parameter.values
        ],
    ]
