"""Duties as data: who owes what to whom, by when, on which condition, and whether it was done.

``duties.yaml`` in a district's folder::

    duties:
      - id: placement
        label: 认定后3个月内实现就业
        label_en: work within three months of certification
        document: shanghai-2022-8
        article: 七
        quotes: [“就业困难人员”在认定后3个月内实现就业]
        owner: [各区人力资源社会保障部门]
        owed_to: 就业困难人员
        owed_to_en: people certified hard to employ
        clock: {within: {months: 3, of: 认定, of_en: certification}}
        condition: 服从安排、不挑不拣
        condition_en: the person accepts what is arranged
        fulfilled_by: 就业登记
        fulfilled_by_en: a spell of employment is registered

The first of ``quotes`` is what the duty rests on, and the number of a clock must stand in them: no
clock is made up. A law that is not among the district's documents is named by ``reference`` with
``status: sourced``, and is to be confirmed. ``exploratory`` marks what a document only sets out to
explore (探索建立): it is never overdue, and says so. A duty whose document prints no time has the
clock ``none`` with the reason: it is recorded when done, and is never overdue either. Clocks and
their boundaries: ``duty_clocks``; the months of a monthly duty: ``duty_months``.

What is not known is never a no: an unknown event or condition leaves a duty unknown, and so does a
record of what was done that does not reach the due day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from wenye.policy.documents import Citation, Document, Standing, cite
from wenye.policy.duty_clocks import Clock, ClockKind, month_of, printed_in, read_clock
from wenye.policy.duty_months import (
    STATE_WORDS,
    MonthMet,
    MonthsCounted,
    State,
    counted,
    months_met,
)
from wenye.policy.exact_yaml import Block, read_yaml
from wenye.policy.organisation import UNIT_KINDS
from wenye.rules.errors import did_you_mean
from wenye.rules.parameters import Status

__all__ = [
    "STATE_WORDS",
    "Clock",
    "ClockKind",
    "Duty",
    "Fulfilment",
    "MonthMet",
    "MonthsCounted",
    "State",
    "due",
    "months_met",
    "read_duties",
    "standing",
]


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty of a district; ``owner`` as printed, ``units`` kinds of unit that do the work.

    ``condition`` is empty where the duty is unconditional.
    """

    id: str
    label: str
    label_en: str
    citation: Citation | None
    quotes: tuple[str, ...]
    reference: str
    status: Status
    owner: tuple[str, ...]
    units: tuple[str, ...]
    owed_to: str
    owed_to_en: str
    clock: Clock
    condition: str
    condition_en: str
    fulfilled_by: str
    fulfilled_by_en: str
    exploratory: bool
    note: str
    where: str

    @property
    def has_clock(self) -> bool:
        """Whether the document prints a time for it."""
        return self.clock.kind is not ClockKind.NONE

    @property
    def source(self) -> str:
        """Where the duty stands: the article, or the law that is to be confirmed."""
        return self.citation.text if self.citation is not None else self.reference

    def basis(self, day: dt.date) -> Standing | None:
        """The document's force on ``day``; None where the law is not among the documents."""
        return None if self.citation is None else self.citation.document.standing(day)


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """Where a duty stands on a day.

    ``due`` is the last day in time (of a monthly duty: that of the first month which decides).
    ``days`` are the days left, or those by which it is or was late. ``basis`` is the document's
    force on the day of the event, and of a monthly duty in the months that decide, in doubt as
    soon as it is in one of them: the state is then what it would be if the document still holds.
    ``counted`` holds those months apart by their basis.
    """

    state: State
    due: dt.date | None
    days: int | None = None
    basis: Standing | None = None
    reason: str = ""
    reason_en: str = ""
    months: tuple[MonthMet, ...] = ()
    counted: MonthsCounted | None = None


def due(duty: Duty, event_day: dt.date | None) -> dt.date | None:
    """The last day in time; None where there is no clock, or where the day is not known."""
    return None if event_day is None else duty.clock.due(event_day)


