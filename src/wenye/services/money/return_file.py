"""The bank's answer read: a head, a row a payment, a foot; what cannot be trusted is refused whole.

::

    H,WENYE-RET-1,2026-P000001,20261102
    D,00000001000001,1234.56,00,SERIAL-1
    D,00000001000002,500.00,A1,SERIAL-2
    T,2,<SM3 of every byte before this line>

The batch number may be ``*``: later answers about payments of several batches (退汇).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from wenye.services.money.bank_file import sm3
from wenye.services.money.errors import MoneyError

FORM = "WENYE-RET-1"
LARGEST = 8 * 1024 * 1024
MOST_ROWS = 100_000
PAID = "00"
#: A payment that had been made came back afterwards.
LATE = "R1"
#: Result codes: label, English label.
ANSWERS: dict[str, tuple[str, str]] = {
    PAID: ("支付成功", "paid"),
    "A1": ("账户已销户", "account closed"),
    "A2": ("没有这个账户", "no such account"),
    "A3": ("账户冻结或受限", "account frozen or restricted"),
    "N1": ("户名与账号不符", "name does not match the account"),
    "L1": ("超过限额", "above a limit"),
    "X9": ("银行其他原因", "another reason of the bank"),
    LATE: ("支付后退汇", "returned after payment"),
}
_AMOUNT = re.compile(r"(0|[1-9][0-9]{0,12})\.([0-9]{2})\Z")
_TEXT = re.compile(r"[A-Za-z0-9._-]{1,64}\Z")


@dataclass(frozen=True, slots=True)
class Row:
    """One row; ``fen`` None and an empty ``answer`` where it could not be read."""

    place: int
    reference: str
    fen: int | None
    answer: str
    serial: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole file."""

    batch: str
    day: dt.date
    rows: tuple[Row, ...]
    digest: str


def read(content: bytes) -> Answer:
    """The file, or MoneyError: nothing of a file that is cut off or changed is taken."""
    if len(content) > LARGEST:
        raise MoneyError(_("文件太大。"), mend=_("一个回单文件不超过8兆字节。"))
    try:
        text = content.decode("ascii")
    except UnicodeDecodeError:
        raise MoneyError(
            _("这不是银行回单文件。"), mend=_("请上传银行给出的原文件，不要另存。")
        ) from None
    lines = text.split("\n")
    if lines and lines[-1] == "":
        lines.pop()
    if len(lines) < 3 or len(lines) > MOST_ROWS + 2:
        raise MoneyError(_("回单文件没有内容，或者行数不对。"))
    head = lines[0].rstrip("\r").split(",")
    foot = lines[-1].rstrip("\r").split(",")
    if len(head) != 4 or head[:2] != ["H", FORM]:
        raise MoneyError(_("文件头不是回单的格式。"), where=_("第1行"))
    if len(foot) != 3 or foot[0] != "T":
        raise MoneyError(_("文件不完整：没有结尾行。"), mend=_("请重新下载回单后再上传。"))
    body = content[: content.rstrip(b"\r\n").rfind(b"\n") + 1]
    if foot[2] != sm3(body):
        raise MoneyError(
            _("文件摘要不符：内容被改过或没有传完。"), mend=_("请重新下载回单后再上传。")
        )
    if foot[1] != str(len(lines) - 2):
        raise MoneyError(_("文件结尾的笔数与内容不符。"))
    rows = tuple(_row(place, line.rstrip("\r")) for place, line in enumerate(lines[1:-1], start=2))
    return Answer(head[2], _day(head[3]), rows, sm3(content))


def _row(place: int, line: str) -> Row:
    parts = line.split(",")
    if len(parts) != 5 or parts[0] != "D" or not all(_TEXT.match(part) for part in parts[1:]):
        return Row(place, "", None, "", "")
    amount = _AMOUNT.match(parts[2])
    fen = None if amount is None else int(amount[1]) * 100 + int(amount[2])
    return Row(place, parts[1], fen, parts[3][:12] if fen is not None else "", parts[4])


def _day(text: str) -> dt.date:
    try:
        return dt.datetime.strptime(text, "%Y%m%d").date()
    except ValueError:
        raise MoneyError(_("文件头的日期无法读取。"), where=text[:20]) from None
