"""Proven over the whole graph of every workflow: every path, with every way to share out the work.

The actors are abstract: each holds every role that a step asks for, which is the worst case. What
keeps them apart is what ``standing`` asks (``Workflow.duty_of``), and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from wenye.services.cases.guards import unknown_names
from wenye.services.cases.workflows import Transition, Workflow, workflows

WORKFLOWS = workflows()
#: More than there are duties: somebody is always free.
ACTORS = range(4)

State = tuple[str, frozenset[tuple[str, int]]]


def moves(workflow: Workflow, state: str) -> Iterator[tuple[Transition, str]]:
    for move in workflow.leaving(state):
        for end in dict.fromkeys(move.ends):
            yield move, end


def reachable(workflow: Workflow) -> dict[State, None]:
    """Every (state, who has done which duty) that the engine lets come about."""
    opener = workflow.duty_of("open", "")
    begun = {(opener, 0)} if opener else set()
    found: dict[State, None] = {(workflow.begins, frozenset(begun)): None}
    todo = list(found)
    while todo:
        state, done = todo.pop()
        for move, end in moves(workflow, state):
            duty = workflow.duty_of(move.id, state)
            for actor in ACTORS if move.roles else ():
                if duty and any(who == actor and held != duty for held, who in done):
                    continue
                after = (end, done | {(duty, actor)} if duty else done)
                if after not in found:
                    found[after] = None
                    todo.append(after)
            if move.by_service and (end, done) not in found:
                found[end, done] = None
                todo.append((end, done))
    return found


@pytest.mark.parametrize("workflow", WORKFLOWS.values(), ids=list(WORKFLOWS))
def test_nobody_has_two_duties_on_any_path(workflow: Workflow) -> None:
    for _state, done in reachable(workflow):
        actors = [who for _duty, who in done]
        assert len(actors) == len(set(actors)), done


@pytest.mark.parametrize("state", ["paying", "paid", "handed_over", "clawback"])
def test_maker_checkers_and_payer_are_different_people(state: str) -> None:
    """Where money has moved, four people had a hand in it: made, checked twice, and paid."""
    workflow = WORKFLOWS["application"]
    found = [done for at, done in reachable(workflow) if at == state]
    assert found
    for done in found:
        by_duty: dict[str, set[int]] = {}
        for duty, who in done:
            by_duty.setdefault(duty, set()).add(who)
        for duty in ("making", "first_check", "second_check", "paying"):
            assert by_duty.get(duty) or duty == "making", (state, done)
        people = list(by_duty.values())
        for at, one in enumerate(people):
            for other in people[at + 1 :]:
                assert not one & other


#: Leaving these states means that the review begins anew: earlier approvals count no more.
FRESH = {"draft", "submitted", "returned", "town_review"}


@pytest.mark.parametrize("name", ["application", "certification"])
def test_no_path_to_approval_without_both_approvals(name: str) -> None:
    """The approvals that count are those since the case was last with the applicant or the town."""
    workflow = WORKFLOWS[name]
    start = (workflow.begins, False, False)
    found, todo = {start}, [start]
    while todo:
        state, town, bureau = todo.pop()
        for move, end in moves(workflow, state):
            now_town = town or move.id == "town_approve"
            now_bureau = (bureau and end != "bureau_review") or move.id == "bureau_approve"
            if end in FRESH:
                now_town = now_bureau = False
            after = (end, now_town, now_bureau)
            if after not in found:
                found.add(after)
                todo.append(after)
    reached = {state for state, _town, _bureau in found}
    assert reached == set(workflow.states)
    for state, town, bureau in found:
        if state in ("notice", "approved", "paying", "paid", "handed_over", "clawback"):
            assert town and bureau, (state, town, bureau)


@pytest.mark.parametrize("workflow", WORKFLOWS.values(), ids=list(WORKFLOWS))
def test_every_state_can_be_reached_and_ends(workflow: Workflow) -> None:
    reached = {state for state, _done in reachable(workflow)}
    assert reached == set(workflow.states)
    final = {each.id for each in workflow.states.values() if each.kind == "final"}
    assert final
    ends = set(final)
    while True:
        more = {
            source
            for move in workflow.transitions
            if set(move.ends) & ends
            for source in move.sources
        }
        if more <= ends:
            break
        ends |= more
    assert ends == set(workflow.states)


@pytest.mark.parametrize("workflow", WORKFLOWS.values(), ids=list(WORKFLOWS))
def test_from_wherever_it_is_somebody_free_can_bring_it_to_an_end(workflow: Workflow) -> None:
    """Not only the graph has a way out: it is open to somebody, whoever did what before."""
    for state, done in reachable(workflow):
        if workflow.states[state].kind == "final":
            continue
        busy = {who for _duty, who in done}
        assert any(
            move.by_service
            or not workflow.duty_of(move.id, state)
            or len(busy) < len(ACTORS)
            or any((workflow.duty_of(move.id, state), who) in done for who in ACTORS)
            for move in workflow.leaving(state)
        ), (state, done)


def test_everything_that_workflows_name_is_written() -> None:
    from wenye.services.cases.effects import EFFECTS

    assert unknown_names(set(EFFECTS)) == []


@pytest.mark.parametrize("workflow", WORKFLOWS.values(), ids=list(WORKFLOWS))
def test_whoever_may_take_a_step_sees_the_state(workflow: Workflow) -> None:
    for move in workflow.transitions:
        for source in move.sources:
            assert move.roles <= workflow.states[source].seen_by, (move.id, source)


@pytest.mark.parametrize("workflow", WORKFLOWS.values(), ids=list(WORKFLOWS))
def test_a_step_against_somebody_says_why_and_a_grave_one_is_told(workflow: Workflow) -> None:
    for move in workflow.transitions:
        assert move.says and move.says_en, move.id
        if move.grave:
            assert move.reason, move.id
