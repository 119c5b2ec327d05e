"""Certification of people hard to employ, and awards already paid."""

from __future__ import annotations

import datetime as dt
from typing import Final

CERTIFIED: Final = 0.22  # of long spells of unemployment of residents
CERTIFIED_OLD: Final = 0.5
CERTIFIED_SHORT: Final = 0.02
CERTIFIED_AFTER: Final = 180
CERTIFIED_ALONE: Final = 0.004  # of residents, without unemployment
CERTIFICATION_GOES_ON: Final = 0.6
CERTIFICATION_LENGTH: Final = (180, 1400)
EXTENSION_APPROVED: Final = 0.3
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
    "hardship_one_off": 0.3,
}
#: Invented amounts in fen: once for the first, per month for the others.
AWARD_FEN: Final = {
    "hiring_subsidy": 200_000,
    "post_subsidy": 130_000,
    "employer_social_insurance": 90_000,
    "flexible_social_insurance": 105_000,
    "hardship_one_off": 110_000,
}
AWARD_MONTHS: Final = 36
#: The one-off subsidy was paid for so many months, for hires in these days.
ONE_OFF_MONTHS: Final = 12
ONE_OFF_HIRES: Final = (dt.date(2018, 6, 1), dt.date(2021, 12, 31))
RECOVERED: Final = 0.02
