"""Ledgers and returns as workbooks. Cells hold text and numbers, never a formula."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterable
from pathlib import Path

import polars as pl
from django.db import transaction
from django.utils.translation import gettext as _

from wenye.determination.sheets import Book, Column
from wenye.services.accounts.roles import Acting
from wenye.services.audit import record
from wenye.services.audit.record import Purpose
from wenye.services.decisions.district import town_names
from wenye.services.followup.content import content
from wenye.services.followup.errors import FollowupRefused
from wenye.services.followup.ledgers import COLUMNS, ledger
from wenye.services.followup.models import Contact, Followed, MonthlyReturn
from wenye.services.followup.returns import FIGURES, figure_words
from wenye.services.people.models import Person
from wenye.services.security import masking

#: Full names and numbers are given for these purposes only.
FULL_FOR = (Purpose.FOLLOW_UP, Purpose.AUDIT)


def ledger_book(
    acting: Acting,
    which: str,
    month: dt.date,
    town: str | None,
    purpose: Purpose,
    *,
    full: bool = False,
    committee: str = "",
) -> bytes:
    """A ledger as a workbook; every person in it is noted as read, for the purpose.

    FollowupRefused for full names and numbers of a whole district, or for another purpose.
    """
    if full and (purpose not in FULL_FOR or town is None):
        raise FollowupRefused(
            _("这个用途只能下载遮蔽后的台账。"), mend=_("请选遮蔽版，或按街镇以跟踪服务用途下载。")
        )
    kind = content().ledgers[which]
    frame = ledger(which, month, town)
    keys = frame["person"].to_list()
    names = _who(keys, full=full)
    places = _committees(keys)
    towns = town_names()
    situations = {key: option.label for key, option in content().situations.items()}
    accepts = dict(Contact.ACCEPTS)
    rows = []
    for row in frame.iter_rows(named=True):
        key = row["person"]
        if committee and places.get(key, "") != committee:
            continue
        name, number = names.get(key, ("", ""))
        rows.append(
            {
                "编号": key,
                "姓名": name,
                "证件号码": number,
                "街镇": towns.get(row["town"], row["town"]),
                "村居": places.get(key, ""),
                "起始日期": _day(row["started_on"]),
                "终止日期": _day(row["ended_on"]),
                "说明": row["detail"] or "",
                "本月联系次数": row["contacts"],
                "本月最近联系": _day(row["last_on"]),
                "告知的就业状态": situations.get(row["situation"] or "", ""),
                "是否服从安排": accepts.get(row["accepts"] or "", "") if row["accepts"] else "",
            }
        )
    columns = [
        Column("编号", 10, "key"),
        Column("姓名", 14),
        Column("证件号码", 22),
        Column("街镇", 14),
        Column("村居", 16),
        *(Column(head, 14, "number" if name == "contacts" else "text")
          for name, head in COLUMNS.items()),
    ]  # fmt: skip
    schema = {
        column.head: pl.Int64() if column.kind in ("key", "number") else pl.String()
        for column in columns
    }
    note = f"{kind.label} {month:%Y-%m}：{kind.says}。{content().ledgers_note}"
    data = _book(kind.label, columns, pl.DataFrame(rows, schema=schema, orient="row"), note)
    with transaction.atomic():
        read = [row["编号"] for row in rows]
        record.read(
            acting,
            purpose,
            people=read,
            page="followup.ledger",
            detail={"ledger": which, "month": f"{month:%Y-%m}", "full": full},
        )
        record.change(
            acting,
            "followup.export",
            "ledger",
            f"{which}:{month:%Y-%m}",
            purpose=purpose,
            detail={"town": town or "", "full": full, "rows": len(read)},
        )
    return data


def return_book(month: dt.date, rows: Iterable[MonthlyReturn]) -> bytes:
    """The returns of a month as a workbook: a line a town, and their sum."""
    towns = town_names()
    columns = [Column("街镇", 16), *(Column(figure_words(name), 12, "number") for name in FIGURES)]
    lines = [
        [towns.get(row.town, row.town or "街镇不明"), *(row.figures.get(n, 0) for n in FIGURES)]
        for row in rows
    ]
    lines.append(["合计", *(sum(line[at] for line in lines) for at in range(1, len(columns)))])
    schema = {c.head: pl.Int64() if c.kind == "number" else pl.String() for c in columns}
    frame = pl.DataFrame(lines, schema=schema, orient="row")
    return _book("月报", columns, frame, f"{month:%Y-%m} 由登记和跟踪记录生成，不手工填")


def _book(title: str, columns: list[Column], frame: pl.DataFrame, note: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="wenye-ledger-") as folder:
        path = Path(folder) / "ledger.xlsx"
        with Book(path, title) as book:
            book.table(title[:31], columns, frame, note)
        return path.read_bytes()


def _who(keys: list[int], *, full: bool) -> dict[int, tuple[str, str]]:
    """Names and numbers; masked unless they are asked for in full."""
    found: dict[int, tuple[str, str]] = {}
    for at in range(0, len(keys), 5_000):
        people = Person.objects.filter(pk__in=keys[at : at + 5_000])
        for person in people.only("key", "name", "number"):
            number = person.number or ""
            if full:
                found[person.pk] = (person.shown_name, number)
            else:
                found[person.pk] = (person.masked_name, masking.document(number))
    return found


def _committees(keys: list[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for at in range(0, len(keys), 5_000):
        rows = Followed.objects.filter(pk__in=keys[at : at + 5_000]).exclude(committee="")
        found.update(rows.values_list("pk", "committee"))
    return found


def _day(value: dt.date | None) -> str:
    return "" if value is None else value.isoformat()
