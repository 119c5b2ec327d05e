"""Doing a run's decisions again: the digests compared, and a sample decided by the case executor.

The run was made by the batch executor from whole tables; here single rows are fetched anew and
decided one by one by the other executor. Every value must come out the same, bit for bit. Who
yields to whom, the sums of the manifest, and that every subject has its row are worked out again
over all rows.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

import polars as pl

import wenye
from wenye.determination.again import Again, plain
from wenye.determination.allocation import allocated
from wenye.determination.cases import cases
from wenye.determination.finishing import totals
from wenye.determination.results import UNKNOWNS, Results
from wenye.registers.store import file_digest
from wenye.rules.receipt import formula_digest

SAMPLE = 1_000
#: Rows fetched and decided together.
_BATCH = 5_000
Report = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Something that is no longer what it was when the run was made."""

    what: str
    then: str
    now: str
    mend: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A value of a decision that came out differently."""

    scheme: str
    key: int
    column: str
    stored: Any
    replayed: Any

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "scheme": self.scheme,
            "key": self.key,
            "column": self.column,
            "stored": plain(self.stored),
            "replayed": plain(self.replayed),
        }


@dataclass(slots=True)
class Replay:
    """What came of it: decisions done again by scheme, digests and values that differ."""

    decided: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    mismatches: list[Mismatch] = field(default_factory=list)
    #: Other versions than at the time: told, but no difference in themselves.
    warnings: list[Mismatch] = field(default_factory=list)
    #: Values that differ, as far as they are listed.
    differences: list[Difference] = field(default_factory=list)
    #: The decisions that they belong to, listed or not.
    differing: set[tuple[str, int]] = field(default_factory=set)

    @property
    def total(self) -> int:
        """Decisions done again."""
        return sum(self.decided.values())

    @property
    def same(self) -> bool:
        """Whether everything is as it was."""
        return not self.mismatches and not self.differing


_ALLOCATED = ("granted", "yields_to", "provisional")
#: Differences that are listed; what lies beyond is counted.
LISTED = 200


def replay(
    results: Results,
    sample: int | None = None,
    seed: int = 1,
    report: Report = lambda what, done, total: None,
) -> Replay:
    """Do ``sample`` of the decisions again (1,000 unless told), spread over the schemes.

    The same ``seed`` draws the same rows. Raises ResultsError, RegisterError, PolicyError or
    RuleError where results, registers or district cannot be read at all.
    """
    found = Replay()
    found.mismatches += _digests(results)
    found.warnings += _versions(results)
    rows = {name: int(entry["rows"]) for name, entry in results.manifest["schemes"].items()}
    found.rows = dict(rows)
    shares = spread(rows, SAMPLE if sample is None else sample)
    done, total = 0, max(1, sum(shares.values()))
    for name, share in shares.items():
        found.decided[name] = 0
        for keys in _drawn(results, name, share, seed):
            _compare(results, name, keys, found)
            found.decided[name] += len(keys)
            done += len(keys)
            report("重新判定", done, total)
    stored = {name: results.frame(name).collect() for name in results.manifest["schemes"]}
    found.mismatches += _miscounted(results, stored)
    _compare_allocation(results, stored, found)
    return found


def spread(rows: dict[str, int], sample: int) -> dict[str, int]:
    """How many rows of each scheme to draw: equal shares, topped up where one has too few."""
    shares = dict.fromkeys(rows, 0)
    left = min(sample, sum(rows.values()))
    while left:
        short = [name for name in rows if shares[name] < rows[name]]
        each = max(1, left // len(short))
        for name in short:
            take = min(each, rows[name] - shares[name], left)
            shares[name] += take
            left -= take
    return shares


def _drawn(results: Results, scheme: str, share: int, seed: int) -> Iterator[pl.DataFrame]:
    """The rows drawn of a scheme, some thousand at a time."""
    height = int(results.manifest["schemes"][scheme]["rows"])
    places = sorted(random.Random(f"{seed} {scheme}").sample(range(height), share))
    for start in range(0, share, _BATCH):
        wanted = pl.LazyFrame({"_at": places[start : start + _BATCH]}, schema={"_at": pl.UInt32})
        yield (
            results.frame(scheme).with_row_index("_at").join(wanted, on="_at", how="semi")
        ).collect()


# -- digests ----------------------------------------------------------------------------------


def _digests(results: Results) -> list[Mismatch]:
    manifest, district = results.manifest, results.district
    pairs: list[tuple[str, str, str, str]] = [
        (
            "登记册 / registers",
            manifest["registers"]["digest"],
            results.registers.digest,
            "登记册已更新：重新判定，或恢复当时的登记册",
        ),
        (
            "规则文件 / rules",
            manifest["rules_digest"],
            district.rules_digest,
            "规则文件已改动：重新判定，或用当时的版本",
        ),
        (
            "参数和确认 / parameters",
            manifest["parameters_digest"],
            district.parameters_digest,
            "参数或确认已改动（包括 WENYE_CONFIRMATIONS 所指的文件）：重新判定",
        ),
    ]
    for name, entry in manifest["schemes"].items():
        formula = formula_digest(results.schemes[name])
        file = results.folder / f"{name}.parquet"
        pairs.append(
            (f"{name} 的公式 / formula", entry["formula"], formula, "公式已改动：重新判定")
        )
        pairs.append((file.name, entry["sha256"], file_digest(file), "结果文件被改动：重新判定"))
    unknowns = file_digest(results.folder / UNKNOWNS)
    pairs.append((UNKNOWNS, manifest["unknowns_sha256"], unknowns, "结果文件被改动：重新判定"))
    for name, then in manifest.get("beside", {}).items():
        path = results.folder / name
        now = file_digest(path) if path.is_file() else "缺少 / missing"
        pairs.append((name, then, now, "随结果写出的文件被改动或移走：重新判定"))
    found = [Mismatch(*pair) for pair in pairs if pair[1] != pair[2]]
    mend = "登记册文件与其清单不符：恢复备份，或重新读入"
    for path, then, now in results.registers.altered():
        found.append(Mismatch(f"登记册文件 {path.name}", then, now, mend))
    return found


def _versions(results: Results) -> list[Mismatch]:
    """What decided then and decides now: another version may, and need not, decide otherwise."""
    pairs = (("wenye", wenye.__version__), ("chinesecalendar", version("chinesecalendar")))
    return [
        Mismatch(
            name, results.manifest.get(name) or "未记录", now, "结果若有不同，先用当时的版本核对"
        )
        for name, now in pairs
        if results.manifest.get(name) != now
    ]


# -- decisions --------------------------------------------------------------------------------


def _compare(results: Results, name: str, stored: pl.DataFrame, found: Replay) -> None:
    scheme = results.schemes[name]
    again = Again(scheme, results.district.parameters, results.day)
    rows = cases(results.registers, scheme, stored["key"].to_list())
    for line in stored.iter_rows(named=True):
        key = line["key"]
        if key not in rows:
            _note(found, Difference(name, key, "key", key, None))
            continue
        for column, stored_value, replayed in again.differences(line, rows[key]):
            _note(found, Difference(name, key, column, stored_value, replayed))


def _note(found: Replay, difference: Difference) -> None:
    found.differing.add((difference.scheme, difference.key))
    if len(found.differences) < LISTED:
        found.differences.append(difference)


def _miscounted(results: Results, stored: Mapping[str, pl.DataFrame]) -> list[Mismatch]:
    """Whether every subject has one row, and the manifest's sums are those of the rows."""
    found = []
    for name, frame in stored.items():
        subject = results.schemes[name].subject
        keys = results.registers.table(subject).select("key").collect()["key"].sort()
        if not frame["key"].sort().equals(keys):
            then, now = (
                f"{len(keys):,} 个对象",
                f"{frame.height:,} 行，{frame['key'].n_unique():,} 个",
            )
            mend = f"结果应当每个对象一行，与登记册“{subject.register.label}”一致：重新判定"
            found.append(Mismatch(f"{name} 的对象 / subjects", then, now, mend))
        for total, count in totals(frame).items():
            was = results.manifest["schemes"][name].get(total)
            if was != count:
                mend = "清单里的合计与结果文件不符：重新判定"
                found.append(Mismatch(f"{name} 的合计 {total}", str(was), str(count), mend))
    return found


def _compare_allocation(
    results: Results, stored: Mapping[str, pl.DataFrame], found: Replay
) -> None:
    """Work out anew, over all rows, which entitled rows yield."""
    bare = {name: frame.drop(*_ALLOCATED) for name, frame in stored.items()}
    for name, frame in allocated(results.schemes, bare).items():
        was = stored[name]
        for column in _ALLOCATED:
            differs = was.filter(was[column].ne_missing(frame[column]))["key"]
            at = dict(zip(frame["key"], frame[column], strict=True)) if len(differs) else {}
            then = dict(zip(was["key"], was[column], strict=True)) if len(differs) else {}
            for key in differs:
                _note(found, Difference(name, key, column, then[key], at[key]))
