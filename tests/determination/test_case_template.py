"""Cases out of schemes and rows."""

from __future__ import annotations

import pytest
from tests.determination import trial
from tests.determination.conftest import World

from wenye.determination.case_template import case_of, case_template
from wenye.determination.cases import cases
from wenye.policy.district import load_district
from wenye.rules.case_input import read_case
from wenye.rules.decide import Decider


def test_a_template_names_every_fact_that_is_read(tried: World) -> None:
    found = case_template(tried.district.schemes["hiring"])
    employment = found["employment"]
    assert set(employment) == {"worker", "employer", "started_on", "contract_months"}
    assert set(employment["worker"]) == {"unemployment", "awards"}
    assert employment["started_on"] == "〔就业日期：2026-10-31〕"
    assert "没有则写 null" in employment["contract_months"]
    assert "micro（微型）" in employment["employer"]["size"]


def test_what_is_compared_is_numbered() -> None:
    found = case_template(load_district("jiading").scheme("hiring_subsidy"))
    employment = found["employment"]
    assert "key" in employment["employer"]
    assert "key" in employment["worker"]["contributions"][0]["employer"]


@pytest.mark.parametrize("scheme", ["hiring_subsidy", "post_subsidy", "flexible_social_insurance"])
def test_a_row_written_as_a_case_decides_the_same(shipped: World, scheme: str) -> None:
    definition = shipped.district.schemes[scheme]
    decide = Decider(definition, shipped.district.parameters)
    on = shipped.results.day
    frame = shipped.results.frame(scheme).select("key", "outcome").collect()
    chosen = frame.group_by("outcome", maintain_order=True).head(25)["key"].to_list()
    for row in cases(shipped.registers, definition, chosen).values():
        again = read_case(definition.subject, case_of(definition, row))
        assert decide(again, on) == decide(row, on)


def test_unknown_facts_are_left_out_and_absent_ones_null(tried: World) -> None:
    hiring = tried.district.schemes["hiring"]
    held = cases(tried.registers, hiring, [1, 8])
    assert "employer" not in case_of(hiring, held[8])["employment"]
    flexible = tried.district.schemes["flexible"]
    (row,) = cases(tried.registers, flexible, [1]).values()
    case = case_of(flexible, row)["person"]
    assert case["flexible_work"] == [{"started_on": "2026-02-28", "ended_on": None}]
    assert trial.ON.year == 2026
