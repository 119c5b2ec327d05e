"""All addresses. An area has its own file; the names are the ids of the access table."""

from __future__ import annotations

from django.urls import include, path

from wenye.web.accounts import views as accounts
from wenye.web.operations import views as operations

urlpatterns = [
    path("", accounts.home, name="home"),
    path("letters/", accounts.letters, name="letters"),
    path("language/", accounts.language, name="language"),
    path("accounts/", include("wenye.web.accounts.urls")),
    path("people/", include("wenye.web.people.urls")),
    path("audit/", include("wenye.web.audit.urls")),
    path("cases/", include("wenye.web.cases.urls")),
    path("money/", include("wenye.web.money.urls")),
    path("policy/", include("wenye.web.policy.urls")),
    path("followup/", include("wenye.web.followup.urls")),
    path("offers/", include("wenye.web.offers.urls")),
    path("district/", include("wenye.web.district.urls")),
    path("operations/", include("wenye.web.operations.urls")),
    path("health/", operations.health_json, name="health"),
    path("api/", include("wenye.web.api.urls")),
    path("oidc/", include("wenye.web.oidc.urls")),
]

handler400 = "wenye.web.refusals.bad_request"
handler403 = "wenye.web.refusals.forbidden"
handler404 = "wenye.web.refusals.not_found"
handler500 = "wenye.web.refusals.server_error"
