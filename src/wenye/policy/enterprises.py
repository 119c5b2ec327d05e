"""Which employers are enterprises (企业).

A text that speaks of enterprises rarely says whether farmers' cooperatives (农民专业合作社) are
among them. They are recorded as a kind of their own, and so whether they count is a truth of the
district, open until somebody confirms it. No other employer waits for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wenye.rules.functions import where

if TYPE_CHECKING:
    from wenye.rules.expressions import Choice, Truth


def is_enterprise(kind: Choice, cooperatives: Truth) -> Truth:
    """Whether an employer of ``kind`` is an enterprise.

    ``kind`` has the options ``enterprise`` and ``cooperative``; ``cooperatives`` says whether the
    latter are enterprises too, and is asked of them alone.
    """
    return where(kind == "cooperative", cooperatives, kind == "enterprise")
