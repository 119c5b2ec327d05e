"""What the rows of case tables come to, supposed values included."""

from __future__ import annotations

from dataclasses import replace

from wenye.determination.case_rows import CaseRows
from wenye.policy.case_tables import TableRow, read_case_table
from wenye.policy.district import load_district

JIADING = load_district("jiading")
SCHEME = "returnee_startup_subsidy"
AMOUNT = f"{SCHEME}.amount"


def blocked_row() -> TableRow:
    rows = read_case_table(JIADING.cases / f"{SCHEME}.yaml").rows
    return next(row for row in rows if row.blocked_by == (AMOUNT,))


def test_a_row_may_suppose_values_that_are_still_to_be_decided() -> None:
    told = CaseRows(JIADING).explain(SCHEME, replace(blocked_row(), assumed={AMOUNT: 1500}))
    assert (told["amount"], told["amount_status"]) == ("1500.00", "unconfirmed")
    assert told["blocked_by"] == []


def test_what_one_row_supposes_is_not_supposed_by_the_next() -> None:
    rows, row = CaseRows(JIADING), blocked_row()
    supposed = replace(row, assumed={AMOUNT: 1500})
    assert rows.differences(SCHEME, supposed) == [
        ("金额状态", "open", "unconfirmed"),
        ("受阻", [AMOUNT], []),
    ]
    assert rows.differences(SCHEME, row) == []


def test_a_difference_names_the_column_and_both_values() -> None:
    other = replace(blocked_row(), outcome="not_entitled", blocked_by=None, decides=None)
    wrong = CaseRows(JIADING).differences(SCHEME, other)
    assert [what for what, _, _ in wrong] == ["结果"]


def test_a_condition_that_does_not_decide_is_a_difference() -> None:
    row = replace(blocked_row(), decides="zzz")
    [(what, stated, turning)] = CaseRows(JIADING).differences(SCHEME, row)
    assert (what, stated) == ("决定", "zzz")
    assert turning
    assert CaseRows(JIADING).differences(SCHEME, replace(row, decides=turning[0])) == []
