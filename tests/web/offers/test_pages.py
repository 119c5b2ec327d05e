"""Pages of offers: who opens them, what they show, and how few queries they need."""

from __future__ import annotations

from typing import Any

import pytest
from tests.service import AS_OF

from wenye.services.accounts.access import pages
from wenye.services.accounts.models import User
from wenye.services.accounts.roles import Role
from wenye.services.audit.models import Entry
from wenye.services.offers import nightly, notify
from wenye.services.offers.models import Notification, Offer, Run
from wenye.services.people.models import Person

pytestmark = pytest.mark.django_db
AREAS = ("offers", "district")
OBJECTS = ("offers.offer", "offers.answer", "offers.withdraw", "offers.run", "offers.notify")


@pytest.fixture
def run(db: None) -> Run:
    nightly.run(AS_OF)
    return Run.objects.get()


def own(role: str, **changes: Any) -> Offer:
    """An offer that waits, made that of a role's account."""
    column = "person_key" if role == "citizen" else "employer_key"
    offer = Offer.objects.unanswered().filter(**{f"{column}__isnull": False}).order_by("id")[0]
    User.objects.filter(username=role).update(**{column: getattr(offer, column)})
    Offer.objects.filter(pk=offer.pk).update(**changes)
    offer.refresh_from_db()
    return offer


def last_entry() -> int:
    """The last entry of the log: it is never emptied."""
    last = Entry.objects.order_by("-pk").first()
    return 0 if last is None else last.pk


def url(page_id: str) -> str:
    from django.urls import reverse

    return reverse(pages()[page_id].url_name)


def listed() -> list[str]:
    """The areas' pages that are about no single object."""
    return [p for p in sorted(pages()) if p.split(".")[0] in AREAS and p not in OBJECTS]


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_pages_open_to_those_whom_the_table_names(role: str, run: Run, as_role: Any) -> None:
    client = as_role(role)
    for page_id in listed():
        allowed = Role(role) in pages()[page_id].reach
        # Who is behind a number that nobody named is not there, and nobody is refused for it.
        found = 404 if page_id == "district.rows" else 200
        assert client.get(url(page_id)).status_code == (found if allowed else 403), page_id


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_objects_open_to_those_whom_the_table_names(role: str, run: Run, as_role: Any) -> None:
    offer = own(role) if role in ("citizen", "employer_clerk") else Offer.objects.first()
    client = as_role(role)
    if role in ("case_worker", "town_reviewer"):
        town = User.objects.get(username=role).posts.get().town
        Offer.objects.filter(pk=offer.pk).update(town=town)
    gets = {"offers.offer": f"/offers/{offer.pk}/", "offers.run": f"/offers/runs/{run.pk}/"}
    for page_id, address in gets.items():
        allowed = Role(role) in pages()[page_id].reach
        assert client.get(address).status_code == (200 if allowed else 403), page_id
    posts = {
        "offers.answer": f"/offers/{offer.pk}/answer/",
        "offers.withdraw": f"/offers/{offer.pk}/withdraw/",
        "offers.notify": "/offers/notify/",
    }
    for page_id, address in posts.items():
        allowed = Role(role) in pages()[page_id].reach
        # Nothing said is nothing done: refused as a form, not as a person.
        assert client.post(address).status_code == (400 if allowed else 403), page_id


def test_nobody_gets_in_without_logging_in(client: Any, run: Run) -> None:
    for page_id in listed():
        assert client.get(url(page_id)).status_code == 302, page_id
    for address in ("/offers/1/", f"/offers/runs/{run.pk}/"):
        assert client.get(address).status_code == 302
    for address in ("/offers/1/answer/", "/offers/1/withdraw/", "/offers/notify/"):
        assert client.post(address).status_code == 302


def test_pages_before_the_first_run_teach(as_role: Any) -> None:
    client = as_role("bureau_reviewer")
    for page_id in ("offers.runs", "offers.near_misses", "offers.questions", "district.flow"):
        answer = client.get(url(page_id))
        assert answer.status_code == 200
        assert 'class="empty"' in answer.content.decode()
    assert as_role("bureau_head").get(url("district.head")).status_code == 200
    assert as_role("citizen").get(url("offers.inbox")).status_code == 200


