"""What waits for whoever opens the first page: a number, a sentence, and where it is done.

An area adds a function to ``TASKS`` when its ``urls`` module is loaded; it narrows by its own pages'
scopes, counts with an index, and returns nothing for somebody who has no business there::

    TASKS.append(cases_waiting)

    def cases_waiting(request: Asked) -> list[Task]:
        scope = scope_of(request.acting, page_named("cases.worklist"))
        if scope.reach is None:
            return []
        waiting = Case.objects.within(scope).to_be_decided().count()
        return [Task(waiting, _("件等您审核"), reverse("cases:worklist"))]
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from wenye.web.acting import Asked


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits."""

    number: int
    what: str
    url: str
    #: A deadline has passed, or money or a person is at stake: it stands first.
    urgent: bool = False


TASKS: list[Callable[[Asked], list[Task]]] = []


def tasks(request: Asked) -> list[Task]:
    """What waits, the urgent first; what is done is left out."""
    found = [task for made in TASKS for task in made(request) if task.number]
    return sorted(found, key=lambda task: not task.urgent)
