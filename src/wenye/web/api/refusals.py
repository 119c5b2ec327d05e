"""The refusals that every operation may answer with, as its schema says them."""

from __future__ import annotations

from typing import Any

from wenye.web.api.schemas import ProblemOut

#: Statuses of refusals with their form.
REFUSALS: dict[Any, Any] = dict.fromkeys((400, 401, 403, 404, 409, 413, 422, 429), ProblemOut)
