"""What is still to be decided: unknown for everybody, named, and listed with its line."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from wenye.policy.errors import PolicyError
from wenye.policy.undecided import idle_parameters, undecided
from wenye.rules import RuleError, calendar
from wenye.rules.case_input import read_case
from wenye.rules.explain import Explainer

WAITING = 'to_be_decided("登记满{n}个月的")'
DRAFT = """
from wenye.policy import cite, parameters, to_be_decided
from wenye.rules.expressions import ON
from wenye.rules.periods import month_of
from wenye.rules import Scheme, condition, law, monthly
from wenye.registers.model import Person

P = parameters("support")


class Support(Scheme):
    title = "补贴"
    subject = Person
    resident = condition("本区户籍", Person.hukou == "district")
    waited = to_be_decided("登记满{n}个月的")
    law_2024 = law(
        cite("trial-1", 3),
        eligible=resident & waited,
        pays=monthly(P.amount, first=month_of(ON), months=P.term),
    )
"""


def explained(folder: Any, **facts: str) -> dict[str, Any]:
    district = folder.load()
    scheme = district.scheme("support")
    case = read_case(scheme.subject, {"person": facts})
    day = calendar.code(dt.date(2024, 3, 1))
    return Explainer(scheme, district.parameters).explain(case, day)


def test_nobody_meets_it_and_it_is_named(folder: Any) -> None:
    folder.write("schemes/support.py", DRAFT)
    told = explained(folder, hukou="district")
    assert (told["outcome"], told["amount"]) == ("undetermined", None)
    assert told["blocked_by"] == ["待定：登记满{n}个月的"]
    assert [item["value"] for item in told["conditions"]] == ["yes", "unknown"]


def test_a_condition_beside_it_still_refuses(folder: Any) -> None:
    folder.write("schemes/support.py", DRAFT)
    assert explained(folder, hukou="elsewhere")["outcome"] == "not_entitled"


def test_not_knowing_is_never_turned_into_a_yes(folder: Any) -> None:
    folder.write("schemes/support.py", DRAFT.replace("& waited", "& ~waited"))
    assert explained(folder, hukou="district")["outcome"] == "undetermined"


def test_each_is_listed_with_its_line(folder: Any) -> None:
    path = folder.write("schemes/support.py", DRAFT)
    line = 1 + DRAFT.splitlines().index("    waited = " + WAITING)
    folder.write("to_be_decided.yaml", "to_be_decided: [{what: 名称, what_en: name, words: 区}]")
    listed = undecided(folder.load())
    assert [(item.where, item.told) for item in listed] == [
        (f"{folder.path}/to_be_decided.yaml:1", "名称 / name：区"),
        (f"{path}:{line}", "support 的条件：登记满{n}个月的"),
    ]


def test_what_only_a_draft_reads_is_used_by_nothing(folder: Any) -> None:
    used = folder.load().details.keys() - idle_parameters(folder.load())
    assert "support.amount" in used
    folder.write("schemes/support.py", DRAFT)
    assert idle_parameters(folder.load()) == folder.load().details.keys()


def test_a_district_without_any_lists_nothing(folder: Any) -> None:
    assert undecided(folder.load()) == []


def test_units_may_be_listed_later_and_are_missed(folder: Any) -> None:
    folder.write("organisation.yaml", "units: []")
    (item,) = undecided(folder.load())
    assert item.where.endswith("organisation.yaml")
    folder.write("organisation.yaml", "units:")
    with pytest.raises(PolicyError, match="no units"):
        folder.load()


@pytest.mark.parametrize("words", ['""', '"  "', "3"])
def test_saying_nothing_is_refused(folder: Any, words: str) -> None:
    folder.write("schemes/support.py", DRAFT.replace(WAITING, f"to_be_decided({words})"))
    with pytest.raises(RuleError, match="says nothing") as error:
        folder.load().scheme("support")
    assert "support.py:" in error.value.where


def test_a_list_with_an_unknown_key_is_refused(folder: Any) -> None:
    folder.write("to_be_decided.yaml", "to_be_decided: [{what: 名称, waht: 错}]")
    with pytest.raises(PolicyError, match="unknown key waht"):
        undecided(folder.load())
