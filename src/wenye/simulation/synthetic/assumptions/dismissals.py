"""Planned dismissals, and contracts that employers ended."""

from __future__ import annotations

import datetime as dt
from typing import Final

PLANS: Final = 0.02  # of enterprises
PLANNED_SINCE: Final = dt.date(2020, 3, 1)
PLANNED_AHEAD: Final = 60
LATELY: Final = 0.4  # planned around the day of the data: so many days before, or ahead
AROUND: Final = 20
STAFF: Final = (12, 400)
SHARE: Final = (4, 20)  # percent of the staff
TOLD_BEFORE: Final = (10, 60)
NOT_TOLD: Final = 0.08
NOT_REPORTED: Final = 0.12
GROUNDS: Final = (0.1, 0.4, 0.25, 0.15, 0.1)
CHANGED_FIRST: Final = 0.7
HEARD: Final = 0.88
SETTLEMENT: Final = 0.7
ENDED_SINCE: Final = dt.date(2020, 1, 1)
ENDED_BY_EMPLOYER: Final = 0.12  # of jobs that ended in unemployment since then
FORMS: Final = (0.25, 0.65, 0.1)
EPIDEMIC: Final = (dt.date(2020, 2, 1), dt.date(2022, 12, 31))
EPIDEMIC_ABSENCE: Final = (0.01, 0.3)  # outside and within those days
SOLE_EARNER: Final = 0.06
#: Each of the other protections.
PROTECTED: Final = 0.03
