"""Conditions of a step, by the names that workflows give them: each is silent, or refuses."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone
from django.utils.translation import gettext as _

from wenye.services.cases.deciding import differences
from wenye.services.cases.errors import CaseRefused, Conflict, DecisionDiffers
from wenye.services.cases.forms import lacking
from wenye.services.cases.models import Case
from wenye.services.cases.taking import Taking
from wenye.services.cases.workflows import workflows
from wenye.services.decisions.district import district

Guard = Callable[[Taking], None]
Branch = Callable[[Taking], bool]

GUARDS: dict[str, Guard] = {}
BRANCHES: dict[str, Branch] = {}


def guard(check: Guard) -> Guard:
    """Declare a guard under its name."""
    GUARDS[check.__name__] = check
    return check


def branch(test: Branch) -> Branch:
    """Declare, under its name, a test that chooses where a step ends."""
    BRANCHES[test.__name__] = test
    return test


@guard
def complete(taking: Taking) -> None:
    """Everything required is there: fields of the form, and documents."""
    missing = lacking(taking.case, taking.case_type, taking.data.get("form"))
    if missing:
        raise CaseRefused(
            _("还缺：") + "、".join(missing),
            where=taking.case.number,
            mend=_("补上后再提交；已填的内容不会丢。"),
        )


@guard
def says_what_is_missing(taking: Taking) -> None:
    """A return for completion says all at once what is missing."""
    if not [each for each in taking.data.get("missing") or () if str(each).strip()]:
        raise CaseRefused(
            _("没有写明还缺什么。"),
            where=taking.case.number,
            mend=_("请逐项写明要补的材料或内容，一次告知。"),
        )


@guard
def entitled_now(taking: Taking) -> None:
    """On fresh facts the scheme says yes."""
    if not taking.case_type.decides:
        return
    outcome = taking.decided.outcome
    if outcome == "entitled":
        return
    raise CaseRefused(
        _("按最新的事实不符合条件，不能批准。")
        if outcome == "not_entitled"
        else _("按最新的事实还无法判定，不能批准。"),
        where=taking.case.number,
        mend=_("可以不予批准并说明理由，或者退回补正。"),
    )


@guard
def difference_seen(taking: Taking) -> None:
    """What differs from the submission was looked at: its receipt is named in ``data["seen"]``."""
    if not taking.case_type.decides:
        return
    rows = differences(taking.case.submitted_decision, taking.decided)
    receipt = str(taking.decided.explanation["receipt"]["id"])
    if rows and taking.data.get("seen") != receipt:
        raise DecisionDiffers(
            _("重新判定的结果与提交时不同。"),
            rows,
            receipt=receipt,
            mend=_("请看过差异，确认后再通过。"),
        )


@guard
def same_as_reviewed(taking: Taking) -> None:
    """The decision is the one that the town reviewed; else it goes back to be reviewed again."""
    if not taking.case_type.decides:
        return
    before = taking.case.reviewed_decision
    if before is None:
        raise CaseRefused(_("这件没有经过初审。"), where=taking.case.number, mend=_("请退回初审。"))
    rows = differences(before, taking.decided)
    if rows:
        raise DecisionDiffers(
            _("重新判定的结果与初审时不同，不能批准。"),
            rows,
            receipt=str(taking.decided.explanation["receipt"]["id"]),
            mend=_("请退回初审，由街镇看过差异后再报。"),
        )


@guard
def not_yet_payable(taking: Taking) -> None:
    """The amount's values were not confirmed when it was approved."""
    if taking.case.amount_status == "payable":
        raise Conflict(
            _("金额已经可以支付，不必重新核定。"),
            where=taking.case.number,
            mend=_("直接拨付即可。"),
        )


@guard
def notice_has_ended(taking: Taking) -> None:
    """The days of the notice have passed."""
    due = taking.case.due_on
    if due is None or timezone.localdate(taking.now) <= due:
        raise CaseRefused(
            _("公示还没有期满。"),
            where=taking.case.number,
            mend=_("期满后的第一天起可以办理。"),
        )


