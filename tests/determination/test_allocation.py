"""Who yields to whom."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import polars as pl

from wenye.determination.allocation import allocated
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
