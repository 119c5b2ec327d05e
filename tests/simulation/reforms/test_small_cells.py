"""What is kept back, and that what is shown does not tell it by subtraction."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wenye.simulation.reforms.small_cells import SMALL, kept_back


def test_one_and_two_are_kept_back_and_three_is_not() -> None:
    rows = [{"n": 0}, {"n": 1}, {"n": 2}, {"n": 3}, {"n": 40}]
    assert kept_back(rows) == [False, True, True, False, False]


def test_a_row_is_kept_back_for_any_of_its_counts() -> None:
    rows = [{"n": 9, "moved": 1}, {"n": 9, "moved": 2}, {"n": 9, "moved": 5}]
    assert kept_back(rows) == [True, True, False]


def test_a_single_small_row_takes_the_next_smallest_with_it() -> None:
    rows = [{"n": 50}, {"n": 2}, {"n": 7}, {"n": 0}]
    assert kept_back(rows) == [False, True, True, False]


def test_rows_that_together_are_small_take_another_with_them() -> None:
    rows = [{"n": 1, "m": 9}, {"n": 0, "m": 1}, {"n": 4, "m": 9}, {"n": 8, "m": 90}]
    assert kept_back(rows) == [True, True, True, False]


def test_a_total_that_is_small_itself_hides_no_more_than_it_must() -> None:
    rows = [{"n": 30, "moved": 1}, {"n": 20, "moved": 0}, {"n": 40, "moved": 0}]
    assert kept_back(rows) == [True, True, False]


def test_each_total_told_elsewhere_is_guarded() -> None:
    #: town, sex → count: a small cell hides another of its town, and another of its sex.
    cells = [("a", "f", 2), ("a", "m", 9), ("b", "f", 8), ("b", "m", 7), ("c", "f", 30)]
    rows = [{"n": number} for _, _, number in cells]
    hidden = kept_back(rows, [lambda at: cells[at][0], lambda at: cells[at][1]])
    for town in "abc":
        assert sum(hidden[at] for at, cell in enumerate(cells) if cell[0] == town) != 1
    for sex in "fm":
        assert sum(hidden[at] for at, cell in enumerate(cells) if cell[1] == sex) != 1


counts = st.lists(
    st.fixed_dictionaries({"n": st.integers(0, 12), "m": st.integers(0, 12)}), max_size=9
)


@given(counts)
def test_no_difference_to_the_total_tells_a_small_number(rows: list[dict[str, int]]) -> None:
    hidden = kept_back(rows)
    for counts_of, hide in zip(rows, hidden, strict=True):
        assert hide or not any(number in SMALL for number in counts_of.values())
    back = [row for row, hide in zip(rows, hidden, strict=True) if hide]
    shown = [row for row, hide in zip(rows, hidden, strict=True) if not hide]
    if not back or not any(any(row.values()) for row in shown):
        return
    assert len(back) > 1
    for name in ("n", "m"):
        whole = sum(row[name] for row in rows)
        if whole not in SMALL:
            assert whole - sum(row[name] for row in shown) not in SMALL
