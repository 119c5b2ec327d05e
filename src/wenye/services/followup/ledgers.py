"""The grass-roots ledgers (台账) of a month, made from registers and contacts; nobody types them.

A ledger is a frame of one row a person, by surrogate key; who they are is put in by whoever may
read it (``workbooks``). Who stands in which ledger is said in ``followup.yaml``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import polars as pl
from django.db.models import Q

from wenye.registers.model import (
    Certification,
    Employment,
    FlexibleWork,
    Person,
    Unemployment,
)
from wenye.rules import calendar
from wenye.services.decisions.facts import Facts, facts
from wenye.services.followup.findings import next_month
from wenye.services.followup.models import Contact

_GONE = calendar.NOT_APPLICABLE[32]
#: The columns of a ledger, in order, with their heads; those that a ledger does not have are empty.
COLUMNS = {
    "started_on": "起始日期",
    "ended_on": "终止日期",
    "detail": "说明",
    "contacts": "本月联系次数",
    "last_on": "本月最近联系",
    "situation": "告知的就业状态",
    "accepts": "是否服从安排",
}
_SCHEMA = {
    "person": pl.Int32(),
    "town": pl.String(),
    "started_on": pl.Date(),
    "ended_on": pl.Date(),
    "detail": pl.String(),
    "contacts": pl.Int64(),
    "last_on": pl.Date(),
    "situation": pl.String(),
    "accepts": pl.String(),
}


def ledger(which: str, month: dt.date, town: str | None = None) -> pl.DataFrame:
    """A ledger of a month (its first day), of one town or of all, in order of town and key."""
    tables = facts()
    told = _told(month, town)
    rows = _LEDGERS[which](tables, month, told)
    people = tables.table(Person).select(pl.col("key").alias("person"), "town")
    if town is not None:
        people = people.filter(pl.col("town") == town)
    frame = (
        rows.join(people, on="person", how="inner")
        .join(told.lazy(), on="person", how="left")
        .with_columns(pl.col("contacts").fill_null(0), pl.col("town").fill_null(""))
        .sort("town", "person")
        .collect()
    )
    return frame.select(
        [
            pl.col(name).cast(dtype) if name in frame.columns else pl.lit(None, dtype).alias(name)
            for name, dtype in _SCHEMA.items()
        ]
    )


def _told(month: dt.date, town: str | None) -> pl.DataFrame:
    """What the month's contacts say of each person: how many, the last one, and what was told."""
    test = Q(on__gte=month, on__lt=next_month(month))
    if town is not None:
        test &= Q(town=town)
    rows = (
        Contact.objects.standing()
        .filter(test)
        .order_by("at", "pk")
        .values_list("person_id", "on", "reached", "situation", "accepts", "needs")
    )
    found: dict[int, list[object]] = {}
    for person, day, reached, situation, accepts, needs in rows.iterator(chunk_size=5_000):
        held = found.setdefault(person, [person, 0, day, "", Contact.UNKNOWN, False, False])
        held[1] = int(str(held[1])) + 1
        held[2] = day
        if reached:
            held[3] = situation
            if accepts != Contact.UNKNOWN:
                held[4] = accepts
            held[5] = held[5] or "post" in needs
            held[6] = held[6] or situation == "retired"
    schema = {
        "person": pl.Int32(),
        "contacts": pl.Int64(),
        "last_on": pl.Date(),
        "situation": pl.String(),
        "accepts": pl.String(),
        "wants_post": pl.Boolean(),
        "retired": pl.Boolean(),
    }
    return pl.DataFrame(list(found.values()), schema=schema, orient="row")


Ledger = Callable[[Facts, dt.date, pl.DataFrame], pl.LazyFrame]


def _unemployed(tables: Facts, month: dt.date, told: pl.DataFrame) -> pl.LazyFrame:
    return _dated(_during(tables.table(Unemployment), month).group_by("person").agg(_LATEST))


