"""The measure register: what it refuses, and what the shipped ones hold."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from wenye.policy.citing.bare_text import bare
from wenye.policy.district import District, available_districts, load_district
from wenye.policy.documents import Standing, chinese_number
from wenye.policy.errors import PolicyError
from wenye.policy.measures import Carrier, Progress, check_links, unresolved

MEASURES = """
kinds:
  subsidy: {label: 补贴, label_en: subsidy}
registers:
  - document: trial-1
    articles:
      三:
        title: 月补
        departments: [甲局, 乙局]
        wording: 按照职责分工负责
        measures:
          - id: T1-03.1
            label: 每月发补贴
            label_en: a monthly support
            kind: subsidy
            phrases: [每月给予补贴]
            gaps: {申请期限: until when to apply}
            progress: carried
            carried_by: {scheme: [support], parameter: [support.amount]}
          - id: T1-03.2
            label: 另行公布
            label_en: to be published
            kind: subsidy
            phrases: [自2024年1月1日起]
            progress: not_yet
            carried_by: {parameter: [support.share]}
            reason: 待设发布
            reason_en: a publication is to come
"""
FILE = "measures.yaml"


@pytest.fixture
def trial(folder: Any) -> Any:
    folder.write(FILE, MEASURES)
    departments = "departments: [{name: 甲局}, {name: 乙局}, {name: 丙局}]"
    organisation = (folder.path / "organisation.yaml").read_text(encoding="utf-8")
    folder.write("organisation.yaml", f"{organisation}\n{departments}")
    return folder


@pytest.fixture(scope="module")
def jiading() -> District:
    return load_district("jiading", today=dt.date(2026, 11, 1))


def test_a_register_is_read_whole(trial: Any) -> None:
    (register,) = trial.load().measures
    first, second = register.measures.values()
    assert register.document.id == "trial-1"
    assert register.articles["三"].departments == ("甲局", "乙局")
    assert (first.id, first.article, first.kind_words) == ("T1-03.1", "三", "补贴")
    assert first.carried_by == (
        Carrier("scheme", "support"),
        Carrier("parameter", "support.amount"),
    )
    assert (first.gaps, first.gaps_en) == (("申请期限",), ("until when to apply",))
    assert first.where.endswith("measures.yaml:12")
    assert (first.partly, second.partly) == (False, True)
    assert register.of_article("三") == (first, second)
    assert register.counts() == {
        Progress.CARRIED: 1,
        Progress.NOT_YET: 1,
        Progress.NOT_COMPUTABLE: 0,
    }


def test_a_district_without_the_file_has_no_registers(folder: Any) -> None:
    assert folder.load().measures == ()


@pytest.mark.parametrize(
    ("day", "basis"),
    [
        ("2023-12-31", Standing.NOT_YET),
        ("2024-01-01", Standing.IN_FORCE),
        ("2026-06-30", Standing.IN_FORCE),
        ("2026-07-01", Standing.DOUBTFUL),
    ],
)
def test_the_basis_is_the_documents_force(trial: Any, day: str, basis: Standing) -> None:
    (register,) = trial.load().measures
    assert register.basis(dt.date.fromisoformat(day)) is basis


@pytest.mark.parametrize(
    ("old", "new", "mend"),
    [
        ("scheme: [support]", "scheme: [suport]", "did you mean support"),
        ("parameter: [support.share]", "parameter: [support.shares]", "did you mean support.share"),
        ("scheme: [support]", "duty: [visit]", "has no such duty: add it first"),
        ("scheme: [support]", "indicator: [jobs]", "nothing of kind indicator exists yet"),
    ],
)
def test_a_link_that_leads_nowhere_is_refused(trial: Any, old: str, new: str, mend: str) -> None:
    trial.change(FILE, old, new)
    district = trial.load()
    (broken,) = unresolved(district)
    assert broken.measure.id in ("T1-03.1", "T1-03.2")
    assert mend in broken.mend
    with pytest.raises(PolicyError, match=re.escape(broken.measure.id)) as refused:
        check_links(district)
    assert "measures.yaml:" in refused.value.where
    assert mend in refused.value.mend


def test_sound_links_are_let_through(trial: Any) -> None:
    check_links(trial.load())


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("T1-03.2", "T1-03.1", "stands twice"),
        ("T1-03.2", "T1-03.3", "not numbered as measure 2"),
        ("T1-03.1", "T1-04.1", "not numbered as measure 1"),
        ("T1-03.2", "T2-03.2", "begins unlike"),
        ("T1-03.1", "first", "not numbered"),
        ("      三:", "      十:", "no article 十"),
        ("document: trial-1", "document: trial-2", "no document"),
        (
            "kind: subsidy\n            phrases: [每月",
            "kind: grant\n            phrases: [每月",
            "kind",
        ),
        ("phrases: [每月给予补贴]", "phrases: []", "no phrases"),
        ("progress: carried", "progress: done", "progress done"),
        (
            "            carried_by: {scheme: [support], parameter: [support.amount]}\n",
            "",
            "by nothing",
        ),
        ("progress: not_yet", "progress: not_computable", "and yet carried by"),
        ("            reason: 待设发布\n", "", "without a reason"),
        ("{scheme: [support],", "{skeme: [support],", "nothing is a skeme"),
        ("[support.share]", "[support.share, support.share]", "stands twice"),
        ("gaps:", "gap:", "unknown key gap"),
        ("[甲局, 乙局]", "[甲局, 丁局]", "no department 丁局"),
        ("[甲局, 乙局]", "[甲局, 甲局]", "stands twice"),
        ("title: 月补", "title: 月补\n        lead: 丙局", "not among the departments"),
        ("title: 月补", "title: 月补\n        sole: true", "2 departments"),
        ("title: 月补", "title: 月补\n        assigned_lead: 丙局", "decision of its own"),
        ("title: 月补", "title: 月补\n        decision: 会议", "decision of its own"),
    ],
)
def test_a_mistake_is_refused_with_its_line(trial: Any, old: str, new: str, what: str) -> None:
    trial.change(FILE, old, new)
    with pytest.raises(PolicyError, match=re.escape(what)) as refused:
        _ = trial.load().measures
    assert re.search(r"measures\.yaml:\d+$", refused.value.where)


DUTIES = """
duties:
  - id: reviews
    label: 审核
    label_en: review claims
    document: trial-1
    article: 三
    quotes: [每月给予补贴]
    owner: [甲局]
    owed_to: 领取人
    owed_to_en: recipients
    clock: {none: {reason: 没有写期限, reason_en: no time is printed}}
    fulfilled_by: 审核记录
    fulfilled_by_en: a review
