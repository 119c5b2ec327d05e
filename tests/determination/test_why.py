"""One subject's decisions, made again and explained."""

from __future__ import annotations

import polars as pl
import pytest
from tests.determination.conftest import World

from wenye.determination.results import Results, ResultsError
from wenye.determination.why import why


def test_a_row_is_explained_and_is_what_was_stored(tried: World) -> None:
    (answer,) = why(tried.results, "employment:3")
    assert answer.scheme == "hiring"
    assert answer.differences == []
    assert answer.explanation["outcome"] == answer.stored["outcome"] == "not_entitled"
    values = {item["name"]: item["value"] for item in answer.explanation["conditions"]}
    assert values["city_employer"] == "no"


def test_a_person_sees_also_the_rows_that_concern_them(tried: World) -> None:
    found = [(item.scheme, item.key, item.found_as) for item in why(tried.results, "people:8")]
    assert found == [
        ("flexible", 8, "subject"),
        ("hardship", 8, "subject"),
        ("hiring", 4, "concerns"),
        ("hiring", 5, "concerns"),
        ("hiring", 8, "concerns"),
    ]


def test_an_employer_sees_the_rows_that_pay_it(tried: World) -> None:
    found = [(item.scheme, item.key, item.found_as) for item in why(tried.results, "employers:3")]
    assert found == [("hiring", 2, "payee"), ("hiring", 5, "payee"), ("staffed", 3, "subject")]


def test_a_bare_number_asks_every_register(tried: World) -> None:
    found = {(item.register, item.scheme) for item in why(tried.results, "1")}
    assert found == {
        ("people", "flexible"),
        ("people", "hardship"),
        ("employment", "hiring"),
        ("employers", "staffed"),
    }
    assert len(why(tried.results, "1", ["hiring"])) == 1


def test_yielding_is_told_in_words(tried: World) -> None:
    (once,) = why(tried.results, "employment:2")
    assert once.yields == "同一对象只计一次，已计入就业登记 1"
    flexible, hardship = why(tried.results, "people:5")
    assert flexible.yields == "与“困难人员月补”不可同时享受，已享受后者"
    assert (hardship.yields, hardship.granted) == ("", True)


def test_a_difference_from_what_was_stored_is_told(tried: World) -> None:
    path = tried.folder / "flexible.parquet"
    frame = pl.read_parquet(path)
    frame.with_columns(pl.lit(None, pl.Boolean).alias("c.resident")).write_parquet(path)
    (answer, _) = why(Results.open(tried.folder), "people:1")
    assert answer.differences == [("c.resident", None, True)]


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("", "不是编号"),
        ("people", "不是编号"),
        ("people:x", "不是编号"),
        ("310114198001010011", "不是编号"),
        ("persons:1", "没有登记册"),
        ("people:99", "结果中没有"),
        ("99", "结果中没有"),
    ],
)
def test_keys_that_lead_nowhere_are_refused(tried: World, key: str, words: str) -> None:
    with pytest.raises(ResultsError, match=words):
        why(tried.results, key)