def _hard_to_employ(tables: Facts, month: dt.date, told: pl.DataFrame) -> pl.LazyFrame:
    rows = _during(tables.table(Certification), month).group_by("person")
    detail = pl.col("category").sort_by("started_on").last().alias("detail")
    return _dated(rows.agg(*_LATEST, detail))


def _re_employed(tables: Facts, month: dt.date, told: pl.DataFrame) -> pl.LazyFrame:
    """Work begun in the month, straight out of a spell, or in the month in which it ended."""
    begun = pl.concat(
        [
            _begun(tables.table(Employment), month).select(
                pl.col("worker").alias("person"), "started_on", pl.lit("就业登记").alias("detail")
            ),
            _begun(tables.table(FlexibleWork), month).select(
                "person", "started_on", pl.lit("灵活就业登记").alias("detail")
            ),
        ]
    )
    spells = tables.table(Unemployment).select(
        "person", pl.col("started_on").alias("out_since"), pl.col("ended_on").alias("out_until")
    )
    still_out = (
        pl.col("out_until").is_null()
        | (pl.col("out_until") <= _GONE)
        | (pl.col("out_until") >= calendar.code(month))
    )
    return _dated(
        begun.join(spells, on="person")
        .filter(
            (pl.col("out_since") > _GONE) & (pl.col("out_since") < pl.col("started_on")) & still_out
        )
        .group_by("person")
        .agg(pl.col("started_on").min(), pl.col("detail").sort_by("started_on").first())
    )


def _new_jobs(tables: Facts, month: dt.date, told: pl.DataFrame) -> pl.LazyFrame:
    rows = _begun(tables.table(Employment), month)
    return _dated(rows.group_by(pl.col("worker").alias("person")).agg(_LATEST))


def _job_seeking(tables: Facts, month: dt.date, told: pl.DataFrame) -> pl.LazyFrame:
    said = told.lazy().filter(pl.col("wants_post")).select("person", pl.lit(True).alias("said"))
    rows = (
        _during(tables.table(Unemployment), month)
        .join(said, on="person", how="left")
        .filter(pl.col("seeking_work").fill_null(False) | pl.col("said").fill_null(False))
    )
    detail = (
        pl.when(pl.col("said").any()).then(pl.lit("跟踪时提出")).otherwise(pl.lit("登记时提出"))
    ).alias("detail")
    return _dated(rows.group_by("person").agg(*_LATEST, detail))


def _retired(tables: Facts, month: dt.date, told: pl.DataFrame) -> pl.LazyFrame:
    return told.lazy().filter(pl.col("retired")).select("person")


_LEDGERS: dict[str, Ledger] = {
    "hard_to_employ": _hard_to_employ,
    "unemployed": _unemployed,
    "re_employed": _re_employed,
    "new_jobs": _new_jobs,
    "job_seeking": _job_seeking,
    "retired": _retired,
}
_LATEST = [
    pl.col("started_on").max(),
    pl.col("ended_on").sort_by("started_on").last(),
]


def _during(spells: pl.LazyFrame, month: dt.date) -> pl.LazyFrame:
    """Spells of which some day lies in the month; an unknown end is taken for none."""
    first, after = calendar.code(month), calendar.code(next_month(month))
    started, ended = pl.col("started_on"), pl.col("ended_on")
    return spells.filter(
        (started > _GONE)
        & (started < after)
        & (ended.is_null() | (ended <= _GONE) | (ended >= first))
    )


def _begun(spells: pl.LazyFrame, month: dt.date) -> pl.LazyFrame:
    first, after = calendar.code(month), calendar.code(next_month(month))
    return spells.filter((pl.col("started_on") >= first) & (pl.col("started_on") < after))


def _dated(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Day codes as dates; absent and unknown as null."""
    names = rows.collect_schema().names()
    return rows.with_columns(
        [_as_date(name) for name in ("started_on", "ended_on") if name in names]
    )


def _as_date(name: str) -> pl.Expr:
    code = pl.col(name)
    month = code // 64
    day = pl.date(month // 12, month % 12 + 1, (code // 2) % 32)
    return pl.when(code > _GONE).then(day).otherwise(None).alias(name)
