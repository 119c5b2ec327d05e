"""Who yields to whom."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest

from wenye.determination.allocation import Allocation, allocated
from wenye.determination.judging import AMOUNT_STATUS, OUTCOME
from wenye.registers.model import Employer, Person
from wenye.rules.sources import root


def scheme(name: str, entity: Any, *, excludes: tuple[str, ...] = (), priority: int = 100) -> Any:
    return SimpleNamespace(
        id=name,
        subject=entity,
        payee=None,
        concerns=root(entity),
        once_per=None,
        excludes=excludes,
        priority=priority,
    )


def frame(concerns: list[int | None], status: str = "payable") -> pl.DataFrame:
    return pl.DataFrame(
        {
            "key": range(1, len(concerns) + 1),
            "concerns": concerns,
            "once": [None] * len(concerns),
            "outcome": ["entitled"] * len(concerns),
            "amount_status": [status] * len(concerns),
        },
        schema={
            "key": pl.Int32,
            "concerns": pl.Int32,
            "once": pl.Int32,
            "outcome": OUTCOME,
            "amount_status": AMOUNT_STATUS,
        },
    )


def yields(one: Any, other: Any, *, status: str = "payable") -> list[str | None]:
    frames = {"weak": frame([1, 2, None]), "strong": frame([2, None], status)}
    found = allocated({"weak": one, "strong": other}, frames)
    return found["weak"]["yields_to"].to_list()


def test_the_lower_number_goes_first() -> None:
    weak = scheme("weak", Person, excludes=("strong",))
    strong = scheme("strong", Person, priority=1)
    assert yields(weak, strong) == [None, "scheme:strong", None]


def test_either_side_may_say_it() -> None:
    weak = scheme("weak", Person)
    strong = scheme("strong", Person, excludes=("weak",), priority=1)
    assert yields(weak, strong) == [None, "scheme:strong", None]


def test_who_draws_nothing_excludes_nothing() -> None:
    weak = scheme("weak", Person, excludes=("strong",))
    strong = scheme("strong", Person, priority=1)
    assert yields(weak, strong, status="none") == [None, None, None]


def test_keys_of_people_and_of_employers_are_never_compared() -> None:
    weak = scheme("weak", Person, excludes=("strong",))
    strong = scheme("strong", Employer, priority=1)
    assert yields(weak, strong) == [None, None, None]


def test_a_scheme_is_settled_as_soon_as_those_that_it_yields_to_are() -> None:
    schemes = {
        "apart": scheme("apart", Person),
        "weak": scheme("weak", Person, excludes=("strong",)),
        "strong": scheme("strong", Person, priority=1),
    }
    allocation = Allocation(schemes)
    given = (("weak", frame([1])), ("apart", frame([1])), ("strong", frame([1])))
    order = [[name for name, _ in allocation.settled(*one)] for one in given]
    assert order == [[], ["apart"], ["strong", "weak"]]


# -- what counts once -------------------------------------------------------------------------


def once_scheme(name: str, **more: Any) -> Any:
    made = scheme(name, Person, **more)
    made.once_per, made.amount, made.first = root(Person), object(), None
    return made


def claims(*rows: dict[str, Any]) -> pl.DataFrame:
    """Claims for one person, a day apart: entitled and payable where a row says nothing else."""
    usual = {"concerns": 1, "once": 1, "outcome": "entitled", "amount_status": "payable"}
    lines = [
        {"key": at, "law_day": dt.date(2026, 1, at), **usual, **row}
        for at, row in enumerate(rows, start=1)
    ]
    return pl.DataFrame(
        lines,
        schema={
            "key": pl.Int32,
            "law_day": pl.Date,
            "concerns": pl.Int32,
            "once": pl.Int32,
            "outcome": OUTCOME,
            "amount_status": AMOUNT_STATUS,
        },
    )


def settled(*rows: dict[str, Any]) -> pl.DataFrame:
    return allocated({"one": once_scheme("one")}, {"one": claims(*rows)})["one"]


def test_the_first_claim_counts() -> None:
    found = settled({}, {}, {"once": 2}, {"once": None})
    assert found["yields_to"].to_list() == [None, "once:1", None, None]
    assert not found["provisional"].any()


def test_a_claim_that_yields_to_another_scheme_does_not_block_the_next() -> None:
    weak, strong = once_scheme("weak", excludes=("strong",)), scheme("strong", Person, priority=1)
    frames = {"weak": claims({"concerns": 2}, {}), "strong": frame([2])}
    found = allocated({"weak": weak, "strong": strong}, frames)["weak"]
    assert found["granted"].to_list() == [False, True]
    assert found["yields_to"].to_list() == ["scheme:strong", None]


def test_a_claim_that_is_owed_nothing_does_not_block_the_next() -> None:
    found = settled({"amount_status": "none"}, {})
    assert found["yields_to"].to_list() == ["once:2", None]


def test_where_no_claim_is_owed_anything_the_first_counts() -> None:
    found = settled({"amount_status": "none"}, {"amount_status": "none"})
    assert found["granted"].to_list() == [True, False]


UNDECIDED = {"outcome": "undetermined", "amount_status": "none"}


@pytest.mark.parametrize(
    ("rows", "provisional"),
    [
        ([UNDECIDED, {}], [False, True]),
        ([{}, UNDECIDED], [False, False]),
        ([{}, UNDECIDED | {"law_day": None}], [True, False]),
        ([UNDECIDED, {}, {}], [False, True, False]),
        ([UNDECIDED | {"once": 2}, {}], [False, False]),
        ([UNDECIDED | {"law_day": dt.date(2026, 1, 2)}, {}], [False, True]),
    ],
)
def test_an_undetermined_earlier_claim_makes_the_granted_one_provisional(
    rows: list[dict[str, Any]], provisional: list[bool]
) -> None:
    assert settled(*rows)["provisional"].to_list() == provisional
