"""Intake: a folder of bureau files in, registers out, every row that is not taken in comes back.

For each register, in the order of the model (references point upwards): read and stack its tables,
parse, check numbers, ranges, references and repeats, give keys, keep the good rows and return the
others with their reasons. Rows in = accepted + rejected, for every file and register, always. The
snapshot replaces the previous one in a single step, or not at all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import polars as pl

from wenye.registers import vault
from wenye.registers.columns import IDENTITY_COLUMNS, NAME, NUMBER, columns_of
from wenye.registers.completeness import complete_days
from wenye.registers.errors import IntakeRefused, RegisterError
from wenye.registers.faults import AT, Faults, Warnings
from wenye.registers.files import Delivery, Sheet, read_folder
from wenye.registers.identity import Places, check_numbers, note_conflicts
from wenye.registers.keys import assign
from wenye.registers.model import MODEL, Person
from wenye.registers.ranges import check_ranges
from wenye.registers.reading import Names, Part, Reading, read_register
from wenye.registers.references import Known, resolve
from wenye.registers.rejected import OWN_COLUMNS, Rejected, as_rejected, said, write_workbook
from wenye.registers.repeats import check_numbers_once, check_repeats
from wenye.registers.report import (
    FileReport,
    IntakeReport,
    RegisterReport,
    file_as_json,
    summary_rows,
)
from wenye.registers.schema import KEY, table_schema
from wenye.registers.sources import RAGGED, ROW
from wenye.registers.store import MANIFEST, REJECTED, write
from wenye.rules.facts import Entity


class Progress(Protocol):
    """Told how far the intake is: ``done`` of ``total`` parts of ``what``."""

    def __call__(self, what: str, done: int, total: int) -> None: ...


@dataclass
class _State:
    """What the registers read so far leave for the next ones."""

    days: dict[type[Entity], dt.date | None]
    today: dt.date
    names: Names
    identities: pl.DataFrame
    warnings: Warnings = field(default_factory=Warnings)
    known: dict[type[Entity], Known] = field(default_factory=dict)
    tables: dict[type[Entity], pl.DataFrame] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)
    files: list[FileReport] = field(default_factory=list)
    registers: list[RegisterReport] = field(default_factory=list)
    places: Places = field(default_factory=Places)


def intake(
    folder: str | Path,
    registers: str | Path,
    *,
    complete_to: dt.date | None = None,
    names: Names | None = None,
    today: dt.date | None = None,
    progress: Progress | None = None,
) -> IntakeReport:
    """Take the files of ``folder`` into the folder ``registers``, which is replaced whole.

    ``complete_to`` is the completeness day of every register that 完整日期.csv does not name.
    ``names`` maps, for a code fact, names and codes to codes: ``{"town": {"甲镇": "990101"}}``.
    ``today`` bounds days where a register has no completeness day. Raises IntakeRefused where the
    input as a whole is refused, RegisterError where the previous registers or their key are
    unusable, OSError where the disk refuses; the previous registers stand in all these cases.
    """
    folder, registers = Path(folder), Path(registers)
    _refuse_target(folder, registers)
    delivery = read_folder(folder)
    problems = [*delivery.problems, *_missing_targets(delivery.sheets)]
    try:
        days = complete_days(delivery.completeness, complete_to)
    except RegisterError as error:
        problems.append(error)
    if problems:
        raise IntakeRefused(problems)
    state = _State(days, today or dt.date.today(), names or {}, vault.read_identities(registers))
    for warning, place in delivery.unread:
        state.warnings.add(warning, place)
    steps = [entity for entity in MODEL if any(sheet.entity is entity for sheet in delivery.sheets)]
    for done, entity in enumerate(steps):
        if progress is not None:
            progress("读入登记册", done, len(steps) + 1)
        _take_in(entity, [sheet for sheet in delivery.sheets if sheet.entity is entity], state)
    _note_completeness(delivery, state)
    if progress is not None:
        progress("读入登记册", len(steps), len(steps) + 1)
    report = _write(registers, state, synthetic=_says_synthetic(folder))
    if progress is not None:
        progress("读入登记册", len(steps) + 1, len(steps) + 1)
    return report


def _refuse_target(folder: Path, registers: Path) -> None:
    """Refuse a target that could not be replaced, before any work is done."""
    if registers.is_dir():
        if folder.resolve() == registers.resolve():
            raise RegisterError(
                "来文文件夹和登记册文件夹不能相同 / source and target are the same folder",
                where=str(registers),
                mend="登记册写到另一个文件夹",
            )
        if any(registers.iterdir()) and not (registers / MANIFEST).is_file():
            raise RegisterError(
                "目标文件夹里有别的文件，不是登记册 / the target holds other files",
                where=str(registers),
                mend="换一个新的或空的文件夹",
            )
    elif registers.exists():
        raise RegisterError(
            "目标不是文件夹 / the target is not a folder",
            where=str(registers),
            mend="换一个文件夹",
        )


def _missing_targets(sheets: Sequence[Sheet]) -> list[RegisterError]:
    """Registers that cannot be read because the one they always refer to was not delivered."""
    delivered = {sheet.entity for sheet in sheets}
    lacking: dict[str, list[str]] = {}
    for entity in MODEL:
        for fact in entity.facts().values():
            always = fact.kind.name == "key" and not fact.may_be_absent
            if always and entity in delivered and fact.target not in delivered:
                lacking.setdefault(fact.target.register.label, []).append(entity.register.label)
    return [
        RegisterError(
            f"没有报送登记册“{label}”，而{'、'.join(dict.fromkeys(needing))}要引用它"
            " / a register that others refer to is missing",
            mend=f"把“{label}”文件放进同一文件夹",
        )
        for label, needing in lacking.items()
    ]


def _take_in(entity: type[Entity], sheets: Sequence[Sheet], state: _State) -> None:
    reading = read_register(entity, sheets, state.names, state.warnings)
    faults, day = reading.faults, state.days[entity]
    table = reading.table
    if entity in IDENTITY_COLUMNS:
        table = check_numbers(entity, table, faults, state.warnings)
    check_ranges(entity, table, day or state.today, faults)
    table = resolve(entity, table, state.known, faults)
    if entity in IDENTITY_COLUMNS:
        check_numbers_once(entity, faults.without(table), faults)
        _give_keys(entity, table, faults, state)
    else:
        check_repeats(entity, faults.without(table), faults, state.warnings)
        columns = [name for name in table_schema(entity) if name != KEY]
        state.tables[entity] = faults.without(table).select(columns)
    _account(reading, state.tables[entity].height, day, state)


def _give_keys(entity: type[Entity], table: pl.DataFrame, faults: Faults, state: _State) -> None:
    good = faults.without(table)
    mine = pl.col("register") == entity.register.name
    known = state.identities.filter(mine).select("number", "key")
    keys = assign(good[NUMBER], known)
    good = good.join(keys, on=NUMBER, how="left", maintain_order="left")
    all_numbers = table[NUMBER].drop_nulls().unique()
    refused = all_numbers.filter(~all_numbers.is_in(good[NUMBER].implode()))
    state.known[entity] = Known(keys, refused)
    if entity is Person:
        state.places = note_conflicts(good, state.warnings)
    state.tables[entity] = good.select(list(table_schema(entity)))
    people = good.select(pl.lit(entity.register.name).alias("register"), KEY, NUMBER, NAME)
    departed = state.identities.filter(mine).join(people, on=NUMBER, how="anti")
    others = state.identities.filter(~mine)
    state.identities = pl.concat([others, departed, people.sort(KEY)])


def _account(reading: Reading, accepted: int, day: dt.date | None, state: _State) -> None:
    """Count the register's rows, and prepare those that go back."""
    entity, register = reading.entity, reading.entity.register
    faults = reading.faults.frame()
    rows = reading.faults.rows()
    if accepted + len(rows) != reading.rows:
        raise AssertionError(
            f"{register.name}: {reading.rows} rows in, {accepted} accepted, {len(rows)} rejected"
        )
    for part in reading.parts:
        last = part.first + part.raw.height
        back = int(((rows >= part.first) & (rows < last)).sum())
        source = part.sheet.source
        state.files.append(
            FileReport(
                source.path.name,
                source.sheet,
                source.form,
                register.name,
                register.label,
                part.raw.height,
                part.raw.height - back,
                back,
            )
        )
    counts = dict(faults["fault"].value_counts(sort=True).rows())
    state.registers.append(
        RegisterReport(
            register.name,
            register.label,
            reading.rows,
            accepted,
            len(rows),
            counts,
            day.isoformat() if day else None,
        )
    )
    if len(rows):
        frames = [_returned(part, rows, faults) for part in reading.parts]
        joined = pl.concat([frame for frame in frames if frame.height], how="diagonal")
        sent = [name for name in joined.columns if name not in OWN_COLUMNS]
        state.rejected.append(Rejected(entity, joined.select(*sent, *OWN_COLUMNS), counts))


