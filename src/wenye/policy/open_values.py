"""What is open on a day, what waits for it, and whom to ask.

Whom to ask follows from the measure registers: the bodies that the responsibility bracket names for
the articles whose measures the value, or a scheme that reads it, carries. A lead stands first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from wenye.policy.documents import Citation
from wenye.policy.units import worded
from wenye.rules.decide import outputs, series_read
from wenye.rules.parameters import Status
from wenye.rules.scheme import Scheme

if TYPE_CHECKING:
    from wenye.policy.district import District
    from wenye.policy.measure_register import ArticleEntry


@dataclass(frozen=True, slots=True)
class OpenValue:
    """A parameter that has no value on the day asked."""

    name: str
    label: str
    label_en: str
    unit: str
    #: First and last day of the time that is open; None where nothing was ever stated before, and
    #: where no later value is known.
    since: dt.date | None
    until: dt.date | None
    #: What was looked for, or why it is open.
    reason: str
    #: Values that were read without a certain first day: shown, and never used.
    undated: tuple[str, ...]
    #: Schemes that read it.
    schemes: tuple[str, ...]
    #: Articles and the bodies responsible for them, as printed.
    articles: tuple[str, ...]
    ask: tuple[str, ...]
    #: What to mind when it is set.
    note: str
    where: str

    def as_json(self) -> dict[str, Any]:
        """As plain JSON."""
        return asdict(self)


def open_values(
    district: District, schemes: Mapping[str, type[Scheme]], day: dt.date
) -> list[OpenValue]:
    """Every parameter that is open on ``day``, in the order of the files."""
    readers: dict[str, list[str]] = {}
    for scheme in schemes.values():
        for name in series_read([*outputs(scheme).values(), scheme.dated_by], {}):
            readers.setdefault(name, []).append(scheme.id)
    found = []
    for name, parameter in district.details.items():
        value = parameter.at(day)
        if value.status is not Status.OPEN:
            continue
        entries = _responsible(district, name, readers.get(name, []))
        found.append(
            OpenValue(
                name=name,
                label=parameter.label,
                label_en=parameter.label_en,
                unit=parameter.unit.name,
                since=None if value.since == dt.date.min else value.since,
                until=parameter.until(day),
                reason=value.basis,
                undated=tuple(
                    f"{worded(parameter.unit, item.value)}（{item.reference}）"
                    for item in parameter.undated
                ),
                schemes=tuple(readers.get(name, ())),
                articles=tuple(entries),
                ask=_bodies(entries.values()),
                note=value.note or parameter.note,
                where=value.where or parameter.where,
            )
        )
    return found


def _responsible(district: District, name: str, schemes: list[str]) -> dict[str, ArticleEntry]:
    """The articles whose measures the value carries; else those that its schemes carry."""
    direct: dict[str, ArticleEntry] = {}
    through: dict[str, ArticleEntry] = {}
    for register in district.measures:
        for measure in register.measures.values():
            links = {(link.kind, link.id) for link in measure.carried_by}
            text = Citation(register.document, measure.article, "").text
            if ("parameter", name) in links:
                direct[text] = register.articles[measure.article]
            elif any(("scheme", scheme) in links for scheme in schemes):
                through[text] = register.articles[measure.article]
    return direct or through


def _bodies(entries: Any) -> tuple[str, ...]:
    leads = [body for entry in entries for body in (entry.assigned_lead, entry.lead) if body]
    named = [body for entry in entries for body in entry.departments]
    return tuple(dict.fromkeys([*leads, *named]))
