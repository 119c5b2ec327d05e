"""The scheme that a command names, refused in both languages where the district has none such."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wenye.policy.district import District
    from wenye.rules.scheme import Scheme


def scheme_named(district: District, name: str) -> type[Scheme]:
    """The scheme ``name`` of the district; PolicyError with the nearest names."""
    from wenye.policy.errors import PolicyError
    from wenye.rules.errors import did_you_mean

    if name not in district.scheme_ids:
        raise PolicyError(
            f"{district.label}没有项目“{name}” / {district.label_en} has no scheme {name!r}",
            mend=did_you_mean(name, district.scheme_ids) or "wenye card --list",
        )
    return district.scheme(name)
