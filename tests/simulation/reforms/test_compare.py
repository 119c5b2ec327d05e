"""Known people, one threshold: exactly those who should move do, for the reason they should."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from tests.simulation.reforms import few

from wenye.policy.district import District, load_district
from wenye.registers.store import Registers
from wenye.rules import calendar
from wenye.simulation.reforms.comparison import Comparison, SchemeComparison, compare
from wenye.simulation.reforms.reform import Reform, changes_from
from wenye.simulation.reforms.telling import remarks, summary

Try = Callable[..., Comparison]


@pytest.fixture
def district() -> District:
    return load_district("example", today=few.ON)


@pytest.fixture
def hirings(tmp_path: Path) -> Registers:
    return few.hiring_registers(tmp_path / "registers")


def tried(registers: Registers, district: District, *changes: str, internal: bool = True):
    reform = Reform(changes_from(changes, district))
    return compare(registers, district, reform, few.ON, internal=internal)


def only(found: Comparison) -> SchemeComparison:
    (item,) = found.schemes
    return item


def keys(found: Comparison, movement: str) -> list[int]:
    return found.moved.filter(pl.col("movement") == movement)["key"].sort().to_list()


def test_a_longer_wait_moves_exactly_those_below_it(hirings: Registers, district: District) -> None:
    found = tried(hirings, district, "small_employer_hire.unemployed_months=6")
    item = only(found)
    assert keys(found, "out") == [2, 3]
    assert keys(found, "settled") == [5]
    assert keys(found, "in") == keys(found, "unsettled") == []
    assert item.outcome("entitled", after=False) == 4  # 1, 2, 3 and the first hiring of 7
    assert item.outcome("entitled", after=True) == 2
    assert item.outcome("undetermined", after=False) == 2
    assert item.outcome("undetermined", after=True) == 1
    assert item.judged == 8


def test_the_condition_that_moved_them_is_named_with_both_values(
    hirings: Registers, district: District
) -> None:
    found = tried(hirings, district, "small_employer_hire.unemployed_months=6")
    (reason,) = only(found).movements["out"].reasons
    assert reason.names == ("unemployed",)
    assert reason.subjects == 2
    assert reason.label == "招用时登记失业满3个月 → 招用时登记失业满6个月"
    out = found.moved.filter(pl.col("movement") == "out")
    assert out["condition"].to_list() == ["unemployed", "unemployed"]


def test_several_conditions_are_told_as_several_and_shares_add_up(
    hirings: Registers, district: District
) -> None:
    found = tried(
        hirings,
        district,
        "small_employer_hire.unemployed_months=6",
        "small_employer_hire.contract_months=24",
    )
    move = only(found).movements["out"]
    shares = {name: subjects for name, _, _, subjects in move.shares()}
    assert shares == {"several": 2, "contract": 2}  # 2 and 3; 1 and 7
    assert sum(shares.values()) == move.subjects == 4


def test_a_shorter_wait_lets_in(hirings: Registers, district: District) -> None:
    found = tried(hirings, district, "small_employer_hire.unemployed_months=2")
    assert keys(found, "in") == [4]
    gains = only(found).gains
    assert (gains.winners, gains.losers, gains.more) == (1, 0, 800_00)


def test_the_money_is_the_sum_to_the_fen(hirings: Registers, district: District) -> None:
    found = tried(
        hirings,
        district,
        "small_employer_hire.unemployed_months=6",
        "small_employer_hire.amount=1000.01",
    )
    item = only(found)
    assert item.before.payable == (4 * 800_00, *[0] * 11)
    assert item.after.payable == (2 * 1000_01, *[0] * 11)
    gains = item.gains
    assert (gains.winners, gains.more) == (2, 200_01)
    assert (gains.losers, gains.less) == (2, -800_00)


def test_who_is_paid_is_counted_once_over_all_rows(hirings: Registers, district: District) -> None:
    found = tried(hirings, district, "small_employer_hire.amount=1000")
    assert found.payees["employers"].winners == 1  # one employer, four hirings
    assert found.payees["employers"].more == 4 * 200_00


def test_a_value_from_a_day_changes_nothing_before_it(
    hirings: Registers, district: District
) -> None:
    later = tried(hirings, district, "small_employer_hire.unemployed_months=6@2026-06-02")
    assert not later.changed
    in_time = tried(hirings, district, "small_employer_hire.unemployed_months=6@2026-06-01")
    assert keys(in_time, "out") == [2, 3]


def test_an_open_value_leaves_people_undetermined(hirings: Registers, district: District) -> None:
    found = tried(hirings, district, "small_employer_hire.unemployed_months=open")
    item = only(found)
    assert item.outcome("entitled", after=True) == 0
    # Worker 4 waits now too; the second hiring of 7 has no registration to reckon from.
    assert keys(found, "unsettled") == [4]
    assert keys(found, "out") == [1, 2, 3, 7]
    assert item.after.payable_fen == 0


def test_what_is_once_per_person_stays_once(tmp_path: Path, district: District) -> None:
    registers = few.hiring_registers(tmp_path / "registers", copies=2)
    jobs = registers.table(few.Employment).collect()
    # Worker 1 is hired once more, with all that it takes: entitled, and not counted.
    again = jobs.filter(pl.col("worker") == 1).with_columns(
        pl.lit(jobs.height + 1, pl.Int32).alias("key")
    )
    jobs = pl.concat([jobs, again])
    tables = {
        entity: registers.table(entity).collect()
        for entity in (few.Person, few.Employer, few.Unemployment, few.Award)
    }
    held = few.write(tmp_path / "twice", {**tables, few.Employment: jobs}, few.ON)
    item = only(tried(held, district, "small_employer_hire.unemployed_months=6"))
    assert item.outcome("entitled", after=False) == item.counted_before + 1 == 9
    assert item.before.payable_fen == 8 * 800_00
    assert item.after.payable_fen == 4 * 800_00
    dearer = only(tried(held, district, "small_employer_hire.amount=900")).gains
    assert (dearer.winners, dearer.losers) == (8, 0)  # and not the hiring that yields


def test_a_monthly_amount_rises_from_the_month_of_its_day(
    tmp_path: Path, district: District
) -> None:
    registers = few.monthly_registers(tmp_path / "registers", ["990101001"] * 3)
    found = tried(registers, district, "flexible_monthly.amount=400@2026-09-01")
    item = only(found)
    known = district.detail("flexible_monthly.amount").at(few.ON).value
    assert isinstance(known, int)
    # Nothing has been drawn: twelve months from the month of determination.
    assert item.before.payable == tuple([3 * known] * 12)
    assert item.after.payable == tuple([3 * known] * 3 + [3 * 400_00] * 9)
    assert found.months[0] == "2026-06"
    assert item.gains.more == 9 * (400_00 - known)


def test_a_value_that_nobody_confirmed_is_kept_apart(tmp_path: Path) -> None:
    bare = load_district("example", today=few.ON)
    registers = few.monthly_registers(tmp_path / "registers", ["990101001"] * 3)
    value = bare.detail("flexible_monthly.max_months").at(few.ON)
    assert value.status.payable
    # The term is changed, the amount is not: it stays as little confirmed as it was.
    found = only(tried(registers, _unconfirmed(tmp_path), "flexible_monthly.max_months=6"))
    assert found.before.payable_fen == found.after.payable_fen == 0
    assert found.before.unconfirmed_fen == 12 * 3 * 320_00
    assert found.after.unconfirmed_fen == 6 * 3 * 320_00


def _unconfirmed(folder: Path) -> District:
    """The example district without what its officers confirmed."""
    import shutil

    copy = folder / "unconfirmed"
    shutil.copytree(load_district("example").folder, copy)
    (copy / "confirmations.yaml").unlink()
    return load_district(copy, today=few.ON)


def test_what_an_officer_confirms_by_adopting_it_counts_as_payable(tmp_path: Path) -> None:
    registers = few.monthly_registers(tmp_path / "registers", ["990101001"] * 3)
    found = tried(registers, _unconfirmed(tmp_path), "flexible_monthly.amount=320@2025-01-01")
    item = only(found)
    assert found.values[0].same
    assert item.before.payable_fen == item.after.unconfirmed_fen == 0
    assert item.before.unconfirmed_fen == item.after.payable_fen == 12 * 3 * 320_00


def test_a_change_that_changes_nothing_says_so(hirings: Registers, district: District) -> None:
    found = tried(hirings, district, "small_employer_hire.unemployed_months=3")
    assert not found.changed
    assert found.moved.is_empty()
    assert "没有人受影响" in summary(found)[0][0]
    assert any("与现行的值相同" in zh for zh, _ in remarks(found))


def test_a_change_that_no_scheme_reads_says_so(hirings: Registers) -> None:
    jiading = load_district("jiading")
    found = tried(hirings, jiading, "retirement.men_first_birth_month=1966-01")
    assert found.schemes == ()
    assert found.untouched == jiading.scheme_ids
    assert any("没有任何项目用到" in zh for zh, _ in remarks(found))


def test_an_old_value_that_differs_by_date_is_told_by_date(hirings: Registers) -> None:
    jiading = load_district("jiading")
    told = summary(tried(hirings, jiading, "hiring_subsidy.amount_per_hire=3000"))[0]
    olds = "未定（2020-08-03起）、2,000.00元（2023-01-01起）、未定（2024-01-01起）"
    assert f"由{olds}改为3,000.00元" in told[0]
    assert "CNY 2,000.00 (from 2023-01-01), open (from 2024-01-01) → CNY 3,000.00" in told[1]
    later = summary(tried(hirings, jiading, "hiring_subsidy.amount_per_hire=3000@2023-06-01"))[0]
    assert "由2,000.00元（2023-01-01起）、未定（2024-01-01起）改为" in later[0]
    last = summary(tried(hirings, jiading, "hiring_subsidy.amount_per_hire=3000@2025-01-01"))[0]
    assert "由未定改为" in last[0]


def test_only_what_a_change_touches_is_decided_again(
    hirings: Registers, district: District
) -> None:
    found = tried(hirings, district, "small_employer_hire.amount=1")
    assert [item.scheme for item in found.schemes] == ["small_employer_hire"]
    assert found.untouched == ("first_business", "flexible_monthly")
    jiading = tried(hirings, load_district("jiading"), "post_subsidy.minimum_wage_share=60")
    assert {item.scheme: item.rejudged for item in jiading.schemes} == {
        "post_subsidy": True,
        # excluded by the other, or by what that excludes, and settled anew
        "flexible_social_insurance": False,
        "employer_social_insurance": False,
        "public_post_insurance": False,
        "public_post_subsidy": False,
    }


def test_the_district_is_left_as_it_was(hirings: Registers, district: District) -> None:
    before, series = district.parameters_digest, dict(district.parameters)
    found = tried(hirings, district, "small_employer_hire.unemployed_months=6")
    assert found.manifest["parameters_digest"]["before"] == before
    assert found.manifest["parameters_digest"]["after"] != before
    assert all(district.parameters[name] is held for name, held in series.items())
    assert load_district("example", today=few.ON).parameters_digest == before
    again = tried(hirings, district, "small_employer_hire.unemployed_months=6")
    assert again.moved.equals(found.moved)
    assert only(again).transitions == only(found).transitions


def test_age_bands_begin_on_the_birthday(tmp_path: Path, district: District) -> None:
    registers = few.monthly_registers(tmp_path / "registers", ["990101001"] * 3)
    people = registers.table(few.Person).collect()
    days = [dt.date(2001, 6, 30), dt.date(2001, 7, 1), dt.date(1961, 1, 1)]
    born = pl.Series("birth_date", [calendar.code(day) for day in days], pl.Int32)
    tables = {
        entity: registers.table(entity).collect()
        for entity in (few.FlexibleWork, few.Contribution, few.Award)
    }
    held = few.write(tmp_path / "aged", {**tables, few.Person: people.with_columns(born)}, few.ON)
    item = only(tried(held, district, "flexible_monthly.amount=1"))
    ages = {cell.age: cell.numbers["entitled_before"] for cell in item.cells.by_age}
    assert ages == {16: 1, 25: 1, 65: 1}


def test_only_conditions_of_the_law_of_the_day_are_reasons(synthetic: Registers) -> None:
    jiading, on = load_district("jiading"), dt.date(2026, 10, 31)
    # The law of 2023 names its contract; that of 2024 asks for the one that the city has set.
    texts = ["hiring_subsidy.unemployed_months=12", "hiring_subsidy.contract_months=48"]
    found = compare(synthetic, jiading, Reform(changes_from(texts, jiading)), on)
    started = synthetic.table(few.Employment).select("key", "started_on").collect()
    moved = found.moved.join(started, on="key")
    since_2024 = pl.col("started_on") >= calendar.code(dt.date(2024, 1, 1))
    then, now = (
        set(rows["conditions"].explode())
        for rows in (moved.filter(~since_2024), moved.filter(since_2024))
    )
    assert "contract" in then
    assert "contract_as_set" in now
    assert "contract" not in now
