"""The worklist: who sees which, filters, views, bulk; and how much it asks the database."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from tests.services.cases.made import HANDED_OVER, UNCONFIRMED, brought, keys_with, opened, someone
from tests.web.cases.test_pages import client_of

pytestmark = pytest.mark.usefixtures("db")


def test_who_sees_which() -> None:
    case, actors = opened()
    brought(case, actors, "submitted")
    url = reverse("cases:worklist")
    shown = {
        role: case.number in client_of(actors.of(role)).get(url, {"todo": "0"}).content.decode()
        for role in (
            "case_worker",
            "town_reviewer",
            "bureau_reviewer",
            "finance_officer",
            "auditor",
        )
    }
    assert shown == {
        "case_worker": True,
        "town_reviewer": True,
        "bureau_reviewer": True,
        "finance_officer": False,  # nothing to pay yet
        "auditor": True,
    }
    elsewhere = someone("town_reviewer", "310114999")
    assert case.number not in client_of(elsewhere).get(url, {"todo": "0"}).content.decode()
    assert client_of(actors.bureau_head).get(url).status_code == 403
    assert client_of(actors.owner).get(url).status_code == 403


def test_names_are_masked_and_every_read_is_logged() -> None:
    from wenye.services.audit.models import Entry
    from wenye.services.people.models import Person

    case, actors = opened()
    brought(case, actors, "submitted")
    Person.objects.filter(pk=case.person_key).update(name="欧阳测试人")
    page = client_of(actors.town_reviewer).get(reverse("cases:worklist")).content.decode()
    assert "欧阳测试人" not in page
    assert "欧*人" in page
    entry = Entry.objects.filter(verb="read", person_key=case.person_key).latest("id")
    assert (entry.page, entry.user_id) == ("cases.worklist", actors.town_reviewer.user_id)


def test_filters_and_saved_views() -> None:
    case, actors = opened()
    brought(case, actors, "submitted")
    client = client_of(actors.town_reviewer)
    url = reverse("cases:worklist")
    for query, there in (
        ({"scheme": HANDED_OVER}, True),
        ({"scheme": UNCONFIRMED}, False),
        ({"state": "town_review"}, False),
        ({"q": case.number[:12]}, True),
        ({"q": "' or 1=1 --"}, False),
        ({"urgency": "over"}, False),
        ({"urgency": "none"}, True),
        ({"page": "99999"}, False),
        ({"page": "²"}, True),
    ):
        assert (case.number in client.get(url, query).content.decode()) == there, query
    answer = client.post(reverse("cases:view"), {"name": "我的", "query": "todo=0&state=submitted"})
    assert answer.status_code == 302
    assert "我的" in client.get(url).content.decode()
    from wenye.services.cases.models import SavedView

    other = client_of(actors.bureau_reviewer)
    assert "todo=0&amp;state=submitted" not in other.get(url).content.decode()
    other.post(reverse("cases:view"), {"forget": SavedView.objects.get().pk})
    assert SavedView.objects.count() == 1


def test_several_of_one_scheme_each_for_itself() -> None:
    town, picked = "", []
    from wenye.services.cases.models import Case

    for at in range(3):
        case, actors = opened(at=at)
        brought(case, actors, "submitted")
        town = town or case.town
        Case.objects.filter(pk=case.pk).update(town=town)
        picked.append(Case.objects.get(pk=case.pk))
    stale = f"{picked[2].number}:{picked[2].version + 1}"
    reviewer = someone("town_reviewer", town)
    sent = [f"{each.number}:{each.version}" for each in picked[:2]] + [stale]
    answer = client_of(reviewer).post(reverse("cases:bulk"), {"pick": sent}, follow=True)
    text = answer.content.decode()
    assert "已通过2件" in text
    assert f"{picked[2].number}：这件刚被别人办理过" in text
    states = [Case.objects.get(pk=each.pk).state for each in picked]
    assert states == ["bureau_review", "bureau_review", "submitted"]


def test_not_several_schemes_at_once() -> None:
    one, actors = opened()
    brought(one, actors, "submitted")
    from wenye.services.cases.models import Case

    other, others = opened(UNCONFIRMED)
    brought(other, others, "submitted")
    Case.objects.filter(pk=other.pk).update(town=one.town)
    sent = [f"{one.number}:{one.version}", f"{other.number}:{other.version}"]
    answer = client_of(actors.town_reviewer).post(reverse("cases:bulk"), {"pick": sent})
    assert answer.status_code == 400
    assert "同一个项目" in answer.content.decode()


def test_queries_do_not_grow_with_rows(django_assert_max_num_queries: Any) -> None:
    for at in range(min(4, len(keys_with(HANDED_OVER)))):
        case, actors = opened(at=at)
        brought(case, actors, "submitted")
    client = client_of(someone("bureau_reviewer"))
    with django_assert_max_num_queries(12):
        client.get(reverse("cases:worklist"), {"todo": "0"})
    with django_assert_max_num_queries(45):
        client.get(reverse("cases:case", args=[case.number]))
    own = client_of(actors.owner)
    with django_assert_max_num_queries(10):
        own.get(reverse("cases:mine"))
