"""``wenye duties``, as it is typed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from wenye.cli.app import main


class Typed:
    """What a command printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.error = ""

    def __call__(self, *arguments: str, code: int = 0) -> str:
        self._capsys.readouterr()
        assert main(["duties", *arguments]) == code
        shown = self._capsys.readouterr()
        self.error = shown.err
        return shown.out

    def json(self, *arguments: str) -> Any:
        return json.loads(self(*arguments, "--json"))


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str]) -> Typed:
    return Typed(capsys)


PLACEMENT = ("--due", "hardship_placement", "--from", "2026-05-31")


def test_the_list_says_who_owes_what_by_when(typed: Typed) -> None:
    shown = typed("--on", "2026-10-31")
    assert "monthly_follow_up  登记失业人员每月至少跟踪调查1次" in shown
    assert "谁 / owner: 区人力资源社会保障局、区科委、区经委" in shown
    assert "时限 / clock: 受理申请后5个工作日内 / within 5 working days of acceptance" in shown
    assert "条件 / condition: 服从安排、不挑不拣" in shown
    assert (
        "依据 / source: 沪人社规〔2026〕18号 第五条：“自受理申请之日起5个工作日内完成审核”" in shown
    )
    assert "未定：是否仍有效待确认 / open" in shown
    assert "待确认：原文不在本区文件中 / to be confirmed" in shown


def test_the_list_as_data(typed: Typed) -> None:
    duties = {item["id"]: item for item in typed.json("--on", "2025-08-02")}
    follow_up = duties["monthly_follow_up"]
    assert follow_up["clock"]["kind"] == "every"
    assert (follow_up["basis"], follow_up["status"]) == ("in_force", "quoted")
    assert duties["dismissal_notice"]["basis"] is None
    assert duties["benefit_claim_review"]["basis"] == "not_yet"
    assert duties["benefit_pay_back"]["clock"]["kind"] == "none"


def test_when_a_duty_is_due_and_how_it_stands(typed: Typed) -> None:
    shown = typed(*PLACEMENT, "--met-condition", "yes", "--on", "2026-09-01")
    assert "到期 / due: 2026-08-31" in shown
    assert "逾期未完成 / overdue（逾期1天" in shown
    found = typed.json(*PLACEMENT, "--met-condition", "yes", "--on", "2026-08-31")
    assert (found["state"], found["due"], found["days"]) == ("not_yet_due", "2026-08-31", 0)
    found = typed.json(
        *PLACEMENT, "--done", "2026-08-31", "--met-condition", "yes", "--on", "2027-01-01"
    )
    assert found["state"] == "met"


def test_the_condition_decides(typed: Typed) -> None:
    on = ("--on", "2026-12-31")
    assert typed.json(*PLACEMENT, *on)["state"] == "unknown"
    assert typed.json(*PLACEMENT, *on, "--met-condition", "no")["state"] == "not_owed"
    assert typed.json(*PLACEMENT, *on, "--met-condition", "yes")["state"] == "overdue"


def test_without_a_day_of_the_event_nothing_is_known(typed: Typed) -> None:
    shown = typed("--due", "hardship_placement", "--met-condition", "yes", "--on", "2026-12-31")
    assert "起算 / from: 不明 / unknown" in shown
    assert "无法判定 / unknown" in shown


def test_each_month_is_shown(typed: Typed) -> None:
    shown = typed(
        "--due",
        "monthly_follow_up",
        "--from",
        "2025-01-01",
        "--done",
        "2025-01-31",
        "--done",
        "2025-03-01",
        "--until",
        "2025-03-31",
        "--on",
        "2025-06-01",
    )
    assert "2025-01  已按期完成 / met" in shown
    assert "2025-02  逾期未完成 / overdue" in shown
    assert "2025-04" not in shown


FOLLOW_UP = ("--due", "monthly_follow_up", "--from", "2025-06-10", "--done", "2025-06-20")


def test_months_in_doubt_are_counted_apart(typed: Typed) -> None:
    shown = typed(*FOLLOW_UP, "--on", "2026-11-24")
    assert "16个月未完成，最早2025-07；其中15个月的依据未定，最早2025-08" in shown
    assert "依据状态 / basis: 未定：是否仍有效待确认" in shown
    assert "2025-07  逾期未完成 / overdue\n" in shown
    assert "2025-08  逾期未完成 / overdue（依据未定 / basis open）" in shown
    found = typed.json(*FOLLOW_UP, "--on", "2026-11-24")
    assert (found["basis"], found["state"]) == ("doubtful", "overdue")
    assert found["counted"] == {"firm": 1, "doubtful": 15, "unconfirmed": 0}
    assert [item["basis"] for item in found["months"][:3]] == ["in_force", "in_force", "doubtful"]


def test_the_basis_on_the_due_day_is_told_too(typed: Typed) -> None:
    """The notice is in force when the clock starts, and past its printed end when it runs out."""
    starts = ("--due", "hardship_placement", "--from", "2026-11-01", "--on", "2026-11-24")
    shown = typed(*starts)
    assert "起算日 2026-11-01 的依据 / basis on the day of the event: 施行中" in shown
    assert "到期日 2027-02-01 的依据 / basis on the due day: 未定：是否仍有效待确认" in shown
    assert "2026-11-24 的依据 / basis on the day asked for: 施行中" in shown
    found = typed.json(*starts)
    keys = ("basis", "basis_on_due_day", "basis_on")
    assert [found[key] for key in keys] == ["in_force", "doubtful", "in_force"]


def test_an_exploratory_duty_is_never_overdue_and_says_so(typed: Typed) -> None:
    release = ("--due", "surveyed_rate_publication", "--from", "2025-01-01")
    asked = (*release, "--met-condition", "yes", "--on", "2026-11-24")
    shown = typed(*asked)
    assert "逾期未完成" not in shown
    assert "days late" not in shown
    assert "状态 / state: 未完成（探索性要求，不算逾期）" in shown
    assert "2026-11  未到期 / not yet due（探索性 / exploratory）" in shown
    found = typed.json(*asked)
    assert (found["state"], found["exploratory"], found["days"]) == ("not_done", True, None)
    assert "（探索性，不算逾期 / exploratory, never overdue）" in typed()


def test_a_record_that_ends_early_leaves_it_unknown(typed: Typed) -> None:
    found = typed.json(
        *PLACEMENT, "--met-condition", "yes", "--on", "2026-12-31", "--complete-to", "2026-08-30"
    )
    assert found["state"] == "unknown"


def test_the_example_district_has_duties_too(typed: Typed) -> None:
    assert "灵活就业月补按月发放" in typed("--district", "example", "--on", "2026-01-01")


def test_an_unknown_duty_is_refused_with_the_nearest(typed: Typed) -> None:
    typed("--due", "hardship", code=1)
    assert "没有责任“hardship”" in typed.error
    assert "hardship_placement" in typed.error


def test_a_day_without_a_duty_is_wrong_usage(typed: Typed) -> None:
    typed("--from", "2026-01-01", code=2)
    assert "--due" in typed.error
