"""What is open is told with the reason, what waits for it, and whom to ask."""

from __future__ import annotations

import datetime as dt

from wenye.policy.district import load_district
from wenye.policy.open_values import OpenValue, open_values

JIADING = load_district("jiading")


def on(day: str) -> dict[str, OpenValue]:
    found = open_values(JIADING, JIADING.schemes, dt.date.fromisoformat(day))
    return {item.name: item for item in found}


def test_an_open_amount_names_its_schemes_and_the_bodies_of_its_article() -> None:
    item = on("2026-11-01")["hiring_subsidy.amount_per_hire"]
    assert item.schemes == ("hiring_subsidy",)
    assert item.articles == ("嘉府规〔2020〕6号 第（七）条",)
    assert item.ask[0] == "区人力资源社会保障局"
    assert item.since == dt.date(2024, 1, 1)
    assert item.until is None
    assert "2023-12-31" in item.reason
    assert any("2,000.00元" in text for text in item.undated)


def test_a_value_is_open_on_its_open_days_only() -> None:
    assert "hiring_subsidy.amount_per_hire" not in on("2023-06-01")
    before = on("2022-06-01")["hiring_subsidy.amount_per_hire"]
    assert before.until == dt.date(2022, 12, 31)


def test_every_open_value_says_why_and_where() -> None:
    for item in on("2026-11-01").values():
        assert item.reason, item.name
        assert item.where.rpartition(":")[2].isdigit(), item.name
