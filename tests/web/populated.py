"""A service with something on every page: what its areas show of themselves, prepared once."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from tests.service import AS_OF

AREAS = ("people", "cases", "offers", "money", "followup", "portal", "audit")


def populate() -> None:
    """What every area prepares for a demonstration."""
    for area in AREAS:
        name = f"wenye.services.{area}.demonstration"
        if find_spec(name) is not None:
            import_module(name).prepare(AS_OF)
