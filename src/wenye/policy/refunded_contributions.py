"""A support that rests on contributions goes back where these are refunded.

Texts say it in one way (发生社会保险费退费情况的，应退回已申请的补贴): an award goes back whole
where a contribution that it was paid for, and that falls in its months, has been refunded since.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wenye.rules.aggregates import any_of, total
from wenye.rules.expressions import Day, Truth
from wenye.rules.law import ClawBack, claw_back
from wenye.rules.periods import month_of
from wenye.rules.sources import has, key_of

if TYPE_CHECKING:
    from wenye.policy.documents import Citation
    from wenye.rules.sources import Rows, Source


def back_on_refund(
    scheme: str, awards: Rows, contributions: Rows, cites: Citation, *, paid_for: Truth
) -> ClawBack:
    """Awards of ``scheme`` go back where a contribution that they were paid for was refunded.

    ``awards`` and ``contributions`` are of one person; ``paid_for`` says of a contribution whether
    such awards are paid for it. What was recovered does not go back twice.
    """
    return _back(awards, awards.scheme.among(scheme), contributions, paid_for, cites)


def back_on_refund_of_job(
    scheme: str,
    awards: Rows,
    contributions: Rows,
    cites: Citation,
    *,
    employer: Source,
    began_on: Day,
    ended_on: Day,
) -> ClawBack:
    """The same for awards paid to an employer for one job; ``ended_on`` may be absent.

    An award is of the job where it began in its months, a contribution where it began no later than
    its end; both are the employer's. Someone employed twice by one employer is judged for each job,
    and each gives its own awards back.
    """
    last = month_of(ended_on)
    award = (
        awards.scheme.among(scheme)
        & has(awards.employer)
        & (key_of(awards.employer) == key_of(employer))
        & (awards.first_month >= month_of(began_on))
        & (~has(ended_on) | (awards.first_month <= last))
    )
    contribution = (
        has(contributions.employer)
        & (key_of(contributions.employer) == key_of(employer))
        & (~has(ended_on) | (contributions.first_month <= last))
    )
    return _back(awards, award, contributions, contribution, cites)


def _back(
    awards: Rows, award: Truth, contributions: Rows, contribution: Truth, cites: Citation
) -> ClawBack:
    refunded = any_of(
        contributions,
        contribution
        & contributions.refunded
        & (contributions.first_month <= awards.last_month)
        & (contributions.last_month >= awards.first_month),
    )
    returned = award & ~awards.recovered & refunded
    return claw_back(
        "享受补贴期间的社会保险费发生退费",
        when=any_of(awards, returned),
        amount=total(awards, awards.amount, returned),
        en="contributions of the time were refunded",
        cites=cites,
    )
