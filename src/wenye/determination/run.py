"""The run: every scheme over every subject, written with what is needed to do it again."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

import wenye
from wenye.determination.allocation import allocated
from wenye.determination.judging import judged, programs
from wenye.determination.unknowns import unknowns_of
from wenye.policy.district import District
from wenye.registers.snapshot import replacing
from wenye.registers.store import Registers, file_digest
from wenye.rules import calendar
from wenye.rules.receipt import formula_digest
from wenye.rules.scheme import Scheme

FORMAT = 1
MANIFEST = "manifest.json"
UNKNOWNS = "unknowns.parquet"
Report = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Run:
    """A finished determination: its folder and manifest."""

    folder: Path
    manifest: dict[str, Any]


def _silent(what: str, done: int, total: int) -> None:
    """No progress asked for."""


def determine(
    registers: Registers,
    district: District,
    on: dt.date,
    results: Path,
    *,
    only: Iterable[str] | None = None,
    report: Report = _silent,
    beside: Callable[[Path, dict[str, Any]], None] | None = None,
) -> Run:
    """Decide the district's schemes (or ``only`` some) for every subject, as at ``on``.

    ``results`` becomes a folder with ``SCHEME.parquet`` for each scheme (columns in
    ``determination.judging`` and ``determination.allocation``), ``unknowns.parquet`` and
    ``manifest.json``; it appears whole or the previous one stays. ``beside`` may write more files
    into it. Raises RuleError, PolicyError, RegisterError, OSError.
    """
    schemes = {
        name: scheme
        for name, scheme in district.schemes.items()
        if only is None or name in set(only)
    }
    day = calendar.code(on)
    frames: dict[str, pl.DataFrame] = {}
    unknowns: list[pl.DataFrame] = []
    steps = len(schemes)
    for group in _by_subject(schemes):
        report("合并登记册", len(frames), steps)
        program = programs(group, day, district.parameters)
        gathered = program.gathered(registers).collect()
        for scheme in group:
            frame = judged(scheme, registers, gathered, day, district.parameters)
            frames[scheme.id] = frame
            unknowns.append(
                unknowns_of(scheme, registers, gathered, frame, day, district.parameters)
            )
            report("判定", len(frames), steps)
    frames = allocated(schemes, frames)
    with replacing(Path(results), ours=_is_ours) as incoming:
        entries: dict[str, Any] = {}
        for name, frame in frames.items():
            path = incoming / f"{name}.parquet"
            frame.write_parquet(path, compression="zstd", compression_level=1)
            entries[name] = _entry(schemes[name], frame, path)
        pl.concat(unknowns).write_parquet(incoming / UNKNOWNS)
        manifest = {
            "format": FORMAT,
            "wenye": wenye.__version__,
            "district": _district_name(district),
            "on": on.isoformat(),
            "registers": {
                "folder": os.path.relpath(registers.folder.absolute(), Path(results).absolute()),
                "digest": registers.digest,
                "complete_to": registers.manifest["complete_to"],
            },
            "rules_digest": district.rules_digest,
            "parameters_digest": district.parameters_digest,
            "schemes": entries,
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=2)
        (incoming / MANIFEST).write_text(text + "\n", encoding="utf-8")
        if beside is not None:
            beside(incoming, manifest)
    return Run(Path(results), manifest)


def _by_subject(schemes: dict[str, type[Scheme]]) -> list[list[type[Scheme]]]:
    groups: dict[type[Any], list[type[Scheme]]] = {}
    for scheme in schemes.values():
        groups.setdefault(scheme.subject, []).append(scheme)
    return list(groups.values())


def _district_name(district: District) -> str:
    from wenye.policy.district import available_districts

    return district.name if district.name in available_districts() else str(district.folder)


def _entry(scheme: type[Scheme], frame: pl.DataFrame, path: Path) -> dict[str, Any]:
    outcome = frame["outcome"]
    granted = frame.filter(pl.col("granted"))

    def fen(status: str) -> int:
        amounts = granted.filter(pl.col("amount_status") == status)["amount"]
        return int(amounts.sum())

    return {
        "title": scheme.title,
        "title_en": scheme.title_en,
        "flow": scheme.flow(),
        "operated_by": scheme.operated_by,
        "our_part": scheme.our_part,
        "formula": formula_digest(scheme),
        "sha256": file_digest(path),
        "rows": frame.height,
        "entitled": int((outcome == "entitled").sum()),
        "not_entitled": int((outcome == "not_entitled").sum()),
        "undetermined": int((outcome == "undetermined").sum()),
        "granted": granted.height,
        "payable_fen": fen("payable"),
        "unconfirmed_fen": fen("unconfirmed"),
        "open_amounts": int((granted["amount_status"] == "open").sum()),
        "recover_fen": int(frame["recover"].sum()),
    }


def _is_ours(name: str) -> bool:
    return name.endswith((".parquet", ".xlsx", ".html", ".json", ".svg"))
