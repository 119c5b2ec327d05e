"""The run: what becomes of each row, and a folder that appears whole or not at all."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.determination import trial
from tests.determination.conftest import World

from wenye.determination.replay import replay
from wenye.determination.results import Results, ResultsError, remarks
from wenye.determination.run import determine
from wenye.policy.district import load_district
from wenye.registers.store import write


def column(world: World, scheme: str, name: str) -> list[Any]:
    return world.results.frame(scheme).select(name).collect()[name].to_list()


def test_every_row_has_its_outcome(tried: World) -> None:
    assert column(tried, "flexible", "outcome") == [
        "entitled",
        "not_entitled",
        "not_entitled",
        "undetermined",
        "entitled",
        "not_entitled",
        "not_entitled",
        "not_entitled",
    ]
    assert column(tried, "hiring", "outcome") == [
        "entitled",
        "entitled",
        "not_entitled",
        "undetermined",
        "not_entitled",
        "not_entitled",
        "not_entitled",
        "undetermined",
    ]


def test_an_employer_with_nobody_counts_nobody(tried: World) -> None:
    assert column(tried, "staffed", "outcome")[3] == "not_entitled"


def test_the_day_of_hiring_picks_the_law(tried: World) -> None:
    assert column(tried, "hiring", "law")[5:7] == ["law_2020", None]


def test_an_unconfirmed_value_cannot_be_paid_on(tried: World) -> None:
    entry = tried.results.manifest["schemes"]["hiring"]
    assert (entry["payable_fen"], entry["unconfirmed_fen"]) == (0, 80_050)


def test_an_outcome_that_rests_on_an_unconfirmed_value_says_so(tried: World) -> None:
    # Six or three months of unemployment are only sourced; 3 misses a fact whatever they are.
    assert column(tried, "hiring", "outcome_status")[:4] == [
        "unconfirmed",
        "unconfirmed",
        "confirmed",
        None,
    ]
    assert set(column(tried, "staffed", "outcome_status")) == {"confirmed"}
    entry = tried.results.manifest["schemes"]["hiring"]
    statuses = column(tried, "hiring", "outcome_status")
    assert entry["unconfirmed_outcomes"] == statuses.count("unconfirmed")


def test_an_outcome_of_a_scheme_that_pays_nothing_may_be_unconfirmed(tmp_path: Path) -> None:
    folder = trial.write_district(tmp_path / "district")
    path = folder / "parameters" / "monthly.yaml"
    text = path.read_text(encoding="utf-8")
    quoted = "{value: 2, status: quoted, document: trial-1, article: 五, quote: 2人以上}"
    assert quoted in text
    sourced = "{value: 2, status: sourced, reference: 转载}"
    path.write_text(text.replace(quoted, sourced), encoding="utf-8")
    registers = trial.trial_registers(tmp_path / "registers")
    district = load_district(folder, today=trial.ON)
    run = determine(registers, district, trial.ON, tmp_path / "results", only=["staffed"])
    assert run.manifest["schemes"]["staffed"]["unconfirmed_outcomes"] == len(trial.EMPLOYERS)
    assert replay(Results(run.folder, run.manifest, district)).same


CLAW_BACK = """
    claws_back = claw_back(
        "担任企业高管的",
        when=Person.company_officer,
        amount=total(Person.awards, Person.awards.amount),
    )
    law_2024"""


def test_where_a_fact_is_missing_the_recovery_is_unknown(tmp_path: Path) -> None:
    folder = trial.write_district(tmp_path / "district")
    path = folder / "schemes" / "hardship.py"
    text = path.read_text(encoding="utf-8").replace("\n    law_2024", CLAW_BACK, 1)
    text = text.replace("import ON, Scheme", "import ON, Scheme, claw_back, total")
    path.write_text(text, encoding="utf-8")
    unknown = {name: fact for name, fact in trial.person().items() if name != "company_officer"}
    people = [trial.person(company_officer=True), trial.person(), unknown, unknown]
    months = {"employer": None, "scheme": "x", "first_month": "2025-01", "last_month": "2025-01"}
    awards = [{"person": key, "amount": "10.00", **months} for key in (1, 2, 3)]
    registers = trial.trial_registers(
        tmp_path / "registers",
        people=trial.table(trial.Person, *people),
        awards=trial.table(trial.Award, *awards),
    )
    district = load_district(folder, today=trial.ON)
    run = determine(registers, district, trial.ON, tmp_path / "results", only=["hardship"])
    rows = pl.read_parquet(run.folder / "hardship.parquet")
    assert rows["recover"].to_list() == [1_000, None, None, None]
    assert rows["recover_unknown"].to_list() == [False, False, True, False]
    assert run.manifest["schemes"]["hardship"]["recover_unknown"] == 1
    assert remarks(run.manifest) == ["是否追回、追回多少尚不能确定：困难人员月补 1 行"]
    assert replay(Results(run.folder, run.manifest, district)).same


def test_what_counts_once_counts_for_the_first_hire(tried: World) -> None:
    assert column(tried, "hiring", "granted")[:2] == [True, False]
    assert column(tried, "hiring", "yields_to")[1] == "once:1"


def test_an_excluded_support_yields_to_the_stronger(tried: World) -> None:
    assert column(tried, "flexible", "yields_to")[4] == "scheme:hardship"
    assert column(tried, "hardship", "granted")[4] is True


def test_only_some_schemes(tried: World, tmp_path: Path) -> None:
    run = determine(tried.registers, tried.district, trial.ON, tmp_path / "some", only=["hardship"])
    assert list(run.manifest["schemes"]) == ["hardship"]
    assert Results.open(run.folder).manifest["only"] == ["hardship"]


def test_an_unknown_scheme_is_refused_with_the_near_one(tried: World, tmp_path: Path) -> None:
    with pytest.raises(ResultsError) as caught:
        determine(tried.registers, tried.district, trial.ON, tmp_path / "x", only=["hardshp"])
    assert caught.value.mend == "did you mean hardship?"
    assert not (tmp_path / "x").exists()


def test_empty_registers_give_empty_results(tried: World, tmp_path: Path) -> None:
    registers = write(tmp_path / "none", {}, trial.ON)
    run = determine(registers, tried.district, trial.ON, tmp_path / "empty")
    assert {entry["rows"] for entry in run.manifest["schemes"].values()} == {0}
    assert Results.open(run.folder).unknowns.is_empty()


def test_a_district_without_schemes_is_refused(tried: World, tmp_path: Path) -> None:
    folder = trial.write_district(tmp_path / "bare")
    for path in (folder / "schemes").iterdir():
        path.unlink()
    with pytest.raises(ResultsError, match="没有补贴项目"):
        determine(tried.registers, load_district(folder), trial.ON, tmp_path / "x")


@pytest.mark.parametrize(
    "trouble", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()]
)
def test_after_trouble_the_previous_results_stand(tried: World, trouble: BaseException) -> None:
    def names() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in tried.folder.iterdir()}

    def fails(folder: Path, manifest: dict[str, Any]) -> None:
        (folder / "half.xlsx").write_text("half")
        raise trouble

    before = names()
    with pytest.raises(type(trouble)):
        determine(tried.registers, tried.district, trial.ON, tried.folder, beside=fails)
    assert names() == before
    assert [path.name for path in tried.folder.parent.iterdir() if path.name[0] == "."] == []


def test_new_results_replace_the_old_ones_whole(tried: World) -> None:
    stale = tried.folder / "gone.xlsx"
    stale.write_text("of a scheme that is no more")
    (tried.folder / "note.txt").write_text("an officer's own")
    determine(tried.registers, tried.district, trial.ON, tried.folder)
    assert not stale.exists()
    assert (tried.folder / "note.txt").exists()


def test_a_folder_of_something_else_is_never_replaced(tried: World, tmp_path: Path) -> None:
    other = tmp_path / "papers"
    other.mkdir()
    (other / "budget.xlsx").write_text("mine")
    with pytest.raises(ResultsError, match="别的文件"):
        determine(tried.registers, tried.district, trial.ON, other)
    with pytest.raises(ResultsError, match="不能相同"):
        determine(tried.registers, tried.district, trial.ON, tried.registers.folder)
    assert (other / "budget.xlsx").read_text() == "mine"


def test_the_same_run_gives_the_same_frames(tried: World, tmp_path: Path) -> None:
    again = determine(tried.registers, tried.district, trial.ON, tmp_path / "again")
    for scheme in tried.district.schemes:
        one = tried.results.frame(scheme).collect()
        other = pl.read_parquet(again.folder / f"{scheme}.parquet")
        assert one.equals(other)


def test_a_district_of_ones_own_is_found_again(tried: World) -> None:
    opened = Results.open(tried.folder)
    assert opened.district.folder.resolve() == tried.district.folder.resolve()
    assert opened.district.rules_digest == tried.district.rules_digest


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda folder: (folder / "manifest.json").unlink(), "缺少 manifest.json"),
        (lambda folder: (folder / "manifest.json").write_text("{"), "清单无法读取"),
        (lambda folder: (folder / "manifest.json").write_text("{}"), "清单内容不完整"),
        (lambda folder: (folder / "hiring.parquet").unlink(), "缺少文件"),
    ],
)
def test_damaged_results_are_refused_by_name(tried: World, spoil: Any, words: str) -> None:
    spoil(tried.folder)
    with pytest.raises(ResultsError, match=words):
        Results.open(tried.folder)


def test_a_truncated_frame_is_refused_by_name(tried: World) -> None:
    path = tried.folder / "hiring.parquet"
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(ResultsError, match="损坏"):
        tried.results.frame("hiring")
