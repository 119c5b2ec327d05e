"""Every cell role × state × step: allowed where the workflow declares it, else refused."""

from __future__ import annotations

import dataclasses

import pytest
from tests.services.cases.made import AS_OF, someone

from wenye.services.accounts.roles import Role
from wenye.services.cases.workflows import workflows

pytestmark = pytest.mark.usefixtures("db")

TOWN = "310114001"
CELLS = [(workflow.id, state) for workflow in workflows().values() for state in workflow.states]


@pytest.mark.parametrize(("name", "state"), CELLS)
def test_cells(name: str, state: str) -> None:
    from wenye.services.cases.errors import Conflict, NotAllowed
    from wenye.services.cases.models import Case
    from wenye.services.cases.standing import barred
    from wenye.services.cases.workflow import perform, possible

    workflow = workflows()[name]
    case = Case.objects.create(
        number=f"t-{name}-{state}"[:24],
        case_type="application",
        workflow=name,
        state=state,
        subject_register="people",
        subject_key=7,
        person_key=7,
        town=TOWN,
    )
    owner_of = {Role.CITIZEN: {"person_key": 7}, Role.EMPLOYER_CLERK: {"employer_key": 7}}
    ids = {move.id for move in workflow.transitions}
    for role in Role:
        in_town = role in (Role.CASE_WORKER, Role.TOWN_REVIEWER)
        actor = someone(role.value, TOWN if in_town else "", **owner_of.get(role, {}))
        theirs = case
        if role is Role.EMPLOYER_CLERK:
            Case.objects.filter(pk=case.pk).update(person_key=None, employer_key=7)
        else:
            Case.objects.filter(pk=case.pk).update(person_key=7, employer_key=None)
        theirs = Case.objects.get(pk=case.pk)
        offered = {move.id: why for move, why in possible(theirs, actor)}
        for transition in sorted(ids):
            move = workflow.find(transition, state)
            allowed = move is not None and role in move.roles
            assert (offered.get(transition) == "") == allowed, (role, transition)
            if allowed:
                continue
            with pytest.raises((NotAllowed, Conflict)):
                perform(theirs, transition, actor, reason="x", data={})
            # Out of their reach nothing is allowed, whatever the role.
        for move in workflow.leaving(state):
            if role in move.roles:
                stranger = dataclasses.replace(
                    actor, person_key=8, employer_key=8, town="310114999"
                )
                far = barred(theirs, move, stranger)
                whole = role in (Role.BUREAU_REVIEWER, Role.FINANCE_OFFICER, Role.ADMINISTRATOR)
                assert whole or far, (role, move.id)
    for move in workflow.leaving(state):
        told = barred(case, move, None)
        assert (told == "") == move.by_service, move.id
    assert AS_OF


def test_nobody_decides_their_own_a_relatives_or_their_employers_case() -> None:
    from wenye.services.cases.models import Case
    from wenye.services.cases.standing import barred

    application = workflows()["application"]
    case = Case(
        case_type="application",
        workflow="application",
        subject_register="people",
        subject_key=1,
        person_key=7,
        worker_key=9,
        employer_key=11,
        town=TOWN,
    )
    officers = [role for role in Role if role not in (Role.CITIZEN, Role.EMPLOYER_CLERK)]
    for role in officers:
        town = TOWN if role in (Role.CASE_WORKER, Role.TOWN_REVIEWER) else ""
        themselves = someone(role.value, town, person_key=7)
        worker = someone(role.value, town, person_key=9)
        relative = someone(role.value, town, person_key=500, relatives=(7,))
        of_worker = someone(role.value, town, relatives=(9,))
        colleague = someone(role.value, town, employer_key=11)
        free = someone(role.value, town, person_key=501, employer_key=12, relatives=(3,))
        for state in application.states:
            case.state = state
            for move in application.leaving(state):
                if role not in move.roles:
                    continue
                for barred_one in (themselves, worker, relative, of_worker, colleague):
                    assert "回避" in barred(case, move, barred_one, []), (role, state, move.id)
                assert barred(case, move, free, []) == ""


def test_whoever_opened_it_does_not_check_it() -> None:
    from tests.services.cases.made import HANDED_OVER, keys_with

    from wenye.services.accounts.models import Post, User
    from wenye.services.cases.errors import NotAllowed
    from wenye.services.cases.opening import open_case
    from wenye.services.cases.whose import whose
    from wenye.services.cases.workflow import perform
    from wenye.services.decisions.district import district

    key = keys_with(HANDED_OVER)[0]
    town = whose("trainings", key, district().scheme(HANDED_OVER)).town
    worker = someone("case_worker", town)
    case = open_case(
        worker, "application", scheme=HANDED_OVER, subject_register="trainings", subject_key=key
    )
    perform(case, "submit", worker)
    post = Post.objects.create(
        user=User.objects.get(pk=worker.user_id), role="town_reviewer", town=town, since=AS_OF
    )
    for transition in ("town_approve", "refuse"):
        with pytest.raises(NotAllowed, match="另一个人"):
            perform(case, transition, post.acting(), reason="x")
    bureau = Post.objects.create(
        user=User.objects.get(pk=worker.user_id), role="bureau_reviewer", since=AS_OF
    )
    perform(case, "town_approve", someone("town_reviewer", town))
    with pytest.raises(NotAllowed, match="另一个人"):
        perform(case, "bureau_approve", bureau.acting())