def standing(
    duty: Duty,
    event: dt.date | None,
    fulfilled_on: dt.date | Iterable[dt.date] | None,
    on: dt.date,
    condition: bool | None = None,
    *,
    until: dt.date | None = None,
    complete_to: dt.date | None = None,
) -> Fulfilment:
    """Where the duty stands on the day ``on``.

    ``event`` starts the clock; ``fulfilled_on`` is when it was done (of a monthly duty: each
    time), and nothing that lies after ``on`` has happened. ``condition`` is whether the duty's
    condition is met (None: not known; no matter where it has none). ``until`` ends a monthly duty:
    the month of that day is the last one owed. ``complete_to`` is the day to which the record of
    what was done is complete; ``on`` unless given.
    """
    done = [fulfilled_on] if isinstance(fulfilled_on, dt.date) else sorted(fulfilled_on or ())
    done = [day for day in done if day <= on]
    held_to = on if complete_to is None else min(complete_to, on)
    if event is None:
        return Fulfilment(State.UNKNOWN, None, reason="起算日不明", reason_en="no day of the event")
    last = due(duty, event)
    monthly = duty.clock.kind is ClockKind.EVERY
    basis = duty.basis(last if monthly and last is not None else event)
    if not monthly and basis in (Standing.NOT_YET, Standing.ENDED):
        early = basis is Standing.NOT_YET
        return Fulfilment(
            State.NOT_OWED,
            last,
            basis=basis,
            reason="起算日文件尚未施行" if early else "起算日文件已失效",
            reason_en=f"the document was {'not yet' if early else 'no longer'} in force that day",
        )
    if duty.condition and condition is False:
        words = f"条件不满足：{duty.condition}", f"condition not met: {duty.condition_en}"
        return Fulfilment(State.NOT_OWED, last, None, basis, *words)
    if duty.condition and condition is None:
        words = f"条件是否满足不明：{duty.condition}", f"condition not known: {duty.condition_en}"
        return Fulfilment(State.UNKNOWN, last, None, basis, *words)
    if monthly:
        return _every_month(duty, event, done, on, until, held_to)
    return _once(duty, event, done, on, held_to)


def _once(
    duty: Duty, event: dt.date, done: list[dt.date], on: dt.date, held_to: dt.date
) -> Fulfilment:
    """A duty that is done once: the first time counts."""
    basis, last = duty.basis(event), due(duty, event)
    first = done[0] if done else None
    if first is not None and first < event and duty.clock.kind is not ClockKind.BEFORE:
        words = "完成日早于起算日，请核对日期", "done before the event: check the days"
        return Fulfilment(State.UNKNOWN, last, None, basis, *words)
    if last is None and duty.clock.kind is ClockKind.NONE:
        if first is not None:
            words = "没有期限，已完成", "no time is printed; it is done"
            return Fulfilment(State.MET, None, None, basis, *words)
        words = "没有期限，不能判定是否逾期", "no time is printed, so it is never overdue"
        return Fulfilment(State.UNKNOWN, None, None, basis, *words)
    if last is None:
        words = "到期日不明：该年节假日安排未公布", "due day unknown: holidays not announced"
        return Fulfilment(State.UNKNOWN, None, None, basis, *words)
    if first is not None:
        late = 0 if duty.exploratory else (first - last).days
        return Fulfilment(State.MET if late <= 0 else State.MET_LATE, last, max(late, 0), basis)
    if on <= last:
        return Fulfilment(State.NOT_YET_DUE, last, (last - on).days, basis)
    if held_to < last:
        words = f"完成情况只登记到{held_to}", f"what was done is recorded to {held_to} only"
        return Fulfilment(State.UNKNOWN, last, None, basis, *words)
    if duty.exploratory:
        return Fulfilment(State.NOT_DONE, last, None, basis)
    return Fulfilment(State.OVERDUE, last, (on - last).days, basis)


_WORST_FIRST = (
    State.OVERDUE,
    State.NOT_DONE,
    State.UNKNOWN,
    State.NOT_YET_DUE,
    State.MET_LATE,
    State.MET,
)


def _every_month(
    duty: Duty,
    event: dt.date,
    done: list[dt.date],
    on: dt.date,
    until: dt.date | None,
    held_to: dt.date,
) -> Fulfilment:
    """A monthly duty stands as its worst month does: one that was missed stays missed."""
    months = months_met(duty, event, done, on, until=until, complete_to=held_to)
    for state in _WORST_FIRST:
        of_state = [item for item in months if item.state is state]
        if not of_state:
            continue
        decides = of_state[0]
        apart = counted(of_state)
        days = None
        if state is State.NOT_YET_DUE:
            days = (decides.due - on).days
        elif state is State.OVERDUE:
            days = (on - decides.due).days
        reason = reason_en = ""
        if state in (State.OVERDUE, State.NOT_DONE):
            reason = f"{len(of_state)}个月未完成，最早{decides.month}"
            left_out = "missed" if state is State.OVERDUE else "without it"
            reason_en = f"{len(of_state)} month(s) {left_out}, the first {decides.month}"
            if apart.doubtful:
                reason += f"；其中{apart.doubtful}个月的依据未定，最早{apart.first_doubtful}"
                reason_en += f"; the basis of {apart.doubtful} is open, from {apart.first_doubtful}"
        elif state is State.UNKNOWN:
            # Only what lies past the record's end, or a month in part, can be unknown here.
            if decides.due > held_to:
                reason = f"完成情况只登记到{held_to}"
                reason_en = f"what was done is recorded to {held_to} only"
            else:
                reason = f"{decides.month}不足整月，当月是否应办未定"
                reason_en = f"whether {decides.month}, a month in part, counts is open"
        return Fulfilment(state, decides.due, days, apart.basis, reason, reason_en, months, apart)
    first = due(duty, event)
    basis = duty.basis(event if first is None else first)
    if months or basis is Standing.ENDED:
        words = "各月文件均不在施行期", "the document was in force in none of the months"
        return Fulfilment(State.NOT_OWED, first, None, basis, *words, months)
    if until is not None and first is not None and month_of(until) < month_of(first):
        words = "第一个应办月份之前已终止", "it ended before its first month"
        return Fulfilment(State.NOT_OWED, first, None, basis, *words)
    days = None if first is None else (first - on).days
    return Fulfilment(State.NOT_YET_DUE, first, days, basis)


