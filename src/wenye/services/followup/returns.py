"""Monthly returns: a town's figures, counted from registers and contacts. Nobody types one."""

from __future__ import annotations

import datetime as dt

import polars as pl
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from wenye.services.accounts.roles import Acting
from wenye.services.audit import record
from wenye.services.decisions.district import town_names
from wenye.services.decisions.facts import facts
from wenye.services.followup.clocks import law_due
from wenye.services.followup.content import content
from wenye.services.followup.errors import FollowupRefused
from wenye.services.followup.findings import next_month
from wenye.services.followup.ledgers import ledger
from wenye.services.followup.models import Contact, MonthlyReturn, Referred
from wenye.services.followup.refreshing import begun_on

#: The figures that are no ledger's count, in order, with the ledger that one drills down into.
FIGURES: dict[str, str] = {
    "unemployed_at_end": "unemployed",
    "newly_registered": "unemployed",
    "cancelled": "unemployed",
    "certified_at_end": "hard_to_employ",
    "newly_certified": "hard_to_employ",
    "re_employed": "re_employed",
    "new_jobs": "new_jobs",
    "job_seeking": "job_seeking",
    "retired": "retired",
    "contacts": "unemployed",
    "people_contacted": "unemployed",
    "not_contacted": "unemployed",
    "refused": "unemployed",
    "referrals": "unemployed",
}


def figure_words(name: str) -> str:
    """What a figure is called."""
    return {
        "unemployed_at_end": _("月末登记失业"),
        "newly_registered": _("当月新登记"),
        "cancelled": _("当月注销"),
        "certified_at_end": _("月末就业困难"),
        "newly_certified": _("当月新认定"),
        "re_employed": _("再就业"),
        "new_jobs": _("新增就业"),
        "job_seeking": _("求职"),
        "retired": _("退休"),
        "contacts": _("联系次数"),
        "people_contacted": _("联系到的人"),
        "not_contacted": _("整月未联系到"),
        "refused": _("不接受安排"),
        "referrals": _("转介"),
    }[name]


def make(month: dt.date, acting: Acting | None = None, on: dt.date | None = None) -> int:
    """Count a month (its first day) for every town, beside what was counted before; how many.

    A town whose figures have not changed keeps its return. FollowupRefused before it begins.
    """
    today = on or timezone.localdate()
    if month > today:
        raise FollowupRefused(_("这个月还没有开始。"), mend=_("请选本月或以前的月份。"))
    figures = _figures(month, today)
    counted_to = min(today, next_month(month) - dt.timedelta(days=1))
    digest = facts().digest
    made = 0
    with transaction.atomic():
        held = {
            row.town: row
            for row in MonthlyReturn.objects.select_for_update().filter(month=month, current=True)
        }
        for town, numbers in figures.items():
            before = held.get(town)
            if before is not None and before.figures == numbers:
                if before.counted_to != counted_to:
                    before.counted_to = counted_to
                    before.save(update_fields=["counted_to"])
                continue
            if before is not None:
                MonthlyReturn.objects.filter(pk=before.pk).update(current=False)
            MonthlyReturn.objects.create(
                month=month,
                town=town,
                figures=numbers,
                counted_to=counted_to,
                facts_digest=digest,
            )
            made += 1
        if made:
            record.change(acting, "followup.return", "month", month, detail={"made": made})
    return made


def _figures(month: dt.date, today: dt.date) -> dict[str, dict[str, int]]:
    after = next_month(month)
    last = after - dt.timedelta(days=1)
    frames = {name: ledger(name, month) for name in content().ledgers}
    found = {
        town: dict.fromkeys(FIGURES, 0)
        for town in [*town_names(), *frames["unemployed"]["town"].unique().sort().to_list()]
    }

    def put(name: str, frame: pl.DataFrame) -> None:
        for town, count in frame.group_by("town").len().sort("town").iter_rows():
            found.setdefault(town, dict.fromkeys(FIGURES, 0))[name] = count

    out, hard = frames["unemployed"], frames["hard_to_employ"]
    open_at_end = pl.col("ended_on").is_null() | (pl.col("ended_on") > last)
    put("unemployed_at_end", out.filter(open_at_end))
    put("newly_registered", out.filter(pl.col("started_on") >= month))
    put("cancelled", out.filter(pl.col("ended_on").is_between(month, last)))
    put("certified_at_end", hard.filter(open_at_end))
    put("newly_certified", hard.filter(pl.col("started_on") >= month))
    for name in ("re_employed", "new_jobs", "job_seeking", "retired"):
        put(name, frames[name])
    for town, numbers in _contacts(month, after).items():
        found.setdefault(town, dict.fromkeys(FIGURES, 0)).update(numbers)
    if last < today:
        put("not_contacted", _missed(out.filter(open_at_end), month, last))
    return found


def _contacts(month: dt.date, after: dt.date) -> dict[str, dict[str, int]]:
    rows = (
        Contact.objects.standing()
        .filter(on__gte=month, on__lt=after)
        .values_list("town")
        .annotate(
            contacts=Count("pk"),
            people=Count("person_id", filter=Q(reached=True), distinct=True),
            refused=Count("person_id", filter=Q(accepts=Contact.NO), distinct=True),
        )
        .order_by("town")
    )
    found = {
        town: {"contacts": contacts, "people_contacted": people, "refused": refused}
        for town, contacts, people, refused in rows
    }
    referred = (
        Referred.objects.filter(on__gte=month, on__lt=after)
        .values_list("town")
        .annotate(count=Count("pk"))
        .order_by("town")
    )
    for town, count in referred:
        found.setdefault(town, {})["referrals"] = count
    return found


def _missed(out: pl.DataFrame, month: dt.date, last: dt.date) -> pl.DataFrame:
    """Those of whom the month was owed in whole, on record, and passed without a contact."""
    begun = begun_on()
    counting = Contact.objects.standing().filter(on__gte=month, on__lte=last)
    if content().only_reached_counts:
        counting = counting.filter(reached=True)
    met = set(counting.values_list("person_id", flat=True))
    day_after = last + dt.timedelta(days=1)
    owed: dict[dt.date, bool] = {}
    for event in out["started_on"].unique().to_list():
        due, part = law_due(event, month - dt.timedelta(days=1), day_after, begun)
        owed[event] = due == last and not part
    keep = [
        owed[event] and key not in met
        for key, event in out.select("person", "started_on").iter_rows()
    ]
    return out.filter(pl.Series(keep, dtype=pl.Boolean()))
