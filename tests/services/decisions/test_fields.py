"""Answers as people write them, and those that are told back."""

from __future__ import annotations

from typing import Any

import pytest

from wenye.services.decisions.fields import LONGEST, TRUTH, Field, NotRead, read
from wenye.services.decisions.places import at, merged, place_name, put, steps


def field(kind: str, **more: Any) -> Field:
    return Field("case.fact", "事项", "fact", kind, **more)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("day", "2026-03-01", "2026-03-01"),
        ("day", "2026年3月1日", "2026-03-01"),
        ("day", "2026.3.1", "2026-03-01"),
        ("day", "２０２６/３/１", "2026-03-01"),
        ("day", "19720305", "1972-03-05"),
        ("month", "2026年3月", "2026-03"),
        ("month", "202603", "2026-03"),
        ("month", "2026-03-15", "2026-03"),
        ("money", "¥2,690.50", "2690.50"),
        ("money", "1200元", "1200.00"),
        ("number", "36个月", 36),
        ("number", "1,200", 1200),
        ("truth", "是", True),
        ("truth", "没有", False),
    ],
)
def test_what_people_write_is_read(kind: str, text: str, value: Any) -> None:
    assert read(field(kind, options=TRUTH if kind == "truth" else ()), text) == (True, value)


@pytest.mark.parametrize("text", ["", "   ", "unknown"])
def test_nothing_written_is_no_answer(text: str) -> None:
    assert read(field("day"), text) == (False, None)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("day", "昨天"),
        ("day", "2026-02-31"),
        ("day", "0026-02-01"),
        ("day", "none"),
        ("month", "2026-13"),
        ("money", "-1"),
        ("money", "1.234"),
        ("money", "1e9"),
        ("money", "NaN"),
        ("money", "很多"),
        ("number", "12.5"),
        ("number", "-3"),
        ("truth", "也许"),
        ("number", "9" * (LONGEST + 1)),
    ],
)
def test_what_makes_no_sense_is_told_back(kind: str, text: str) -> None:
    with pytest.raises(NotRead):
        read(field(kind, options=TRUTH if kind == "truth" else ()), text)


def test_what_may_be_absent_can_be_none() -> None:
    assert read(field("day", may_be_absent=True), "none") == (True, None)
    assert read(field("day", may_be_absent=True), "没有") == (True, None)


def test_a_place_is_read_as_it_is_written() -> None:
    place = ("person", "benefits", 1, "stopped")
    assert steps(place_name(place)) == place
    case: dict[str, Any] = {}
    put(case, place, True)
    assert case == {"person": {"benefits": [{}, {"stopped": True}]}}
    assert at(case, place) is True
    assert at(case, ("person", "benefits", 7, "stopped")) is None


def test_later_answers_stand_over_earlier_ones() -> None:
    earlier = {"person": {"benefits": [{"a": 1}, {"a": 2}], "b": 1}}
    later = {"person": {"benefits": [{}, {"c": 3}], "b": 2}}
    assert merged(earlier, later) == {"person": {"benefits": [{"a": 1}, {"a": 2, "c": 3}], "b": 2}}
    assert merged(earlier, {"person": {"benefits": []}})["person"]["benefits"] == []
