"""Names of streets, towns and schemes, as pages print them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import get_language

from wenye.services.decisions.district import district
from wenye.services.people.correcting import ENTITIES
from wenye.services.people.models import Correction


def towns() -> dict[str, str]:
    """Every unit of the district: code → name."""
    return {unit.code: unit.name for unit in district().organisation.units}


def scheme_titles(ids: Iterable[str]) -> dict[str, str]:
    """Titles of schemes and of awards that are none, in the page's language."""
    here, english = district(), get_language() == "en"
    found = {}
    for name in {*ids}:
        if name in here.scheme_ids:
            scheme = here.scheme(name)
            found[name] = scheme.title_en if english else scheme.title
        elif name in here.awards:
            found[name] = here.awards[name][english]
    return found


def corrected_facts(
    corrections: Iterable[Correction], *states: str
) -> list[tuple[Correction, str]]:
    """Corrections in some states, each with the fact that it is about."""
    return [(each, fact_label(each)) for each in corrections if each.state in states]


def fact_label(correction: Correction) -> str:
    """The register and the fact of a correction, in the page's language."""
    entity = ENTITIES.get(correction.register)
    fact = entity.facts().get(correction.fact) if entity is not None else None
    if entity is None or fact is None:
        return correction.fact
    if get_language() == "en":
        return f"{entity.register.label_en}: {fact.label_en}"
    return f"{entity.register.label}：{fact.label}"
