"""What the rows of case tables come to, supposed values included."""

from __future__ import annotations

from dataclasses import replace

from wenye.determination.case_rows import CaseRows
from wenye.policy.case_tables import TableRow, read_case_table
from wenye.policy.district import load_district

JIADING = load_district("jiading")
AMOUNT = "hiring_subsidy.amount_per_hire"


def blocked_row() -> TableRow:
    rows = read_case_table(JIADING.cases / "hiring_subsidy.yaml").rows
    return next(row for row in rows if row.blocked_by == (AMOUNT,))


def test_a_row_may_suppose_values_that_are_still_to_be_decided() -> None:
    told = CaseRows(JIADING).explain(
        "hiring_subsidy", replace(blocked_row(), assumed={AMOUNT: 1500})
    )
    assert (told["amount"], told["amount_status"]) == ("1500.00", "unconfirmed")
    assert told["blocked_by"] == []


def test_what_one_row_supposes_is_not_supposed_by_the_next() -> None:
    rows, row = CaseRows(JIADING), blocked_row()
    supposed = replace(row, assumed={AMOUNT: 1500})
    assert rows.differences("hiring_subsidy", supposed) == [
        ("金额状态", "open", "unconfirmed"),
        ("受阻", [AMOUNT], []),
    ]
    assert rows.differences("hiring_subsidy", row) == []


def test_a_difference_names_the_column_and_both_values() -> None:
    other = replace(blocked_row(), outcome="not_entitled", blocked_by=None)
    wrong = CaseRows(JIADING).differences("hiring_subsidy", other)
    assert [what for what, _, _ in wrong] == ["结果"]
