"""The dismissal rate (裁员率) of an employer's insured staff over a year.

Staff lost, those retired and died left out, is set against the staff at the start of the year or
against the monthly mean: cities reckon differently, and which way holds is a truth of the district,
open until somebody confirms it. Where both ways come to the same, the answer does not wait for it.
"""

from __future__ import annotations

from dataclasses import dataclass

from wenye.rules.expressions import Quantity, Truth
from wenye.rules.functions import MONTHS_OF_A_YEAR, quantity, where


@dataclass(frozen=True, slots=True, eq=False)
class DismissalRate:
    """The figures of a year; all are numbers of persons."""

    at_start: Quantity
    at_end: Quantity
    #: Who left without being dismissed.
    retired_or_died: Quantity
    #: The staff of each month, added up over the twelve.
    over_months: Quantity
    #: Whether the rate is reckoned over the start of the year, and not over the monthly mean.
    over_start: Truth

    @property
    def lost(self) -> Quantity:
        """Staff lost over the year; below nought where there was a gain."""
        return quantity(
            "减员（不计退休和死亡）",
            self.at_start - self.at_end - self.retired_or_died,
            en="staff lost, retired and died left out",
        )

    def no_higher(self, ceiling: Quantity) -> Truth:
        """Whether the rate is at most ``ceiling``, a share. Exact: nothing is divided."""
        return where(
            self.over_start,
            self.lost <= self.at_start * ceiling,
            self.lost * MONTHS_OF_A_YEAR <= self.over_months * ceiling,
        )

    def mean_at_most(self, persons: Quantity) -> Truth:
        """Whether the monthly mean of the staff is ``persons`` or fewer."""
        return self.over_months <= persons * MONTHS_OF_A_YEAR
