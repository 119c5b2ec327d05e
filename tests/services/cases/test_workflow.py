"""The engine takes a step whole or not at all, and only where everything allows it."""

from __future__ import annotations

import itertools

import pytest
from tests.services.cases.made import (
    HANDED_OVER,
    PATHS,
    UNCONFIRMED,
    brought,
    keys_with,
    opened,
    someone,
)

pytestmark = pytest.mark.usefixtures("db")


@pytest.mark.parametrize("state", sorted(PATHS))
def test_an_application_comes_to_every_state(state: str) -> None:
    case, actors = opened()
    brought(case, actors, state)
    case.refresh_from_db()
    steps = list(case.steps.all())
    assert [each.number for each in steps] == list(range(1, len(steps) + 1))
    assert steps[-1].to_state == case.state == state
    assert case.version == len(steps)
    assert all(a.to_state == b.from_state for a, b in itertools.pairwise(steps))


def test_an_approval_keeps_its_receipt_and_amount() -> None:
    case, actors = opened()
    brought(case, actors, "approved")
    assert case.decision.used_for == "approval"
    assert case.decision.outcome == "entitled"
    assert case.amount_fen == case.decision.amount_fen > 0
    assert case.payable
    assert case.part == "hand_over"
    step = case.steps.get(transition="bureau_approve")
    assert step.decision == case.decision
    assert step.organisation == "区人社局"


def test_unconfirmed_values_are_approved_but_not_to_be_paid() -> None:
    from wenye.services.cases.errors import CaseRefused
    from wenye.services.cases.models import Case
    from wenye.services.cases.workflow import perform

    case, actors = opened(UNCONFIRMED)
    brought(case, actors, "approved")
    assert case.part == "pay"
    assert case.amount_status == "unconfirmed"
    assert not Case.objects.to_be_paid().exists()
    with pytest.raises(CaseRefused, match="标准待确认"):
        perform(case, "pay", actors.finance_officer)
    case.refresh_from_db()
    assert case.state == "approved"


def test_whoever_saw_an_older_version_is_told() -> None:
    from wenye.services.cases.errors import Conflict
    from wenye.services.cases.models import Case
    from wenye.services.cases.workflow import perform

    case, actors = opened()
    brought(case, actors, "submitted")
    stale = Case.objects.get(pk=case.pk)
    perform(case, "accept", actors.case_worker)
    with pytest.raises(Conflict, match="刚被别人办理过"):
        perform(stale, "refuse", actors.town_reviewer, reason="x")
    case.refresh_from_db()
    assert case.state == "town_review"


def test_two_accounts_of_one_person_are_one_person() -> None:
    from wenye.services.cases.errors import NotAllowed
    from wenye.services.cases.workflow import perform

    case, actors = opened()
    first = someone("case_worker", case.town, person_key=390)
    second = someone("town_reviewer", case.town, person_key=390)
    perform(case, "submit", actors.owner)
    perform(case, "accept", first)
    with pytest.raises(NotAllowed, match="另一个人"):
        perform(case, "town_approve", second)
    perform(case, "town_approve", actors.town_reviewer)


def test_numbers_run_without_gaps() -> None:
    from wenye.services.cases.errors import CaseRefused
    from wenye.services.cases.opening import open_case

    numbers = []
    for at, key in enumerate(keys_with(HANDED_OVER)[:3]):
        case, _actors = opened(key=key)
        numbers.append(int(case.number[-6:]))
        with pytest.raises(CaseRefused):  # a second one for the same: its number is not used up
            opened(key=key)
        with pytest.raises(CaseRefused):
            open_case(
                None, "application", scheme="nothing", subject_register="people", subject_key=at
            )
    assert numbers == [numbers[0], numbers[0] + 1, numbers[0] + 2]
    assert case.number.split("-")[1] == "310114"


def test_a_step_that_is_not_declared_cannot_be_stored() -> None:
    from django.db import IntegrityError, transaction

    from wenye.services.cases.models import Case, Step

    case, _actors = opened()
    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.create(
            case=case,
            number=2,
            workflow="application",
            transition="pay",
            from_state="draft",
            to_state="paid",
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state="nowhere")
