"""Whether somebody at the counter is who they say: two facts that the registers hold of them."""

from __future__ import annotations

import datetime as dt
from hmac import compare_digest

from wenye.services.people.models import Person


def knows(person: Person, birth_date: dt.date | None, last_four: str) -> bool:
    """Whether day of birth and the number's last four places are the person's own.

    False where the registers hold neither: then nobody can be recognised by them.
    """
    if person.birth_date is None or not person.number or birth_date is None:
        return False
    right = person.number[-4:].upper()
    return person.birth_date == birth_date and compare_digest(
        right.encode(), last_four.strip().upper().encode()
    )
