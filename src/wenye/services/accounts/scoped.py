"""Rows narrowed to what somebody may see. A reach that a model does not answer to sees nothing."""

from __future__ import annotations

from typing import Any, ClassVar, Self, TypeVar

from django.db import models

from wenye.services.accounts.roles import Reach, Scope

M = TypeVar("M", bound=models.Model)


class ScopedQuerySet(models.QuerySet[M]):
    """A queryset with ``within(scope)``. Subclasses name the columns that say whose a row is."""

    #: The column with a reach's value; a reach without its column sees nothing.
    town_column: ClassVar[str | None] = None
    department_column: ClassVar[str | None] = None
    case_worker_column: ClassVar[str | None] = None  # holds the user's id
    person_column: ClassVar[str | None] = None
    employer_column: ClassVar[str | None] = None

    def within(self, scope: Scope) -> Self:
        """The rows that ``scope`` reaches; a row without an owner is seen by the district alone."""
        acting = scope.acting
        if scope.reach is Reach.DISTRICT and acting is not None:
            return self
        if acting is None:
            return self.none()
        if scope.reach is Reach.SELF:
            return self._own(acting.person_key, acting.employer_key)
        column, value = {
            Reach.TOWN: (self.town_column, acting.town),
            Reach.DEPARTMENT: (self.department_column, acting.department),
            Reach.CASELOAD: (self.case_worker_column, acting.user_id),
        }.get(scope.reach or Reach.PUBLIC, (None, None))
        if column is None or value in (None, ""):
            return self.none()
        return self.filter(**{column: value})

    def _own(self, person: int | None, employer: int | None) -> Self:
        tests: list[models.Q] = []
        pairs: list[tuple[str | None, Any]] = [
            (self.person_column, person),
            (self.employer_column, employer),
        ]
        for column, key in pairs:
            if column is not None and key is not None:
                tests.append(models.Q(**{column: key}))
        if not tests:
            return self.none()
        found = tests[0]
        for test in tests[1:]:
            found |= test
        return self.filter(found)
