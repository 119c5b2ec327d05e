"""Migrations say what the models say, and every model has an order of its own."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.paginator import Paginator, UnorderedObjectListWarning


def test_migrations_are_current(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_model_has_an_order() -> None:
    loose = [
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("wenye.") and not model._meta.ordering
    ]
    assert not loose, f"lists of them would come in any order: {loose}"


def test_a_page_of_an_unordered_list_fails() -> None:
    rows = apps.get_model("audit.Entry").objects.order_by()
    with pytest.raises(UnorderedObjectListWarning):
        Paginator(rows, 10)
