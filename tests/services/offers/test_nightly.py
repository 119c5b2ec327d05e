"""The nightly run on the small district: what it makes, and that doing it again changes nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.service import AS_OF

from wenye.services.offers import findings, nightly
from wenye.services.offers.locking import NightlyRefused, alone, under_way
from wenye.services.offers.models import (
    Notification,
    Offer,
    OfferChange,
    Run,
    RunChange,
    RunFlow,
)
from wenye.services.offers.modes import offer_rules

pytestmark = pytest.mark.django_db


def everything() -> dict[str, list[tuple]]:
    """All that a run writes, without times and ids of rows."""
    offers = Offer.objects.order_by("scheme", "subject_key", "id")
    return {
        "offers": list(
            offers.values_list(
                *("scheme", "subject_register", "subject_key", "person_key", "employer_key"),
                *("town", "mode", "state", "live", "amount_fen", "amount_status", "law"),
            )
        ),
        "told": sorted(Notification.objects.values_list("offer__scheme", "channel", "state")),
        "changes": sorted(OfferChange.objects.values_list("offer__scheme", "kind")),
        "flow": sorted(RunFlow.objects.values_list("scheme", "town", "judged", "entitled")),
        "differences": sorted(
            RunChange.objects.values_list("run__on", "scheme", "town", "before", "after", "cause")
        ),
        "runs": list(Run.objects.order_by("on").values_list("on", "state", "stage", "counts")),
    }


def test_a_run_makes_offers_and_a_second_one_changes_nothing() -> None:
    told: list[tuple[str, int, int]] = []
    counts = nightly.run(AS_OF, lambda what, done, total: told.append((what, done, total)))
    assert counts["offers"]["made"] > 0
    assert counts["offers"]["made"] == Offer.objects.exclude(mode="information").count()
    # What was judged on the same facts and rules before is not judged again.
    assert {what for what, _, _ in told} | {"判定"} == set(nightly.STAGES.values())
    assert all(total >= 1 and done <= total for _, done, total in told)
    first = everything()
    stamps = list(Offer.objects.order_by("id").values_list("id", "made_at", "last_run"))
    nightly.run(AS_OF)
    assert everything() == first
    assert list(Offer.objects.order_by("id").values_list("id", "made_at", "last_run")) == stamps


def test_only_schemes_that_may_be_offered_are_and_in_their_mode() -> None:
    nightly.run(AS_OF)
    rules = offer_rules()
    for scheme, mode in Offer.objects.values_list("scheme", "mode").distinct():
        rule = rules.of(scheme)
        assert rule.mode != "none"
        assert mode == rule.mode or (rule.mode == "confirm" and mode == "apply")
    confirmable = Offer.objects.filter(mode=Offer.CONFIRM)
    assert {*confirmable.values_list("amount_status", flat=True)} <= {"payable"}
    assert not Offer.objects.filter(scheme="hardship_status_lost").exists()


def test_every_offer_is_somebodys_and_in_the_inbox_once() -> None:
    nightly.run(AS_OF)
    number = Offer.objects.count()
    assert Notification.objects.filter(channel="inbox", state="sent").count() == number
    for offer in Offer.objects.all():
        assert (offer.person_key is None) != (offer.employer_key is None)


def test_a_later_run_compares_itself_with_the_one_before() -> None:
    nightly.run(AS_OF)
    later = AS_OF + dt.timedelta(days=31)
    nightly.run(later)
    changed = RunChange.objects.filter(run__on=later)
    assert changed.exists()
    assert {*changed.values_list("cause", flat=True)} <= {
        *("condition", "law", "value", "other_scheme", "new", "gone")
    }
    for change in changed.filter(cause="condition"):
        assert change.condition
        assert change.before != change.after
    lapsed = Offer.objects.filter(state=Offer.LAPSED)
    assert lapsed.exists()
    for offer in lapsed:
        assert offer.why["outcome"] != "undetermined", "what is not known takes nothing away"
        assert not offer.live
        assert offer.why["reason"] or offer.why["flipped"] or offer.why["outcome"]
    assert Run.objects.get(on=later).counts["offers"]["lapsed"] == lapsed.count()


def test_time_does_not_run_backwards() -> None:
    nightly.run(AS_OF)
    with pytest.raises(NightlyRefused) as refusal:
        nightly.run(AS_OF - dt.timedelta(days=1))
    assert "更晚" in refusal.value.what
    assert Run.objects.count() == 1


def test_two_runs_at_once_are_refused_in_words() -> None:
    with alone():
        assert under_way()
        with pytest.raises(NightlyRefused) as refusal:
            nightly.run(AS_OF)
    assert "正在进行" in refusal.value.what
    assert not under_way()
    assert not Run.objects.exists()


def test_a_run_that_fails_says_why_and_can_be_done_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(run: Run, results: object) -> None:
        raise OSError("disk")

    with monkeypatch.context() as patched:
        patched.setattr(findings, "write", broken)
        with pytest.raises(OSError, match="disk"):
            nightly.run(AS_OF)
    assert Run.objects.get().state == Run.FAILED
    assert not Offer.objects.exists()
    nightly.run(AS_OF)
    row = Run.objects.get()
    assert (row.state, row.failure, row.attempts) == (Run.COMPLETE, "", 2)


def test_the_flow_counts_everybody_once() -> None:
    nightly.run(AS_OF)
    for row in RunFlow.objects.all():
        assert row.judged == row.entitled + row.not_entitled + row.undetermined
        assert row.granted <= row.entitled
        assert row.payable <= row.granted
    people = RunFlow.objects.filter(scheme="flexible_social_insurance")
    assert sum(row.judged for row in people) == 400


def test_near_misses_and_questions_stand_beside_the_run() -> None:
    nightly.run(AS_OF)
    run = Run.objects.get()
    assert findings.read(run, findings.NEAR_MISSES)["near_misses"]
    assert findings.read(run, findings.QUESTIONS)["facts"]
    assert findings.read(run, "nothing.json") is None