@pytest.mark.parametrize("role", ["citizen", "employer_clerk"])
def test_one_sees_ones_own_and_nobody_elses(role: str, run: Run, as_role: Any) -> None:
    offer = own(role)
    client = as_role(role)
    assert f"/offers/{offer.pk}/" in client.get(url("offers.inbox")).content.decode()
    page = client.get(f"/offers/{offer.pk}/")
    assert page.status_code == 200
    offer.refresh_from_db()
    assert offer.state == Offer.HEARD
    others = Offer.objects.exclude(person_key=offer.person_key, employer_key=offer.employer_key)
    for other in others.order_by("id")[:20]:
        assert client.get(f"/offers/{other.pk}/").status_code == 404
        assert client.post(f"/offers/{other.pk}/answer/", {"answer": "decline"}).status_code == 404


def test_an_officers_look_is_no_hearing_and_is_on_record(run: Run, as_role: Any) -> None:
    offer = own("citizen")
    seen = last_entry()
    assert as_role("auditor").get(f"/offers/{offer.pk}/").status_code == 200
    offer.refresh_from_db()
    assert offer.state == Offer.MADE
    assert Entry.objects.filter(pk__gt=seen, verb="read", person_key=offer.person_key).count() == 1


def test_a_town_sees_its_own(run: Run, as_role: Any, acting: Any) -> None:
    town = acting("town_reviewer").town
    Offer.objects.filter(pk__in=Offer.objects.values("pk")[:5]).update(town=town)
    text = as_role("town_reviewer").get(url("offers.worklist")).content.decode()
    assert 'id="town"' not in text
    foreign = Offer.objects.exclude(town=town).order_by("id").first()
    assert as_role("town_reviewer").get(f"/offers/{foreign.pk}/").status_code == 404


def test_the_click_confirms_and_leads_to_the_case(run: Run, as_role: Any) -> None:
    offer = Offer.objects.filter(amount_status="payable", person_key__isnull=False).first()
    User.objects.filter(username="citizen").update(person_key=offer.person_key)
    Offer.objects.filter(pk=offer.pk).update(mode=Offer.CONFIRM)
    client = as_role("citizen")
    page = client.get(f"/offers/{offer.pk}/").content.decode()
    assert 'value="confirm"' in page
    answer = client.post(f"/offers/{offer.pk}/answer/", {"answer": "confirm"}, follow=True)
    offer.refresh_from_db()
    assert offer.state == Offer.CONFIRMED
    assert offer.case_number in answer.content.decode()
    again = client.post(f"/offers/{offer.pk}/answer/", {"answer": "confirm"})
    assert again.status_code == 409


def test_apply_decline_and_think_again(run: Run, as_role: Any) -> None:
    offer = own("citizen", mode=Offer.APPLY)
    client = as_role("citizen")
    where = f"/offers/{offer.pk}/answer/"
    assert client.get(where).status_code == 405
    assert client.post(where, {"answer": "nonsense"}).status_code == 400
    assert client.post(where, {"answer": "decline", "code": "x"}).status_code == 400
    assert client.post(where, {"answer": "decline", "code": "later"}).status_code == 302
    assert "重新考虑" in client.get(f"/offers/{offer.pk}/").content.decode()
    assert client.post(where, {"answer": "reconsider"}).status_code == 302
    answer = client.post(where, {"answer": "apply"})
    assert answer.status_code == 302
    assert "/cases/" in answer["Location"]


def test_taking_back_is_the_bureaus(run: Run, as_role: Any) -> None:
    offer = own("citizen")
    where = f"/offers/{offer.pk}/withdraw/"
    assert as_role("case_worker").post(where, {"reason": "x"}).status_code == 403
    client = as_role("bureau_reviewer")
    assert client.post(where, {"reason": ""}).status_code == 400
    assert client.post(where, {"reason": "登记有误"}).status_code == 302
    assert client.post(where, {"reason": "登记有误"}).status_code == 409


