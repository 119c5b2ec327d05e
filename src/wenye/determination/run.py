"""The run: every scheme over every subject, written with what is needed to do it again."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import polars as pl

import wenye
from wenye.determination.finishing import Finishing
from wenye.determination.judging import judged, programs
from wenye.determination.results import FORMAT, MANIFEST, UNKNOWNS, ResultsError, check_known
from wenye.determination.sharing import with_shared
from wenye.policy.district import District
from wenye.registers.snapshot import replacing
from wenye.registers.store import Registers, file_digest
from wenye.rules import calendar
from wenye.rules.lookups import Lookups
from wenye.rules.scheme import Scheme

Report = Callable[[str, int, int], None]
#: From so many rows on, a frame is large.
_MANY = 200_000


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
    into it, whose digests the manifest then names. Raises RuleError, PolicyError, RegisterError,
    OSError.
    """
    results = Path(results)
    _refuse_target(results, registers)
    schemes = _chosen(district, None if only is None else list(only))
    day = calendar.code(on)
    with replacing(results, ours=_is_ours) as incoming:
        entries, unknowns = _all_decided(registers, district, day, schemes, incoming, report)
        unknowns.write_parquet(incoming / UNKNOWNS)
        manifest = {
            "format": FORMAT,
            "wenye": wenye.__version__,
            "chinesecalendar": version("chinesecalendar"),
            "district": district.name,
            "district_label": district.label,
            "district_folder": _own_folder(district, results),
            "on": on.isoformat(),
            "synthetic": bool(registers.manifest.get("intake", {}).get("synthetic", False)),
            "only": None if only is None else list(schemes),
            "registers": {
                "folder": os.path.relpath(registers.folder.absolute(), results.absolute()),
                "digest": registers.digest,
                "complete_to": registers.manifest["complete_to"],
            },
            "rules_digest": district.rules_digest,
            "parameters_digest": district.parameters_digest,
            "unknowns_sha256": file_digest(incoming / UNKNOWNS),
            "schemes": entries,
        }
        ours = {path.name for path in incoming.iterdir()}
        if beside is not None:
            beside(incoming, manifest)
        manifest["beside"] = {
            path.name: file_digest(path)
            for path in sorted(incoming.iterdir())
            if path.is_file() and path.name not in ours
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=2)
        (incoming / MANIFEST).write_text(text + "\n", encoding="utf-8")
    return Run(results, manifest)


def _all_decided(
    registers: Registers,
    district: District,
    day: int,
    schemes: dict[str, type[Scheme]],
    folder: Path,
    report: Report,
) -> tuple[dict[str, Any], pl.DataFrame]:
    """Decide and write scheme by scheme; what the manifest says of each, and all unknowns.

    Schemes of one subject share what they read, and all share the registers; a scheme's rows are
    written, and let go, as soon as it is known who yields to whom.
    """
    parameters, tables = district.parameters, Lookups(registers)
    finishing = Finishing(schemes, tables, day, parameters, folder)
    with ThreadPoolExecutor(max_workers=1) as beside:
        last: Future[None] | None = None
        done = 0
        for group in _by_subject(schemes):
            report("合并登记册", done, len(schemes))
            read = programs(group, day, parameters).gathered(tables)
            read, shared = with_shared(group, read, day, parameters)
            gathered = read.collect(engine="streaming")
            for scheme in group:
                frame = judged(scheme, tables, gathered, day, parameters, shared)
                # One is finished while the next is judged, and no more are held than these.
                if last is not None:
                    last.result()
                last = beside.submit(finishing.finish, scheme, gathered, frame)
                done += 1
                report("判定", done, len(schemes))
            if last is not None and gathered.height > _MANY:
                last.result()  # so that two large frames are never held together
        if last is not None:
            last.result()
    return finishing.entries(), finishing.unknowns()


def _refuse_target(results: Path, registers: Registers) -> None:
    """Refuse a folder that must not be replaced, before any work is done."""
    if not results.exists():
        return
    if not results.is_dir():
        raise ResultsError(
            "目标不是文件夹 / the target is not a folder", where=str(results), mend="换一个文件夹"
        )
    if results.resolve() == registers.folder.resolve():
        raise ResultsError(
            "登记册文件夹和结果文件夹不能相同 / registers and results are the same folder",
            where=str(results),
            mend="结果写到另一个文件夹 / write the results to another folder",
        )
    if any(results.iterdir()) and not _holds_results(results):
        raise ResultsError(
            "目标文件夹里有别的文件，不是结果 / the target holds other files",
            where=str(results),
            mend="换一个新的或空的文件夹 / give a new or an empty folder",
        )


def _holds_results(folder: Path) -> bool:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(manifest, dict) and "schemes" in manifest and "rules_digest" in manifest


def _chosen(district: District, only: list[str] | None) -> dict[str, type[Scheme]]:
    """The schemes to run by id, in the district's order."""
    for name in only or ():
        check_known(name, district.scheme_ids)
    schemes = {
        name: scheme for name, scheme in district.schemes.items() if only is None or name in only
    }
    if not schemes:
        raise ResultsError(
            f"辖区{district.label}没有补贴项目 / no schemes",
            where=str(district.folder),
            mend="在 schemes/ 里写一个项目 / write one under schemes/",
        )
    return schemes


def _by_subject(schemes: dict[str, type[Scheme]]) -> list[list[type[Scheme]]]:
    groups: dict[type[Any], list[type[Scheme]]] = {}
    for scheme in schemes.values():
        groups.setdefault(scheme.subject, []).append(scheme)
    return list(groups.values())


def _own_folder(district: District, results: Path) -> str | None:
    """Where the district lies, seen from the results; None where it ships with Wenye."""
    shipped = Path(wenye.__file__).resolve().parent
    if shipped in district.folder.resolve().parents:
        return None
    return os.path.relpath(district.folder.absolute(), results.absolute())


def _is_ours(name: str) -> bool:
    return name.endswith((".parquet", ".xlsx", ".html", ".json", ".svg"))
