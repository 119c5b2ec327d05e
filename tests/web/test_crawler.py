"""A crawler logs in as every role and opens every object of everybody: nothing leaks."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from tests.web.addresses import Address, addresses
from tests.web.populated import populate
from tests.web.soundness import read

from wenye.services.accounts.access import page_named, scope_of
from wenye.services.accounts.models import Post, User
from wenye.services.accounts.roles import Reach, Role, Scope
from wenye.services.people.models import Employer, Person

#: Objects asked for by address, of each kind, and pages followed by their links.
MOST_OBJECTS, MOST_PAGES = 25, 150


@pytest.fixture(scope="module")
def populated(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """The demonstration with every name made unmistakable, undone at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        populate()
        for person in Person.objects.all():
            Person.objects.filter(pk=person.pk).update(name=marked(person.pk))
        yield
        transaction.set_rollback(True)


def marked(key: int) -> str:
    """A name that stands for one person wherever it is printed whole."""
    digits = str(key).translate(str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖"))
    return f"甄{digits}终"


class Crawl:
    """One role's walk."""

    def __init__(self, role: str) -> None:
        user = User.objects.get(username=role)
        self.user, self.acting = user, Post.objects.get(user=user).acting()
        self.client = Client()
        self.client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        self.faults: list[str] = []
        self.seen: set[str] = set()
        self.texts: dict[str, str] = {}

    def open(self, path: str) -> tuple[int, list[str]]:
        """The status, and the addresses to which the page leads."""
        with transaction.atomic():
            answer = self.client.get(path)
            transaction.set_rollback(True)
        self.seen.add(path)
        if answer.status_code >= 500:
            self.faults.append(f"{path}: {answer.status_code}")
            return answer.status_code, []
        reader, faults = read(answer)
        self.faults += [f"{path}: {fault}" for fault in faults]
        if reader is None:
            if answer.status_code in (301, 302):
                return answer.status_code, [urljoin(path, answer["Location"])]
            return answer.status_code, []
        self.texts[path] = answer.content.decode()
        targets = [action for method, action in reader.forms if method == "get" and action]
        posts = [action for method, action in reader.forms if method != "get" and action]
        for target in posts:
            # A form's target answers a plain request too: with a page or with “not this way”.
            self.try_once(urljoin(path, target))
        return answer.status_code, [urljoin(path, each) for each in reader.links + targets]

    def try_once(self, path: str) -> None:
        bare = urlsplit(path).path
        if bare not in self.seen and bare.startswith("/") and "logout" not in bare:
            self.open(bare)

    def follow(self, start: Iterable[str]) -> None:
        """Wherever links lead, breadth first; of one form with many queries a few."""
        queue, queries = deque(start), {}
        while queue and len(self.seen) < MOST_PAGES:
            path = queue.popleft().partition("#")[0]
            parts = urlsplit(path)
            if path in self.seen or parts.netloc or parts.path.startswith("/static/"):
                continue
            queries[parts.path] = queries.get(parts.path, 0) + 1
            if queries[parts.path] > 4:
                continue
            status, links = self.open(path)
            if status == 404:
                self.faults.append(f"{path}: a link that leads nowhere")
            queue.extend(links)


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_every_link_of_a_role_leads_to_a_sound_page(populated: None, db: None, role: str) -> None:
    crawl = Crawl(role)
    crawl.follow(["/"])
    assert not crawl.faults, "\n".join(sorted(set(crawl.faults)))


def test_every_link_of_a_stranger_leads_to_a_sound_page(populated: None, db: None) -> None:
    crawl = Crawl("citizen")
    crawl.client = Client()
    crawl.follow(["/"])
    assert not crawl.faults, "\n".join(sorted(set(crawl.faults)))


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_objects_of_others_are_not_served(populated: None, db: None, role: str) -> None:
    crawl = Crawl(role)
    for each in addresses():
        if each.page_id is None or each.is_operation or not each.parts:
            continue
        scope = scope_of(crawl.acting, page_named(each.page_id))
        if scope.reach in (None, Reach.PUBLIC):
            continue  # the access table's own test
        for path, kwargs in each.made(MOST_OBJECTS):
            status, _links = crawl.open(path)
            if status in (200, 302) and not within(each, kwargs, scope):
                crawl.faults.append(f"{path}: {status}, out of reach of {role}")
    assert not crawl.faults, "\n".join(sorted(set(crawl.faults)))
    strangers = [
        f"{path}: prints {name} whole"
        for path, text in crawl.texts.items()
        for name in out_of_reach(crawl)
        if name in text
    ]
    assert not strangers, "\n".join(strangers[:20])


def within(address: Address, kwargs: dict[str, object], scope: Scope) -> bool:
    """Whether the page's object is in the scope, by the model's own narrowing."""
    area, part = (address.page_id or "").split(".")[0], next(iter(kwargs))
    for key in (f"{address.page_id}:{part}", f"{area}:{part}"):
        if key in OF_NOBODY:
            return True
        if key in OWNED:
            label, column = OWNED[key]
            rows = apps.get_model(label).objects.within(scope)
            return bool(rows.filter(**{column: kwargs[part]}).exists())
    # An object that belongs to nobody: whoever may open the page may open each of them.
    return scope.reach is Reach.DISTRICT


#: By page or area and part of the address: the model whose ``within`` says who may see the object.
OWNED: dict[str, tuple[str, str]] = {
    "people:key": ("people.Person", "pk"),
    "people.employer:key": ("people.Employer", "pk"),
    "people:pk": ("people.Correction", "pk"),
    "policy.counter_person:key": ("people.Person", "pk"),
    "cases:number": ("cases.Case", "number"),
    "offers:pk": ("offers.Offer", "pk"),
    "followup:key": ("followup.Followed", "pk"),
    "followup:number": ("followup.Finding", "pk"),
    "followup.sample_result:number": ("followup.Sample", "pk"),
    "followup.recontact:number": ("followup.Recontact", "pk"),
    "followup.correct:number": ("followup.Contact", "pk"),
    "money.recovery:pk": ("money.Recovery", "pk"),
}
#: Schemes, kinds of cases and ledgers, runs: narrowed inside the page where anything is.
OF_NOBODY = {"policy:scheme_id", "cases:case_type", "followup:which", "offers.run:pk"}


def out_of_reach(crawl: Crawl) -> list[str]:
    """Names of people whom nothing on this role's pages may show whole."""
    acting, people = crawl.acting, Person.objects.all()
    if acting.role in (Role.CITIZEN, Role.BUREAU_HEAD):
        people = people.exclude(pk=acting.person_key)
    elif acting.role in (Role.CASE_WORKER, Role.TOWN_REVIEWER):
        people = people.exclude(town=acting.town).exclude(case_worker=acting.user_id)
    else:
        return []
    return list(people.values_list("name", flat=True))


def test_there_is_somebody_to_hide(populated: None, db: None) -> None:
    assert Person.objects.count() > 300 and Employer.objects.count() > 3
    assert len({*Person.objects.values_list("name", flat=True)}) == Person.objects.count()
