"""Mess on request: as much as asked, of every kind, counted; the rest of the rows untouched."""

from __future__ import annotations

import polars as pl
import pytest

from wenye.registers.identifiers import identity_numbers_valid
from wenye.registers.model import MODEL, Employment, Person
from wenye.rules.facts import Entity
from wenye.simulation.synthetic.district import SyntheticDistrict
from wenye.simulation.synthetic.invented import Registers
from wenye.simulation.synthetic.mess import SLIPS, Expected
from wenye.simulation.synthetic.tables import as_texts, render


def read(district: SyntheticDistrict, entity: type[Entity]) -> pl.DataFrame:
    return pl.read_csv(district.folder / district.files[entity.register.name], infer_schema=False)


def clean(registers: Registers, entity: type[Entity]) -> pl.DataFrame:
    table = render(entity, registers.frames[entity], registers.people, registers.employers)
    return as_texts(table)


def added(district: SyntheticDistrict, entity: type[Entity]) -> int:
    kinds = district.mess.rows[entity.register.name]
    return sum(n for name, n in kinds.items() if SLIPS[name].adds)


@pytest.mark.parametrize("entity", MODEL, ids=lambda entity: entity.register.name)
def test_as_many_rows_are_messy_as_were_asked_for(
    messy: SyntheticDistrict, registers: Registers, entity: type[Entity]
) -> None:
    name = entity.register.name
    rows = len(registers.frames[entity])
    assert messy.rows[name] == len(read(messy, entity)) == rows + added(messy, entity)
    assert sum(messy.mess.rows[name].values()) <= round(0.05 * rows)
    assert sum(messy.mess.rows[name].values()) >= 0.9 * round(0.05 * rows)


@pytest.mark.parametrize("entity", MODEL, ids=lambda entity: entity.register.name)
def test_only_the_counted_rows_differ_from_the_clean_ones(
    messy: SyntheticDistrict, registers: Registers, entity: type[Entity]
) -> None:
    before = clean(registers, entity)
    after = read(messy, entity).head(len(before))
    differs = pl.select(
        pl.any_horizontal(before[column].ne_missing(after[column]) for column in before.columns)
    ).to_series()
    kinds = messy.mess.rows[entity.register.name]
    changed = sum(n for name, n in kinds.items() if not SLIPS[name].adds)
    assert differs.sum() == changed


def test_every_kind_of_mess_is_in_some_register(messy: SyntheticDistrict) -> None:
    put_in = {name for kinds in messy.mess.rows.values() for name, n in kinds.items() if n}
    assert put_in == set(SLIPS)


def test_people_carry_each_slip_that_can_be_seen_in_the_file(messy: SyntheticDistrict) -> None:
    people = read(messy, Person)
    number, born = people["证件号码"], people["出生日期"]
    kinds = messy.mess.rows["people"]
    seen = {
        "lower_case_x": number.str.contains(r"^\d{17}x$").sum(),
        "trailing_spaces": number.str.ends_with("  ").sum(),
        "full_width_digits": number.str.contains("[０-９]").sum(),
        "scientific": (number == "9.90114E+17").sum(),
        "missing_number": number.null_count(),
        "compact_day": born.str.contains(r"^\d{8}$").sum(),
        "chinese_day": born.str.contains(r"^\d{4}年\d{1,2}月\d{1,2}日$").sum(),
        "dotted_day": born.str.contains(r"^\d{4}\.\d{1,2}\.\d{1,2}$").sum(),
        "impossible_day": born.str.ends_with("-02-30").sum(),
        "unknown_text": (people["户籍"] == "待核实").sum(),
        "check_digit": (~identity_numbers_valid(number.str.strip_chars()))
        .filter(number.str.contains(r"^[0-9]{17}[0-9X]$"))
        .sum(),
    }
    assert seen == {name: kinds[name] for name in seen}
    assert all(seen.values())


def test_spells_are_reversed_doubled_and_overlapping(messy: SyntheticDistrict) -> None:
    spells = read(messy, Employment)
    kinds = messy.mess.rows["employment"]
    iso = spells.filter(
        pl.col("就业日期").str.contains(r"^\d{4}-\d\d-\d\d$")
        & ~pl.col("就业日期").str.ends_with("-02-30")
    )
    assert (iso["终止日期"] < iso["就业日期"]).sum() == kinds["reversed"]
    assert (iso["就业日期"] > "2029").sum() == kinds["future"]
    assert spells.is_duplicated().sum() >= 2 * kinds["duplicate"]


def test_a_row_is_lost_for_one_reason_only(messy: SyntheticDistrict, registers: Registers) -> None:
    people = read(messy, Person).head(len(registers.people))
    wrong = messy.mess.expected("people", Expected.REJECTED)
    graduations = clean(registers, MODEL[8])
    lost = graduations.filter(~pl.col("证件号码").is_in(people["证件号码"].implode()))
    assert 0 < wrong < messy.mess.rejected("people")
    assert messy.mess.consequences["people"] == 0
    assert messy.mess.consequences["graduations"] > 0
    assert len(lost) > 0


def test_a_clean_district_has_no_mess() -> None:
    from wenye.simulation.synthetic.mess import Mess

    assert Mess().rejected("people") == 0
