"""What the service does while nobody works, in the order in which one thing rests on another.

``run`` may be killed at any point and called again: each part is done whole or done over, and done
over it changes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from wenye.services.cases import workflow
from wenye.services.cases.errors import CaseRefused
from wenye.services.cases.models import Case
from wenye.services.followup import nightly as followup
from wenye.services.money import instalments
from wenye.services.offers import nightly as offers

Report = Callable[[str, int, int], None]


def run(on: dt.date | None = None, report: Report | None = None) -> dict[str, Any]:
    """Do the night's work; ``on`` is the day of determination, at most the day of the data.

    Contacts, notices and payments go by today's calendar: they do not wait for data. Raises
    ``offers.locking.NightlyRefused`` where another run is under way.
    """
    today = timezone.localdate()
    say = report or _silent
    say(_("公示期满"), 0, 1)
    ended = notices_over(today)
    found = offers.run(on, report)
    found["notices_ended"] = ended
    found["followup"] = followup.run(today, report)
    say(_("应付款项"), 0, 1)
    owed = instalments.commit_all(today)
    found["money"] = {
        "planned": owed.planned,
        "committed": owed.committed,
        "due": owed.due,
        "stopped": sum(owed.stopped.values()),
    }
    return found


def notices_over(today: dt.date) -> int:
    """End the public notices to which nobody has objected in time; how many."""
    done = 0
    for case in Case.objects.filter(state="notice", due_on__lt=today).order_by("pk"):
        try:
            workflow.perform(case, "notice_over", None)
        except CaseRefused:
            continue  # an objection came meanwhile
        done += 1
    return done


def _silent(what: str, done: int, total: int) -> None:
    """No progress asked for."""
