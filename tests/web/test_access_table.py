"""Every cell of the access table, role by page: open where the table says so, closed elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from tests.web.addresses import addresses
from tests.web.api.calling import caller
from tests.web.populated import populate

from wenye.services.accounts.access import page_named, pages, scope_of
from wenye.services.accounts.models import Post, User
from wenye.services.accounts.roles import Role
from wenye.services.portal.models import ApiClient
from wenye.web.api.assembly import api

#: What a closed page says, apart from a step that an open page refuses.
CLOSED = "您的岗位不能打开这个页面"


@pytest.fixture(scope="module")
def populated(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """The service with its demonstration data, undone at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        populate()
        yield
        transaction.set_rollback(True)


def asked(client: Client, address: str):
    """The address, in the way in which it may be asked for."""
    answer = client.get(address)
    return client.post(address) if answer.status_code == 405 else answer


def paths() -> Iterator[tuple[str, str]]:
    """Page ids with an address each: some object of the service where it needs one."""
    for each in addresses():
        if each.page_id is None or each.is_operation:
            continue
        made = next(each.made(1), None)
        # Where there is no object yet, whoever may not open the page learns not even that.
        yield each.page_id, made[0] if made else each.made_up()


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_a_role_opens_its_pages_and_no_other(populated: None, db: None, role: str) -> None:
    user = User.objects.get(username=role)
    acting = Post.objects.get(user=user).acting()
    client = Client()
    wrong = []
    for page_id, path in paths():
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        with transaction.atomic():
            answer = asked(client, path)
            transaction.set_rollback(True)
        is_open = scope_of(acting, page_named(page_id)).reach is not None
        if answer.status_code >= 500:
            wrong.append(f"{page_id} {path}: {answer.status_code}")
            continue
        text = "" if answer.streaming else answer.content.decode(errors="replace")
        closed = answer.status_code == 403 and CLOSED in text
        if closed == is_open:
            wrong.append(f"{page_id} {path}: {'closed' if closed else answer.status_code}")
    assert not wrong, "\n".join(wrong)


def test_a_stranger_is_sent_to_the_login_but_for_what_is_public(populated: None, db: None) -> None:
    wrong = []
    for page_id, path in paths():
        with transaction.atomic():
            answer = asked(Client(), path)
            transaction.set_rollback(True)
        sent = answer.status_code == 302 and answer["Location"].startswith("/accounts/login/")
        if sent == page_named(page_id).public or answer.status_code >= 500:
            wrong.append(f"{page_id} {path}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", [role.value for role in ApiClient.ROLES])
def test_a_clients_role_opens_its_operations_and_no_other(db: None, role: str) -> None:
    made = caller(Role(role), town="310114102", per_minute=6000)
    acting = made.client.acting()
    for bound in api._get_bound_routers():
        for template, view in bound.path_operations.items():
            path = "/api" + template.replace("{", "").replace("}", "")
            for operation in view.operations:
                page_id = operation.view_func.page_id
                if operation.methods == ["POST"]:
                    answer = made.post(path.replace("offer_id", "1"), {})
                else:
                    answer = made.get(path.replace("offer_id", "1"))
                is_open = scope_of(acting, page_named(page_id)).reach is not None
                closed = answer.status_code == 403 and answer.json()["where"] == page_id
                # What cannot be read is refused before anybody asks whose it is.
                if answer.status_code != 422:
                    assert closed != is_open, (page_id, answer.status_code, answer.content)
                assert answer.status_code < 500


def test_a_post_that_has_ended_opens_nothing(db: None) -> None:
    user = User.objects.get(username="administrator")
    Post.objects.filter(user=user).update(since="2020-01-01", until="2020-12-31")
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    for page_id in ("api.clients", "oidc.links"):
        path = next(each for name, each in paths() if name == page_id)
        assert client.get(path).status_code == 403
    assert pages()
