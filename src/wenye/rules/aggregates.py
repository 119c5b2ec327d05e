"""Counting and adding over related rows, honestly.

A row whose ``where`` is unknown may or may not count, and a register that is not complete may hold
more rows; so an aggregate is an interval [sure, possible], and a threshold is compared with both
ends. An employer with nobody counts 0.
"""

from __future__ import annotations

from typing import Any

from wenye.rules.errors import RuleError
from wenye.rules.expressions import Quantity, Truth, literal, make, rescaled, truth
from wenye.rules.kinds import TRUTH, number, rate
from wenye.rules.sources import Rows
from wenye.rules.tree import written_at


def _rows(rows: Any) -> Rows:
    if not isinstance(rows, Rows):
        raise RuleError(
            "an aggregate takes related rows", where=written_at(), mend="count(Employer.hires)"
        )
    return rows


def _where(test: Any) -> Truth:
    return truth(literal(True, TRUTH) if test is None else test)


def count(rows: Any, where: Any = None, unit: str = "") -> Quantity:
    """How many of the rows satisfy ``where``."""
    each = _rows(rows).each()
    return Quantity("count", number(unit), (each, _where(where)))


def total(rows: Any, value: Quantity, where: Any = None) -> Quantity:
    """The sum of ``value`` over the rows that satisfy ``where``; no value is negative."""
    each = _rows(rows).each()
    if value.kind.name not in ("number", "money"):
        raise RuleError(f"adds up {value.kind}s", where=written_at())
    return make("total", value.kind, (each, _where(where), value))  # type: ignore[no-any-return]


def any_of(rows: Any, where: Any = None) -> Truth:
    """Whether at least one row satisfies ``where``."""
    return count(rows, where) >= 1


def share_at_least(part: Quantity, whole: Quantity, least: Any) -> Truth:
    """Whether ``part`` is at least the rate ``least`` of ``whole``, exactly.

    Compared by cross-multiplication. Nobody is no share: the answer is no where the whole is 0, in
    persons or in money.
    """
    share: Quantity = literal(least, rate(0))
    if share.kind.name != "rate":
        raise RuleError(f"a share is compared with a rate, not a {share.kind}", where=written_at())
    enough = rescaled(part, part.kind.scale + share.kind.scale) >= whole * share
    somebody = whole > 0 if whole.kind.name == "money" else whole >= 1
    return somebody & enough
