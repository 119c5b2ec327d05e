"""A scheme that rests on a doubtful one is in doubt itself, and for rows that are there only."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.rules.examples import Basis, day
from tests.rules.model import Firm, Job, Person

from wenye.rules import ON, Scheme, add_days, any_of, condition, has, holds, law
from wenye.rules.calendar import ABSENT
from wenye.rules.case import CaseProgram
from wenye.rules.held import Held


class Certified(Scheme):
    title = "认定"
    subject = Person
    certified = condition("残疾", Person.disabled)
    law_1 = law(Basis(doubtful_from=dt.date(2024, 1, 1)), eligible=certified)


class Subsidised(Scheme):
    title = "补贴"
    subject = Job
    posted = condition("派遣", Job.posted)
    mentored = condition("带教人已认定", Job.mentor.exists & holds(Certified, Job.mentor))
    law_1 = law(Basis(), eligible=posted | mentored)


class Employing(Scheme):
    title = "吸纳"
    subject = Firm
    someone = condition("有人已认定", any_of(Firm.jobs, holds(Certified, Firm.jobs.each().worker)))
    law_1 = law(Basis(), eligible=someone)


class Promised(Scheme):
    title = "承诺"
    subject = Firm
    dated_by = add_days(ON, -30)
    in_city = condition("本市", Firm.in_city)
    law_1 = law(Basis(doubtful_from=dt.date(2024, 1, 1)), eligible=in_city)


class Kept(Scheme):
    title = "留用"
    subject = Job
    posted = condition("派遣", Job.posted)
    promised = condition(
        "终止时单位在承诺内", has(Job.ended_on) & holds(Promised, Job.firm, on=Job.ended_on)
    )
    law_1 = law(Basis(), eligible=posted | promised)


AT_THE_END = Job.worker.idle.as_at(Job.ended_on)


class Registered(Scheme):
    title = "登记"
    subject = Job
    posted = condition("派遣", Job.posted)
    among = condition(
        "终止时登记机构有人已认定",
        has(Job.ended_on)
        & AT_THE_END.exists
        & AT_THE_END.office.exists
        & any_of(AT_THE_END.office.jobs, holds(Certified, AT_THE_END.office.jobs.each().worker)),
    )
    law_1 = law(Basis(), eligible=posted | among)


def decided(scheme: type[Scheme], row: dict[str, Any], on: str) -> tuple[Any, ...]:
    program = CaseProgram({"outcome": scheme.outcome, "doubtful": scheme.doubtful})
    return program.decide(row, day(on))


def test_doubt_is_inherited_from_the_day_on() -> None:
    row = {"posted": False, "mentor": {"disabled": True}}
    assert decided(Subsidised, row, "2023-12-31") == (True, False)
    assert decided(Subsidised, row, "2024-01-01") == (True, True)


def test_what_did_not_hold_casts_no_doubt() -> None:
    row = {"posted": True, "mentor": {"disabled": False}}
    assert decided(Subsidised, row, "2024-01-01") == (True, False)


def test_a_row_that_is_not_there_casts_no_doubt() -> None:
    row = {"posted": True, "mentor": False, "ended_on": ABSENT[32]}
    assert decided(Subsidised, row, "2024-01-01") == (True, False)


def test_a_count_inherits_the_doubt_about_any_of_its_rows() -> None:
    one, other = {"worker": {"disabled": True}}, {"worker": {"disabled": False}}
    assert decided(Employing, {"jobs": Held([one, other])}, "2024-01-01") == (True, True)
    assert decided(Employing, {"jobs": Held([one, other])}, "2023-12-31") == (True, False)
    assert decided(Employing, {"jobs": Held([other])}, "2024-01-01") == (False, False)


def test_a_day_that_is_not_there_casts_no_doubt() -> None:
    row = {"posted": True, "firm": {"in_city": True}}
    assert decided(Kept, {**row, "ended_on": day("2024-01-31")}, "2024-06-01") == (True, True)
    assert decided(Kept, {**row, "ended_on": day("2024-01-30")}, "2024-06-01") == (True, False)
    assert decided(Kept, {**row, "ended_on": ABSENT[32]}, "2024-06-01") == (True, False)
    assert decided(Kept, row, "2024-06-01") == (True, None)


def test_rows_of_one_that_is_not_there_cast_no_doubt() -> None:
    nobody_knows = {"idle": Held([], -1)}
    row = {"posted": True, "worker": nobody_knows}
    assert decided(Registered, {**row, "ended_on": ABSENT[32]}, "2024-06-01") == (True, False)
    assert decided(Registered, {**row, "ended_on": day("2024-01-30")}, "2024-06-01") == (True, None)
