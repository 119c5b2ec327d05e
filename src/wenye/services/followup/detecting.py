"""Patterns in a month's entries that are worth a second look. No pattern proves anything.

Plain functions over plain rows: each gives its findings with the numbers that make them and the
thresholds that they are held against (``followup.yaml``). Texts are compared in memory and stand in
no finding.
"""

from __future__ import annotations

import calendar as months
import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from wenye.rules import calendar
from wenye.services.followup.content import Content

_PLAIN = re.compile(r"[\W_]+")
#: More different notes of one worker than this are not compared pair by pair.
_MOST_NOTES = 600


@dataclass(frozen=True, slots=True)
class Entry:
    """A contact as the detector reads it; times are local."""

    id: int
    worker: int
    town: str
    person: int
    at: dt.datetime
    recorded_at: dt.datetime
    method: str
    outcome: str
    situation: str
    needs: tuple[str, ...]
    accepts: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class BackInWork:
    """A spell of registered unemployment that ended in a job: its first day and the job's."""

    worker: int | None
    town: str
    person: int
    registered_on: dt.date
    hired_on: dt.date


@dataclass(slots=True)
class Pattern:
    """A finding before it is kept."""

    kind: str
    town: str
    worker: int | None
    numbers: dict[str, int]
    contacts: list[int] = field(default_factory=list)
    people: list[int] = field(default_factory=list)


Detector = Callable[[Sequence[Entry], Content], list[Pattern]]


