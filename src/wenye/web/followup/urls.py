"""Addresses of the follow-up."""

from __future__ import annotations

from django.urls import path

from wenye.web.followup import (
    assigning,
    contacts,
    coverage,
    findings,
    ledgers,
    panels,
    person,
    placement,
    planning,
    samples,
    worklist,
)
from wenye.web.people.panels import PANELS

app_name = "followup"
urlpatterns = [
    path("worklist/", worklist.worklist, name="worklist"),
    path("round/", planning.day_round, name="round"),
    path("placement/", placement.placement, name="placement"),
    path("families/", placement.families, name="families"),
    path("families/confirm/", placement.confirm_family, name="confirm_family"),
    path("towns/", coverage.towns, name="towns"),
    path("nobody/", coverage.nobody, name="nobody"),
    path("assign/", assigning.assign_page, name="assign"),
    path("returns/", ledgers.returns, name="returns"),
    path("returns/make/", ledgers.make_return, name="make_return"),
    path("ledgers/<slug:which>/", ledgers.ledger_page, name="ledger"),
    path("findings/", findings.findings, name="findings"),
    path("findings/<int:number>/", findings.finding, name="finding"),
    path("findings/<int:number>/answer/", findings.answer_finding, name="answer_finding"),
    path("samples/", samples.sample, name="sample"),
    path("samples/draw/", samples.draw_sample, name="draw_sample"),
    path("samples/<int:number>/", samples.sample_result, name="sample_result"),
    path("recontacts/", samples.recontacts, name="recontacts"),
    path("recontacts/<int:number>/", samples.recontact, name="recontact"),
    path("people/<int:key>/", person.person, name="person"),
    path("people/<int:key>/contact/", contacts.contact, name="contact"),
    path("people/<int:key>/visit/", contacts.visit, name="visit"),
    path("people/<int:key>/refer/", contacts.refer_page, name="refer"),
    path("people/<int:key>/place/", contacts.place, name="place"),
    path("contacts/<int:number>/correct/", contacts.correct_page, name="correct"),
]

PANELS.append(panels.followup_of_person)
