"""Reading a Parquet file of a sender's."""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl

from wenye.registers.errors import RegisterError
from wenye.registers.sources import RAGGED, ROW, Source

_MAGIC = b"PAR1"
#: What a broken file makes the reader raise; a panic is no Exception.
_BROKEN = (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError)


def read_parquet(path: Path) -> list[Source]:
    """The file's one table; RegisterError where the file is truncated or no Parquet."""
    if not _is_whole(path):
        raise _damaged(path)
    try:
        names = list(pl.read_parquet_schema(path))
    except _BROKEN as error:
        raise _damaged(path) from error

    def load(below: int) -> pl.DataFrame:
        try:
            table = pl.read_parquet(path)
        except _BROKEN as error:
            raise _damaged(path) from error
        table.columns = [str(at) for at in range(table.width)]
        row = pl.int_range(1, pl.len() + 1, dtype=pl.UInt32).alias(ROW)
        return table.with_columns(row, pl.lit(None, pl.String).alias(RAGGED))

    return [Source(path, "", "parquet", [names], load)]


def _is_whole(path: Path) -> bool:
    """Whether the file ends as a Parquet file does: a cut one is told from the first look."""
    with path.open("rb") as file:
        if file.seek(0, os.SEEK_END) < 2 * len(_MAGIC) + 4:
            return False
        file.seek(-len(_MAGIC), os.SEEK_END)
        return file.read() == _MAGIC


def _damaged(path: Path) -> RegisterError:
    return RegisterError(
        "Parquet 文件不完整或已损坏，无法读取",
        where=path.name,
        mend="请报送单位重新导出或重新传送该文件，核对文件大小",
    )
