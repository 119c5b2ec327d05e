"""Who must be followed on a day, read from the facts as they stand, all at once.

Registered unemployed people (article 20), people certified hard to employ, and those of them who
are in work. A spell whose end is unknown is taken for open, and says so: nobody is dropped because
a file left a cell empty.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from wenye.registers.model import (
    Benefit,
    Certification,
    Employment,
    FlexibleWork,
    Person,
    Unemployment,
)
from wenye.rules import calendar
from wenye.services.decisions.facts import Facts

_GONE = calendar.NOT_APPLICABLE[32]  # this and below: absent, or not applicable


def must_be_followed(tables: Facts, on: dt.date) -> pl.DataFrame:
    """One row a person: ``person``, ``town``, and day codes (null: none) of why and what matters.

    Columns: unemployed_since, end_unknown, certified_since, at_work_since, benefit_until (a date's
    code: the last day of the last month granted), placed_on.
    """
    day = calendar.code(on)
    unemployed = (
        _open(tables.table(Unemployment), "person", day)
        .group_by("person")
        .agg(
            pl.col("started_on").max().alias("unemployed_since"),
            pl.col("ended_on").is_null().any().alias("end_unknown"),
        )
    )
    certified = (
        _open(tables.table(Certification), "person", day)
        .group_by("person")
        .agg(pl.col("started_on").max().alias("certified_since"))
    )
    wanted = unemployed.join(certified, on="person", how="full", coalesce=True).collect()
    people = wanted.lazy().select("person")
    work = pl.concat(
        [
            tables.table(Employment).select(
                pl.col("worker").alias("person"), "started_on", "ended_on"
            ),
            tables.table(FlexibleWork).select("person", "started_on", "ended_on"),
        ]
    ).join(people, on="person", how="semi")
    at_work = (
        _open(work, "person", day)
        .filter(pl.col("ended_on").is_not_null())
        .group_by("person")
        .agg(pl.col("started_on").max().alias("at_work_since"))
    )
    placed = (
        work.join(wanted.lazy().select("person", "certified_since"), on="person")
        .filter(
            (pl.col("started_on") > _GONE)
            & (pl.col("started_on") >= pl.col("certified_since"))
            & (pl.col("started_on") <= day)
        )
        .group_by("person")
        .agg(pl.col("started_on").min().alias("placed_on"))
    )
    month = on.year * 12 + on.month - 1
    benefit = (
        tables.table(Benefit)
        .join(people, on="person", how="semi")
        .filter((pl.col("last_month") >= month) & (pl.col("stopped").fill_null(False).not_()))
        .group_by("person")
        .agg(pl.col("last_month").max().alias("benefit_until"))
    )
    towns = tables.table(Person).select(pl.col("key").alias("person"), "town")
    return (
        wanted.lazy()
        .join(at_work, on="person", how="left")
        .join(placed, on="person", how="left")
        .join(benefit, on="person", how="left")
        .join(towns, on="person", how="inner")
        .with_columns(pl.col("end_unknown").fill_null(False), pl.col("town").fill_null(""))
        .sort("person")
        .collect()
    )


def _open(spells: pl.LazyFrame, by: str, day: int) -> pl.LazyFrame:
    """Spells that have begun and, so far as is known, not ended before the day."""
    started, ended = pl.col("started_on"), pl.col("ended_on")
    return spells.filter(
        pl.col(by).is_not_null()
        & (started > _GONE)
        & (started <= day)
        & (ended.is_null() | (ended <= _GONE) | (ended >= day))
    )


def registered_to(tables: Facts) -> dt.date:
    """The day to which spells of work are on record; the first of all days where none is."""
    days = [tables.complete_to(entity) for entity in (Employment, FlexibleWork)]
    known = [day for day in days if day is not None]
    return calendar.date(min(known)) if len(known) == len(days) else dt.date.min


def last_day_of(month: int) -> dt.date:
    """The last day of a month (``year * 12 + month - 1``)."""
    return calendar.date(calendar.last_day(month))
