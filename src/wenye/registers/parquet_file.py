"""Reading a Parquet file of a sender's."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from wenye.registers.errors import RegisterError
from wenye.registers.sources import RAGGED, ROW, Source


def read_parquet(path: Path) -> list[Source]:
    """The file's one table; RegisterError where the file is truncated or no Parquet."""
    try:
        names = list(pl.read_parquet_schema(path))
    except (pl.exceptions.PolarsError, OSError) as error:
        raise _damaged(path) from error

    def load(below: int) -> pl.DataFrame:
        try:
            table = pl.read_parquet(path)
        except (pl.exceptions.PolarsError, OSError) as error:
            raise _damaged(path) from error
        table.columns = [str(at) for at in range(table.width)]
        row = pl.int_range(1, pl.len() + 1, dtype=pl.UInt32).alias(ROW)
        return table.with_columns(row, pl.lit(None, pl.String).alias(RAGGED))

    return [Source(path, "", "parquet", [names], load)]


def _damaged(path: Path) -> RegisterError:
    return RegisterError(
        "Parquet 文件不完整或已损坏，无法读取",
        where=path.name,
        mend="请报送单位重新导出或重新传送该文件，核对文件大小",
    )
