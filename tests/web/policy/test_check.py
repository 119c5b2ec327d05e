"""The public check: anybody, without a login, and without a trace."""

from __future__ import annotations

import html
import random
import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from tests.service import AS_OF

from wenye.rules.case_input import entity_name
from wenye.services.audit.models import Entry
from wenye.services.decisions.checking import check, next_questions
from wenye.services.decisions.telling import Telling, read_telling, subject_entities
from wenye.web.policy.situations import begun, situations

URL = "/policy/check/"


def telling_of(page: str) -> str:
    found = re.search(r'name="telling" value="([^"]*)"', page)
    assert found is not None
    return html.unescape(found[1])


def begin(client: Client, who: str, *chosen: str) -> str:
    answer = client.post(URL, {"who": who, "step": "begin", "situation": list(chosen)})
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_first_page_asks_who_it_is(db: None) -> None:
    page = Client().get(URL).content.decode()
    assert "个人" in page and "用人单位" in page
    assert "不用登录" in page


@pytest.mark.parametrize("who", ["person", "employer"])
def test_every_situation_has_words(db: None, who: str) -> None:
    for each in situations(who):
        assert each.label and each.label_en and each.row
    page = Client().post(URL, {"who": who}).content.decode()
    assert all(each.label in page for each in situations(who))


def test_nothing_is_kept(db: None, django_assert_num_queries: Any) -> None:
    client = Client()
    client.get(URL)
    before = Entry.objects.count(), Session.objects.count()
    with django_assert_num_queries(0):
        page = begin(client, "person", "unemployment", "household")
        client.post(URL, {"telling": telling_of(page), "step": "skip"})
    assert (Entry.objects.count(), Session.objects.count()) == before
    assert set(client.cookies) <= {"csrftoken", "wenye-letters", "django_language"}


def test_no_request_leaves_the_machine(db: None) -> None:
    page = begin(Client(), "person", "unemployment")
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', page)
    assert "style=" not in page and "onclick" not in page


@pytest.mark.parametrize("who", ["person", "employer"])
def test_every_scheme_shows_with_nothing_told(db: None, who: str) -> None:
    everything = [entity_name(entity) for entity in subject_entities(who)]
    page = begin(Client(), who, *everything)
    telling = read_telling(telling_of(page))
    found = check(telling, AS_OF)
    assert len({each.decided.scheme.id for each in found}) >= (40 if who == "person" else 25)
    for each in found:
        answer = Client().post(URL, {"telling": telling_of(page), "why": each.id})
        assert answer.status_code == 200, each.id
        assert each.decided.explanation["title"] in answer.content.decode()


def test_all_schemes_together_are_asked_to_an_end(db: None) -> None:
    from tests.services.decisions import test_questions as asking

    from wenye.services.decisions.questions import merged

    for seed in range(3):
        chance = random.Random(seed)
        chosen = [entity_name(entity) for entity in subject_entities("person")]
        telling = Telling("person", begun("person", chosen))
        screens = 0
        while asked := next_questions(check(telling, AS_OF), telling.unknown):
            answers = asking.filled_in(asked, telling.case, chance)
            telling.case = merged(telling.case, answers)
            telling = read_telling(telling.written())
            screens += 1
            assert screens < 120
        assert not any(each.asked for each in check(telling, AS_OF))


def test_an_answer_narrows_what_is_asked(db: None) -> None:
    telling = Telling("person", begun("person", ["household"]))
    asked = next_questions(check(telling))
    from tests.services.decisions import test_questions as asking

    data = asking.form(asked, random.Random(1), 0)
    answer = Client().post(URL, {"telling": telling.written(), "step": "next", **data})
    after = read_telling(telling_of(answer.content.decode()))
    assert after.trail == [[question.name for question in asked]]
    assert after.case != telling.case
    again = next_questions(check(after), after.unknown)
    assert not {question.name for question in again} & {question.name for question in asked}


def test_what_cannot_be_read_is_told_beside_its_field(db: None) -> None:
    client = Client()
    page = begin(client, "person")
    name = re.search(r'<input id="[^"]+" name="(self\.birth_date)"', page)
    telling = Telling("person", begun("person", []))
    asked = next_questions(check(telling))
    first = asked[0]
    answer = client.post(
        URL, {"telling": telling.written(), "step": "next", first.name: "昨天", first.have: "yes"}
    )
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "wrong-words" in text
    assert "别的回答还在" in text
    assert name is None or name


