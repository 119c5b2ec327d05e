"""A form field for a fact, by its kind, and what was typed as a case has it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wenye.rules.facts import Fact
from wenye.services.people.correcting import CorrectionRefused


@dataclass(frozen=True, slots=True)
class Input:
    """A field: its HTML type, its choices where it has some, what was typed, a hint."""

    type: str
    value: str
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""


def input_for(fact: Fact, value: str, towns: Mapping[str, str]) -> Input:
    """The field for a fact."""
    kind, english = fact.kind, get_language() == "en"
    nothing = ((("null", _("无"))),) if fact.may_be_absent else ()
    if kind.name == "truth":
        return Input("select", value, (("true", _("是")), ("false", _("否"))))
    if kind.name == "choice":
        options = tuple(
            (identifier, identifier.replace("_", " ") if english else label)
            for identifier, label in kind.options
        )
        return Input("select", value, (*options, *nothing))
    if fact.name == "town":
        return Input("select", value, tuple(towns.items()))
    hints = {
        "day": _("例如 2026-03-01"),
        "month": _("例如 2026-03"),
        "number": _("只填整数"),
        "money": _("元，最多两位小数"),
    }
    hint = hints.get(kind.name, "")
    if fact.may_be_absent:
        hint = _("%(hint)s；没有就填“无”") % {"hint": hint}
    type_ = {"day": "date", "month": "month", "number": "number"}.get(kind.name, "text")
    return Input("text" if fact.may_be_absent else type_, value, hint=hint)


def read_value(fact: Fact, text: str) -> object:
    """What was typed as a case has it; CorrectionRefused where it is nothing at all."""
    text = text.strip()
    if not text:
        raise CorrectionRefused(
            _("请填写正确的值。"), mend=_("不知道正确值时，请先向提供部门查询。")
        )
    if fact.may_be_absent and text in ("无", "null", "none"):
        return None
    if fact.kind.name == "truth":
        return {"true": True, "false": False}.get(text, text)
    if fact.kind.name == "number":
        return int(text) if re.fullmatch(r"\d{1,9}", text) else text
    return text
