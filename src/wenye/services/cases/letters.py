"""Letters of a case: issued with the step that calls for them, in the same transaction."""

from __future__ import annotations

from wenye.services.cases.models import Case, Letter, Step


def issue(case: Case, step: Step, kind: str) -> Letter | None:
    """Issue the letter of a step."""
    return None
