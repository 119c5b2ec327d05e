"""The formats in which a synthetic district can be written, and which one is usual."""

from __future__ import annotations

from enum import StrEnum

#: Up to so many people a mix of workbooks and CSV is delivered unless a format is asked for.
MOST_PEOPLE_MIXED = 50_000


class Format(StrEnum):
    """How registers are written; ``MIXED`` is what arrives when every bureau has its habits."""

    MIXED = "mixed"
    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"


def usual_format(people: int) -> Format:
    """What is written when nobody asks for a format."""
    return Format.MIXED if people <= MOST_PEOPLE_MIXED else Format.PARQUET
