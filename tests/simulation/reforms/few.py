"""Small registers under the invented example district, where who moves can be told by hand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from tests.determination.trial import person, table

from wenye.registers.model import (
    Award,
    Business,
    Contribution,
    Employer,
    Employment,
    FlexibleWork,
    Person,
    Unemployment,
)
from wenye.registers.store import Registers, write

ON = dt.date(2026, 6, 30)
HIRED = "2026-06-01"

#: Since when each worker (1, 2, …) was registered as unemployed, and what becomes of the hiring
#: when three months of it become six.
SINCE = {
    1: "2025-12-01",  # six months to the day: stays in
    2: "2025-12-02",  # a day short of six months: out
    3: "2026-03-01",  # three months to the day: out
    4: "2026-03-02",  # a day short of three months: never in
    5: "2026-02-01",  # the contract is not known: undetermined, then settled
    6: "2025-01-01",  # the contract is not known: undetermined both ways
    7: "2025-01-01",  # hired twice: the second time long after the registration has ended
}


def hiring_registers(folder: Path, copies: int = 1, **town: str) -> Registers:
    """The registers of the hirings, each worker ``copies`` times over."""
    workers, jobs, spells = [], [], []
    for copy in range(copies):
        for number, since in SINCE.items():
            key = copy * len(SINCE) + number
            workers.append(person(town="990101001"))
            spells.append({"person": key, "started_on": since, "ended_on": "2026-05-31"})
            jobs.append(_job(key, HIRED, None if number in (5, 6) else 12))
        jobs.append(_job(copy * len(SINCE) + 7, "2026-06-20", 12))
    return write(
        folder,
        {
            Person: table(Person, *workers),
            Employer: table(
                Employer,
                {
                    "kind": "enterprise",
                    "in_city": True,
                    "size": "micro",
                    "labour_dispatch": False,
                    "town": "990101001",
                    **town,
                },
            ),
            Employment: table(Employment, *jobs),
            Unemployment: table(Unemployment, *spells),
            Award: table(Award, *[]),
        },
        ON,
    )


def _job(worker: int, day: str, months: int | None) -> dict[str, Any]:
    row = {"worker": worker, "employer": 1, "started_on": day, "ended_on": None}
    return row if months is None else {**row, "contract_months": months}


def monthly_registers(folder: Path, towns: list[str], started: str = "2026-01-15") -> Registers:
    """One resident in flexible work for each of the towns, insured and entitled month by month."""
    people = [person(town=town, company_officer=False) for town in towns]
    keys = range(1, len(towns) + 1)
    work = [{"person": key, "started_on": started, "ended_on": None} for key in keys]
    paid = [
        {
            "person": key,
            "employer": None,
            "first_month": "2026-01",
            "last_month": "2026-06",
            "kind": "flexible",
            "in_full": True,
        }
        for key in keys
    ]
    return write(
        folder,
        {
            Person: table(Person, *people),
            FlexibleWork: table(FlexibleWork, *work),
            Contribution: table(Contribution, *paid),
            Award: table(Award, *[]),
            Business: table(Business, *[]),
        },
        ON,
    )
