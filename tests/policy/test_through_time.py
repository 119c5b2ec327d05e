"""Days on which nothing is stated are told: between documents, versions, before a value."""

from __future__ import annotations

from pathlib import Path

from tests.determination.trial import ON, write_district

from wenye.policy.district import load_district
from wenye.policy.through_time import Gap, gaps


def found(folder: Path, kind: str) -> list[Gap]:
    district = load_district(folder, today=ON)
    return [gap for gap in gaps(district, district.schemes) if gap.kind == kind]


def changed(folder: Path, name: str, old: str, new: str) -> None:
    path = write_district(folder) / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_value_that_begins_after_the_law_that_reads_it(tmp_path: Path) -> None:
    changed(
        tmp_path,
        "parameters/hiring.yaml",
        "    2020-01-01: {value: 6, status: sourced, reference: 旧告示}\n",
        "",
    )
    (gap,) = found(tmp_path, "parameter")
    assert gap.name == "hiring.unemployed_months"
    assert gap.last is not None
    assert gap.last.isoformat() == "2024-12-31"
    assert "hiring" in gap.told


def test_documents_that_follow_each_other(tmp_path: Path) -> None:
    changed(
        tmp_path,
        "district.yaml",
        "ended_on: 2023-12-31",
        "ended_on: 2023-12-31\n    ended_by: trial-1",
    )
    assert found(tmp_path, "document") == []


def test_a_gap_and_an_overlap_between_documents(tmp_path: Path) -> None:
    for name, last, overlap, days in (
        ("a", "2023-12-29", False, ("2023-12-30", "2023-12-31")),
        ("b", "2024-01-02", True, ("2024-01-01", "2024-01-02")),
    ):
        folder = tmp_path / name
        changed(
            folder,
            "district.yaml",
            "ended_on: 2023-12-31",
            f"ended_on: {last}\n    ended_by: trial-1",
        )
        (gap,) = found(folder, "document")
        assert gap.overlap is overlap
        assert (str(gap.first), str(gap.last)) == days


def test_a_scheme_without_a_law_any_more(tmp_path: Path) -> None:
    write_district(tmp_path)
    path = tmp_path / "schemes" / "flexible.py"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("eligible=", 'until="2026-12-31", eligible=', 1), encoding="utf-8")
    after = [gap for gap in found(tmp_path, "law") if gap.name.startswith("flexible.")]
    assert [(str(gap.first), gap.last) for gap in after] == [("2027-01-01", None)]


def test_a_scheme_that_begins_after_the_document_it_carries() -> None:
    district = load_district("jiading")
    found = {gap.name: gap for gap in gaps(district, district.schemes) if gap.kind == "law"}
    gap = found["placement_subsidy.law_2022"]
    assert (str(gap.first), str(gap.last)) == ("2020-08-03", "2021-12-31")
    assert not any(name.startswith("hiring_subsidy.") for name in found)
