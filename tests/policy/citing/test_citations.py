"""Every quoted phrase is looked up in the article that it names."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from tests.policy.readings import article, item, reading, section

from wenye.policy.citing.bare_text import Bared, bare
from wenye.policy.citing.citations import (
    Cited,
    Citing,
    Finding,
    every_citation,
    look,
    look_up,
)
from wenye.policy.citing.nearest_words import nearest
from wenye.policy.citing.places import Places
from wenye.policy.citing.texts import Texts
from wenye.policy.district import available_districts, load_district
from wenye.policy.documents import Document

DOCUMENT = Document("trial-1", "试验办法", "试〔2024〕1号")
PARTS = Document("trial-2", "试验意见", "试〔2024〕2号", article_form="第{}部分")
READ = Places(
    reading(
        section(
            None,
            article("第一条", 1, "招用登记失业人员的单位，给予一次性补贴。"),
            article("第二条", 2, "补贴标准为每月300元，期限最长\n不超过12个月。"),
            article(
                "第三条",
                3,
                "下列人员：\n（一）年满45周岁的；",
                items=(item("（一）", "年满45周岁的；"),),
            ),
        )
    )
)


def cited(phrase: str, article: str = "二", document: Document = DOCUMENT) -> Cited:
    return Cited(Citing.PARAMETER, "trial.amount", document, article, phrase, "trial.yaml:7")


@pytest.mark.parametrize("phrase", ["每月300元", "每月 ３００ 元", "最长不超过12个月"])
def test_a_phrase_is_found_in_its_article(phrase: str) -> None:
    assert look(cited(phrase), READ).finding is Finding.FOUND


def test_a_phrase_in_another_article_names_the_right_one() -> None:
    looked = look(cited("给予一次性补贴"), READ)
    assert (looked.finding, looked.stands_in) == (Finding.ELSEWHERE, "第一条")
    assert looked.article_known


def test_an_article_that_is_not_there_is_told() -> None:
    looked = look(cited("给予一次性补贴", "八"), READ)
    assert looked.finding is Finding.ELSEWHERE
    assert not looked.article_known


def test_an_item_is_narrower_than_its_article() -> None:
    assert look(cited("年满45周岁", "三（一）"), READ).finding is Finding.FOUND
    assert look(cited("下列人员", "三（一）"), READ).finding is Finding.ELSEWHERE


def test_a_phrase_that_is_nowhere_comes_with_what_the_article_says() -> None:
    looked = look(cited("补贴标准为每月400元"), READ)
    assert looked.finding is Finding.MISSING
    assert (looked.nearest, looked.nearest_in) == ("补贴标准为每月300元", "第二条")


def test_what_comes_nowhere_near_has_no_nearest() -> None:
    looked = look(cited("离校未就业高校毕业生"), READ)
    assert (looked.finding, looked.nearest) == (Finding.MISSING, "")


def test_a_citation_of_the_whole_document_is_found_anywhere() -> None:
    assert look(cited("年满45周岁", ""), READ).finding is Finding.FOUND


def test_without_a_text_nothing_is_said() -> None:
    assert look(cited("每月300元"), None).finding is Finding.NO_TEXT


def test_what_an_article_number_counts_is_the_documents_to_say() -> None:
    places = Places(
        reading(
            section("一", article(None, None, "认定标准。")),
            section(
                "二", article("（一）", 1, "岗位补贴。"), article("（二）", 2, "社会保险补贴。")
            ),
        )
    )
    assert look(cited("岗位补贴", "二", PARTS), places).finding is Finding.FOUND
    assert look(cited("社会保险补贴", "二（二）", PARTS), places).finding is Finding.FOUND
    assert look(cited("社会保险补贴", "二（一）", PARTS), places).finding is Finding.ELSEWHERE


def test_the_nearest_passage_is_given_as_printed() -> None:
    text = Bared("第二条　补贴标准为每月\n3 0 0 元。期限另定。")
    (passage,) = nearest(bare("补贴标准为每月400元"), text)
    assert passage.text == "补贴标准为每月3 0 0 元"


def test_what_a_district_cites(folder: Any) -> None:
    folder.change("schemes/support.py", 'cite("trial-1", 3)', 'cite("trial-1", 3, "给予补贴")')
    folder.write(
        "measures.yaml",
        """
kinds:
  subsidy: {label: 补贴, label_en: subsidy}
registers:
  - document: trial-1
    articles:
      三:
        title: 月补
        measures:
          - id: T1-03.1
            label: 每月发补贴
            label_en: a monthly support
            kind: subsidy
            phrases: [每月给予补贴, 自2024年1月1日起]
            progress: carried
            carried_by: {scheme: [support]}
""",
    )
    found = every_citation(folder.load())
    assert [(item.by.value, item.id, item.phrase) for item in found] == [
        ("parameter", "support.amount", "每月给予补贴300元"),
        ("scheme", "support", "给予补贴"),
        ("measure", "T1-03.1", "每月给予补贴"),
        ("measure", "T1-03.1", "自2024年1月1日起"),
    ]
    assert [item.article for item in found] == ["三"] * 4
    for each, file in zip(found, ("support.yaml", "support.py", "measures.yaml"), strict=False):
        name, _, line = each.where.rpartition(":")
        assert name.endswith(file)
        assert int(line) > 1


def test_a_district_is_looked_up_in_its_own_text(folder: Any) -> None:
    district = folder.load()
    (looked,) = look_up(every_citation(district), Texts(district))
    assert looked.finding is Finding.FOUND
    folder.change(
        "parameters/support.yaml", "quote: 每月给予补贴300元", "quote: 每月都给予补贴300元"
    )
    district = folder.load()
    (looked,) = look_up(every_citation(district), Texts(district))
    assert looked.finding is Finding.MISSING
    assert looked.as_json()["nearest"] == "每月给予补贴300元"


@pytest.mark.parametrize("name", available_districts())
def test_what_the_shipped_districts_cite_stands_in_their_own_texts(name: str) -> None:
    district = load_district(name, today=dt.date(2026, 11, 1))
    looked = look_up(every_citation(district), Texts(district))
    assert looked
    assert [item for item in looked if item.finding in (Finding.ELSEWHERE, Finding.MISSING)] == []
    if name == "example":
        assert all(item.finding is Finding.FOUND for item in looked)


def test_what_jiading_cites_stands_in_the_real_documents(documents_folder: Path) -> None:
    district = load_district("jiading", today=dt.date(2026, 11, 1))
    looked = look_up(every_citation(district), Texts(district, documents_folder))
    wrong = [item for item in looked if item.finding in (Finding.ELSEWHERE, Finding.MISSING)]
    assert wrong == []
    not_held = {item.cited.document.id for item in looked if item.finding is Finding.NO_TEXT}
    assert not_held == {"shanghai-2023-action"}
    assert {item.cited.by for item in looked} == set(Citing)


@pytest.mark.parametrize(
    ("phrase", "wrong", "right"),
    [
        ("吸纳本市户籍劳动者就业的比例不低于15%", 9, "（八）"),
        ("对登记失业人员每月至少进行1次跟踪调查", 19, "（二十）"),
    ],
)
def test_a_wrong_article_of_the_real_document_is_told(
    documents_folder: Path, phrase: str, wrong: int, right: str
) -> None:
    district = load_district("jiading", today=dt.date(2026, 11, 1))
    citation = district.cite("jiading-2020-6", wrong, phrase)
    places = Texts(district, documents_folder).places(citation.document)
    looked = look(cited(phrase, citation.article, citation.document), places)
    assert (looked.finding, looked.stands_in) == (Finding.ELSEWHERE, right)
