"""What employers owe, declare and pay: bills, value-added tax, a year's insured staff."""

from __future__ import annotations

import datetime as dt
from typing import Final

#: Months of the past of which some bills are held: before, in and after a time of relief.
BILLS_OF_THE_PAST: Final = (
    dt.date(2020, 1, 1),
    dt.date(2020, 2, 1),
    dt.date(2020, 6, 1),
    dt.date(2020, 7, 1),
    dt.date(2020, 12, 1),
    dt.date(2021, 1, 1),
)
BILLS_OF_THE_PAST_HELD: Final = 0.12  # of employers
WAGE: Final = (500_000, 1_600_000)  # invented, by employer
#: Invented rates in hundredths of a percent: pension, unemployment, injury, medical.
RATES: Final = (1_600, 50, 30, 950)
STAFFING_YEARS: Final = (2019,)  # and the year before the data
SETTLED: Final = (32, 270)  # day of the year after
RETIRED_OR_DIED: Final = 0.015  # of the staff
UNEMPLOYMENT_RATE: Final = 100  # employer and staff, in hundredths of a percent
TAXED: Final = 0.6  # of enterprises and self-employed households
SMALL_SCALE: Final = (0.25, 0.9)  # with many and with few staff
FEW_STAFF: Final = 20
#: Quarters of the past of which returns are held: their first months.
RETURNS_OF_THE_PAST: Final = (
    dt.date(2019, 10, 1),
    dt.date(2020, 1, 1),
    dt.date(2020, 4, 1),
    dt.date(2021, 10, 1),
    dt.date(2022, 4, 1),
)
RETURNS_OF_THE_PAST_HELD: Final = 0.12
SALES: Final = (0, 90_000_000)
