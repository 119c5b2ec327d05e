"""What was written into the fields of questions, read into a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from wenye.services.decisions.asked import MOST, Question, WrongAnswers
from wenye.services.decisions.fields import NONE, Field, NotRead, read
from wenye.services.decisions.places import at, merged, put, steps

_SPELLS = (("started_on", "ended_on"), ("first_month", "last_month"))
_LASTS = tuple(f".{last}" for _first, last in _SPELLS)


def answers_from(
    data: Mapping[str, Any], asked: Iterable[Question], case: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """What was answered, as a case; what was left empty or is not known is left out.

    ``case`` is what was told before: a spell may not end before it begins. WrongAnswers where
    something cannot be read.
    """
    found: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for question in asked:
        if question.kind == "rows":
            _rows_answered(question, data, found, errors)
        else:
            _answered(question.field, data, found, errors)
            _check_spell(question.field.name, merged(case or {}, found), errors)
    if errors:
        raise WrongAnswers(errors, found)
    return found


def _answered(
    field: Field, data: Mapping[str, Any], case: dict[str, Any], errors: dict[str, str]
) -> bool:
    """Put one answer into the case; whether there was one."""
    text = str(data.get(field.name, "") or "")
    if not text and data.get(f"{field.name}.none"):
        text = NONE
    try:
        answered, value = read(field, text)
    except NotRead as error:
        errors[field.name] = str(error)
        return True
    if answered:
        put(case, steps(field.name), value)
    return answered


def _rows_answered(
    question: Question, data: Mapping[str, Any], case: dict[str, Any], errors: dict[str, str]
) -> None:
    have = str(data.get(question.have, "") or "")
    place = steps(question.name)
    if have in (NONE, "no"):
        put(case, place, [])
        return
    if have == "unknown":
        return
    rows: list[dict[str, Any]] = []
    for number, fields in enumerate(question.rows):
        row: dict[str, Any] = {}
        wrong = len(errors)
        told = [_answered(field, data, row, errors) for field in fields]
        if any(told) or number < question.known_rows:
            inner = at(row, (*place, number)) or {}
            rows.append(inner)
            if len(errors) == wrong:
                last = next((f.name for f in fields if f.name.endswith(_LASTS)), "")
                _check_spell(last, row, errors)
    if any(rows):
        put(case, place, rows)
    elif have in ("yes", "some"):
        errors[question.have] = _("请至少填一条；没有的话请选“没有”。")


def _check_spell(name: str, case: Mapping[str, Any], errors: dict[str, str]) -> None:
    """A spell that ends before it begins is told where it was written."""
    inside, _point, own = name.rpartition(".")
    for first, last in _SPELLS:
        if own in (first, last):
            row = at(case, steps(inside))
            begins, ends = (row.get(first), row.get(last)) if isinstance(row, Mapping) else ("", "")
            if isinstance(begins, str) and isinstance(ends, str) and ends < begins:
                errors[name] = _("结束早于开始，请检查两个日期。")


def with_more_rows(question: Question, more: int) -> Question:
    """The same list with room for further rows."""
    rows = list(question.rows)
    while rows and len(rows) < min(len(question.rows) + more, MOST):
        before = f"{question.name}[{len(rows) - 1}]"
        after = f"{question.name}[{len(rows)}]"
        rows.append(
            tuple(
                replace(field, name=after + field.name[len(before) :], value="")
                for field in rows[-1]
            )
        )
    return replace(question, rows=tuple(rows))
