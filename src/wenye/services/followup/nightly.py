"""What follow-up does each night: who is followed, by whom, and how the month's entries look."""

from __future__ import annotations

import datetime as dt
from typing import Any

from wenye.services.followup.assigning import assign
from wenye.services.followup.findings import detect
from wenye.services.followup.refreshing import Report, refresh
from wenye.services.followup.returns import make


def run(on: dt.date, report: Report | None = None) -> dict[str, Any]:
    """Bring follow-up into step with a day; a second run on the same day changes nothing."""
    refreshed = refresh(on, report)
    assigned = assign(on)
    month = on.replace(day=1)
    months = [month]
    if on.day <= 7:  # what is entered late still belongs to the month before
        months.insert(0, (month - dt.timedelta(days=1)).replace(day=1))
    found = sum(len(detect(each)) for each in months)
    made = sum(make(each, on=on) for each in months)
    return {
        "followed": refreshed.followed,
        "begun": refreshed.begun,
        "ended": refreshed.ended,
        "assigned": assigned.changed,
        "nobody": assigned.nobody,
        "findings": found,
        "returns": made,
    }
