"""What a scan or a keyboard did to a text does not count, and what was printed is given back."""

from __future__ import annotations

import pytest

from wenye.policy.citing.bare_text import Bared, bare


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("国发[2019]28 号，３%\n降至 1%", "国发〔2019〕28号,3%降至1%"),
        ("创业\u3000园\u200b区\ufeff", "创业园区"),
        ("「新网络」", "“新网络”"),
        ("2020—2022年", "2020-2022年"),
        ("二〇二〇年", "二零二零年"),
        ("ＡＢ类", "ab类"),
    ],
)
def test_widths_wraps_and_kinds_of_sign_do_not_count(one: str, other: str) -> None:
    assert bare(one) == bare(other)


def test_words_count() -> None:
    assert bare("不低于15%") != bare("不低于10%")
    assert bare("三年。") != bare("三年，")


def test_what_stood_there_is_given_back_as_printed() -> None:
    text = Bared("每月给予补贴 ３０\n0 元（按月）")
    start = text.bare.index("300")
    assert text.printed(start, start + 4) == "３００ 元".replace("００", "０0")
    assert text.printed(3, 3) == ""
