"""Addresses of the API, of its description, and of the page on which its clients are made."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from wenye.web.api import callbacks, clients, outbox, pages
from wenye.web.api.assembly import operations
from wenye.web.api.guard import guarded

app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("docs/", pages.docs, name="docs"),
    path("openapi.json", pages.openapi, name="openapi"),
    path("clients/", clients.clients, name="clients"),
    path("clients/<int:client>/", clients.client, name="client"),
    path("clients/<int:client>/key/", clients.key, name="key"),
    path("clients/<int:client>/stop/", clients.stop, name="stop"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<int:message>/again/", outbox.resend, name="resend"),
    path("callbacks/portal", guarded(callbacks.portal, open_to_all=True), name="callback"),
    *operations(),
]
