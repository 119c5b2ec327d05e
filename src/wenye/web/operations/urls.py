"""Addresses of the pages about the service itself."""

from __future__ import annotations

from django.urls import path

from wenye.web.operations import views

app_name = "operations"
urlpatterns = [
    path("health/", views.health, name="health"),
    path("state/", views.state, name="state"),
]
