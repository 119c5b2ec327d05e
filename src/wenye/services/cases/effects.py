"""What a step does beside moving the case, by the names that workflows give it."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone

from wenye.services.cases.models import NoticeRow, Step
from wenye.services.cases.publishing import notice_row
from wenye.services.cases.registering import end_rows, register, withdraw
from wenye.services.cases.taking import Taking
from wenye.services.decisions.deciding import use
from wenye.services.decisions.models import UsedDecision

Effect = Callable[[Taking], None]

EFFECTS: dict[str, Effect] = {}


def effect(do: Effect) -> Effect:
    """Declare an effect under its name."""
    EFFECTS[do.__name__] = do
    return do


@effect
def keep_answers(taking: Taking) -> None:
    """What was filled in, with the step: ``answers`` and ``form`` of its data, where given."""
    if isinstance(taking.data.get("answers"), dict):
        taking.case.answers = taking.data["answers"]
    if isinstance(taking.data.get("form"), dict):
        # Nothing that stood there is lost by a form that does not show it.
        taking.case.form = {**(taking.case.form or {}), **taking.data["form"]}


def _use(taking: Taking, used_for: str) -> UsedDecision:
    case, decided = taking.case, taking.decided
    used = use(decided, used_for, acting=taking.acting, object_type="case", object_id=case.number)
    taking.used = used
    case.outcome = decided.outcome
    case.amount_fen = decided.amount_fen
    case.amount_status = decided.amount_status
    case.flow = str(decided.explanation["flow"])
    return used


@effect
def decide_submitted(taking: Taking) -> None:
    """The decision as the applicant submits: what later ones are compared with."""
    if taking.case.submitted_at is None:
        taking.case.submitted_at = taking.now
    if taking.case_type.decides:
        taking.case.submitted_decision = _use(taking, "submission")
        taking.case.reviewed_decision = None
        taking.case.decision = None


@effect
def decide_reviewed(taking: Taking) -> None:
    """The decision as the town reviewed it."""
    if taking.case_type.decides:
        taking.case.reviewed_decision = _use(taking, "review")
        taking.case.decision = None


@effect
def decide_approved(taking: Taking) -> None:
    """The decision on which the approval rests, with its receipt."""
    if taking.case_type.decides:
        taking.case.decision = _use(taking, "approval")


@effect
def decide_refused(taking: Taking) -> None:
    """The decision as it was refused, so that the letter can say by what."""
    if taking.case_type.decides:
        taking.case.decision = _use(taking, "refusal")


@effect
def notice_put_up(taking: Taking) -> None:
    """The row of the public notice, where there is to be one."""
    if taking.to == "notice":
        row = notice_row(taking)
        row.save()
        taking.kept["notice_id"] = row.pk


@effect
def notice_taken_down(taking: Taking) -> None:
    """The notice ends with this step."""
    if taking.case.state != "notice":
        return
    put_up = Step.objects.filter(case=taking.case, to_state="notice").order_by("-number").first()
    if put_up is not None and "notice_id" in put_up.data:
        NoticeRow.objects.filter(pk=put_up.data["notice_id"]).update(
            taken_down_on=timezone.localdate(taking.now)
        )


@effect
def register_row(taking: Taking) -> None:
    """The row that the approved case adds to a register: a fact from now on."""
    if taking.to != "notice":
        register(taking)


@effect
def set_town(taking: Taking) -> None:
    """The town that is named reviews it."""
    taking.case.town = str(taking.data["town"])


@effect
def end_row(taking: Taking) -> None:
    """The rows that the case added end today."""
    end_rows(taking)


@effect
def withdraw_rows(taking: Taking) -> None:
    """The rows that the case added were wrong: they count no more."""
    withdraw(taking)
