"""The folder that a comparison is written to; it appears whole, or the previous one stays."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from wenye.determination.results import ResultsError
from wenye.registers.snapshot import replacing
from wenye.registers.store import Registers, file_digest
from wenye.simulation.reforms.as_data import as_data
from wenye.simulation.reforms.book import write_book
from wenye.simulation.reforms.comparison import Comparison
from wenye.simulation.reforms.page import write_page

DATA, BOOK, PAGE, MOVED = "comparison.json", "comparison.xlsx", "comparison.html", "moved.parquet"
_OURS = (DATA, BOOK, PAGE, MOVED)


def check_target(folder: Path, registers: Registers) -> None:
    """Refuse a folder that must not be replaced, before any work is done: ResultsError."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise ResultsError(
            "目标不是文件夹 / the target is not a folder", where=str(folder), mend="换一个文件夹"
        )
    other = folder.resolve() == registers.folder.resolve()
    if other or (any(folder.iterdir()) and not (folder / DATA).is_file()):
        raise ResultsError(
            "目标文件夹里有别的文件，不是比较结果 / the target holds other files",
            where=str(folder),
            mend="换一个新的或空的文件夹 / give a new or an empty folder",
        )


def write_comparison(found: Comparison, folder: Path) -> Path:
    """Write data, workbook, page and ``moved.parquet`` into ``folder``. Raises OSError."""
    with replacing(folder, ours=lambda name: name in _OURS) as incoming:
        found.moved.write_parquet(incoming / MOVED, compression="zstd", compression_level=1)
        write_book(found, incoming / BOOK)
        write_page(found, incoming / PAGE)
        data: dict[str, Any] = as_data(found)
        files = {path.name: file_digest(path) for path in sorted(incoming.iterdir())}
        data["manifest"] = {**data["manifest"], "files": files}
        text = json.dumps(data, ensure_ascii=False, indent=2)
        (incoming / DATA).write_text(text + "\n", encoding="utf-8")
    return folder
