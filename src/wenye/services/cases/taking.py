"""A step being taken: what guards look at and effects change, within one transaction."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from wenye.services.accounts.roles import Acting
from wenye.services.cases.deciding import decided_now
from wenye.services.cases.models import Case
from wenye.services.cases.types import CaseType, case_types
from wenye.services.cases.workflows import Transition
from wenye.services.decisions.deciding import Decided
from wenye.services.decisions.models import UsedDecision


@dataclass
class Taking:
    """One step. ``case`` is the locked row, not yet saved."""

    case: Case
    move: Transition
    acting: Acting | None
    reason: str
    data: dict[str, Any]
    now: dt.datetime
    #: Where it ends; known once the guards have passed.
    to: str = ""
    #: The decision that the step rests on, kept with it.
    used: UsedDecision | None = None
    #: What is kept with the step, sealed.
    kept: dict[str, Any] = field(default_factory=dict)

    @property
    def case_type(self) -> CaseType:
        """The case's type."""
        return case_types()[self.case.case_type]

    @cached_property
    def decided(self) -> Decided:
        """The decision on fresh facts, made once."""
        return decided_now(self.case)
