"""A whole synthetic district: invented, rendered register by register, spoilt on request, written.

The same seed, number of people, day and options give the same tables always, and the same bytes in
CSV, whatever the machine and its number of cores.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np
import polars as pl

from wenye.registers.model import (
    MODEL,
    Award,
    Benefit,
    Business,
    Certification,
    Contribution,
    Employer,
    Employment,
    FlexibleWork,
    Graduation,
    Person,
    Unemployment,
)
from wenye.registers.snapshot import replacing
from wenye.rules.facts import Entity
from wenye.simulation.synthetic import assumptions as a
from wenye.simulation.synthetic import businesses, careers, employers, insurance, people, support
from wenye.simulation.synthetic.dates import NONE
from wenye.simulation.synthetic.draws import Draws, Flags
from wenye.simulation.synthetic.explanation import write_explanation
from wenye.simulation.synthetic.files import (
    is_synthetic_district,
    write_complete_to,
    write_register,
)
from wenye.simulation.synthetic.formats import Format, usual_format
from wenye.simulation.synthetic.gaps import leave_out
from wenye.simulation.synthetic.mess import Mess, make_messy
from wenye.simulation.synthetic.numbers import (
    credit_codes,
    employer_names,
    identity_numbers,
    people_names,
)
from wenye.simulation.synthetic.tables import as_texts, identity, render

FEWEST_PEOPLE = 20
MOST_PEOPLE = 5_000_000
MOST_PEOPLE_IN_WORKBOOKS = 200_000
MOST_UNITS = 127
AS_OF = dt.date(2026, 10, 31)


class DistrictRefused(ValueError):
    """A district that cannot be invented as asked: what was wrong, where, and the mend."""

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        self.what = what
        self.where = where
        self.mend = mend
        super().__init__(what)


class Progress(Protocol):
    """What hears how far the work is."""

    def __call__(self, stage: str, done: int, total: int, /) -> None:
        """``done`` of ``total`` parts of ``stage`` are finished."""


@dataclass(frozen=True, slots=True)
class SyntheticDistrict:
    """What was written: the order, rows by register (added rows included), and the mess put in."""

    folder: Path
    people: int
    seed: int
    as_of: dt.date
    form: Format
    errors: float
    files: dict[str, str]  # register name → file name
    rows: dict[str, int]
    mess: Mess = field(default_factory=Mess)


@dataclass(frozen=True, slots=True)
class Registers:
    """All registers, typed, references as positions; number and name of people and employers."""

    frames: dict[type[Entity], pl.DataFrame]
    people: pl.DataFrame
    employers: pl.DataFrame


def generate(
    folder: Path,
    *,
    people: int,
    seed: int,
    units: Sequence[str],
    errors: float = 0.0,
    form: Format | None = None,
    as_of: dt.date = AS_OF,
    progress: Progress | None = None,
) -> SyntheticDistrict:
    """Write a synthetic district of ``people`` people over ``units`` (their codes) to ``folder``.

    ``errors`` is the share of rows of each register that is made messy. An earlier synthetic
    district in ``folder`` is replaced once the new one is complete; a folder with anything else in
    it is refused. ``DistrictRefused`` says what cannot be had.
    """
    form = form or usual_format(people)
    _check(folder, people, seed, units, errors, form, as_of)
    report = progress or (lambda stage, done, total, /: None)
    total = len(MODEL) + 1
    report("生成合成辖区", 0, total)
    registers = invent(people, seed, units, as_of)
    report("生成合成辖区", 1, total)
    with replacing(folder, ours=lambda name: True) as fresh:
        written = _write(registers, fresh, people, seed, errors, form, as_of, report)
        write_complete_to(fresh, as_of)
        done = SyntheticDistrict(folder, people, seed, as_of, form, errors, *written)
        write_explanation(fresh, done)
    return done


def invent(n: int, seed: int, units: Sequence[str], as_of: dt.date = AS_OF) -> Registers:
    """The registers of ``n`` invented people, in memory."""
    codes = pl.Series(units, dtype=pl.String)
    someone = people.invent_people(seed, n, len(units), as_of)
    firms = employers.invent_employers(seed, n, len(units))
    lives = careers.invent_careers(seed, someone, firms, as_of)
    registered = careers.register_unemployed(seed, lives)
    paid = insurance.invent_contributions(seed, lives)
    certified = support.certify(seed, someone, lives, registered)
    founded = businesses.businesses_frame(seed, someone, firms, lives)
    _make_officers(someone, founded, seed)
    here = lives.employer[(lives.state == careers.JOB) & (lives.last == NONE)]
    employed = np.bincount(here, minlength=len(firms)).astype(np.int32)
    benefits = insurance.benefits_frame(seed, someone, lives, registered, paid)
    awards = support.awards_frame(seed, lives, firms, registered, certified)
    frames: dict[type[Entity], pl.DataFrame] = {
        Person: people.people_frame(someone, codes),
        Employer: employers.employers_frame(firms, employed, codes, seed),
        Employment: careers.employment_frame(lives),
        Unemployment: careers.unemployment_frame(lives, registered),
        FlexibleWork: careers.flexible_frame(lives, seed),
        Contribution: insurance.contributions_frame(lives, paid, seed),
        Benefit: benefits,
        Certification: support.certifications_frame(certified),
        Graduation: people.graduations_frame(someone, seed),
        Business: founded,
        Award: awards,
    }
    return Registers(
        {entity: leave_out(entity, frames[entity], seed) for entity in MODEL},
        identity(
            identity_numbers(someone.birth, someone.sex), people_names(Draws(seed, "names"), n)
        ),
        identity(credit_codes(firms.kind, seed), employer_names(firms.kind)),
    )


def _make_officers(someone: people.People, founded: pl.DataFrame, seed: int) -> None:
    """Most founders of a business that is open are its legal representatives."""
    founders = founded.filter(pl.col("closed_on").is_null())["founder"].to_numpy()
    chosen = Draws(seed, "officers").chance(a.FOUNDER_IS_OFFICER, len(founders))
    someone.officer[founders[chosen]] = True


def _write(
    registers: Registers,
    folder: Path,
    n: int,
    seed: int,
    errors: float,
    form: Format,
    as_of: dt.date,
    report: Progress,
) -> tuple[dict[str, str], dict[str, int], Mess]:
    """Render, spoil and write one register after the other, so that only one is held as text."""
    files: dict[str, str] = {}
    rows: dict[str, int] = {}
    slips: dict[str, dict[str, int]] = {}
    consequences: dict[str, int] = {}
    lost: dict[type[Entity], Flags] = {}
    for place, entity in enumerate(MODEL, start=2):
        name = entity.register.name
        frame = registers.frames[entity]
        table = render(entity, frame, registers.people, registers.employers)
        if errors > 0:
            untouchable = _refers_to_lost(entity, frame, lost)
            consequences[name] = int(untouchable.sum())
            table, slips[name], lost[entity] = make_messy(
                entity, as_texts(table), errors, seed, as_of, untouchable
            )
        files[name] = write_register(entity, table, folder, form).name
        rows[name] = len(table)
        report("生成合成辖区", place, len(MODEL) + 1)
    return files, rows, Mess(slips, consequences)


def _refers_to_lost(
    entity: type[Entity], frame: pl.DataFrame, lost: dict[type[Entity], Flags]
) -> Flags:
    """Rows that refer to a person or employer whose own row will be rejected."""
    result = np.zeros(len(frame), dtype=np.bool_)
    for name, fact in entity.facts().items():
        if fact.kind.name == "key":
            known = frame[name].is_not_null().to_numpy()
            target = frame[name].fill_null(0).to_numpy()
            result |= known & lost[fact.target][target]
    return result


def _check(
    folder: Path,
    people: int,
    seed: int,
    units: Sequence[str],
    errors: float,
    form: Format,
    as_of: dt.date,
) -> None:
    if not FEWEST_PEOPLE <= people <= MOST_PEOPLE:
        raise DistrictRefused(
            f"不能生成 {people:,} 人 / cannot invent {people:,} people",
            mend=f"人数在 {FEWEST_PEOPLE} 与 {MOST_PEOPLE:,} 之间 / between these",
        )
    if form is Format.XLSX and people > MOST_PEOPLE_IN_WORKBOOKS:
        raise DistrictRefused(
            f"{people:,} 人的登记册放不进工作表 / too many rows for workbooks",
            mend="改用 --format parquet 或 csv / use --format parquet or csv",
        )
    if seed < 0:
        raise DistrictRefused("种子不能为负 / the seed is negative", mend="--seed 0, 1, 2 …")
    if not 0 <= errors <= 0.5:
        raise DistrictRefused(
            f"错误比例 {errors} 不在 0 与 0.5 之间 / share of errors out of range",
            mend="例如 --errors 0.02 / for example --errors 0.02",
        )
    if not 1 <= len(units) <= MOST_UNITS:
        raise DistrictRefused(
            f"街镇数为 {len(units)} / {len(units)} units",
            mend=f"1 至 {MOST_UNITS} 个 / from 1 to {MOST_UNITS}",
        )
    if not dt.date(2021, 1, 1) <= as_of <= dt.date(2060, 12, 31):
        raise DistrictRefused(
            f"数据日期 {as_of} 不在 2021 年至 2060 年之间 / day of the data out of range",
            mend="例如 --as-of 2026-10-31 / for example --as-of 2026-10-31",
        )
    if folder.exists() and not folder.is_dir():
        raise DistrictRefused(
            "这是文件，不是文件夹 / a file, not a folder", where=str(folder), mend="换一个文件夹"
        )
    if folder.is_dir() and any(folder.iterdir()) and not is_synthetic_district(folder):
        raise DistrictRefused(
            "文件夹里有别的东西 / the folder holds something else",
            where=str(folder),
            mend="换一个空文件夹 / give an empty or a new folder",
        )
