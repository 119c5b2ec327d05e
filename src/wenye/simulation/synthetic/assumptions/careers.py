"""Jobs, unemployment and flexible work: how long, how often, what comes next."""

from __future__ import annotations

import datetime as dt
from typing import Final

#: Careers are told from this day on; a spell that was running then keeps its true beginning.
WINDOW_OPENS: Final = dt.date(2018, 1, 1)

OUTSIDE: Final = 0.07  # on no register of work at all
STEPS: Final = 8
MOST_JOBS: Final = 3
FIRST_STATE_YOUNG: Final = (0.2, 0.45, 0.27, 0.08)
FIRST_STATE: Final = (0.12, 0.72, 0.06, 0.1)
NEXT_STATE: Final = (
    (0.0, 0.6, 0.24, 0.16),
    (0.12, 0.48, 0.32, 0.08),
    (0.1, 0.7, 0.0, 0.2),
    (0.2, 0.54, 0.26, 0.0),
)
NEXT_STATE_OLD: Final = (
    (0.0, 0.25, 0.5, 0.25),
    (0.12, 0.16, 0.62, 0.1),
    (0.12, 0.46, 0.0, 0.42),
    (0.24, 0.3, 0.46, 0.0),
)
#: Share of people who lose their job late, so long before leaving work, and find none again.
LET_GO_LATE: Final = 0.12
LET_GO_BEFORE: Final = (300, 1600)
OLD_BEFORE_LEAVING: Final = 5 * 365  # "old" means so close to leaving work
SHORTEST: Final = 20
STABLE: Final = 0.72
JOB_MEAN: Final = (640, 4200)  # mobile, stable
IDLE_MEAN: Final = 320
FLEXIBLE_MEAN: Final = 650
UNEMPLOYED_LENGTHS: Final = ((20, 150), (150, 420), (420, 1500))
UNEMPLOYED_SHARES: Final = (0.55, 0.32, 0.13)
UNEMPLOYED_SHARES_OLD: Final = (0.25, 0.4, 0.35)
LONGEST_HISTORY: Final = 20 * 365  # how far before the window a first spell may reach
CONTRACT_MONTHS: Final = (12, 24, 36, 60, 9999, 6, 3)
CONTRACT_SHARES: Final = (0.28, 0.19, 0.24, 0.05, 0.14, 0.05, 0.02)
WITHOUT_CONTRACT: Final = 0.03
REGISTERS_UNEMPLOYED: Final = 0.88
REGISTERS_FLEXIBLE: Final = 0.9
REGISTERS_WITHIN: Final = 40
STRUCK_OFF_EARLY: Final = 0.07
INVOLUNTARY_AFTER_JOB: Final = 0.68
INVOLUNTARY_OTHERWISE: Final = 0.35
SEEKS_WORK: Final = 0.95
INSURED_HERE: Final = (0.06, 0.95)  # without and after contributions by an employer of the city
PLATFORM: Final = 0.35
LATE_RETIREMENT: Final = (0.002, 0.3)  # far from and close to leaving work
LATE_RETIREMENT_WITHIN: Final = 3 * 365