"""
NO_CLOCK = "clock: {none: {reason: 没有写期限, reason_en: no time is printed}}"
CLOCK = "clock: {every: {calendar_month: 1, of: 登记, of_en: registration}}"


def test_a_duty_without_a_clock_carries_nothing_by_itself(trial: Any) -> None:
    trial.write("duties.yaml", DUTIES)
    trial.change(FILE, "carried_by: {parameter: [support.share]}", "carried_by: {duty: [reviews]}")
    waits = trial.load().measures[0].measures["T1-03.2"]
    assert waits.carried_by == (Carrier("duty", "reviews"),)
    assert (waits.carrying, waits.partly) == ((), False)
    trial.change("duties.yaml", NO_CLOCK, CLOCK)
    waits = trial.load().measures[0].measures["T1-03.2"]
    assert (waits.carrying, waits.partly) == ((Carrier("duty", "reviews"),), True)


def test_beside_what_carries_a_duty_without_a_clock_may_be_linked(trial: Any) -> None:
    trial.write("duties.yaml", DUTIES)
    trial.change(
        FILE, "{parameter: [support.share]}", "{parameter: [support.share], duty: [reviews]}"
    )
    waits = trial.load().measures[0].measures["T1-03.2"]
    assert waits.partly
    assert waits.carrying == (Carrier("parameter", "support.share"),)
    check_links(trial.load())


def test_nothing_is_carried_by_duties_without_clocks_alone(trial: Any) -> None:
    trial.write("duties.yaml", DUTIES)
    linked = "{scheme: [support], parameter: [support.amount]}"
    trial.change(FILE, linked, "{duty: [reviews]}")
    with pytest.raises(PolicyError, match="nothing but duty:reviews, which has no clock"):
        _ = trial.load().measures
    trial.change("duties.yaml", NO_CLOCK, CLOCK)
    assert trial.load().measures[0].counts()[Progress.CARRIED] == 1


def test_a_lead_that_the_district_assigns_is_its_own_decision(trial: Any) -> None:
    decided = "assigned_lead: 丙局\n        decision: 领导小组会议，2026-03-02"
    trial.change(FILE, "title: 月补", f"title: 月补\n        {decided}")
    entry = trial.load().measures[0].articles["三"]
    assert (entry.lead, entry.assigned_lead) == (None, "丙局")
    assert entry.decision == "领导小组会议，2026-03-02"


def test_jiading_has_107_measures_in_23_articles(jiading: District) -> None:
    (register,) = jiading.measures
    assert len(register.measures) == 107
    assert list(register.articles) == [chinese_number(n) for n in range(1, 24)]
    for number, article in enumerate(register.articles, start=1):
        ids = [measure.id for measure in register.of_article(article)]
        assert ids == [f"JD2020-6-{number:02d}.{place}" for place in range(1, len(ids) + 1)]
        assert ids


def test_jiading_names_one_lead_and_one_sole_body_and_assigns_none(jiading: District) -> None:
    articles = jiading.measures[0].articles
    assert {n: item.lead for n, item in articles.items() if item.lead} == {
        "四": "区人力资源社会保障局"
    }
    assert [n for n, item in articles.items() if item.sole] == ["十九"]
    assert [n for n, item in articles.items() if item.assigned_lead] == []


def test_jiadings_basis_is_open_five_years_on(jiading: District) -> None:
    (register,) = jiading.measures
    assert register.basis(dt.date(2025, 8, 2)) is Standing.IN_FORCE
    assert register.basis(dt.date(2025, 8, 3)) is Standing.DOUBTFUL


@pytest.mark.parametrize("name", available_districts())
def test_every_link_of_a_shipped_district_resolves(name: str) -> None:
    assert unresolved(load_district(name)) == []


@pytest.mark.parametrize("name", available_districts())
def test_every_scheme_of_a_shipped_district_carries_something(name: str) -> None:
    """But for the two that rest on the city's document alone."""
    district = load_district(name)
    measures = [item for register in district.measures for item in register.measures.values()]
    used = {link.id for item in measures for link in item.carried_by if link.kind == "scheme"}
    citys_own = {"post_subsidy", "employer_social_insurance"} if name == "jiading" else set()
    assert used == set(district.scheme_ids) - citys_own


