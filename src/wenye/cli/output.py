"""What a command prints: results to standard output, remarks to standard error."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any


def print_json(data: Any) -> None:
    """Print one JSON document: amounts as strings (yuan), days as ISO dates, keys in order."""
    json.dump(data, sys.stdout, ensure_ascii=False, indent=2, default=_plain)
    sys.stdout.write("\n")


def write_whole(file: Path, text: str) -> None:
    """Written beside and then moved, so that a full disk leaves an earlier file whole.

    Folders that are missing are made; one that cannot be is a ``PolicyError`` that names it.
    """
    _made(file.parent)
    beside = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(file)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(file)) from error
    finally:
        beside.unlink(missing_ok=True)


def _made(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        from wenye.policy.errors import PolicyError

        raise PolicyError(
            f"建不成文件夹，没有写文件 / the folder cannot be made: {error.strerror}",
            where=str(folder),
            mend="换一个能写的位置，或先建好这个文件夹 / name another place, or make it first",
        ) from error


def warn(text: str) -> None:
    """Print a warning line; the exit code stays what it was."""
    print(f"注意 / warning: {text}", file=sys.stderr)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"no JSON form for {type(value).__name__}: {value!r}")
