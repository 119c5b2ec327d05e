"""Duties: their clocks below, at and above each day, and what is refused."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from wenye.policy.citing.bare_text import bare
from wenye.policy.district import District, available_districts, load_district
from wenye.policy.documents import Standing
from wenye.policy.duties import (
    STATE_WORDS,
    Clock,
    ClockKind,
    Duty,
    MonthsCounted,
    State,
    due,
    months_met,
    standing,
)
from wenye.policy.errors import PolicyError
from wenye.rules.parameters import Status

FILE = "duties.yaml"
DUTIES = """
duties:
  - id: monthly
    label: 每月给予补贴
    label_en: pay each month
    document: trial-1
    article: 三
    quotes: [每月给予补贴]
    owner: [甲局]
    units: [town]
    owed_to: 领取人
    owed_to_en: recipients
    clock: {every: {calendar_month: 1, of: 登记, of_en: registration}}
    condition: 符合条件
    condition_en: entitled
    fulfilled_by: 发放记录
    fulfilled_by_en: a payment
  - id: foreign
    label: 提前说明
    label_en: explain ahead
    reference: 某法第一条
    status: sourced
    owner: [单位]
    owed_to: 职工
    owed_to_en: staff
    clock: {before: {days: 30, of: 裁员, of_en: dismissal}}
    fulfilled_by: 说明日期
    fulfilled_by_en: the day
