"""What the pages do: contacts, drafts, rounds, assignment, ledgers; and what they never show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from tests.followups import TOWN, of_town, unemployed
from tests.service import AS_OF

from wenye.services.accounts.models import Post, User
from wenye.services.audit.models import Entry
from wenye.services.followup.assigning import assign
from wenye.services.followup.models import Contact, Draft, Finding, Followed, Sample, Stop
from wenye.services.followup.refreshing import refresh
from wenye.services.people.models import Person

FORM = {
    "method": "visit",
    "outcome": "talked",
    "situation": "looking",
    "needs": ["post", "training"],
    "accepts": "yes",
    "on": AS_OF.isoformat(),
    "time": "10:30",
    "next_on": "2026-11-20",
    "note": "想学电工",
    "token": "t-1",
}


@pytest.fixture
def worker(as_role: Callable[[str], Any]) -> Any:
    return as_role("case_worker")


def test_the_worklist_is_ordered_masked_and_logged(followed_people: list[int], worker: Any) -> None:
    page = worker.get(reverse("followup:worklist"))
    text = page.content.decode()
    for key in followed_people:
        person = Person.objects.get(pk=key)
        assert person.masked_name in text and person.name not in text
        assert reverse("followup:person", args=[key]) in text
    read = Entry.objects.filter(verb="read", page="followup.worklist", purpose="follow_up")
    assert set(followed_people) <= set(read.values_list("person_key", flat=True))
    assert "第（二十）条" in text or "二十" in text
    assert "逾期31天" in text


def test_the_number_of_queries_of_a_worklist_is_bounded(
    followed_people: list[int], worker: Any, django_assert_max_num_queries: Any
) -> None:
    for key in of_town(TOWN, 30):
        unemployed(key, dt.date(2026, 8, 1))
    refresh(AS_OF)
    assign(AS_OF)
    with django_assert_max_num_queries(12):
        worker.get(reverse("followup:worklist"))
    with django_assert_max_num_queries(70):
        worker.get(reverse("followup:person", args=[followed_people[0]]))


@pytest.mark.parametrize(
    "which",
    ["all", "overdue", "week", "never", "certified", "benefit", "needs", "today", "x' OR 1"],
)
def test_every_filter_opens(followed_people: list[int], worker: Any, which: str) -> None:
    page = worker.get(reverse("followup:worklist"), {"which": which, "committee": "没有这个"})
    assert page.status_code == 200
    assert "empty" in page.content.decode()


def test_pages_follow_each_other_without_loss(
    followed_people: list[int], as_role: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from wenye.web.followup import worklist

    monkeypatch.setattr(worklist, "PER_PAGE", 2)
    client = as_role("town_reviewer")
    seen: list[int] = []
    after = ""
    for _turn in range(20):
        page = client.get(reverse("followup:worklist"), {"after": after})
        seen += [each["row"].pk for each in page.context["rows"]]
        after = page.context["next"]
        if not after:
            break
    assert len(seen) == len(set(seen)) == Followed.objects.now().filter(town=TOWN).count()


def test_a_contact_from_the_quick_form(followed_people: list[int], worker: Any) -> None:
    key = followed_people[0]
    answer = worker.post(reverse("followup:contact", args=[key]), FORM, follow=True)
    assert answer.status_code == 200 and "已记下" in answer.content.decode()
    made = Contact.objects.get()
    assert (made.needs, made.note, made.method) == (["post", "training"], "想学电工", "visit")
    worker.post(reverse("followup:contact", args=[key]), FORM)
    assert Contact.objects.count() == 1
    assert "想学电工" in worker.get(reverse("followup:person", args=[key])).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"situation": ""},
        {"outcome": "nothing"},
        {"on": "31.10.2026"},
        {"on": "0001-01-01"},
        {"time": "25:99"},
        {"next_on": "soon"},
        {"on": "2026-11-30"},
        {"accepts": "no"},
        {"needs": ["<script>"]},
    ],
)
def test_what_was_typed_stands_again_when_it_is_refused(
    followed_people: list[int], worker: Any, wrong: dict[str, Any]
) -> None:
    for name in ("contact", "visit"):
        answer = worker.post(
            reverse(f"followup:{name}", args=[followed_people[0]]), {**FORM, **wrong}
        )
        text = answer.content.decode()
        assert answer.status_code == 400 and "还没有保存" in text and "想学电工" in text
    assert not Contact.objects.exists()


def test_a_visit_is_put_aside_and_taken_up(followed_people: list[int], worker: Any) -> None:
    where = reverse("followup:visit", args=[followed_people[0]])
    worker.post(where, {"note": "写到一半", "needs": ["training"], "aside": "1"})
    assert Draft.objects.count() == 1 and not Contact.objects.exists()
    page = worker.get(where)
    assert "写到一半" in page.content.decode()
    assert page.context["values"]["needs"] == ["training"]
    worker.post(where, FORM)
    assert Contact.objects.count() == 1 and not Draft.objects.exists()


def test_a_script_in_a_note_or_name_stays_text(followed_people: list[int], worker: Any) -> None:
    key = followed_people[0]
    evil = "<script>alert(1)</script>"
    Person.objects.filter(pk=key).update(name=evil)
    worker.post(reverse("followup:contact", args=[key]), {**FORM, "note": evil, "place": evil})
    text = worker.get(reverse("followup:person", args=[key])).content.decode()
    assert evil not in text and "&lt;script&gt;" in text


def test_a_correction_stands_beside_the_contact(followed_people: list[int], worker: Any) -> None:
    key = followed_people[0]
    worker.post(reverse("followup:contact", args=[key]), FORM)
    made = Contact.objects.get()
    where = reverse("followup:correct", args=[made.pk])
    assert "想学电工" in worker.get(where).content.decode()
    assert worker.post(where, {**FORM, "token": "t-2"}).status_code == 400
    worker.post(where, {**FORM, "token": "t-2", "reason": "时间记错", "time": "09:00"})
    assert Contact.objects.count() == 2 and Contact.objects.standing().count() == 1
    assert worker.get(where).status_code == 409
    assert worker.post(where, {**FORM, "token": "t-3", "reason": "再改"}).status_code == 400


def test_a_contact_that_did_not_happen(followed_people: list[int], worker: Any) -> None:
    key = followed_people[0]
    worker.post(reverse("followup:contact", args=[key]), FORM)
    where = reverse("followup:correct", args=[Contact.objects.get().pk])
    worker.post(where, {"reason": "记到了别人名下", "void": "1"})
    assert not Contact.objects.standing().exists()
    assert Followed.objects.get(pk=key).last_counted_on is None


# -- whose ----------------------------------------------------------------------------------------


def test_another_workers_people_are_not_to_be_found(
    followed_people: list[int], worker: Any, acting: Callable[[str], Any]
) -> None:
    other = User.objects.create_user("other", None, name="别人")
    Post.objects.create(user=other, role="case_worker", town=TOWN, since=dt.date(2026, 9, 1))
    key = followed_people[0]
    Followed.objects.filter(pk=key).update(worker=other)
    Person.objects.filter(pk=key).update(case_worker=other)
    name = Person.objects.get(pk=key).masked_name
    for page in ("person", "visit"):
        assert worker.get(reverse(f"followup:{page}", args=[key])).status_code == 404
    for page in ("contact", "refer", "place", "visit"):
        assert worker.post(reverse(f"followup:{page}", args=[key]), FORM).status_code == 404
    text = worker.get(reverse("followup:worklist")).content.decode()
    assert reverse("followup:person", args=[key]) not in text and name
    assert not Contact.objects.exists()


def test_another_town_is_not_to_be_found(
    followed_people: list[int], as_role: Callable[[str], Any]
) -> None:
    client = as_role("town_reviewer")
    elsewhere = Followed.objects.now().exclude(town=TOWN).first()
    assert elsewhere is not None
    assert client.get(reverse("followup:person", args=[elsewhere.pk])).status_code == 404
    finding = Finding.objects.create(
        month=AS_OF.replace(day=1), town=elsewhere.town, kind="phone",
        numbers={"numbers": 1, "people": 5, "largest": 5, "least": 5},
    )  # fmt: skip
    assert client.get(reverse("followup:finding", args=[finding.pk])).status_code == 404
    answer = client.post(
        reverse("followup:answer_finding", args=[finding.pk]), {"state": "explained", "words": "x"}
    )
    assert answer.status_code == 404
    sample = Sample.objects.create(
        month=AS_OF.replace(day=1), town=elsewhere.town, seed="s", frame=1, size=0
    )
    assert client.get(reverse("followup:sample_result", args=[sample.pk])).status_code == 404
    page = client.get(
        reverse("followup:ledger", args=["unemployed"]),
        {"month": "2026-10", "town": elsewhere.town},
    )
    assert {row["town"] for row in page.context["rows"]} == {TOWN}
    lines = client.get(reverse("followup:towns")).context["lines"]
    assert [line["code"] for line in lines] == [TOWN]


@pytest.mark.parametrize("name", ["towns", "placement", "returns"])
def test_the_bureau_head_sees_numbers_and_nobody(
    followed_people: list[int], as_role: Callable[[str], Any], name: str
) -> None:
    as_role("bureau_reviewer").post(reverse("followup:make_return"), {"month": "2026-10"})
    before = Entry.objects.filter(verb="read").count()
    text = as_role("bureau_head").get(reverse(f"followup:{name}")).content.decode()
    for person in Person.objects.filter(pk__in=followed_people):
        assert person.masked_name not in text and person.name not in text
    assert Entry.objects.filter(verb="read").count() == before
    assert "/followup/people/" not in text and "/followup/ledgers/" not in text


# -- rounds and assignment -------------------------------------------------------------------------


def test_a_round_is_planned_walked_and_left(followed_people: list[int], worker: Any) -> None:
    answer = worker.post(
        reverse("followup:worklist"), {"person": followed_people[:3], "on": "2026-11-02"}
    )
    assert answer.url == f"{reverse('followup:round')}?on=2026-11-02"
    page = worker.get(answer.url)
    assert page.context["count"] == 3
    worker.post(reverse("followup:round"), {"on": "2026-11-02", "person": followed_people[0]})
    assert Stop.objects.count() == 2
    past = worker.post(
        reverse("followup:worklist"), {"person": followed_people, "on": "2026-10-01"}, follow=True
    )
    assert "已经过去" in past.content.decode() and Stop.objects.count() == 2


def test_only_a_case_worker_plans(
    followed_people: list[int], as_role: Callable[[str], Any]
) -> None:
    as_role("auditor").post(reverse("followup:worklist"), {"person": followed_people})
    assert not Stop.objects.exists()


def test_people_change_hands_in_bulk(
    followed_people: list[int], as_role: Callable[[str], Any]
) -> None:
    other = User.objects.create_user("other", None, name="新援助员")
    Post.objects.create(user=other, role="case_worker", town=TOWN, since=dt.date(2026, 9, 1))
    client = as_role("town_reviewer")
    elsewhere = Followed.objects.now().exclude(town=TOWN).first()
    assert elsewhere is not None
    picked = [*followed_people[:2], elsewhere.pk]
    answer = client.post(
        reverse("followup:assign"), {"person": picked, "worker": other.pk}, follow=True
    )
    assert "已移交 2 人" in answer.content.decode()
    assert Person.objects.filter(case_worker=other).count() == 2
    answer = client.post(reverse("followup:assign"), {"person": picked}, follow=True)
    assert "没有选援助员" in answer.content.decode()


def test_loose_ones_are_dealt_at_once(
    followed_people: list[int], as_role: Callable[[str], Any]
) -> None:
    Followed.objects.filter(pk__in=followed_people).update(worker=None)
    client = as_role("town_reviewer")
    assert client.get(reverse("followup:assign")).context["loose"] >= len(followed_people)
    client.post(reverse("followup:assign"), {"all": "1"})
    assert client.get(reverse("followup:assign")).context["loose"] == 0


# -- ledgers, families, samples --------------------------------------------------------------------


def test_a_ledger_is_read_masked_and_taken_for_a_purpose(
    followed_people: list[int], as_role: Callable[[str], Any]
) -> None:
    client = as_role("town_reviewer")
    where = reverse("followup:ledger", args=["unemployed"])
    text = client.get(where, {"month": "2026-10"}).content.decode()
    assert Person.objects.get(pk=followed_people[0]).name not in text
    full = {"month": "2026-10", "form": "full"}
    assert client.post(where, full).status_code == 400
    assert client.post(where, {**full, "purpose": "curiosity"}).status_code == 400
    assert client.post(where, {**full, "purpose": "statistics"}).status_code == 400
    taken = client.post(where, {**full, "purpose": "follow_up"})
    assert taken.status_code == 200 and taken.content[:2] == b"PK"
    assert client.get(reverse("followup:ledger", args=["everybody"])).status_code == 404


def test_the_bureau_takes_no_ledger_in_full(
    followed_people: list[int], as_role: Callable[[str], Any]
) -> None:
    where = reverse("followup:ledger", args=["unemployed"])
    town = Person.objects.get(pk=followed_people[0]).town
    asked = {"month": "2026-10", "form": "full", "purpose": "follow_up", "town": town}
    assert as_role("bureau_reviewer").post(where, asked).status_code == 400
    masked = as_role("bureau_reviewer").post(where, {"month": "2026-10", "town": town})
    assert masked.status_code == 200


def test_a_return_drills_down(followed_people: list[int], as_role: Callable[[str], Any]) -> None:
    client = as_role("bureau_reviewer")
    client.post(reverse("followup:make_return"), {"month": "2026-10"})
    page = client.get(reverse("followup:returns"), {"month": "2026-10"})
    line = next(line for line in page.context["lines"] if line["cells"][0]["value"])
    ledger = client.get(line["cells"][0]["url"])
    assert ledger.context["total"] >= line["cells"][0]["value"]
    book = client.get(reverse("followup:returns"), {"month": "2026-10", "as": "workbook"})
    assert book.content[:2] == b"PK"
    later = client.post(reverse("followup:make_return"), {"month": "2027-10"}, follow=True)
    assert "还没有开始" in later.content.decode()


def test_a_family_is_confirmed_on_the_page(
    followed_people: list[int], as_role: Callable[[str], Any]
) -> None:
    client = as_role("town_reviewer")
    where = reverse("followup:confirm_family")
    for wrong in ({"people": "张三", "confirmed_on": "2026-10-20"}, {"people": "1"}):
        assert client.post(where, wrong).status_code == 400
    people = "，".join(str(key) for key in followed_people[:2])
    client.post(where, {"people": people, "confirmed_on": "2026-10-20"})
    text = client.get(reverse("followup:families")).content.decode()
    assert "2026-11-20" in text


def test_a_sample_is_drawn_answered_and_told(
    followed_people: list[int], worker: Any, as_role: Callable[[str], Any]
) -> None:
    for at, key in enumerate(followed_people):
        worker.post(reverse("followup:contact", args=[key]), {**FORM, "token": f"s-{at}"})
    auditor, reviewer = as_role("auditor"), as_role("town_reviewer")
    where = reverse("followup:draw_sample")
    assert auditor.post(where, {"month": "2026-10", "town": "x"}).status_code == 400
    assert reviewer.post(where, {"month": "2026-10", "town": TOWN}).status_code == 403
    answer = auditor.post(where, {"month": "2026-10", "town": TOWN})
    items = list(Sample.objects.get().items.order_by("pk"))
    assert len(items) == 5
    # The worker whose contacts they are finds none of them.
    assert worker.get(reverse("followup:recontact", args=[items[0].pk])).status_code == 404
    one = reverse("followup:recontact", args=[items[0].pk])
    assert "想学电工" not in reviewer.get(one).content.decode()
    assert reviewer.post(one, {}).status_code == 400
    reviewer.post(one, {"result": "not_confirmed"})
    text = auditor.get(answer.url).content.decode()
    assert "100.0%" in text and Sample.objects.get().seed in text


def test_a_finding_is_answered(
    followed_people: list[int], as_role: Callable[[str], Any], acting: Callable[[str], Any]
) -> None:
    row = Finding.objects.create(
        month=AS_OF.replace(day=1), town=TOWN, kind="hours",
        worker_id=acting("case_worker").user_id,
        numbers={"contacts": 3, "first": 7, "last": 21, "least": 3, "all": 9},
    )  # fmt: skip
    client = as_role("town_reviewer")
    text = client.get(reverse("followup:findings"), {"month": "2026-10"}).content.decode()
    assert "值得核对" in text and "造假" not in text and "虚假" not in text
    where = reverse("followup:answer_finding", args=[row.pk])
    assert client.post(where, {"state": "explained"}).status_code == 400
    client.post(where, {"state": "explained", "words": "夜班走访"})
    row.refresh_from_db()
    assert (row.state, row.answer) == (Finding.EXPLAINED, "夜班走访")


def test_a_need_becomes_a_case(followed_people: list[int], worker: Any) -> None:
    from wenye.services.cases.models import Case

    key = followed_people[0]
    worker.post(reverse("followup:contact", args=[key]), FORM)
    made = Contact.objects.get()
    where = reverse("followup:refer", args=[key])
    answer = worker.post(where, {"contact": made.pk, "kind": "training"}, follow=True)
    assert "已转介" in answer.content.decode()
    case = Case.objects.get()
    assert (case.case_type, case.person_key) == ("service_referral", key)
    assert Followed.objects.get(pk=key).needs == ["post"]
    again = worker.post(where, {"contact": made.pk, "kind": "training"}, follow=True)
    assert "已经转介过" in again.content.decode() and Case.objects.count() == 1
    assert worker.post(where, {"contact": "x", "kind": "training"}).status_code == 404
    wrong = worker.post(where, {"contact": made.pk, "kind": "money"}, follow=True)
    assert "没有这种转介" in wrong.content.decode()


def test_suggestions_say_their_sentence(followed_people: list[int], worker: Any) -> None:
    for kind in ("post", "training", "assistance"):
        page = worker.get(reverse("followup:person", args=[followed_people[0]]), {"suggest": kind})
        for each in page.context["suggestions"]:
            assert each["sentence"] and each["title"]


def test_the_persons_page_has_a_panel(followed_people: list[int], worker: Any) -> None:
    text = worker.get(reverse("people:person", args=[followed_people[0]])).content.decode()
    assert reverse("followup:person", args=[followed_people[0]]) in text
