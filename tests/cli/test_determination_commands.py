"""The commands of the main job, as they are typed."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.determination import trial

from wenye.cli.app import main

CASE = {
    "employment": {
        "started_on": "2026-03-01",
        "contract_months": 24,
        "employer": {"in_city": True, "size": "micro"},
        "worker": {"unemployment": [{"started_on": "2025-10-31", "ended_on": None}], "awards": []},
    }
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a district, registers, and the results of ``wenye determine``."""
    folder = tmp_path_factory.mktemp("place")
    trial.write_district(folder / "district")
    trial.trial_registers(folder / "registers")
    arguments = [folder / "registers", folder / "results", "--on", "2026-10-31"]
    arguments += ["--district", folder / "district"]
    code = main(["determine", *map(str, arguments)])
    assert code == 0
    return folder


class Typed:
    """What a command printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.error = ""

    def __call__(self, *arguments: object, code: int = 0) -> str:
        self._capsys.readouterr()
        assert main([str(argument) for argument in arguments]) == code
        shown = self._capsys.readouterr()
        self.error = shown.err
        return shown.out

    def json(self, *arguments: object, code: int = 0) -> Any:
        return json.loads(self(*arguments, "--json", code=code))


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str]) -> Typed:
    return Typed(capsys)


def test_determine_writes_results_workbooks_and_a_report(place: Path) -> None:
    names = {path.name for path in (place / "results").iterdir()}
    assert {"manifest.json", "unknowns.parquet", "report.html"} <= names
    assert {"flexible.parquet", "flexible.xlsx", "hiring.xlsx"} <= names


def test_determine_sums_up(place: Path, tmp_path: Path, typed: Typed) -> None:
    arguments = ["determine", place / "registers", tmp_path / "r", "--on", "2026-10-31"]
    arguments += ["--district", place / "district", "--no-workbooks"]
    shown = typed(*arguments)
    assert "合计" in shown
    assert "¥1,300.00" in shown
    assert not list((tmp_path / "r").glob("*.xlsx"))
    told = typed.json(*arguments)
    assert told["schemes"]["flexible"]["payable"] == "300.00"
    assert told["schemes"]["hiring"]["unconfirmed"] == "800.50"


def test_some_schemes_are_determined_with_a_warning(
    place: Path, tmp_path: Path, typed: Typed
) -> None:
    arguments = ["determine", place / "registers", tmp_path / "r", "--on", "2026-10-31"]
    arguments += ["--district", place / "district", "--no-workbooks", "--scheme"]
    typed(*arguments, "hiring")
    assert "互斥" in typed.error
    typed(*arguments, "hirng", code=1)
    assert "did you mean hiring?" in typed.error


def test_altered_registers_are_not_determined(tmp_path: Path, typed: Typed) -> None:
    trial.write_district(tmp_path / "district")
    path = trial.trial_registers(tmp_path / "registers").folder / "people.parquet"
    pl.read_parquet(path).head(2).write_parquet(path)
    arguments = ["determine", tmp_path / "registers", tmp_path / "r", "--on", "2026-10-31"]
    typed(*arguments, "--district", tmp_path / "district", code=1)
    assert "摘要不符" in typed.error
    assert not (tmp_path / "r").exists()


def test_a_day_far_after_the_registers_is_warned_of(
    place: Path, tmp_path: Path, typed: Typed
) -> None:
    arguments = ["determine", place / "registers", tmp_path / "r", "--no-workbooks"]
    arguments += ["--district", place / "district", "--on"]
    typed(*arguments, "2026-11-30")
    assert "只完整到" not in typed.error
    typed(*arguments, "2027-10-31")
    assert "登记册只完整到 2026-10-31，比判定日早 365 天" in typed.error


def test_a_day_is_needed(place: Path, tmp_path: Path, typed: Typed) -> None:
    typed("determine", place / "registers", tmp_path / "r", code=2)


def test_why_draws_the_reasoning(place: Path, typed: Typed) -> None:
    shown = typed("why", place / "results", "employment:3")
    assert "结论　✗ 不符合" in shown
    assert "├─ ✗ 不满足　本市用人单位　［试〔2024〕1号 第二条］" in shown
    assert "只要满足“本市用人单位”，就符合" in shown
    assert "涉及　人员 people:7" in shown


def test_why_of_a_bare_number_asks_which_is_meant(place: Path, typed: Typed) -> None:
    shown = typed("why", place / "results", "1")
    assert "employers:1 或 employment:1 或 people:1" in shown
    assert "结论" not in shown


def test_why_as_json(place: Path, typed: Typed) -> None:
    (found,) = typed.json("why", place / "results", "employment:1", "--scheme", "hiring")
    assert found["explanation"]["amount_status"] == "unconfirmed"
    assert found["stored"]["law_day"] == "2026-03-01"


def test_why_refuses_what_is_not_there(place: Path, typed: Typed) -> None:
    typed("why", place / "results", "people:99", code=1)
    assert "结果中没有" in typed.error
    typed("why", place / "nothing", "people:1", code=1)
    assert "结果文件夹不存在" in typed.error


def test_near_misses(place: Path, typed: Typed) -> None:
    shown = typed("near-misses", place / "results")
    assert "不得有：担任企业高管" in shown
    told = typed.json("near-misses", place / "results", "--scheme", "hiring")
    assert {item["condition"] for item in told["near_misses"]} == {
        "city_employer",
        "long_unemployed",
    }


def test_unknowns(place: Path, typed: Typed) -> None:
    shown = typed("unknowns", place / "results")
    assert "待定共 3" in shown
    assert "劳动合同最低期限" in shown
    told = typed.json("unknowns", place / "results")
    assert told["open_values"][0]["parameter"] == "hiring.contract_months"


def test_replay(place: Path, typed: Typed) -> None:
    assert "100% 逐项相同" in typed("replay", place / "results")
    told = typed.json("replay", place / "results", "--sample", "5")
    assert (told["same"], told["decided"]) == (True, 5)


def test_replay_ends_with_1_where_something_changed(tmp_path: Path, typed: Typed) -> None:
    trial.write_district(tmp_path / "district")
    trial.trial_registers(tmp_path / "registers")
    arguments = ["determine", tmp_path / "registers", tmp_path / "results", "--on", "2026-10-31"]
    typed(*arguments, "--district", tmp_path / "district", "--no-workbooks")
    path = tmp_path / "district" / "parameters" / "monthly.yaml"
    path.write_text(path.read_text().replace("300", "310"))
    shown = typed("replay", tmp_path / "results", code=1)
    assert "参数和确认" in shown
    assert "2 个不同" in shown
    shown = typed("why", tmp_path / "results", "people:1")
    assert "与存下的结果不同" in shown


# -- explain ----------------------------------------------------------------------------------


@pytest.fixture
def explain(place: Path, typed: Typed, tmp_path: Path) -> Any:
    def explained(case: object, *more: object, code: int = 0, scheme: str = "hiring") -> str:
        path = tmp_path / "case.json"
        text = case if isinstance(case, str) else json.dumps(case, ensure_ascii=False)
        path.write_text(text, encoding="utf-8")
        arguments = ["explain", scheme, path, "--on", "2026-10-31"]
        return typed(*arguments, "--district", place / "district", *more, code=code)

    return explained


def test_explain_tells_outcome_law_and_amount(explain: Any) -> None:
    shown = explain(CASE)
    assert "结论　✓ 符合 / entitled" in shown
    assert "试〔2024〕1号 第二条（2024-01-01 起）；按 2026-03-01 适用" in shown
    assert "金额　¥800.50　标准有来源、尚待确认，暂不可发放" in shown
    assert "标准·登记失业满月数：3个月（有来源、待确认，转载）" in shown


def test_explain_as_json_has_what_programs_need(explain: Any) -> None:
    told = json.loads(explain(CASE, "--json"))
    assert (told["outcome"], told["amount"], told["amount_status"]) == (
        "entitled",
        "800.50",
        "unconfirmed",
    )
    assert told["law"]["version"] == "law_2024"
    assert told["receipt"]["id"]
    item = told["conditions"][0]
    assert {"name", "label", "citation", "value", "facts"} <= item.keys()
    assert {"schedule", "missing", "blocked_by", "flips"} <= told.keys()


def test_explain_says_what_is_missing(explain: Any) -> None:
    case = json.loads(json.dumps(CASE))
    del case["employment"]["employer"]["in_city"]
    shown = explain(case)
    assert "结论　? 待定" in shown
    assert "本市用人单位（employment.employer.in_city）" in shown


def test_explain_shows_a_schedule_and_what_time_will_change(explain: Any) -> None:
    case = {
        "person": {
            "hukou": "district",
            "company_officer": False,
            "flexible_work": [{"started_on": "2026-02-28", "ended_on": "2026-12-31"}],
        }
    }
    shown = explain(case, scheme="flexible")
    assert "期限　2026-03 至 2027-02，共 12 个月，尚有 5 个月" in shown
    assert "2026-11 至 2027-02　未定" in shown
    assert "2027-01-01 起不符合" in shown


@pytest.mark.parametrize(
    ("since", "words"),
    [
        ("2024-01-31", "金额　期限已用完（2024-02 至 2025-01），本月没有应发金额"),
        ("2026-10-31", "金额　本月不在发放期内（2026-11 至 2027-10）"),
    ],
)
def test_explain_says_why_nothing_is_due_this_month(explain: Any, since: str, words: str) -> None:
    spell = {"started_on": since, "ended_on": None}
    person = {"hukou": "district", "company_officer": False, "flexible_work": [spell]}
    shown = explain({"person": person}, scheme="flexible")
    assert "结论　✓ 符合" in shown
    assert words in shown


def test_explain_lists_what_else_is_unknown(explain: Any) -> None:
    shown = explain({"person": {"company_officer": False}}, scheme="flexible")
    asked, _, others = shown.partition("其他还不知道的：")
    listed = asked.partition("还缺")[2] + others.splitlines()[0]
    assert "户籍" in listed
    assert "灵活就业登记" in listed
    case = {"employment": {"started_on": "2026-03-01"}}
    line = next(line for line in explain(case).splitlines() if line.startswith("其他还不知道的："))
    assert "单位规模" in line or "规模" in line
    assert "（未命名的条件）" not in line
    assert "其他还不知道的" not in explain(CASE)


def test_explain_without_a_law_says_so_in_the_place_of_conditions(explain: Any) -> None:
    shown = explain({"employment": {"started_on": "2019-03-01"}})
    assert "✗ 不满足　没有收录当日有效的规定 / no rule of that day is on file" in shown
    assert "未命名" not in shown


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("{", "不是有效的 JSON：第 1 行第 2 列"),
        ("[1]", "案例应为对象"),
        ('{"employment": {"started_on": "2026-02-30"}}', "日历上有的日期"),
        ('{"employment": {"start": 1}}', "unknown name 'start'"),
        ('{"employment": {}, "employment": {}}', "写了两次"),
        ('{"employment": {"contract_months": NaN}}', "不是数"),
        ('{"employment": {"contract_months": 1.5}}', "整数"),
        ('{"person": {}}', "不认识的名称"),
        ("[" * 100_000, "嵌套过深"),
    ],
)
def test_a_case_that_cannot_be_read_is_refused_with_its_place(
    explain: Any, typed: Typed, case: str, words: str
) -> None:
    explain(case, code=1)
    assert words in typed.error
    assert "internal" not in typed.error


def test_a_case_from_standard_input(
    place: Path, typed: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = io.TextIOWrapper(io.BytesIO(json.dumps(CASE).encode()))
    monkeypatch.setattr(sys, "stdin", text)
    arguments = ["explain", "hiring", "-", "--on", "2026-10-31", "--district", place / "district"]
    assert "符合" in typed(*arguments)


def test_a_file_in_another_encoding_or_none_is_refused(
    place: Path, typed: Typed, tmp_path: Path
) -> None:
    path = tmp_path / "gb.json"
    path.write_bytes('{"employment": {"甲": 1}}'.encode("gb18030"))
    more = ["--on", "2026-10-31", "--district", place / "district"]
    typed("explain", "hiring", path, *more, code=1)
    assert "不是 UTF-8" in typed.error
    typed("explain", "hiring", tmp_path / "none.json", *more, code=1)
    assert "找不到案例文件" in typed.error


def test_a_template_can_be_printed_without_a_day(place: Path, typed: Typed) -> None:
    arguments = ["explain", "hiring", "--template", "--district", place / "district"]
    assert json.loads(typed(*arguments))["employment"]["started_on"]
    typed("explain", "hiring", "--district", place / "district", code=2)
    typed("explain", "hirng", "--template", "--district", place / "district", code=1)
    assert "did you mean hiring?" in typed.error


# -- check and demo ---------------------------------------------------------------------------


def test_check_is_content_with_the_shipped_districts(typed: Typed) -> None:
    assert typed("check").count("✓ 没有错误") == 2
    told = typed.json("check", "--district", "example")
    assert told[0]["sound"] is True


def test_check_lists_what_is_open_and_whom_to_ask(typed: Typed) -> None:
    shown = typed("check", "--district", "jiading", "--open")
    assert "hiring_subsidy.amount_per_hire" in shown
    assert "问 / ask: 区人力资源社会保障局" in shown
    assert "hiring_subsidy.amount_per_hire" not in typed("check", "--district", "jiading")
    told = typed.json("check", "--district", "jiading")
    assert {"ask", "reason", "schemes"} <= told[0]["open_values"][0].keys()


def test_check_ends_with_1_where_something_is_wrong(tmp_path: Path, typed: Typed) -> None:
    trial.write_district(tmp_path)
    path = tmp_path / "schemes" / "hiring.py"
    path.write_text(path.read_text().replace("P.amount", "P.amuont"))
    shown = typed("check", "--district", tmp_path, code=1)
    assert "did you mean amount?" in shown


def test_the_demo_goes_all_the_way_and_again(tmp_path: Path, typed: Typed) -> None:
    for _ in range(2):
        shown = typed("demo", tmp_path / "demo", "--people", "600", "--seed", "3")
    assert "合成数据" in shown
    assert (tmp_path / "demo" / "results" / "report.html").is_file()
    tries = [line.split() for line in shown.splitlines() if line.startswith("  wenye ")]
    assert [words[1] for words in tries] == ["why", "near-misses", "explain"]
    for words in tries:
        assert typed(*words[1:])


def test_the_demo_as_json(tmp_path: Path, typed: Typed) -> None:
    told = typed.json("demo", tmp_path / "d", "--people", "600")
    assert told["folders"]["results"] == str(tmp_path / "d" / "results")
    assert told["rows"]["generated"] == told["rows"]["accepted"] + told["rows"]["rejected"]
    schemes = told["results"]["schemes"].values()
    assert told["totals"]["rows"] == sum(entry["rows"] for entry in schemes)
    assert re.fullmatch(r"\d+\.\d\d", told["totals"]["payable"])


def test_the_demo_of_the_invented_district(tmp_path: Path, typed: Typed) -> None:
    shown = typed("demo", tmp_path / "d", "--people", "600", "--district", "example")
    assert "示例区" in shown