def _returned(part: Part, rows: pl.Series, faults: pl.DataFrame) -> pl.DataFrame:
    """The rejected rows of one table, in its order, as their sender is to see them."""
    mine = rows.filter((rows >= part.first) & (rows < part.first + part.raw.height))
    raw = part.raw[(mine - part.first).to_list()]
    headers, source = part.sheet.headers, part.sheet.source
    names = {column.name: column.label for column in columns_of(part.sheet.entity)}
    names |= {column.name: headers.texts[at] for at, column in headers.found.items()}
    words = said(faults.join(mine.alias(AT).to_frame(), on=AT, how="semi"), names).sort(AT)
    cells = as_rejected(raw.drop(ROW, RAGGED), headers.texts)
    place = source.place
    return cells.with_columns(
        pl.lit(place).alias("文件"),
        raw[ROW].cast(pl.Int64).alias("行"),
        *(words[name] for name in ("列", "原因", "怎么办")),
    )


def _note_completeness(delivery: Delivery, state: _State) -> None:
    stated = complete_days(delivery.completeness, None)
    for entity in MODEL:
        label = entity.register.label
        if entity in state.tables and state.days[entity] is None:
            state.warnings.add("no_complete_date", label)
        if entity not in state.tables and stated[entity] is not None:
            state.warnings.add("complete_date_unused", label)


