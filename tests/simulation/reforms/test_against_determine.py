"""A comparison is two determinations: of the district as it is, and of one whose files say else."""

from __future__ import annotations

import datetime as dt
import shutil
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from wenye.determination.results import Results
from wenye.determination.run import determine
from wenye.policy.district import District, load_district
from wenye.registers.store import Registers
from wenye.rules import calendar
from wenye.simulation.reforms import screening
from wenye.simulation.reforms.adopted import adopted, competing, touched
from wenye.simulation.reforms.both_ways import both_ways
from wenye.simulation.reforms.comparison import Comparison, compare
from wenye.simulation.reforms.movements import OUTCOMES
from wenye.simulation.reforms.reform import Reform, changes_from

ON = dt.date(2026, 10, 31)


@dataclass(frozen=True)
class Tried:
    """A change as the command line says it, and as an edit of the district's files says it."""

    district: str
    changes: tuple[str, ...]
    edits: Mapping[str, tuple[tuple[str, str], ...]]


#: Quoted values are changed, so that the edited file leaves them as payable as adopting them does.
TRIED = {
    "a shorter term and longer contracts": Tried(
        "jiading",
        ("post_subsidy.max_months=12@2022-01-01", "post_subsidy.contract_months=24@2022-01-01"),
        {
            "post_subsidy": (
                ("      value: 36\n", "      value: 12\n"),
                (
                    "      value: 12\n      status: quoted\n      document: shanghai-2022-8\n"
                    "      article: 二\n      quote: 签订1年",
                    "      value: 24\n      status: quoted\n      document: shanghai-2022-8\n"
                    "      article: 二\n      quote: 签订1年",
                ),
            )
        },
    ),
    "a larger share": Tried(
        "jiading",
        ("post_subsidy.minimum_wage_share=62.5@2022-01-01",),
        {"post_subsidy": (("      value: 50\n", "      value: 62.5\n"),)},
    ),
    "three thresholds of the example": Tried(
        "example",
        (
            "small_employer_hire.unemployed_months=6@2024-01-01",
            "flexible_monthly.max_months=3@2024-01-01",
            "first_business.least_staff=1@2024-01-01",
        ),
        {
            "small_employer_hire": (("      value: 3\n", "      value: 6\n"),),
            "flexible_monthly": (("      value: 12\n", "      value: 3\n"),),
            "first_business": (("      value: 2\n", "      value: 1\n"),),
        },
    ),
}
COLUMNS = ("outcome", "outcome_status", "law", "amount", "amount_status", "first", "last")
SETTLED = ("granted", "yields_to", "provisional", "months_left", "town", "payee")


@dataclass(frozen=True)
class World:
    """The district, its edited copy, the results of both, and the comparison of the two."""

    tried: Tried
    district: District
    before: Results
    after: Results
    found: Comparison


@pytest.fixture(scope="module", params=TRIED.values(), ids=TRIED.keys())
def world(
    request: pytest.FixtureRequest,
    synthetic: Registers,
    tmp_path_factory: pytest.TempPathFactory,
) -> World:
    tried: Tried = request.param
    folder = tmp_path_factory.mktemp("two")
    district = load_district(tried.district)
    edited = load_district(_edited(district, tried, folder / "district"))
    runs = [
        determine(synthetic, one, ON, folder / name)
        for name, one in (("before", district), ("after", edited))
    ]
    before, after = (Results(run.folder, run.manifest, district) for run in runs)
    found = compare(synthetic, district, _reform(tried, district), ON, internal=True)
    return World(tried, district, before, after, found)


def _reform(tried: Tried, district: District) -> Reform:
    return Reform(changes_from(tried.changes, district))


def _edited(district: District, tried: Tried, folder: Path) -> Path:
    shutil.copytree(district.folder, folder)
    for stem, edits in tried.edits.items():
        path = folder / "parameters" / f"{stem}.yaml"
        text = path.read_text(encoding="utf-8")
        for old, new in edits:
            assert text.count(old) == 1, old
            # Marked, so that a later edit does not find what an earlier one wrote.
            text = text.replace(old, new.replace("\n", " #\n", 1))
        # The quotations stay, and do not state the values of the reform.
        text = text.replace("status: quoted\n", "status: quoted\n      derived: 假设\n")
        path.write_text(text, encoding="utf-8")
    return folder


def test_every_row_is_as_two_runs_decide_it(world: World, synthetic: Registers) -> None:
    district, reform = world.district, _reform(world.tried, world.district)
    reads = touched(district, reform)
    beside = competing(district, set(reads))
    after = adopted(district, reform)
    found = both_ways(synthetic, district, after, set(reads), beside, ON, lambda *_: None)
    assert set(found) == set(reads) | beside
    for name, both in found.items():
        for side, results in ((both.before, world.before), (both.after, world.after)):
            run = results.frame(name).collect()
            assert both.judged == run.height
            conditions = [column for column in run.columns if column.startswith("c.")]
            columns = ["key", *COLUMNS, *SETTLED, *conditions]
            kept = run.join(side.frame.select("key"), on="key", how="semi").sort("key")
            assert side.frame.sort("key").select(columns).equals(kept.select(columns))
            left = run.join(side.frame.select("key"), on="key", how="anti")
            assert (left["outcome"] == "not_entitled").all()


