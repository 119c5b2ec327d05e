"""Headers as senders write them."""

import pytest

from wenye.registers.columns import columns_of
from wenye.registers.headers import column_for, missing, read_headers
from wenye.registers.model import MODEL, Employment, Person


@pytest.mark.parametrize(
    "header",
    ["出生日期", " 出生日期 ", "*出生日期", "出生日期（必填）", "出生日期(选填)", "Date of Birth",
     "birth_date", "AAC006", "ａａｃ００６", "出生 日期："],
)  # fmt: skip
def test_one_fact_has_many_headers(header: str) -> None:
    found = column_for(Person, header)
    assert found is not None
    assert found.name == "birth_date"


def test_a_unit_in_brackets_may_be_left_out() -> None:
    for header in ("劳动合同期限（月）", "劳动合同期限(月)", "劳动合同期限", "合同月数"):
        found = column_for(Employment, header)
        assert found is not None
        assert found.name == "contract_months"


@pytest.mark.parametrize("entity", MODEL)
def test_label_english_label_and_id_of_every_column_lead_to_it(entity: type) -> None:
    for column in columns_of(entity):
        for text in (column.label, column.label_en, column.name):
            found = column_for(entity, text)
            assert found is not None
            assert found.name == column.name


def test_titles_above_the_headers_are_skipped() -> None:
    top = [
        ["2026年10月就业登记", None, None],
        [None, None, None],
        ["证件号码", "信用代码", "就业日期"],
    ]
    headers = read_headers(Employment, top)
    assert headers.rows == 3
    assert headers.names == {"worker", "employer", "started_on"}


def test_two_merged_rows_are_one_header() -> None:
    top = [
        ["证件号码", "统一社会信用代码", "就业情况", None, "备注"],
        [None, None, "就业日期", "终止日期", None],
        ["990000199001010011", "91990000MA00000011", "2020-01-01", None, None],
    ]
    headers = read_headers(Employment, top)
    assert headers.rows == 2
    assert headers.names == {"worker", "employer", "started_on", "ended_on"}
    assert headers.unknown == ("备注",)


def test_missing_and_double_columns_are_named() -> None:
    headers = read_headers(Employment, [["证件号码", "身份证号", "就业日期"]])
    assert headers.twice == ("证件号码",)
    assert [column.name for column in missing(Employment, headers)] == ["employer"]