def patterns(entries: Iterable[Entry], limits: Content) -> list[Pattern]:
    """Every pattern in a month's entries, each worker and town for itself."""
    groups: dict[tuple[str, int], list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[entry.town, entry.worker].append(entry)
    found = []
    for key in sorted(groups):
        rows = sorted(groups[key], key=lambda entry: (entry.at, entry.id))
        for detector in DETECTORS.values():
            found += detector(rows, limits)
    return found


def bursts(rows: Sequence[Entry], limits: Content) -> list[Pattern]:
    """Many contacts within minutes: more than anybody can make."""
    found = []
    for kind, method, least, minutes in (
        ("burst", "", limits.limit("burst_contacts"), limits.limit("burst_minutes")),
        ("visit_burst", "visit", limits.limit("visit_contacts"), limits.limit("visit_minutes")),
    ):
        of_kind = [row for row in rows if not method or row.method == method]
        inside, most = _densest(of_kind, dt.timedelta(minutes=minutes), least)
        if inside:
            numbers = {"contacts": most, "minutes": minutes, "least": least, "all": len(inside)}
            found.append(_pattern(kind, rows, numbers, inside))
    return found


def _densest(rows: Sequence[Entry], length: dt.timedelta, least: int) -> tuple[list[Entry], int]:
    """The rows that lie in some window of that length with so many rows, and the most in one."""
    inside: dict[int, Entry] = {}
    first = most = 0
    for at, row in enumerate(rows):
        while row.at - rows[first].at > length:
            first += 1
        if at - first + 1 >= least:
            most = max(most, at - first + 1)
            inside.update((each.id, each) for each in rows[first : at + 1])
    return list(inside.values()), most


def month_end(rows: Sequence[Entry], limits: Content) -> list[Pattern]:
    """Most of a month's contacts on its last days."""
    if len(rows) < limits.limit("fewest_contacts"):
        return []
    days = limits.limit("month_end_days")
    late = [row for row in rows if _days_left(row.at.date()) < days]
    percent = len(late) * 100 // len(rows)
    if percent < limits.limit("month_end_percent"):
        return []
    numbers = {
        "contacts": len(late),
        "all": len(rows),
        "days": days,
        "percent": percent,
        "least": limits.limit("month_end_percent"),
    }
    return [_pattern("month_end", rows, numbers, late)]


def _days_left(day: dt.date) -> int:
    return months.monthrange(day.year, day.month)[1] - day.day


def copies(rows: Sequence[Entry], limits: Content) -> list[Pattern]:
    """One note, or nearly one, under many contacts."""
    shortest, least = limits.limit("copy_shortest"), limits.limit("copy_contacts")
    texts: dict[str, list[Entry]] = defaultdict(list)
    for row in rows:
        plain = _PLAIN.sub("", row.note)
        if len(plain) >= shortest:
            texts[plain].append(row)
    found = []
    same = [row for group in texts.values() if len(group) >= least for row in group]
    if same:
        largest = max(len(group) for group in texts.values())
        numbers = {"contacts": len(same), "largest": largest, "all": len(rows), "least": least}
        found.append(_pattern("copies", rows, numbers, same))
    near = _near(list(texts), limits.limit("near_percent"))
    groups = [[row for text in group for row in texts[text]] for group in near if len(group) > 1]
    alike = [row for group in groups if len(group) >= least for row in group]
    if alike and len(alike) > len(same):
        numbers = {
            "contacts": len(alike),
            "percent": limits.limit("near_percent"),
            "all": len(rows),
            "least": least,
        }
        found.append(_pattern("near_copies", rows, numbers, alike))
    return found


def _near(texts: list[str], percent: int) -> list[list[str]]:
    """Texts grouped by likeness: shared pairs of characters over all of theirs, in percent."""
    texts = sorted(texts)[:_MOST_NOTES]
    pairs = [frozenset(text[at : at + 2] for at in range(len(text) - 1)) for text in texts]
    group = list(range(len(texts)))

    def head(at: int) -> int:
        while group[at] != at:
            group[at] = group[group[at]]
            at = group[at]
        return at

    for one in range(len(texts)):
        for two in range(one + 1, len(texts)):
            small, large = sorted((len(pairs[one]), len(pairs[two])))
            if small * 100 < large * percent:
                continue  # too unequal to be alike
            shared = len(pairs[one] & pairs[two])
            if shared * 100 >= (small + large - shared) * percent:
                group[head(two)] = head(one)
    found: dict[int, list[str]] = defaultdict(list)
    for at, text in enumerate(texts):
        found[head(at)].append(text)
    return list(found.values())


def constant(rows: Sequence[Entry], limits: Content) -> list[Pattern]:
    """Column after column filled in with one and the same value."""
    if len(rows) < limits.limit("fewest_contacts"):
        return []
    least = limits.limit("constant_percent")
    columns: list[list[object]] = [
        [row.method for row in rows],
        [row.outcome for row in rows],
        [row.situation for row in rows],
        [row.needs for row in rows],
        [row.accepts for row in rows],
    ]
    same = sum(
        Counter(column).most_common(1)[0][1] * 100 >= least * len(rows) for column in columns
    )
    if same < limits.limit("constant_columns"):
        return []
    numbers = {"columns": same, "of": len(columns), "percent": least, "all": len(rows)}
    numbers["least"] = limits.limit("constant_columns")
    return [_pattern("constant", rows, numbers, rows)]


def hours(rows: Sequence[Entry], limits: Content) -> list[Pattern]:
    """Contacts in the night."""
    first, last = limits.limit("first_hour"), limits.limit("last_hour")
    odd = [row for row in rows if not first <= row.at.hour < last]
    least = limits.limit("odd_hours")
    if len(odd) < least:
        return []
    numbers = {"contacts": len(odd), "first": first, "last": last, "least": least}
    return [_pattern("hours", rows, {**numbers, "all": len(rows)}, odd)]


def entered_late(rows: Sequence[Entry], limits: Content) -> list[Pattern]:
    """Most of a month's contacts entered long after they are said to have been."""
    if len(rows) < limits.limit("fewest_contacts"):
        return []
    days = limits.limit("late_days")
    late = [row for row in rows if row.recorded_at - row.at > dt.timedelta(days=days)]
    percent = len(late) * 100 // len(rows)
    if percent < limits.limit("late_percent"):
        return []
    numbers = {"contacts": len(late), "all": len(rows), "days": days, "percent": percent}
    numbers["least"] = limits.limit("late_percent")
    return [_pattern("entered_late", rows, numbers, late)]


DETECTORS: dict[str, Detector] = {
    "bursts": bursts,
    "month_end": month_end,
    "copies": copies,
    "constant": constant,
    "hours": hours,
    "entered_late": entered_late,
}


def dates_made(spells: Iterable[BackInWork], limits: Content) -> list[Pattern]:
    """Registered unemployed exactly a month before the job, again and again."""
    groups: dict[str, list[BackInWork]] = defaultdict(list)
    for spell in spells:
        groups[spell.town].append(spell)
    found = []
    for town in sorted(groups):
        rows = groups[town]
        exact = [row for row in rows if _a_month_before(row.registered_on, row.hired_on)]
        percent = len(exact) * 100 // len(rows)
        least, share = limits.limit("date_rows"), limits.limit("date_percent")
        if len(exact) < least or percent < share:
            continue
        numbers = {"people": len(exact), "all": len(rows), "percent": percent, "least": share}
        people = sorted(row.person for row in exact)
        found.append(Pattern("dates", town, None, numbers, people=people))
    return found


def _a_month_before(registered: dt.date, hired: dt.date) -> bool:
    return calendar.add_months(calendar.code(registered), 1) >> 1 == calendar.code(hired) >> 1


def one_phone(numbers: Iterable[tuple[str, int, str]], limits: Content) -> list[Pattern]:
    """One telephone number for many people: (town, person, blind index of the number)."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for town, person, blind in numbers:
        if blind:
            groups[town, blind].append(person)
    least = limits.limit("phone_people")
    towns: dict[str, list[list[int]]] = defaultdict(list)
    for (town, _blind), people in groups.items():
        if len(people) >= least:
            towns[town].append(people)
    return [
        Pattern(
            "phone",
            town,
            None,
            {
                "numbers": len(found),
                "people": sum(map(len, found)),
                "largest": max(map(len, found)),
                "least": least,
            },
            people=sorted(key for people in found for key in people),
        )
        for town, found in sorted(towns.items())
    ]


def _pattern(
    kind: str, rows: Sequence[Entry], numbers: dict[str, int], of: Iterable[Entry]
) -> Pattern:
    chosen = list(of)
    return Pattern(
        kind,
        rows[0].town,
        rows[0].worker,
        numbers,
        contacts=sorted(row.id for row in chosen),
        people=sorted({row.person for row in chosen}),
    )
