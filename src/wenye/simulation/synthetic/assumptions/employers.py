"""Kinds, sizes and founders of the invented employers."""

from __future__ import annotations

import datetime as dt
from typing import Final

PEOPLE_PER_EMPLOYER: Final = 11
EMPLOYER_KINDS: Final = (0.7, 0.02, 0.01, 0.02, 0.24, 0.01)
SIZE_SHAPE: Final = 1.02  # of the Pareto tail
LARGEST_SHARE: Final = 0.015  # of all jobs, with one employer
WITHOUT_STAFF: Final = 0.07
IN_CITY: Final = 0.94
DISPATCH: Final = 0.02  # of enterprises
DISPATCH_WEIGHT: Final = 4.0
SIZE_CLASSES: Final = (10, 100, 300)  # staff at which small, medium and large begin
STAFF_DECLARED_OTHERWISE: Final = 0.3
DECLARES_FOR_A_LOAN: Final = 0.05
KEY_GROUP_SHARE: Final = 4  # at most staff divided by this, and two more
EPIDEMIC_HIT: Final = 0.25  # named by the department in charge of the trade
HARD_HIT_TRADE: Final = 0.18

# Businesses
BUSINESSES_PER_EMPLOYER: Final = 0.6
BUSINESSES_SINCE: Final = dt.date(2012, 1, 1)
CLOSED: Final = 0.12
FOUNDER_FROM_AGE: Final = 18
FOUNDED_BY_GRADUATES: Final = 0.35  # soon after they left school:
FOUNDED_AFTER: Final = (0, 1_000)
FOUNDED_BEFORE: Final = 0.12  # of founders, a business that is on no register here
RETURNEE: Final = 0.18
OPERATING: Final = 0.94  # of businesses that are open
APPLIES: Final = 0.35  # for a subsidy, so long after the registration:
APPLIES_AFTER: Final = (200, 800)
