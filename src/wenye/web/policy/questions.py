"""What to ask next, as a page shows it; the questions stand in ``services.decisions``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wenye.rules.scheme import Scheme
from wenye.services.decisions.questions import Question, answers_from
from wenye.services.decisions.questions import questions as _questions

__all__ = ["Question", "answers_from", "questions"]


def questions(
    explanation: Mapping[str, Any],
    scheme: type[Scheme],
    case: Mapping[str, Any] | None = None,
) -> list[Question]:
    """What would settle the case, cheapest first."""
    return _questions(scheme, explanation, case)
