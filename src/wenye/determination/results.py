"""The folder that a run leaves: its manifest, a frame per scheme, and what was unknown."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from wenye.policy.district import District, load_district
from wenye.registers.store import Registers
from wenye.rules import calendar
from wenye.rules.errors import did_you_mean
from wenye.rules.scheme import Scheme

FORMAT = 1
MANIFEST = "manifest.json"
UNKNOWNS = "unknowns.parquet"
_AGAIN = "重新运行 wenye determine / run wenye determine again"


class ResultsError(Exception):
    """Results that cannot be read or asked: ``what`` was wrong, ``where``, and the ``mend``."""

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        self.what = what
        self.where = where
        self.mend = mend
        super().__init__(what)


@dataclass(frozen=True)
class Results:
    """One run's results; frames are read lazily, the district and registers when first needed."""

    folder: Path
    manifest: dict[str, Any]
    #: A district (or its name) to use in the place of the one that the manifest names.
    using: District | str | None = None

    @classmethod
    def open(cls, folder: str | Path, district: str | None = None) -> Results:
        """The results in ``folder``; ResultsError where they are missing or damaged."""
        folder = Path(folder)
        if not folder.is_dir():
            raise ResultsError(
                "结果文件夹不存在 / no such results folder",
                where=str(folder),
                mend="wenye determine REGISTERS RESULTS --on DATE",
            )
        manifest = _read_manifest(folder / MANIFEST)
        for name in [*(f"{scheme}.parquet" for scheme in manifest["schemes"]), UNKNOWNS]:
            if not (folder / name).is_file():
                raise ResultsError(f"缺少文件 / missing: {name}", where=str(folder), mend=_AGAIN)
        return cls(folder, manifest, district)

    @property
    def on(self) -> dt.date:
        """The day of determination."""
        return dt.date.fromisoformat(self.manifest["on"])

    @property
    def day(self) -> int:
        """The day of determination as a day code."""
        return calendar.code(self.on)

    @property
    def synthetic(self) -> bool:
        """Whether the registers are known to be invented."""
        return bool(self.manifest.get("synthetic", False))

    @cached_property
    def district(self) -> District:
        """The district as it is loaded now; ``replay`` tells whether it is still the same."""
        if isinstance(self.using, District):
            return self.using
        if self.using is not None:
            return load_district(self.using)
        folder = self.manifest.get("district_folder")
        return load_district(self.manifest["district"] if folder is None else self.folder / folder)

    @cached_property
    def registers(self) -> Registers:
        """The registers that were judged."""
        return Registers.open(self.folder / self.manifest["registers"]["folder"])

    @cached_property
    def schemes(self) -> dict[str, type[Scheme]]:
        """The schemes that were run, as the district defines them now."""
        return {name: self.district.scheme(name) for name in self.manifest["schemes"]}

    def chosen(self, names: Iterable[str] | None) -> list[str]:
        """The ids of the schemes asked for (all where none is named), in the run's order."""
        known = list(self.manifest["schemes"])
        if not names:
            return known
        wanted = list(names)
        for name in wanted:
            check_known(name, known)
        return [name for name in known if name in wanted]

    def frame(self, scheme: str) -> pl.LazyFrame:
        """The decisions of one scheme; columns: ``determination.judging`` and ``allocation``."""
        return self._scanned(f"{scheme}.parquet")

    @property
    def unknowns(self) -> pl.DataFrame:
        """What kept subjects undetermined; columns: ``determination.unknowns``."""
        return self._scanned(UNKNOWNS).collect()

    def _scanned(self, name: str) -> pl.LazyFrame:
        try:
            frame = pl.scan_parquet(self.folder / name)
            frame.collect_schema()
        except (pl.exceptions.PolarsError, OSError) as error:
            raise ResultsError(
                "结果文件已损坏 / damaged results", where=str(self.folder / name), mend=_AGAIN
            ) from error
        return frame

    @property
    def towns(self) -> dict[str, str]:
        """Names of the district's units by code."""
        return {unit.code: unit.name for unit in self.district.organisation.units}


def remarks(manifest: Mapping[str, Any]) -> list[str]:
    """What the sums do not tell, a line for each kind that occurs: by scheme, in words."""
    kinds = (
        ("unconfirmed_outcomes", "结论依赖待确认的标准，确认后可能改变"),
        ("provisional", "计入是暂定的，因同一对象更早的一行待定"),
        ("recover_unknown", "是否追回、追回多少尚不能确定"),
    )
    lines = []
    for name, words in kinds:
        entries = [entry for entry in manifest["schemes"].values() if entry[name]]
        if entries:
            told = "、".join(f"{entry['title']} {entry[name]:,} 行" for entry in entries)
            lines.append(f"{words}：{told}")
    return lines


def check_known(name: str, known: Iterable[str]) -> None:
    """Refuse a scheme that is not among the known ones, with the nearest names."""
    names = list(known)
    if name not in names:
        raise ResultsError(f"没有补贴项目 / no scheme {name!r}", mend=did_you_mean(name, names))


def _read_manifest(path: Path) -> dict[str, Any]:
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ResultsError(
            f"缺少 {MANIFEST}，这不是结果文件夹 / not a results folder",
            where=str(path.parent),
            mend="检查路径是否写对 / check the path",
        ) from None
    except (OSError, ValueError) as error:
        raise ResultsError(
            "清单无法读取 / unreadable manifest", where=str(path), mend=_AGAIN
        ) from error
    wanted = {"format", "district", "on", "registers", "schemes"}
    if not isinstance(manifest, dict) or not wanted <= manifest.keys():
        raise ResultsError("清单内容不完整 / incomplete manifest", where=str(path), mend=_AGAIN)
    if manifest["format"] != FORMAT:
        raise ResultsError(
            f"结果格式 {manifest['format']!r} 与本版本（{FORMAT}）不符 / another format",
            where=str(path),
            mend=_AGAIN,
        )
    return manifest