def test_filters_pages_and_what_is_exported(run: Run, as_role: Any) -> None:
    client = as_role("bureau_reviewer")
    base = Offer.objects.first()
    many = [
        Offer(
            scheme=base.scheme,
            subject_register=base.subject_register,
            subject_key=1_000_000 + number,
            person_key=base.person_key,
            employer_key=base.employer_key,
            town="",
            mode=Offer.APPLY,
            amount_status="open",
            first_run=run,
            last_run=run,
        )
        for number in range(120)
    ]
    Offer.objects.bulk_create(many)
    first = client.get(url("offers.worklist"), {"scheme": base.scheme}).content.decode()
    assert first.count("<tr data-href") == 50
    assert "before=" in first
    for query in (
        {"state": "all"}, {"state": "nonsense"}, {"town": "none"}, {"mode": "confirm"},
        {"run": str(run.pk)}, {"before": "99999999999999999999"}, {"before": "x"},
    ):  # fmt: skip
        assert client.get(url("offers.worklist"), query).status_code == 200
    book = client.get(url("offers.worklist"), {"format": "xlsx"})
    assert book["Content-Type"].endswith("spreadsheetml.sheet")
    assert book.content[:2] == b"PK"


def test_queries_do_not_grow_with_rows(
    run: Run, as_role: Any, django_assert_max_num_queries: Any
) -> None:
    client = as_role("bureau_reviewer")
    offer = Offer.objects.unanswered().first()
    for address, most in (
        (url("offers.worklist"), 14),
        (url("offers.unheard"), 16),
        (url("offers.runs"), 12),
        (f"/offers/runs/{run.pk}/", 22),
        (url("offers.near_misses"), 12),
        (url("offers.questions"), 12),
        (url("offers.accuracy"), 14),
        (url("district.flow"), 16),
        (f"/offers/{offer.pk}/", 80),
    ):
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200


def test_those_picked_are_told(run: Run, as_role: Any) -> None:
    client = as_role("bureau_reviewer")
    picked = list(Offer.objects.unanswered().order_by("id").values_list("pk", flat=True)[:4])
    where = "/offers/notify/"
    assert client.post(where, {}).status_code == 400
    assert client.post(where, {"pick": picked, "channel": "pigeon"}).status_code == 400
    assert client.post(where, {"pick": picked, "channel": "portal"}).status_code == 302
    assert Notification.objects.filter(channel="portal", offer__in=picked).count() == 4
    assert client.post(where, {"pick": picked, "channel": "visit"}).status_code == 302
    visits = Notification.objects.filter(channel="visit", offer__in=picked)
    assert {*visits.values_list("state", flat=True)} == {"queued"}
    listed_for = client.get(url("offers.worklist"), {"visit": "1"}).content.decode()
    assert listed_for.count("<tr data-href") == 4
    assert client.post(where, {"pick": picked, "channel": "told"}).status_code == 302
    assert {*visits.values_list("state", flat=True)} == {"delivered"}
    answer = client.post(where, {"pick": picked, "channel": "letter"})
    assert "/offers/letters/?pick=" in answer["Location"]
    page = client.get(answer["Location"]).content.decode()
    waiting = Offer.objects.filter(pk__in=picked)
    assert page.count('class="letter"') == waiting.unanswered().count()
    assert client.post("/offers/letters/", {"pick": picked}).status_code == 302
    assert Notification.objects.filter(channel="letter", state="printed").count() == 4


def test_a_town_tells_only_its_own(run: Run, as_role: Any, acting: Any) -> None:
    foreign = Offer.objects.unanswered().exclude(town=acting("town_reviewer").town).first()
    client = as_role("town_reviewer")
    client.post("/offers/notify/", {"pick": [foreign.pk], "channel": "portal"})
    client.post("/offers/letters/", {"pick": [foreign.pk]})
    assert not Notification.objects.filter(offer=foreign).exclude(channel="inbox").exists()


