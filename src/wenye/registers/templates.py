"""Empty workbooks for senders to fill in, one per register, made from the model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from wenye.registers.columns import Column, columns_of
from wenye.registers.model import MODEL
from wenye.rules.facts import Entity

_ROWS = 1_048_575


def write_templates(folder: str | Path) -> list[Path]:
    """Write ``<label>.xlsx`` for every register, and an empty 完整日期.csv; OSError where refused.

    Number and code columns are formatted as text, so that a spreadsheet keeps all 18 digits;
    choices and truths have a drop-down list. An existing file is not overwritten.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for entity in MODEL:
        path = folder / f"{entity.register.label}.xlsx"
        if not path.exists():
            _write(path, entity)
            written.append(path)
    days = folder / "完整日期.csv"
    if not days.exists():
        days.write_text("登记册,完整至\n", encoding="utf-8-sig")
        written.append(days)
    return written


def _write(path: Path, entity: type[Entity]) -> None:
    import xlsxwriter

    workbook = xlsxwriter.Workbook(str(path))
    sheet = workbook.add_worksheet(entity.register.label)
    formats = {
        "head": workbook.add_format({"bold": True, "bg_color": "#E8EEF4"}),
        "day": workbook.add_format({"num_format": "yyyy-mm-dd"}),
        "text": workbook.add_format({"num_format": "@"}),
        "money": workbook.add_format({"num_format": "0.00"}),
    }
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(columns_of(entity)):
        mark = "（必填）" if column.required else ""
        kind = column.kind.name
        form = formats.get(kind if kind in ("day", "money") else "text")
        sheet.set_column(at, at, max(14, 2 * len(column.label) + 8), form)
        sheet.write_string(0, at, column.label + mark, formats["head"])
        _offer(sheet, at, column)
    workbook.close()


def _offer(sheet: Any, at: int, column: Column) -> None:
    """A drop-down list where the fact has options."""
    if column.kind.name == "truth":
        options = ["是", "否"]
    elif column.kind.name == "choice":
        options = [label for _, label in column.kind.options]
    else:
        return
    sheet.data_validation(1, at, _ROWS, at, {"validate": "list", "source": options})
