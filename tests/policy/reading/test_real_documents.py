"""The documents of Jiading and Shanghai, where their texts are at hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from wenye.policy.reading import read_file
from wenye.policy.reading.reading import Reading


@pytest.fixture(scope="module")
def notice(documents_folder: Path) -> Reading:
    return read_file(documents_folder / "jiading-2020-6.txt")


@pytest.fixture(scope="module")
def printed(documents_folder: Path) -> dict[str, Any]:
    file = documents_folder / "articles.yaml"
    if not file.is_file():
        pytest.skip("articles.yaml is not at hand beside the texts")
    found: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return found


def test_the_notice_is_read_to_its_frame(notice: Reading) -> None:
    assert notice.title == "上海市嘉定区人民政府关于进一步做好稳就业促发展工作的实施意见"
    assert notice.document_number == "嘉府规〔2020〕6号"
    assert notice.issuers == ("上海市嘉定区人民政府",)
    assert notice.addressees == (
        "各镇人民政府",
        "区政府各委、办、局、街道办事处",
        "嘉定新城、嘉定工业区、菊园新区管委会",
    )
    assert str(notice.signed_on) == str(notice.effective_from) == "2020-08-03"
    assert notice.effective_to is None
    assert notice.doubts == ()


def test_sections_and_articles_stand_as_printed(notice: Reading, printed: dict[str, Any]) -> None:
    assert [f"{s.number}、{s.title}" for s in notice.sections] == printed["document"]["sections"]
    assert [len(section.articles) for section in notice.sections] == [6, 4, 3, 5, 5]
    assert [a.ordinal for a in notice.articles] == list(range(1, 24))
    for article, known in zip(notice.articles, printed["articles"], strict=True):
        assert (article.number, article.title) == (known["number_cn"], known["title"])


def test_every_bracket_names_the_bodies_as_printed(
    notice: Reading, printed: dict[str, Any]
) -> None:
    for article, known in zip(notice.articles, printed["articles"], strict=True):
        found, expected = article.responsibility, known["responsibility"]
        assert found is not None
        assert list(found.departments) == expected["departments"]
        assert found.wording == expected["wording"]
        assert list(found.lead) == [expected["lead"]] * (expected["lead"] is not None)
        assert found.cooperating == ()


def test_every_phrase_stands_in_its_article(notice: Reading, printed: dict[str, Any]) -> None:
    for article, known in zip(notice.articles, printed["articles"], strict=True):
        whole = f"{article.title}。{article.text}"
        for measure in known["measures"]:
            for phrase in measure["locator"]:
                assert "".join(phrase.split()) in "".join(whole.split())


def test_the_numbers_and_references_are_all_there(notice: Reading) -> None:
    found = {(item.article, item.text) for item in notice.quantities}
    assert found >= {
        (5, "3%"),
        (5, "1%"),
        (7, "半年"),
        (8, "15%"),
        (8, "100人"),
        (8, "8%"),
        (8, "1年"),
        (9, "1年"),
        (10, "2020届"),
        (10, "2年"),
        (12, "2年"),
        (20, "1次"),
    }
    assert [item.text for item in notice.quantities].count("半年") == 2
    assert [(item.title, item.number) for item in notice.references] == [
        ("国务院关于进一步做好稳就业工作的意见", "国发〔2019〕28号"),
        ("上海市人民政府关于进一步做好稳就业促发展工作的实施意见", "沪府规〔2020〕10号"),
        ("嘉定区人民政府关于应对疫情支持中小企业发展的十二条意见", None),
        ("嘉定区人民政府关于应对疫情促进规模企业发展的十二条意见", None),
        ("上海市推进新型基础设施建设行动方案（2020-2022年）", None),
    ]


#: name → number, signed on, effective from, to, sections, articles, items
SOURCES: dict[str, tuple[str | None, str, str, str | None, int, int, int]] = {
    "retirement-2024": (None, "2024-09-13", "2025-01-01", None, 6, 14, 0),
    "shanghai-2022-8": ("沪人社规〔2022〕8号", "2022-02-23", "2022-01-01", "2026-12-31", 9, 13, 7),
    "shanghai-2024-13": ("沪人社规〔2024〕13号", "2024-06-26", "2024-07-01", "2026-06-30", 2, 2, 3),
    "shanghai-2025-10": ("沪人社规〔2025〕10号", "2025-07-11", "2025-07-01", None, 3, 3, 4),
    "shanghai-2026-7": ("沪人社规〔2026〕7号", "2026-06-30", "2026-07-01", "2028-06-30", 2, 2, 3),
    "shanghai-2026-18": (
        "沪人社规〔2026〕18号",
        "2026-08-06",
        "2026-08-16",
        "2031-08-15",
        1,
        17,
        9,
    ),
}


@pytest.mark.parametrize("name", SOURCES)
def test_later_documents_are_read_with_number_days_sections_and_items(
    documents_folder: Path, name: str
) -> None:
    found = read_file(documents_folder / "sources" / f"{name}.txt")
    number, signed, first, last, sections, articles, items = SOURCES[name]
    assert found.document_number == number
    assert (str(found.signed_on), str(found.effective_from)) == (signed, first)
    assert (found.effective_to and str(found.effective_to)) == last
    assert len(found.sections) == sections
    assert len(found.articles) == articles
    assert sum(len(article.items) for article in found.articles) == items
    assert all(article.responsibility is None for article in found.articles)
