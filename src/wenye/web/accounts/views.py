"""Logging in and out, choosing a post, changing the password, and how the pages look."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from wenye.services.accounts.models import Post
from wenye.services.accounts.roles import LABELS, Role
from wenye.services.decisions.district import district, town_name
from wenye.web.accounts.waiting import waiting
from wenye.web.acting import POST, Asked, page
from wenye.web.typed import whole

login = LoginView.as_view(template_name="accounts/login.html", redirect_authenticated_user=True)
logout = LogoutView.as_view()
language = require_POST(set_language)


@page("accounts.home")
def home(request: Asked) -> HttpResponse:
    """What there is to do, for whoever asks."""
    context = {"district": district().label, "tasks": waiting(request)}
    return render(request, "home.html", context)


@require_POST
def letters(request: HttpRequest) -> HttpResponse:
    """Remember how large the letters are to be."""
    back = request.POST.get("back", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    answer = redirect(back)
    size = request.POST.get("letters", "")
    if size in ("large", "largest"):
        answer.set_cookie("wenye-letters", size, max_age=365 * 24 * 3600, samesite="Lax")
    else:
        answer.delete_cookie("wenye-letters")
    return answer


@page("accounts.posts")
def posts(request: Asked) -> HttpResponse:
    """The posts that the user holds; the one chosen is acted in."""
    held = Post.objects.filter(user=request.actor.user_id).held(timezone.localdate())
    if request.method == "POST":
        chosen = held.filter(pk=whole(request.POST.get("post"))).first()
        if chosen is not None:
            request.session[POST] = chosen.pk
            messages.success(request, _("已换岗位。"), extra_tags="yes")
        return redirect("home")
    rows: list[dict[str, Any]] = [
        {
            "id": post.pk,
            "role_words": LABELS[Role(post.role)][get_language() == "en"],
            "place": town_name(post.town) or post.department,
            "since": post.since,
            "until": post.until,
            "chosen": post.pk == request.actor.post_id,
        }
        for post in held
    ]
    return render(request, "accounts/posts.html", {"posts": rows})


@page("accounts.password")
def password(request: Asked) -> HttpResponse:
    """Change the own password."""
    assert request.user.is_authenticated
    form = PasswordChangeForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = form.save()
        user.must_change_password = False
        user.save(update_fields=["must_change_password"])
        update_session_auth_hash(request, user)
        messages.success(request, _("密码已修改。"), extra_tags="yes")
        return redirect("home")
    return render(request, "accounts/password.html", {"form": form})
