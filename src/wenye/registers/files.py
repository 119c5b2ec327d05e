"""Finding the files of a delivery, and which register each of their tables is for.

A table's register is told by the sheet's name (in a workbook of several sheets), by the file's
name, or by its headers. A name counts if it contains a register's label, English label, id or
alias; the longest wins, so that 灵活就业登记 is not taken for 就业登记. Files that are no tables
are left unread and reported; a table file that no register fits refuses the delivery.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from wenye.registers.completeness import is_completeness_file
from wenye.registers.csv_file import read_csv
from wenye.registers.errors import RegisterError
from wenye.registers.headers import Headers, missing, read_headers
from wenye.registers.model import MODEL
from wenye.registers.parquet_file import read_parquet
from wenye.registers.sources import Source
from wenye.registers.workbook import read_workbook
from wenye.rules.errors import did_you_mean
from wenye.rules.facts import Entity

READERS = {".xlsx": read_workbook, ".csv": read_csv, ".txt": read_csv, ".parquet": read_parquet}
_OTHER_TABLES = (".xls", ".xlsb", ".xlsm", ".ods", ".et", ".tsv", ".zip", ".rar", ".7z", ".gz")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its register and headers."""

    source: Source
    entity: type[Entity]
    headers: Headers


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a folder holds: the tables in order of file name and sheet, and what is left unread."""

    sheets: tuple[Sheet, ...]
    completeness: tuple[Path, ...]
    unread: tuple[tuple[str, str], ...]  # (warning, place)
    problems: tuple[RegisterError, ...]


def read_folder(folder: Path) -> Delivery:
    """Open every file of a delivery; its problems are collected, so that all are told at once."""
    if folder.is_file():
        raise RegisterError(
            "这是一个文件，要写它所在的文件夹 / a file; give the folder it is in",
            where=str(folder),
            mend=f"把各登记册的文件放在一个文件夹里，写文件夹：{folder.parent}",
        )
    if not folder.is_dir():
        raise RegisterError(
            "来文文件夹不存在 / no such folder", where=str(folder), mend="检查路径是否写对"
        )
    entries = sorted(path for path in folder.iterdir() if not _is_hidden(path))
    paths = [path for path in entries if path.is_file()]
    sheets: list[Sheet] = []
    completeness: list[Path] = []
    unread = [("unread_folder", path.name) for path in entries if path.is_dir()]
    problems: list[RegisterError] = []
    for path in paths:
        suffix = path.suffix.lower()
        if is_completeness_file(path):
            completeness.append(path)
        elif suffix in _OTHER_TABLES:
            problems.append(_not_readable(path))
        elif suffix not in READERS or (suffix == ".txt" and _named(path.stem) is None):
            unread.append(("unread_file", path.name))
        else:
            try:
                found, ignored = _recognised(path, READERS[suffix](path))
            except RegisterError as error:
                problems.append(error)
            else:
                sheets += found
                unread += [("unread_sheet", source.place) for source in ignored]
    if not sheets and not problems:
        problems.append(_nothing(folder, paths))
    problems += [problem for sheet in sheets for problem in _faults(sheet)]
    return Delivery(tuple(sheets), tuple(completeness), tuple(unread), tuple(problems))


def _is_hidden(path: Path) -> bool:
    return path.name.startswith((".", "~$"))


def _nothing(folder: Path, paths: Sequence[Path]) -> RegisterError:
    labels = "、".join(entity.register.label for entity in MODEL)
    what = (
        "没有可读的登记册文件 / no register files"
        if paths
        else "文件夹是空的 / the folder is empty"
    )
    return RegisterError(
        what, where=str(folder), mend=f"放入 .xlsx、.csv 或 .parquet 文件，以登记册命名：{labels}"
    )


def _not_readable(path: Path) -> RegisterError:
    return RegisterError(
        f"不能直接读入 {path.suffix} 文件 / {path.suffix} files are not read",
        where=path.name,
        mend="另存为 .xlsx 或 CSV（UTF-8）；压缩包请先解开",
    )


def _recognised(path: Path, sources: Sequence[Source]) -> tuple[list[Sheet], list[Source]]:
    found: list[Sheet] = []
    ignored: list[Source] = []
    for source in sources:
        entity = _register_of(path, source)
        if entity is None:
            ignored.append(source)
        else:
            found.append(Sheet(source, entity, read_headers(entity, source.top)))
    if not found:
        raise _unrecognised(path, sources)
    return found, ignored


def _register_of(path: Path, source: Source) -> type[Entity] | None:
    by_sheet = _named(source.sheet)
    by_file = _named(path.stem)
    if source.several:
        return by_sheet or _by_headers(source, by_file)
    return by_file or by_sheet or _by_headers(source, None)


def _unrecognised(path: Path, sources: Sequence[Source]) -> RegisterError:
    labels = "、".join(entity.register.label for entity in MODEL)
    if not sources:
        return RegisterError(
            "文件里没有内容 / the file is empty",
            where=path.name,
            mend="报送带表头的表格，没有记录也要有表头",
        )
    if path.suffix.lower() == ".xlsx":
        names = "、".join(source.sheet for source in sources)
        return RegisterError(
            f"没有一张工作表是登记册；现有：{names} / no sheet is a register",
            where=path.name,
            mend=f"把工作表或文件命名为：{labels}",
        )
    headers = "、".join(cell for cell in (sources[0].top or [[]])[0] if cell)
    return RegisterError(
        f"认不出是哪个登记册；表头：{headers[:200]} / no register fits the headers",
        where=path.name,
        mend=f"把文件命名为：{labels}",
    )


@cache
def _register_names() -> tuple[tuple[str, type[Entity]], ...]:
    """Folded names of the registers, the longest first."""
    names = [
        (_folded(name), entity)
        for entity in MODEL
        for name in (
            entity.register.label,
            entity.register.label_en,
            entity.register.name,
            *entity.register.aliases,
        )
    ]
    return tuple(sorted(names, key=lambda item: -len(item[0])))


def _folded(text: str) -> str:
    return re.sub(r"[\s_-]", "", unicodedata.normalize("NFKC", text).lower())


def _named(name: str) -> type[Entity] | None:
    folded = _folded(name)
    return next((entity for text, entity in _register_names() if text in folded), None)


def _by_headers(source: Source, only: type[Entity] | None) -> type[Entity] | None:
    """The register whose needed columns are all there and most columns fit; None if two tie."""
    fits: list[tuple[int, type[Entity]]] = []
    for entity in MODEL if only is None else (only,):
        headers = read_headers(entity, source.top)
        if headers.names and not missing(entity, headers):
            fits.append((len(headers.names), entity))
    best = max((count for count, _ in fits), default=0)
    chosen = [entity for count, entity in fits if count == best]
    return chosen[0] if len(chosen) == 1 else None


def _faults(sheet: Sheet) -> list[RegisterError]:
    """What is wrong with a table's headers."""
    place = f"{sheet.source.place}（{sheet.entity.register.label}）"
    problems = []
    lacking = missing(sheet.entity, sheet.headers)
    if lacking:
        named = "、".join(f"“{column.label}”" for column in lacking)
        near = did_you_mean(lacking[0].label, sheet.headers.unknown)
        hint = near.replace("did you mean", "是不是").replace("known:", "现有未识别的列：")
        problems.append(
            RegisterError(
                f"缺少必需的列：{named} / required columns are missing",
                where=place,
                mend=f"补上该列，或按数据字典改列名；{hint}" if hint else "补上该列",
            )
        )
    if sheet.headers.twice:
        named = "、".join(f"“{label}”" for label in sheet.headers.twice)
        problems.append(
            RegisterError(
                f"有两列都是{named} / two columns for one fact", where=place, mend="只保留其中一列"
            )
        )
    return problems
