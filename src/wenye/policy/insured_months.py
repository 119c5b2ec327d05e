"""Months for which an employer has paid someone's social insurance in full.

Texts ask for them in one way (按时足额缴纳社会保险费满N个月): from the hiring on, by the employer
that hired. The months are added up, so that a gap does not begin the count again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wenye.rules.aggregates import total
from wenye.rules.expressions import Day, Month, Quantity
from wenye.rules.functions import greatest, least
from wenye.rules.periods import month_of
from wenye.rules.sources import has, key_of

if TYPE_CHECKING:
    from wenye.rules.sources import Rows, Source


def months_paid_in_full(
    contributions: Rows,
    employer: Source,
    started_on: Day,
    *,
    ended_on: Day | None = None,
    to: Month | None = None,
) -> Quantity:
    """How many months of ``contributions`` the employer has paid in full since ``started_on``.

    ``contributions`` are stretches of months of one person, each with its ``employer``,
    ``first_month``, ``last_month`` and ``in_full``; of a stretch the months count from that of
    ``started_on`` on. A stretch that begins after the month of ``ended_on``, a fact that may be
    absent, belongs to a later employment. No month after ``to`` counts.
    """
    begun = month_of(started_on)
    first, last = contributions.first_month, contributions.last_month
    counted = (
        has(contributions.employer)
        & (key_of(contributions.employer) == key_of(employer))
        & contributions.in_full
        & (last >= begun)
    )
    if ended_on is not None:
        counted = counted & (~has(ended_on) | (first <= month_of(ended_on)))
    if to is not None:
        counted = counted & (first <= to)
        last = least(last, to)
    return total(contributions, last + 1 - greatest(first, begun), counted)