def test_counts_and_money_are_those_of_two_runs(world: World) -> None:
    for item in world.found.schemes:
        for results, money, is_after in (
            (world.before, item.before, False),
            (world.after, item.after, True),
        ):
            entry = results.manifest["schemes"][item.scheme]
            for outcome in OUTCOMES:
                assert item.outcome(outcome, after=is_after) == entry[outcome]
            counted = item.counted_after if is_after else item.counted_before
            assert counted == entry["granted"]
            # The month of determination is what a run tells.
            assert money.payable[0] == entry["payable_fen"]
            assert money.unconfirmed[0] == entry["unconfirmed_fen"]
            assert money.no_amount[0] == entry["open_amounts"]


def test_what_was_not_decided_again_is_the_same_in_both_runs(world: World) -> None:
    decided = {item.scheme for item in world.found.schemes}
    assert decided | set(world.found.untouched) == set(world.district.scheme_ids)
    for name in world.found.untouched:
        assert world.before.frame(name).collect().equals(world.after.frame(name).collect())


def test_before_and_in_without_out_is_after(world: World) -> None:
    for item in world.found.schemes:
        moves = {name: move.subjects for name, move in item.movements.items()}
        before, after = (item.outcome("entitled", after=when) for when in (False, True))
        assert before + moves["in"] - moves["out"] == after
        assert item.counted_before + item.counted_in - item.counted_out == item.counted_after
        assert sum(item.transitions.values()) == item.judged
        changed = sum(number for (was, now), number in item.transitions.items() if was != now)
        assert changed == sum(moves.values())
        for move in item.movements.values():
            assert sum(subjects for *_, subjects in move.shares()) == move.subjects
            assert sum(reason.subjects for reason in move.reasons) == move.subjects


def test_somebody_moves_in_each_of_these_trials(world: World) -> None:
    assert world.found.changed
    assert not world.found.moved.is_empty()


def test_the_groups_add_up_to_the_scheme(world: World) -> None:
    for item in world.found.schemes:
        wanted = {
            "entitled_before": item.outcome("entitled", after=False),
            "entitled_after": item.outcome("entitled", after=True),
            "moved_in": item.movements["in"].subjects,
            "moved_out": item.movements["out"].subjects,
            "counted_before": item.counted_before,
            "counted_after": item.counted_after,
            "payable_before": item.before.payable_fen,
            "payable_after": item.after.payable_fen,
            "unconfirmed_before": item.before.unconfirmed_fen,
            "unconfirmed_after": item.after.unconfirmed_fen,
        }
        for cells in (item.cells.cross, item.cells.by_town, item.cells.by_sex, item.cells.by_age):
            sums: Counter[str] = Counter()
            for cell in cells:
                sums.update(cell.numbers)
            assert {name: sums[name] for name in wanted} == wanted


def test_the_rows_that_moved_add_up_to_the_differences(world: World) -> None:
    for item in world.found.schemes:
        rows = world.found.moved.filter(pl.col("scheme") == item.scheme)
        payable = rows["payable_after"].sum() - rows["payable_before"].sum()
        assert payable == item.after.payable_fen - item.before.payable_fen
        unconfirmed = rows["unconfirmed_after"].sum() - rows["unconfirmed_before"].sum()
        assert unconfirmed == item.after.unconfirmed_fen - item.before.unconfirmed_fen
        counts = dict(rows.group_by("movement").len().iter_rows())
        for name, move in item.movements.items():
            assert counts.get(name, 0) == move.subjects


def test_the_manifest_names_what_was_held_together(world: World, synthetic: Registers) -> None:
    manifest = world.found.manifest
    assert manifest["registers"]["digest"] == synthetic.digest
    assert manifest["parameters_digest"]["before"] == world.district.parameters_digest
    assert manifest["rules_digest"] == world.district.rules_digest
    assert calendar.month_text(calendar.code(ON) >> 6) == world.found.months[0]


@pytest.mark.parametrize("part", [1, 10**9], ids=["nothing is costly", "all else is costly"])
def test_who_is_put_aside_early_changes_nothing(
    world: World, synthetic: Registers, monkeypatch: pytest.MonkeyPatch, part: int
) -> None:
    monkeypatch.setattr(screening, "_CHEAP", part)
    again = compare(
        synthetic, world.district, _reform(world.tried, world.district), ON, internal=True
    )
    assert again.schemes == world.found.schemes
    assert again.moved.equals(world.found.moved)
