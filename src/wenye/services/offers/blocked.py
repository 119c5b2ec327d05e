"""Who is not offered what they are entitled to: an open case, a support being drawn, an objection.

All three are read for a whole scheme at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import polars as pl

from wenye.determination.judging import concerned, payee_of
from wenye.registers.model import Award, Employer, Person
from wenye.registers.schema import KEY
from wenye.registers.store import Registers
from wenye.rules.scheme import Scheme
from wenye.services.cases.models import Case
from wenye.services.people import rights

#: States of a case after which the same may be offered anew: nothing came of it.
_FREE = ("withdrawn", "closed")


def with_cases(scheme: str) -> pl.DataFrame:
    """Subjects (``key``) with a case of the scheme, and its ``number`` and whether an offer's."""
    rows = (
        Case.objects.filter(scheme=scheme)
        .exclude(state__in=_FREE)
        .order_by("id")
        .values_list("subject_key", "number", "offer_id")
    )
    return pl.DataFrame(
        list(rows),
        schema={KEY: pl.Int32, "number": pl.String, "offer_id": pl.Int64},
        orient="row",
    ).unique(KEY, keep="last", maintain_order=True)


class Drawing:
    """Who draws a monthly support at present, as the awards register has it."""

    def __init__(self, registers: Registers, on: dt.date) -> None:
        month = on.year * 12 + on.month - 1
        self._rows = (
            registers.table(Award)
            .filter((pl.col("last_month") >= month - 1) & ~pl.col("recovered").fill_null(False))
            .select("scheme", "person", "employer")
            .collect()
        )

    def among(self, scheme: type[Scheme], rows: pl.DataFrame) -> pl.DataFrame:
        """The keys of those rows whose payee already draws the scheme for whom it concerns."""
        if scheme.first is None or self._rows.is_empty():
            return rows.clear().select(KEY)
        awards = self._rows.filter(pl.col("scheme") == scheme.id)
        on = {}
        for column, source in (("payee", payee_of(scheme)), ("concerns", concerned(scheme))):
            if source.entity is Person:
                on["person"] = column
            elif source.entity is Employer:
                on["employer"] = column
        if not on or awards.is_empty():
            return rows.clear().select(KEY)
        return rows.join(awards, left_on=list(on.values()), right_on=list(on), how="semi").select(
            KEY
        )


def objectors(scheme: str, people: Iterable[int]) -> set[int]:
    """Those of the people (surrogate keys) who object to automated decisions about the scheme."""
    return {*people} & rights.objectors(scheme)
