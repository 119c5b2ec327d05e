"""Rows that repeat or contradict others: duplicates, two rows for one number, overlapping spells.

The rules, which the reasons state too:

* equal rows: the first stays (in the order of file name, sheet and row);
* several rows with one identity number or credit code and different content: the last stays,
  because senders name files by date;
* overlapping spells (``columns.one_at_a_time`` says within what): the one that began first stays,
  of two that began together the first row; a spell that overlaps rejected ones only stays too.
  Spells by day may share one day, the last of one and the first of the next; spells by month may
  share none.
"""

from __future__ import annotations

import polars as pl

from wenye.registers.columns import NUMBER, columns_of, one_at_a_time
from wenye.registers.faults import AT, WHOLE_ROW, Faults, Warnings
from wenye.rules.facts import Entity

_FOR_EVER = 2**31 - 1


def check_numbers_once(entity: type[Entity], table: pl.DataFrame, faults: Faults) -> None:
    """Leave one row for each number of people or employers."""
    several = table.filter(table[NUMBER].is_duplicated()).sort(AT)
    if several.is_empty():
        return
    content = [column.name for column in columns_of(entity) if column.name != NUMBER]
    contents = pl.struct(content).n_unique().over(NUMBER)
    marked = several.select(
        AT,
        (contents == 1).alias("equal"),
        (pl.col(AT) == pl.col(AT).min().over(NUMBER)).alias("first"),
        (pl.col(AT) == pl.col(AT).max().over(NUMBER)).alias("last"),
    )
    repeated = marked.filter(pl.col("equal") & ~pl.col("first"))
    superseded = marked.filter(~pl.col("equal") & ~pl.col("last"))
    faults.add(repeated[AT], WHOLE_ROW, "duplicate")
    faults.add(superseded[AT], NUMBER, "superseded")


def check_repeats(
    entity: type[Entity], table: pl.DataFrame, faults: Faults, warnings: Warnings
) -> None:
    """Fault equal rows, then spells that overlap an earlier one."""
    groups = one_at_a_time(entity)
    first = entity.spell[0] if entity.spell else entity.dated
    assert first is not None
    order = [*groups, first]
    rows = table.sort([*order, AT])
    same = pl.all_horizontal(pl.col(name).eq_missing(pl.col(name).shift()) for name in order)
    close = rows.select(same & (pl.int_range(pl.len()) > 0)).to_series()
    if close.any():
        near = rows.filter(close | close.shift(-1).fill_null(False)).sort(AT)
        equal = near.filter(
            ~near.select(pl.struct(list(entity.facts())).is_first_distinct()).to_series()
        )
        faults.add(equal[AT], WHOLE_ROW, "duplicate")
        rows = rows.join(equal.select(AT), on=AT, how="anti", maintain_order="left")
    if entity.spell:
        _check_overlaps(entity, rows, groups, faults, warnings)


def _check_overlaps(
    entity: type[Entity],
    rows: pl.DataFrame,
    groups: list[str],
    faults: Faults,
    warnings: Warnings,
) -> None:
    assert entity.spell is not None
    first, last = entity.spell
    by_day = entity.facts()[first].kind.name == "day"
    end = pl.when(pl.col(last) < 0).then(_FOR_EVER).otherwise(pl.coalesce(last, first))
    spells = rows.drop_nulls([*groups, first]).select(
        *groups, AT, pl.col(first).alias("start"), end.alias("end")
    )
    follows = pl.all_horizontal(pl.col(name) == pl.col(name).shift() for name in groups)
    before, start = pl.col("end").shift(), pl.col("start")
    meets = (start < before) | (start == pl.col("start").shift()) if by_day else start <= before
    flags = spells.select(
        (follows & meets).fill_null(False).alias("overlaps"),
        (follows & (start == before) & by_day).fill_null(False).alias("touches"),
    )
    warnings.add(
        "shared_day", entity.register.label, "", int((flags["touches"] & ~flags["overlaps"]).sum())
    )
    if not flags["overlaps"].any():
        return
    suspects = spells.filter(flags["overlaps"]).select(groups).unique()
    found = spells.join(suspects, on=groups, how="semi", maintain_order="left")
    losers = _later_ones(found, groups, by_day)
    faults.add(pl.Series(losers, dtype=pl.UInt32), first, "overlap")


def _later_ones(spells: pl.DataFrame, groups: list[str], by_day: bool) -> list[int]:
    """Of spells in order of group and start: those that overlap one that stays."""
    losers: list[int] = []
    group_of = spells.select(pl.struct(groups).rank("dense")).to_series().to_list()
    kept_group, kept_start, kept_end = None, 0, 0
    for group, at, start, end in zip(
        group_of,
        spells[AT].to_list(),
        spells["start"].to_list(),
        spells["end"].to_list(),
        strict=True,
    ):
        within = start < kept_end or start == kept_start if by_day else start <= kept_end
        if group == kept_group and within:
            losers.append(at)
        else:
            kept_group, kept_start, kept_end = group, start, end
    return losers
