"""The fields of a case's form, read from what was typed; and what is still lacking in a case."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wenye.services.cases.models import Case
from wenye.services.cases.types import CaseType, Field

_PHONE = re.compile(r"\+?[0-9][0-9 -]{5,18}[0-9]")
#: The most that a text of one line, and a long one, may hold.
SHORT, LONG = 200, 4000


def read_form(
    case_type: CaseType, typed: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Values by field, and what is wrong by field. An empty field is no value."""
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for field in case_type.form:
        text = (typed.get(field.name) or "").strip()
        if text == "":
            continue
        try:
            values[field.name] = _read(field, text)
        except ValueError as error:
            wrong[field.name] = str(error)
    return values, wrong


def _read(field: Field, text: str) -> Any:
    limit = LONG if field.kind == "long" else SHORT
    if len(text) > limit:
        raise ValueError(_("太长了，最多%(limit)d个字。") % {"limit": limit})
    if "\x00" in text:
        raise ValueError(_("含有不能保存的字符。"))
    if field.kind == "day":
        try:
            return dt.date.fromisoformat(text).isoformat()
        except ValueError:
            raise ValueError(_("请写成 2020-08-03 这样的日期。")) from None
    if field.kind == "month":
        if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", text):
            raise ValueError(_("请写成 2020-08 这样的月份。"))
        return text
    if field.kind == "number":
        if not re.fullmatch(r"[0-9]{1,9}", text):
            raise ValueError(_("请写整数。"))
        return int(text)
    if field.kind == "money":
        return _money(text)
    if field.kind == "choice":
        if text not in {value for value, _zh, _en in field.options}:
            raise ValueError(_("请从给出的选项里选。"))
        return text
    if field.kind == "truth":
        if text not in ("yes", "no"):
            raise ValueError(_("请选择是或否。"))
        return text == "yes"
    if field.kind == "phone" and not _PHONE.fullmatch(text):
        raise ValueError(_("请写电话号码，例如 138 开头的11位手机号。"))
    return text


def _money(text: str) -> str:
    try:
        value = Decimal(text.replace(",", "").lstrip("¥"))
    except InvalidOperation:
        raise ValueError(_("请写金额，例如 1234.56。")) from None
    if not value.is_finite() or value < 0 or value != round(value, 2) or value >= 10**12:
        raise ValueError(_("请写金额，最多两位小数。"))
    return f"{value:.2f}"


def label(field: Field) -> str:
    """The field's label in the page's language."""
    return field.label_en if get_language() == "en" else field.label


def words(field: Field, value: Any) -> str:
    """A value as a page prints it."""
    if value is None or value == "":
        return _("未提供")
    if field.kind == "truth":
        return _("是") if value else _("否")
    if field.kind == "choice":
        english = get_language() == "en"
        return next((en if english else zh for v, zh, en in field.options if v == value), value)
    if field.kind == "money":
        return f"¥{Decimal(value):,.2f}"
    return str(value)


def lacking(case: Case, case_type: CaseType, form: Mapping[str, Any] | None = None) -> list[str]:
    """Labels of required fields and documents that the case does not have."""
    held = {**(case.form or {}), **(form or {})}
    missing = [
        label(field)
        for field in case_type.form
        if field.required and held.get(field.name) in (None, "")
    ]
    if case_type.rows is not None and not held.get("rows"):
        missing.append(_("人员名单"))
    kinds = [each for each in case_type.attachments_for(case.scheme) if each.required]
    if kinds:
        there = set(case.attachments.filter(removed_at__isnull=True).values_list("kind", flat=True))
        english = get_language() == "en"
        missing += [
            each.label_en if english else each.label for each in kinds if each.kind not in there
        ]
    return missing
