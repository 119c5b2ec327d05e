"""What makes the synthetic district plausible: shares, lengths and sizes, all of them invented.

These figures describe no real district and no law; determination never reads them. Where a figure
resembles a rule (an age, a number of months, an amount) it only makes cases fall on both sides of
that rule. Lengths are in days unless a name says otherwise.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

#: Careers are told from this day on; a spell that was running then keeps its true beginning.
WINDOW_OPENS: Final = dt.date(2018, 1, 1)

# People ------------------------------------------------------------------------------------------
YOUNGEST: Final = 16
OLDEST: Final = 65
#: Share of each five-year age group from 16-20 up.
AGE_GROUPS: Final = (5.0, 8.5, 11.5, 13.0, 12.5, 11.0, 10.5, 10.5, 9.5, 8.0)
MALE: Final = 0.52
HUKOU: Final = (0.46, 0.18, 0.36)  # this district, elsewhere in the city, other provinces
CADRE: Final = 0.4  # of women
OFFICER: Final = 0.025
FOUNDER_IS_OFFICER: Final = 0.85
#: Usual age at leaving work: men, women in cadre posts, women workers; and up to so many days more.
LEAVING_AGE: Final = (60, 55, 50)
LEAVING_LATER: Final = 330
UNIT_WEIGHT: Final = (4, 16)  # relative size of a unit, drawn between

# Schooling ---------------------------------------------------------------------------------------
GRADUATES: Final = 0.55
GRADUATES_FROM_AGE: Final = 18
GRADUATES_TO_AGE: Final = 26
OLDEST_GRADUATE_HELD: Final = 40
HIGHER_EDUCATION_FROM_AGE: Final = 21
CITY_SCHOOL: Final = 0.6

# Employers ---------------------------------------------------------------------------------------
PEOPLE_PER_EMPLOYER: Final = 11
EMPLOYER_KINDS: Final = (0.71, 0.02, 0.01, 0.02, 0.24)
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

# Careers: idle, job, unemployed, flexible --------------------------------------------------------
OUTSIDE: Final = 0.07  # on no register of work at all
STEPS: Final = 8
MOST_JOBS: Final = 3
FIRST_STATE_YOUNG: Final = (0.2, 0.45, 0.27, 0.08)
FIRST_STATE: Final = (0.12, 0.72, 0.06, 0.1)
NEXT_STATE: Final = (
    (0.0, 0.6, 0.24, 0.16),
    (0.12, 0.48, 0.32, 0.08),
    (0.1, 0.7, 0.0, 0.2),
    (0.2, 0.54, 0.26, 0.0),
)
NEXT_STATE_OLD: Final = (
    (0.0, 0.25, 0.5, 0.25),
    (0.12, 0.16, 0.62, 0.1),
    (0.12, 0.46, 0.0, 0.42),
    (0.24, 0.3, 0.46, 0.0),
)
#: Share of people who lose their job late, so long before leaving work, and find none again.
LET_GO_LATE: Final = 0.12
LET_GO_BEFORE: Final = (300, 1600)
OLD_BEFORE_LEAVING: Final = 5 * 365  # "old" means so close to leaving work
SHORTEST: Final = 20
STABLE: Final = 0.72
JOB_MEAN: Final = (640, 4200)  # mobile, stable
IDLE_MEAN: Final = 320
FLEXIBLE_MEAN: Final = 650
UNEMPLOYED_LENGTHS: Final = ((20, 150), (150, 420), (420, 1500))
UNEMPLOYED_SHARES: Final = (0.55, 0.32, 0.13)
UNEMPLOYED_SHARES_OLD: Final = (0.25, 0.4, 0.35)
LONGEST_HISTORY: Final = 20 * 365  # how far before the window a first spell may reach
CONTRACT_MONTHS: Final = (12, 24, 36, 60, 9999, 6, 3)
CONTRACT_SHARES: Final = (0.28, 0.19, 0.24, 0.05, 0.14, 0.05, 0.02)
WITHOUT_CONTRACT: Final = 0.03
REGISTERS_UNEMPLOYED: Final = 0.88
REGISTERS_FLEXIBLE: Final = 0.9
REGISTERS_WITHIN: Final = 40
STRUCK_OFF_EARLY: Final = 0.07
INVOLUNTARY_AFTER_JOB: Final = 0.68
INVOLUNTARY_OTHERWISE: Final = 0.35

# Insurance ---------------------------------------------------------------------------------------
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

# Certification and support -----------------------------------------------------------------------
CERTIFIED: Final = 0.22  # of long spells of unemployment of residents
CERTIFIED_OLD: Final = 0.5
CERTIFIED_SHORT: Final = 0.02
CERTIFIED_AFTER: Final = 180
CERTIFIED_ALONE: Final = 0.004  # of residents, without unemployment
CERTIFICATION_GOES_ON: Final = 0.6
CERTIFICATION_LENGTH: Final = (180, 1400)
OLD_FROM: Final = (45, 40)  # men, women
YOUNG_TO: Final = 35
CATEGORIES: Final = (
    "大龄失业人员",
    "协保人员",
    "离土农民",
    "零就业家庭成员",
    "低收入困难家庭成员或低保家庭成员",
    "残疾",
    "被征地人员",
    "长期失业青年",
    "其他特殊困难",
)
CATEGORY_SHARES_OLD: Final = (0.62, 0.12, 0.05, 0.05, 0.04, 0.04, 0.06, 0.0, 0.02)
CATEGORY_SHARES: Final = (0.0, 0.06, 0.04, 0.25, 0.28, 0.2, 0.1, 0.0, 0.07)
CATEGORY_SHARES_YOUNG: Final = (0.0, 0.0, 0.0, 0.15, 0.2, 0.12, 0.03, 0.45, 0.05)
ONLY_POST_SUBSIDY: Final = "协保人员"
DISABLED: Final = "残疾"
AWARDS_SINCE: Final = dt.date(2020, 8, 1)
AWARD_LONG_UNEMPLOYED: Final = 180
AWARD_CONTRACT_MONTHS: Final = 12
AWARDED: Final = {
    "hiring_subsidy": 0.35,
    "post_subsidy": 0.45,
    "employer_social_insurance": 0.42,
    "flexible_social_insurance": 0.5,
}
#: Invented amounts in fen: once for the first, per month for the others.
AWARD_FEN: Final = {
    "hiring_subsidy": 200_000,
    "post_subsidy": 130_000,
    "employer_social_insurance": 90_000,
    "flexible_social_insurance": 105_000,
}
AWARD_MONTHS: Final = 36
RECOVERED: Final = 0.02

# Businesses --------------------------------------------------------------------------------------
BUSINESSES_PER_EMPLOYER: Final = 0.6
BUSINESSES_SINCE: Final = dt.date(2012, 1, 1)
CLOSED: Final = 0.12
FOUNDER_FROM_AGE: Final = 18
FOUNDED_BEFORE: Final = 0.12  # of founders, a business that is on no register here

#: Facts that the bureau did not fill in, by register and fact: unknown, also in clean files.
LEFT_OUT: Final = {
    ("people", "company_officer"): 0.03,
    ("people", "retirement_class"): 0.004,
    ("people", "hukou"): 0.004,
    ("employers", "labour_dispatch"): 0.01,
    ("employers", "in_city"): 0.005,
    ("employers", "staff"): 0.04,
    ("employers", "size"): 0.02,
    ("unemployment", "involuntary"): 0.05,
    ("contributions", "in_full"): 0.02,
    ("contributions", "refunded"): 0.01,
    ("benefits", "pension_paid_by_fund"): 0.03,
    ("benefits", "stopped"): 0.01,
    ("graduations", "city_school"): 0.04,
    ("graduations", "higher_education"): 0.01,
    ("businesses", "first_business"): 0.04,
    ("awards", "recovered"): 0.01,
}
