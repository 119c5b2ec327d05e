"""How cells are read: each table pairs what senders write with what is stored."""

import datetime as dt
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenye.registers.columns import Column, columns_of
from wenye.registers.model import Award, Contribution, Employer, Employment, Person
from wenye.registers.values import parse
from wenye.rules import calendar
from wenye.rules.facts import Entity

ABSENT, NOT_APPLICABLE = calendar.ABSENT[32], calendar.NOT_APPLICABLE[32]


def column(entity: type[Entity], name: str) -> Column:
    return next(item for item in columns_of(entity) if item.name == name)


def read(entity: type[Entity], name: str, cell: Any) -> tuple[Any, str | None]:
    """Value and fault of one cell."""
    raw = pl.Series([cell], dtype=pl.String if cell is None or isinstance(cell, str) else None)
    parsed = parse(raw, column(entity, name))
    return parsed.values[0], parsed.faults[0]


AUGUST_3 = calendar.code(dt.date(2020, 8, 3))


@pytest.mark.parametrize(
    "cell",
    [
        "2020-08-03",
        "2020/8/3",
        "2020.8.3",
        "20200803",
        "2020年8月3日",
        " ２０２０－０８－０３ ",
        "2020-08-03 00:00:00",
        "2020-08-03T09:30:00",
        "44046",
        dt.date(2020, 8, 3),
        dt.datetime(2020, 8, 3, 9, 30),
        20200803,
        44046.0,
    ],
)
def test_a_day_is_read_however_it_is_written(cell: object) -> None:
    assert read(Employment, "started_on", cell) == (AUGUST_3, None)


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("2020-02-30", "impossible_day"),
        ("2021-02-29", "impossible_day"),
        ("1900-02-29", "impossible_day"),
        ("2020-13-01", "impossible_day"),
        ("2020-00-10", "impossible_day"),
        ("2020年8月", "day_missing"),
        ("202008", "day_missing"),
        ("3/8/2020", "not_a_day"),
        ("昨天", "not_a_day"),
        ("", "required_when"),
        (None, "required_when"),
        ("无", "cannot_be_absent"),
    ],
)
def test_what_is_no_day_is_a_fault(cell: str | None, fault: str) -> None:
    assert read(Employment, "started_on", cell) == (None, fault)


def test_the_29th_of_february_is_a_day_in_leap_years_and_the_last_of_its_month() -> None:
    value, fault = read(Employment, "started_on", "2020-02-29")
    assert fault is None
    assert calendar.date(value) == dt.date(2020, 2, 29)
    assert value & 1
    assert read(Employment, "started_on", "2000-02-29")[1] is None


@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)))
def test_every_day_of_the_calendar_is_read_right(day: dt.date) -> None:
    forms = [
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month}.{day.day}",
    ]
    parsed = parse(pl.Series(forms), column(Employment, "started_on"))
    assert parsed.values.to_list() == [calendar.code(day)] * len(forms)


@pytest.mark.parametrize(
    "cell",
    ["2020-08", "2020年8月", "202008", "2020.8", "2020/08", "2020-08-31", dt.date(2020, 8, 9)],
)
def test_a_month_is_read_however_it_is_written(cell: object) -> None:
    assert read(Award, "first_month", cell) == (2020 * 12 + 7, None)


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("2020-13", "impossible_month"),
        ("2020-02-30", "impossible_day"),
        ("2020.1", "ambiguous_month"),
        ("上月", "not_a_month"),
    ],
)
def test_what_is_no_month_is_a_fault(cell: str, fault: str) -> None:
    assert read(Award, "first_month", cell) == (None, fault)


def test_october_keeps_its_nought_and_january_needs_one() -> None:
    assert read(Award, "first_month", "2020.10") == (2020 * 12 + 9, None)
    assert read(Award, "first_month", "2020.01") == (2020 * 12, None)


@pytest.mark.parametrize(
    ("cell", "fen"),
    [
        ("1,234.56", 123456),
        ("1234", 123400),
        ("12.340", 1234),
        ("0.1", 10),
        ("１２．５", 1250),
        ("¥1,000元", 100000),
        ("0", 0),
        (1234.56, 123456),
        (16777217, 1677721700),
    ],
)
def test_yuan_become_exact_fen(cell: object, fen: int) -> None:
    assert read(Award, "amount", cell) == (fen, None)


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("12.345", "too_fine"),
        (0.1 + 0.2, "too_fine"),
        ("-5", "negative"),
        ("1,23", "not_an_amount"),
        ("五百", "not_an_amount"),
        ("9" * 17, "too_large"),
    ],
)
def test_what_is_no_amount_is_a_fault(cell: object, fault: str) -> None:
    assert read(Award, "amount", cell) == (None, fault)


