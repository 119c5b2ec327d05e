"""Going to the provider and coming back; and which login is whose."""

from __future__ import annotations

import logging

import requests
from authlib.integrations.base_client import OAuthError
from django.contrib import messages
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from joserfc.errors import JoseError

from wenye.services.accounts.models import Post, User
from wenye.services.audit import record
from wenye.services.portal import identities
from wenye.services.portal.clients import ClientError
from wenye.services.portal.models import LinkedIdentity
from wenye.web.acting import Asked, page
from wenye.web.oidc.provider import Provider, provider, remote
from wenye.web.refusals import refused

_log = logging.getLogger("wenye.web.oidc")
NEXT = "wenye.oidc.next"


@require_GET
@page("oidc.login")
def start(request: Asked) -> HttpResponse:
    """Send the browser to the provider."""
    of = provider()
    if of is None:
        return refused(request, 404)
    following = request.GET.get("next", "")
    request.session[NEXT] = (
        following
        if url_has_allowed_host_and_scheme(
            following, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )
        else ""
    )
    back = request.build_absolute_uri(reverse("oidc:callback"))
    try:
        answer: HttpResponse = remote(of).authorize_redirect(request, back)
    except (requests.RequestException, OAuthError, ValueError, RuntimeError) as error:
        return _not_answered(request, error)
    return answer


@require_GET
@page("oidc.callback")
def callback(request: Asked) -> HttpResponse:
    """Back from the provider: verify what it says, and log its user in."""
    of = provider()
    if of is None:
        return refused(request, 404)
    try:
        token = remote(of).authorize_access_token(request)
        claims = token.get("userinfo") or {}
    except (OAuthError, JoseError) as error:
        _log.info("login refused: %s", type(error).__name__)
        return refused(
            request,
            403,
            what=_("统一身份认证没有通过。"),
            mend=_("请从登录页重新开始；用的是同一个浏览器窗口才行。"),
        )
    except (requests.RequestException, ValueError) as error:
        return _not_answered(request, error)
    subject = str(claims.get("sub") or "")
    if not subject or len(subject) > 255 or claims.get("iss", of.issuer) != of.issuer:
        return refused(request, 403, what=_("统一身份认证的答复不完整。"))
    return _admitted(request, of, subject, claims)


def _admitted(
    request: Asked, of: Provider, subject: str, claims: dict[str, object]
) -> HttpResponse:
    user = identities.user_of(of.issuer, subject)
    if user is None and of.number_claim and claims.get(of.number_claim):
        user = identities.link_citizen(of.issuer, subject, str(claims[of.number_claim]))
    if user is None or not user.is_active or not _holds_a_post(user):
        _log.info("login without an account")
        return render(request, "oidc/unlinked.html", {"subject": subject, "of": of}, status=403)
    following = request.session.get(NEXT) or reverse("home")
    with transaction.atomic():
        record.change(None, "login.oidc", "user", user.pk, person=user.person_key)
        login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect(following)


def _holds_a_post(user: User) -> bool:
    return Post.objects.filter(user=user).held(timezone.localdate()).exists()


def _not_answered(request: Asked, error: Exception) -> HttpResponse:
    _log.warning("provider does not answer: %s", type(error).__name__)
    return refused(
        request,
        503,
        what=_("统一身份认证没有应答。"),
        saved=_("没有登录，也没有保存任何内容。"),
        mend=_("请稍后再试；急用时请用登录名和密码登录。"),
    )


@page("oidc.links")
def links(request: Asked) -> HttpResponse:
    """Which login is whose; an administrator links an officer's."""
    of = provider()
    error: ClientError | None = None
    typed = {name: request.POST.get(name, "").strip() for name in ("subject", "username")}
    if request.method == "POST":
        user = User.objects.filter(username=typed["username"], is_active=True).first()
        try:
            if of is None:
                raise ClientError(_("没有接入统一身份认证"), mend=_("先设置 WENYE_OIDC_ISSUER"))
            if not 0 < len(typed["subject"]) <= 255:
                raise ClientError(_("没有写对方编号"), mend=_("本人登录一次，页面上会显示"))
            if user is None:
                raise ClientError(_("没有这个登录名"), mend=_("检查登录名"))
            if user.pk == request.actor.user_id:
                raise ClientError(_("不能给自己关联"), mend=_("请另一位管理员办理"))
            identities.link(request.actor, of.issuer, typed["subject"], user)
            messages.success(request, _("已关联，可以统一登录了。"), extra_tags="yes")
            return redirect("oidc:links")
        except ClientError as refused_:
            error = refused_
    rows = LinkedIdentity.objects.select_related("user").order_by("-pk")[:200]
    context = {"rows": rows, "of": of, "typed": typed, "error": error}
    return render(request, "oidc/links.html", context, status=400 if error else 200)


@require_POST
@page("oidc.unlink")
def unlink(request: Asked, link: int) -> HttpResponse:
    """End a link."""
    identities.unlink(request.actor, get_object_or_404(LinkedIdentity, pk=link))
    messages.success(request, _("已解除关联。"), extra_tags="yes")
    return redirect("oidc:links")
