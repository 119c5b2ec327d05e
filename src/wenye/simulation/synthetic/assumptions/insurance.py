"""Contributions and unemployment benefit."""

from __future__ import annotations

from typing import Final

JOB_CONTRIBUTES: Final = 0.96
FLEXIBLE_CONTRIBUTES: Final = 0.8
HOLE: Final = 0.08
HOLE_MONTHS: Final = (1, 4)
IN_FULL: Final = 0.96
REFUNDED: Final = 0.015
CLAIMS: Final = 0.8
CLAIM_NEEDS_MONTHS: Final = 12
MONTHS_PER_YEAR_PAID: Final = 2
MOST_BENEFIT_MONTHS: Final = 24
EXTENSION_WITHIN_MONTHS: Final = 24
EXTENSION_GIVEN: Final = 0.3
FUND_PAYS_PENSION: Final = 0.35  # of claimants close to leaving work
CLAIMS_IN_VAIN: Final = 0.03  # of registered spells without a benefit
#: What ends a benefit early, of all granted; and how many of these were indeed stopped.
ENLISTED: Final = 0.005
MOVED_ABROAD: Final = 0.008
PENSION_DRAWN: Final = 0.01
CANNOT_BE_REEMPLOYED: Final = 0.5
OTHER_STOP: Final = 0.006
REFUSALS: Final = (0.94, 0.025, 0.015, 0.01, 0.01)  # none, one, two, three, four
STOPPED_FOR_IT: Final = 0.6
