"""The tutorial is run as it is printed: its files are written, its refusal and answers compared."""

import datetime as dt
import json
import re
import shutil
from pathlib import Path

import pytest

import wenye
from wenye.policy.district import load_district
from wenye.rules import RuleError, calendar
from wenye.rules.case_input import read_case
from wenye.rules.explain import Explainer

PAGE = Path(__file__).resolve().parents[2] / "docs" / "writing-a-scheme.md"
BLOCK = re.compile(r"^```(\w+) ([^\n]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def district(tmp_path: Path) -> Path:
    shipped = Path(wenye.__file__).parent / "districts" / "example"
    return Path(shutil.copytree(shipped, tmp_path / "my-district"))


def blocks() -> list[tuple[list[str], str]]:
    return [(mark.split(), text) for _, mark, text in BLOCK.findall(PAGE.read_text("utf-8"))]


def block(*marks: str) -> str:
    [found] = [text for words, text in blocks() if words == list(marks)]
    return found


def write(district: Path, *marks: str) -> None:
    path = district / marks[0].removeprefix("file=")
    text = block(*marks)
    if "append" in marks:
        text = path.read_text("utf-8") + text
    path.write_text(text, "utf-8")


def explain(district: Path, on: str = "2026-03-31", **changes: str) -> dict[str, object]:
    loaded = load_district(district)
    scheme = loaded.scheme("older_hire")
    case = json.loads(block("file=older-hire.json"))
    for name, value in changes.items():
        case["employment"]["worker"][name] = value
        if value == "":
            del case["employment"]["worker"][name]
    row = read_case(scheme.subject, case)
    day = calendar.code(dt.date.fromisoformat(on))
    return Explainer(scheme, loaded.parameters).explain(row, day)


def test_the_first_draft_is_refused_as_printed(district: Path) -> None:
    write(district, "file=parameters/older_hire.yaml")
    write(district, "file=schemes/older_hire.py", "refused")
    with pytest.raises(RuleError) as refused:
        load_district(district).scheme("older_hire")
    what, mend = block("refusal").strip().split("\nmend: ")
    assert refused.value.what == what
    assert refused.value.mend == mend


def test_the_case_comes_out_as_told(district: Path) -> None:
    write(district, "file=parameters/older_hire.yaml")
    write(district, "file=schemes/older_hire.py")
    decided = explain(district)
    assert (decided["outcome"], decided["amount"]) == ("entitled", "1000.00")
    assert decided["amount_status"] == "unconfirmed"
    unknown = explain(district, birth_date="")
    assert unknown["outcome"] == "undetermined"
    assert unknown["missing"] == ["employment.worker.birth_date"]
    assert explain(district, birth_date="1981-03-03")["outcome"] == "not_entitled"


def test_confirmed_values_are_payable(district: Path) -> None:
    write(district, "file=parameters/older_hire.yaml")
    write(district, "file=schemes/older_hire.py")
    write(district, "file=confirmations.yaml", "append")
    assert explain(district)["amount_status"] == "payable"