@given(st.integers(0, 10**15))
def test_amounts_are_read_exactly(fen: int) -> None:
    text = f"{fen // 100}.{fen % 100:02d}"
    assert read(Award, "amount", text) == (fen, None)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1,000", (1000, None)),
        ("12.0", (12, None)),
        ("12个月", (None, "not_a_number")),
        ("12人", (12, None)),
        ("１２", (12, None)),
        ("12.5", (None, "not_a_number")),
        ("-1", (None, "negative")),
        ("99999999999", (None, "too_large")),
        ("99999999999999999999999", (None, "too_large")),
        ("", (None, None)),
    ],
)
def test_whole_numbers(cell: str, expected: tuple[int | None, str | None]) -> None:
    assert read(Employer, "staff", cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("本区", (0, None)),
        ("district", (0, None)),
        ("外省市 ", (2, None)),
        ("①", (0, None)),
        ("(2)", (1, None)),
        ("（3）外省市", (2, None)),
        ("②本区", (0, None)),  # the label says it; senders number their own lists differently
        ("3.外省市", (2, None)),
        ("(9)", (None, "unknown_choice")),
        ("火星", (None, "unknown_choice")),
        ("", (None, None)),
        ("无", (None, "cannot_be_absent")),
    ],
)
def test_choices(cell: str, expected: tuple[int | None, str | None]) -> None:
    assert read(Person, "hukou", cell) == expected


def test_a_bare_ordinal_is_read_in_the_dictionarys_order_and_noted() -> None:
    parsed = parse(pl.Series(["2", "②", "本区"]), column(Person, "hukou"))
    assert parsed.values.to_list() == [1, 1, 0]
    assert parsed.warnings.to_list() == ["bare_ordinal", "bare_ordinal", None]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["是", "Y", "yes", "1", "TRUE", "√"], (True, None)),
        (["否", "n", "No", "0", "false", "×"], (False, None)),
        (["", "  "], (None, None)),
        (["无", "不适用"], (None, "cannot_be_absent")),
        (["大概", "2"], (None, "not_a_truth")),
    ],
)
def test_truths(cells: list[str], expected: tuple[bool | None, str | None]) -> None:
    assert {read(Person, "company_officer", cell) for cell in cells} == {expected}


@pytest.mark.parametrize(
    ("cell", "stored"),
    [("", ABSENT), (None, ABSENT), ("无", ABSENT), ("/", ABSENT), ("不适用", NOT_APPLICABLE)],
)
def test_nothing_where_a_fact_may_be_absent(cell: str | None, stored: int) -> None:
    assert read(Employment, "ended_on", cell) == (stored, None)
    assert read(Employment, "contract_months", cell) == (stored, None)


def test_a_missing_day_cell_of_a_parquet_file_is_absent_too() -> None:
    cells = pl.Series([dt.date(2020, 8, 3), None])
    parsed = parse(cells, column(Employment, "ended_on"))
    assert parsed.values.to_list() == [AUGUST_3, ABSENT]
    assert parsed.faults.to_list() == [None, None]


@pytest.mark.parametrize("cell", ["3.10114E+17", "3.1e17", 310114199001010011.0])
def test_a_number_that_lost_its_digits_is_not_guessed(cell: object) -> None:
    assert read(Employment, "worker", cell)[1] == "lost_digits"


def test_numbers_are_trimmed_and_their_x_is_upper_case() -> None:
    assert read(Employment, "worker", " 99000019900101001x ") == ("99000019900101001X", None)
    assert read(Employment, "worker", "'990000 199001010011") == ("990000199001010011", None)


def test_a_reference_that_may_be_absent_says_so() -> None:
    parsed = parse(pl.Series(["", "无", "不适用", "91990000MA"]), column(Contribution, "employer"))
    assert parsed.faults.null_count() == 4
    assert parsed.states is not None
    assert parsed.states.to_list() == ["absent", "absent", "not_applicable", None]


def test_a_unit_is_known_by_code_and_by_name() -> None:
    names = {"甲镇": "990101101", "990101101": "990101101"}
    parsed = parse(pl.Series(["甲镇", "990101101", "别处"]), column(Person, "town"), names)
    assert parsed.values.to_list() == ["990101101", "990101101", "别处"]
    assert parsed.warnings.to_list() == [None, None, "unknown_code"]
