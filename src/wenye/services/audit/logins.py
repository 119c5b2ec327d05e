"""Logging in, out, and in vain, as entries of the log."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.utils import timezone

from wenye.services.accounts.models import Post, User
from wenye.services.audit.models import Entry


def connect() -> None:
    """Have Django tell of logins; called once, when the app is ready."""
    user_logged_in.connect(_in, dispatch_uid="audit.login")
    user_logged_out.connect(_out, dispatch_uid="audit.logout")
    user_login_failed.connect(_failed, dispatch_uid="audit.login_failed")


def _in(sender: Any, user: User, **_: Any) -> None:
    _written("user.login", user)


def _out(sender: Any, user: User | None, **_: Any) -> None:
    if user is not None:
        _written("user.logout", user)


def _failed(sender: Any, credentials: dict[str, Any], **_: Any) -> None:
    # What was typed is not kept: a name that does not exist is often a password.
    name = str(credentials.get("username") or "")
    user = User.objects.filter(username=name).first()
    Entry.objects.create(
        verb="user.login_failed", object_type="user", object_id="" if user is None else str(user.pk)
    )


def _written(verb: str, user: User) -> None:
    post = Post.objects.filter(user=user).held(timezone.localdate()).order_by("pk").first()
    Entry.objects.create(
        verb=verb,
        user_id=user.pk,
        role="" if post is None else post.role,
        object_type="user",
        object_id=str(user.pk),
    )
