"""What was paid before: once-only, months drawn, supports drawn in a month.

These read the ``awards`` of a person or employer: rows with the facts ``scheme`` (a code),
``first_month``, ``last_month``, ``amount`` and ``recovered``. An award that was recovered no longer
counts.
"""

from __future__ import annotations

from typing import Any

from wenye.rules.aggregates import any_of, total
from wenye.rules.errors import RuleError
from wenye.rules.expressions import Expr, Quantity, Truth
from wenye.rules.facts import Entity
from wenye.rules.functions import least
from wenye.rules.sources import Rows, Source, root
from wenye.rules.tree import written_at


def _awards(of: Any) -> Rows:
    if isinstance(of, Rows):
        return of
    if isinstance(of, Source) and "awards" in of.entity.relations():
        return of.awards  # type: ignore[no-any-return]
    if isinstance(of, type) and issubclass(of, Entity) and "awards" in of.relations():
        return Rows(root(of), of.relations()["awards"])
    raise RuleError(
        "history is read of a person or employer that has awards",
        where=written_at(),
        mend="Person, Employment.worker, Employment.employer, …",
    )


def paid_before(of: Any, *schemes: str) -> Truth:
    """Whether any of the schemes was paid for them and not recovered."""
    awards = _awards(of)
    return any_of(awards, awards.scheme.among(*schemes) & ~awards.recovered)


def months_drawn(of: Any, *schemes: str, before: Expr) -> Quantity:
    """Months for which the schemes were paid, up to but not including the month ``before``."""
    awards = _awards(of)
    counted = awards.scheme.among(*schemes) & ~awards.recovered & (awards.first_month < before)
    return total(awards, least(awards.last_month + 1, before) - awards.first_month, counted)


def drawing(of: Any, *schemes: str, month: Expr) -> Truth:
    """Whether one of the schemes is paid for the month."""
    awards = _awards(of)
    return any_of(
        awards,
        awards.scheme.among(*schemes)
        & ~awards.recovered
        & (awards.first_month <= month)
        & (awards.last_month >= month),
    )


def amount_paid(of: Any, *schemes: str) -> Quantity:
    """What the schemes paid in all, less what was recovered."""
    awards = _awards(of)
    return total(awards, awards.amount, awards.scheme.among(*schemes) & ~awards.recovered)
