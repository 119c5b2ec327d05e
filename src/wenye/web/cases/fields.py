"""Form fields of a case as a template shows them, and what was answered, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wenye.rules.facts import Many
from wenye.rules.kinds import Kind
from wenye.services.cases.models import Case
from wenye.services.cases.types import CaseType
from wenye.services.decisions.district import district
from wenye.services.decisions.fields import options_of
from wenye.services.decisions.places import item_at
from wenye.web.cases import showing

_INPUTS = {"day": "date", "month": "month", "number": "number", "phone": "tel"}


def form_fields(
    case: Case, kind: CaseType, wrong: Mapping[str, str], typed: Mapping[str, str] | None
) -> list[dict[str, Any]]:
    """The fixed fields with their values, or what was typed where that could not be read."""
    found = []
    for field in kind.form:
        held = case.form.get(field.name)
        if typed is not None and field.name in typed:
            value = typed[field.name]
        elif isinstance(held, bool):
            value = "yes" if held else "no"
        else:
            value = "" if held is None else str(held)
        options = [(v, en if showing.english() else zh) for v, zh, en in field.options]
        found.append(
            {
                "field": field,
                "name": field.name,
                "label": showing.label_of(field),
                "hint": field.hint,
                "value": value,
                "options": options,
                "input": _INPUTS.get(field.kind, "text"),
                "wrong": wrong.get(field.name, ""),
            }
        )
    return found


def answer_lines(case: Case) -> list[dict[str, str]]:
    """What the applicant has said, fact by fact: it fills in what the registers do not know."""
    if not case.scheme or not case.answers:
        return []
    subject = district().scheme(case.scheme).subject
    found: list[dict[str, str]] = []

    def walk(value: Any, place: tuple[str | int, ...]) -> None:
        if isinstance(value, Mapping):
            for name, inner in value.items():
                if name != "key":
                    walk(inner, (*place, str(name)))
        elif isinstance(value, list):
            if not value:
                found.append({"label": label(place), "value": words_of(place, [])})
            for number, inner in enumerate(value):
                walk(inner, (*place, number))
        else:
            found.append({"label": label(place), "value": words_of(place, value)})

    def label(place: tuple[str | int, ...]) -> str:
        try:
            item, _inside = item_at(subject, place)
        except KeyError:
            return ".".join(str(each) for each in place)
        if isinstance(item, Many):
            register = item.entity.register
            return register.label_en if showing.english() else register.label
        return "" if item is None else showing.label_of(item)

    def words_of(place: tuple[str | int, ...], value: Any) -> str:
        from django.utils.translation import gettext as _

        if value is None or value == []:
            return _("没有")
        if isinstance(value, bool):
            return _("是") if value else _("否")
        try:
            item, _inside = item_at(subject, place)
        except KeyError:
            return str(value)
        kind = getattr(item, "kind", None)
        if isinstance(kind, Kind) and item is not None and not isinstance(item, Many):
            for option in options_of(item):
                if option.value == str(value):
                    return showing.label_of(option)
        return str(value)

    walk(case.answers, ())
    return found
