"""Everything that is invented of a district, in memory: lives first, registers out of them.

The lives (people, employers, careers, and what follows from these) are arrays that the registers
share. A register is made when it is asked for, so that nobody need hold all of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from wenye.registers import model
from wenye.registers.model import MODEL
from wenye.rules.facts import Entity
from wenye.simulation.synthetic import (
    assistance,
    awards,
    benefits,
    bills,
    businesses,
    careers,
    certifications,
    dismissals,
    employers,
    hardships,
    insurance,
    loans,
    people,
    placements,
    registrations,
    staffing,
    training,
    vat,
)
from wenye.simulation.synthetic.assumptions.people import FOUNDER_IS_OFFICER
from wenye.simulation.synthetic.dates import NONE
from wenye.simulation.synthetic.draws import Draws, Ints
from wenye.simulation.synthetic.gaps import leave_out
from wenye.simulation.synthetic.numbers import (
    credit_codes,
    employer_names,
    identity_numbers,
    people_names,
)
from wenye.simulation.synthetic.payroll import Payroll
from wenye.simulation.synthetic.tables import identity

AS_OF = dt.date(2026, 10, 31)


class Invented:
    """The lives of ``n`` invented people over ``units``, up to and including ``as_of``."""

    def __init__(self, n: int, seed: int, units: Sequence[str], as_of: dt.date = AS_OF) -> None:
        self._seed = seed
        self._as_of = as_of
        self._units = pl.Series(units, dtype=pl.String)
        someone = people.invent_people(seed, n, len(units), as_of)
        firms = employers.invent_employers(seed, n, len(units))
        self._someone, self._firms = someone, firms
        self._lives = careers.invent_careers(seed, someone, firms, as_of)
        self._registered = registrations.register_unemployed(seed, self._lives)
        self._paid = insurance.invent_contributions(seed, self._lives)
        self._before = insurance.months_paid_before(self._lives, self._paid)
        self._benefits = benefits.invent_benefits(
            seed, someone, self._lives, self._registered, self._before
        )
        self._certified = certifications.certify(seed, someone, self._lives, self._registered)
        self._assisted = assistance.invent_assistance(seed, someone, self._lives)
        self._payroll = Payroll(seed, firms, self._lives, self._paid)
        self._founded = businesses.businesses_frame(seed, someone, firms, self._lives)
        _make_officers(someone, self._founded, seed)
        #: Number and name of each person, and of each employer.
        self.people = identity(
            identity_numbers(someone.birth, someone.sex), people_names(Draws(seed, "names"), n)
        )
        self.employers = identity(credit_codes(firms.kind, seed), employer_names(firms.kind))

    def frame(self, entity: type[Entity]) -> pl.DataFrame:
        """A register, typed; references are positions of people and employers."""
        return leave_out(entity, self._made()[entity](), self._seed)

    def _made(self) -> Mapping[type[Entity], Callable[[], pl.DataFrame]]:
        """How each register is made."""
        seed, as_of = self._seed, self._as_of
        someone, firms, lives = self._someone, self._firms, self._lives
        registered, paid, certified = self._registered, self._paid, self._certified
        return {
            model.Person: lambda: people.people_frame(
                someone, self._units, insurance.months_paid(lives, paid, len(someone)), seed
            ),
            model.Employer: lambda: employers.employers_frame(
                firms, _employed(lives, len(firms)), self._units, seed
            ),
            model.Employment: lambda: careers.employment_frame(lives, someone, seed),
            model.Unemployment: lambda: registrations.unemployment_frame(
                seed,
                lives,
                firms,
                registered,
                self._before,
                benefits.claimed_on(seed, lives, registered, self._benefits),
            ),
            model.FlexibleWork: lambda: registrations.flexible_frame(lives, seed),
            model.Contribution: lambda: insurance.contributions_frame(lives, paid, seed),
            model.Benefit: lambda: benefits.benefits_frame(seed, self._benefits),
            model.Certification: lambda: certifications.certifications_frame(seed, certified),
            model.Graduation: lambda: people.graduations_frame(someone, seed),
            model.Business: lambda: self._founded,
            model.Hardship: lambda: hardships.hardships_frame(
                seed, someone, lives, registered, certified
            ),
            model.Assistance: lambda: assistance.assistance_frame(seed, lives, self._assisted),
            model.Household: lambda: assistance.households_frame(
                seed, someone, lives, registered, self._assisted
            ),
            model.StaffingYear: lambda: staffing.staffing_frame(seed, self._payroll, as_of),
            model.ContributionBill: lambda: bills.bills_frame(seed, self._payroll, as_of),
            model.VatReturn: lambda: vat.vat_frame(seed, firms, self._payroll, as_of),
            model.LayoffPlan: lambda: dismissals.layoff_plans_frame(seed, firms, lives.today),
            model.Termination: lambda: dismissals.terminations_frame(seed, lives),
            model.Internship: lambda: placements.internships_frame(seed, someone, firms, lives),
            model.PublicPost: lambda: placements.public_posts_frame(seed, lives, certified),
            model.Referral: lambda: placements.referrals_frame(
                seed, someone, firms, lives, registered
            ),
            model.Loan: lambda: loans.loans_frame(seed, someone, self._founded, lives.today),
            model.Training: lambda: training.trainings_frame(seed, lives, certified),
            model.Voucher: lambda: training.vouchers_frame(seed, someone, lives.today),
            model.Award: lambda: awards.awards_frame(seed, lives, firms, registered, certified),
        }


@dataclass(frozen=True, slots=True)
class Registers:
    """All registers at once, and number and name of people and employers."""

    frames: dict[type[Entity], pl.DataFrame]
    people: pl.DataFrame
    employers: pl.DataFrame


def invent(n: int, seed: int, units: Sequence[str], as_of: dt.date = AS_OF) -> Registers:
    """The registers of ``n`` invented people, all in memory."""
    lives = Invented(n, seed, units, as_of)
    return Registers(
        {entity: lives.frame(entity) for entity in MODEL}, lives.people, lives.employers
    )


def _employed(lives: careers.Careers, employers: int) -> Ints:
    """How many people each employer employs today."""
    here = lives.employer[(lives.state == careers.JOB) & (lives.last == NONE)]
    return np.bincount(here, minlength=employers).astype(np.int32)


def _make_officers(someone: people.People, founded: pl.DataFrame, seed: int) -> None:
    """Most founders of a business that is open are its legal representatives."""
    founders = founded.filter(pl.col("closed_on").is_null())["founder"].to_numpy()
    chosen = Draws(seed, "officers").chance(FOUNDER_IS_OFFICER, len(founders))
    someone.officer[founders[chosen]] = True
