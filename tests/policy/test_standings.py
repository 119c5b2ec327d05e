"""How documents stand on a day, in words, and what is quoted from them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from wenye.policy.documents import Document, Standing
from wenye.policy.standings import Stands, standings, value_stands

DOUBTED = Document(
    "a",
    "甲办法",
    "",
    effective_from=dt.date(2020, 8, 3),
    stated_doubtful_from=dt.date(2025, 8, 3),
    stated_doubt="没有写有效期",
)
ENDED = Document("b", "乙办法", "乙1号", ended_on=dt.date(2024, 6, 30))


def test_a_document_in_doubt_says_since_when_and_why() -> None:
    before, after = Stands(DOUBTED, dt.date(2025, 8, 2)), Stands(DOUBTED, dt.date(2025, 8, 3))
    assert (before.standing, before.words, before.doubt) == (Standing.IN_FORCE, "施行中", "")
    assert after.words == "未定：是否仍有效待确认（自2025-08-03起）：没有写有效期"
    assert after.as_json()["standing"] == "doubtful"
    assert after.as_json()["doubt"] == "没有写有效期"
    assert before.as_json()["doubt"] is None


def test_one_that_ended_or_has_not_begun_says_when() -> None:
    assert Stands(ENDED, dt.date(2024, 7, 1)).words == "已失效（止于2024-06-30）"
    assert Stands(DOUBTED, dt.date(2020, 8, 2)).words == "尚未施行（2020-08-03起施行）"


def test_only_a_quoted_value_rests_on_a_document(folder: Any) -> None:
    district = folder.load()
    (document,) = standings(district, dt.date(2026, 7, 1))
    assert document.standing is Standing.DOUBTFUL
    amount = district.detail("support.amount")
    quoted = value_stands(amount.at(dt.date(2024, 7, 1)), dt.date(2024, 7, 1))
    assert quoted is not None
    assert quoted.document.id == "trial-1"
    assert value_stands(amount.at(dt.date(2025, 7, 1)), dt.date(2025, 7, 1)) is None
