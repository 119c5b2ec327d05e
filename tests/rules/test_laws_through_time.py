"""Which version of a scheme holds on a day, and which value of a parameter."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.rules.examples import (
    OPEN,
    Basis,
    day,
    decided,
    explained,
    month,
    refused,
    series,
    value_of,
)
from tests.rules.model import Job, Person

from wenye.rules import (
    LAW,
    ON,
    PAY_MONTH,
    Scheme,
    condition,
    first_day,
    holds,
    law,
    month_of,
    monthly,
    once,
    where,
)
from wenye.rules.case_input import read_case
from wenye.rules.decide import Decider
from wenye.rules.expressions import parameter
from wenye.rules.kinds import DAY, money, number
from wenye.rules.scheme import ends

GRANT = series("grant", money("once"), ("2020-01-01", 100_000), ("2023-01-01", 200_000))
STIPEND = series("stipend", money("monthly"), ("2020-01-01", 50_000), ("2023-04-01", 60_000))


class Posting(Scheme):
    """Two versions with a printed end each, the first replaced before its own."""

    title, subject = "示例", Job
    dated_by = Job.started_on
    posted = condition("派遣", Job.posted)
    disabled = condition("残疾", Job.worker.disabled)

    law_2020 = law(
        Basis(since=dt.date(2020, 8, 3), until=dt.date(2025, 8, 2), text="第一版"),
        eligible=posted,
        pays=once(parameter(GRANT)),
    )
    law_2022 = law(
        Basis(since=dt.date(2022, 3, 1), until=dt.date(2023, 12, 31), text="第二版"),
        eligible=disabled,
        pays=once(parameter(GRANT)),
    )
    law_2025 = law(
        Basis(since=dt.date(2025, 1, 1), text="第三版"),
        eligible=posted & disabled,
    )


ONLY_POSTED: dict[str, Any] = {"posted": True, "worker": {"disabled": False}}


def on_the_day(text: str, **more: Any) -> dict[str, Any]:
    return {"job": {"started_on": text, **ONLY_POSTED, **more}}


@pytest.mark.parametrize(
    ("started_on", "version"),
    [
        ("2020-08-02", None),
        ("2020-08-03", "law_2020"),
        ("2022-02-28", "law_2020"),
        ("2022-03-01", "law_2022"),  # replaced, though the first is printed to 2025-08-02
        ("2023-12-31", "law_2022"),
        ("2024-01-01", None),  # a gap: the replaced version does not come back
        ("2024-12-31", None),
        ("2025-01-01", "law_2025"),
        ("2099-01-01", "law_2025"),
    ],
)
def test_the_version_in_force(started_on: str, version: str | None) -> None:
    found = explained(Posting, on_the_day(started_on), "2099-12-31")["law"]
    assert found["version"] == version
    assert (found["dated_by"], found["day"]) == ("job.started_on", started_on)


def test_what_lies_ahead_of_the_day_of_determination_has_not_happened() -> None:
    ahead = explained(Posting, on_the_day("2021-06-02"), "2021-06-01")
    assert (ahead["outcome"], ahead["law"]["version"]) == ("not_entitled", None)
    assert "尚未发生" in ahead["warnings"][0]
    assert explained(Posting, on_the_day("2021-06-02"), "2021-06-02")["outcome"] == "entitled"


def test_the_day_of_determination_does_not_pick_the_law() -> None:
    for on in ("2021-01-01", "2022-05-01", "2026-06-01"):
        assert decided(Posting, on_the_day("2021-01-01"), on).outcome is True


@pytest.mark.parametrize("started_on", ["2020-08-02", "2024-06-01"])
def test_no_version_means_nobody_is_entitled_and_says_so(started_on: str) -> None:
    found = explained(Posting, on_the_day(started_on), "2026-06-01")
    assert found["outcome"] == "not_entitled"
    assert found["amount"] is None and found["amount_status"] == "none"
    assert any("no rule of that day is on file" in text for text in found["warnings"])


def test_each_version_has_its_own_formula() -> None:
    assert decided(Posting, on_the_day("2021-01-01"), "2026-06-01").outcome is True
    assert decided(Posting, on_the_day("2022-06-01"), "2026-06-01").outcome is False
    assert decided(Posting, on_the_day("2025-06-01"), "2026-06-01").outcome is False


def test_a_version_ends_with_the_next_or_with_its_document() -> None:
    assert [ends(Posting, place) for place in range(3)] == [
        day("2022-02-28"),
        day("2023-12-31"),
        None,
    ]


def test_a_version_that_pays_nothing_owes_nothing() -> None:
    both = {"job": {"started_on": "2025-06-01", "posted": True, "worker": {"disabled": True}}}
    found = decided(Posting, both, "2026-06-01")
    assert found.outcome is True
    assert (found.amount, found.amount_status) == (None, "none")


def test_until_ends_a_version() -> None:
    class Short(Scheme):
        title, subject = "示例", Job
        law_2020 = law(Basis(), until="2020-06-30", eligible=Job.posted)

    case = {"job": {"posted": True}}
    assert decided(Short, case, "2020-06-30").outcome is True
    assert decided(Short, case, "2020-07-01").outcome is False


def test_since_and_until_may_be_days_or_texts() -> None:
    version = law(Basis(), since=dt.date(2021, 2, 1), until="2021-02-28", eligible=Job.posted)
    assert (version.since, version.until) == (day("2021-02-01"), day("2021-02-28"))


def test_laws_stand_in_order_of_time_however_they_are_written() -> None:
    class Backwards(Scheme):
        title, subject = "示例", Job
        law_new = law(Basis(since=dt.date(2022, 1, 1)), eligible=~Job.posted)
        law_old = law(Basis(since=dt.date(2020, 1, 1)), eligible=Job.posted)

    assert [version.name for version in Backwards.laws] == ["law_old", "law_new"]
    assert decided(Backwards, {"job": {"posted": True}}, "2021-01-01").outcome is True
    assert decided(Backwards, {"job": {"posted": True}}, "2022-01-01").outcome is False


# ---- those already in


class Kept(Scheme):
    """Those who began under the first version stay under it."""

    title, subject = "示例", Job
    law_2020 = law(
        Basis(),
        until="2022-12-31",
        eligible=Job.posted,
        keeps=Job.started_on
        <= parameter(series("last_day", DAY, ("2000-01-01", day("2021-06-30")))),
        pays=once(parameter(GRANT)),
    )
    law_2022 = law(Basis(since=dt.date(2022, 1, 1)), until="2023-12-31", eligible=~Job.posted)


@pytest.mark.parametrize(
    ("started_on", "on", "version"),
    [
        ("2021-06-30", "2021-12-31", "law_2020"),
        ("2021-07-01", "2021-12-31", "law_2020"),
        ("2021-06-30", "2022-01-01", "law_2020"),  # kept beside the next version
        ("2021-07-01", "2022-01-01", "law_2022"),
        ("2021-06-30", "2030-01-01", "law_2020"),  # and beyond every version
        ("2021-07-01", "2030-01-01", None),
    ],
)
def test_grandfathering(started_on: str, on: str, version: str | None) -> None:
    case = {"job": {"started_on": started_on, "posted": True}}
    found = explained(Kept, case, on)
    assert found["law"]["version"] == version
    assert found["outcome"] == ("entitled" if version == "law_2020" else "not_entitled")


def test_grandfathering_begins_with_the_version() -> None:
    case = {"job": {"started_on": "2019-01-01", "posted": True}}
    assert decided(Kept, case, "2019-12-31").outcome is False


def test_not_knowing_who_is_kept_is_not_knowing_the_law() -> None:
    unknown: dict[str, Any] = {"job": {"posted": True}}
    assert decided(Kept, unknown, "2021-12-31").outcome is True  # either way the first version
    found = explained(Kept, unknown, "2022-06-01")
    assert (found["outcome"], found["law"]) == ("undetermined", None)
    assert found["missing"] == ["job.started_on"]


# ---- a basis in doubt


class Doubted(Scheme):
    title, subject = "示例", Job
    law_2020 = law(
        Basis(doubtful_from=dt.date(2025, 9, 1), doubt="印发文件已过有效期"),
        eligible=Job.posted,
        pays=once(parameter(GRANT)),
    )


def test_a_doubtful_basis_warns_and_pays_nothing() -> None:
    case = {"job": {"posted": True}}
    before = explained(Doubted, case, "2025-08-31")
    assert (before["warnings"], before["amount"]) == ([], "2000.00")
    after = explained(Doubted, case, "2025-09-01")
    assert after["outcome"] == "entitled"
    assert (after["amount"], after["amount_status"], after["schedule"]) == (None, "none", [])
    assert len(after["warnings"]) == 1
    assert "印发文件已过有效期" in after["warnings"][0]


# ---- the day that picks the law is not known


def test_an_unknown_day_is_asked() -> None:
    found = explained(Posting, {"job": ONLY_POSTED}, "2026-06-01")
    assert (found["outcome"], found["law"]) == ("undetermined", None)
    assert found["missing"] == ["job.started_on"]


def test_an_unknown_day_that_does_not_matter_is_not_asked() -> None:
    nobody = {"job": {"posted": False, "worker": {"disabled": False}}}
    found = explained(Posting, nobody, "2026-06-01")
    assert (found["outcome"], found["missing"]) == ("not_entitled", [])


# ---- parameters


class Stipend(Scheme):
    title, subject = "示例", Job
    dated_by = Job.started_on
    law_2020 = law(
        Basis(),
        eligible=Job.posted,
        pays=monthly(
            parameter(STIPEND),
            first=month_of(Job.started_on),
            months=parameter(series("term", number("month"), ("2020-01-01", 3), ("2023-02-01", 4))),
        ),
    )


def test_a_parameter_is_read_on_the_day_of_the_law() -> None:
    for started_on, amount in [("2022-12-31", 100_000), ("2023-01-01", 200_000)]:
        case = {"job": {"started_on": started_on, "worker": {"disabled": True}}}
        assert decided(Posting, case, "2024-01-01").amount == amount


def test_before_its_first_value_a_parameter_is_open() -> None:
    early = series("grant", money("once"), ("2021-01-01", 100_000))
    case = on_the_day("2020-12-31")
    found = decided(Posting, case, "2024-01-01", grant=early)
    assert (found.outcome, found.amount, found.amount_status) == (True, None, "open")


def test_a_monthly_amount_is_that_of_the_month_being_paid() -> None:
    case = {"job": {"started_on": "2023-02-15", "posted": True}}
    found = explained(Stipend, case, "2023-02-20")["schedule"]
    assert [(each["month"], each["amount"]) for each in found] == [
        ("2023-02", "500.00"),
        ("2023-03", "500.00"),
        ("2023-04", "600.00"),
        ("2023-05", "600.00"),
    ]


def test_the_term_is_that_of_the_day_of_the_law() -> None:
    case = {"job": {"started_on": "2023-01-31", "posted": True}}
    found = decided(Stipend, case, "2023-02-20")
    assert (found.first, found.last) == (month("2023-01"), month("2023-03"))


def test_a_value_that_changes_within_a_month_holds_from_the_next() -> None:
    within_may = series("stipend", money("monthly"), ("2020-01-01", 1), ("2023-05-02", 2))
    case = {"job": {"started_on": "2023-05-15", "posted": True}}
    row = read_case(Job, case)
    found = Decider(Stipend, {"stipend": within_may}).schedule(row, day("2023-05-20"))
    assert [amount for _, amount, _ in found] == [1, 2, 2, 2]


def test_a_parameter_at_a_day_that_is_named() -> None:
    at = parameter(GRANT, first_day(month_of(ON)))
    assert value_of(at, Job, {"job": {}}, "2023-01-31") == 200_000
    assert value_of(at, Job, {"job": {}}, "2022-12-31") == 100_000
    born = parameter(GRANT, Job.worker.birth_date)
    assert value_of(born, Job, {"job": {"worker": {}}}, "2023-01-31") is None


def test_a_parameter_at_a_day_leaves_the_law_aside() -> None:
    class At(Scheme):
        title, subject, dated_by = "示例", Job, Job.started_on
        law_2020 = law(Basis(), eligible=Job.posted, pays=once(parameter(GRANT, ON)))

    assert decided(At, on_the_day("2020-02-01"), "2023-01-01").amount == 200_000


def test_the_law_and_the_month_being_paid_can_be_read() -> None:
    class Read(Scheme):
        title, subject, dated_by = "示例", Job, Job.started_on
        law_2020 = law(
            Basis(),
            eligible=LAW < ON,
            pays=monthly(
                where(PAY_MONTH > month_of(LAW), parameter(STIPEND), 0),
                first=month_of(LAW),
                last=month_of(LAW) + 1,
            ),
        )

    assert decided(Read, on_the_day("2023-01-31"), "2023-01-31").outcome is False
    found = decided(Read, on_the_day("2023-01-30"), "2023-01-31")
    assert (found.outcome, found.first, found.last) == (True, month("2023-01"), month("2023-02"))
    assert found.amount == 0
    assert decided(Read, on_the_day("2023-01-30"), "2023-02-01").amount == 50_000


def test_an_open_step_is_no_value() -> None:
    lapsed = series("grant", money("once"), ("2020-01-01", 100_000), ("2022-01-01", None, OPEN))
    assert decided(Posting, on_the_day("2021-12-31"), "2024-01-01", grant=lapsed).amount == 100_000
    assert decided(Posting, on_the_day("2022-01-01"), "2024-01-01", grant=lapsed).amount is None


# ---- schemes that rest on schemes


class Certified(Scheme):
    """Certification as it stands on the day of determination."""

    title, subject = "认定", Person
    law_2020 = law(Basis(), until="2022-12-31", eligible=Person.disabled)


def test_another_scheme_is_judged_as_at_its_own_day() -> None:
    class Resting(Scheme):
        title, subject, dated_by = "示例", Job, Job.started_on
        certified = condition("已认定", holds(Certified, of=Job.worker))
        certified_then = condition("当时已认定", holds(Certified, of=Job.worker, on=Job.started_on))
        law_2020 = law(Basis(), eligible=certified | certified_then)

    def conditions(started_on: str, on: str) -> dict[str, bool | None]:
        worker = {"disabled": True}
        case = {"job": {"started_on": started_on, "worker": worker}}
        return decided(Resting, case, on).conditions

    assert conditions("2022-12-31", "2022-12-31") == {"certified": True, "certified_then": True}
    assert conditions("2022-12-31", "2023-01-01") == {"certified": False, "certified_then": True}
    assert conditions("2023-01-01", "2022-12-31") == {"certified": True, "certified_then": False}


def test_a_condition_may_stand_in_several_schemes() -> None:
    """Each keeps it under its own name, also where one scheme rests on the other."""
    shared = condition("派遣", Job.posted)

    class One(Scheme):
        title, subject = "示例一", Job
        posted_one = shared
        law_2020 = law(Basis(), eligible=posted_one)

    class Two(Scheme):
        title, subject = "示例二", Job
        posted_two = shared
        law_2020 = law(Basis(), eligible=holds(One) & posted_two)

    class Three(Scheme):
        title, subject = "示例三", Job
        posted_three = shared
        law_2020 = law(Basis(), eligible=posted_three)

    for scheme, name in ((One, "posted_one"), (Two, "posted_two"), (Three, "posted_three")):
        found = explained(scheme, {"job": {"posted": True}}, "2024-01-01")
        assert [item["name"] for item in found["conditions"]] == [name]
        assert found["outcome"] == "entitled"


def test_ids_are_the_names_of_the_classes() -> None:
    assert (Certified.id, Posting.id) == ("certified", "posting")
    with refused("certified judges Person"):
        holds(Certified, of=Job.firm)
