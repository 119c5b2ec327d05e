"""How far the follow-up reaches, in numbers: by town, by worker, and by placement clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q

from wenye.services.accounts.models import User
from wenye.services.decisions.district import town_names
from wenye.services.decisions.facts import facts
from wenye.services.followup.content import content
from wenye.services.followup.models import Contact, Followed
from wenye.services.followup.subjects import registered_to

#: The numbers of a line, in the order of the table.
MEASURES = (
    "followed", "unemployed", "certified", "nobody", "due", "met", "overdue", "never",
    "contacts", "reached",
)  # fmt: skip


@dataclass(slots=True)
class Line:
    """Numbers of one town, or one worker; ``code`` is the town's, or the worker's id."""

    code: str
    name: str
    numbers: dict[str, int] = field(default_factory=lambda: dict.fromkeys(MEASURES, 0))

    @property
    def percent_met(self) -> int | None:
        """Whole percent of those due this month who were contacted, rounded down."""
        due = self.numbers["due"]
        return None if not due else self.numbers["met"] * 100 // due


def by_town(on: dt.date, towns: Iterable[str] | None = None) -> list[Line]:
    """A line for each town, those without anybody too; people of no known town last."""
    names = town_names()
    wanted = None if towns is None else set(towns)
    lines = {code: Line(code, name) for code, name in names.items()}
    for code, numbers in _numbers("town", on, wanted).items():
        line = lines.setdefault(code, Line(code, code))
        line.numbers.update(numbers)
    return [line for code, line in lines.items() if wanted is None or code in wanted]


def by_worker(on: dt.date, town: str) -> list[Line]:
    """A line for each worker who follows somebody of the town; nobody's people first."""
    found = _numbers("worker_id", on, {town})
    known = [key for key in found if key]
    names = dict(User.objects.filter(pk__in=known).values_list("pk", "name"))
    lines = []
    for key, numbers in found.items():
        line = Line("", "") if key is None else Line(str(key), names.get(int(key), ""))
        line.numbers.update(numbers)
        lines.append(line)
    return sorted(lines, key=lambda line: (line.code != "", line.name, line.code))


def _numbers(column: str, on: dt.date, towns: set[str] | None) -> dict[str, dict[str, int]]:
    """Measures by a column of the rows; contacts are those of the month up to the day."""
    first = on.replace(day=1)
    rows = Followed.objects.now()
    made = Contact.objects.standing().filter(on__gte=first, on__lte=on)
    if towns is not None:
        rows, made = rows.filter(town__in=towns), made.filter(town__in=towns)
    owed = Q(unemployed_since__isnull=False)
    counted = (
        rows.values_list(column)
        .annotate(
            followed=Count("pk"),
            unemployed=Count("pk", filter=owed),
            certified=Count("pk", filter=Q(certified_since__isnull=False)),
            nobody=Count("pk", filter=Q(worker__isnull=True)),
            due=Count("pk", filter=owed),
            met=Count("pk", filter=owed & Q(last_counted_on__gte=first)),
            overdue=Count("pk", filter=Q(law_due__lt=on, part_month=False)),
            never=Count("pk", filter=Q(contacts=0)),
        )
        .order_by(column)
    )
    names = MEASURES[:8]
    found = {row[0]: dict(zip(names, row[1:], strict=True)) for row in counted}
    told = (
        made.values_list(column)
        .annotate(contacts=Count("pk"), reached=Count("pk", filter=Q(reached=True)))
        .order_by(column)
    )
    for key, contacts, reached in told:
        found.setdefault(key, {}).update(contacts=contacts, reached=reached)
    return found


def total(lines: Iterable[Line]) -> Line:
    """All lines together."""
    whole = Line("", "")
    for line in lines:
        for name in MEASURES:
            whole.numbers[name] += line.numbers[name]
    return whole


# -- placement -------------------------------------------------------------------------------------


def placement_filters(on: dt.date, known_to: dt.date) -> dict[str, Q]:
    """The states of the clock of people hard to employ, as filters of their rows.

    A refusal that was told stands apart; what was never asked counts as accepted, until it is.
    Work is on record to ``known_to``: who was due after it may have found some.
    """
    soon = on + dt.timedelta(days=content().warning("placement_days"))
    waiting = Q(placed_on__isnull=True, placement_due__isnull=False)
    refused = Q(accepts=Contact.NO)
    return {
        "late": waiting & ~refused & Q(placement_due__lt=on, placement_due__lte=known_to),
        "unknown": waiting & ~refused & Q(placement_due__lt=on, placement_due__gt=known_to),
        "at_risk": waiting & ~refused & Q(placement_due__gte=on, placement_due__lte=soon),
        "within": waiting & ~refused & Q(placement_due__gt=soon),
        "not_owed": waiting & refused,
        "placed": Q(placed_on__isnull=False),
    }


def placement_by_town(on: dt.date, towns: Iterable[str] | None = None) -> list[Line]:
    """How many people hard to employ stand where, by town."""
    filters = placement_filters(on, registered_to(facts()))
    rows = Followed.objects.now().filter(certified_since__isnull=False)
    wanted = None if towns is None else set(towns)
    if wanted is not None:
        rows = rows.filter(town__in=wanted)
    lines = {
        code: Line(code, name, dict.fromkeys(filters, 0)) for code, name in town_names().items()
    }
    counted = (
        rows.values_list("town")
        .annotate(**{name: Count("pk", filter=test) for name, test in filters.items()})
        .order_by("town")
    )
    for code, *numbers in counted:
        line = lines.setdefault(code, Line(code, code))
        line.numbers = dict(zip(filters, numbers, strict=True))
    return [line for code, line in lines.items() if wanted is None or code in wanted]
