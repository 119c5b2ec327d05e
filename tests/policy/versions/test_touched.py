"""Which rules a new version of a document touches."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.policy.registered import TEXT as REGISTERED
from tests.policy.registered import registered

from wenye.policy.district import District
from wenye.policy.reading import read_text
from wenye.policy.versions.comparison import Comparison, compare
from wenye.policy.versions.touched import Touch, Touched, document_of, touched
from wenye.policy.versions.words import resting_by_kind, touched_in_words

OLD = """试验办法
试〔2024〕1号
第一条 为做好试验，制定本办法。
第二条 补贴对象为办理灵活就业登记满两个月的人员。
第三条 每月给予补贴300元，补贴期限另行公布。
第四条 补贴按月发放，由街道受理申请。
"""


@pytest.fixture
def district(folder: Any) -> District:
    loaded: District = folder.load()
    return loaded


def rules(district: District, new: str) -> list[Touched]:
    comparison = compared(new)
    document = document_of(district, comparison, Path("old.txt"))
    assert document is not None
    return touched(district, document, comparison)


def by(found: list[Touched], kind: str) -> Touched:
    (item,) = [item for item in found if item.cited.by.value == kind]
    return item


def compared(new: str) -> Comparison:
    return compare(read_text(OLD), read_text(new))


def test_a_version_that_changes_other_articles_touches_nothing(district: District) -> None:
    assert rules(district, OLD.replace("由街道受理", "由镇受理")) == []


def test_a_phrase_that_is_gone_comes_with_what_is_said_instead(district: District) -> None:
    found = by(rules(district, OLD.replace("300元", "350元")), "parameter")
    assert (found.cited.id, found.touch) == ("support.amount", Touch.GONE)
    assert found.nearest == "每月给予补贴350元"
    assert found.change is not None
    assert found.change.what == ("reworded", "quantities")


def test_each_amount_is_told_the_one_in_its_own_item(folder: Any) -> None:
    says = "领取试验金的人员，试验金发放标准为"
    items = (
        "（一）第1-12个月{0}{1}元/月；\n（二）第13-24个月{0}{2}元/月；\n（三）延长{0}{3}元/月。\n"
    )
    body = "试验办法\n试〔2024〕1号\n一、对符合条件的人员，按下列标准计发：\n{}二、另有规定。\n"
    old = read_text(body.format(items.format(says, 2255, 1804, 1595)))
    new = read_text(body.format(items.format(says, 2340, 1872, 1690)))
    for who, before, now in (
        ("第1-12个月", 2255, 2340),
        ("第13-24个月", 1804, 1872),
        ("延长", 1595, 1690),
    ):
        folder.write(
            "parameters/level.yaml",
            "amount:\n  label: 标准\n  label_en: the level\n  unit: CNY/month\n  values:\n"
            f"    2024-01-01: {{value: {before}, status: quoted, document: trial-1, article: 一, "
            f'quote: "{who}{says}{before}元/月"}}\n',
        )
        district = folder.load()
        found = touched(district, district.documents["trial-1"], compare(old, new))
        (level,) = [item for item in found if item.cited.id == "level.amount"]
        assert level.nearest == f"{who}{says}{now}元/月"


def test_a_phrase_that_moved_is_told_its_new_article(district: District) -> None:
    lines = OLD.splitlines()
    third, fourth = lines[4].replace("第三条", "第四条"), lines[5].replace("第四条", "第三条")
    moved = "\n".join([*lines[:4], fourth, third])
    found = by(rules(district, moved), "parameter")
    assert (found.touch, found.now) == (Touch.MOVED, "第四条")
    assert found.as_json()["article_change"] == ["renumbered"]


def test_a_phrase_that_stayed_in_an_article_that_changed(district: District) -> None:
    found = by(rules(district, OLD.replace("期限另行公布", "期限不超过十二个月")), "parameter")
    assert (found.touch, found.now) == (Touch.CHANGED_AROUND, "第三条")


def test_a_scheme_that_quotes_nothing_is_touched_with_its_article(district: District) -> None:
    lines = OLD.splitlines()
    cases = {
        OLD.replace("期限另行公布", "期限不超过十二个月"): (Touch.CHANGED_AROUND, "第三条"),
        "\n".join([*lines[:4], lines[5].replace("四", "三"), lines[4].replace("三", "四")]): (
            Touch.MOVED,
            "第四条",
        ),
        "\n".join([*lines[:4], lines[5]]): (Touch.GONE, ""),
    }
    for new, expected in cases.items():
        found = by(rules(district, new), "scheme")
        assert (found.cited.id, found.cited.phrase) == ("support", "")
        assert (found.touch, found.now) == expected


@pytest.mark.parametrize(
    "days", ["自2024年1月1日起施行", "自2024年1月1日起施行，有效期至2025年8月2日"]
)
def test_a_new_first_or_last_day_touches_all_that_rests_on_the_document(
    folder: Any, days: str
) -> None:
    district = registered(folder)
    old = REGISTERED.replace("自2024年1月1日起施行", "自2023年1月1日起施行")
    comparison = compare(
        read_text(old), read_text(REGISTERED.replace("自2024年1月1日起施行", days))
    )
    found = touched(district, district.documents["trial-1"], comparison)
    resting = resting_by_kind(found)
    assert {kind: len(names) for kind, names in resting.items()} == {
        "parameter": 1,
        "scheme": 1,
        "measure": 6,
        "duty": 1,
    }
    shown = list(touched_in_words(district.documents["trial-1"], found, "trial"))
    assert "引文 0 处；施行期变了" in shown[0]
    assert "参数 1，项目 1，措施 6，责任 1" in shown[0]
    assert "  项目：support" in shown
    same = compare(read_text(REGISTERED), read_text(REGISTERED.replace("没有人管", "没人管")))
    assert resting_by_kind(touched(district, district.documents["trial-1"], same)) == {}


def test_a_phrase_that_stood_in_neither_version(folder: Any) -> None:
    folder.change(
        "parameters/support.yaml", "quote: 每月给予补贴300元", "quote: 一次性给予奖励300元"
    )
    (found,) = rules(folder.load(), OLD.replace("由街道受理", "由镇受理"))
    assert found.touch is Touch.NEVER_STOOD


@pytest.mark.parametrize(
    ("name", "old", "known"),
    [
        ("trial-1.txt", OLD.replace("试〔2024〕1号", "").replace("试验办法", "别的办法"), True),
        ("old.txt", OLD, True),
        ("old.txt", OLD.replace("试〔2024〕1号", ""), True),
        ("old.txt", OLD.replace("1号", "2号").replace("试验办法", "别的办法"), False),
    ],
)
def test_the_document_is_known_by_name_number_or_title(
    district: District, name: str, old: str, known: bool
) -> None:
    comparison = compare(read_text(old), read_text(old))
    document = document_of(district, comparison, Path(name))
    assert (document is not None) is known
