"""Documents and their days; citations."""

from __future__ import annotations

import datetime as dt

import pytest

from wenye.policy.documents import Document, Standing, chinese_number, cite
from wenye.policy.errors import PolicyError


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


REPLACED = Document(
    "pay-2024",
    "支付标准",
    "沪〔2024〕13号",
    effective_from=day("2024-07-01"),
    printed_to=day("2026-06-30"),
    ended_on=day("2025-06-30"),
)
PRINTED = Document(
    "aid-2022",
    "援助",
    "沪〔2022〕8号",
    effective_from=day("2022-01-01"),
    printed_to=day("2026-12-31"),
)
PROLONGED = Document(
    "aid-2019",
    "援助",
    "沪〔2019〕8号",
    printed_to=day("2021-12-31"),
    prolonged_to=day("2022-12-31"),
)
DOUBTED = Document(
    "district-2020",
    "意见",
    "嘉〔2020〕6号",
    effective_from=day("2020-08-03"),
    stated_doubtful_from=day("2025-08-03"),
    stated_doubt="未写有效期",
    article_form="第（{}）条",
    last_article=23,
)
ALL = {item.id: item for item in (REPLACED, PRINTED, PROLONGED, DOUBTED)}


@pytest.mark.parametrize(
    ("document", "on", "standing"),
    [
        (REPLACED, "2024-06-30", Standing.NOT_YET),
        (REPLACED, "2024-07-01", Standing.IN_FORCE),
        (REPLACED, "2025-06-30", Standing.IN_FORCE),
        (REPLACED, "2025-07-01", Standing.ENDED),  # a year before its printed end
        (PRINTED, "2026-12-31", Standing.IN_FORCE),
        (PRINTED, "2027-01-01", Standing.DOUBTFUL),  # nobody has said that it goes on
        (PROLONGED, "2022-12-31", Standing.IN_FORCE),
        (PROLONGED, "2023-01-01", Standing.DOUBTFUL),
        (DOUBTED, "2025-08-02", Standing.IN_FORCE),
        (DOUBTED, "2025-08-03", Standing.DOUBTFUL),
    ],
)
def test_standing(document: Document, on: str, standing: Standing) -> None:
    assert document.standing(day(on)) == standing


def test_what_a_law_asks_of_its_basis() -> None:
    basis = cite(ALL, "pay-2024", 1)
    assert (basis.since, basis.until) == (day("2024-07-01"), day("2025-06-30"))
    assert basis.doubtful_from is None  # it ended before its printed end could raise a doubt
    assert cite(ALL, "aid-2022", 2).doubtful_from == day("2027-01-01")
    assert "2026-12-31" in cite(ALL, "aid-2022", 2).doubt
    assert cite(ALL, "district-2020", 7).doubt == "未写有效期"


def test_citations_read_as_officials_write_them() -> None:
    assert cite(ALL, "district-2020", 7).text == "嘉〔2020〕6号 第（七）条"
    assert str(cite(ALL, "district-2020", "七")) == "嘉〔2020〕6号 第（七）条"
    assert cite(ALL, "aid-2022", "九（一）").text == "沪〔2022〕8号 第九条（一）"
    assert cite(ALL, "aid-2022", 11).text_en == "沪〔2022〕8号, art. 11"
    assert cite(ALL, "aid-2022", "").text == "沪〔2022〕8号"


@pytest.mark.parametrize(
    ("document", "article", "words"),
    [
        ("district-2002", 7, "no document 'district-2002'"),
        ("district-2020", 24, "ends with article 23"),
        ("district-2020", "二十四", "ends with article 23"),
        ("aid-2022", 0, "not an article number"),
    ],
)
def test_a_citation_of_nothing_is_refused(document: str, article: int | str, words: str) -> None:
    with pytest.raises(PolicyError, match=words):
        cite(ALL, document, article)


def test_chinese_numbers() -> None:
    assert [chinese_number(n) for n in (1, 10, 11, 20, 23)] == [
        "一",
        "十",
        "十一",
        "二十",
        "二十三",
    ]
