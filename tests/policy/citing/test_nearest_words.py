"""The words that come nearest to a phrase: whole clauses, the right item, or none."""

from __future__ import annotations

import pytest
from tests.policy.readings import article, item, reading, section

from wenye.policy.citing.bare_text import Bared, bare
from wenye.policy.citing.citations import NEAREST_OR, Cited, Citing, Looked, look
from wenye.policy.citing.nearest_words import nearest
from wenye.policy.citing.places import Places
from wenye.policy.documents import Document

DOCUMENT = Document("trial-9", "试验待遇通知", "试〔2026〕9号")
SAYS = "领取试验金的人员，试验金发放标准为"


def levels(*items: str, more: str = "") -> Places:
    marks = "一二三四五"
    held = tuple(item(f"（{marks[at]}）", f"{text}；") for at, text in enumerate(items))
    printed = "\n".join(["按下列标准计发：", *(f"{one.number}{one.text}" for one in held)])
    articles = [article("第一条", 1, printed, items=held)]
    articles += [article("第二条", 2, more)] if more else []
    return Places(reading(section(None, *articles)))


NEW = levels(f"第1-12个月{SAYS}2340元/月", f"第13-24个月{SAYS}1872元/月", f"延长{SAYS}1690元/月")


def looked(phrase: str, places: Places, *, stood_in: str = "") -> Looked:
    cited = Cited(Citing.PARAMETER, "trial.level", DOCUMENT, "一", phrase, "trial.yaml:7")
    return look(cited, places, stood_in=stood_in)


@pytest.mark.parametrize(
    ("old", "now"),
    [
        (f"第1-12个月{SAYS}2255元/月", f"第1-12个月{SAYS}2340元/月"),
        (f"第13-24个月{SAYS}1804元/月", f"第13-24个月{SAYS}1872元/月"),
        (f"延长{SAYS}1595元/月", f"延长{SAYS}1690元/月"),
    ],
)
def test_each_amount_is_told_the_one_that_took_its_place(old: str, now: str) -> None:
    found = looked(old, NEW)
    assert (found.nearest, found.nearest_in) == (now, "第一条")


def test_an_item_that_was_put_in_before_does_not_take_the_place_of_another() -> None:
    places = levels(
        f"第1-6个月{SAYS}2500元/月", f"第7-12个月{SAYS}2340元/月", f"第13-24个月{SAYS}1872元/月"
    )
    found = looked(f"第13-24个月{SAYS}1804元/月", places, stood_in="第一条（二）")
    assert found.nearest == f"第13-24个月{SAYS}1872元/月"


def test_of_equal_words_those_in_the_same_item_are_the_nearest() -> None:
    places = levels(f"甲类人员{SAYS}2340元/月", f"乙类人员{SAYS}1872元/月")
    phrase = f"丙类人员{SAYS}1804元/月"
    found = looked(phrase, places)
    assert found.nearest == NEAREST_OR.join(
        (f"甲类人员{SAYS}2340元/月", f"乙类人员{SAYS}1872元/月")
    )
    assert looked(phrase, places, stood_in="第一条（二）").nearest == f"乙类人员{SAYS}1872元/月"


def test_of_three_that_come_equally_near_none_is_told() -> None:
    places = levels(*(f"{who}类人员{SAYS}{1800 + at}元/月" for at, who in enumerate("甲乙丁")))
    assert looked(f"丙类人员{SAYS}1804元/月", places).nearest == ""


def test_the_article_cited_comes_before_like_words_elsewhere() -> None:
    places = levels(f"延长{SAYS}1690元/月", more=f"本通知以外，延长{SAYS}1700元/月。")
    found = looked(f"延长{SAYS}1595元/月", places)
    assert (found.nearest, found.nearest_in) == (f"延长{SAYS}1690元/月", "第一条")


def test_a_passage_is_never_torn_out_of_its_clause() -> None:
    text = Bared("一、对符合条件的灵活就业人员每月给予补贴350元，期限另定；其他人员不予补贴。")
    (passage,) = nearest(bare("每月给予补贴300元"), text)
    assert passage.text == "对符合条件的灵活就业人员每月给予补贴350元"


def test_words_that_begin_with_a_number_of_another_article_keep_it() -> None:
    (passage,) = nearest(bare("第二条规定的人员每月300元"), Bared("第二条规定的人员每月350元。"))
    assert passage.text == "第二条规定的人员每月350元"


def test_what_is_nowhere_near_is_not_told() -> None:
    assert looked("离校两年内的毕业生给予一次性奖励", NEW).nearest == ""
