"""How a reading is compared with the expected one: only what the expectation names counts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

_SAME = str.maketrans("〔［【﹝[〕］】﹞]〈〉", "(((((" + ")))))" + "<>")


def folded(text: str) -> str:
    """Return a text without blanks, with one form of digits and brackets."""
    return re.sub(r"[\s\u200b\ufeff]+", "", unicodedata.normalize("NFKC", text)).translate(_SAME)


def differences(expected: Any, actual: Any, where: str = "") -> Iterator[str]:
    """Yield a line for everything that `expected` asks for and `actual` does not give."""
    if isinstance(expected, dict) and expected.keys() <= {"includes", "excludes"}:
        for entry in expected.get("includes", []):
            if not any(not [*differences(entry, one)] for one in actual or []):
                yield f"{where}: nothing like {entry}"
        for entry in expected.get("excludes", []):
            for one in actual or []:
                if not [*differences(entry, one)]:
                    yield f"{where}: {one} should not be there"
    elif isinstance(expected, dict) and expected.keys() <= {"contains", "lacks"}:
        text = folded(actual or "")
        for phrase in expected.get("contains", []):
            if folded(phrase) not in text:
                yield f"{where}: lacks {phrase}"
        for phrase in expected.get("lacks", []):
            if folded(phrase) in text:
                yield f"{where}: holds {phrase}"
    elif isinstance(expected, dict) and expected.keys() == {"least"}:
        if len(actual or []) < expected["least"]:
            yield f"{where}: fewer than {expected['least']}"
    elif isinstance(expected, dict):
        if not isinstance(actual, dict):
            yield f"{where}: {actual!r} in place of {expected}"
            return
        for key, value in expected.items():
            yield from differences(value, actual.get(key), f"{where}.{key}")
    elif isinstance(expected, list):
        if not isinstance(actual, list) or len(actual) != len(expected):
            yield f"{where}: {actual!r} in place of {expected}"
            return
        for at, (one, other) in enumerate(zip(expected, actual, strict=True)):
            yield from differences(one, other, f"{where}[{at}]")
    elif isinstance(expected, str) and isinstance(actual, str):
        if folded(expected) != folded(actual):
            yield f"{where}: {actual!r} in place of {expected!r}"
    elif expected != actual:
        yield f"{where}: {actual!r} in place of {expected!r}"
