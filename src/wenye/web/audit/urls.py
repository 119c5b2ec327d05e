"""Addresses of the audit pages."""

from __future__ import annotations

from django.urls import path

from wenye.web.audit import decision_views, views

app_name = "audit"
urlpatterns = [
    path("", views.log, name="log"),
    path("<int:pk>/", views.entry, name="entry"),
    path("seals/", views.seals, name="seals"),
    path("seals/verify/", views.verify_newest, name="verify"),
    path("patterns/", views.patterns_, name="patterns"),
    path("export/", views.export, name="export"),
    path("mine/", views.mine, name="mine"),
    path("decisions/", decision_views.decisions, name="decisions"),
    path("decisions/<int:pk>/", decision_views.decision, name="decision"),
    path("decisions/<int:pk>/again/", decision_views.decide_again, name="decide_again"),
]
