"""A case read strictly from a JSON file or standard input; mistakes are named with their place."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

from wenye.rules.errors import CaseError

_MOST = 5_000_000


def read_case_file(name: str) -> Any:
    """The JSON in the file ``name`` (``-``: standard input); CaseError where it cannot be read."""
    where = "标准输入 / standard input" if name == "-" else name
    if name == "-":
        raw = sys.stdin.buffer.read(_MOST + 1)
    else:
        with Path(name).open("rb") as file:
            raw = file.read(_MOST + 1)
    if len(raw) > _MOST:
        raise CaseError("案例文件过大 / too large for a case", where=where)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CaseError(
            f"不是 UTF-8 编码（第 {error.start + 1} 个字节） / not UTF-8",
            where=where,
            mend="另存为 UTF-8 / save it as UTF-8",
        ) from None
    try:
        return json.loads(
            text, object_pairs_hook=_once, parse_float=Decimal, parse_constant=_no_number
        )
    except json.JSONDecodeError as error:
        raise CaseError(
            f"不是有效的 JSON：第 {error.lineno} 行第 {error.colno} 列"
            f" / not JSON at line {error.lineno}, column {error.colno}: {error.msg}",
            where=where,
            mend="检查引号、逗号和括号 / check quotes, commas and brackets",
        ) from None
    except RecursionError:
        raise CaseError("嵌套过深 / nested too deep", where=where) from None
    except CaseError as error:
        raise CaseError(error.what, where=where, mend=error.mend) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise CaseError(
                f"“{name}”写了两次 / {name!r} stands twice", mend="保留一个 / keep one of the two"
            )
        found[name] = value
    return found


def _no_number(text: str) -> Any:
    raise CaseError(f"{text} 不是数 / not a number", mend="写出数值 / write the number")
