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

from wenye.registers.model import MODEL
from wenye.registers.snapshot import replacing
from wenye.rules.facts import Entity
from wenye.simulation.synthetic.draws import Flags
from wenye.simulation.synthetic.explanation import write_explanation
from wenye.simulation.synthetic.files import (
    is_synthetic_district,
    write_complete_to,
    write_register,
)
from wenye.simulation.synthetic.formats import Format, usual_format
from wenye.simulation.synthetic.invented import AS_OF, Invented
from wenye.simulation.synthetic.mess import Mess, make_messy
from wenye.simulation.synthetic.tables import as_texts, render

FEWEST_PEOPLE = 20
MOST_PEOPLE = 5_000_000
MOST_PEOPLE_IN_WORKBOOKS = 200_000
MOST_UNITS = 127


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
    registers = Invented(people, seed, units, as_of)
    report("生成合成辖区", 1, total)
    with replacing(folder, ours=lambda name: True) as fresh:
        written = _write(registers, fresh, people, seed, errors, form, as_of, report)
        write_complete_to(fresh, as_of)
        done = SyntheticDistrict(folder, people, seed, as_of, form, errors, *written)
        write_explanation(fresh, done)
    return done


def _write(
    registers: Invented,
    folder: Path,
    n: int,
    seed: int,
    errors: float,
    form: Format,
    as_of: dt.date,
    report: Progress,
) -> tuple[dict[str, str], dict[str, int], Mess]:
    """Invent, render, spoil and write one register after the other: only one is held at a time."""
    files: dict[str, str] = {}
    rows: dict[str, int] = {}
    slips: dict[str, dict[str, int]] = {}
    consequences: dict[str, int] = {}
    lost: dict[type[Entity], Flags] = {}
    for place, entity in enumerate(MODEL, start=2):
        name = entity.register.name
        frame = registers.frame(entity)
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
