"""Addresses of the pages of cases."""

from __future__ import annotations

from django.urls import path

from wenye.web.cases import (
    attachments,
    case_page,
    hires,
    letters,
    listing,
    notice,
    opening,
    steps,
    worklist,
)
from wenye.web.cases.panels import cases_of_employer, cases_of_person
from wenye.web.people.panels import EMPLOYER_PANELS, PANELS

if cases_of_person not in PANELS:
    PANELS.append(cases_of_person)
    EMPLOYER_PANELS.append(cases_of_employer)

app_name = "cases"
urlpatterns = [
    path("", worklist.worklist, name="worklist"),
    path("bulk/", worklist.bulk, name="bulk"),
    path("export/", worklist.export, name="export"),
    path("view/", worklist.view, name="view"),
    path("mine/", listing.mine, name="mine"),
    path("types/", listing.types, name="types"),
    path("notice/", notice.notice, name="notice"),
    path("open/<str:case_type>/", opening.open_, name="open"),
    path("case/<str:number>/", case_page.case, name="case"),
    path("case/<str:number>/step/", steps.step, name="step"),
    path("case/<str:number>/attach/", attachments.attach, name="attach"),
    path("case/<str:number>/attachment/<int:pk>/", attachments.attachment, name="attachment"),
    path("case/<str:number>/letter/<int:pk>/", letters.letter, name="letter"),
    path("case/<str:number>/letter/<int:pk>/file/", letters.letter_file, name="letter_file"),
    path("case/<str:number>/rows/", hires.rows, name="rows"),
    path("case/<str:number>/rows/errors/", hires.rows_errors, name="rows_errors"),
    path("rows/template/", hires.rows_template, name="rows_template"),
]
