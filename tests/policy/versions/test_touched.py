"""Which rules a new version of a document touches."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from wenye.policy.district import District
from wenye.policy.reading import read_text
from wenye.policy.versions.comparison import Comparison, compare
from wenye.policy.versions.touched import Touch, Touched, document_of, touched

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


def compared(new: str) -> Comparison:
    return compare(read_text(OLD), read_text(new))


def test_a_version_that_changes_other_articles_touches_nothing(district: District) -> None:
    assert rules(district, OLD.replace("由街道受理", "由镇受理")) == []


def test_a_phrase_that_is_gone_comes_with_what_is_said_instead(district: District) -> None:
    (found,) = rules(district, OLD.replace("300元", "350元"))
    assert (found.cited.id, found.touch) == ("support.amount", Touch.GONE)
    assert found.nearest == "每月给予补贴350元"
    assert found.change is not None
    assert found.change.what == ("reworded", "quantities")


def test_a_phrase_that_moved_is_told_its_new_article(district: District) -> None:
    lines = OLD.splitlines()
    third, fourth = lines[4].replace("第三条", "第四条"), lines[5].replace("第四条", "第三条")
    moved = "\n".join([*lines[:4], fourth, third])
    (found,) = rules(district, moved)
    assert (found.touch, found.now) == (Touch.MOVED, "第四条")
    assert found.as_json()["article_change"] == ["renumbered"]


def test_a_phrase_that_stayed_in_an_article_that_changed(district: District) -> None:
    (found,) = rules(district, OLD.replace("期限另行公布", "期限不超过十二个月"))
    assert (found.touch, found.now) == (Touch.CHANGED_AROUND, "第三条")


def test_a_phrase_that_stood_in_neither_version(folder: Any) -> None:
    folder.change("parameters/support.yaml", "quote: 每月给予补贴300元", "quote: 一次性给予奖励")
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
