"""The day to which each register is complete, as the senders state it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from wenye.registers import days
from wenye.registers.csv_file import read_csv
from wenye.registers.errors import RegisterError
from wenye.registers.model import MODEL
from wenye.registers.texts import clean
from wenye.rules import calendar
from wenye.rules.errors import did_you_mean
from wenye.rules.facts import Entity

FILE_NAMES = ("完整日期.csv", "complete_to.csv")
_REGISTER_HEADERS = ("登记册", "register")
_DAY_HEADERS = ("完整至", "complete_to", "complete to")


def is_completeness_file(path: Path) -> bool:
    """Whether the file states completeness days."""
    return path.name.lower() in FILE_NAMES


def complete_days(
    paths: Sequence[Path], for_all: dt.date | None
) -> dict[type[Entity], dt.date | None]:
    """The day for each register: as its file states it, else ``for_all``.

    RegisterError where a file names no register, the same register twice with two days, or no day.
    """
    found: dict[type[Entity], dt.date | None] = dict.fromkeys(MODEL, for_all)
    stated: dict[type[Entity], dt.date] = {}
    for path in paths:
        for row, name, text in _rows(path):
            entity = _register(name, f"{path.name} 第{row}行")
            day = _day(text, f"{path.name} 第{row}行，{entity.register.label}")
            if stated.setdefault(entity, day) != day:
                raise RegisterError(
                    f"“{entity.register.label}”有两个完整日期 / two days for one register",
                    where=path.name,
                    mend="只保留一行",
                )
    return {**found, **stated}


def _rows(path: Path) -> list[tuple[int, str, str]]:
    source = read_csv(path)[0]
    header = [(cell or "").strip().lower() for cell in (source.top[0] if source.top else ())]
    register = next((at for at, cell in enumerate(header) if cell in _REGISTER_HEADERS), None)
    day = next((at for at, cell in enumerate(header) if cell in _DAY_HEADERS), None)
    if register is None or day is None:
        raise RegisterError(
            "要有“登记册”和“完整至”两列 / columns register and complete_to are needed",
            where=path.name,
            mend="第一行写：登记册,完整至",
        )
    table = source.load(1).select("row", str(register), str(day))
    return [(row, name or "", text or "") for row, name, text in table.rows()]


def _register(name: str, place: str) -> type[Entity]:
    wanted = name.strip().lower()
    names = {
        text.lower(): entity
        for entity in MODEL
        for text in (entity.register.label, entity.register.label_en, entity.register.name)
    }
    if wanted not in names:
        raise RegisterError(
            f"没有登记册“{name}” / no such register",
            where=place,
            mend=did_you_mean(wanted, [entity.register.label for entity in MODEL]),
        )
    return names[wanted]


def _day(text: str, place: str) -> dt.date:
    word = clean(pl.col("text"))
    answer = pl.DataFrame({"text": [text]}).select(days.day_value(word)[0]).item()
    if answer is None:
        raise RegisterError(
            f"“{text}”不是日期 / not a day", where=place, mend="写成 2026-10-31；不知道就删去这一行"
        )
    return calendar.date(answer)
