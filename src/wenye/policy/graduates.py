"""Graduates of universities (高校毕业生), as at a day.

A text that counts them from leaving school (离校N年内, 毕业N年内) leaves open whether someone hired
before the day on the certificate, yet in the year of graduating (毕业年度), is one already. Whoever
graduates in a later year is none by any reading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wenye.rules.aggregates import any_of
from wenye.rules.expressions import Day, Truth
from wenye.rules.periods import same_year, within

if TYPE_CHECKING:
    from wenye.rules.periods import Period
    from wenye.rules.sources import Rows


def graduated_within(graduations: Rows, period: Period, day: Day) -> Truth:
    """Whether someone graduated on ``day`` or earlier, and no longer than ``period`` before it.

    ``graduations`` are a person's rows with ``graduated_on`` and ``higher_education``; one of them
    has to be both, so that a later degree counts for itself.
    """
    return any_of(
        graduations,
        graduations.higher_education
        & (graduations.graduated_on <= day)
        & within(graduations.graduated_on, period, day),
    )


def graduates_later_that_year(graduations: Rows, day: Day) -> Truth:
    """Whether someone graduates after ``day`` and still in its calendar year."""
    return any_of(
        graduations,
        graduations.higher_education
        & (graduations.graduated_on > day)
        & same_year(graduations.graduated_on, day),
    )
