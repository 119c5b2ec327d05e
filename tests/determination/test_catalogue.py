"""The data-sharing catalogue holds what the executors ask for, and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.determination import trial

from wenye.determination.catalogue import Catalogue, Part, catalogue
from wenye.determination.facts_read import How
from wenye.determination.judging import about
from wenye.policy.district import load_district
from wenye.registers.model import MODEL, Graduation
from wenye.rules import calendar
from wenye.rules.case import CaseProgram
from wenye.rules.decide import outputs
from wenye.rules.facts import Entity
from wenye.rules.held import Held
from wenye.rules.scheme import Scheme

ON = dt.date(2026, 10, 31)
DAY = calendar.code(ON)
PLACES = [
    (district, scheme)
    for district in ("jiading", "example")
    for scheme in load_district(district).scheme_ids
]


class Asked(Mapping[str, Any]):
    """A row that notes every fact that is asked of it, and refers on to rows that do the same.

    Its spells cover every day from long ago, so that a row is found wherever one is looked for.
    """

    def __init__(self, entity: type[Entity], noted: set[str]) -> None:
        self._entity, self._noted = entity, noted

    def get(self, name: str, default: Any = None) -> Any:
        facts, relations = self._entity.facts(), self._entity.relations()
        if name in relations:
            inner = relations[name].entity
            self._note(inner, relations[name].by)
            return Held((Asked(inner, self._noted),))
        if name not in facts:
            return None
        self._note(self._entity, name)
        fact = facts[name]
        if fact.kind.name == "key":
            return Asked(fact.target, self._noted)
        last = self._entity.spell is not None and name == self._entity.spell[1]
        if fact.kind.name in ("day", "month"):
            day = dt.date(2030, 1, 1) if last else dt.date(2019, 1, 1)
            code = calendar.code(day)
            return code if fact.kind.name == "day" else code >> 6
        return None

    def _note(self, entity: type[Entity], name: str) -> None:
        self._noted.add(f"{entity.register.name}.{name}")

    def __getitem__(self, name: str) -> Any:
        return self.get(name)

    def __iter__(self) -> Any:
        return iter(())

    def __len__(self) -> int:
        return 1


def asked(scheme: type[Scheme]) -> set[str]:
    """What the compiled case program asks a row for while it decides everything."""
    noted: set[str] = set()
    program = CaseProgram({**outputs(scheme), **about(scheme)})
    program(Asked(scheme.subject, noted), DAY, DAY >> 6)
    return noted


def read_by(found: Catalogue, scheme: str) -> set[str]:
    return {
        entry.name for entry in found.entries if any(use.scheme == scheme for use in entry.uses)
    }


def changed(folder: Path, scheme: str, passages: dict[str, str]) -> Catalogue:
    """The trial district's catalogue, with passages of one scheme's file replaced."""
    path = trial.write_district(folder) / "schemes" / f"{scheme}.py"
    text = path.read_text("utf-8")
    for old, new in passages.items():
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    return catalogue(load_district(folder, today=ON), ON)


@pytest.mark.parametrize(("district", "scheme"), PLACES)
def test_it_holds_what_the_executor_asks_for_and_nothing_else(district: str, scheme: str) -> None:
    loaded = load_district(district)
    assert read_by(catalogue(loaded, ON), scheme) == asked(loaded.scheme(scheme))


def test_every_fact_of_the_model_stands_once() -> None:
    found = catalogue(load_district("jiading"), ON)
    facts = [f"{each.register.name}.{name}" for each in MODEL for name in each.facts()]
    assert [entry.name for entry in found.entries] == facts
    parts = [*found.read, *found.other_versions, *found.unread]
    assert sorted(entry.name for entry in parts) == sorted(facts)


def test_a_condition_taken_away_takes_its_fact_along(tmp_path: Path) -> None:
    whole = changed(tmp_path / "whole", "flexible", {})
    line = '    officer = condition("担任企业高管", Person.company_officer)\n'
    less = changed(tmp_path / "less", "flexible", {line: "", " & ~officer": ""})
    gone = {entry.name for entry in whole.read} - {entry.name for entry in less.read}
    assert gone == {"people.company_officer"}
    assert "people.company_officer" in {entry.name for entry in less.unread}


def test_a_fact_used_for_the_amount_alone_is_there(tmp_path: Path) -> None:
    dispatch = "once(where(Employment.employer.labour_dispatch, P.amount + P.amount, P.amount))"
    found = changed(
        tmp_path,
        "hiring",
        {"once(P.amount)": dispatch, "import Scheme,": "import where, Scheme,"},
    )
    (entry,) = [each for each in found.read if each.name == "employers.labour_dispatch"]
    (use,) = entry.uses
    assert (use.scheme, use.part, use.now) == ("hiring", Part.AMOUNT, True)
    assert use.laws == ["law_2020", "law_2024"]
    assert use.basis == ["试〔2020〕1号 第二条", "试〔2024〕1号 第二条"]


def test_a_version_that_is_over_needs_nothing_on_the_day(tmp_path: Path) -> None:
    folder = trial.write_district(tmp_path)
    district = load_district(folder, today=ON)
    then, now = catalogue(district, dt.date(2021, 6, 1)), catalogue(district, ON)
    size = "employers.size"  # asked for since 2024
    assert size in {entry.name for entry in then.other_versions}
    assert size in {entry.name for entry in now.read}
    before = catalogue(district, dt.date(2019, 1, 1))
    assert before.read == ()
    assert {entry.name for entry in before.other_versions} == {
        entry.name for entry in (*now.read, *now.other_versions)
    }


def test_why_and_how_fresh(tmp_path: Path) -> None:
    found = {entry.name: entry for entry in changed(tmp_path, "hiring", {}).entries}
    (use,) = [each for each in found["unemployment.ended_on"].uses if each.part is Part.CONDITION]
    assert (use.name, use.basis) == (
        "long_unemployed",
        ["试〔2020〕1号 第二条", "试〔2024〕1号 第二条"],
    )
    (reading,) = use.readings
    assert (reading.how, reading.when, reading.complete_to) == (How.AS_AT, "就业日期", "就业日期")
    (use,) = found["people.hukou"].uses
    assert (use.label, use.readings[0].how) == ("本区户籍", How.JUDGED)
    assert use.readings[0].complete_to == ""
    (use,) = found["employers.in_city"].uses
    assert use.readings[0].how is How.CURRENT
    staffed = [each for each in found["employment.employer"].uses if each.scheme == "staffed"]
    assert [each.readings[0].how for each in staffed] == [How.EVERY]
    assert staffed[0].readings[0].complete_to == "判定日"


def test_nobody_supplies_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert catalogue(load_district("jiading"), ON).unsupplied == ()
    monkeypatch.setattr(Graduation, "register", replace(Graduation.register, supplied_by=""))
    found = catalogue(load_district("jiading"), ON)
    assert {entry.name for entry in found.unsupplied} == {
        f"graduations.{name}" for name in Graduation.facts()
    }
    example = catalogue(load_district("example"), ON)
    assert example.unsupplied == ()  # where nobody reads it, nobody misses it


def test_rows_about_people_are_marked() -> None:
    found = catalogue(load_district("example"), ON)
    marked = {entry.fact.entity.register.name: entry.as_json()["personal"] for entry in found.read}
    assert marked["employers"] is False
    assert marked["people"] and marked["employment"] and marked["businesses"]
