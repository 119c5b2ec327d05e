"""Terms that a text leaves open, as conditions of the scheme that has them.

A text that orders a support, or grants it 按照规定, names the group and leaves the terms to a rule
that is still to come. Each term is then a parameter of the scheme's own file, open until somebody
sets it: whoever is in the group waits for it by name, and nobody else does. The functions here read
these parameters:

==================  =============  ===============================================================
parameter           unit           meaning
==================  =============  ===============================================================
``paid_to_worker``  ``yes_no``     the worker is paid; ``allowed: [是]``
``paid_once``       ``yes_no``     one payment and no monthly ones; ``allowed: [是]``
``contract_months`` ``month``      shortest contract that counts; 0 where none is asked for
``insured_months``  ``month``      least months of insurance paid since the hiring
``claim_months``    ``month``      months after the hiring within which to claim
``stacks``          ``yes_no``     may be drawn beside like supports
``cap``             ``CNY``        most that one person may draw of the supports that are named
``amount``          ``CNY``        what is paid
==================  =============  ===============================================================

Who is paid, and whether once or monthly, stands in the scheme (``payee``, ``pays``) and cannot be a
parameter. ``paid_to_worker`` and ``paid_once`` keep a scheme that pays the worker once from being
paid before that is decided; where it is decided otherwise, the scheme has to be changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wenye.policy.authoring import written_at
from wenye.rules.aggregates import any_of
from wenye.rules.expressions import ON, Day, Expr, Quantity, Truth
from wenye.rules.functions import least
from wenye.rules.law import Condition, condition
from wenye.rules.periods import month_of, months, within
from wenye.rules.sources import has

if TYPE_CHECKING:
    from wenye.policy.authoring import Parameters
    from wenye.policy.documents import Citation
    from wenye.rules.sources import Rows


def paid_to_worker(rules: Parameters, cites: Citation) -> Condition:
    """The worker has been set as the payee."""
    return _condition(
        "定为付给劳动者本人",
        rules.paid_to_worker,
        "the worker has been set as the payee",
        cites,
    )


def paid_once(rules: Parameters, cites: Citation) -> Condition:
    """One payment has been set, and no monthly ones."""
    return _condition(
        "定为一次性支付",
        rules.paid_once,
        "one payment has been set, and no monthly ones",
        cites,
    )


def contract_long_enough(rules: Parameters, length: Quantity, cites: Citation) -> Condition:
    """A contract of ``contract_months`` or more; ``length`` is absent where there is none.

    Whether a contract is asked for at all is open too: where none is, the months are nought.
    """
    asked = rules.contract_months
    return _condition(
        "劳动合同期限不短于{n}，或者不要求劳动合同",
        (asked < 1) | (has(length) & (length >= asked)),
        "contract of {n} or more, or none is asked for",
        cites,
        n=asked,
    )


def insured_long_enough(rules: Parameters, months_insured: Quantity, cites: Citation) -> Condition:
    """``insured_months`` paid since the hiring (``policy.insured_months`` counts them)."""
    return _condition(
        "招用以来由该单位按时足额缴纳社会保险费满{n}",
        months_insured >= rules.insured_months,
        "social insurance paid in full by this employer for {n} since the hiring",
        cites,
        n=rules.insured_months,
    )


def claimed_in_time(rules: Parameters, hired_on: Day, cites: Citation) -> Condition:
    """Claimed within ``claim_months`` of the hiring, the last day included.

    No register holds the day of a claim: the day of determination stands for it.
    """
    return _condition(
        "招用后{n}内办理",
        within(hired_on, months(rules.claim_months), ON),
        "claimed within {n} of the hiring",
        cites,
        n=rules.claim_months,
    )


def may_stack_with(
    rules: Parameters,
    awards: Rows,
    schemes: Sequence[str],
    hired_on: Day,
    cites: Citation,
    *,
    like: tuple[str, str],
) -> Condition:
    """Nothing of ``schemes`` was drawn for the month of the hiring or a later one, or it may be.

    Someone for whom nothing like it was paid is free of the question. What was recovered does not
    count. ``like`` names the supports for people, in Chinese and English.
    """
    drawn = any_of(
        awards,
        awards.scheme.among(*schemes)
        & ~awards.recovered
        & (awards.last_month >= month_of(hired_on)),
    )
    return _condition(
        f"招用以来未享受{like[0]}，或者定为可以同享",
        ~drawn | rules.stacks,
        f"no {like[1]} since the hiring, or the two may be drawn together",
        cites,
    )


def cap_not_reached(
    rules: Parameters, paid: Quantity, cites: Citation, *, supports: tuple[str, str]
) -> Condition:
    """Less than ``cap`` was ``paid`` so far of ``supports``, named in Chinese and English."""
    return _condition(
        f"{supports[0]}累计未达{{n}}",
        paid < rules.cap,
        f"{supports[1]} come to less than {{n}} so far",
        cites,
        n=rules.cap,
    )


def up_to_cap(rules: Parameters, paid: Quantity) -> Quantity:
    """``amount``, or what is left of ``cap`` after what was ``paid``."""
    amount: Quantity = rules.amount
    return least(amount, rules.cap - paid)


def _condition(label: str, test: Truth, en: str, cites: Citation, **values: Expr) -> Condition:
    """The condition as though it were written where the scheme asks for it."""
    found = condition(label, test, en=en, cites=cites, **values)
    found.site = written_at()
    return found
