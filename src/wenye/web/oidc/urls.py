"""Addresses of logging in through a provider."""

from __future__ import annotations

from django.urls import path

from wenye.web.oidc import views

app_name = "oidc"
urlpatterns = [
    path("login/", views.start, name="login"),
    path("callback/", views.callback, name="callback"),
    path("links/", views.links, name="links"),
    path("links/<int:link>/end/", views.unlink, name="unlink"),
]
