"""Accounts made at the command line: every step is in the log, no password is kept readable."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from wenye.services.accounts.models import Post, User
from wenye.services.audit.models import Entry
from wenye.services.decisions.district import district
from wenye.services.operations import users
from wenye.services.operations.users import UserError

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 10, 1)


def test_a_new_user_logs_in_and_must_change_the_password() -> None:
    user, password = users.add("zhang", "张三")
    users.post("zhang", "auditor", department="区审计局", since=DAY)
    assert password not in user.password
    client = Client()
    client.post("/accounts/login/", {"username": "zhang", "password": password})
    assert client.get("/")["Location"] == "/accounts/password/"
    verbs = list(Entry.objects.order_by("-id").values_list("verb", flat=True)[:3])
    assert verbs == ["user.login", "post.add", "user.add"]


def test_a_town_is_named_as_people_say_it() -> None:
    users.add("li", "李四")
    unit = district().organisation.units[1]
    assert users.post("li", "case_worker", town=unit.name, since=DAY).town == unit.code
    with pytest.raises(UserError, match="街镇"):
        users.post("li", "case_worker", since=DAY)
    with pytest.raises(UserError, match="街镇"):
        users.post("li", "case_worker", town="不存在镇", since=DAY)


def test_what_cannot_be_done_is_said() -> None:
    users.add("wang", "王五")
    with pytest.raises(UserError, match="已有"):
        users.add("wang", "又一个")
    for name in ("", "a b", "x" * 65):
        with pytest.raises(UserError, match="登录名"):
            users.add(name, "x")
    with pytest.raises(UserError, match="角色"):
        users.post("wang", "king")
    with pytest.raises(UserError, match="没有这个登录名"):
        users.post("nobody", "auditor")
    with pytest.raises(UserError, match="起日之前"):
        users.post("wang", "auditor", since=DAY, until=dt.date(2026, 9, 1))
    with pytest.raises(UserError, match="没有这个岗位"):
        users.end_post(10**6, DAY)


def test_a_post_ends_and_a_user_is_closed() -> None:
    _, password = users.add("zhao", "赵六")
    post = users.post("zhao", "auditor", since=DAY)
    assert users.end_post(post.pk, DAY).until == DAY
    with pytest.raises(UserError, match="早于"):
        users.end_post(post.pk, dt.date(2026, 9, 30))
    assert not Post.objects.filter(user__username="zhao").held(dt.date(2026, 10, 2)).exists()
    users.set_active("zhao", False)
    assert not Client().login(username="zhao", password=password)


def test_a_reset_password_ends_the_old_one() -> None:
    _, old = users.add("qian", "钱七")
    client = Client()
    client.post("/accounts/login/", {"username": "qian", "password": old})
    new = users.reset_password("qian")
    assert client.get("/accounts/posts/").status_code == 302
    assert client.get("/accounts/posts/")["Location"].startswith("/accounts/login/")
    user = User.objects.get(username="qian")
    assert user.check_password(new)
    assert user.must_change_password
