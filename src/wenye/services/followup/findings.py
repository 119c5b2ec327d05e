"""The detector run over a month and its findings kept, with what was said to each."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenye.registers.model import Employment, Unemployment
from wenye.rules import calendar
from wenye.services.accounts.roles import Acting
from wenye.services.audit import record
from wenye.services.decisions.facts import facts
from wenye.services.followup.content import content
from wenye.services.followup.detecting import (
    BackInWork,
    Entry,
    Pattern,
    dates_made,
    one_phone,
    patterns,
)
from wenye.services.followup.errors import FollowupRefused
from wenye.services.followup.models import Contact, Finding, Followed

#: Ids kept with a finding; the numbers count them all.
_MOST_KEPT = 500


def detect(month: dt.date, acting: Acting | None = None) -> list[Finding]:
    """Look through a month (its first day) and keep what was found; idempotent.

    A finding of the same kind, town and worker takes the new numbers and keeps its answer.
    """
    limits = content()
    found = patterns(_entries(month), limits)
    found += dates_made(_back_in_work(month), limits)
    found += one_phone(_phones(), limits)
    with transaction.atomic():
        held = {
            (row.kind, row.town, row.worker_id): row
            for row in Finding.objects.select_for_update().filter(month=month)
        }
        kept = [_kept(month, pattern, held) for pattern in found]
        gone = [row.pk for row in held.values() if row.state == Finding.OPEN]
        Finding.objects.filter(pk__in=gone).delete()
        record.change(acting, "followup.detect", "month", month, detail={"found": len(kept)})
    return kept


def _kept(
    month: dt.date, pattern: Pattern, held: dict[tuple[str, str, int | None], Finding]
) -> Finding:
    row = held.pop((pattern.kind, pattern.town, pattern.worker), None)
    if row is None:
        row = Finding(month=month, town=pattern.town, kind=pattern.kind, worker_id=pattern.worker)
    row.numbers = pattern.numbers
    row.contacts = pattern.contacts[:_MOST_KEPT]
    row.people = pattern.people[:_MOST_KEPT]
    row.save()
    return row


def answer(acting: Acting, finding_id: int, state: str, words: str) -> Finding:
    """Say what a second look has shown: explained, or taken up elsewhere."""
    if state not in (Finding.EXPLAINED, Finding.TAKEN_UP):
        raise FollowupRefused(_("没有选核对结果。"), mend=_("请选一项。"))
    if not words.strip():
        raise FollowupRefused(_("还缺一项：核对情况。"), mend=_("请写明看到了什么。"))
    with transaction.atomic():
        row = Finding.objects.select_for_update().get(pk=finding_id)
        if row.worker_id == acting.user_id:
            raise FollowupRefused(_("涉及您本人的记录要由别人核对。"), mend=_("请转给其他审核员。"))
        row.state, row.answer = state, words.strip()
        row.answered_by, row.answered_at = acting.user_id, timezone.now()
        row.save()
        record.change(acting, "followup.answer", "finding", row.pk, detail={"state": state})
    return row


def _entries(month: dt.date) -> list[Entry]:
    rows = (
        Contact.objects.standing()
        .filter(on__gte=month, on__lt=next_month(month))
        .defer("place", "reason")
        .order_by("pk")
    )
    return [
        Entry(
            row.pk,
            row.worker_id,
            row.town,
            row.person_id,
            timezone.localtime(row.at),
            timezone.localtime(row.recorded_at),
            row.method,
            row.outcome,
            row.situation,
            tuple(row.needs),
            row.accepts,
            row.note or "",
        )
        for row in rows.iterator(chunk_size=2_000)
    ]


def _back_in_work(month: dt.date) -> list[BackInWork]:
    """People whose job began in the month, out of registered unemployment that the job ended."""
    tables = facts()
    first = calendar.code(month)
    after = calendar.code(next_month(month))
    jobs = (
        tables.table(Employment)
        .filter((pl.col("started_on") >= first) & (pl.col("started_on") < after))
        .select(pl.col("worker").alias("person"), pl.col("started_on").alias("hired_on"))
    )
    rows = (
        tables.table(Unemployment)
        .select("person", pl.col("started_on").alias("registered_on"))
        .filter(pl.col("registered_on") > calendar.NOT_APPLICABLE[32])
        .join(jobs, on="person")
        .filter(pl.col("registered_on") < pl.col("hired_on"))
        .group_by("person")
        .agg(pl.col("registered_on").max(), pl.col("hired_on").max())
        .sort("person")
        .collect()
    )
    return [_spell(row, town) for row, town in _with_towns(rows)]


def _with_towns(rows: pl.DataFrame) -> list[tuple[dict[str, Any], str]]:
    from wenye.registers.model import Person

    tables = facts()
    people = tables.rows_by(Person, "key", rows["person"].to_list()).select(
        pl.col("key").alias("person"), "town"
    )
    joined = rows.join(people, on="person", how="inner").sort("person")
    return [(row, row["town"] or "") for row in joined.iter_rows(named=True)]


def _spell(row: dict[str, Any], town: str) -> BackInWork:
    return BackInWork(
        None,
        town,
        row["person"],
        calendar.date(row["registered_on"]),
        calendar.date(row["hired_on"]),
    )


def _phones() -> list[tuple[str, int, str]]:
    rows = Followed.objects.now().exclude(person__phone_blind=None)
    chosen = rows.order_by("person_id").values_list("town", "person_id", "person__phone_blind")
    return [(town, key, blind or "") for town, key, blind in chosen.iterator(chunk_size=5_000)]


def next_month(month: dt.date) -> dt.date:
    """The first day of the month after."""
    return (month.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def explained(finding: Finding) -> str:
    """A finding in words, with its numbers."""
    return str(_SENTENCES[finding.kind]() % finding.numbers)


_SENTENCES: dict[str, Any] = {
    "burst": lambda: _("%(minutes)d分钟内最多有%(contacts)d次联系（达到%(least)d次就列出）。"),
    "visit_burst": lambda: _(
        "%(minutes)d分钟内最多有%(contacts)d次上门（达到%(least)d次就列出）。"
    ),
    "month_end": lambda: _(
        "全月%(all)d次联系，%(contacts)d次在最后%(days)d天，占%(percent)d%%"
        "（达到%(least)d%%就列出）。"
    ),
    "copies": lambda: _(
        "%(all)d次联系中有%(contacts)d次的备注一字不差，最多的一段出现%(largest)d次"
        "（达到%(least)d次就列出）。"
    ),
    "near_copies": lambda: _(
        "%(all)d次联系中有%(contacts)d次的备注几乎相同（重合%(percent)d%%以上，"
        "达到%(least)d次就列出）。"
    ),
    "constant": lambda: _(
        "%(all)d次联系，%(of)d栏中有%(columns)d栏几乎全填同一项"
        "（%(percent)d%%以上相同，达到%(least)d栏就列出）。"
    ),
    "hours": lambda: _(
        "%(all)d次联系中有%(contacts)d次在%(first)d点以前或%(last)d点以后"
        "（达到%(least)d次就列出）。"
    ),
    "entered_late": lambda: _(
        "%(all)d次联系中有%(contacts)d次是%(days)d天以后补记的，占%(percent)d%%"
        "（达到%(least)d%%就列出）。"
    ),
    "dates": lambda: _(
        "再就业的%(all)d人中，%(people)d人的失业登记恰好在就业前一个月，占%(percent)d%%"
        "（达到%(least)d%%就列出）。"
    ),
    "phone": lambda: _(
        "%(numbers)d个电话号码登记在%(people)d人名下，最多的一个有%(largest)d人"
        "（达到%(least)d人就列出）。"
    ),
}

KIND_WORDS: dict[str, Any] = {
    "burst": lambda: _("短时间内很多次联系"),
    "visit_burst": lambda: _("短时间内很多次上门"),
    "month_end": lambda: _("集中在月底"),
    "copies": lambda: _("备注相同"),
    "near_copies": lambda: _("备注几乎相同"),
    "constant": lambda: _("各栏都填同一项"),
    "hours": lambda: _("时间不寻常"),
    "entered_late": lambda: _("事后补记"),
    "dates": lambda: _("失业登记恰在就业前一个月"),
    "phone": lambda: _("多人同一号码"),
}


def kind_words(kind: str) -> str:
    """What a kind of finding is called."""
    return str(KIND_WORDS[kind]())