def _says_synthetic(folder: Path) -> bool:
    """Whether a note among the files says that all of it is invented."""
    try:
        with (folder / "说明.txt").open(encoding="utf-8-sig", errors="replace") as note:
            return note.readline().startswith("合成数据")
    except OSError:
        return False


def _write(registers: Path, state: _State, *, synthetic: bool) -> IntakeReport:
    key_file = vault.key_path(registers)
    made = not key_file.exists()
    key = vault.make_key(key_file) if made else vault.read_key(key_file)
    entries: dict[str, Any] = {
        "accepted": sum(part.accepted for part in state.registers),
        "rejected": sum(part.rejected for part in state.registers),
        "synthetic": synthetic,
        "files": [file_as_json(file) for file in state.files],
    }

    def beside(folder: Path) -> None:
        vault.write_identities(folder, state.identities, key)
        if state.rejected:
            summary = summary_rows(tuple(state.registers), tuple(state.files))
            write_workbook(folder / REJECTED, summary, state.rejected)

    try:
        written = write(registers, state.tables, state.days, intake=entries, beside=beside)
    except BaseException:
        if made:
            key_file.unlink(missing_ok=True)
        raise
    return IntakeReport(
        registers,
        tuple(state.files),
        tuple(state.registers),
        state.warnings.list(),
        state.places,
        registers / REJECTED if state.rejected else None,
        key_file,
        written.digest,
    )
