"""Changes of rule files that mean the same as what they replace, each with the reason."""

from __future__ import annotations

_REFUND = (
    "dropped contributions.last_month >= month_of(hired_on): has(contributions.employer) & "
    "(key_of(contributions.employer … ns.last_month >= month_of(hired_on))"
)
_REFUND_REASON = (
    "a refund is asked only beside an award of this employment, which begins in the month of "
    "hiring or later, and reaches the award's first month: it cannot end before the hiring"
)

#: By district, group and the change in words: why no case can tell the two apart.
EQUIVALENT: dict[tuple[str, str, str], str] = {
    ("jiading", "post_subsidy", _REFUND): _REFUND_REASON,
    ("jiading", "employer_social_insurance", _REFUND): _REFUND_REASON,
}
