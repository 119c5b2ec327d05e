"""Whom employers insure, month by month, and their invented wages."""

from __future__ import annotations

import datetime as dt

import numpy as np
from numpy.typing import NDArray

from wenye.simulation.synthetic.assumptions import books as a
from wenye.simulation.synthetic.careers import JOB, Careers
from wenye.simulation.synthetic.draws import Draws, Ints
from wenye.simulation.synthetic.employers import Employers
from wenye.simulation.synthetic.insurance import Contributions


class Payroll:
    """How many people each employer insured in any month, and its invented wage in fen."""

    def __init__(
        self, seed: int, employers: Employers, careers: Careers, contributions: Contributions
    ) -> None:
        job = careers.state[contributions.stretch] == JOB
        self.employer = careers.employer[contributions.stretch[job]]
        self.first = contributions.first[job]
        self.last = contributions.last[job]
        self.employers = len(employers)
        self.wage = Draws(seed, "wages").between(*a.WAGE, self.employers).astype(np.int64)

    def insured(self, month: int) -> Ints:
        """People insured in a month, by employer."""
        there = (self.first <= month) & (month <= self.last)
        return np.bincount(self.employer[there], minlength=self.employers).astype(np.int32)

    def months(self, first: int, last: int) -> NDArray[np.int64]:
        """Months insured between two months, summed over people, by employer."""
        within = np.minimum(self.last, last) - np.maximum(self.first, first) + 1
        there = within > 0
        counted = np.bincount(self.employer[there], weights=within[there], minlength=self.employers)
        return counted.astype(np.int64)


def month_index(day: dt.date) -> int:
    """The month of a day as an index."""
    return day.year * 12 + day.month - 1
