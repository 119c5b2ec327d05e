"""The policy analyst's guide is run as it is printed, but for the steps on Jiading's registers."""

import datetime as dt
import json
import shlex
import shutil
from pathlib import Path

import pytest
from tests.docs.test_new_district import BLOCK, ROOT, entered

from wenye.cli.app import main
from wenye.policy.district import load_district
from wenye.rules import calendar
from wenye.rules.case_input import read_case
from wenye.rules.explain import Explainer

PAGE = ROOT / "docs" / "policy-analyst.md"
DISTRICT = Path("build/practice")


def blocks() -> list[tuple[str, list[str], str]]:
    found = BLOCK.findall(PAGE.read_text("utf-8"))
    return [(kind, marks.split(), text) for kind, marks, text in found]


def write(marks: list[str], text: str) -> None:
    name = marks[0].removeprefix("file=")
    path = Path("build") / name if name == "practice-case.json" else DISTRICT / name
    if marks[1:] == ["append"]:
        text = path.read_text("utf-8") + text
    elif marks[1:] == ["row"]:
        text = path.read_text("utf-8").replace("案例:\n", f"案例:\n{text}", 1)
    elif marks[1:] and marks[1].startswith("line="):
        lines = path.read_text("utf-8").splitlines(keepends=True)
        [place] = [at for at, line in enumerate(lines) if marks[1].removeprefix("line=") in line]
        text = "".join([*lines[:place], text, *lines[place + 1 :]])
    elif marks[1:]:
        text = entered(path.read_text("utf-8"), text)
    path.write_text(text, "utf-8")


def test_the_guide_runs_as_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("WENYE_DOCUMENTS", raising=False)
    monkeypatch.delenv("WENYE_CONFIRMATIONS", raising=False)
    (tmp_path / "build").mkdir()
    shutil.copytree(ROOT / "src/wenye/districts/example", tmp_path / DISTRICT)
    explain: list[str] = []
    ran = 0
    for kind, marks, text in blocks():
        if kind == "console":
            for line in text.replace("\\\n", "").splitlines():
                command = shlex.split(line.removeprefix("$ "))
                if command[0] == "cp" or "build/demo/registers" in command:
                    continue
                assert command[0] == ".venv/bin/wenye"
                assert main(command[1:]) == 0, line
                ran += 1
                if command[1] == "explain":
                    explain = command[1:]
        elif marks and marks[0].startswith("file="):
            write(marks, text)
        elif kind == "text":
            capsys.readouterr()
            assert main(explain) == 0
            shown = capsys.readouterr().out.splitlines()
            assert [line for line in text.splitlines() if line not in shown] == []
    assert ran == 4


def test_from_july_each_month_is_paid_by_the_new_value(tmp_path: Path) -> None:
    """What the guide says of ``explain --json``."""
    entry = next(text for _, marks, text in blocks() if "entry=amount" in marks)
    shipped = ROOT / "src/wenye/districts/example"
    shutil.copytree(shipped, tmp_path / "practice")
    path = tmp_path / "practice/parameters/flexible_monthly.yaml"
    path.write_text(entered(path.read_text("utf-8"), entry), "utf-8")

    district = load_district(tmp_path / "practice")
    scheme = district.scheme("flexible_monthly")
    case = next(text for _, marks, text in blocks() if marks == ["file=practice-case.json"])
    row = read_case(scheme.subject, json.loads(case))
    told = Explainer(scheme, district.parameters).explain(row, calendar.code(dt.date(2027, 2, 15)))
    paid = {item["month"]: item["amount"] for item in told["schedule"]}
    assert (paid["2027-06"], paid["2027-07"]) == ("320.00", "360.00")
