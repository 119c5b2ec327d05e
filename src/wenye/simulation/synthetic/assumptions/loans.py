"""Guaranteed start-up loans: who borrows, how much, how it is paid."""

from __future__ import annotations

import datetime as dt
from typing import Final

BORROWS: Final = 0.5  # of businesses
PLANS_TO_START: Final = 0.001  # of people
SINCE: Final = dt.date(2020, 8, 3)
BORROWERS: Final = (0.4, 0.15, 0.45)  # the founder, partners, the business
STEP: Final = 1_000_000  # ten thousand yuan, in fen
#: Least and most in steps: individual, before the start, partners (each), organisation.
AMOUNTS: Final = ((5, 80), (5, 25), (10, 55), (30, 550))
TERMS: Final = (6, 12, 24, 25, 36, 37)
TERM_SHARES: Final = (0.08, 0.25, 0.37, 0.05, 0.2, 0.05)
RATE: Final = (300, 520)  # basis points
KEY_GROUP: Final = 0.4
PRIORITY: Final = 0.2
RECOMMENDED: Final = (0.6, 0.12, 0.13, 0.15)
RECOMMENDATION_VALID: Final = 0.88
RENEWAL: Final = (0.78, 0.1, 0.06, 0.06)
OVERDUE: Final = 0.06
ON_SCHEDULE: Final = 0.93
NOTHING_PAID: Final = 0.1