def read_duties(path: Path, documents: dict[str, Document]) -> dict[str, Duty]:
    """The duties of a file by id, in order; a mistake is a ``PolicyError`` with its line."""
    file = read_yaml(path)
    file.only("duties")
    found: dict[str, Duty] = {}
    for block in file.blocks("duties"):
        duty = _duty(block, documents)
        if duty.id in found:
            raise block.refuse(f"duty {duty.id} stands twice (first at {found[duty.id].where})")
        found[duty.id] = duty
    return found


def _duty(block: Block, documents: dict[str, Document]) -> Duty:
    block.only(
        "id",
        "label",
        "label_en",
        "document",
        "article",
        "quotes",
        "reference",
        "status",
        "owner",
        "units",
        "owed_to",
        "owed_to_en",
        "clock",
        "condition",
        "condition_en",
        "fulfilled_by",
        "fulfilled_by_en",
        "exploratory",
        "note",
    )
    name = block.text("id")
    if not (name.isascii() and name.isidentifier()):
        raise block.refuse(f"{name} is no name for a duty", "id", "small letters, digits, _")
    clock = read_clock(block.block("clock"))
    citation, quotes, status = _rests_on(block, documents, clock)
    owner = block.texts("owner")
    if not owner:
        raise block.refuse(f"{name} has no owner", "owner", "owner: [as the document prints it]")
    units = block.texts("units")
    for kind in units:
        if kind not in UNIT_KINDS:
            raise block.refuse(f"no kind of unit {kind}", "units", did_you_mean(kind, UNIT_KINDS))
    condition, condition_en = block.text("condition", ""), block.text("condition_en", "")
    if bool(condition) is not bool(condition_en):
        raise block.refuse(f"{name} states its condition in one language", "condition", "in both")
    return Duty(
        id=name,
        label=block.text("label"),
        label_en=block.text("label_en"),
        citation=citation,
        quotes=quotes,
        reference=block.text("reference", ""),
        status=status,
        owner=owner,
        units=units,
        owed_to=block.text("owed_to"),
        owed_to_en=block.text("owed_to_en"),
        clock=clock,
        condition=condition,
        condition_en=condition_en,
        fulfilled_by=block.text("fulfilled_by"),
        fulfilled_by_en=block.text("fulfilled_by_en"),
        exploratory=block.flag("exploratory"),
        note=block.text("note", ""),
        where=block.where(),
    )


def _rests_on(
    block: Block, documents: dict[str, Document], clock: Clock
) -> tuple[Citation | None, tuple[str, ...], Status]:
    """The citation and its words, or none where the law is only named."""
    quotes = block.texts("quotes")
    if "document" not in block:
        if not block.text("reference", ""):
            raise block.refuse("a duty rests on nothing", None, "document, article and quotes")
        if block.text("status", "") != Status.SOURCED:
            raise block.refuse(
                "a law that is not among the documents is to be confirmed",
                "status",
                "status: sourced",
            )
        if quotes:
            raise block.refuse("quotes of no document", "quotes", "add the document, or delete")
        return None, (), Status.SOURCED
    if block.text("status", Status.QUOTED) != Status.QUOTED:
        raise block.refuse("what a document says is quoted", "status", "delete the status")
    if not quotes:
        raise block.refuse("no quotes", "quotes", "the operative words, short")
    article = block["article"] if isinstance(block.get("article"), int) else block.text("article")
    where = block.where("document")
    citation = cite(documents, block.text("document"), article, quotes[0], where=where)
    if not printed_in(clock, quotes):
        raise block.refuse(
            f"the clock’s number does not stand in the quoted words: {clock.words}",
            "clock",
            "quote the words that print it, or  none: where the document prints no time",
        )
    return citation, quotes, Status.QUOTED
