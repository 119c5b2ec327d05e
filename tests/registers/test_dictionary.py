"""The data dictionary and the templates follow the model."""

from pathlib import Path

import fastexcel
import pytest

from wenye.registers.columns import columns_of
from wenye.registers.dictionary import _EXAMPLE, dictionary, example_of
from wenye.registers.files import read_folder
from wenye.registers.headers import missing
from wenye.registers.intake import intake
from wenye.registers.model import MODEL, Employment
from wenye.registers.templates import write_templates
from wenye.rules.case_input import read_case
from wenye.rules.facts import Entity

DOCUMENT = Path(__file__).parents[2] / "docs" / "data-dictionary.md"


def test_the_committed_dictionary_is_current() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == dictionary(), (
        "run: python -m wenye.registers.dictionary"
    )


@pytest.mark.parametrize("entity", MODEL)
def test_every_fact_is_in_the_dictionary(entity: type[Entity]) -> None:
    section = dictionary().split(f"## {entity.register.label} / ")[1].split("\n## ")[0]
    for column in columns_of(entity):
        assert f"`{column.name}`" in section
        assert column.label in section
        assert all(alias in section for alias in column.aliases)


def test_the_example_is_a_case_that_can_be_read() -> None:
    row = read_case(Employment, _EXAMPLE)
    assert row["contract_months"] == 24


@pytest.mark.parametrize("entity", MODEL)
def test_each_fact_can_be_written_as_the_dictionary_says(entity: type[Entity]) -> None:
    import json

    from wenye.rules.case_input import entity_name

    for column in columns_of(entity):
        if column.fact is not None and column.kind.name != "key":
            value = json.loads(example_of(column.kind, column))
            read_case(entity, {entity_name(entity): {column.name: value}})


def test_templates_have_every_column_and_are_recognised(tmp_path: Path) -> None:
    written = write_templates(tmp_path / "out")
    delivery = read_folder(tmp_path / "out")
    assert not delivery.problems
    assert {sheet.entity for sheet in delivery.sheets} == set(MODEL)
    for sheet in delivery.sheets:
        assert len(sheet.headers.found) == len(columns_of(sheet.entity))
        assert not missing(sheet.entity, sheet.headers)
        assert not sheet.headers.unknown
    assert len(written) == len(MODEL) + 1
    assert write_templates(tmp_path / "out") == []
    assert fastexcel.read_excel(written[0]).sheet_names == ["人员"]


def test_empty_templates_are_taken_in_as_registers_without_rows(tmp_path: Path) -> None:
    write_templates(tmp_path / "来文")
    report = intake(tmp_path / "来文", tmp_path / "registers")
    assert (report.rows, len(report.by_register)) == (0, len(MODEL))
