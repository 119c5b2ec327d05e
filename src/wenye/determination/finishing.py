"""What follows once a scheme is judged: what keeps cases open, who yields to whom, the file.

It is done beside the judging of the next scheme. A scheme's rows are written, and let go, as soon
as the schemes that it yields to are settled.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from wenye.determination.allocation import Allocation
from wenye.determination.unknowns import unknowns_of
from wenye.registers.store import file_digest
from wenye.rules.gather import Tables
from wenye.rules.parameters import Series
from wenye.rules.receipt import formula_digest
from wenye.rules.scheme import Scheme


class Finishing:
    """Finishes the schemes of one run, one after the other, into ``folder``."""

    def __init__(
        self,
        schemes: Mapping[str, type[Scheme]],
        tables: Tables,
        on: int,
        parameters: Mapping[str, Series],
        folder: Path,
    ) -> None:
        self._schemes = schemes
        self._tables = tables
        self._on = on
        self._parameters = parameters
        self._folder = folder
        self._allocation = Allocation(schemes)
        self._entries: dict[str, dict[str, Any]] = {}
        self._unknowns: list[pl.DataFrame] = []

    def finish(self, scheme: type[Scheme], gathered: pl.DataFrame, judged: pl.DataFrame) -> None:
        """Finish a judged scheme, and those that waited for it. Raises RuleError, OSError."""
        sets, frame = unknowns_of(
            scheme, self._tables, gathered, judged, self._on, self._parameters
        )
        self._unknowns.append(sets)
        for name, settled in self._allocation.settled(scheme.id, frame):
            self._entries[name] = self._written(self._schemes[name], settled)

    def entries(self) -> dict[str, dict[str, Any]]:
        """What the manifest says of each scheme, in the order of the schemes."""
        return {name: self._entries[name] for name in self._schemes}

    def unknowns(self) -> pl.DataFrame:
        """What kept subjects of all schemes undetermined."""
        return pl.concat(self._unknowns)

    def _written(self, scheme: type[Scheme], frame: pl.DataFrame) -> dict[str, Any]:
        path = self._folder / f"{scheme.id}.parquet"
        frame.write_parquet(path, compression="zstd", compression_level=1)
        return {**_about(scheme), "sha256": file_digest(path), **totals(frame)}


def _about(scheme: type[Scheme]) -> dict[str, Any]:
    return {
        "title": scheme.title,
        "title_en": scheme.title_en,
        "flow": scheme.flow(),
        "operated_by": scheme.operated_by,
        "our_part": scheme.our_part,
        "formula": formula_digest(scheme),
    }


def totals(frame: pl.DataFrame) -> dict[str, int]:
    """What a scheme's decisions come to: rows by outcome, and amounts in fen."""
    outcome = frame["outcome"]
    granted = frame.filter(pl.col("granted"))

    def fen(status: str) -> int:
        amounts = granted.filter(pl.col("amount_status") == status)["amount"]
        return int(amounts.sum())

    return {
        "rows": frame.height,
        "entitled": int((outcome == "entitled").sum()),
        "not_entitled": int((outcome == "not_entitled").sum()),
        "undetermined": int((outcome == "undetermined").sum()),
        "unconfirmed_outcomes": int((frame["outcome_status"] == "unconfirmed").sum()),
        "granted": granted.height,
        "provisional": int(frame["provisional"].sum()),
        "payable_fen": fen("payable"),
        "unconfirmed_fen": fen("unconfirmed"),
        "open_amounts": int((granted["amount_status"] == "open").sum()),
        "recover_fen": int(frame["recover"].sum()),
        "recover_unknown": int(frame["recover_unknown"].sum()),
    }
