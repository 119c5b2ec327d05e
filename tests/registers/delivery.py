"""Small deliveries of bureau files: invented people with numbers whose place does not exist."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from wenye.registers.identifiers import credit_code_valid, identity_number_valid
from wenye.registers.intake import intake
from wenye.registers.report import IntakeReport

Row = Mapping[str, Any]
Table = Sequence[Row]


def number(n: int, born: str = "19900101") -> str:
    """The n-th person's identity number, with its right check character."""
    first = f"990000{born}{n % 1000:03d}"
    return next(first + c for c in "0123456789X" if identity_number_valid(first + c))


def code(n: int) -> str:
    """The n-th employer's credit code, with its right check character."""
    first = f"91990000MA{n:07d}"
    return next(
        first + c for c in "0123456789ABCDEFGHJKLMNPQRTUWXY" if credit_code_valid(first + c)
    )


def person(n: int, **more: Any) -> dict[str, Any]:
    return {"证件号码": number(n), "姓名": "某甲", "出生日期": "1990-01-01", "性别": "男"} | more


def employer(n: int, **more: Any) -> dict[str, Any]:
    return {"统一社会信用代码": code(n), "单位名称": "某公司", "单位类型": "企业"} | more


def employment(n: int, at: int, first: str, last: str = "", **more: Any) -> dict[str, Any]:
    spell = {"就业日期": first, "终止日期": last}
    return {"证件号码": number(n), "统一社会信用代码": code(at)} | spell | more


def unemployment(n: int, first: str, last: str = "", **more: Any) -> dict[str, Any]:
    return {"证件号码": number(n), "失业登记日期": first, "注销日期": last} | more


def contribution(n: int, first: str, last: str, **more: Any) -> dict[str, Any]:
    months = {"起始月份": first, "截止月份": last}
    return (
        {"证件号码": number(n), "统一社会信用代码": ""} | months | {"参保身份": "灵活就业"} | more
    )


PEOPLE = [person(1), person(2), person(3)]
EMPLOYERS = [employer(1), employer(2)]


def write_csv(path: Path, rows: Table, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    names = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([[row.get(name, "") for name in names] for row in rows])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.getvalue(), encoding=encoding)
    return path


def write_parquet(path: Path, rows: Table) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    pl.DataFrame(list(rows), infer_schema_length=None).write_parquet(path)
    return path


def write_workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    """Sheets as lists of rows; a text that begins with ``=`` is a formula, None no cell."""
    path.parent.mkdir(parents=True, exist_ok=True)
    workbook = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        sheet = workbook.add_worksheet(name)
        for at, row in enumerate(rows):
            for place, cell in enumerate(row):
                if cell is not None:
                    sheet.write(at, place, cell)
    workbook.close()
    return path


def grid(rows: Table) -> list[list[Any]]:
    """Rows as a sheet: headers, then cells."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    return [names, *([row.get(name) for name in names] for row in rows)]


def deliver(folder: Path, **registers: Table) -> Path:
    """A folder of CSV files by register name; people and employers are there by default."""
    for name, rows in ({"people": PEOPLE, "employers": EMPLOYERS} | registers).items():
        write_csv(folder / f"{name}.csv", rows)
    return folder


def take_in(folder: Path, **more: Any) -> IntakeReport:
    """Take a delivery into ``registers`` beside its folder, and check that no row is lost."""
    import datetime as dt

    options = {"complete_to": dt.date(2026, 10, 31)} | more
    report = intake(folder, folder.parent / "registers", **options)
    for part in (*report.files, *report.by_register):
        assert part.rows == part.accepted + part.rejected
    for register in report.by_register:
        mine = [file for file in report.files if file.register == register.register]
        assert sum(file.rows for file in mine) == register.rows
    return report


def reasons(report: IntakeReport, register: str) -> dict[str, int]:
    """How often each fault was found in a register."""
    return next(part.reasons for part in report.by_register if part.register == register)


def warned(report: IntakeReport) -> dict[str, int]:
    """Warnings by kind."""
    counts: dict[str, int] = {}
    for item in report.warnings:
        counts[item.kind] = counts.get(item.kind, 0) + item.count
    return counts


def table(report: IntakeReport, register: str) -> pl.DataFrame:
    """A register as stored."""
    return pl.read_parquet(report.registers / f"{register}.parquet")


def sent_back(report: IntakeReport, sheet: str) -> list[dict[str, Any]]:
    """The rows of a sheet of the rejected workbook."""
    import fastexcel

    assert report.rejected_workbook is not None
    book = fastexcel.read_excel(report.rejected_workbook)
    return book.load_sheet(sheet, dtypes="string").to_polars().to_dicts()
