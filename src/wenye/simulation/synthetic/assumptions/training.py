"""Training and training vouchers."""

from __future__ import annotations

import datetime as dt
from typing import Final

SINCE: Final = dt.date(2020, 2, 1)
TRAINED: Final = 0.03  # of stretches of work, unemployment or flexible work since then
TRAINED_CERTIFIED: Final = 0.3  # of the certified
KINDS_AT_WORK: Final = (0.3, 0.08, 0.27, 0.35)  # course, off-farm, apprenticeship, on the job
KINDS_ELSEWHERE: Final = (0.85, 0.15, 0.0, 0.0)
MODES: Final = (0.6, 0.25, 0.15)
LENGTHS: Final = (5, 200)
APPRENTICESHIP: Final = (300, 730)
NOT_COMPLETED: Final = 0.12
LISTED: Final = 0.88
CERTIFIED: Final = 0.72
STANDARDS: Final = (60_000, 84_000, 120_000, 180_000, 240_000, 360_000, 500_000)
NO_STANDARD: Final = 0.08
COST_PERCENT: Final = (60, 130)  # of the standard
STOPPAGE: Final = (dt.date(2020, 2, 3), dt.date(2020, 6, 30))
DURING_STOPPAGE: Final = (0.02, 0.6)  # outside and within those days
RELATED_AND_FILED: Final = 0.8
BY_VOUCHER: Final = 0.1
VOUCHERS: Final = 0.012  # of people
VOUCHERS_SINCE: Final = dt.date(2020, 9, 1)
VOUCHER_USED: Final = 0.55
VOUCHER_USED_WITHIN: Final = 400
VOUCHER_WITHDRAWN: Final = 0.05
COURSE_LISTED: Final = 0.88
