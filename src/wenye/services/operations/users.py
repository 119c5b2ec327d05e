"""Accounts as an administrator of the machine makes them: users, their posts, their passwords."""

from __future__ import annotations

import datetime as dt
import secrets

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction
from django.utils import timezone

from wenye.policy.errors import PolicyError
from wenye.services.accounts.models import Post, User
from wenye.services.accounts.roles import LABELS, Role
from wenye.services.audit import record
from wenye.services.decisions.district import district
from wenye.services.operations.errors import OperationsError

#: Letters and digits that nobody takes for one another when reading them out.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class UserError(OperationsError):
    """What cannot be done with an account."""


def add(
    username: str,
    name: str,
    *,
    person_key: int | None = None,
    employer_key: int | None = None,
) -> tuple[User, str]:
    """A new account and its first password, which must be changed at the first login."""
    username = username.strip()
    if not username or len(username) > 64 or any(mark.isspace() for mark in username):
        raise UserError(
            "登录名不能用 / not a login name", where=username, mend="1至64个字符，无空格"
        )
    password = made_up()
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                username,
                password,
                name=name.strip() or username,
                person_key=person_key,
                employer_key=employer_key,
                must_change_password=True,
            )
            record.change(None, "user.add", "user", user.pk)
    except IntegrityError as error:
        raise UserError(
            "已有这个登录名 / there is one already", where=username, mend="换一个登录名"
        ) from error
    return user, password


def post(
    username: str,
    role: str,
    *,
    town: str = "",
    department: str = "",
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> Post:
    """Give a user a role, from a day and perhaps up to one; town and department by name or code."""
    user = named(username)
    known = {each.value for each in Role}
    if role not in known:
        raise UserError("没有这个角色 / no such role", where=role, mend="、".join(sorted(known)))
    code = ""
    if town:
        try:
            code = district().organisation.unit(town).code
        except PolicyError as error:
            raise UserError("没有这个街镇 / no such town", where=town, mend=error.mend) from error
    if role in (Role.CASE_WORKER, Role.TOWN_REVIEWER) and not code:
        raise UserError(
            f"{LABELS[Role(role)][0]}要写明街镇 / this role needs a town", where=role, mend="--town"
        )
    begins = since or timezone.localdate()
    if until is not None and until < begins:
        raise UserError("岗位止于起日之前 / it ends before it begins", where=f"{begins}–{until}")
    with transaction.atomic():
        made = Post.objects.create(
            user=user, role=role, town=code, department=department, since=begins, until=until
        )
        detail = {"user": user.pk, "role": role, "town": code}
        record.change(None, "post.add", "post", made.pk, detail=detail)
    return made


def end_post(post_id: int, until: dt.date) -> Post:
    """End a post on a day, which is its last."""
    with transaction.atomic():
        try:
            ended = Post.objects.select_for_update().get(pk=post_id)
        except ObjectDoesNotExist as error:
            raise UserError("没有这个岗位 / no such post", where=str(post_id)) from error
        if until < ended.since:
            raise UserError("早于岗位起日 / before it began", where=f"{ended.since}")
        ended.until = until
        ended.save(update_fields=["until"])
        record.change(None, "post.end", "post", ended.pk, detail={"until": until.isoformat()})
    return ended


def reset_password(username: str) -> str:
    """A new password, which must be changed at the next login; sessions of the old one end."""
    password = made_up()
    with transaction.atomic():
        user = named(username)
        user.set_password(password)
        user.must_change_password = True
        user.save(update_fields=["password", "must_change_password"])
        record.change(None, "user.password_reset", "user", user.pk)
    return password


def set_active(username: str, active: bool) -> User:
    """Let a user log in, or not any more; accounts are never deleted: the log names them."""
    with transaction.atomic():
        user = named(username)
        user.is_active = active
        user.save(update_fields=["is_active"])
        record.change(None, "user.open" if active else "user.close", "user", user.pk)
    return user


def named(username: str) -> User:
    """The user with that login name."""
    try:
        return User.objects.get(username=username)
    except ObjectDoesNotExist as error:
        raise UserError(
            "没有这个登录名 / no such user", where=username, mend="wenye users list"
        ) from error


def made_up() -> str:
    """A password to be read out once: four groups of four."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
