"""A case decided on the facts of now, and how that differs from what was looked at before."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from wenye.services.cases.errors import CaseRefused
from wenye.services.cases.models import Case
from wenye.services.decisions.deciding import Decided, decide
from wenye.services.decisions.facts import facts
from wenye.services.decisions.models import UsedDecision

#: What a decision promises: a difference in one of these stops an approval.
PROMISED = ("outcome", "amount", "amount_status", "schedule", "law", "claw_back")


def deciding_day() -> dt.date:
    """The day of determination: today, but no later than the day to which the facts are known."""
    return min(timezone.localdate(), facts().as_of)


def decided_now(case: Case, *, with_flips: bool = False) -> Decided:
    """The case's scheme decided for its subject on fresh facts, with what the applicant said.

    The days on which time alone changes the outcome take a hundred times as long: they are reckoned
    where somebody asks for them, and no step waits for them. The receipt is the same without.
    """
    found = decide(
        case.scheme,
        case.subject_key,
        deciding_day(),
        told=case.answers or None,
        with_flips=with_flips,
    )
    if found is None:
        raise CaseRefused(
            _("登记册里已经没有这一条，无法判定。"),
            where=f"{case.subject_register}:{case.subject_key}",
            mend=_("请退回申请人核对，或者等下一次数据更新。"),
        )
    return found


def differences(before: UsedDecision | None, now: Decided) -> list[dict[str, Any]]:
    """What was promised and is now otherwise, side by side; empty where nothing is."""
    if before is None:
        return []
    labels = {
        "outcome": _("结论"),
        "amount": _("金额"),
        "amount_status": _("金额状态"),
        "schedule": _("各月金额"),
        "law": _("依据"),
        "claw_back": _("应追回"),
    }
    found = []
    for name in PROMISED:
        then, again = _promise(before.explanation, name), _promise(now.explanation, name)
        if then != again:
            found.append({"name": name, "label": labels[name], "before": then, "now": again})
    return found


def facts_changed(before: UsedDecision | None, now: Decided) -> list[dict[str, Any]]:
    """Facts that were read with another value then: why a decision differs."""
    if before is None:
        return []
    then, again = _facts(before.explanation), _facts(now.explanation)
    return [
        {
            "name": name,
            "label": again.get(name, then.get(name, {})).get("label", name),
            "before": then.get(name, {}).get("text"),
            "now": again.get(name, {}).get("text"),
        }
        for name in sorted({*then, *again})
        if then.get(name, {}).get("value") != again.get(name, {}).get("value")
    ]


def _promise(explanation: dict[str, Any], name: str) -> Any:
    value = explanation.get(name)
    if name == "law":
        return (value or {}).get("version")
    if name == "schedule":
        return [f"{each['month']} {each['amount']}" for each in value or ()]
    return value


def _facts(explanation: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        fact["name"]: fact
        for condition in explanation.get("conditions", ())
        for fact in condition["facts"]
    }
