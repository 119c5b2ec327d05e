"""What a sentence's words do, and how it is taken apart."""

import pytest

from wenye.policy.citing.bare_text import bare
from wenye.policy.scaffolding.wording import clauses, granted_at, kind_of, phrase_at


@pytest.mark.parametrize(
    ("text", "grants"),
    [
        ("对企业给予一次性补贴。", True),
        ("补贴标准为每人500元。", True),
        ("可以申请创业担保贷款。", True),
        ("减免企业城镇土地使用税。", True),
        ("每月给予补贴300元，不得重复享受。", True),
        ("劳务派遣公司不享受本条补贴。", False),
        ("已发放的补贴应当退回。", False),
        ("骗取补贴1000元以上的，追回补贴。", False),
        ("加强补贴政策的宣传。", False),
        ("失业人员在领取失业保险金期间应当求职。", False),
        ("停止领取失业保险金。", False),
    ],
)
def test_what_grants_something(text: str, grants: bool) -> None:
    assert (granted_at(text) is not None) is grants


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("对企业给予一次性补贴。", "grant"),
        ("具体办法另行制定。", "handed_over"),
        ("鼓励平台放宽条件。", "optional"),
        ("各街镇应当建立台账。", "order"),
    ],
)
def test_kinds_of_measure(text: str, kind: str) -> None:
    assert kind_of(text) == kind


def test_clauses_are_parted_outside_brackets_and_numbers() -> None:
    text = "对甲（乙，丙）人员，给予2,400元；《丁，戊》除外。"
    assert [text[first:last] for first, last in clauses(text)] == [
        "对甲（乙，丙）人员",
        "给予2,400元",
        "《丁，戊》除外",
    ]


def test_a_phrase_is_short_and_stands_once() -> None:
    text = "对甲类人员，每人补贴100元；对乙类人员，每人补贴100元。"
    article = bare(text + "另有规定的，从其规定。")
    assert phrase_at(text, text.index("甲"), 1, article) == "对甲类人员"
    assert phrase_at(text, text.index("100元"), 4, article) == text
    endless = "补贴100元" + "甲乙丙丁" * 50
    assert len(phrase_at(endless, 2, 4, bare(endless))) == 40
