"""Contacts made again: the same seed draws the same ones, and the interval is Wilson's."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from tests.followups import TOWN, at_noon
from tests.service import AS_OF

from wenye.services.accounts.models import Post, User
from wenye.services.followup.errors import FollowupRefused
from wenye.services.followup.models import Contact, Recontact, Sample
from wenye.services.followup.sampling import (
    answer,
    chosen_of,
    draw,
    estimate,
    percent,
    wilson,
)

MONTH = AS_OF.replace(day=1)


@pytest.fixture
def contacts(followed_people: list[int], acting: Callable[[str], Any]) -> list[int]:
    """Twenty contacts by the case worker, four that reached nobody; a colleague in the town."""
    colleague = User.objects.create_user("colleague", None, name="同事")
    Post.objects.create(user=colleague, role="case_worker", town=TOWN, since=dt.date(2026, 9, 1))
    worker = acting("case_worker").user_id
    made = Contact.objects.bulk_create(
        Contact(
            person_id=followed_people[at % 5],
            worker_id=worker,
            town=TOWN,
            at=at_noon(MONTH + dt.timedelta(days=at)),
            on=MONTH + dt.timedelta(days=at),
            recorded_at=at_noon(MONTH + dt.timedelta(days=at)),
            method="phone",
            reached=at >= 4,
            outcome="talked" if at >= 4 else "no_answer",
            situation="looking" if at >= 4 else "",
            accepts="yes" if at >= 4 else "unknown",
        )
        for at in range(24)
    )
    return [row.pk for row in made]


def test_known_chances_and_a_recorded_seed(
    contacts: list[int], acting: Callable[[str], Any]
) -> None:
    sample = draw(acting("bureau_reviewer"), MONTH, TOWN, size=8)
    items = list(sample.items.order_by("pk"))
    assert (sample.frame, sample.size, len(items)) == (20, 8, 8)
    assert {(item.chance_of, item.chance_in) for item in items} == {(8, 20)}
    drawn = [item.contact_id for item in items]
    assert set(drawn) <= set(contacts[4:])
    assert drawn == chosen_of(contacts[4:], 8, sample.seed)


def test_each_contact_is_as_likely_as_another() -> None:
    counts = Counter(
        each for seed in range(2_000) for each in chosen_of(list(range(10)), 3, str(seed))
    )
    assert all(520 <= counts[at] <= 680 for at in range(10))


def test_a_second_worker_is_another_one(contacts: list[int], acting: Callable[[str], Any]) -> None:
    draw(acting("bureau_reviewer"), MONTH, TOWN, size=6)
    for item in Recontact.objects.select_related("contact", "second_worker"):
        assert item.second_worker is not None
        assert item.second_worker_id != item.contact.worker_id


def test_the_first_worker_cannot_confirm_the_own_contact(
    contacts: list[int], acting: Callable[[str], Any]
) -> None:
    draw(acting("bureau_reviewer"), MONTH, TOWN, size=2)
    item = Recontact.objects.order_by("pk").first()
    assert item is not None
    with pytest.raises(FollowupRefused):
        answer(acting("case_worker"), item.pk, Recontact.CONFIRMED)
    answer(acting("town_reviewer"), item.pk, Recontact.CONFIRMED)
    with pytest.raises(FollowupRefused):
        answer(acting("town_reviewer"), item.pk, Recontact.NOT_CONFIRMED)


@pytest.mark.parametrize(
    ("result", "more"), [("maybe", {}), ("confirmed", {"situation": "rich"}),
                         ("confirmed", {"accepts": "perhaps"})],
)  # fmt: skip
def test_a_wrong_answer_is_refused(
    contacts: list[int], acting: Callable[[str], Any], result: str, more: dict[str, str]
) -> None:
    draw(acting("bureau_reviewer"), MONTH, TOWN, size=1)
    item = Recontact.objects.get()
    with pytest.raises(FollowupRefused):
        answer(acting("town_reviewer"), item.pk, result, **more)


def test_the_estimate_counts_answers_and_tells_what_is_not_known(
    contacts: list[int], acting: Callable[[str], Any]
) -> None:
    sample = draw(acting("bureau_reviewer"), MONTH, TOWN, size=10)
    assert estimate(sample).rate is None
    reviewer = acting("town_reviewer")
    results = ["confirmed"] * 5 + ["not_confirmed"] * 2 + ["not_reached"]
    for item, result in zip(sample.items.order_by("pk"), results, strict=False):
        answer(reviewer, item.pk, result, situation="employed" if result == "confirmed" else "")
    told = estimate(sample)
    assert (told.answered, told.not_confirmed, told.not_reached, told.open) == (7, 2, 1, 2)
    assert told.rate_words == "28.6%" and told.bounds_words == "25.0%–37.5%"
    assert told.situation_differs == 5


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    # 2 of 7 and 0 of 10, as tables of Wilson's interval at 95 % have them.
    [(2, 7, 82, 642), (0, 10, 0, 278), (10, 10, 722, 1000), (50, 100, 403, 597)],
)
def test_wilson(part: int, whole: int, low: int, high: int) -> None:
    assert wilson(part, whole, 95) == (low, high)


def test_nothing_to_draw_is_said(followed_people: list[int], acting: Callable[[str], Any]) -> None:
    with pytest.raises(FollowupRefused):
        draw(acting("bureau_reviewer"), MONTH, TOWN)
    assert not Sample.objects.exists()
    assert percent(None) and percent(286) == "28.6%"
