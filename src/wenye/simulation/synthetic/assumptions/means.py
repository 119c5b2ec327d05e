"""Social assistance and what families live on."""

from __future__ import annotations

import datetime as dt
from typing import Final

ASSISTED: Final = 0.022  # of people
#: As the register lists them: minimum living, extremely poor, special care, orphan, …
KINDS: Final = (0.36, 0.05, 0.12, 0.01, 0.01, 0.2, 0.21, 0.04)
GRANT: Final = 5  # the job-loss grant, among the kinds
CHILDREN: Final = (3, 4)
CHILD_BELOW: Final = 20
SINCE: Final = dt.date(2019, 1, 1)
MONTHS: Final = (3, 70)
GRANT_MONTHS: Final = (1, 8)
GOES_ON: Final = 0.45
AGAIN: Final = 0.2  # drawn again, on other terms, from the next month on
EARNINGS: Final = (150_000, 480_000)
EARNINGS_STEP: Final = 1_000
JOB_REPORTED: Final = 0.82

# Households
CHECKED: Final = (0.35, 0.9)  # of the assisted; of those drawing minimum living
CHECKED_UNEMPLOYED: Final = (0.02, 0.2)  # of those once and those now registered unemployed
MEMBERS: Final = (0.28, 0.27, 0.27, 0.12, 0.06)  # one to five
CITY_MEMBERS: Final = 0.75  # of households, all members
INCOME_PER_HEAD: Final = (40_000, 480_000)
INCOME_STEP: Final = 1_000
WITHIN_LIMIT: Final = 0.86
OTHER_MEMBER_TOOK_JOB: Final = 0.15
SUDDEN: Final = 0.12
CONSENTS: Final = 0.85
CHECKED_WITHIN: Final = 900
