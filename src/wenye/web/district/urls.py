"""Addresses of the whole district's numbers."""

from __future__ import annotations

from django.urls import path

from wenye.web.district import flow, head, rows

app_name = "district"
urlpatterns = [
    path("head/", head.head, name="head"),
    path("flow/", flow.flow, name="flow"),
    path("flow/rows/", rows.rows, name="rows"),
]
