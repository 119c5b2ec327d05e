"""A payable row comes to the same with every unconfirmed value taken out."""

from __future__ import annotations

from pathlib import Path

from tests.determination import trial

from wenye.determination.case_rows import CaseRows
from wenye.determination.district_check import check_district
from wenye.determination.payable_rows import confirmed_only, rests_on_unconfirmed
from wenye.policy.case_tables import read_case_table
from wenye.policy.district import load_district


def test_only_what_is_quoted_or_confirmed_is_left(tmp_path: Path) -> None:
    district = load_district(trial.write_district(tmp_path), today=trial.ON)
    left = confirmed_only(district, "hiring")
    assert left.keys() == {"hiring.amount", "hiring.unemployed_months"}
    assert {value for steps in left.values() for value in steps.values()} == {None}
    assert confirmed_only(district, "flexible") == {}


def test_the_payable_rows_of_the_shipped_tables_rest_on_confirmed_values() -> None:
    district = load_district("jiading")
    rows, payable = CaseRows(district), 0
    for row in read_case_table(district.cases / "post_subsidy.yaml").rows:
        told = rows.explain("post_subsidy", row)
        payable += told["amount_status"] == "payable"
        assert rests_on_unconfirmed(rows, "post_subsidy", row, told) is None, row.where
    assert payable > 0


def test_a_status_that_lies_is_found() -> None:
    district = load_district("jiading")
    rows = CaseRows(district)
    table = read_case_table(district.cases / "hiring_subsidy.yaml").rows
    row = next(row for row in table if row.amount_status == "unconfirmed")
    lying = {**rows.explain("hiring_subsidy", row), "amount_status": "payable"}
    assert "→" in (rests_on_unconfirmed(rows, "hiring_subsidy", row, lying) or "")


def test_check_counts_the_rows_that_it_tried(tmp_path: Path) -> None:
    found = check_district("example", trial.ON)
    assert found.payable_rows > 0
    assert found.not_shown == []
