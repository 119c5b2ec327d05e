"""Every other kind of case, from its beginning to its end."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from tests.services.cases.made import someone

from wenye.services.cases.types import case_types
from wenye.services.cases.workflows import add_working_days, working_days_left

pytestmark = pytest.mark.usefixtures("db")


def somebody_of_a_town() -> Any:
    from wenye.services.people.models import Person

    found = Person.objects.exclude(town="").order_by("key").first()
    assert found is not None
    return found


def test_flexible_work_is_registered_and_becomes_a_fact() -> None:
    from wenye.registers.model import FlexibleWork
    from wenye.services.cases.errors import CaseRefused, NotAllowed
    from wenye.services.cases.opening import open_case
    from wenye.services.cases.workflow import perform
    from wenye.services.decisions.facts import facts

    person = somebody_of_a_town()
    citizen = someone("citizen", person_key=person.pk)
    for kind in ("flexible_work_registration", "domestic_work_registration"):
        case = open_case(citizen, kind, subject_register="people", subject_key=person.pk)
        before = facts().rows_by(FlexibleWork, "person", [person.pk]).height
        with pytest.raises(CaseRefused, match="还缺"):
            perform(case, "submit", citizen)
        form = {
            "started_on": "2026-09-01",
            "work": "送餐",
            "service": "care",
            "platform": True,
        }
        perform(case, "submit", citizen, data={"form": form})
        worker = someone("case_worker", case.town)
        perform(case, "register", worker)
        assert case.state == "registered"
        rows = facts().rows_by(FlexibleWork, "person", [person.pk])
        assert rows.height == before + 1
        with pytest.raises(NotAllowed):
            perform(case, "cancel", worker, reason="x")
        perform(case, "cancel", someone("town_reviewer", case.town), reason="登记有误")
        assert facts().rows_by(FlexibleWork, "person", [person.pk]).height == before


@pytest.mark.parametrize(
    ("urgency", "days"), [("enquiry", 1), ("supervised", 3), ("complaint", 5), ("complex", 15)]
)
def test_the_clocks_of_the_hotline(urgency: str, days: int) -> None:
    from wenye.services.cases.opening import open_case
    from wenye.services.cases.workflow import perform

    person = somebody_of_a_town()
    worker = someone("case_worker", person.town)
    case = open_case(
        worker,
        "complaint",
        subject_register="people",
        subject_key=person.pk,
        form={"urgency": urgency, "words": "没有收到补贴"},
    )
    assert case.due_on is None
    perform(case, "submit", worker)
    due = add_working_days(timezone.localdate(), days)
    assert case.due_on == due
    reviewer = someone("town_reviewer", person.town)
    perform(case, "take", reviewer)
    assert case.due_on == due
    perform(case, "answer", reviewer, reason="已于昨日到账")
    citizen = someone("citizen", person_key=person.pk)
    perform(case, "recheck", citizen, reason="还是没有")
    assert case.due_on == add_working_days(timezone.localdate(), 3)
    perform(case, "answer", reviewer, reason="已补发")
    perform(case, "close", citizen, data={"satisfied": "yes"})
    assert case.state == "closed"


def test_a_layoff_is_reported_and_judged_on_what_is_said() -> None:
    from wenye.services.cases.errors import CaseRefused
    from wenye.services.cases.models import Attachment
    from wenye.services.cases.opening import open_case
    from wenye.services.cases.supposing import supposed
    from wenye.services.cases.workflow import perform
    from wenye.services.people.models import Addition, Employer

    employer = Employer.objects.order_by("key").first()
    assert employer is not None
    clerk = someone("employer_clerk", employer_key=employer.pk)
    case = open_case(clerk, "layoff_report", subject_register="employers", subject_key=employer.pk)
    form = {
        "first_dismissal_on": "2027-03-01",
        "dismissed": 25,
        "staff": 100,
        "ground": "serious_difficulty",
        "opinions_heard": True,
        "settlement_plan": True,
        "explained_on": "2026-11-02",
    }
    perform(case, "save", clerk, data={"form": form})
    outcomes = {each.scheme.id: each.outcome for each in supposed(case)}
    assert outcomes["layoff_report_required"] == "entitled"
    with pytest.raises(CaseRefused, match="裁减人员方案"):
        perform(case, "submit", clerk)
    Attachment.objects.create(
        case=case, kind="plan", name="a.pdf", content_type="x", size=1, sha256="", path="t/1"
    )
    perform(case, "submit", clerk)
    perform(case, "receive", someone("bureau_reviewer"))
    row = Addition.objects.get(case_id=case.pk)
    assert row.register == "layoff_plans"
    assert row.employer_key == employer.pk
    assert row.values["reported_on"] == timezone.localdate().isoformat()
    assert "contracts_changed_first" not in row.values  # not said is not known


def test_a_household_is_referred_to_civil_affairs() -> None:
    from wenye.registers.model import Household
    from wenye.services.cases.opening import open_case
    from wenye.services.cases.workflow import perform
    from wenye.services.decisions.facts import facts

    key = int(facts().table(Household).select("key").collect()["key"][0])
    case = open_case(
        None,
        "referral",
        scheme="minimum_living_referral",
        subject_register="households",
        subject_key=key,
    )
    assert case.department == "区民政局"
    assert case.person_key is not None
    perform(case, "submit", None)
    reviewer = someone("town_reviewer", case.town)
    perform(case, "send", reviewer)
    letter = case.letters.get()
    assert "民政" in letter.content["issuer"]
    perform(case, "answered", reviewer, reason="已列入低保", data={"result": "granted"})
    perform(case, "close", None)
    assert case.state == "closed"


def test_types_name_what_there_is() -> None:
    from wenye.services.cases.letter_kinds import letter_kinds
    from wenye.services.cases.workflows import workflows
    from wenye.services.decisions.district import district
    from wenye.services.decisions.facts import ENTITIES

    departments = {each.name for each in district().organisation.departments}
    for kind in case_types().values():
        assert kind.department in departments
        assert kind.about in ("scheme", "anybody") or kind.about in ENTITIES
        for scheme in kind.schemes():
            assert scheme in district().scheme_ids
        if kind.registers is not None:
            names = ENTITIES[kind.registers.register].facts()
            fields = {field.name for field in kind.form} | set(
                kind.rows.columns if kind.rows else ()
            )
            special = {"today", "submitted", "person", "employer"}
            for fact, said in kind.registers.values.items():
                assert fact in names, (kind.id, fact)
                if isinstance(said, str) and said.startswith("="):
                    assert said[1:] in fields | special, (kind.id, said)
    for workflow in workflows().values():
        for move in workflow.transitions:
            assert not move.letter or move.letter in letter_kinds().kinds, move.letter


def test_working_days_keep_the_holidays() -> None:
    # 1 to 7 October 2026 are holidays; 10 October is worked.
    assert add_working_days(dt.date(2026, 9, 30), 1) == dt.date(2026, 10, 8)
    assert add_working_days(dt.date(2026, 9, 30), 0) == dt.date(2026, 9, 30)
    assert working_days_left(dt.date(2026, 9, 30), dt.date(2026, 10, 8)) == 1
    assert working_days_left(dt.date(2026, 10, 9), dt.date(2026, 10, 8)) == -1
    assert add_working_days(dt.date(2099, 1, 1), 5) is None
