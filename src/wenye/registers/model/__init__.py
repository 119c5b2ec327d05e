"""The registers of a district: every fact that rules may read, defined here and nowhere else.

File templates, validation, the data dictionary and the shape of a case are derived from these
definitions. Who someone is (name, document number, credit code) is no fact: it stays in the
identity file, and every other table knows people and employers by surrogate key.
"""

from __future__ import annotations

from wenye.registers.model.employers import (
    Business,
    ContributionBill,
    Employer,
    LayoffPlan,
    StaffingYear,
    VatReturn,
)
from wenye.registers.model.insurance import Benefit, Contribution
from wenye.registers.model.people import Assistance, Graduation, Hardship, Household, Person
from wenye.registers.model.support import Award, Certification, Loan, Training, Voucher
from wenye.registers.model.work import (
    Employment,
    FlexibleWork,
    Internship,
    PublicPost,
    Referral,
    Termination,
    Unemployment,
)
from wenye.rules.facts import Entity

__all__ = [
    "MODEL",
    "Assistance",
    "Award",
    "Benefit",
    "Business",
    "Certification",
    "Contribution",
    "ContributionBill",
    "Employer",
    "Employment",
    "FlexibleWork",
    "Graduation",
    "Hardship",
    "Household",
    "Internship",
    "LayoffPlan",
    "Loan",
    "Person",
    "PublicPost",
    "Referral",
    "StaffingYear",
    "Termination",
    "Training",
    "Unemployment",
    "VatReturn",
    "Voucher",
]

#: The registers in the order in which intake reads them: a reference points upwards.
MODEL: tuple[type[Entity], ...] = (
    Person,
    Employer,
    Employment,
    Unemployment,
    FlexibleWork,
    Contribution,
    Benefit,
    Certification,
    Graduation,
    Business,
    Hardship,
    Assistance,
    Household,
    StaffingYear,
    ContributionBill,
    VatReturn,
    LayoffPlan,
    Termination,
    Internship,
    PublicPost,
    Referral,
    Loan,
    Training,
    Voucher,
    Award,
)
