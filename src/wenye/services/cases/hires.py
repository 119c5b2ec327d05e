"""An employer's list of hires, read from its workbook by the same checks as a bureau's files.

Right rows become rows of the case; wrong ones go back in a workbook with what is wrong and what to
do. A person is taken only where number and name agree, so that nobody tries out numbers.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl
from django.utils import timezone
from django.utils.translation import gettext as _

from wenye.registers.columns import columns_of
from wenye.registers.csv_file import read_csv
from wenye.registers.errors import RegisterError
from wenye.registers.faults import AT, WHOLE_ROW, Faults, Warnings
from wenye.registers.files import Sheet
from wenye.registers.headers import folded, read_headers
from wenye.registers.identity import modern
from wenye.registers.model import Employment, Person
from wenye.registers.ranges import check_ranges
from wenye.registers.reading import Part, read_register
from wenye.registers.references import Known, resolve
from wenye.registers.rejected import as_rejected, said
from wenye.registers.repeats import check_repeats
from wenye.registers.sources import RAGGED, ROW, Source
from wenye.registers.workbook import read_workbook
from wenye.rules import calendar
from wenye.services.cases.attaching import check
from wenye.services.cases.errors import CaseRefused
from wenye.services.cases.sheets import worklist_workbook
from wenye.services.decisions.facts import facts
from wenye.services.people.models import Person as PersonRow
from wenye.services.security.sealing import blinds

#: The most rows of one list.
MOST = 500
NAME = "姓名"
_NAMES = ("姓名", "aac003", "name")
_NEEDED = ("worker", "started_on")


@dataclass
class HireList:
    """What a workbook held: rows of the case, and rows that go back with their reasons."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    wrong_head: list[str] = field(default_factory=list)
    wrong: list[list[str]] = field(default_factory=list)


def read_hires(content: bytes, name: str, employer: int) -> HireList:
    """Read a list. CaseRefused where the file as a whole cannot be read."""
    source = _source(content, name)
    headers = read_headers(Employment, source.top)
    lacking = [
        column.label
        for column in columns_of(Employment)
        if column.name in _NEEDED and column.name not in headers.names
    ]
    names_at = next(
        (str(at) for at, text in enumerate(headers.texts) if folded(text) in _NAMES), None
    )
    if names_at is None:
        lacking.append(NAME)
    if lacking:
        raise CaseRefused(
            _("名单里缺少这些列：") + "、".join(lacking),
            where=name,
            mend=_("请用模板填写，不要改表头。"),
        )
    try:
        reading = read_register(Employment, [Sheet(source, Employment, headers)], {}, Warnings())
    except RegisterError as error:
        raise CaseRefused(error.what, where=name, mend=error.mend) from error
    part = reading.parts[0]
    if part.raw.height > MOST:
        raise CaseRefused(
            _("名单太长。"), where=name, mend=_("一次最多%(most)d人，请分几次报。") % {"most": MOST}
        )
    table, faults = reading.table, reading.faults
    check_ranges(Employment, table, timezone.localdate(), faults)
    numbers = modern(table["worker"])
    people = _people(numbers.drop_nulls().unique().to_list())
    _check_names(table, numbers, part.raw, names_at or "", people, faults)
    known = pl.DataFrame(
        {"number": list(people), "key": [row.pk for row in people.values()]},
        schema={"number": pl.String(), "key": pl.Int32()},
    )
    nobody = pl.Series([], dtype=pl.String())
    table = resolve(Employment, table, {Person: Known(known, nobody)}, faults)
    table = table.with_columns(pl.lit(employer, pl.Int32).alias("employer"))
    check_repeats(Employment, faults.without(table), faults, Warnings())
    _check_held(table, employer, faults)
    found = HireList([_row(each) for each in faults.without(table).sort(AT).to_dicts()])
    _give_back(found, part, faults)
    return found


