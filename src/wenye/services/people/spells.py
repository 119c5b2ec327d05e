"""A person's spells in the order of a life: work, unemployment, support, contributions."""

from __future__ import annotations

import calendar as months
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wenye.registers.model import (
    Award,
    Benefit,
    Business,
    Certification,
    Contribution,
    Employment,
    FlexibleWork,
    Internship,
    PublicPost,
    Training,
    Unemployment,
)
from wenye.registers.schema import KEY
from wenye.rules import calendar
from wenye.rules.facts import Entity, Fact
from wenye.rules.values import state
from wenye.services.people.fact_lines import Rows, as_of


@dataclass(frozen=True, slots=True)
class Lane:
    """One kind of spell: where its rows come from, and when one begins and ends."""

    id: str
    entity: type[Entity]
    by: str
    first: str
    last: str
    label: str
    label_en: str
    #: A fact that says more about a spell, if there is one.
    detail: str = ""

    @property
    def monthly(self) -> bool:
        """Whether it is reckoned in months."""
        return self.entity.facts()[self.first].kind.name == "month"


#: From the top of the picture to its foot.
LANES = (
    Lane("employment", Employment, "worker", "started_on", "ended_on", "就业", "employment"),
    Lane("flexible", FlexibleWork, "person", "started_on", "ended_on", "灵活就业", "flexible work"),
    Lane("business", Business, "founder", "registered_on", "closed_on", "创业", "own business"),
    Lane(
        "public_post", PublicPost, "person", "started_on", "ended_on", "公益性岗位", "public post"
    ),
    Lane("internship", Internship, "person", "started_on", "ended_on", "见习", "internship"),
    Lane("training", Training, "person", "started_on", "completed_on", "培训", "training", "kind"),
    Lane(
        "unemployment",
        Unemployment,
        "person",
        "started_on",
        "ended_on",
        "登记失业",
        "registered unemployment",
    ),
    Lane(
        "benefit",
        Benefit,
        "person",
        "first_month",
        "last_month",
        "失业保险金",
        "unemployment benefit",
    ),
    Lane(
        "certification",
        Certification,
        "person",
        "started_on",
        "ended_on",
        "就业困难认定",
        "certified hard to employ",
        "category",
    ),
    Lane("award", Award, "person", "first_month", "last_month", "已享受补贴", "support", "scheme"),
    Lane(
        "contribution",
        Contribution,
        "person",
        "first_month",
        "last_month",
        "社保缴费",
        "contributions",
        "kind",
    ),
)


@dataclass(frozen=True, slots=True)
class Spell:
    """One spell; ``last`` is None where it goes on, and ``open_end`` where nobody knows."""

    lane: Lane
    row_key: int
    first: dt.date
    last: dt.date | None
    open_end: bool = False
    employer_key: int | None = None
    detail: str = ""
    detail_en: str = ""
    amount_fen: int | None = None


def spells(rows: Rows, person_key: int) -> list[Spell]:
    """Every spell of a person, by lane and then by when it began."""
    found: list[Spell] = []
    for lane in LANES:
        held = rows.rows_by(lane.entity, lane.by, [person_key])
        some = [_spell(lane, row) for row in held.iter_rows(named=True)]
        found += sorted(
            (each for each in some if each is not None), key=lambda each: (each.first, each.row_key)
        )
    return found


def unknown_lanes(rows: Rows) -> list[Lane]:
    """Lanes of registers that were not delivered: no bar there says nothing."""
    return [lane for lane in LANES if rows.complete_to(lane.entity) is None]


def horizon(rows: Rows) -> dt.date:
    """The day at which the picture ends: the latest that any register is known to."""
    return max(as_of(rows, lane.entity) for lane in LANES)


def _spell(lane: Lane, row: Mapping[str, Any]) -> Spell | None:
    facts = lane.entity.facts()
    first = _day(facts[lane.first], row[lane.first], end=False)
    if first is None:
        return None
    last = _day(facts[lane.last], row[lane.last], end=True)
    how = state(facts[lane.last].kind, row[lane.last])
    employer = row.get("employer")
    amount = row.get("amount")
    zh, en = _detail(facts.get(lane.detail), row.get(lane.detail))
    return Spell(
        lane,
        row[KEY],
        first,
        last,
        how == "unknown",
        employer if isinstance(employer, int) and employer > 0 else None,
        zh,
        en,
        amount if isinstance(amount, int) and amount > 0 else None,
    )


def _day(fact: Fact, stored: Any, *, end: bool) -> dt.date | None:
    if state(fact.kind, stored) != "known":
        return None
    if fact.kind.name == "day":
        return calendar.date(stored)
    year, month = divmod(stored, 12)
    day = months.monthrange(year, month + 1)[1] if end else 1
    return dt.date(year, month + 1, day)


def _detail(fact: Fact | None, stored: Any) -> tuple[str, str]:
    if fact is None or state(fact.kind, stored) != "known":
        return "", ""
    if fact.kind.name == "choice":
        identifier, label = fact.kind.options[stored]
        return label, identifier.replace("_", " ")
    return str(stored), str(stored)