def test_what_carries_jiadings_measures(jiading: District) -> None:
    """Nothing meets all four tests of the file's head for what is not computable."""
    (register,) = jiading.measures
    assert register.counts() == {
        Progress.CARRIED: 15,
        Progress.NOT_YET: 92,
        Progress.NOT_COMPUTABLE: 0,
    }
    items = register.measures.values()
    carried = [item.id for item in items if item.progress is Progress.CARRIED]
    assert carried == [
        f"JD2020-6-{place}"
        for place in (
            *("01.3", "01.4", "01.5", "01.6", "04.3", "05.1", "05.2", "07.2"),
            *("08.3", "08.7", "09.1", "09.5", "10.4", "10.8", "11.5"),
        )
    ]
    assert [item.id for item in items if item.partly] == [
        f"JD2020-6-{place}"
        for place in (
            *("04.2", "07.1", "08.1", "08.4", "10.1", "10.5", "11.1", "11.2"),
            *("11.3", "11.4", "12.1", "13.1", "13.2", "13.3", "17.1", "17.2"),
            *("17.3", "20.3", "22.4"),
        )
    ]
    clockless = [item.id for item in items if item.carried_by and not item.carrying]
    assert clockless == [f"JD2020-6-{place}" for place in ("20.2", "20.6", "21.1", "22.2", "23.2")]


