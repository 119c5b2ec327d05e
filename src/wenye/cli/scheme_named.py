"""The scheme that a command names: by its id, a title, or a part of a title that no other has."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wenye.policy.district import District
    from wenye.rules.scheme import Scheme

#: Candidates that are listed where a name stands for several.
_LISTED = 20


def scheme_named(district: District, name: str) -> type[Scheme]:
    """The scheme ``name`` of the district, an id or a Chinese or English title, whole or in part.

    PolicyError where there is none, with the nearest ids, or where there are several, with each.
    """
    from wenye.policy.errors import PolicyError
    from wenye.rules.errors import did_you_mean

    if name in district.scheme_ids:
        return district.scheme(name)
    found = _titled(district, name)
    if len(found) == 1:
        return found[0]
    if found:
        raise PolicyError(
            f"“{name}”可以指{len(found)}个项目 / {name!r} may be any of {len(found)} schemes",
            mend=f"写明是哪一个 / say which one:{_candidates(found)}",
        )
    raise PolicyError(
        f"{district.label}没有项目“{name}” / {district.label_en} has no scheme {name!r}",
        mend=did_you_mean(name, district.scheme_ids) or "wenye card --list",
    )


def _titled(district: District, name: str) -> list[type[Scheme]]:
    """Schemes with that title (a remark in brackets may be left out); else with it in a title."""
    asked = _plain(name)
    if not asked:
        return []
    titles = {
        scheme: [_plain(title) for title in (scheme.title, scheme.title_en) if title]
        for scheme in district.schemes.values()
    }
    whole = [
        scheme
        for scheme, each in titles.items()
        if any(asked in (title, title.partition("(")[0].strip()) for title in each)
    ]
    return whole or [
        scheme for scheme, each in titles.items() if any(asked in title for title in each)
    ]


def _plain(text: str) -> str:
    """Without the differences that a keyboard makes: width of brackets, case, spaces."""
    return " ".join(text.translate({ord("（"): "(", ord("）"): ")"}).casefold().split())


def _candidates(found: list[type[Scheme]]) -> str:
    lines = [f"\n    {scheme.id}  {scheme.title}" for scheme in found[:_LISTED]]
    if len(found) > _LISTED:
        lines.append(f"\n    …另有 {len(found) - _LISTED} 个 / more: wenye card --list")
    return "".join(lines)
