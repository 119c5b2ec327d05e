"""The detector: each pattern just below and at its threshold, and what honest months look like."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tests.followups import TOWN
from tests.service import AS_OF

from wenye.services.followup.content import Content, Number, content
from wenye.services.followup.detecting import (
    BackInWork,
    Entry,
    copies,
    dates_made,
    one_phone,
    patterns,
)
from wenye.services.followup.errors import FollowupRefused
from wenye.services.followup.findings import answer, detect, explained, kind_words
from wenye.services.followup.models import Contact, Finding, Followed

START = dt.datetime(2026, 10, 12, 9, 0)


@pytest.fixture
def limits(db: None) -> Content:
    return content()


def entry(number: int, at: dt.datetime, **more: Any) -> Entry:
    draws = random.Random(number)
    values: dict[str, Any] = {
        "id": number,
        "worker": 1,
        "town": TOWN,
        "person": number,
        "at": at,
        "recorded_at": at + dt.timedelta(minutes=5),
        "method": draws.choice(["phone", "visit", "counter"]),
        "outcome": draws.choice(["talked", "service_given", "no_answer"]),
        "situation": draws.choice(["looking", "training", "employed"]),
        "needs": draws.choice([(), ("post",), ("training",)]),
        "accepts": draws.choice(["yes", "no", "unknown"]),
        "note": "".join(draws.choices("天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往", k=20)),
    }
    return Entry(**{**values, **more})


def kinds(rows: list[Entry], limits: Content) -> set[str]:
    return {pattern.kind for pattern in patterns(rows, limits)}


def honest(count: int = 60) -> list[Entry]:
    """A worker's month: a few contacts each working day, an hour apart."""
    rows = []
    for number in range(count):
        day = dt.date(2026, 10, 1) + dt.timedelta(days=number // 3)
        at = dt.datetime.combine(day, dt.time(9 + 2 * (number % 3)))
        rows.append(entry(number, at))
    return rows


def test_an_honest_month_finds_nothing(limits: Content) -> None:
    assert kinds(honest(), limits) == set()


def test_twelve_contacts_in_half_an_hour(limits: Content) -> None:
    def rows(count: int) -> list[Entry]:
        return [
            entry(n, START + dt.timedelta(minutes=30 * n // 11), method="phone")
            for n in range(count)
        ]

    assert "burst" not in kinds(rows(11), limits)
    found = [p for p in patterns(rows(12), limits) if p.kind == "burst"]
    assert found[0].numbers == {"contacts": 12, "minutes": 30, "least": 12, "all": 12}
    late = [*rows(11), entry(11, START + dt.timedelta(minutes=31), method="phone")]
    assert "burst" not in kinds(late, limits)


def test_visits_are_held_to_a_tighter_number(limits: Content) -> None:
    rows = [entry(n, START + dt.timedelta(minutes=7 * n), method="visit") for n in range(5)]
    assert kinds(rows, limits) == {"visit_burst"}
    assert kinds(rows[:4], limits) == set()


@pytest.mark.parametrize(("late", "found"), [(11, False), (12, True)])
def test_most_of_the_month_on_its_last_two_days(limits: Content, late: int, found: bool) -> None:
    early = [entry(n, START + dt.timedelta(hours=25 * n)) for n in range(20 - late)]
    end = [
        entry(100 + n, dt.datetime(2026, 10, 30, 8) + dt.timedelta(hours=n % 10, days=n // 10))
        for n in range(late)
    ]
    assert ("month_end" in kinds([*early, *end], limits)) is found


@pytest.mark.parametrize(("count", "found"), [(4, False), (5, True)])
def test_one_and_the_same_note(limits: Content, count: int, found: bool) -> None:
    rows = honest(30)
    rows[:count] = [replace(row, note="电话联系本人，情况正常。") for row in rows[:count]]
    assert ("copies" in kinds(rows, limits)) is found


def test_marks_and_spaces_do_not_make_a_note_another(limits: Content) -> None:
    rows = honest(30)
    for at, mark in enumerate(["。", "！", "", " ", "，"]):
        rows[at] = replace(rows[at], note=f"电话联系本人，{mark}情况正常{mark}")
    assert "copies" in kinds(rows, limits)


def test_short_notes_are_not_compared(limits: Content) -> None:
    assert kinds([replace(row, note="正常") for row in honest(30)], limits) == set()


def test_notes_that_differ_in_a_name_are_near_copies(limits: Content) -> None:
    rows = honest(30)
    text = "今日电话联系{}本人了解情况，目前在家待业，正在积极求职，已告知招聘信息，将继续跟踪"
    for at, name in enumerate("赵钱孙李周吴"):
        rows[at] = replace(rows[at], note=text.format(name))
    found = [p for p in copies(rows, limits) if p.kind == "near_copies"]
    assert found and found[0].numbers["contacts"] == 6


def test_columns_of_one_value(limits: Content) -> None:
    same = {"method": "phone", "outcome": "talked", "situation": "looking", "needs": ()}
    rows = [replace(row, **same) for row in honest(30)]
    found = [p for p in patterns(rows, limits) if p.kind == "constant"]
    assert found[0].numbers["columns"] == 4
    rows[0], rows[1] = replace(rows[0], method="visit"), replace(rows[1], method="visit")
    assert "constant" not in kinds(rows, limits)


@pytest.mark.parametrize(("hour", "found"), [(6, True), (7, False), (20, False), (21, True)])
def test_contacts_in_the_night(limits: Content, hour: int, found: bool) -> None:
    rows = [entry(n, dt.datetime(2026, 10, 5 + n, hour, 59 if hour < 21 else 0)) for n in range(3)]
    assert ("hours" in kinds(rows, limits)) is found
    assert "hours" not in kinds(rows[:2], limits)


def test_a_month_entered_afterwards(limits: Content) -> None:
    rows = [
        replace(row, recorded_at=row.at + dt.timedelta(days=8)) if at < 10 else row
        for at, row in enumerate(honest(20))
    ]
    assert "entered_late" in kinds(rows, limits)
    assert "entered_late" not in kinds([*rows[1:], entry(99, START)], limits)


def test_workers_are_looked_at_each_for_themselves(limits: Content) -> None:
    rows = [
        entry(n, START + dt.timedelta(minutes=n), worker=n % 2, method="phone") for n in range(22)
    ]
    assert "burst" not in kinds(rows, limits)


@pytest.mark.parametrize(
    ("registered", "hired", "exact"),
    [("2026-09-15", "2026-10-15", True), ("2026-08-31", "2026-09-30", True),
     ("2026-01-31", "2026-02-28", True), ("2026-09-14", "2026-10-15", False)],
)  # fmt: skip
def test_registered_exactly_a_month_before_the_job(
    limits: Content, registered: str, hired: str, exact: bool
) -> None:
    spell = BackInWork(
        None, TOWN, 1, dt.date.fromisoformat(registered), dt.date.fromisoformat(hired)
    )
    rows = [replace(spell, person=key) for key in range(4)]
    assert bool(dates_made(rows, limits)) is exact
    assert not dates_made(rows[:3], limits)
    others = [replace(spell, person=key, registered_on=dt.date(2025, 3, 3)) for key in range(5)]
    assert not dates_made([*rows, *others], limits)


def test_one_number_for_many_people(limits: Content) -> None:
    rows = [(TOWN, key, "blind") for key in range(5)]
    assert one_phone(rows, limits)[0].numbers["people"] == 5
    assert not one_phone(rows[:4], limits)
    assert not one_phone([(TOWN, key, "") for key in range(9)], limits)
    assert not one_phone([(f"t{key}", key, "blind") for key in range(9)], limits)


def test_a_threshold_is_content(limits: Content) -> None:
    number = limits.detector["burst_contacts"]
    stricter = replace(
        limits, detector={**limits.detector, "burst_contacts": replace(number, value=2)}
    )
    rows = [entry(n, START + dt.timedelta(minutes=n), method="phone") for n in range(2)]
    assert "burst" in kinds(rows, stricter)
    assert all(isinstance(each, Number) and each.status for each in limits.detector.values())


# -- kept ------------------------------------------------------------------------------------------


@pytest.fixture
def suspicious(followed_people: list[int], acting: Callable[[str], Any]) -> int:
    """Five notes alike, in the night of the month's end; the id of the worker."""
    from django.utils import timezone

    worker = acting("case_worker").user_id
    at = timezone.make_aware(dt.datetime.combine(AS_OF, dt.time(5)))
    Contact.objects.bulk_create(
        Contact(
            person_id=key,
            worker_id=worker,
            town=TOWN,
            at=at,
            on=AS_OF,
            recorded_at=at,
            method="visit",
            reached=True,
            outcome="talked",
            situation="looking",
            note="上门走访，情况正常，继续关注",
        )
        for key in followed_people
    )
    return int(worker)


def test_findings_are_kept_once_and_say_their_numbers(suspicious: int) -> None:
    month = AS_OF.replace(day=1)
    first = {row.pk for row in detect(month)}
    again = {row.pk for row in detect(month)}
    assert first == again and len(first) == Finding.objects.count()
    found = {row.kind: row for row in Finding.objects.all()}
    assert set(found) == {"copies", "hours", "visit_burst"}
    assert "5" in explained(found["copies"]) and "％" not in explained(found["copies"])
    for row in found.values():
        assert row.worker_id == suspicious and kind_words(row.kind)
        assert "正常" not in str(row.numbers)


def test_every_kind_has_its_words() -> None:
    from wenye.services.followup.findings import _SENTENCES, KIND_WORDS

    assert set(_SENTENCES) == set(KIND_WORDS)


def test_what_is_no_longer_found_goes_and_what_was_answered_stays(
    suspicious: int, acting: Callable[[str], Any]
) -> None:
    month = AS_OF.replace(day=1)
    row = next(each for each in detect(month) if each.kind == "copies")
    answer(acting("town_reviewer"), row.pk, Finding.EXPLAINED, "集中走访日，统一补记")
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM followup_contact")
    assert detect(month) == []
    assert list(Finding.objects.values_list("kind", flat=True)) == ["copies"]
    assert Followed.objects.exists()


def test_nobody_answers_for_their_own_entries(
    suspicious: int, acting: Callable[[str], Any]
) -> None:
    row = detect(AS_OF.replace(day=1))[0]
    with pytest.raises(FollowupRefused):
        answer(acting("case_worker"), row.pk, Finding.EXPLAINED, "没问题")
    with pytest.raises(FollowupRefused):
        answer(acting("town_reviewer"), row.pk, Finding.EXPLAINED, " ")
    with pytest.raises(FollowupRefused):
        answer(acting("town_reviewer"), row.pk, "guilty", "x")
