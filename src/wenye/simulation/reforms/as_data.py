"""A comparison as plain data: ``comparison.json``, and what ``wenye compare --json`` prints."""

from __future__ import annotations

from typing import Any

from wenye.simulation.reforms.comparison import ChangedValue, Comparison, SchemeComparison
from wenye.simulation.reforms.money import Money
from wenye.simulation.reforms.movements import MOVEMENTS, OUTCOMES
from wenye.simulation.reforms.telling import remarks, summary

FORMAT = 1


def as_data(found: Comparison) -> dict[str, Any]:
    """Everything but the single rows; amounts in yuan as strings, what is kept back as null."""
    return {
        "format": FORMAT,
        "title": found.reform.title,
        "title_en": found.reform.title_en,
        "note": found.reform.note,
        "summary": [zh for zh, _ in summary(found)],
        "summary_en": [en for _, en in summary(found)],
        "remarks": [zh for zh, _ in remarks(found)],
        "remarks_en": [en for _, en in remarks(found)],
        "changes": [_value(item) for item in found.values],
        "changed": found.changed,
        "months": found.months,
        "money": _money(found.before, found.after),
        "payees": {register: item.as_json() for register, item in found.payees.items()},
        "schemes": {item.scheme: _scheme(found, item) for item in found.schemes},
        "untouched": list(found.untouched),
        "small_cells_kept_back": not found.internal,
        "manifest": found.manifest,
    }


def _value(item: ChangedValue) -> dict[str, Any]:
    return {
        "parameter": item.parameter,
        "label": item.label,
        "since": None if item.since is None else item.since.isoformat(),
        "before": item.before,
        "after": item.after,
        "schemes": list(item.schemes),
        "same": item.same,
    }


def _money(before: Money, after: Money) -> dict[str, Any]:
    return {"before": before.as_json(), "after_if_adopted": after.as_json()}


def _scheme(found: Comparison, item: SchemeComparison) -> dict[str, Any]:
    return {
        "title": item.title,
        "title_en": item.title_en,
        "flow": item.flow,
        "subject": item.subject,
        "decided_again": item.rejudged,
        "changed": item.changed,
        "judged": item.judged,
        "before": {name: item.outcome(name, after=False) for name in OUTCOMES},
        "after": {name: item.outcome(name, after=True) for name in OUTCOMES},
        "transitions": [
            {"before": was, "after": now, "subjects": number}
            for (was, now), number in item.transitions.items()
        ],
        "movements": {name: _movement(item, name) for name in MOVEMENTS},
        "counted": {
            "before": item.counted_before,
            "in": item.counted_in,
            "out": item.counted_out,
            "after": item.counted_after,
        },
        "money": _money(item.before, item.after),
        "gains": item.gains.as_json(),
        "cells": item.cells.as_json(found.towns),
    }


def _movement(item: SchemeComparison, name: str) -> dict[str, Any]:
    move = item.movements[name]
    return {
        "subjects": move.subjects,
        "by_condition": [
            {"condition": under, "label": zh, "label_en": en, "subjects": subjects}
            for under, zh, en, subjects in move.shares()
        ],
        "several": [
            {"conditions": list(reason.names), "label": reason.label, "subjects": reason.subjects}
            for reason in move.reasons
            if len(reason.names) > 1
        ],
    }
