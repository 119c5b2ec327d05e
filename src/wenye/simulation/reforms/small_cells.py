"""Small numbers kept back, so that a table of towns, sexes and ages points at nobody.

A row in which some count is one or two is kept back whole, since its other counts would tell it.
Where a single row of a table is kept back, the total would tell it: the next smallest goes with it,
and so on until at least two rows are kept back, and no count of them together is one or two. In the
table by town, sex and age that holds within each town, each sex and each age; and of a town, sex or
age that is kept back itself, nothing is shown, since its parts would add up to it.

This is not proof against somebody who subtracts several tables, or runs, from one another.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence

#: Counts that are kept back.
SMALL = (1, 2)

Counts = Mapping[str, int]


def is_small(counts: Counts) -> bool:
    """Whether a row must be kept back for itself."""
    return any(abs(count) in SMALL for count in counts.values())


def kept_back(
    rows: Sequence[Counts],
    totals_by: Sequence[Callable[[int], Hashable]] = (),
    already: Sequence[bool] = (),
) -> list[bool]:
    """For each row, whether it is kept back; ``already`` are for other reasons.

    ``totals_by`` gives, for each kind of total that is told elsewhere, the total to which the row
    at a place belongs; without any there is one total of all rows.
    """
    hidden = [is_small(counts) for counts in rows]
    if already:
        hidden = [one or other for one, other in zip(hidden, already, strict=True)]
    kinds = totals_by or [lambda place: None]
    changed = True
    while changed:
        changed = False
        for total_of in kinds:
            groups: dict[Hashable, list[int]] = {}
            for place in range(len(rows)):
                groups.setdefault(total_of(place), []).append(place)
            for group in groups.values():
                changed = _covered(rows, group, hidden) or changed
    return hidden


def _covered(rows: Sequence[Counts], group: Sequence[int], hidden: list[bool]) -> bool:
    """Keep further rows of the group back until those kept back cannot be told by subtracting."""
    # Where the whole group's total is small, everyone knows it, and no row need hide it.
    telling = [name for name in rows[group[0]] if abs(_total(rows, group, name)) not in SMALL]
    changed = False
    while True:
        back = [place for place in group if hidden[place]]
        shown = [place for place in group if not hidden[place] and any(rows[place].values())]
        told = len(back) == 1 or any(abs(_total(rows, back, name)) in SMALL for name in telling)
        if not told or not shown:
            return changed
        smallest = min(shown, key=lambda place: (sum(map(abs, rows[place].values())), place))
        hidden[smallest] = changed = True


def _total(rows: Sequence[Counts], places: Sequence[int], name: str) -> int:
    return sum(rows[place][name] for place in places)
