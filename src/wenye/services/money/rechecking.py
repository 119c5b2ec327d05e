"""Whether an instalment may still be paid as it was approved, on the day that it is to be paid.

Two questions, both answered by deciding again: does the approval stand on the values as they are
now (from its receipt), and is the month still owed on the facts as they are now. Whatever differs
stops that one payment and says what differs; nobody in finance can wave it through.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from wenye.services.decisions.deciding import Decided, decide_all, differences
from wenye.services.decisions.district import district
from wenye.services.decisions.facts import Facts, facts
from wenye.services.decisions.models import UsedDecision
from wenye.services.money.approved import answers_of
from wenye.services.money.instalments import last_day
from wenye.services.money.models import Instalment
from wenye.services.money.posting import yuan_text


def standing(rows: Iterable[Instalment], on: dt.date) -> dict[int, str]:
    """Instalment → why it may not be paid; those that may are not named."""
    found: dict[int, str] = {}
    tables = facts()
    approvals: dict[int, str] = {}
    for row in rows:
        why = _own(row)
        if not why:
            if row.decision_id not in approvals:
                approvals[row.decision_id] = _approval(row.decision)
            why = approvals[row.decision_id] or _fresh(row, on, tables)
        if why:
            found[row.pk] = why[:300]
    return found


def _own(row: Instalment) -> str:
    if row.amount_status != "payable" or not row.amount_fen:
        return str(_("金额待定或未经确认，不能支付。"))
    decision = row.decision
    if decision.outcome != "entitled":
        return str(_("批准所依据的判定不是“符合”。"))
    if row.month == Instalment.ONCE:
        expected, status = decision.amount_fen, decision.amount_status
    else:
        item = _month_of(decision.explanation, row.month_text)
        expected, status = item if item else (None, "none")
    if status != "payable":
        return str(_("批准时的金额待定或未经确认，不能支付。"))
    if expected != row.amount_fen:
        return str(_("金额与批准的判定不一致。"))
    return ""


def approved_amount(row: Instalment) -> int | None:
    """What the decision that approved the case says of the month, in fen."""
    if row.month == Instalment.ONCE:
        return row.decision.amount_fen
    item = _month_of(row.decision.explanation, row.month_text)
    return item[0] if item else None


def _approval(decision: UsedDecision) -> str:
    """What the receipt gives otherwise by the rules and values of today."""
    here = district()
    if (
        decision.rules_digest == here.rules_digest
        and decision.parameters_digest == here.parameters_digest
    ):
        return ""
    told = differences(decision)
    return "" if not told else str(_("规则或数值有变：%(what)s")) % {"what": "；".join(told)[:200]}


def _fresh(row: Instalment, on: dt.date, tables: Facts) -> str:
    """What the facts of today say otherwise of the month; one gone by is judged at its end."""
    day = min(on, tables.as_of)  # what is later is not known
    if row.month != Instalment.ONCE:
        day = min(day, last_day(row.month))
    decided = decided_again(row, day, tables)
    if decided is None:
        return str(_("对象已不在登记册里。"))
    if decided.outcome != "entitled":
        return str(_("按最新事实判定为“%(outcome)s”，与批准时不同。")) % {
            "outcome": outcome_text(decided.outcome)
        }
    if row.month == Instalment.ONCE:
        found: tuple[int | None, str] | None = (decided.amount_fen, decided.amount_status)
    else:
        found = _month_of(decided.explanation, row.month_text)
    if found is None:
        return str(_("按最新事实，这个月不在应付期内。"))
    fen, status = found
    if status != "payable" or fen is None:
        return str(_("按最新事实，金额待定或未经确认。"))
    if fen != row.amount_fen:
        return str(_("按最新事实应为 %(now)s 元，批准的是 %(then)s 元。")) % {
            "now": yuan_text(fen),
            "then": yuan_text(row.amount_fen or 0),
        }
    return ""


def decided_again(row: Instalment, day: dt.date, tables: Facts | None = None) -> Decided | None:
    """The subject decided on the facts of now, with what the applicant had said."""
    found = decide_all(
        row.scheme,
        [row.decision.subject_key],
        day,
        told=answers_of(row.case_id),
        by=tables,
        with_flips=False,
    )
    return found[0] if found else None


def _month_of(explanation: dict[str, object], month: str) -> tuple[int | None, str] | None:
    schedule = explanation.get("schedule")
    assert isinstance(schedule, list)
    for item in schedule:
        if item["month"] == month:
            amount = item["amount"]
            return None if amount is None else int(Decimal(amount) * 100), item["amount_status"]
    return None


def outcome_text(outcome: str) -> str:
    """An outcome in words."""
    return {
        "entitled": str(_("符合")),
        "not_entitled": str(_("不符合")),
        "undetermined": str(_("不能判定")),
    }.get(outcome, outcome)
