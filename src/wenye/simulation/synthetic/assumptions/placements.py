"""Internships, public-welfare posts and entrusted referrals."""

from __future__ import annotations

from typing import Final

BASES: Final = 0.04  # of employers of the city
UNRECOGNISED: Final = 0.06  # of internships, at a place that is none
INTERNS: Final = (0.05, 0.25)  # of young people's spells without work that are over, or go on
GOING_ON: Final = 300  # days before the day of the data within which the latter begin
INTERN_TO_AGE: Final = 27
INTERN_MONTHS: Final = (2, 12)
BREAKS_OFF: Final = 0.15
ATTENDED: Final = 0.93
PUBLIC: Final = 0.12  # of the certified's jobs
PUBLIC_OTHERWISE: Final = 0.0004  # of jobs of people who are not certified
INSURANCE_PAID: Final = (90_000, 260_000)
REFERRED: Final = 0.25  # of long registered spells of residents
REFERRED_AFTER: Final = 150
SERVED_SINCE: Final = 60
ENTRUSTED_AFTER: Final = (100, 320)
INTERMEDIARIES: Final = 0.02  # of employers
SERVED_BEFORE_THE_JOB: Final = (-40, 150)
PERCENT: Final = (40, 50, 80, 100, 120, 150, 160)
PERCENT_SHARES: Final = (0.03, 0.1, 0.2, 0.35, 0.17, 0.1, 0.05)
REFERRED_TO_PUBLIC: Final = 0.08