@pytest.mark.parametrize(
    "telling",
    [
        "",
        "[]",
        "{",
        "null",
        '{"who": "nobody"}',
        '{"who": "person", "case": []}',
        '{"who": "person", "case": {"self": {"nothing": 1}}}',
        '{"who": "person", "case": {"self": {"birth_date": "1972-02-31"}}}',
        '{"who": "person", "case": {"self": {"employment": {"a": 1}}}}',
        '{"who": "person", "case": {"self": {"employment": [1]}}}',
        '{"who": "person", "case": {"rows": []}}',
        '{"who": "person", "unknown": [1]}',
        '{"who": "person", "trail": "x"}',
        "[" * 5000,
        "x" * 70_000,
        '{"who": "person", "case": {"self": {"employment": [' + ",".join(["{}"] * 30) + "]}}}",
    ],
)
def test_a_form_that_was_changed_is_refused_in_words(db: None, telling: str) -> None:
    answer = Client().post(URL, {"telling": telling, "step": "next"})
    assert answer.status_code == 400
    assert "没有保存任何内容" in answer.content.decode()


def test_a_spell_put_wrong_by_hand_is_refused(db: None) -> None:
    telling = (
        '{"who": "person", "case": {"self": {"employment": '
        '[{"started_on": "2026-05-01", "ended_on": "2026-01-01"}]}}}'
    )
    assert Client().post(URL, {"telling": telling}).status_code == 400


def test_back_takes_the_last_answers_away(db: None) -> None:
    client = Client()
    page = begin(client, "person")
    telling = read_telling(telling_of(page))
    asked = next_questions(check(telling))
    data = {question.name: "yes" for question in asked}
    after = client.post(URL, {"telling": telling.written(), "step": "skip", **data})
    assert "上一步" in after.content.decode()
    back = client.post(URL, {"telling": telling_of(after.content.decode()), "step": "back"})
    assert telling_of(back.content.decode()) == telling.written()


def test_a_second_row_is_judged_beside_the_first(db: None) -> None:
    client = Client()
    page = begin(client, "person", "training")
    one = len(check(read_telling(telling_of(page)), AS_OF))
    page = client.post(URL, {"telling": telling_of(page), "step": "add:training"}).content.decode()
    assert len(check(read_telling(telling_of(page)), AS_OF)) > one


def test_more_rows_keep_what_was_written(db: None) -> None:
    client = Client()
    from tests.services.decisions import test_questions as asking

    from wenye.services.decisions.questions import merged

    chance = random.Random(5)
    telling = Telling("person", begun("person", ["certification"]))
    asked = next_questions(check(telling))
    while asked and asked[0].kind != "rows":
        telling.case = merged(telling.case, asking.filled_in(asked, telling.case, chance))
        asked = next_questions(check(telling))
    assert asked
    field = next(field for field in asked[0].rows[0] if not field.options)
    answer = client.post(URL, {"telling": telling.written(), "step": "more", field.name: "2020-01"})
    text = answer.content.decode()
    assert 'value="2020-01"' in text
    assert f"{asked[0].name}[3]" in text


def test_a_form_without_its_token_is_refused(db: None) -> None:
    answer = Client(enforce_csrf_checks=True).post(URL, {"who": "person"})
    assert answer.status_code == 403


def test_in_english(db: None) -> None:
    client = Client(headers={"accept-language": "en"})
    client.cookies["django_language"] = "en"
    page = begin(client, "person", "household")
    assert "household" in page


def test_the_form_says_what_it_asked(db: None) -> None:
    """Answers are read by the schemes that asked, and by all where the form was changed."""
    page = begin(Client(), "person", "household", "unemployment")
    telling = telling_of(page)
    names = re.search(r'name="names" value="([^"]*)"', page)
    by = re.search(r'name="by" value="([^"]*)"', page)
    assert names is not None and by is not None
    asked = names[1].split()
    assert asked == [question.name for question in next_questions(check(read_telling(telling)))]
    for given in (by[1], "", "nothing.0", "x " * 3000):
        data = {"telling": telling, "step": "skip", "names": names[1], "by": given}
        after = read_telling(telling_of(Client().post(URL, data).content.decode()))
        assert after.trail == [asked]