def test_departments_agree_with_the_organisation(jiading: District) -> None:
    articles = jiading.measures[0].articles
    for department in jiading.organisation.departments:
        named = [
            n for n, key in enumerate(articles, 1) if department.name in articles[key].departments
        ]
        assert tuple(named) == department.articles


def test_articles_are_as_the_list_of_measures_has_them(
    jiading: District, documents_folder: Path
) -> None:
    file = documents_folder / "articles.yaml"
    if not file.is_file():
        pytest.skip(f"the folder of documents has no {file.name}")
    text = file.read_text(encoding="utf-8")
    (register,) = jiading.measures
    for listed in yaml.safe_load(text)["articles"]:
        entry = register.articles[chinese_number(listed["article"])]
        printed = listed["responsibility"]
        assert entry.departments == tuple(printed["departments"])
        assert (entry.wording, entry.lead) == (printed["wording"], printed["lead"])
        assert entry.sole is printed.get("sole", False)
        assert entry.title == listed["title"]
        measures = register.of_article(entry.number)
        assert [item.id for item in measures] == [item["id"] for item in listed["measures"]]
        assert [item.kind for item in measures] == [item["kind"] for item in listed["measures"]]
        assert not {letters(item.label) for item in measures} & {
            letters(item["summary_zh"]) for item in listed["measures"]
        }
        assert not {letters(item.label_en) for item in measures} & {
            letters(item["summary_en"]) for item in listed["measures"] if "summary_en" in item
        }


def letters(label: str) -> str:
    """A label without its marks and what it says in brackets: what is left is the wording."""
    return re.sub(r"[\W_]", "", re.sub(r"\(.*?\)|（.*?）", "", label)).casefold()


def of_articles(folder: Path) -> dict[str, str]:
    """The document's articles, bare, by number."""
    text = bare((folder / "jiading-2020-6.txt").read_text(encoding="utf-8"))
    text = text[: text.index(bare("本意见自2020年8月3日起施行"))]
    found: dict[str, str] = {}
    at = 0
    for number in range(1, 24):
        head = bare(f"（{chinese_number(number)}）")
        after = bare(f"（{chinese_number(number + 1)}）")
        begins = text.index(head, at)
        ends = text.find(after, begins)
        found[chinese_number(number)] = text[begins : ends if ends > 0 else len(text)]
        at = begins
    return found


def test_every_phrase_stands_in_its_article(jiading: District, documents_folder: Path) -> None:
    articles = of_articles(documents_folder)
    for measure in jiading.measures[0].measures.values():
        missing = [
            words for words in measure.phrases if bare(words) not in articles[measure.article]
        ]
        assert (measure.id, missing) == (measure.id, [])


def test_household_registration_is_not_residence(jiading: District) -> None:
    for measure in jiading.measures[0].measures.values():
        assert "resident" not in measure.label_en
        if "户籍" in measure.label:
            assert "household-registered" in measure.label_en


def test_every_sentence_is_some_measures(jiading: District, documents_folder: Path) -> None:
    (register,) = jiading.measures
    for number, text in of_articles(documents_folder).items():
        words = [bare(words) for item in register.of_article(number) for words in item.phrases]
        # The first piece is the article's title, the last its responsibility bracket.
        sentences = re.split("[。;]", text)[1:-1]
        assert sentences
        assert [each for each in sentences if not any(word in each for word in words)] == []


def test_the_examples_phrases_stand_in_its_notice() -> None:
    example = load_district("example")
    text = bare((example.folder / "notice.md").read_text(encoding="utf-8"))
    (register,) = example.measures
    assert [item for item in register.measures.values() if bare(item.phrases[0]) not in text] == []
    phrases = [words for item in register.measures.values() for words in item.phrases]
    assert [words for words in phrases if bare(words) not in text] == []
    assert all(register.counts().values())
