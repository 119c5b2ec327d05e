"""One case explained, as plain JSON: the conditions, what was read, the law, what is missing."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from tests.rules.examples import Basis, day, explained, series
from tests.rules.hiring import GRANT, START, TERM, Hiring, by_name, hired, shown
from tests.rules.model import Firm, Job, Person

from wenye.rules import (
    ON,
    Scheme,
    add_months,
    any_of,
    claw_back,
    condition,
    count,
    has,
    holds,
    law,
    month_of,
    monthly,
    once,
    quantity,
    where,
)
from wenye.rules.case_input import read_case
from wenye.rules.explain import Explainer
from wenye.rules.expressions import parameter
from wenye.rules.kinds import DAY, money, number

# ---- the whole


def test_an_explanation_holds_what_the_reference_names() -> None:
    found = shown(hired())
    assert set(found) == {
        *("scheme", "title", "title_en", "on", "outcome", "amount", "amount_status", "flow"),
        *("schedule", "conditions", "missing", "missing_labels", "blocked_by", "flips", "law"),
        *("also_unknown", "warnings", "claw_back", "tree", "receipt", "doubt_begins"),
    }
    assert (found["scheme"], found["title"]) == ("hiring", "吸纳补贴")
    assert (found["title_en"], found["on"]) == ("hiring subsidy", "2024-06-01")
    assert (found["outcome"], found["amount"]) == ("entitled", "1000.00")
    assert (found["amount_status"], found["flow"], found["schedule"]) == ("payable", "once", [])
    assert (found["missing"], found["blocked_by"], found["warnings"]) == ([], [], [])
    assert found["claw_back"] is None


def test_it_is_plain_json() -> None:
    found = Explainer(Hiring).explain(read_case(Job, hired()), day("2024-06-01"))
    assert json.loads(json.dumps(found, ensure_ascii=False)) == found


def test_the_same_case_is_explained_the_same_way() -> None:
    assert shown(hired()) == shown(hired())


def test_an_unconfirmed_amount_says_so() -> None:
    found = shown(hired("2024-02-01"))
    assert (found["amount"], found["amount_status"]) == ("2000.00", "unconfirmed")


# ---- conditions


def test_only_the_conditions_of_the_version_in_force() -> None:
    assert list(by_name(shown(hired("2023-07-01")))) == ["in_city", "unemployed"]
    assert list(by_name(shown(hired("2024-02-01")))) == ["in_city", "unemployed", "disabled"]


def test_without_a_version_every_condition_is_shown() -> None:
    for started_on in ("2019-12-31", "2025-01-01"):
        found = shown(hired(started_on), "2025-06-01")
        assert list(by_name(found)) == ["in_city", "unemployed", "disabled"]
        assert by_name(found)["unemployed"]["citation"] is None


def test_answers_are_yes_no_or_unknown() -> None:
    case = hired("2024-02-01", since="2024-01-31", worker={"disabled": False})
    assert {name: item["value"] for name, item in by_name(shown(case)).items()} == {
        "in_city": "yes",
        "unemployed": "no",
        "disabled": "no",
    }
    nothing = shown({"job": {"started_on": "2023-07-01"}})
    assert {item["value"] for item in nothing["conditions"]} == {"unknown"}


def test_labels_are_filled_by_the_value_of_the_day_in_both_languages() -> None:
    old, new = (by_name(shown(hired(each)))["unemployed"] for each in ("2023-07-01", "2024-02-01"))
    assert (old["label"], old["label_en"]) == ("登记失业满6个月", "unemployed for 6 months")
    assert (new["label"], new["label_en"]) == ("登记失业满12个月", "unemployed for 12 months")


def test_an_open_value_in_a_label_is_said_to_be_open() -> None:
    nothing = series("term", number("month"), (START, None))
    item = by_name(explained(Hiring, hired(), "2024-06-01", term=nothing))["unemployed"]
    assert (item["label"], item["label_en"]) == ("登记失业满〔未定〕", "unemployed for [open]")
    assert item["value"] == "unknown"


def test_a_condition_is_cited_where_each_version_writes_it() -> None:
    old, new = (by_name(shown(hired(each))) for each in ("2023-07-01", "2024-02-01"))
    assert old["unemployed"]["citation"] == "合成文件一第五条"
    assert new["unemployed"]["citation"] == "合成文件二第三条；合成文件一第二条"
    assert old["in_city"]["citation"] == "合成文件一第二条"  # where its law is
    assert new["in_city"]["citation"] == "合成文件二第三条"
    assert new["disabled"]["citation"] == "合成文件三"


def test_the_parameters_of_a_condition_with_status_and_source() -> None:
    assert by_name(shown(hired()))["unemployed"]["parameters"] == [
        {
            "name": "term",
            "label": "参数term",
            "day": "2023-07-01",
            "value": 6,
            "text": "6个月",
            "status": "quoted",
            "reference": "合成来源",
            "within": "",
        }
    ]


# ---- facts


def facts(found: dict[str, Any], name: str) -> dict[str, tuple[Any, str, str]]:
    return {
        fact["name"]: (fact["value"], fact["state"], fact["text"])
        for fact in by_name(found)[name]["facts"]
    }


def test_the_facts_behind_a_condition() -> None:
    assert facts(shown(hired()), "unemployed") == {
        "job.worker.idle": (True, "known", "有"),
        "job.worker.idle.started_on": ("2023-01-01", "known", "2023-01-01"),
        "job.started_on": ("2023-07-01", "known", "2023-07-01"),
    }


def test_a_spell_that_is_not_there() -> None:
    found = facts(shown(hired(since="2023-07-02")), "unemployed")
    assert found["job.worker.idle"] == (False, "absent", "无")
    assert found["job.worker.idle.started_on"] == (None, "absent", "无")


def test_what_was_not_told() -> None:
    found = facts(shown({"job": {"started_on": "2023-07-01"}}), "unemployed")
    assert found["job.worker.idle"] == (None, "unknown", "未提供")
    assert facts(shown({"job": {"started_on": "2023-07-01"}}), "in_city") == {
        "job.firm.in_city": (None, "unknown", "未提供")
    }


class Ended(Scheme):
    title, subject = "示例", Job
    ended = condition("已终止", has(Job.ended_on) & (Job.ended_on < ON))
    typed = condition("全日制", has(Job.kind) & (Job.kind == "full"))
    small = condition(
        "职工不满三人",
        count(Job.firm.jobs, Job.firm.jobs.posted)
        < parameter(series("least", number(), (START, 3))),
    )
    law_2020 = law(Basis(), eligible=ended & typed & small)


def test_absent_and_not_applicable_are_told_apart() -> None:
    case = {"job": {"ended_on": None, "kind": "n/a"}}
    found = explained(Ended, case, "2024-01-01")
    assert facts(found, "ended") == {"job.ended_on": (None, "absent", "无")}
    assert facts(found, "typed") == {"job.kind": ("n/a", "not_applicable", "不适用")}


def test_an_aggregate_is_shown_as_a_number_or_as_unknown() -> None:
    def counted(jobs: list[Any]) -> Any:
        return facts(explained(Ended, {"job": {"firm": {"jobs": jobs}}}, "2024-01-01"), "small")

    assert counted([{"posted": True}, {"posted": False}]) == {
        "count(job.firm.jobs)": (1, "known", "1")
    }
    assert counted([{"posted": True}, {}]) == {"count(job.firm.jobs)": (None, "unknown", "1至2")}


def test_a_branch_that_is_not_taken_is_not_read() -> None:
    class Either(Scheme):
        title, subject = "示例", Job
        either = condition("按残疾", where(Job.worker.disabled, Job.posted, Job.firm.in_city))
        law_2020 = law(Basis(), eligible=either)

    case = {"job": {"posted": True, "firm": {"in_city": False}, "worker": {"disabled": True}}}
    found = explained(Either, case, "2024-01-01")
    assert set(facts(found, "either")) == {"job.worker.disabled", "job.posted"}


RETIREMENT = quantity(
    "法定退休日",
    add_months(Person.birth_date, parameter(series("age", number("month"), (START, 720)))),
    en="statutory retirement day",
)


class Retired(Scheme):
    title, subject = "示例", Person
    retired = condition("已到退休日", RETIREMENT <= ON)
    law_2020 = law(Basis(), eligible=retired)


def test_a_named_quantity_is_shown_with_what_it_rests_on() -> None:
    found = explained(Retired, {"person": {"birth_date": "1964-02-29"}}, "2024-03-01")
    item = by_name(found)["retired"]
    assert [(fact["name"], fact["value"], fact["within"]) for fact in item["facts"]] == [
        ("statutory retirement day", "2024-02-29", ""),
        ("person.birth_date", "1964-02-29", "法定退休日"),
    ]
    assert [(each["name"], each["within"]) for each in item["parameters"]] == [
        ("age", "法定退休日")
    ]


# ---- what is missing


def test_missing_facts_by_their_place_in_the_case() -> None:
    found = shown({"job": {"started_on": "2023-07-01"}})
    assert found["outcome"] == "undetermined"
    assert found["missing"] == ["job.firm.in_city"]
    assert found["missing_labels"] == ["本市"]


def test_open_parameters_block() -> None:
    nothing = series("term", number("month"), (START, None))
    found = explained(Hiring, hired(), "2024-06-01", term=nothing)
    assert (found["outcome"], found["missing"], found["blocked_by"]) == (
        "undetermined",
        [],
        ["term"],
    )


STIPEND = parameter(series("stipend", money("monthly"), (START, 50_000)))


class Monthly(Scheme):
    title, subject = "示例", Job
    law_2020 = law(
        Basis(),
        eligible=Job.posted,
        pays=monthly(STIPEND, first=month_of(Job.started_on), months=parameter(TERM)),
    )


def test_an_open_term_blocks_the_amount() -> None:
    nothing = series("term", number("month"), (START, None))
    case = {"job": {"posted": True, "started_on": "2024-01-10"}}
    found = explained(Monthly, case, "2024-01-15", term=nothing)
    assert (found["outcome"], found["amount_status"]) == ("entitled", "open")
    assert found["blocked_by"] == ["term"]


def test_an_amount_on_a_day_not_known_is_blocked_by_no_parameter() -> None:
    class ByBirth(Scheme):
        title, subject = "示例", Job
        law_2020 = law(
            Basis(),
            eligible=Job.posted,
            pays=once(parameter(GRANT, Job.worker.birth_date)),
        )

    found = explained(ByBirth, {"job": {"posted": True, "worker": {}}}, "2024-01-15")
    assert (found["outcome"], found["amount_status"]) == ("entitled", "open")
    assert found["blocked_by"] == []


def test_a_schedule_in_yuan() -> None:
    case = {"job": {"posted": True, "started_on": "2023-08-31"}}
    found = explained(Monthly, case, "2023-09-15")
    assert (found["flow"], found["amount"]) == ("monthly", "500.00")
    assert len(found["schedule"]) == 6
    assert found["schedule"][0] == {
        "month": "2023-08",
        "amount": "500.00",
        "amount_status": "payable",
    }


def test_what_else_is_unknown_though_it_need_not_be_asked_first() -> None:
    found = shown({"job": {"started_on": "2023-07-01", "worker": {}}})
    assert found["missing"] == ["job.firm.in_city"]
    assert found["also_unknown"] == ["job.worker.idle", "job.worker.idle.started_on"]
    assert shown(hired())["also_unknown"] == []


# ---- the law


def test_the_law_with_its_period_and_the_day_that_picked_it() -> None:
    assert shown(hired("2023-07-01"))["law"] == {
        "version": "law_2020",
        "label": "",
        "label_en": "",
        "basis": "合成文件一第二条",
        "since": "2020-01-01",
        "until": "2023-12-31",
        "doubtful_from": None,
        "dated_by": "job.started_on",
        "day": "2023-07-01",
    }
    assert shown(hired("2024-02-01"))["law"] == {
        "version": "law_2024",
        "label": "第二版",
        "label_en": "second version",
        "basis": "合成文件二第三条",
        "since": "2024-01-01",
        "until": "2024-12-31",
        "doubtful_from": None,
        "dated_by": "job.started_on",
        "day": "2024-02-01",
    }


def test_no_law_on_that_day() -> None:
    found = shown(hired("2025-01-01"), on="2025-01-01")
    assert found["law"] == {
        "version": None,
        "basis": None,
        "since": None,
        "until": None,
        "doubtful_from": None,
        "dated_by": "job.started_on",
        "day": "2025-01-01",
    }
    assert found["warnings"] == ["没有收录当日有效的规定 / no rule of that day is on file"]


def test_a_law_dated_by_the_day_of_determination() -> None:
    found = explained(Ended, {"job": {}}, "2024-01-01")
    assert (found["law"]["dated_by"], found["law"]["day"]) == ("on", "2024-01-01")
    assert found["law"]["until"] is None


class InDoubt(Scheme):
    title, subject = "示例", Job
    posted = condition("派遣", Job.posted & has(Job.ended_on) & (ON <= Job.ended_on))
    law_2020 = law(Basis(doubtful_from=dt.date(2027, 1, 1)), eligible=posted)


def test_the_day_from_which_the_basis_is_in_doubt() -> None:
    def told(ended: str, on: str = "2026-11-24") -> dict[str, Any]:
        row = read_case(Job, {"job": {"posted": True, "ended_on": ended}})
        return Explainer(InDoubt).explain(row, day(on))

    found = told("2028-06-30")
    assert (found["law"]["doubtful_from"], found["doubt_begins"]) == ("2027-01-01", "2027-01-01")
    assert told("2026-12-31")["doubt_begins"] is None  # no longer entitled by then
    assert told("2028-06-30", "2027-02-01")["doubt_begins"] is None  # it is in doubt already


# ---- claw back


def test_what_is_to_be_returned() -> None:
    class Back(Scheme):
        title, subject = "示例", Job
        claws_back = claw_back("追回", when=has(Job.ended_on), amount=parameter(GRANT))
        law_2020 = law(Basis(), eligible=Job.posted, pays=once(parameter(GRANT)))

    case = {"job": {"posted": False, "ended_on": "2023-05-01"}}
    found = explained(Back, case, "2023-06-01")
    assert (found["amount"], found["claw_back"]) == (None, "1000.00")


# ---- the tree


def test_the_formula_as_nested_data() -> None:
    case = hired("2024-02-01", since="2024-01-31", worker={"disabled": True})
    del case["job"]["firm"]
    assert shown(case)["tree"] == {
        "op": "or",
        "value": "unknown",
        "of": [
            {"op": "condition", "name": "unemployed", "value": "no"},
            {
                "op": "and",
                "value": "unknown",
                "of": [
                    {"op": "condition", "name": "in_city", "value": "unknown"},
                    {"op": "condition", "name": "disabled", "value": "yes"},
                ],
            },
        ],
    }


def test_what_has_no_name_is_a_test() -> None:
    class Plain(Scheme):
        title, subject = "示例", Job
        law_2020 = law(Basis(), eligible=Job.posted & ~Job.worker.disabled)

    case = {"job": {"posted": True, "worker": {"disabled": True}}}
    assert explained(Plain, case, "2024-01-01")["tree"] == {
        "op": "and",
        "value": "no",
        "of": [
            {"op": "test", "value": "yes"},
            {"op": "not", "value": "no", "of": [{"op": "test", "value": "yes"}]},
        ],
    }


def test_a_scheme_that_rests_on_another_shows_its_formula() -> None:
    class Certified(Scheme):
        title, subject = "认定", Firm
        trading = condition("本市", Firm.in_city)
        law_2020 = law(Basis(), eligible=trading & any_of(Firm.jobs))

    class Resting(Scheme):
        title, subject = "示例", Job
        certified = condition("已认定", holds(Certified, of=Job.firm))
        law_2020 = law(Basis(), eligible=certified)

    case = {"job": {"firm": {"in_city": True, "jobs": []}}}
    tree = explained(Resting, case, "2024-01-01")["tree"]
    assert (tree["op"], tree["name"], tree["value"]) == ("condition", "certified", "no")
    (rests,) = tree["of"]
    assert (rests["op"], rests["scheme"], rests["title"]) == ("rests", "certified", "认定")
    assert rests["of"][0]["of"] == [
        {"op": "condition", "name": "trading", "value": "yes"},
        {"op": "test", "value": "no"},
    ]


def test_parameters_that_are_days_are_shown_as_days() -> None:
    class Since(Scheme):
        title, subject = "示例", Job
        begun = condition(
            "在{d}以后开始",
            Job.started_on >= parameter(series("from", DAY, (START, day("2021-02-28")))),
            en="begun on or after {d}",
            d=parameter(series("from", DAY, (START, day("2021-02-28")))),
        )
        law_2020 = law(Basis(), eligible=begun)

    item = by_name(explained(Since, {"job": {}}, "2024-01-01"))["begun"]
    assert item["label"] == "在2021年2月28日以后开始"
    assert item["label_en"] == "begun on or after 28 February 2021"
