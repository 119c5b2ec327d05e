"""The district that this service delivers, loaded once and again when its values are confirmed."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from wenye.policy.district import District, load_district
from wenye.rules.explain import Explainer

CONFIRMATIONS = "confirmations.yaml"


def confirmations_file() -> Path:
    """Where the officers' confirmations of this service stand."""
    return Path(settings.HOME) / CONFIRMATIONS


def district() -> District:
    """The district as it stands now."""
    file = confirmations_file()
    changed = file.stat().st_mtime_ns if file.is_file() else 0
    return _loaded(str(settings.DISTRICT), str(file), changed, dt.date.today())


@lru_cache(maxsize=2)
def _loaded(name: str, confirmations: str, changed: int, today: dt.date) -> District:
    return load_district(name, confirmations=confirmations if changed else None, today=today)


def town_names() -> dict[str, str]:
    """Names of the streets and towns by code, in the district's order."""
    return {unit.code: unit.name for unit in district().organisation.units}


def town_name(code: str) -> str:
    """The name of a street or town; the code where the district does not know it."""
    return town_names().get(code, code)


def explainer(scheme_id: str) -> Explainer:
    """The scheme, compiled for explanations."""
    return _compiled(district(), scheme_id)


@lru_cache(maxsize=256)
def _compiled(of: District, scheme_id: str) -> Explainer:
    return Explainer(of.scheme(scheme_id), of.parameters)
