"""The portal is told every step of a case once, in order, whatever fails on the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone

from wenye.services.cases.models import Case
from wenye.services.cases.opening import open_case
from wenye.services.cases.types import case_types
from wenye.services.cases.workflow import perform
from wenye.services.decisions.district import district
from wenye.services.people.models import Person
from wenye.services.portal.items import items
from wenye.services.portal.models import Outgoing
from wenye.services.portal.outbox import WAITS, again, deliver, gather, send
from wenye.services.portal.simulator import SimulatedPortal


@pytest.fixture
def portal(tmp_path: Path) -> SimulatedPortal:
    return SimulatedPortal(tmp_path / "portal.jsonl")


@pytest.fixture
def case(db: None, acting) -> Case:
    """A case that its citizen has withdrawn: two steps, of which the draft is nobody's business."""
    here, citizen = district(), acting("citizen")
    scheme = next(
        name
        for name in case_types()["application"].schemes()
        if here.scheme(name).subject.register.name == "people"
    )
    opened = open_case(
        citizen,
        "application",
        scheme=scheme,
        subject_register="people",
        subject_key=citizen.person_key,
    )
    return perform(opened, "withdraw", citizen, reason="不办了")


def test_a_step_is_told_once(case: Case, portal: SimulatedPortal) -> None:
    assert gather(portal) == 1 and gather(portal) == 0
    assert send(portal) == {"sent": 1, "failed": 0, "given_up": 0}
    assert send(portal)["sent"] == 0
    told = portal.told()
    assert [(each["kind"], each["state"]) for each in told] == [("case", "withdrawn")]
    assert told[0]["case_number"] == case.number and told[0]["has_applicant"]


def test_a_draft_is_not_told(db: None, acting, portal: SimulatedPortal) -> None:
    assert gather(portal) == 0


def test_an_answer_that_is_lost_leads_to_no_second_telling(
    case: Case, portal: SimulatedPortal
) -> None:
    portal.failing = iter(["down", "lost", ""])
    gather(portal)
    moment = timezone.now()
    for _ in range(3):
        send(portal, moment)
        moment += dt.timedelta(hours=1)
    assert len(portal.told()) == 1
    assert Outgoing.objects.get().state == Outgoing.SENT and Outgoing.objects.get().attempts == 3


def test_a_later_step_waits_for_the_earlier(case: Case, portal: SimulatedPortal) -> None:
    gather(portal)
    first = Outgoing.objects.get()
    Outgoing.objects.create(
        kind="status", case_number=case.number, once=f"{case.number}/99", payload={"state": "x"}
    )
    portal.failing = iter(["down"])
    now = timezone.now()
    assert send(portal, now) == {"sent": 0, "failed": 1, "given_up": 0}
    assert portal.told() == []
    portal.failing = None
    send(portal, now + dt.timedelta(hours=1))
    assert [each["once"] for each in portal.told()] == [first.once, f"{case.number}/99"]


def test_what_is_never_taken_is_given_up_and_sent_again_by_hand(
    case: Case, portal: SimulatedPortal, acting
) -> None:
    gather(portal)
    moment = timezone.now()
    portal.failing = iter(["down"] * 99)
    for _ in range(len(WAITS) + 1):
        send(portal, moment)
        moment += dt.timedelta(days=1)
    row = Outgoing.objects.get()
    assert row.state == Outgoing.GIVEN_UP and row.answer == "unreachable"
    portal.failing = None
    assert again(acting("administrator"), row) and not again(acting("administrator"), row)
    assert send(portal)["sent"] == 1


def test_what_the_portal_refuses_is_not_tried_again(case: Case, portal: SimulatedPortal) -> None:
    portal.failing = iter(["refused"])
    gather(portal)
    assert send(portal)["given_up"] == 1 and send(portal)["given_up"] == 0


def test_a_process_that_dies_while_sending_leaves_it_to_the_next(
    case: Case, portal: SimulatedPortal
) -> None:
    class Dies(SimulatedPortal):
        def push(self, message):
            super().push(message)
            raise KeyboardInterrupt

    gather(portal)
    now = timezone.now()
    with pytest.raises(KeyboardInterrupt):
        send(Dies(portal.file), now)
    assert send(portal, now)["sent"] == 0  # still the dead one's
    assert send(portal, now + dt.timedelta(minutes=6))["sent"] == 1
    assert len(portal.told()) == 1


def test_the_payload_is_sealed_and_holds_nobody(case: Case, portal: SimulatedPortal) -> None:
    gather(portal)
    person = Person.objects.get(pk=case.person_key)
    assert person.name not in str(Outgoing.objects.get().payload)
    send(portal)
    assert person.number not in portal.file.read_text(encoding="utf-8")


def test_codes_that_nobody_has_given_are_not_made_up(db: None) -> None:
    assert items() == {}


def test_without_a_portal_nothing_is_gathered(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WENYE_PORTAL", raising=False)
    assert deliver() == {} and not Outgoing.objects.exists()
    monkeypatch.setenv("WENYE_PORTAL", "simulator")
    assert deliver()["sent"] == 1


@pytest.fixture(autouse=True)
def _no_file_left(settings) -> Iterator[None]:
    yield
    (Path(settings.HOME) / "portal-simulator.jsonl").unlink(missing_ok=True)