def test_the_head_sees_numbers_and_nobody(run: Run, as_role: Any) -> None:
    client = as_role("bureau_head")
    before = Entry.objects.count()
    texts = [
        client.get(url(page_id)).content.decode()
        for page_id in ("district.head", "district.flow", "offers.unheard", "offers.accuracy")
    ]
    assert Entry.objects.count() == before
    names = {person.masked_name for person in Person.objects.all()[:50]}
    for text in texts:
        assert "/people/" not in text.split("<main")[1]
        assert not any(name in text for name in names)
    assert "<svg" in texts[0]
    assert "style=" not in texts[0].split("<main")[1]
    for part in ("money", "overdue", "silent", "open"):
        assert client.get(url("district.head"), {"format": part}).content[:2] == b"PK"


def test_a_number_leads_to_masked_people_each_read_on_record(run: Run, as_role: Any) -> None:
    client = as_role("bureau_reviewer")
    text = client.get(url("district.flow"), {"scheme": "flexible_social_insurance"})
    assert "part=not_entitled" in text.content.decode()
    seen = last_entry()
    query = {"scheme": "flexible_social_insurance", "part": "not_entitled"}
    page = client.get(url("district.rows"), query)
    assert page.status_code == 200
    assert Entry.objects.filter(pk__gt=seen, verb="read", page="district.rows").count() in (50, 51)
    following = client.get(url("district.rows"), {**query, "after": "60"}).content.decode()
    assert "/people/60/" not in following
    for bad in ({"scheme": "x"}, {"part": "x"}, {"run": "777"}):
        assert client.get(url("district.rows"), {**query, **bad}).status_code == 404


def test_a_town_goes_down_to_its_own_people_alone(run: Run, as_role: Any, acting: Any) -> None:
    town = acting("town_reviewer").town
    query = {
        "scheme": "flexible_social_insurance",
        "part": "not_entitled",
        "town": "310114118" if town != "310114118" else "310114001",
    }
    seen = last_entry()
    as_role("town_reviewer").get(url("district.rows"), query)
    read = Entry.objects.filter(pk__gt=seen, verb="read", page="district.rows").values_list(
        "person_key", flat=True
    )
    towns = set(Person.objects.filter(pk__in=list(read)).values_list("town", flat=True))
    assert towns <= {town}


def test_the_progress_of_a_run_is_a_fragment(run: Run, as_role: Any) -> None:
    client = as_role("bureau_head")
    whole = client.get(f"/offers/runs/{run.pk}/").content.decode()
    part = client.get(f"/offers/runs/{run.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" in whole
    assert "<html" not in part
    assert client.get("/offers/runs/4711/").status_code == 404
    Run.objects.filter(pk=run.pk).update(state=Run.RUNNING, stage="offers", done=3, total=9)
    assert "中断" in client.get(f"/offers/runs/{run.pk}/").content.decode()


def test_the_page_of_a_person_shows_their_offers(run: Run, as_role: Any) -> None:
    offer = Offer.objects.filter(person_key__isnull=False).first()
    page = as_role("bureau_reviewer").get(f"/people/{offer.person_key}/").content.decode()
    assert f"/offers/{offer.pk}/" in page


def test_stored_scripts_stay_text(run: Run, as_role: Any) -> None:
    offer = own("citizen")
    Person.objects.filter(pk=offer.person_key).update(name="<script>alert(1)</script>")
    client = as_role("bureau_reviewer")
    for address in (f"/offers/{offer.pk}/", f"/offers/letters/?pick={offer.pk}"):
        assert "<script>alert" not in client.get(address).content.decode()


def test_unheard_lists_and_shrinks(run: Run, as_role: Any, acting: Any) -> None:
    number = Offer.objects.unheard().count()
    text = as_role("auditor").get(url("offers.unheard")).content.decode()
    assert f"共 {number} 项" in text
    notify.printed(Offer.objects.unheard().order_by("id")[:1], acting("bureau_reviewer"))
    text = as_role("auditor").get(url("offers.unheard")).content.decode()
    assert f"共 {number - 1} 项" in text
