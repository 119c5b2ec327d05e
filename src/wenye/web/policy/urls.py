"""Addresses of the pages about the policy."""

from __future__ import annotations

from django.urls import path

from wenye.web.policy import check, counter, measures, schemes, values

app_name = "policy"
urlpatterns = [
    path("check/", check.check, name="check"),
    path("schemes/", schemes.schemes, name="schemes"),
    path("schemes/<slug:scheme_id>/", schemes.scheme, name="scheme"),
    path("measures/", measures.measures, name="measures"),
    path("duties/", measures.duties, name="duties"),
    path("open/", measures.open_values, name="open_values"),
    path("counter/", counter.counter, name="counter"),
    path("counter/<int:key>/", counter.person, name="counter_person"),
    path("values/", values.values, name="values"),
    path("values/propose/", values.propose_value, name="propose_value"),
    path("values/<int:pk>/", values.value, name="value"),
    path("values/<int:pk>/sign/", values.sign_value, name="sign_value"),
]
