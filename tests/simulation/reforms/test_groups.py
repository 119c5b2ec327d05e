"""Groups kept back by town, sex and age; the middle one of those who have more or less."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenye.determination.judging import OUTCOME
from wenye.simulation.reforms.cells import age_words, cells
from wenye.simulation.reforms.money import gains

group = st.tuples(
    st.sampled_from("abcd"), st.sampled_from(["female", "male"]), st.sampled_from([25, 35, 45])
)


def rows(groups: dict[tuple[str, str, int], int]) -> pl.DataFrame:
    """That many subjects in each group, entitled and counted before, and out after."""
    held = [key for key, number in groups.items() for _ in range(number)]
    frame = pl.DataFrame(
        held, schema={"town": pl.String, "sex": pl.String, "age": pl.Int16}, orient="row"
    )
    return frame.with_columns(
        pl.lit("entitled", OUTCOME).alias("outcome_b"),
        pl.lit("not_entitled", OUTCOME).alias("outcome_a"),
        pl.lit(True).alias("granted_b"),
        pl.lit(False).alias("granted_a"),
        *(
            pl.lit(fen, pl.Int64).alias(f"{kind}_{side}")
            for kind in ("payable", "unconfirmed")
            for side, fen in (("b", 100), ("a", 0))
        ),
    )


@given(st.dictionaries(group, st.integers(1, 9), min_size=1))
def test_the_parts_of_what_is_kept_back_are_kept_back(
    groups: dict[tuple[str, str, int], int],
) -> None:
    found = cells(rows(groups), "abcd", internal=False)
    for kind, margin in (("town", found.by_town), ("sex", found.by_sex), ("age", found.by_age)):
        for total in margin:
            parts = [cell for cell in found.cross if getattr(cell, kind) == getattr(total, kind)]
            whole = sum(cell.numbers["entitled_before"] for cell in parts)
            assert whole == total.numbers["entitled_before"]
            back = [cell for cell in parts if cell.hidden]
            if total.hidden:
                assert back == parts
            elif back:
                # What is shown of the parts, taken from the total, leaves several together.
                assert sum(cell.numbers["moved_out"] for cell in back) > 2


@given(st.dictionaries(group, st.integers(1, 9), min_size=1))
def test_inside_the_bureau_nothing_is_kept_back(groups: dict[tuple[str, str, int], int]) -> None:
    found = cells(rows(groups), "abcd", internal=True)
    shown = {(cell.town, cell.sex, cell.age): cell for cell in found.cross}
    assert {key: cell.numbers["moved_out"] for key, cell in shown.items()} == groups
    assert not any(cell.hidden for cell in (*found.by_town, *found.by_sex, *found.by_age))


def of(*fen: int, unknown: tuple[int, ...] = ()) -> pl.DataFrame:
    places = range(len(fen))
    return pl.DataFrame(
        {"change": fen, "unknown": [at in unknown for at in places]},
        schema={"change": pl.Int64, "unknown": pl.Boolean},
    )


def test_the_median_of_an_even_number_is_the_smaller_of_the_middle_two() -> None:
    told = gains(of(40, 10, 30, 20, -5, -9, -7, 0), internal=False)
    assert (told.winners, told.more) == (4, 20)
    assert (told.losers, told.less) == (3, -7)
    assert gains(of(-4, -1, -3, -2), internal=False).less == -2


def test_the_median_of_one_or_two_is_kept_back() -> None:
    assert gains(of(5, 9, -3), internal=False).more is None
    assert gains(of(5, 9, -3), internal=True).more == 5
    assert gains(of(5, 9, -3), internal=True).less == -3
    assert gains(of(0, 0), internal=True).more is None


def test_an_amount_not_known_counts_only_where_nothing_else_is_known() -> None:
    told = gains(of(5, 0, 0, unknown=(0, 1)), internal=True)
    assert (told.winners, told.losers, told.unknown) == (1, 0, 1)


@pytest.mark.parametrize(
    ("first", "words"),
    [
        (0, ("未满16周岁", "under 16")),
        (25, ("25至34周岁", "25 to 34")),
        (65, ("65周岁以上", "65 and over")),
        (None, ("不涉及个人或未提供", "no person, or not known")),
    ],
)
def test_bands_in_words(first: int | None, words: tuple[str, str]) -> None:
    assert age_words(first) == words
