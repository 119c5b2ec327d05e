"""What a command prints: results to standard output, remarks to standard error."""

from __future__ import annotations

import datetime as dt
import json
import sys
from decimal import Decimal
from enum import Enum
from typing import Any


def print_json(data: Any) -> None:
    """Print one JSON document: amounts as strings (yuan), days as ISO dates, keys in order."""
    json.dump(data, sys.stdout, ensure_ascii=False, indent=2, default=_plain)
    sys.stdout.write("\n")


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
