"""Doing decisions again: the same to the last value, and every change noticed by name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.determination import trial
from tests.determination.conftest import World

from wenye.determination.replay import replay, spread
from wenye.determination.results import Results
from wenye.determination.run import determine


def test_everything_comes_out_the_same(shipped: World) -> None:
    found = replay(shipped.results, 1_200)
    assert found.same
    assert found.total == 1_200
    assert all(found.decided.values())


def test_the_whole_trial_district(tried: World) -> None:
    found = replay(tried.results)
    assert (found.same, found.decided) == (True, found.rows)


def changed(world: World, scheme: str, **columns: pl.Expr) -> Results:
    """The results with some values of one scheme rewritten."""
    path = world.folder / f"{scheme}.parquet"
    frame = pl.read_parquet(path).with_columns(**columns)
    frame.write_parquet(path)
    return Results.open(world.folder)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("outcome", pl.lit("undetermined")),
        ("amount", pl.lit(1)),
        ("c.resident", pl.lit(True)),
        ("months_left", pl.lit(99)),
        ("law", pl.lit("law_1999")),
        ("payee", pl.lit(1)),
        ("concerns", pl.lit(1)),
        ("once", pl.lit(1)),
        ("town", pl.lit("990101002")),
        ("outcome_status", pl.lit("unconfirmed")),
        ("recover_unknown", pl.lit(True)),
    ],
)
def test_a_changed_value_is_found_in_its_row(tried: World, column: str, value: pl.Expr) -> None:
    rows = pl.read_parquet(tried.folder / "flexible.parquet")
    new = pl.when(pl.col("key") == 6).then(value).otherwise(column).cast(rows[column].dtype)
    found = replay(changed(tried, "flexible", **{column: new}))
    assert {(item.key, item.column) for item in found.differences} == {(6, column)}
    whats = [item.what for item in found.mismatches]
    assert whats[0] == "flexible.parquet"
    assert all(what.startswith("flexible 的合计 ") for what in whats[1:])
    assert not found.same


def test_a_changed_allocation_is_found_without_being_sampled(tried: World) -> None:
    found = replay(changed(tried, "flexible", granted=pl.col("outcome") == "entitled"), 0)
    assert {(item.key, item.column) for item in found.differences} == {(5, "granted")}


@pytest.mark.parametrize("how", ["one gone", "one twice"])
def test_every_subject_has_one_row(tried: World, how: str) -> None:
    path = tried.folder / "flexible.parquet"
    frame = pl.read_parquet(path)
    rows = frame.head(-1) if how == "one gone" else pl.concat([frame, frame.tail(1)])
    rows.write_parquet(path)
    named = [item.what for item in replay(Results.open(tried.folder), 0).mismatches]
    assert named[:2] == ["flexible.parquet", "flexible 的对象 / subjects"]


def test_a_changed_sum_of_the_manifest_is_named(tried: World) -> None:
    path = tried.folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["schemes"]["hiring"]["unconfirmed_fen"] += 1
    path.write_text(json.dumps(manifest), encoding="utf-8")
    found = replay(Results.open(tried.folder), 0)
    assert [(item.what, item.then, item.now) for item in found.mismatches] == [
        ("hiring 的合计 unconfirmed_fen", "80051", "80050")
    ]


@pytest.mark.parametrize("how", ["changed", "gone"])
def test_files_written_beside_are_checked(tried: World, tmp_path: Path, how: str) -> None:
    def beside(folder: Path, manifest: dict[str, Any]) -> None:
        (folder / "hiring.xlsx").write_bytes(b"PK as written")

    run = determine(tried.registers, tried.district, trial.ON, tmp_path / "r", beside=beside)
    assert replay(Results.open(run.folder), 0).same
    if how == "gone":
        (run.folder / "hiring.xlsx").unlink()
    else:
        (run.folder / "hiring.xlsx").write_bytes(b"PK otherwise")
    found = replay(Results.open(run.folder), 0)
    assert [item.what for item in found.mismatches] == ["hiring.xlsx"]


def test_another_version_is_told_and_is_no_difference(
    tried: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wenye.__version__", "99.0")
    found = replay(tried.results, 0)
    assert [(item.what, item.now) for item in found.warnings] == [("wenye", "99.0")]
    assert found.same


def test_a_changed_rule_is_named(tried: World) -> None:
    path = tried.district.folder / "schemes" / "flexible.py"
    path.write_text(path.read_text().replace("& ~officer", "& (officer | ~officer)"))
    found = replay(Results.open(tried.folder))
    assert [item.what for item in found.mismatches] == [
        "规则文件 / rules",
        "flexible 的公式 / formula",
    ]
    assert found.differing == {("flexible", 3)}


def test_a_changed_value_of_a_parameter_is_named(tried: World) -> None:
    path = tried.district.folder / "parameters" / "monthly.yaml"
    path.write_text(path.read_text().replace("300", "310"))
    found = replay(Results.open(tried.folder))
    assert [item.what for item in found.mismatches] == ["参数和确认 / parameters"]
    assert {(item.scheme, item.column) for item in found.differences} == {("flexible", "amount")}


def test_changed_registers_are_named(tried: World) -> None:
    people = [trial.person("district"), *trial.PEOPLE[1:]]
    people[1] = trial.person("district")
    trial.trial_registers(tried.registers.folder, people=trial.table(trial.Person, *people))
    found = replay(Results.open(tried.folder))
    assert [item.what for item in found.mismatches] == ["登记册 / registers"]
    assert ("flexible", 2) in found.differing


def test_a_register_file_that_its_manifest_does_not_know_is_named(tried: World) -> None:
    path = tried.registers.folder / "people.parquet"
    pl.read_parquet(path).write_parquet(path, compression="uncompressed")
    found = replay(Results.open(tried.folder))
    assert [item.what for item in found.mismatches] == ["登记册文件 people.parquet"]


@pytest.mark.parametrize(
    ("rows", "sample", "shares"),
    [
        ({"a": 100, "b": 100}, 10, {"a": 5, "b": 5}),
        ({"a": 2, "b": 100}, 10, {"a": 2, "b": 8}),
        ({"a": 2, "b": 3}, 10, {"a": 2, "b": 3}),
        ({"a": 0, "b": 3}, 2, {"a": 0, "b": 2}),
        ({"a": 5, "b": 5, "c": 5}, 2, {"a": 1, "b": 1, "c": 0}),
    ],
)
def test_the_sample_is_spread_over_the_schemes(
    rows: dict[str, int], sample: int, shares: dict[str, int]
) -> None:
    assert spread(rows, sample) == shares


def test_the_same_seed_draws_the_same_rows(shipped: World, monkeypatch: Any) -> None:
    from wenye.determination import replay as module

    drawn: list[list[int]] = []

    def note(results: Results, name: str, rows: pl.DataFrame, found: Any) -> None:
        drawn.append(rows["key"].to_list())

    monkeypatch.setattr(module, "_compare", note)
    for seed in (1, 1, 2):
        replay(shipped.results, 60, seed)
    size = len(shipped.district.schemes)
    assert drawn[:size] == drawn[size : 2 * size]
    assert drawn[:size] != drawn[2 * size :]
