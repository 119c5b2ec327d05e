"""Columns laid in stages: large formulas stay linear, and mean the same."""

from __future__ import annotations

from typing import Any

import polars as pl
from tests.rules.model import Person

from wenye.rules.functions import greatest, least, where
from wenye.rules.rowwise import RowWise
from wenye.rules.stages import Staged

ON = 24_304 * 64 + 2
FRAME = pl.DataFrame(
    {
        "disabled": [True, False, None, True],
        "children": pl.Series([0, 1, 2, None], dtype=pl.Int32),
        "wage": pl.Series([100, None, 300, 400], dtype=pl.Int64),
    }
)


def nested(depth: int) -> Any:
    """A quantity in which every step uses the one before it several times."""
    value: Any = Person.children
    for step in range(depth):
        capped = least(value + step, greatest(value, Person.children + 1))
        value = where(Person.disabled, capped, greatest(value, capped))
    return value


def test_the_same_as_without_stages() -> None:
    for depth in (0, 1, 2):
        expr = nested(depth)
        plain = FRAME.lazy().select(v=RowWise(ON)(expr)).collect()
        staged = Staged(ON)
        column = staged(expr)
        assert staged.laid(FRAME.lazy()).select(v=column).collect().equals(plain)


def test_a_formula_that_would_have_billions_of_copies() -> None:
    expr = nested(40)
    staged = Staged(ON)
    column = staged(expr)
    found = staged.laid(FRAME.lazy()).select(v=column).collect()["v"].to_list()
    assert found == [1, 2, 3, None]


def test_no_expression_grows_beyond_bounds() -> None:
    staged = Staged(ON)
    staged(nested(12))
    sizes = [len(expr.meta.serialize()) for expr in (Staged(ON)(nested(12)), staged(nested(12)))]
    assert max(sizes) < 100_000
    assert staged.names


def test_small_formulas_need_no_stage() -> None:
    staged = Staged(ON)
    staged(Person.disabled & (Person.children >= 1))
    assert staged.names == []
