"""Scheme pages, measures, duties, open values, and who may open what."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from wenye.policy.district import load_district
from wenye.services.accounts.access import pages
from wenye.services.accounts.roles import Role

SCHEMES = load_district("jiading").scheme_ids
LISTS = ("schemes", "measures", "duties", "open_values", "values", "counter", "check")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_scheme_has_its_page(db: None, scheme: str) -> None:
    answer = Client().get(f"/policy/schemes/{scheme}/")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "<style" not in page and "style=" not in page  # the page allows no styles of its own
    assert page.count("<svg") >= 3
    assert "#1d2529" not in page
    assert "写在哪里" in page


def test_a_scheme_in_english(db: None) -> None:
    client = Client()
    client.cookies["django_language"] = "en"
    page = client.get("/policy/schemes/post_subsidy/").content.decode()
    assert "post subsidy for people hard to employ" in page


@pytest.mark.parametrize("scheme", ["nothing", "x" * 300, "..", "hiring-subsidy"])
def test_no_such_scheme(db: None, scheme: str) -> None:
    assert Client().get(f"/policy/schemes/{scheme}/").status_code == 404


def test_the_list_is_filtered_by_plain_controls(db: None) -> None:
    client = Client()
    everything = client.get("/policy/schemes/").content.decode()
    assert everything.count("data-href") == len(SCHEMES)
    for query in ("q=补贴", "who=employer", "by=tax", "part=pay", "body=区民政局", "q=灵活就业"):
        page = client.get(f"/policy/schemes/?{query}").content.decode()
        assert 0 < page.count("data-href") < len(SCHEMES), query
    none = client.get("/policy/schemes/?q=没有这种东西").content.decode()
    assert "没有符合这些条件的项目" in none


def test_what_is_typed_comes_back_as_text(db: None) -> None:
    page = Client().get("/policy/schemes/", {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in page


def test_a_page_of_one_scheme_asks_the_database_nothing(
    db: None, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        Client().get("/policy/schemes/hiring_subsidy/")
        Client().get("/policy/schemes/")


def test_all_measures_stand_with_what_carries_them(as_role: Any) -> None:
    page = as_role("auditor").get("/policy/measures/").content.decode()
    measures = [m for r in load_district("jiading").measures for m in r.measures]
    assert len(measures) == 107
    assert all(f'id="{name}"' in page for name in measures)
    fewer = as_role("auditor").get("/policy/measures/?progress=carried").content.decode()
    assert fewer.count("JD2020") < page.count("JD2020")


def test_duties_and_open_values_say_whom_to_ask(as_role: Any) -> None:
    client = as_role("bureau_head")
    duties = client.get("/policy/duties/").content.decode()
    assert all(f'id="{name}"' in duties for name in load_district("jiading").duties)
    page = client.get("/policy/open/").content.decode()
    assert "区人力资源社会保障局" in page
    assert "提出确认" not in page
    assert "提出确认" in as_role("bureau_reviewer").get("/policy/open/").content.decode()


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("role", [*(role.value for role in Role), ""])
def test_every_cell_of_the_access_table(as_role: Any, name: str, role: str, db: None) -> None:
    row = pages()[f"policy.{name}"]
    client = as_role(role) if role else Client()
    answer = client.get(reverse(f"policy:{name}"))
    if row.public or (role and Role(role) in row.reach):
        assert answer.status_code == 200
    else:
        assert answer.status_code == (403 if role else 302)


@pytest.mark.parametrize("role", [role.value for role in Role])
@pytest.mark.parametrize("name", ["value", "sign_value", "counter_person"])
def test_every_cell_of_pages_about_one_thing(as_role: Any, name: str, role: str) -> None:
    row = pages()[f"policy.{name}"]
    address = reverse(f"policy:{name}", args=[999_999_999])
    client = as_role(role)
    answer = client.post(address) if name == "sign_value" else client.get(address)
    assert answer.status_code == (404 if Role(role) in row.reach else 403)
