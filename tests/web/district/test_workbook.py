"""What is exported: texts stay texts, fen become yuan."""

from __future__ import annotations

import io

import fastexcel

from wenye.web.district.workbook import workbook


def test_a_cell_never_becomes_a_formula() -> None:
    answer = workbook(
        "name", "sheet", ["=1+1", "fen"], [["=cmd|' /C calc'!A0", 12_345], ["+1", None]], fen=(1,)
    )
    assert answer["Content-Disposition"] == 'attachment; filename="name.xlsx"'
    sheet = fastexcel.read_excel(io.BytesIO(answer.content).getvalue()).load_sheet(0)
    frame = sheet.to_polars()
    assert frame.columns == ["=1+1", "fen"]
    assert frame["=1+1"].to_list() == ["=cmd|' /C calc'!A0", "+1"]
    assert frame["fen"].to_list() == [123.45, None]
