"""Addresses of people, employers, corrections and imports."""

from __future__ import annotations

from django.urls import path

from wenye.web.people import correction_views as corrections
from wenye.web.people import employer_views, import_views, own_views, person_views, search_views

app_name = "people"
urlpatterns = [
    path("search/", search_views.find, name="search"),
    path("mine/", own_views.mine, name="mine"),
    path("mine/copy/", own_views.copy, name="copy"),
    path("own-employer/", employer_views.own_employer, name="own_employer"),
    path("<int:key>/", person_views.person, name="person"),
    path("<int:key>/reveal/", person_views.reveal, name="reveal"),
    path("<int:key>/lookers/", person_views.lookers, name="lookers"),
    path("<int:key>/contact/", own_views.contact_details, name="contact"),
    path("<int:key>/object/", own_views.objection, name="object"),
    path("employers/<int:key>/", employer_views.employer, name="employer"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections/new/", corrections.propose, name="propose"),
    path("corrections/<int:pk>/", corrections.correction, name="correction"),
    path("corrections/<int:pk>/decide/", corrections.decide, name="decide_correction"),
    path("corrections/<int:pk>/withdraw/", corrections.withdraw, name="withdraw_correction"),
    path("imports/", import_views.imports, name="imports"),
    path("imports/new/", import_views.upload, name="import_upload"),
    path("imports/<int:pk>/", import_views.delivery, name="import"),
    path("imports/<int:pk>/rejected/", import_views.rejected, name="import_rejected"),
    path("imports/<int:pk>/adopt/", import_views.adopt, name="import_adopt"),
    path("imports/<int:pk>/discard/", import_views.discard, name="import_discard"),
    path("imports/<int:pk>/undo/", import_views.undo, name="import_undo"),
]