"""


@pytest.fixture(scope="module")
def jiading() -> District:
    return load_district("jiading", today=dt.date(2026, 11, 1))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def within(**period: int) -> Clock:
    ((unit, count),) = period.items()
    return Clock(ClockKind.WITHIN, count, unit, "事件", "event")


def before(**period: int) -> Clock:
    ((unit, count),) = period.items()
    return Clock(ClockKind.BEFORE, count, unit, "事件", "event")


@pytest.mark.parametrize(
    ("clock", "event", "last"),
    [
        # The same day-number, or the month's last day where there is none.
        (within(months=1), "2026-01-30", "2026-02-28"),
        (within(months=1), "2026-01-31", "2026-02-28"),
        (within(months=1), "2024-01-31", "2024-02-29"),
        (within(months=1), "2026-02-28", "2026-03-28"),
        (within(months=3), "2026-05-31", "2026-08-31"),
        (within(months=3), "2026-11-30", "2027-02-28"),
        (within(months=3), "2026-06-15", "2026-09-15"),
        (within(days=30), "2026-01-31", "2026-03-02"),
        # From a Friday; the National Day of 2026 with its make-up days.
        (within(working_days=5), "2026-09-04", "2026-09-11"),
        (within(working_days=1), "2026-09-04", "2026-09-07"),
        (within(working_days=5), "2026-09-05", "2026-09-11"),
        (within(working_days=5), "2026-09-28", "2026-10-10"),
        (within(working_days=1), "2003-01-01", None),
        # Ahead: the last day from which the months are still full on the day itself.
        (before(months=1), "2026-03-30", "2026-02-28"),
        (before(months=1), "2026-02-28", "2026-01-31"),
        (before(months=1), "2026-03-15", "2026-02-15"),
        (before(months=3), "2026-05-31", "2026-02-28"),
        (before(days=30), "2026-12-01", "2026-11-01"),
        (before(working_days=5), "2026-09-11", "2026-09-06"),
        (before(working_days=1), "2004-01-01", None),
        # Beyond the years that a date can hold.
        (within(months=1), "9999-12-31", None),
        (before(days=30), "0001-01-02", None),
    ],
)
def test_the_last_day_in_time(clock: Clock, event: str, last: str | None) -> None:
    assert clock.due(day(event)) == (None if last is None else day(last))


@pytest.mark.parametrize("months", [1, 2, 3, 6, 12])
def test_ahead_is_the_latest_day_from_which_the_months_are_full(months: int) -> None:
    from wenye.rules import calendar

    for offset in range(800):
        event = day("2023-12-20") + dt.timedelta(days=offset)
        last = before(months=months).due(event)
        assert last is not None
        code = calendar.code(event)
        assert calendar.reached(calendar.code(last), months, code)
        assert not calendar.reached(calendar.add_days(calendar.code(last), 1), months, code)


@pytest.mark.parametrize("days", [1, 5, 20])
def test_working_days_are_counted_as_the_calendar_counts_them(days: int) -> None:
    from wenye.rules import calendar

    for offset in range(120):
        event = day("2026-08-20") + dt.timedelta(days=offset)
        last = within(working_days=days).due(event)
        if last is None:
            continue
        codes = calendar.code(event), calendar.code(last)
        assert calendar.working_days_between(*codes) == days
        assert calendar.working_days_between(codes[0], calendar.add_days(codes[1], -1)) == days - 1


def test_a_holiday_not_announced_leaves_the_day_unknown(jiading: District) -> None:
    review = jiading.duties["benefit_claim_review"]
    assert due(review, day("2029-09-03")) is None
    found = standing(review, day("2029-09-03"), None, day("2029-12-31"))
    assert (found.state, found.due) == (State.UNKNOWN, None)
    assert "节假日" in found.reason


@pytest.mark.parametrize(
    ("done", "on", "state", "days"),
    [
        (None, "2026-08-30", State.NOT_YET_DUE, 1),
        (None, "2026-08-31", State.NOT_YET_DUE, 0),  # 以内 includes the last day
        (None, "2026-09-01", State.OVERDUE, 1),
        ("2026-08-30", "2026-12-31", State.MET, 0),
        ("2026-08-31", "2026-12-31", State.MET, 0),
        ("2026-09-01", "2026-12-31", State.MET_LATE, 1),
        ("2026-05-31", "2026-12-31", State.MET, 0),
        ("2026-05-30", "2026-12-31", State.UNKNOWN, None),  # before the event: check the days
        ("2026-09-15", "2026-09-01", State.OVERDUE, 1),  # what lies ahead has not happened
        ("2026-08-15", "2026-08-01", State.NOT_YET_DUE, 30),
    ],
)
def test_the_three_months_of_a_placement(
    jiading: District, done: str | None, on: str, state: State, days: int | None
) -> None:
    duty = jiading.duties["hardship_placement"]
    fulfilled = None if done is None else day(done)
    found = standing(duty, day("2026-05-31"), fulfilled, day(on), True)
    assert (found.state, found.days) == (state, days)
    assert found.due == due(duty, day("2026-05-31")) == day("2026-08-31")


def test_the_month_of_a_family_without_work(jiading: District) -> None:
    duty = jiading.duties["zero_employment_family"]
    assert due(duty, day("2026-01-31")) == day("2026-02-28")
    late = standing(duty, day("2026-01-31"), day("2026-03-01"), day("2026-03-01"), True)
    assert (late.state, late.days) == (State.MET_LATE, 1)


def test_what_is_not_known_is_never_a_no(jiading: District) -> None:
    duty = jiading.duties["hardship_placement"]
    on = day("2027-06-01")
    assert standing(duty, None, None, on, True).state is State.UNKNOWN
    assert standing(duty, day("2026-05-31"), None, on, None).state is State.UNKNOWN
    assert standing(duty, day("2026-05-31"), None, on).due == day("2026-08-31")
    assert standing(duty, day("2026-05-31"), None, on, False).state is State.NOT_OWED
    short = standing(duty, day("2026-05-31"), None, on, True, complete_to=day("2026-08-30"))
    assert (short.state, short.reason) == (State.UNKNOWN, "完成情况只登记到2026-08-30")
    enough = standing(duty, day("2026-05-31"), None, on, True, complete_to=day("2026-08-31"))
    assert enough.state is State.OVERDUE
    assert due(duty, None) is None


def test_an_unconditional_duty_asks_for_no_condition(jiading: District) -> None:
    review = jiading.duties["benefit_claim_review"]
    found = standing(review, day("2026-09-04"), None, day("2026-09-14"))
    assert (found.state, found.due, found.days) == (State.OVERDUE, day("2026-09-11"), 3)


@pytest.mark.parametrize(
    ("event", "state", "basis"),
    [
        ("2026-08-15", State.NOT_OWED, Standing.NOT_YET),
        ("2026-08-16", State.OVERDUE, Standing.IN_FORCE),
    ],
)
def test_a_duty_arises_while_its_document_is_in_force(
    jiading: District, event: str, state: State, basis: Standing
) -> None:
    review = jiading.duties["benefit_claim_review"]
    found = standing(review, day(event), None, day("2026-10-31"))
    assert (found.state, found.basis) == (state, basis)


def test_a_document_that_has_ended_asks_for_nothing_more(folder: Any) -> None:
    folder.change("district.yaml", "printed_to: 2026-06-30", "ended_on: 2026-06-30")
    text = DUTIES.replace("    condition: 符合条件\n    condition_en: entitled\n", "")
    folder.write(FILE, text)
    monthly = folder.load().duties["monthly"]
    found = standing(monthly, day("2026-05-01"), (), day("2026-08-15"))
    states = [item.state for item in found.months]
    assert states == [State.OVERDUE, State.OVERDUE, State.NOT_OWED, State.NOT_OWED]
    assert standing(monthly, day("2026-07-02"), (), day("2026-08-15")).state is State.NOT_OWED
    assert standing(monthly, day("2026-09-02"), (), day("2026-08-15")).state is State.NOT_OWED


def test_notice_ahead_counts_back_from_the_event(jiading: District) -> None:
    notice = jiading.duties["dismissal_notice"]
    event = day("2026-12-01")
    told = [
        standing(notice, event, day(text), day("2026-12-31"), True).state
        for text in ("2026-10-01", "2026-11-01", "2026-11-02", "2026-12-05")
    ]
    assert told == [State.MET, State.MET, State.MET_LATE, State.MET_LATE]
    pending = standing(notice, event, None, day("2026-11-01"), True)
    assert (pending.state, pending.days) == (State.NOT_YET_DUE, 0)
    assert standing(notice, event, None, day("2026-11-02"), True).state is State.OVERDUE
    assert notice.basis(event) is None
    assert notice.status is Status.SOURCED


def test_a_duty_without_a_clock_is_never_overdue(jiading: District) -> None:
    pay_back = jiading.duties["benefit_pay_back"]
    event, on = day("2026-09-01"), day("2030-01-01")
    assert due(pay_back, event) is None
    assert standing(pay_back, event, None, on, True).state is State.UNKNOWN
    assert standing(pay_back, event, day("2026-09-02"), on, True).state is State.MET


def months(duty: Duty, event: str, on: str, *done: str, **more: Any) -> list[tuple[str, State]]:
    found = months_met(duty, day(event), [day(text) for text in done], day(on), **more)
    return [(item.month, item.state) for item in found]


def test_a_monthly_duty_counts_each_calendar_month_for_itself(jiading: District) -> None:
    follow_up = jiading.duties["monthly_follow_up"]
    assert months(
        follow_up, "2024-01-01", "2024-04-10", "2024-01-31", "2024-03-01", "2024-03-31"
    ) == [
        ("2024-01", State.MET),
        ("2024-02", State.OVERDUE),  # twice in March does not make up for February
        ("2024-03", State.MET),
        ("2024-04", State.NOT_YET_DUE),
    ]
    assert months(follow_up, "2024-02-01", "2024-02-29") == [("2024-02", State.NOT_YET_DUE)]
    assert months(follow_up, "2024-02-01", "2024-03-01")[0] == ("2024-02", State.OVERDUE)
    assert due(follow_up, day("2024-02-01")) == day("2024-02-29")


def test_a_month_in_part_is_met_or_unknown_where_it_is_open(jiading: District) -> None:
    follow_up = jiading.duties["monthly_follow_up"]
    assert months(follow_up, "2024-01-02", "2024-02-10")[0] == ("2024-01", State.UNKNOWN)
    assert months(follow_up, "2024-01-02", "2024-02-10", "2024-01-02")[0] == ("2024-01", State.MET)
    left = months(follow_up, "2024-01-01", "2024-06-01", "2024-01-15", until=day("2024-02-28"))
    assert left == [("2024-01", State.MET), ("2024-02", State.UNKNOWN)]
    whole = months(follow_up, "2024-01-01", "2024-06-01", "2024-01-15", until=day("2024-02-29"))
    assert whole == [("2024-01", State.MET), ("2024-02", State.OVERDUE)]


def test_a_monthly_duty_stands_as_its_worst_month(jiading: District) -> None:
    follow_up = jiading.duties["monthly_follow_up"]
    start, on = day("2024-01-01"), day("2024-03-31")
    found = standing(follow_up, start, [day("2024-01-05"), day("2024-03-05")], on)
    assert (found.state, found.due, found.days) == (State.OVERDUE, day("2024-02-29"), 31)
    assert found.reason == "1个月未完成，最早2024-02"
    done = [day("2024-01-05"), day("2024-02-05")]
    found = standing(follow_up, start, done, on)
    assert (found.state, found.due, found.days) == (State.NOT_YET_DUE, day("2024-03-31"), 0)
    assert standing(follow_up, start, [*done, on], on).state is State.MET
    short = standing(follow_up, start, done[:1], on, complete_to=day("2024-02-28"))
    assert short.state is State.UNKNOWN
    assert standing(follow_up, day("2024-05-01"), (), on).state is State.NOT_YET_DUE
    assert standing(follow_up, None, (), on).state is State.UNKNOWN


def test_follow_up_is_open_where_the_document_is_in_doubt(jiading: District) -> None:
    follow_up = jiading.duties["monthly_follow_up"]
    before_doubt = standing(follow_up, day("2025-07-01"), (), day("2025-08-01"))
    assert (before_doubt.state, before_doubt.basis) == (State.OVERDUE, Standing.IN_FORCE)
    in_doubt = standing(follow_up, day("2025-09-01"), (), day("2025-10-01"))
    assert (in_doubt.state, in_doubt.basis) == (State.OVERDUE, Standing.DOUBTFUL)


def test_each_month_rests_on_its_own_due_day(jiading: District) -> None:
    """One month of the run lies before the doubt begins, on 2025-08-03, and the rest do not."""
    follow_up = jiading.duties["monthly_follow_up"]
    found = standing(follow_up, day("2025-06-10"), day("2025-06-20"), day("2026-11-24"))
    bases = {item.month: item.basis for item in found.months}
    assert bases["2025-07"] is Standing.IN_FORCE
    assert set(list(bases.values())[2:]) == {Standing.DOUBTFUL}
    assert (found.state, found.basis) == (State.OVERDUE, Standing.DOUBTFUL)
    assert found.counted == MonthsCounted(firm=1, doubtful=15, first_doubtful="2025-08")
    assert found.reason == "16个月未完成，最早2025-07；其中15个月的依据未定，最早2025-08"
    firm = standing(follow_up, day("2025-06-10"), day("2025-06-20"), day("2025-08-02"))
    assert (firm.basis, firm.reason) == (Standing.IN_FORCE, "1个月未完成，最早2025-07")


def test_a_month_that_was_done_does_not_put_the_missed_ones_in_doubt(jiading: District) -> None:
    follow_up = jiading.duties["monthly_follow_up"]
    found = standing(follow_up, day("2025-06-01"), day("2025-08-20"), day("2025-08-31"))
    assert [item.state for item in found.months] == [State.OVERDUE, State.OVERDUE, State.MET]
    assert (found.basis, found.counted) == (Standing.IN_FORCE, MonthsCounted(firm=2))


def test_a_monthly_law_that_is_not_at_hand_is_neither_firm_nor_in_doubt(folder: Any) -> None:
    text = DUTIES.replace("{before: {days: 30, of: 裁员, of_en: dismissal}}", MONTHLY)
    folder.write(FILE, text)
    foreign = folder.load().duties["foreign"]
    found = standing(foreign, day("2025-01-01"), (), day("2025-03-01"))
    assert (found.state, found.basis) == (State.OVERDUE, None)
    assert found.counted == MonthsCounted(unconfirmed=2)


MONTHLY = "{every: {calendar_month: 1, of: 登记, of_en: registration}}"


def test_benefit_is_paid_from_the_month_after_acceptance(jiading: District) -> None:
    payment = jiading.duties["benefit_payment"]
    assert due(payment, day("2026-08-31")) == day("2026-09-30")
    found = standing(
        payment,
        day("2026-08-31"),
        [day("2026-09-20")],
        day("2026-11-05"),
        True,
        until=day("2026-10-31"),
    )
    assert [(item.month, item.state) for item in found.months] == [
        ("2026-09", State.MET),
        ("2026-10", State.OVERDUE),
    ]
    ended = standing(
        payment, day("2026-08-31"), (), day("2026-11-05"), True, until=day("2026-08-31")
    )
    assert ended.state is State.NOT_OWED


def test_a_day_of_the_month_makes_a_later_one_late(jiading: District) -> None:
    clock = Clock(ClockKind.EVERY, 1, "calendar_month", "建立", "start", by_day=31)
    release = replace(jiading.duties["surveyed_rate_publication"], clock=clock, exploratory=False)
    assert clock.due(day("2024-02-01")) == day("2024-02-29")
    by_15 = replace(release, clock=replace(clock, by_day=15))
    assert months(by_15, "2024-01-01", "2024-03-15", "2024-01-15", "2024-02-16") == [
        ("2024-01", State.MET),
        ("2024-02", State.MET_LATE),
        ("2024-03", State.NOT_YET_DUE),
    ]
    twice = replace(release, clock=replace(clock, count=2))
    assert months(twice, "2024-01-01", "2024-02-01", "2024-01-15")[0][1] is State.OVERDUE
    assert months(twice, "2024-01-01", "2024-02-01", "2024-01-15", "2024-01-16")[0][1] is State.MET


def test_the_release_has_no_start_until_there_is_one(jiading: District) -> None:
    release = jiading.duties["surveyed_rate_publication"]
    assert release.exploratory
    assert standing(release, None, None, day("2026-10-31"), True).state is State.UNKNOWN


def test_what_is_only_to_be_explored_is_never_overdue(jiading: District) -> None:
    release = jiading.duties["surveyed_rate_publication"]
    found = standing(release, day("2025-01-01"), day("2025-02-10"), day("2026-11-24"), True)
    assert (found.state, found.days) == (State.NOT_DONE, None)
    assert "探索性" in STATE_WORDS[found.state][0]
    assert "exploratory" in STATE_WORDS[found.state][1]
    states = {item.state for item in found.months}
    assert states == {State.NOT_DONE, State.MET, State.NOT_YET_DUE}
    binding = replace(release, exploratory=False)
    overdue = standing(binding, day("2025-01-01"), day("2025-02-10"), day("2026-11-24"), True)
    assert overdue.state is State.OVERDUE


def test_what_is_only_to_be_explored_once_is_never_late(jiading: District) -> None:
    review = replace(jiading.duties["benefit_claim_review"], exploratory=True)
    event, on = day("2026-09-04"), day("2026-10-31")
    missed = standing(review, event, None, on)
    assert (missed.state, missed.due, missed.days) == (State.NOT_DONE, day("2026-09-11"), None)
    assert standing(review, event, day("2026-09-20"), on).state is State.MET
    assert standing(review, event, None, day("2026-09-11")).state is State.NOT_YET_DUE


def test_months_of_a_duty_that_is_not_monthly_are_refused(jiading: District) -> None:
    with pytest.raises(ValueError, match="not a monthly duty"):
        months_met(jiading.duties["hardship_placement"], day("2026-01-01"), (), day("2026-02-01"))


def test_duties_are_read_whole(folder: Any) -> None:
    folder.write(FILE, DUTIES)
    monthly, foreign = folder.load().duties.values()
    assert monthly.citation is not None
    assert (monthly.source, monthly.citation.phrase) == ("试〔2024〕1号 第三条", "每月给予补贴")
    assert (monthly.status, foreign.status) == (Status.QUOTED, Status.SOURCED)
    assert (monthly.owner, monthly.units, monthly.exploratory) == (("甲局",), ("town",), False)
    assert (foreign.citation, foreign.source) == (None, "某法第一条")
    assert monthly.where.endswith("duties.yaml:3")
    assert foreign.clock.words == "不晚于裁员前30日"
    assert foreign.clock.words_en == "at least 30 days before dismissal"


def test_a_district_without_the_file_has_no_duties(folder: Any) -> None:
    assert folder.load().duties == {}


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("id: foreign", "id: monthly", "stands twice"),
        ("id: foreign", "id: 提前", "no name for a duty"),
        ("article: 三", "article: 十", "no article 十"),
        ("document: trial-1", "document: trial", "no document"),
        ("quotes: [每月给予补贴]", "quotes: []", "no quotes"),
        ("quotes: [每月给予补贴]", "quotes: [给予补贴]", "does not stand in the quoted words"),
        ("calendar_month: 1,", "calendar_month: 2,", "does not stand in the quoted words"),
        ("calendar_month: 1,", "calendar_month: 1, by_day: 10,", "does not stand in the quoted"),
        ("calendar_month: 1,", "calendar_month: 0,", "calendar_month: 0"),
        ("calendar_month: 1,", "calendar_month: 1, by_day: 32,", "no month has a day 32"),
        ("calendar_month: 1,", "calendar_month: 1, first: 13,", "first: 13"),
        ("calendar_month: 1,", "months: 1,", "unknown key months"),
        ("calendar_month: 1, ", "", "one of calendar_month"),
        ("{every:", "{each:", "unknown key each"),
        ("days: 30,", "days: 30, months: 1,", "one of months, days, working_days"),
        ("units: [town]", "units: [village]", "no kind of unit village"),
        ("owner: [甲局]", "owner: []", "no owner"),
        ("    condition_en: entitled\n", "", "condition in one language"),
        ("    status: sourced\n", "", "is to be confirmed"),
        ("status: sourced", "status: quoted", "is to be confirmed"),
        ("    reference: 某法第一条\n", "", "rests on nothing"),
        (
            "    status: sourced\n",
            "    status: sourced\n    quotes: [话]\n",
            "quotes of no document",
        ),
        ("article: 三", "article: 三\n    status: sourced", "what a document says is quoted"),
        ("owed_to: 职工", "owe_to: 职工", "unknown key owe_to"),
    ],
)
def test_a_mistake_is_refused_with_its_line(folder: Any, old: str, new: str, what: str) -> None:
    folder.write(FILE, DUTIES)
    folder.change(FILE, old, new)
    with pytest.raises(PolicyError, match=re.escape(what)) as refused:
        _ = folder.load().duties
    assert re.search(r"duties\.yaml:\d+$", refused.value.where)


@pytest.mark.parametrize(
    ("clock", "quote", "stands"),
    [
        (within(months=3), "认定后3个月内", True),
        (within(months=3), "认定后 ３\n个月内", True),
        (within(months=3), "认定后三个月内", True),
        (within(months=3), "认定后13个月内", False),
        (within(months=3), "认定后十三个月内", False),
        (within(months=6), "满半年", True),
        (within(months=24), "满两年零2年", False),
        (within(months=24), "满2年", True),
        (within(working_days=5), "5个工作日内", True),
        (within(working_days=5), "5日内", False),
        (within(days=30), "提前三十日", True),
        (within(days=30), "提前30天", True),
        (within(days=3), "提前0.3天", False),
    ],
)
def test_a_clocks_number_stands_in_its_quote(clock: Clock, quote: str, stands: bool) -> None:
    from wenye.policy.duty_clocks import printed_in

    assert printed_in(clock, [quote]) is stands


def test_jiadings_duties_are_owned_as_their_article_prints(jiading: District) -> None:
    articles = jiading.measures[0].articles
    own = [
        item
        for item in jiading.duties.values()
        if item.citation is not None and item.citation.document.id == "jiading-2020-6"
    ]
    assert own
    # These sentences name themselves who is to act.
    named = {"no_termination_in_epidemic": ("企业",), "town_employment_funds": ("各街镇",)}
    for duty in own:
        assert duty.citation is not None
        departments = articles[duty.citation.article].departments
        assert duty.owner == named.get(duty.id, departments)
        assert all(name in "".join((*departments, *duty.quotes)) for name in duty.owner)


def test_jiadings_clocks(jiading: District) -> None:
    clocks = {
        item.id: (item.clock.kind.value, item.clock.count, item.clock.unit)
        for item in jiading.duties.values()
        if item.clock.kind is not ClockKind.NONE
    }
    assert clocks == {
        "monthly_follow_up": ("every", 1, "calendar_month"),
        "surveyed_rate_publication": ("every", 1, "calendar_month"),
        "zero_employment_family": ("within", 1, "months"),
        "hardship_placement": ("within", 3, "months"),
        "benefit_claim_review": ("within", 5, "working_days"),
        "benefit_payment": ("every", 1, "calendar_month"),
        "dismissal_notice": ("before", 30, "days"),
    }
    assert len(jiading.duties) == 36
    conditions = {
        jiading.duties[name].condition for name in clocks if "hip" in name or "zero" in name
    }
    assert conditions == {"服从安排、不挑不拣"}


def test_every_quote_of_jiadings_duties_stands_in_its_document(
    jiading: District, documents_folder: Path
) -> None:
    texts = {
        path.stem: bare(path.read_text(encoding="utf-8"))
        for path in documents_folder.rglob("*.txt")
    }
    for duty in jiading.duties.values():
        if duty.citation is not None:
            text = texts[duty.citation.document.id]
            assert [words for words in duty.quotes if bare(words) not in text] == []


@pytest.mark.parametrize("name", available_districts())
def test_every_duty_says_what_it_is_in_both_languages(name: str) -> None:
    for duty in load_district(name).duties.values():
        assert re.search("[一-鿿]", duty.label + duty.clock.words)
        assert not re.search("[一-鿿]", duty.label_en + duty.clock.words_en + duty.condition_en)
        assert not re.search("[一-鿿]", duty.owed_to_en + duty.fulfilled_by_en)
