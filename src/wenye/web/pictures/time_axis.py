"""A scale of days on which pictures are drawn: where a day lies, and which ticks to show."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

#: Years between ticks that people find round.
_STEPS = (1, 2, 5, 10, 20)
_MOST_TICKS = 11


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """Days from ``first`` to ``last`` between two places across."""

    first: dt.date
    last: dt.date
    left: float
    right: float

    def x(self, day: dt.date) -> float:
        """Where a day lies; days beyond the ends lie on them."""
        span = max(1, (self.last - self.first).days)
        share = (min(max(day, self.first), self.last) - self.first).days / span
        return round(self.left + share * (self.right - self.left), 1)

    def ticks(self) -> list[tuple[float, str]]:
        """Beginnings of years, or of quarters where the picture is short: place and words."""
        if (self.last - self.first).days < 800:
            return [
                (self.x(day), f"{day.year}-{day.month:02d}")
                for day in self._quarters()
                if self.first <= day <= self.last
            ]
        years = range(self.first.year + 1, self.last.year + 1)
        step = next((each for each in _STEPS if len(years) / each <= _MOST_TICKS), _STEPS[-1])
        return [(self.x(dt.date(y, 1, 1)), str(y)) for y in years if y % step == 0 or step == 1]

    def _quarters(self) -> list[dt.date]:
        return [
            dt.date(year, month, 1)
            for year in range(self.first.year, self.last.year + 1)
            for month in (1, 4, 7, 10)
        ]
