"""Addresses of offers and nightly runs."""

from __future__ import annotations

from django.urls import path

from wenye.web.offers import (
    accuracy,
    findings,
    inbox,
    offer_page,
    panels,
    runs,
    unheard,
    worklist,
)
from wenye.web.people.panels import EMPLOYER_PANELS, PANELS

app_name = "offers"
urlpatterns = [
    path("mine/", inbox.inbox, name="inbox"),
    path("list/", worklist.worklist, name="worklist"),
    path("<int:pk>/", offer_page.offer, name="offer"),
    path("<int:pk>/answer/", offer_page.answer, name="answer"),
    path("<int:pk>/withdraw/", offer_page.withdraw, name="withdraw"),
    path("notify/", worklist.notify_chosen, name="notify"),
    path("letters/", worklist.letters, name="letters"),
    path("unheard/", unheard.unheard, name="unheard"),
    path("runs/", runs.runs, name="runs"),
    path("runs/<int:pk>/", runs.run, name="run"),
    path("near-misses/", findings.near_misses, name="near_misses"),
    path("questions/", findings.questions, name="questions"),
    path("accuracy/", accuracy.accuracy, name="accuracy"),
]

PANELS.append(panels.offers_of_person)
EMPLOYER_PANELS.append(panels.offers_of_employer)
