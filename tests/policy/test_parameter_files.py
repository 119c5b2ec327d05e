"""Dated values: looked up at any date, and refused where they do not say how they are known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from wenye.policy.errors import PolicyError
from wenye.rules import calendar
from wenye.rules.kinds import money, rate
from wenye.rules.parameters import Status

FILE = "parameters/support.yaml"


def at(series: Any, text: str) -> Any:
    return series.at(calendar.code(dt.date.fromisoformat(text)))


def test_a_value_holds_from_its_day_until_the_next(folder: Any) -> None:
    amount = folder.load().parameters["support.amount"]
    assert amount.kind == money("monthly")
    found = {
        on: (at(amount, on).value, at(amount, on).status)
        for on in ("2023-12-31", "2024-01-01", "2024-12-31", "2025-01-01", "2026-01-01")
    }
    assert found == {
        "2023-12-31": (None, Status.OPEN),  # undated values are never used
        "2024-01-01": (30000, Status.QUOTED),
        "2024-12-31": (30000, Status.QUOTED),
        "2025-01-01": (32050, Status.SOURCED),
        "2026-01-01": (None, Status.OPEN),
    }


def test_an_explicit_end_leaves_the_parameter_open(folder: Any) -> None:
    share = folder.load().parameters["support.share"]
    assert share.kind == rate(3)
    assert at(share, "2024-12-31").value == 105
    assert at(share, "2025-01-01").status == Status.OPEN
    assert "2024-12-31" in at(share, "2025-01-01").reference


def printed_to(folder: Any, last: str) -> Any:
    folder.change(
        FILE, "quote: 每月给予补贴300元}", f"quote: 每月给予补贴300元, printed_to: {last}}}"
    )
    return folder.load()


def test_past_its_printed_expiry_a_value_is_not_paid_on(
    folder: Any, day: Callable[[str], dt.date]
) -> None:
    district = printed_to(folder, "2024-03-31")
    amount = district.parameters["support.amount"]
    assert (at(amount, "2024-03-31").value, at(amount, "2024-03-31").status) == (
        30000,
        Status.QUOTED,
    )
    assert (at(amount, "2024-04-01").value, at(amount, "2024-04-01").status) == (
        30000,
        Status.SOURCED,
    )
    words = district.describe("support.amount", day("2024-06-01"))
    assert words.basis.startswith("原定有效期至2024-03-31，是否延续待确认")
    assert "试〔2024〕1号 第三条" in words.basis
    within = district.describe("support.amount", day("2024-03-31"))
    assert (within.printed_to, within.until) == (day("2024-03-31"), day("2024-03-31"))
    assert at(amount, "2025-01-01").value == 32050  # the next value comes as it would have


@pytest.mark.parametrize("last", ["2024-12-31", "2026-06-30"])
def test_an_expiry_that_a_later_value_cuts_short_ends_nothing(folder: Any, last: str) -> None:
    amount = printed_to(folder, last).parameters["support.amount"]
    assert [calendar.date(step.since).year for step in amount.steps] == [2024, 2025, 2026]
    assert at(amount, "2024-12-31").status == Status.QUOTED


def test_a_real_end_after_the_printed_one_leaves_the_parameter_open(folder: Any) -> None:
    folder.change(FILE, "ends: 2024-12-31", "ends: 2024-12-31, printed_to: 2024-06-30")
    share = folder.load().parameters["support.share"]
    assert [at(share, on).value for on in ("2024-06-30", "2024-07-01", "2025-01-01")] == [
        105,
        105,
        None,
    ]
    assert "原定有效期至2024-06-30" in at(share, "2024-12-31").reference


def test_a_real_end_before_the_printed_one_ends_the_value(folder: Any) -> None:
    folder.change(FILE, "ends: 2024-12-31", "ends: 2024-12-31, printed_to: 2025-06-30")
    share = folder.load().parameters["support.share"]
    assert [step.value for step in share.steps] == [105, None]


def test_values_may_stand_in_any_order_and_in_quotes(folder: Any) -> None:
    first = "    2024-01-01:\n      {value: 300, status: quoted"
    last = "    2026-01-01: {open: 未公布}\n"
    folder.change(FILE, last, "")
    folder.change(FILE, first, last.replace("2026-01-01", '"2026-01-01"') + first)
    days = [
        calendar.date(step.since).year for step in folder.load().parameters["support.amount"].steps
    ]
    assert days == [2024, 2025, 2026]


def test_described_for_a_card(folder: Any, day: Callable[[str], dt.date]) -> None:
    words = folder.load().describe("support.amount", day("2025-06-01"))
    assert (words.value, words.value_en) == ("320.50元/月", "CNY 320.50 a month")
    assert (words.status_words, words.status_words_en) == (
        "有来源、待确认",
        "sourced, not confirmed",
    )
    assert (words.since, words.until) == (day("2025-01-01"), day("2025-12-31"))
    assert words.undated == ("250.00元/月（旧告示） 起始日不明",)
    quoted = folder.load().describe("support.amount", day("2024-06-01"))
    assert quoted.basis == "试〔2024〕1号 第三条：“每月给予补贴300元”"
    assert folder.load().describe("support.amount", day("2026-06-01")).value == "未定"
    assert folder.load().describe("support.amount", day("2020-06-01")).since is None


def test_describing_an_unknown_parameter_proposes_the_near_ones(folder: Any) -> None:
    with pytest.raises(PolicyError) as caught:
        folder.load().describe("support.amuont", dt.date(2024, 1, 1))
    assert "support.amount" in caught.value.mend


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("unit: percent", "unit: per cent", "no unit per cent"),
        ("value: 300,", "vlaue: 300,", "unknown key vlaue"),
        ("value: 300,", "value: 300.005,", "whole number of fen"),
        ("value: 300,", "value: -300,", "negative"),
        ("value: 300,", "value: 1e3,", None),
        ("value: 300,", "value: 03,", None),
        ("value: 300,", "", "no value"),
        ("status: quoted", "status: quote", "status quote"),
        ("status: quoted", "status: confirmed", "status confirmed"),
        ("status: quoted, ", "", "no status"),
        ("document: trial-1", "document: trial-2", "no document 'trial-2'"),
        ("article: 三", "article: 十", "ends with article 9"),
        (", quote: 每月给予补贴300元", "", "quote is missing"),
        (", reference: 转载}", "}", "reference is missing"),
        ("{open: 未公布}", "{open: }", "open is missing"),
        ("{open: 未公布}", "{open: 未公布, value: 3}", "unknown key value"),
        ("2026-01-01: {open: 未公布}", "2026-01-01: 330", "bare value"),
        ("2026-01-01: {open", "2025-01-01: {open", "stands twice"),
        ("2026-01-01: {open", '"2025-01-01": {open', "stands twice"),
        ("2026-01-01: {open", "2026: {open", "2026 is not a day"),
        ("2026-01-01: {open", "2026-1-1: {open", "2026-1-1 is not a day"),
        ("2026-01-01: {open", "2026-02-30: {open", "no day 2026-02-30"),
        ("ends: 2024-12-31", "ends: 2023-12-31", "before it begins"),
        ("ends: 2024-12-31", "open_after: 未查到", "open_after without ends"),
        ("reference: 转载}", "reference: 转载, ends: 2026-01-01}", "next value begins"),
        ("reference: 转载}", "reference: 转载, printed_to: 2024-01-01}", "lies before"),
        ("label_en: the share", "label_zh: x", "unknown key label_zh"),
        ("label_en: the share", "", "label_en is missing"),
        ("share:", "at:", "cannot be called at"),
        ("share:", "2nd:", "no name for a parameter"),
        ("reference: 旧告示, ", "", "reference is missing"),
    ],
)
def test_mistakes_are_refused_where_they_stand(
    folder: Any, old: str, new: str, words: str | None
) -> None:
    folder.change(FILE, old, new)
    with pytest.raises(PolicyError) as caught:
        folder.load()
    if words:
        assert words in caught.value.what
    assert "support.yaml:" in caught.value.where
