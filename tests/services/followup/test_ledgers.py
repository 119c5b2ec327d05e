"""Ledgers and returns come from events; workbooks hold text, and say who was read."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from tests.followups import TOWN, at_noon, certified, hired, of_town, unemployed
from tests.service import AS_OF

from wenye.services.audit.models import Entry
from wenye.services.audit.record import Purpose
from wenye.services.followup.contacting import Told, record_contact
from wenye.services.followup.content import content
from wenye.services.followup.errors import FollowupRefused
from wenye.services.followup.ledgers import ledger
from wenye.services.followup.models import Followed, MonthlyReturn
from wenye.services.followup.returns import FIGURES, figure_words, make
from wenye.services.followup.workbooks import ledger_book, return_book
from wenye.services.people.models import Addition, Person

OCTOBER = dt.date(2026, 10, 1)


def keys(which: str, month: dt.date = OCTOBER, town: str | None = TOWN) -> set[int]:
    return set(ledger(which, month, town)["person"].to_list())


def contact(acting: Any, key: int, **more: Any) -> None:
    values: dict[str, Any] = {"method": "phone", "outcome": "talked", "situation": "looking"}
    record_contact(
        acting("case_worker"), Followed.objects.get(pk=key), Told(at_noon(AS_OF), **values | more)
    )


def test_the_unemployed_of_a_month(followed_people: list[int]) -> None:
    first, second = followed_people[:2]
    assert set(followed_people) <= keys("unemployed")
    assert set(followed_people) <= keys("unemployed", dt.date(2026, 8, 1))
    assert not set(followed_people) & keys("unemployed", dt.date(2026, 7, 1))
    Addition.objects.filter(person_key=second).delete()
    unemployed(second, dt.date(2026, 8, 10), until=dt.date(2026, 9, 30))
    assert second not in keys("unemployed") and first in keys("unemployed")


def test_the_hard_to_employ_and_new_jobs(followed_people: list[int]) -> None:
    assert followed_people[0] in keys("hard_to_employ")
    hired(followed_people[1], dt.date(2026, 10, 31))
    hired(followed_people[2], dt.date(2026, 11, 1))
    assert keys("new_jobs") & set(followed_people) == {followed_people[1]}
    assert followed_people[2] in keys("new_jobs", dt.date(2026, 11, 1))


def test_back_in_work_is_out_of_a_spell(followed_people: list[int]) -> None:
    never, back = of_town(TOWN, 1)[0], followed_people[1]
    for key in (never, back):
        hired(key, dt.date(2026, 10, 15))
    found = keys("re_employed")
    assert back in found and never not in found
    old = followed_people[2]
    Addition.objects.filter(person_key=old).delete()
    unemployed(old, dt.date(2026, 3, 1), until=dt.date(2026, 9, 30))
    hired(old, dt.date(2026, 10, 15))
    assert old not in keys("re_employed")


def test_seeking_and_retired_come_from_what_was_told(
    followed_people: list[int], acting: Callable[[str], Any]
) -> None:
    told, retired = followed_people[:2]
    Addition.objects.filter(person_key=told).delete()
    Addition.objects.create(
        register="unemployment",
        values={"person": told, "started_on": "2026-08-10", "ended_on": None,
                "seeking_work": False},
        person_key=told,
    )  # fmt: skip
    assert told not in keys("job_seeking") and retired in keys("job_seeking")
    contact(acting, told, needs=("post",))
    contact(acting, retired, situation="retired")
    assert told in keys("job_seeking")
    assert keys("retired") == {retired}


def test_a_ledger_of_the_district_holds_every_town(followed_people: list[int]) -> None:
    whole = ledger("unemployed", OCTOBER)
    parts = [ledger("unemployed", OCTOBER, town) for town in whole["town"].unique().to_list()]
    assert whole.height == sum(part.height for part in parts)
    assert whole["person"].n_unique() == whole.height


# -- workbooks -------------------------------------------------------------------------------------


def cells(data: bytes) -> pl.DataFrame:
    return pl.read_excel(io.BytesIO(data), read_options={"header_row": 1})


def test_a_ledger_is_masked_unless_its_purpose_is_given(
    followed_people: list[int], acting: Callable[[str], Any]
) -> None:
    key = followed_people[0]
    person = Person.objects.get(pk=key)
    reviewer = acting("town_reviewer")
    masked = cells(ledger_book(reviewer, "unemployed", OCTOBER, TOWN, Purpose.FOLLOW_UP))
    row = masked.filter(pl.col("编号") == key).to_dicts()[0]
    assert row["姓名"] == person.masked_name and "****" in row["证件号码"]
    full = cells(ledger_book(reviewer, "unemployed", OCTOBER, TOWN, Purpose.FOLLOW_UP, full=True))
    assert full.filter(pl.col("编号") == key)["证件号码"][0] == person.number
    assert Entry.objects.filter(verb="read", person_key=key, page="followup.ledger").count() == 2
    export = Entry.objects.filter(verb="followup.export").latest("id")
    assert export.detail["full"] and export.detail["rows"] == full.height


@pytest.mark.parametrize(
    ("town", "purpose"), [(None, Purpose.FOLLOW_UP), (TOWN, Purpose.STATISTICS)]
)
def test_full_names_of_a_district_or_for_statistics_are_refused(
    followed_people: list[int],
    acting: Callable[[str], Any],
    town: str | None,
    purpose: Purpose,
) -> None:
    before = Entry.objects.count()
    with pytest.raises(FollowupRefused):
        ledger_book(acting("bureau_reviewer"), "unemployed", OCTOBER, town, purpose, full=True)
    assert Entry.objects.count() == before


@pytest.mark.parametrize("name", ["=1+1", "+cmd", "@SUM(A1)", "-2"])
def test_a_name_is_never_a_formula(
    followed_people: list[int], acting: Callable[[str], Any], name: str
) -> None:
    Person.objects.filter(pk=followed_people[0]).update(name=name)
    Followed.objects.filter(pk=followed_people[0]).update(committee=name)
    data = ledger_book(
        acting("town_reviewer"), "unemployed", OCTOBER, TOWN, Purpose.FOLLOW_UP, full=True
    )
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        for part in book.namelist():
            if part.startswith("xl/worksheets/"):
                assert b"<f>" not in book.read(part)
    row = cells(data).filter(pl.col("编号") == followed_people[0]).to_dicts()[0]
    assert row["姓名"] == name and row["村居"] == name


def test_one_committee_alone(followed_people: list[int], acting: Callable[[str], Any]) -> None:
    Followed.objects.filter(pk=followed_people[0]).update(committee="东村")
    data = ledger_book(
        acting("town_reviewer"), "unemployed", OCTOBER, TOWN, Purpose.FOLLOW_UP, committee="东村"
    )
    assert cells(data)["编号"].to_list() == [followed_people[0]]
    assert Entry.objects.filter(verb="read", page="followup.ledger").count() == 1


# -- returns ---------------------------------------------------------------------------------------


def test_figures_are_the_ledgers_counts(
    followed_people: list[int], acting: Callable[[str], Any], at_day: Any
) -> None:
    contact(acting, followed_people[0], accepts="no", refusal="pay")
    hired(followed_people[1], dt.date(2026, 10, 15))
    certified(followed_people[2], dt.date(2026, 10, 5))
    at_day(dt.date(2026, 11, 2))
    assert make(OCTOBER) >= 12
    row = MonthlyReturn.objects.get(month=OCTOBER, town=TOWN, current=True)
    figures = row.figures
    assert set(figures) == set(FIGURES)
    for name in ("re_employed", "new_jobs", "job_seeking", "retired"):
        assert figures[name] == len(keys(name)), name
    assert figures["newly_certified"] >= 1
    assert (figures["contacts"], figures["people_contacted"], figures["refused"]) == (1, 1, 1)
    assert figures["referrals"] == 0
    # The whole month passed without a contact with each of the four others.
    assert figures["not_contacted"] >= 4
    assert row.counted_to == dt.date(2026, 10, 31)


def test_a_return_made_again_stands_beside_the_old_one(
    followed_people: list[int], acting: Callable[[str], Any], at_day: Any
) -> None:
    make(OCTOBER)
    assert make(OCTOBER) == 0
    contact(acting, followed_people[0])
    assert make(OCTOBER) == 1
    rows = MonthlyReturn.objects.filter(month=OCTOBER, town=TOWN)
    assert [row.current for row in rows.order_by("pk")] == [False, True]


def test_a_month_to_come_is_refused(followed_people: list[int]) -> None:
    with pytest.raises(FollowupRefused):
        make(dt.date(2026, 12, 1))


def test_the_return_as_a_workbook_adds_up(followed_people: list[int]) -> None:
    make(OCTOBER)
    rows = list(MonthlyReturn.objects.filter(month=OCTOBER, current=True).order_by("town"))
    frame = cells(return_book(OCTOBER, rows))
    head = figure_words("unemployed_at_end")
    assert frame[head][-1] == frame[head][:-1].sum() > 0


def test_every_ledger_and_figure_has_its_words() -> None:
    for kind in content().ledgers.values():
        assert kind.says and kind.says_en
    assert all(figure_words(name) for name in FIGURES)
    assert set(FIGURES.values()) <= set(content().ledgers)
