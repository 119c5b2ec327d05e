"""A sentence clause by clause."""

from __future__ import annotations

import pytest

from wenye.policy.citing.bare_text import Bared
from wenye.policy.coverage.clauses import clauses


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("搭建平台，鼓励研发；开拓市场。", ["搭建平台", "鼓励研发", "开拓市场"]),
        ("不低于15%（职工超过100人的，下调为8%）。", ["不低于15%（职工超过100人的，下调为8%）"]),
        ("落实《甲，乙》和“丙，丁”，戊。", ["落实《甲，乙》和“丙，丁”", "戊"]),
        ("给予1,000元，8:30受理。", ["给予1,000元", "8:30受理"]),
        ("（没有收尾，甲，乙。", ["（没有收尾", "甲", "乙"]),
        ("“没有收尾，甲。", ["“没有收尾", "甲"]),
        ("，。", []),
        ("甲\n乙，丙", ["甲乙", "丙"]),
    ],
)
def test_clauses_end_at_commas_that_stand_free(text: str, parts: list[str]) -> None:
    assert [part.text for part in clauses(Bared(text))] == parts


def test_a_clause_is_quoted_where_a_phrase_touches_it() -> None:
    text = Bared("甲乙，丙丁，戊己。")
    assert [part.quoted for part in clauses(text, [(1, 4)])] == [True, True, False]
    assert [part.quoted for part in clauses(text, [(2, 3)])] == [False, False, False]
