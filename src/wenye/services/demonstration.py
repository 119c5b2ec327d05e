"""A service with something in it: one account per role, and what makes its pages worth opening.

Only for a synthetic district: everybody here is invented, and the password is printed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from wenye.services.accounts.models import Post, User
from wenye.services.accounts.roles import LABELS, OFFICERS, Role
from wenye.services.decisions.district import district
from wenye.services.decisions.facts import facts

#: The areas that have something to show, in the order in which one rests on another.
AREAS = {
    "people": "人员与单位",
    "followup": "跟踪服务",
    "cases": "办件",
    "offers": "政策找人",
    "money": "资金",
}

#: The password of every demonstration account; printed, since nobody real is behind one.
PASSWORD = "wenye-demo-2026"


def prepare(
    registers: Path, as_of: dt.date, say: Callable[[str], None] = lambda what: None
) -> dict[str, str]:
    """Put the registers in force, make the accounts, and let every area show something.

    ``say`` is told each step as it begins. Returns the accounts, name → what it is.
    """
    from wenye.services.people.adopting import adopt

    say("读入登记册")
    adopt(registers, as_of, None)
    made = accounts(as_of)
    for area, label in AREAS.items():
        say(label)
        import_module(f"wenye.services.{area}.demonstration").prepare(as_of)
    return made


def accounts(as_of: dt.date) -> dict[str, str]:
    """One account per role, named for it; made once. Returns name → what it is."""
    from wenye.registers.model import Employer, Employment

    here, tables = district(), facts()
    town = here.organisation.units[0].code
    # Whom most of the document's articles charge: in Jiading the bureau of human resources.
    department = max(here.organisation.departments, key=lambda each: len(each.articles)).name
    # An employer that has staff, and somebody who works for nobody: both have pages to look at.
    staff = tables.table(Employment).select("employer", "worker").collect()
    employer = int(staff["employer"].mode().sort()[0])
    person = _somebody_unemployed(town)
    assert tables.rows_by(Employer, "key", [employer]).height == 1
    made = {}
    for role in Role:
        label = LABELS[role][0]
        user = User.objects.filter(username=role.value).first()
        if user is None:
            user = User.objects.create_user(
                role.value,
                PASSWORD,
                name=f"演示{label}",
                person_key=person if role is Role.CITIZEN else None,
                employer_key=employer if role is Role.EMPLOYER_CLERK else None,
            )
            of_town = role in (Role.CASE_WORKER, Role.TOWN_REVIEWER)
            Post.objects.create(
                user=user,
                role=role.value,
                town=town if of_town else "",
                department=department if role in OFFICERS and not of_town else "",
                since=as_of.replace(day=1),
            )
        made[role.value] = label
    return made


def _somebody_unemployed(town: str) -> int:
    """Somebody of the town who is registered unemployed; anybody of it where there is none."""
    import polars as pl

    from wenye.registers.model import Person, Unemployment
    from wenye.rules.calendar import NOT_APPLICABLE

    tables = facts()
    people = tables.table(Person).filter(pl.col("town") == town).select("key")
    open_spells = tables.table(Unemployment).filter(pl.col("ended_on") <= NOT_APPLICABLE[32] + 1)
    found = people.join(open_spells, left_on="key", right_on="person", how="semi").collect()
    if found.is_empty():
        found = people.collect()
    return int(found["key"].sort()[0])
