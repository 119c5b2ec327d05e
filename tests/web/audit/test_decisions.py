"""Used decisions, and deciding one again from its receipt."""

from __future__ import annotations

from typing import Any

import pytest
from tests.service import AS_OF

from wenye.registers.model import Unemployment
from wenye.services.audit.models import Entry
from wenye.services.decisions.deciding import decide, use
from wenye.services.decisions.facts import facts
from wenye.services.decisions.models import UsedDecision

pytestmark = pytest.mark.django_db


@pytest.fixture
def used(acting: Any) -> UsedDecision:
    decided = decide("statutory_retirement", 1, AS_OF)
    assert decided is not None
    return use(decided, "approval", acting=acting("bureau_reviewer"), object_type="case")


def test_used_decisions_are_listed_and_found(
    as_role: Any, used: UsedDecision, django_assert_max_num_queries: Any
) -> None:
    client = as_role("auditor")
    with django_assert_max_num_queries(10):
        page = client.get("/audit/decisions/").content.decode()
    assert "people:1" in page
    for query, there in [
        (f"?receipt={used.receipt}", True),
        ("?receipt=x", False),
        ("?used_for=approval&scheme=statutory_retirement", True),
        ("?used_for=payment", False),
        (f"?before={used.pk}", False),
        ("?before=x", True),
    ]:
        assert ("people:1" in client.get(f"/audit/decisions/{query}").content.decode()) is there


def test_one_is_decided_again(as_role: Any, used: UsedDecision) -> None:
    client = as_role("auditor")
    page = client.get(f"/audit/decisions/{used.pk}/").content.decode()
    assert used.receipt in page
    assert "逐项相同" not in page
    reads = Entry.objects.filter(verb="read", person_key=1, purpose="audit")
    assert reads.exists()
    page = client.post(f"/audit/decisions/{used.pk}/again/").content.decode()
    assert "逐项相同" in page
    assert Entry.objects.filter(verb="decision.replay", object_id=str(used.pk)).exists()


def test_a_difference_is_shown(as_role: Any, used: UsedDecision) -> None:
    used.case["person"]["birth_date"] = "1930-01-01"
    used.save()
    page = as_role("auditor").post(f"/audit/decisions/{used.pk}/again/").content.decode()
    assert "重做的结果不同" in page
    assert Entry.objects.filter(verb="decision.replay").latest("id").detail == {"same": False}


def test_what_is_not_there(as_role: Any) -> None:
    client = as_role("auditor")
    assert client.get("/audit/decisions/99999/").status_code == 404
    assert client.post("/audit/decisions/99999/again/").status_code == 404


def test_whoever_a_row_is_about_finds_the_reading(as_role: Any, acting: Any) -> None:
    row = facts().table(Unemployment).select("key", "person").first().collect().row(0, named=True)
    decided = decide("unemployment_benefit", row["key"], AS_OF)
    assert decided is not None
    used = use(decided, "approval", acting=acting("bureau_reviewer"), object_type="case")
    assert as_role("auditor").get(f"/audit/decisions/{used.pk}/").status_code == 200
    reads = Entry.objects.filter(verb="read", purpose="audit", page="audit.decision")
    assert set(reads.values_list("person_key", flat=True)) == {row["person"]}
