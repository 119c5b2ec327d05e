"""Names of streets, towns and schemes, as pages print them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import get_language

from wenye.services.decisions.district import district


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
