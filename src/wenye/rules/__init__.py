"""The language in which a scheme is written, and its two executors.

Scheme files import from here; see ``docs/writing-a-scheme.md``.
"""

from wenye.rules.aggregates import any_of, count, share_at_least, total
from wenye.rules.errors import CaseError, RuleError
from wenye.rules.expressions import LAW, ON, PAY_MONTH
from wenye.rules.functions import (
    MONTHS_OF_A_YEAR,
    greatest,
    least,
    months_in,
    only_if,
    quantity,
    to_fen,
    where,
)
from wenye.rules.history import amount_paid, drawing, months_drawn, paid_before
from wenye.rules.law import claw_back, condition, law, monthly, once
from wenye.rules.periods import (
    add_days,
    add_months,
    days,
    first_day,
    last_day,
    month_of,
    months,
    reached,
    same_year,
    whole_months,
    within,
    working_days,
    year_of,
    years,
)
from wenye.rules.scheme import Scheme, holds
from wenye.rules.sources import has, key_of

__all__ = [
    "LAW",
    "MONTHS_OF_A_YEAR",
    "ON",
    "PAY_MONTH",
    "CaseError",
    "RuleError",
    "Scheme",
    "add_days",
    "add_months",
    "amount_paid",
    "any_of",
    "claw_back",
    "condition",
    "count",
    "days",
    "drawing",
    "first_day",
    "greatest",
    "has",
    "holds",
    "key_of",
    "last_day",
    "law",
    "least",
    "month_of",
    "monthly",
    "months",
    "months_drawn",
    "months_in",
    "once",
    "only_if",
    "paid_before",
    "quantity",
    "reached",
    "same_year",
    "share_at_least",
    "to_fen",
    "total",
    "where",
    "whole_months",
    "within",
    "working_days",
    "year_of",
    "years",
]