def _source(content: bytes, name: str) -> Source:
    """The first table of the file."""
    ending = Path(name).suffix.lower()
    if ending == ".xlsx":
        check(content, name)
    elif ending != ".csv" or len(content) > 5 << 20:
        raise CaseRefused(_("不收这种文件。"), where=name, mend=_("请用模板另存为 .xlsx。"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"list{ending}"
        path.write_bytes(content)
        try:
            sources = read_workbook(path) if ending == ".xlsx" else read_csv(path)
        except RegisterError as error:
            raise CaseRefused(error.what, where=name, mend=error.mend) from error
        if not sources:
            raise CaseRefused(_("名单是空的。"), where=name, mend=_("请填好后再上传。"))
        source = sources[0]
        # The rows are loaded while the file is still there.
        headers = read_headers(Employment, source.top)
        loaded = source.load(headers.rows)
    return Source(
        Path(name),
        source.sheet,
        source.form,
        source.top,
        lambda below: loaded,
        marked=source.marked,
    )


def _people(numbers: list[str]) -> dict[str, PersonRow]:
    """People by number, found by the blind index: two queries at most."""
    by_blind: dict[str, str] = {}
    for number in numbers[: MOST + 1]:
        for blind in blinds(number, "people.person.number"):
            by_blind[blind] = number
    found = PersonRow.objects.filter(number_blind__in=list(by_blind)).only(
        "key", "name", "number_blind"
    )
    return {by_blind[each.number_blind]: each for each in found}


def _check_names(
    table: pl.DataFrame,
    numbers: pl.Series,
    raw: pl.DataFrame,
    names_at: str,
    people: dict[str, PersonRow],
    faults: Faults,
) -> None:
    """A number with somebody else's name is as good as unknown."""
    given = raw[names_at].cast(pl.String).to_list() if names_at in raw.columns else []
    wrong = []
    for at, number in enumerate(numbers.to_list()):
        person = people.get(number or "")
        said_name = (given[at] or "").strip() if at < len(given) else ""
        if person is not None and said_name != person.name:
            wrong.append(at)
    if wrong:
        faults.add(table[AT].gather(wrong), "worker", "unknown_person")


def _check_held(table: pl.DataFrame, employer: int, faults: Faults) -> None:
    """Hires that the register has already."""
    workers = [key for key in table["worker"].to_list() if key is not None]
    if not workers:
        return
    held = facts().rows_by(Employment, "worker", workers)
    held = held.filter(pl.col("employer") == employer).select("worker", "started_on")
    again = table.join(held, on=["worker", "started_on"], how="semi")
    faults.add(again[AT], WHOLE_ROW, "duplicate")


def _row(values: dict[str, Any]) -> dict[str, Any]:
    """A row as the case keeps it: what is not known is left out."""
    found: dict[str, Any] = {
        "worker": int(values["worker"]),
        "started_on": calendar.date(values["started_on"]).isoformat(),
    }
    months = values.get("contract_months")
    if months is not None:
        found["contract_months"] = int(months) if months >= 0 else None
    return found


def _give_back(found: HireList, part: Part, faults: Faults) -> None:
    rows = faults.rows()
    if rows.is_empty():
        return
    headers = part.sheet.headers
    names = {column.name: column.label for column in columns_of(Employment)}
    names |= {column.name: headers.texts[at] for at, column in headers.found.items()}
    words = said(faults.frame(), names).sort(AT)
    raw = part.raw[rows.to_list()]
    cells = as_rejected(raw.drop(ROW, RAGGED), headers.texts)
    found.wrong_head = [*cells.columns, "行", "原因", "怎么办"]
    for at, line in enumerate(cells.rows()):
        told = [str(raw[ROW][at]), words["原因"][at], words["怎么办"][at]]
        found.wrong.append([*("" if cell is None else str(cell) for cell in line), *told])


def template() -> bytes:
    """The empty workbook to fill in."""
    import xlsxwriter

    content = BytesIO()
    workbook = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = workbook.add_worksheet("用工备案")
    head = workbook.add_format({"bold": True, "bg_color": "#E8EEF4"})
    text = workbook.add_format({"num_format": "@"})
    facts_ = Employment.facts()
    columns = [
        (f"{facts_['worker'].label}（必填）", 26),
        (f"{NAME}（必填）", 16),
        (f"{facts_['started_on'].label}（必填）", 18),
        (facts_["contract_months"].label, 20),
    ]
    sheet.freeze_panes(1, 0)
    for at, (label, width) in enumerate(columns):
        sheet.set_column(at, at, width, text)
        sheet.write_string(0, at, label, head)
    workbook.close()
    return content.getvalue()


def errors_workbook(head: list[str], wrong: list[list[str]]) -> bytes:
    """The wrong rows as they came, with what is wrong and what to do."""
    return worklist_workbook("需要改正的行", head, wrong, [*(20 for _ in head[:-2]), 44, 44])
