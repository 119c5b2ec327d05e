"""The health page: a word for everybody, every check for who looks after the service."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from wenye.services.offers.models import Run
from wenye.services.operations import health

pytestmark = pytest.mark.django_db


def test_a_program_that_watches_gets_one_word(django_assert_max_num_queries: Any) -> None:
    client = Client()
    client.get("/health/")
    with django_assert_max_num_queries(4):
        answer = client.get("/health/")
    assert (answer.status_code, answer.json()) == (200, {"ok": True})
    assert "no-store" in answer["Cache-Control"]


def test_a_full_disk_is_unwell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "FULL", 1 << 62)
    answer = Client().get("/health/")
    assert (answer.status_code, answer.json()) == (503, {"ok": False})
    assert "不能正常使用" in Client().get("/operations/health/").content.decode()


def test_pending_migrations_are_unwell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wenye.services.operations.migrations.pending", lambda: ["a.0001"])
    health.forget()
    assert Client().get("/health/").status_code == 503
    health.forget()


def test_everybody_learns_only_whether_it_is_well(settings: Any) -> None:
    page = Client().get("/operations/health/").content.decode()
    assert "可以正常使用" in page
    for secret in (str(settings.HOME), "SQLite", "PostgreSQL", "Django"):
        assert secret not in page


@pytest.mark.parametrize("role", ["citizen", "employer_clerk", "case_worker", "bureau_head"])
def test_others_who_are_logged_in_learn_no_more(as_role: Any, role: str) -> None:
    assert "<table" not in as_role(role).get("/operations/health/").content.decode()
    assert as_role(role).get("/operations/state/").status_code == 403


@pytest.mark.parametrize("role", ["administrator", "auditor"])
def test_who_looks_after_it_sees_every_check(as_role: Any, role: str) -> None:
    page = as_role(role).get("/operations/state/").content.decode()
    for check in health.checks():
        assert check.label in page
        assert check.found.split("·")[0].strip()[:20] in page


def test_every_check_is_well_or_says_how_to_mend(settings: Any, tmp_path: Any) -> None:
    settings.AUDIT_COPY = tmp_path
    from wenye.services.audit.sealing import seal

    seal()
    for check in health.checks():
        assert check.found
        assert check.state is health.State.WELL or check.mend, check.id


def test_the_nightly_run_is_looked_for() -> None:
    assert health._nightly().state is health.State.WARNING
    Run.objects.create(on=timezone.localdate(), state=Run.COMPLETE, finished_at=timezone.now())
    assert health._nightly().state is health.State.WELL
    assert health.last_nightly() is not None
    assert health.last_nightly() <= timezone.now()  # type: ignore[operator]


def test_a_guard_that_was_removed_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "wenye.services.audit.verifying.missing_guards", lambda: ["audit_entry_no_update"]
    )
    assert health._guard().state is health.State.FAILED
