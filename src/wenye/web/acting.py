"""Who acts in a request, and which page it is: every view declares its row of the access table."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, cast
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from wenye.services.accounts.access import Page, menu_of, page_named, scope_of
from wenye.services.accounts.models import Post
from wenye.services.accounts.roles import LABELS, Acting, Scope
from wenye.web.refusals import refused

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from wenye.services.accounts.models import User

P = ParamSpec("P")
#: The session's key for the post in which its user acts.
POST = "wenye.post"


class Asked(HttpRequest):
    """A request as views see it: who acts, on which page, and how far they reach there."""

    acting: Acting | None
    page: Page
    scope: Scope
    htmx: Any
    user: User | AnonymousUser
    #: Who acts, where the page is not public: on a public one nobody may.
    actor: Acting


View = Callable[Concatenate[Asked, P], HttpResponse]


class ActingMiddleware:
    """Puts ``request.acting``: the user in the post that the session has chosen, or None."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = cast(Asked, request)
        asked.acting = _acting(asked)
        if asked.acting is not None:
            asked.actor = asked.acting
        return self.get_response(request)


def _acting(request: Asked) -> Acting | None:
    if not request.user.is_authenticated:
        return None
    posts = list(
        Post.objects.filter(user=request.user.pk).held(timezone.localdate()).select_related("user")
    )
    chosen = request.session.get(POST)
    for post in posts:
        if post.pk == chosen:
            return post.acting()
    return posts[0].acting() if posts else None


def page(page_id: str) -> Callable[[View[P]], Callable[Concatenate[HttpRequest, P], HttpResponse]]:
    """Declare which page a view is: it opens to those whom the access table names, to nobody else.

    The view finds ``request.scope``, to be handed to ``.within(scope)`` of every queryset.
    """
    row = page_named(page_id)

    def declared(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            asked = cast(Asked, request)
            asked.page = row
            asked.scope = scope_of(asked.acting, row)
            if asked.scope.reach is None:
                if not asked.user.is_authenticated:
                    return redirect(f"{_login()}?next={quote(request.get_full_path())}")
                return refused(request, 403)
            if _unkeepable(request):
                return refused(request, 400)
            return view(asked, *args, **kwargs)

        opened.page_id = page_id  # type: ignore[attr-defined]
        return opened

    return declared


def _unkeepable(request: HttpRequest) -> bool:
    """Whether something was sent that no key of a keyboard types and PostgreSQL cannot hold."""
    sent = [request.GET] if "%00" in request.META.get("QUERY_STRING", "") else []
    if request.method == "POST":
        sent.append(request.POST)
    return any("\0" in text for each in sent for _name, texts in each.lists() for text in texts)


def _login() -> str:
    from django.urls import reverse

    return reverse(settings.LOGIN_URL)


def page_context(request: HttpRequest) -> dict[str, Any]:
    """What every template finds: who acts, the menu, the page, and how large its letters are."""
    acting: Acting | None = getattr(request, "acting", None)
    from wenye.web.menu import groups

    return {
        "acting": acting,
        "acting_role": LABELS[acting.role] if acting else None,
        "menu": groups(menu_of(acting), request.path),
        "page": getattr(request, "page", None),
        "synthetic": settings.SYNTHETIC,
        "letters": request.COOKIES.get("wenye-letters", ""),
    }
