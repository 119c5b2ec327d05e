"""The engine takes a step whole or not at all, and only where everything allows it."""

from __future__ import annotations

import itertools

import pytest
from tests.services.cases.made import (
    CERTIFIED,
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


def test_a_difference_stops_an_approval_and_is_shown() -> None:
    """A value that was confirmed, or a fact that changed, between review and approval."""
    from wenye.services.cases.errors import DecisionDiffers
    from wenye.services.cases.models import Case
    from wenye.services.cases.workflow import perform
    from wenye.services.decisions.models import UsedDecision

    case, actors = opened()
    brought(case, actors, "bureau_review")
    before = case.reviewed_decision
    told = {**before.explanation, "amount": "1.00"}
    other = UsedDecision.objects.get(pk=before.pk)
    other.explanation = told
    other.save(update_fields=["explanation"])
    case = Case.objects.get(pk=case.pk)
    with pytest.raises(DecisionDiffers) as stopped:
        perform(case, "bureau_approve", actors.bureau_reviewer)
    assert [row["name"] for row in stopped.value.rows] == ["amount"]
    case.refresh_from_db()
    assert case.state == "bureau_review"
    perform(case, "send_back", actors.bureau_reviewer, reason="有差异")
    perform(case, "town_approve", actors.town_reviewer)
    perform(case, "bureau_approve", actors.bureau_reviewer)
    assert case.state == "approved"


def test_the_town_says_that_it_has_seen_what_differs_from_the_submission() -> None:
    from wenye.services.cases.errors import DecisionDiffers
    from wenye.services.cases.models import Case
    from wenye.services.cases.workflow import perform
    from wenye.services.decisions.models import UsedDecision

    case, actors = opened()
    brought(case, actors, "town_review")
    used = UsedDecision.objects.get(pk=case.submitted_decision_id)
    used.explanation = {**used.explanation, "outcome": "undetermined"}
    used.save(update_fields=["explanation"])
    case = Case.objects.get(pk=case.pk)
    with pytest.raises(DecisionDiffers) as stopped:
        perform(case, "town_approve", actors.town_reviewer)
    perform(case, "town_approve", actors.town_reviewer, data={"seen": stopped.value.receipt})
    assert case.state == "bureau_review"


def test_who_is_not_entitled_is_not_approved_and_is_refused_with_reasons() -> None:
    from wenye.services.cases.errors import CaseRefused
    from wenye.services.cases.workflow import perform

    case, actors = opened(key=keys_with(HANDED_OVER, "not_entitled")[0])
    brought(case, actors, "town_review")
    with pytest.raises(CaseRefused, match="不符合条件"):
        perform(case, "town_approve", actors.town_reviewer)
    with pytest.raises(CaseRefused, match="要写理由"):
        perform(case, "refuse", actors.town_reviewer)
    perform(case, "refuse", actors.town_reviewer, reason="培训不在目录内")
    letter = case.letters.get(kind="refusal")
    text = "".join(part["text"] for part in letter.content["parts"])
    used = case.decision
    assert "培训不在目录内" in text
    assert "决定性的条件" in text
    assert used.explanation["law"]["version"] is None or "沪人社规" in text
    assert "待定" in text  # no document at hand says how to appeal
    assert "更正" in text


def test_a_certification_becomes_a_fact() -> None:
    from wenye.services.cases.workflow import perform
    from wenye.services.decisions.deciding import decide

    case, actors = opened(CERTIFIED, "hardship_certification", form={"category": "协保人员"})
    brought(case, actors, "bureau_review")
    perform(case, "bureau_approve", actors.bureau_reviewer)
    assert case.state == "approved"
    from wenye.services.people.models import Addition

    row = Addition.objects.get(case_id=case.pk)
    assert row.register == "certifications"
    assert row.person_key == case.person_key
    again = decide(CERTIFIED, case.subject_key)
    assert again is not None
    assert again.outcome == "not_entitled"  # certified already
    perform(case, "cancel", actors.bureau_reviewer, reason="已稳定就业")
    row.refresh_from_db()
    assert row.values["ended_on"] is not None
    assert case.letters.filter(kind="cancelled").exists()


def test_notices_hold_no_more_than_their_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    import dataclasses
    import datetime as dt

    from wenye.services.cases import types
    from wenye.services.cases.errors import CaseRefused
    from wenye.services.cases.models import Case, NoticeRow
    from wenye.services.cases.workflow import perform
    from wenye.services.people.models import Person

    listed = dict(types.case_types())
    listed["application"] = dataclasses.replace(
        listed["application"], notice=types.Notice(5, (), "")
    )
    for module in ("taking", "workflow", "opening"):
        monkeypatch.setattr(f"wenye.services.cases.{module}.case_types", lambda: listed)
    case, actors = opened()
    brought(case, actors, "bureau_review")
    perform(case, "bureau_approve", actors.bureau_reviewer)
    assert case.state == "notice"
    row = NoticeRow.objects.get()
    columns = {field.name for field in NoticeRow._meta.get_fields()}
    assert columns == {
        *("id", "masked_name", "town", "scheme", "band", "month"),
        *("put_up_on", "until", "taken_down_on"),
    }
    person = Person.objects.get(pk=case.person_key)
    assert person.name not in row.masked_name
    with pytest.raises(CaseRefused, match="没有期满"):
        perform(case, "notice_over", None)
    Case.objects.filter(pk=case.pk).update(due_on=dt.date(2020, 1, 1))
    case.refresh_from_db()
    perform(case, "notice_over", None)
    assert case.state == "approved"
    row.refresh_from_db()
    assert row.taken_down_on is not None