@guard
def no_other_live(taking: Taking) -> None:
    """No other case for the same is under way."""
    case = taking.case
    other = (
        Case.objects.live()
        .filter(
            case_type=case.case_type,
            scheme=case.scheme,
            subject_register=case.subject_register,
            subject_key=case.subject_key,
        )
        .exclude(pk=case.pk)
        .first()
    )
    if case.scheme and other is not None:
        raise Conflict(
            _("同一对象已有办件 %(number)s 正在办理。") % {"number": other.number},
            where=case.number,
            mend=_("请在那一件里办理。"),
        )


@guard
def district_pays(taking: Taking) -> None:
    """The scheme is one that the district pays, and once only where it is paid once."""
    case = taking.case
    if case.part != "pay":
        raise CaseRefused(_("这项不由本区支付。"), where=case.number, mend=_("请移交承办单位。"))
    if case.state == "paid" and case.flow != "monthly":
        raise Conflict(_("这件已经拨付过。"), where=case.number, mend=_("一次性补贴只付一次。"))


@guard
def payable(taking: Taking) -> None:
    """Money may be paid on its decision: no value in it is open or unconfirmed."""
    case = taking.case
    if not case.payable or case.decision_id is None:
        raise CaseRefused(
            _("标准待确认，不能拨付。"),
            where=case.number,
            mend=_("标准确认后，请先重新核定。"),
        )


@guard
def handed_over_scheme(taking: Taking) -> None:
    """Another body operates the scheme."""
    if taking.case.part != "hand_over":
        raise CaseRefused(
            _("这项由本区支付，不用移交。"), where=taking.case.number, mend=_("请拨付。")
        )


@guard
def operator_result_said(taking: Taking) -> None:
    """What the operating body decided is said: ``paid`` or ``refused``."""
    if taking.data.get("result") not in ("paid", "refused"):
        raise CaseRefused(
            _("没有写承办单位的结果。"),
            where=taking.case.number,
            mend=_("请选择已支付或不予办理。"),
        )


@guard
def department_result_said(taking: Taking) -> None:
    """What the department decided is said: ``granted`` or ``refused``."""
    if taking.data.get("result") not in ("granted", "refused"):
        raise CaseRefused(
            _("没有写承办部门的结论。"),
            where=taking.case.number,
            mend=_("请选择已给予或未给予。"),
        )


@guard
def satisfaction_said(taking: Taking) -> None:
    """How satisfied they are is said: ``yes``, ``partly`` or ``no``."""
    if taking.data.get("satisfied") not in ("yes", "partly", "no"):
        raise CaseRefused(_("没有写满意程度。"), where=taking.case.number, mend=_("请选择一项。"))


@guard
def town_said(taking: Taking) -> None:
    """The town that is to review it is said, and is one of the district's."""
    if taking.data.get("town") not in {unit.code for unit in district().organisation.units}:
        raise CaseRefused(
            _("没有写由哪个街镇办理。"), where=taking.case.number, mend=_("请选择一个街镇。")
        )


@branch
def notice_required(taking: Taking) -> bool:
    """The case type publishes before the approval counts."""
    return taking.case_type.notice_days(taking.case.scheme) is not None


@branch
def operator_refused(taking: Taking) -> bool:
    """The operating body said no."""
    return taking.data.get("result") == "refused"


def unknown_names(effects: set[str]) -> list[str]:
    """Guards, tests and effects that a workflow names and nobody has written."""
    found = []
    for each in workflows().values():
        for move in each.transitions:
            found += [f"{each.id}.{move.id}: {name}" for name in move.guards if name not in GUARDS]
            found += [
                f"{each.id}.{move.id}: {name}"
                for _end, name in move.branches
                if name not in BRANCHES
            ]
            found += [
                f"{each.id}.{move.id}: {name}" for name in move.effects if name not in effects
            ]
    return found
