"""Between what people write and what is stored: exact, and there and back again."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.examples import day, month
from tests.rules.model import Award, Degree, Firm, Idle, Insured, Job, Person

from wenye.rules.facts import Fact
from wenye.rules.kinds import CODE, DAY, KEY, MONTH, TEXT, TRUTH, Kind, money, number, rate
from wenye.rules.values import decode, encode, state, words_zh, yuan

FACTS = [
    fact
    for entity in (Person, Firm, Job, Idle, Insured, Degree, Award)
    for fact in entity.facts().values()
    if fact.kind.name not in ("key", "text")
]
HUKOU = Kind("choice", options=(("district", "本区"), ("city", "本市")))
FEN = st.integers(-(2**62) + 1, 2**62 - 1)


def written(kind: Kind) -> st.SearchStrategy[Any]:
    """What people write for a known value of a kind, in its canonical form."""
    by_name: dict[str, st.SearchStrategy[Any]] = {
        "truth": st.booleans(),
        "number": st.integers(-(2**31) + 2, 2**31 - 1),
        "money": FEN.map(yuan),
        "day": st.dates().map(dt.date.isoformat),
        "month": st.dates().map(lambda each: each.isoformat()[:7]),
        "choice": st.sampled_from([name for name, _ in kind.options] or [""]),
        "code": st.text(min_size=1).filter(lambda text: text != "n/a"),
    }
    return by_name[kind.name]


def test_every_kind_is_tried() -> None:
    kinds = {fact.kind.name for fact in FACTS}
    assert kinds == {"truth", "number", "money", "day", "month", "choice", "code"}


@given(st.data())
def test_there_and_back(data: st.DataObject) -> None:
    fact = data.draw(st.sampled_from(FACTS))
    value = data.draw(written(fact.kind))
    stored = encode(fact, value, "here")
    assert state(fact.kind, stored) == "known"
    assert decode(fact.kind, stored) == value


@pytest.mark.parametrize("fact", [fact for fact in FACTS if fact.may_be_absent], ids=repr)
def test_there_and_back_of_nothing(fact: Fact) -> None:
    absent, not_applicable = encode(fact, None, "here"), encode(fact, "n/a", "here")
    assert absent != not_applicable
    assert (state(fact.kind, absent), decode(fact.kind, absent)) == ("absent", None)
    assert state(fact.kind, not_applicable) == "not_applicable"
    assert decode(fact.kind, not_applicable) == "n/a"
    for stored in (absent, not_applicable):
        assert stored < -(2 ** (fact.kind.bits - 1)) + 2  # no value that is written reaches it


@pytest.mark.parametrize("fact", FACTS, ids=repr)
def test_nothing_stored_is_unknown(fact: Fact) -> None:
    assert (state(fact.kind, None), decode(fact.kind, None)) == ("unknown", None)
    assert words_zh(fact.kind, None) == "未提供"


# ---- money


@given(FEN)
def test_money_is_exact(fen: int) -> None:
    whole, rest = divmod(abs(fen), 100)
    sign = "-" if fen < 0 else ""
    text = f"{sign}{whole}.{rest:02d}"
    assert yuan(fen) == text
    assert encode(Person.facts()["wage"], text, "here") == fen
    assert encode(Person.facts()["wage"], Decimal(text), "here") == fen


@pytest.mark.parametrize(
    ("value", "fen"),
    [
        (3000, 300_000),
        ("3000", 300_000),
        ("3000.5", 300_050),
        (3000.05, 300_005),
        (0.29, 29),  # 0.29 * 100 is 28.999999999999996 in floating point
        (1.1, 110),
        ("0.01", 1),
        ("-0.01", -1),
        ("100.00000", 10_000),
        ("1E+3", 100_000),
        (Decimal("19.99"), 1999),
        (0, 0),
    ],
)
def test_money_as_people_write_it(value: Any, fen: int) -> None:
    assert encode(Person.facts()["wage"], value, "here") == fen


def test_a_fraction_of_a_fen_far_behind_is_refused() -> None:
    with pytest.raises(ValueError, match="amount"):
        encode(Person.facts()["wage"], "100.0000000000000000000000000001", "here")
    with pytest.raises(ValueError, match="two decimals"):
        encode(Person.facts()["wage"], "100.000000000000001", "here")


def test_an_amount_not_yet_rounded_shows_its_digits() -> None:
    assert yuan(123_456, 3) == "1.23456"
    assert yuan(-5, 1) == "-0.005"
    assert decode(money("once", 2), 1) == "0.0001"


# ---- decoding


@pytest.mark.parametrize(
    ("kind", "stored", "value"),
    [
        (TRUTH, False, False),
        (number("month"), 6, 6),
        (number("month", 1), 65, "6.5"),
        (rate(3), 155, "0.155"),
        (money("once"), 100, "1.00"),
        (DAY, day("2024-02-29"), "2024-02-29"),
        (MONTH, month("2024-02"), "2024-02"),
        (HUKOU, 1, "city"),
        (CODE, "x", "x"),
    ],
)
def test_stored_values_as_json(kind: Kind, stored: Any, value: Any) -> None:
    assert decode(kind, stored) == value


# ---- words


@pytest.mark.parametrize(
    ("kind", "stored", "words"),
    [
        (TRUTH, True, "是"),
        (TRUTH, False, "否"),
        (HUKOU, 0, "本区"),
        (HUKOU, -128, "无"),
        (HUKOU, -127, "不适用"),
        (money("once"), 123_456_789, "¥1,234,567.89"),
        (rate(3), 155, "15.5%"),
        (rate(1), 10, "100%"),
        (number("month"), 6, "6个月"),
        (number("year"), 2, "2年"),
        (number("age"), 60, "60周岁"),
        (number("day"), 30, "30天"),
        (number("person"), 3, "3人"),
        (number(), 7, "7"),
        (DAY, day("2024-02-29"), "2024-02-29"),
        (DAY, -(2**31), "无"),
        (MONTH, month("2024-02"), "2024-02"),
        (CODE, "x", "x"),
    ],
)
def test_stored_values_in_chinese(kind: Kind, stored: Any, words: str) -> None:
    assert words_zh(kind, stored) == words


def test_kinds_name_themselves() -> None:
    assert [str(kind) for kind in (DAY, money("monthly"), number("person"), number(), rate(2))] == [
        "day",
        "money (monthly)",
        "number of persons",
        "number",
        "rate",
    ]
    assert [kind.bits for kind in (TRUTH, HUKOU, DAY, KEY, TEXT, money("once"))] == [
        0,
        8,
        32,
        32,
        32,
        64,
    ]
