"""What is seen, as a workbook. Texts are written as texts: a cell never becomes a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from django.http import HttpResponse

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(
    name: str,
    sheet: str,
    head: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    fen: Sequence[int] = (),
) -> HttpResponse:
    """One sheet with a head; the columns ``fen`` hold whole fen and are written in yuan."""
    held = BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet[:31])
        bold = book.add_format({"bold": True, "bottom": 1})
        yuan = book.add_format({"num_format": "#,##0.00"})
        plain = book.add_format({"num_format": "#,##0"})
        for column, words in enumerate(head):
            page.write_string(0, column, str(words), bold)
        for line, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if value is None:
                    continue
                if isinstance(value, int) and not isinstance(value, bool):
                    number = Decimal(value) / 100 if column in fen else value
                    page.write_number(line, column, number, yuan if column in fen else plain)
                else:
                    page.write_string(line, column, str(value)[:32_000])
        page.freeze_panes(1, 0)
        page.autofit()
    answer = HttpResponse(held.getvalue(), content_type=_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer
