"""What a public notice says of an approval: a masked name, town, scheme, band and month."""

from __future__ import annotations

from django.utils import timezone

from wenye.services.cases.errors import CaseRefused
from wenye.services.cases.models import NoticeRow
from wenye.services.cases.names import masked_name
from wenye.services.cases.taking import Taking
from wenye.services.cases.workflows import add_working_days

#: Upper ends in fen, and how the band is printed: wide enough to tell nobody's amount.
BANDS: tuple[tuple[int, str], ...] = (
    (100_000, "1000元以下"),
    (500_000, "1000元至5000元"),
    (2_000_000, "5000元至2万元"),
    (10_000_000, "2万元至10万元"),
)


def band(amount_fen: int | None) -> str:
    """The band in which an amount lies."""
    if amount_fen is None:
        return "金额待定"
    return next((words for end, words in BANDS if amount_fen < end), "10万元以上")


def notice_row(taking: Taking) -> NoticeRow:
    """The row for a case that is about to be published, not yet saved."""
    case = taking.case
    today = timezone.localdate(taking.now)
    days = taking.case_type.notice_days(case.scheme)
    until = None if days is None else add_working_days(today, days)
    if until is None:
        raise CaseRefused(
            "公示期满的日子要到节假日安排公布后才能算出。",
            where=case.number,
            mend="请在节假日安排公布、系统更新日历后再批准。",
        )
    return NoticeRow(
        masked_name=masked_name(case),
        town=case.town,
        scheme=case.scheme,
        band=band(case.amount_fen),
        month=today.strftime("%Y-%m"),
        put_up_on=today,
        until=until,
    )
