"""Clocks of duties: how a due day follows from an event, over the calendar-month rule.

A clock is one of::

    every: {calendar_month: 1, of: 失业登记, of_en: registration}     # at least once in each
    every: {calendar_month: 1, of: 受理, of_en: acceptance, first: 1}  # from the month after on
    within: {months: 3, of: 认定, of_en: certification}                # or days, or working_days
    before: {days: 30, of: 裁员, of_en: dismissal}                     # or months, or working_days
    none: {reason: 文件未写期限, reason_en: no time is printed}

The boundaries are decided once, here. 以内 includes the day that ends the period. The day of the
event is not counted: five working days from a Friday end on the next Friday. A notice of a month
before is in time on the last day from which that month is still full on the event. A monthly duty
is due on the month's last day (or by the day ``by_day``, and by the last day of a shorter month),
and its first month is that of the event, or ``first`` months later. A period that ends on a holiday
is not prolonged to the next working day: whoever owes is held to the earlier day. Working days of
a year whose holidays are not announced are unknown, and so is the due day.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from wenye.policy.citing.bare_text import bare
from wenye.policy.documents import chinese_number
from wenye.policy.exact_yaml import Block
from wenye.rules import calendar


class ClockKind(StrEnum):
    """How a clock runs."""

    EVERY = "every"
    WITHIN = "within"
    BEFORE = "before"
    NONE = "none"


_UNITS = {
    "months": ("个月", "months"),
    "days": ("日", "days"),
    "working_days": ("个工作日", "working days"),
}
_MONTHLY = ("first", "by_day", "part_months_open")


@dataclass(frozen=True, slots=True)
class Clock:
    """When a duty falls due: ``count`` of ``unit`` after or before the event ``of``.

    For ``EVERY``, ``count`` is how often in each calendar month, ``first`` how many months after
    the event's own the first one lies, ``by_day`` the day of the month by which it is due.
    """

    kind: ClockKind
    count: int = 0
    unit: str = ""
    of: str = ""
    of_en: str = ""
    first: int = 0
    by_day: int | None = None
    part_months_open: bool = False
    reason: str = ""
    reason_en: str = ""

    def due(self, event: dt.date) -> dt.date | None:
        """The last day in time; for ``EVERY`` that of its first month. None where unknown."""
        try:
            if self.kind is ClockKind.EVERY:
                return self.month_due(month_of(event) + self.first)
            if self.kind is ClockKind.NONE:
                return None
            if self.unit == "working_days":
                return _working_day(event, self.count, later=self.kind is ClockKind.WITHIN)
            if self.unit == "days":
                days = dt.timedelta(days=self.count)
                return event + days if self.kind is ClockKind.WITHIN else event - days
            code = calendar.code(event)
            if self.kind is ClockKind.WITHIN:
                return calendar.date(calendar.add_months(code, self.count))
            return _months_before(code, self.count)
        except (ValueError, OverflowError):
            return None  # beyond the years that a date can hold

    def month_due(self, month: int) -> dt.date:
        """The last day in time of a month (``year * 12 + month - 1``) of an ``EVERY`` clock."""
        length = calendar.days_in_month(month)
        year, place = divmod(month, 12)
        return dt.date(year, place + 1, min(self.by_day or length, length))

    @property
    def words(self) -> str:
        """The clock in Chinese."""
        if self.kind is ClockKind.NONE:
            return f"无期限（{self.reason}）"
        if self.kind is ClockKind.EVERY:
            by = f"{self.by_day}日前" if self.by_day else ""
            since = (
                "当月" if not self.first else "次月" if self.first == 1 else f"后第{self.first}月"
            )
            return f"自{self.of}{since}起，每个自然月{by}至少{self.count}次"
        amount = f"{self.count}{_UNITS[self.unit][0]}"
        if self.kind is ClockKind.WITHIN:
            return f"{self.of}后{amount}内"
        return f"不晚于{self.of}前{amount}"

    @property
    def words_en(self) -> str:
        """The clock in English."""
        if self.kind is ClockKind.NONE:
            return f"none ({self.reason_en})"
        if self.kind is ClockKind.EVERY:
            by = f" by day {self.by_day}" if self.by_day else ""
            since = "that" if not self.first else f"{self.first} after that"
            often = "once" if self.count == 1 else f"{self.count} times"
            return f"at least {often} in each calendar month{by}, from {since} of {self.of_en} on"
        word = "within" if self.kind is ClockKind.WITHIN else "at least"
        after = "of" if self.kind is ClockKind.WITHIN else "before"
        unit = _UNITS[self.unit][1].removesuffix("s" if self.count == 1 else "")
        return f"{word} {self.count} {unit} {after} {self.of_en}"


def month_of(day: dt.date) -> int:
    """The month of a day as ``year * 12 + month - 1``."""
    return day.year * 12 + day.month - 1


def _months_before(code: int, months: int) -> dt.date:
    """The last day from which ``months`` are full on the day ``code``."""
    month = (code >> 6) - months
    length = calendar.days_in_month(month)
    day = length if code & 1 else min((code >> 1) & 31, length)
    year, place = divmod(month, 12)
    return dt.date(year, place + 1, day)


def _working_day(event: dt.date, count: int, *, later: bool) -> dt.date | None:
    """The ``count``-th working day after the event, or the last day that leaves as many before."""
    first, last, running = calendar.working_days()
    place = event.toordinal() - first
    if not 0 <= place <= last - first:
        return None
    if later:
        found = bisect_left(running, running[place] + count)
        return None if found > last - first else dt.date.fromordinal(first + found)
    # A day before the covered years might do as well, so the very first one is no answer.
    found = bisect_right(running, running[place] - count) - 1
    return None if found < 0 else dt.date.fromordinal(first + found)


def read_clock(block: Block) -> Clock:
    """The clock that a duty states, its numbers whole and above nought."""
    block.only(*ClockKind)
    if len(block) != 1:
        raise block.refuse("a clock is one of every, within, before, none", None, "write one")
    kind = ClockKind(next(iter(block)))
    entry = block.block(kind)
    if kind is ClockKind.NONE:
        entry.only("reason", "reason_en")
        return Clock(kind, reason=entry.text("reason"), reason_en=entry.text("reason_en"))
    units = ("calendar_month",) if kind is ClockKind.EVERY else tuple(_UNITS)
    entry.only(*units, "of", "of_en", *(_MONTHLY if kind is ClockKind.EVERY else ()))
    stated = [unit for unit in units if unit in entry]
    if len(stated) != 1:
        raise entry.refuse(f"{kind}: one of {', '.join(units)}", None, f"{units[0]}: 1")
    by_day = entry.whole("by_day", None)
    if by_day is not None and not 1 <= by_day <= 31:
        raise entry.refuse(f"no month has a day {by_day}", "by_day", "1 to 31")
    first = entry.whole("first", 0) or 0
    if not 0 <= first <= 12:
        raise entry.refuse(f"first: {first}", "first", "0: the event's own month, 1: the next")
    count = entry.whole(stated[0]) or 0
    if count < 1:
        raise entry.refuse(f"{stated[0]}: {count}", stated[0], "a whole number from 1 on")
    return Clock(
        kind=kind,
        count=count,
        unit=stated[0],
        of=entry.text("of"),
        of_en=entry.text("of_en"),
        first=first,
        by_day=by_day,
        part_months_open=entry.flag("part_months_open"),
    )


def printed_in(clock: Clock, quotes: Iterable[str]) -> bool:
    """Whether the quoted words hold the clock's own number, in digits or Chinese numerals.

    A monthly clock is printed as 每月 or 按月, and one of twelve months may be printed as a year.
    """
    text = bare(" ".join(quotes))
    if clock.kind is ClockKind.NONE:
        return True
    if clock.kind is ClockKind.EVERY:
        often = clock.count == 1 or _stands(text, clock.count, "次")
        by_day = clock.by_day is None or _stands(text, clock.by_day, "日")
        return ("每月" in text or "按月" in text) and often and by_day
    if clock.unit == "working_days":
        return _stands(text, clock.count, "个工作日")
    if clock.unit == "days":
        return _stands(text, clock.count, "日") or _stands(text, clock.count, "天")
    years, rest = divmod(clock.count, 12)
    whole_years = not rest and _stands(text, years, "年")
    return (
        _stands(text, clock.count, "个月") or whole_years or (clock.count == 6 and "半年" in text)
    )


def _stands(text: str, number: int, unit: str) -> bool:
    numerals = chinese_number(number) if number < 100 else ""
    for written in filter(None, (str(number), numerals)):
        at = text.find(written + unit)
        while at >= 0:
            before = text[at - 1 : at]
            if not (before.isdigit() or before in "零一二三四五六七八九十百.") or not before:
                return True
            at = text.find(written + unit, at + 1)
    return False
