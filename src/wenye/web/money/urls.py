"""Addresses of the pages about money."""

from __future__ import annotations

from django.urls import path

from wenye.web.money import answering, budgeting, handing, paying, recovering, sampling

app_name = "money"
urlpatterns = [
    path("overview/", budgeting.overview, name="overview"),
    path("payable/", paying.payable, name="payable"),
    path("payable/commit/", paying.commit, name="commit"),
    path("payable/prepare/", paying.prepare, name="prepare"),
    path("batches/", paying.batches, name="batches"),
    path("batches/<int:pk>/", paying.batch, name="batch"),
    path("batches/<int:pk>/approve/", paying.approve, name="approve"),
    path("batches/<int:pk>/send/", paying.send, name="send"),
    path("batches/<int:pk>/discard/", paying.discard, name="discard"),
    path("batches/lines/<int:pk>/drop/", paying.drop, name="drop"),
    path("returns/", answering.returns, name="returns"),
    path("returns/<int:pk>/", answering.return_file, name="return_file"),
    path("returns/rows/<int:pk>/suspense/", answering.suspense, name="suspense"),
    path("reconcile/", answering.reconcile, name="reconcile"),
    path("recoveries/", recovering.recoveries, name="recoveries"),
    path("recoveries/propose/", recovering.propose, name="recovery_propose"),
    path("recoveries/<int:pk>/", recovering.recovery, name="recovery"),
    path("recoveries/<int:pk>/decide/", recovering.decide, name="recovery_decide"),
    path("recoveries/<int:pk>/plan/", recovering.plan, name="recovery_plan"),
    path("recoveries/<int:pk>/receive/", recovering.receive, name="recovery_receive"),
    path("budgets/", budgeting.budgets, name="budgets"),
    path("budgets/propose/", budgeting.propose, name="fund_propose"),
    path("budgets/<int:pk>/decide/", budgeting.decide, name="fund_decide"),
    path("handover/", handing.handover, name="handover"),
    path("handover/do/", handing.hand_over, name="hand_over"),
    path("handover/<int:pk>/", handing.handover_file, name="handover_file"),
    path("handover/answers/", handing.answers, name="handover_answers"),
    path("ledger/", budgeting.ledger, name="ledger"),
    path("ledger/export/", budgeting.ledger_export, name="ledger_export"),
    path("sampling/", sampling.samples, name="sampling"),
    path("sampling/take/", sampling.take, name="sample_take"),
    path("sampling/<int:pk>/", sampling.sample, name="sample"),
    path("sampling/payments/<int:pk>/find/", sampling.find, name="sample_find"),
]
