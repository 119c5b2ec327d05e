"""A fact said to be wrong: one proposes, another of the supplying department decides."""

from __future__ import annotations

import dataclasses

import pytest
from django.db import IntegrityError

from wenye.policy.district import load_district
from wenye.registers.model import MODEL, Employment
from wenye.registers.model import Person as PersonEntity
from wenye.services.accounts.models import User
from wenye.services.audit.models import Entry
from wenye.services.decisions.facts import facts
from wenye.services.people import correcting, fact_lines
from wenye.services.people.correcting import CorrectionRefused
from wenye.services.people.models import Correction, Person
from wenye.services.people.suppliers import department_of


def _row(key: int = 1) -> dict:
    row = fact_lines.one_row(facts(), PersonEntity, key)
    assert row is not None
    return row


def test_a_correction_counts_once_somebody_else_has_accepted_it(db: None, acting) -> None:
    made = correcting.propose(
        acting("case_worker"), "people", _row(), "birth_date", "1961-02-03", "与户口簿不一致"
    )
    assert (made.department, made.person_key) == ("区人力资源社会保障局", 1)
    assert made.town == Person.objects.get(pk=1).town
    correcting.decide(acting("bureau_reviewer"), made.pk, accept=True, answer="已核对户口簿")
    assert Person.objects.get(pk=1).birth_date.isoformat() == "1961-02-03"
    line = next(
        each
        for each in fact_lines.lines(facts(), PersonEntity, _row())
        if each.name == "birth_date"
    )
    assert line.words == "1961-02-03"
    verbs = list(Entry.objects.filter(object_type="correction").values_list("verb", flat=True))
    assert verbs == ["correction.propose", "correction.accept"]
    assert "1961" not in str(list(Entry.objects.values_list("detail", flat=True)))


def test_a_corrected_town_moves_the_person(db: None, acting) -> None:
    person = Person.objects.get(pk=1)
    other = Person.objects.exclude(town=person.town).exclude(town="")[0].town
    made = correcting.propose(acting("bureau_reviewer"), "people", _row(), "town", other, "迁居")
    second = dataclasses.replace(acting("bureau_reviewer"), user_id=10**6)
    User.objects.create(pk=10**6, username="second", name="第二人")
    correcting.decide(second, made.pk, accept=True, answer="已核对")
    person.refresh_from_db()
    assert person.town == other


def test_nobody_decides_what_is_their_own(db: None, acting) -> None:
    reviewer = acting("bureau_reviewer")
    own = correcting.propose(reviewer, "people", _row(), "sex", _other_sex(1), "写错")
    with pytest.raises(CorrectionRefused, match="不能核实自己"):
        correcting.decide(reviewer, own.pk, accept=True, answer="好")
    of_relative = correcting.propose(
        acting("case_worker"), "people", _row(2), "sex", _other_sex(2), "写错"
    )
    User.objects.filter(pk=reviewer.user_id).update(relatives=[2])
    with pytest.raises(CorrectionRefused, match="近亲属"):
        correcting.decide(reviewer, of_relative.pk, accept=False, answer="好")
    with pytest.raises(IntegrityError):  # nor does the database let it be
        Correction.objects.filter(pk=own.pk).update(state="accepted", decided_by=own.proposed_by)


def _other_sex(key: int) -> str:
    return "female" if Person.objects.get(pk=key).sex == "male" else "male"


def test_another_department_does_not_decide(db: None, acting) -> None:
    now = _row()["company_officer"]
    made = correcting.propose(
        acting("case_worker"), "people", _row(), "company_officer", not now, "登记错误"
    )
    assert made.department == "区市场监管局"
    with pytest.raises(CorrectionRefused, match="不由您的部门"):
        correcting.decide(acting("bureau_reviewer"), made.pk, accept=True, answer="好")


@pytest.mark.parametrize(
    ("fact", "value", "reason", "what"),
    [
        ("birth_date", "1961-02-30", "错", "新值不对"),
        ("birth_date", None, "错", "新值不对"),
        ("sex", "unknown", "错", "新值不对"),
        ("pension_months", -1, "错", "新值不对"),
        ("pension_months", "12", "错", "新值不对"),
        ("birth_date", "1961-02-03", "  ", "为什么不对"),
        ("birth_date", "1961-02-03", "错" * 1001, "为什么不对"),
        ("nothing", "1", "错", "不能更正"),
    ],
)
def test_what_is_no_value_is_told(
    db: None, acting, fact: str, value: object, reason: str, what: str
) -> None:
    with pytest.raises(CorrectionRefused, match=what):
        correcting.propose(acting("case_worker"), "people", _row(), fact, value, reason)


def test_the_same_fact_is_looked_at_once(db: None, acting) -> None:
    made = correcting.propose(acting("citizen"), "people", _row(), "birth_date", "1961-02-03", "错")
    with pytest.raises(CorrectionRefused) as told:
        correcting.propose(
            acting("case_worker"), "people", _row(), "birth_date", "1961-02-04", "错"
        )
    assert told.value.status == 409
    with pytest.raises(CorrectionRefused, match="提出人"):
        correcting.withdraw(acting("case_worker"), made.pk)
    correcting.withdraw(acting("citizen"), made.pk)
    with pytest.raises(CorrectionRefused) as told:
        correcting.decide(acting("bureau_reviewer"), made.pk, accept=True, answer="好")
    assert told.value.status == 409


def test_whose_a_row_is_cannot_be_corrected() -> None:
    assert "worker" not in correcting.correctable(Employment)
    assert correcting.owners(Employment, {"key": 7, "worker": 3, "employer": 4}) == (3, 4)


def test_every_supplier_answers_through_a_department_of_the_district() -> None:
    known = {each.name for each in load_district("jiading").organisation.departments}
    for entity in MODEL:
        for fact in correcting.correctable(entity).values():
            assert department_of(fact) in known, fact
