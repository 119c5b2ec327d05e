"""What a sentence's words alone say of it."""

from __future__ import annotations

import pytest
from tests.policy.readings import article, reading, section

from wenye.policy.coverage.sentence_words import framework, hints
from wenye.policy.reading.reading import Sentence

FIRST = article("第一条", 1, "甲")
LATER = article("第二条", 2, "乙")
READ = reading(section(None, FIRST, LATER))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("按照国务院要求，现就本区稳就业工作制定如下实施意见：", "purpose"),
        ("为保障失业人员待遇，根据有关规定，结合本市实际，制定本办法。", "purpose"),
        ("本意见自 2020 年 8 月 3 日起施行。", "commencement"),
        ("本办法自发布之日起施行。", "commencement"),
        ("本通知有效期至2026年6月30日。", "term"),
        ("《调整标准的通知》（某规〔2023〕17号）同时废止。", "repeal"),
        ("本办法由市人力资源社会保障局负责解释。", "interpretation"),
        ("特此通知。", "closing"),
    ],
)
def test_framework_is_known_by_its_set_phrases(text: str, what: str) -> None:
    assert framework(Sentence(text, None, FIRST, ""), READ) == what


@pytest.mark.parametrize(
    "text",
    [
        "上述失业保险金支付标准自2024年7月1日起执行。",
        "证件有效期满的，应当换领。",
        "制定实施促进就业的补贴政策。",
        "大力宣传支持就业创业的政策措施。",
    ],
)
def test_what_somebody_has_to_do_is_no_framework(text: str) -> None:
    assert framework(Sentence(text, None, FIRST, ""), READ) == ""


def test_a_purpose_stands_at_the_beginning() -> None:
    text = "各单位可以结合实际制定本单位办法。"
    assert framework(Sentence(text, None, LATER, ""), READ) == ""


@pytest.mark.parametrize(
    ("text", "suggested"),
    [
        ("按照规定给予一次性吸纳就业补贴。", ("delegated",)),
        ("具体标准另行规定。", ("delegated",)),
        ("鼓励银行制定信贷计划。", ("discretionary",)),
        ("实施返乡创业能力提升行动。", ("programme",)),
        ("制定实施促进就业的补贴政策。", ()),
        ("引导平台企业放宽条件。", ("discretionary",)),
        ("加强舆论引导，做好金融支持。", ()),
        ("企业不得解除劳动合同。", ()),
        ("促进产业可持续发展。", ()),
    ],
)
def test_words_suggest_and_no_more(text: str, suggested: tuple[str, ...]) -> None:
    assert hints(text) == suggested
