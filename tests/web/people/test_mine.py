"""One's own data: contact, consent, objection, a copy."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from wenye.services.accounts.models import User
from wenye.services.people import contact, rights
from wenye.services.people.models import Consent, Person


@pytest.fixture
def own(db: None) -> Person:
    return Person.objects.get(pk=User.objects.get(username="citizen").person_key)


def test_the_own_page_says_what_is_held_and_why(as_role, own: Person) -> None:
    page = as_role("citizen").get(reverse("people:mine")).content.decode()
    assert own.name in page and own.masked_number in page and own.number not in page
    assert "个人信息保护法第十三条" in page


def test_contact_and_consent(as_role, own: Person) -> None:
    client, url = as_role("citizen"), reverse("people:contact", args=[own.pk])
    assert client.post(url, {"what": "phone", "value": "13800138000"}).status_code == 302
    assert contact.may_contact(own.pk)
    page = client.get(reverse("people:mine")).content.decode()
    assert "138****8000" in page and "13800138000" not in page
    assert client.post(url, {"what": "phone", "value": "电话"}).status_code == 400
    assert client.post(url, {"what": "everything", "given": "1"}).status_code == 400
    client.post(url, {"what": "message", "given": "1"})
    assert contact.may_contact(own.pk, Consent.MESSAGE)
    client.post(url, {"what": "phone"})
    assert not contact.may_contact(own.pk)
    assert contact.may_contact(own.pk, Consent.MESSAGE)


def test_nobody_changes_somebody_elses_contact(as_role, own: Person) -> None:
    other = Person.objects.exclude(pk=own.pk)[0]
    for name in ("contact", "object"):
        url = reverse(f"people:{name}", args=[other.pk])
        assert as_role("citizen").post(url, {"what": "phone", "value": "1"}).status_code == 404


def test_an_objection_is_made_and_withdrawn(as_role, own: Person) -> None:
    client, url = as_role("citizen"), reverse("people:object", args=[own.pk])
    assert client.post(url, {"scheme": "no_such_scheme"}).status_code == 400
    client.post(url, {"scheme": "statutory_retirement", "reason": "请人工办理"})
    assert rights.objected(own.pk, "statutory_retirement")
    page = as_role("bureau_reviewer").get(reverse("people:person", args=[own.pk])).content.decode()
    assert "不接受系统自动判定" in page
    client.post(url, {"scheme": "statutory_retirement", "withdraw": "1"})
    assert not rights.objected(own.pk, "statutory_retirement")


def test_a_copy_is_taken_away(as_role, own: Person) -> None:
    client, url = as_role("citizen"), reverse("people:copy")
    answer = client.post(url, {"form": "json"})
    assert json.loads(answer.content)["身份与联系"][0]["证件号码"] == own.number
    assert "attachment" in answer["Content-Disposition"]
    book = client.post(url, {"form": "xlsx"})
    assert "[Content_Types].xml" in zipfile.ZipFile(io.BytesIO(book.content)).namelist()


def test_an_account_without_a_person_is_told_what_to_do(as_role, own: Person) -> None:
    User.objects.filter(username="citizen").update(person_key=None)
    answer = as_role("citizen").get(reverse("people:mine"))
    assert answer.status_code == 404
    assert "窗口" in answer.content.decode()


def test_a_form_without_its_token_is_refused(db: None, own: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(
        User.objects.get(username="citizen"), "django.contrib.auth.backends.ModelBackend"
    )
    for name in ("contact", "object", "reveal"):
        url = reverse(f"people:{name}", args=[own.pk])
        assert client.post(url, {"what": "phone", "value": "13800138000"}).status_code == 403
