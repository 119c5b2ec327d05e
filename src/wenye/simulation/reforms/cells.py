"""What a change does by town, sex and age: counts and fen, none lost and none counted twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from wenye.determination.costs import UNKNOWN_TOWN
from wenye.registers.model import Person
from wenye.rules.values import yuan
from wenye.simulation.reforms.movements import MOVEMENTS
from wenye.simulation.reforms.side_by_side import BANDS
from wenye.simulation.reforms.small_cells import kept_back

COUNTS = (
    "entitled_before",
    "moved_in",
    "moved_out",
    "entitled_after",
    "counted_before",
    "counted_after",
)
FEN = ("payable_before", "payable_after", "unconfirmed_before", "unconfirmed_after")
NOBODY, NOBODY_EN = "不涉及个人或未提供", "no person, or not known"


@dataclass(frozen=True, slots=True)
class Cell:
    """One group: its codes (null: not known), counts of subjects, fen over the coming months.

    ``hidden`` cells are kept back from whatever is given out.
    """

    town: str | None
    sex: str | None
    age: int | None
    numbers: dict[str, int]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Cells:
    """All groups of a scheme, and the same summed over all but one of town, sex and age."""

    cross: tuple[Cell, ...]
    by_town: tuple[Cell, ...] = field(default=())
    by_sex: tuple[Cell, ...] = field(default=())
    by_age: tuple[Cell, ...] = field(default=())

    def as_json(self, towns: dict[str, str]) -> dict[str, Any]:
        """Plain data; what is kept back is null."""
        return {
            "by_town": [
                {"town": cell.town, "town_name": town_name(cell.town, towns), **told(cell)}
                for cell in self.by_town
            ],
            "by_sex": [{"sex": cell.sex, **told(cell)} for cell in self.by_sex],
            "by_age": [{"age": age_words(cell.age)[1], **told(cell)} for cell in self.by_age],
            "by_town_sex_age": [
                {
                    "town": cell.town,
                    "town_name": town_name(cell.town, towns),
                    "sex": cell.sex,
                    "age": age_words(cell.age)[1],
                    **told(cell),
                }
                for cell in self.cross
            ],
        }


def told(cell: Cell) -> dict[str, Any]:
    """A cell's numbers as plain data: amounts in yuan as strings, null where kept back."""
    if cell.hidden:
        return {"kept_back": True, **dict.fromkeys((*COUNTS, *FEN))}
    return {
        "kept_back": False,
        **{name: cell.numbers[name] for name in COUNTS},
        **{name: yuan(cell.numbers[name]) for name in FEN},
    }


def cells(rows: pl.DataFrame, towns: Sequence[str], *, internal: bool) -> Cells:
    """The groups of a scheme's rows (``side_by_side``); nothing is kept back if ``internal``."""
    was, now = pl.col("outcome_b") == "entitled", pl.col("outcome_a") == "entitled"
    grouped = rows.group_by("town", "sex", "age").agg(
        was.sum().cast(pl.Int64).alias("entitled_before"),
        _moved("in").alias("moved_in"),
        _moved("out").alias("moved_out"),
        now.sum().cast(pl.Int64).alias("entitled_after"),
        pl.col("granted_b").sum().cast(pl.Int64).alias("counted_before"),
        pl.col("granted_a").sum().cast(pl.Int64).alias("counted_after"),
        *(
            pl.col(f"{kind}_{side}").sum().alias(f"{kind}_{when}")
            for kind in ("payable", "unconfirmed")
            for side, when in (("b", "before"), ("a", "after"))
        ),
    )
    found = [
        Cell(row["town"], row["sex"], row["age"], {name: row[name] for name in (*COUNTS, *FEN)})
        for row in grouped.iter_rows(named=True)
    ]
    place = {code: at for at, code in enumerate(towns)}
    found = [cell for cell in found if any(cell.numbers.values())]
    found.sort(key=lambda cell: (_place(place, cell.town), _sex_place(cell.sex), _age(cell.age)))
    by_town = _hide(_summed(found, lambda c: Cell(c.town, None, None, {})), internal)
    by_sex = _hide(_summed(found, lambda c: Cell(None, c.sex, None, {})), internal)
    by_age = _hide(_summed(found, lambda c: Cell(None, None, c.age, {})), internal)
    back = {
        (kind, getattr(cell, kind))
        for kind, margin in (("town", by_town), ("sex", by_sex), ("age", by_age))
        for cell in margin
        if cell.hidden
    }
    parts = [{(kind, getattr(cell, kind)) for kind in ("town", "sex", "age")} for cell in found]
    cross = _hide(
        found,
        internal,
        [lambda c: c.town, lambda c: c.sex, lambda c: c.age],
        [bool(part & back) for part in parts],
    )
    return Cells(cross, by_town, by_sex, by_age)


def _moved(movement: str) -> pl.Expr:
    was, now = MOVEMENTS[movement]
    return (pl.col("outcome_b").is_in(was) & pl.col("outcome_a").is_in(now)).sum().cast(pl.Int64)


def _place(places: dict[str, int], town: str | None) -> tuple[int, str]:
    return places.get(town or "", len(places) if town else len(places) + 1), town or ""


def _sex_place(sex: str | None) -> int:
    names = [name for name, _ in Person.facts()["sex"].kind.options]
    return names.index(sex) if sex in names else len(names)


def _age(age: int | None) -> int:
    return 999 if age is None else age


def _summed(found: Iterable[Cell], group: Callable[[Cell], Cell]) -> list[Cell]:
    sums: dict[tuple[Any, ...], Cell] = {}
    for cell in found:
        like = group(cell)
        total = sums.setdefault((like.town, like.sex, like.age), like)
        for name, number in cell.numbers.items():
            total.numbers[name] = total.numbers.get(name, 0) + number
    return sorted(sums.values(), key=lambda cell: (_sex_place(cell.sex), _age(cell.age)))


def _hide(
    found: list[Cell],
    internal: bool,
    totals: Sequence[Callable[[Cell], Any]] = (),
    already: Sequence[bool] = (),
) -> tuple[Cell, ...]:
    if internal:
        return tuple(found)
    counts = [
        {
            **{name: cell.numbers[name] for name in COUNTS},
            "net": cell.numbers["counted_after"] - cell.numbers["counted_before"],
        }
        for cell in found
    ]

    def total_at(of: Callable[[Cell], Any]) -> Callable[[int], Any]:
        return lambda place: of(found[place])

    hidden = kept_back(counts, [total_at(of) for of in totals], already)
    return tuple(
        Cell(cell.town, cell.sex, cell.age, cell.numbers, hide)
        for cell, hide in zip(found, hidden, strict=True)
    )


def town_name(town: str | None, towns: dict[str, str]) -> str:
    """A unit's name by its code."""
    return towns.get(town or "", town or UNKNOWN_TOWN)


def sex_words(sex: str | None) -> tuple[str, str]:
    """A sex in Chinese and English."""
    labels = dict(Person.facts()["sex"].kind.options)
    return (labels[sex], sex) if sex in labels else (NOBODY, NOBODY_EN)


def age_words(first: int | None) -> tuple[str, str]:
    """An age band, named by its first age, in Chinese and English."""
    if first is None:
        return NOBODY, NOBODY_EN
    if first == 0:
        return f"未满{BANDS[0]}周岁", f"under {BANDS[0]}"
    at = BANDS.index(first)
    if at + 1 == len(BANDS):
        return f"{first}周岁以上", f"{first} and over"
    return f"{first}至{BANDS[at + 1] - 1}周岁", f"{first} to {BANDS[at + 1] - 1}"
