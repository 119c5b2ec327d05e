"""No row is ever lost: in = accepted + rejected whatever is delivered, and the rejected return."""

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.registers.delivery import (
    code,
    grid,
    number,
    sent_back,
    table,
    take_in,
    write_csv,
    write_parquet,
    write_workbook,
)

NUMBERS = st.sampled_from(
    [number(n) for n in range(4)] + ["", "无", "12345", "3.1E+17", "E12345678"]
)
CODES = st.sampled_from([code(n) for n in range(3)] + ["", "不适用", "91X"])
DAYS = st.dates().map(str) | st.sampled_from(
    [
        "2020-02-30",
        "2020.2.29",
        "",
        "无",
        "20200101",
        "44000",
        "2020-01-01",
        "2020年5月",
        "x,y",
        "注",
    ]
)
WORDS = st.sampled_from(["是", "否", "本区", "①", "(9)", "", "1", "男"]) | st.text(
    st.characters(codec="utf-8", exclude_characters='\r\n",\x00', exclude_categories=("Cs", "Cc")),
    max_size=5,
)
PEOPLE = st.fixed_dictionaries(
    {"证件号码": NUMBERS, "姓名": WORDS, "出生日期": DAYS, "户籍": WORDS, "性别": WORDS}
)
EMPLOYERS = st.fixed_dictionaries({"统一社会信用代码": CODES, "规模": WORDS, "职工人数": WORDS})
EMPLOYMENT = st.fixed_dictionaries(
    {"证件号码": NUMBERS, "信用代码": CODES, "就业日期": DAYS, "终止日期": DAYS, "合同月数": WORDS}
)


def rows(row: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Rows of which each has something in its last column, so that none is blank or a note."""
    return st.lists(row.map(lambda cells: cells | {"序号": "1"}), min_size=1, max_size=12)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(rows(PEOPLE), rows(EMPLOYERS), rows(EMPLOYMENT), st.sampled_from(["csv", "xlsx", "parquet"]))
def test_rows_in_are_rows_accepted_and_rows_rejected(
    people: list[dict[str, Any]],
    employers: list[dict[str, Any]],
    employment: list[dict[str, Any]],
    form: str,
) -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "来文"
        delivered = {"人员": people, "用人单位": employers, "就业登记": employment}
        for name, sent in delivered.items():
            if form == "csv":
                write_csv(folder / f"{name}.csv", sent)
            elif form == "parquet":
                write_parquet(folder / f"{name}.parquet", sent)
            else:
                write_workbook(folder / f"{name}.xlsx", {name: _texts(sent)})
        report = take_in(folder)
        for part in report.by_register:
            sent = delivered[part.label]
            assert part.rows == len(sent)
            assert table(report, part.register).height == part.accepted
            back = sent_back(report, part.label) if part.rejected else []
            assert len(back) == part.rejected
            first = 1 if form == "parquet" else 2
            for row in back:
                original = sent[int(row["行"]) - first]
                assert {name: row[name] or "" for name in original} == original
                assert row["原因"]
                assert row["怎么办"]


def _texts(sent: list[dict[str, Any]]) -> list[list[Any]]:
    return [[cell or None for cell in row] for row in grid(sent)]
