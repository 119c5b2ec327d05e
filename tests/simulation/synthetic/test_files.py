"""The files: headers from the definitions, the senders' habits, the same bytes every time."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import fastexcel
import polars as pl
import pytest

from wenye.registers.columns import columns_of
from wenye.registers.model import MODEL, Award, Contribution, Employer, Person
from wenye.simulation.synthetic.district import DistrictRefused, SyntheticDistrict, generate
from wenye.simulation.synthetic.formats import Format, usual_format
from wenye.simulation.synthetic.invented import AS_OF

PEOPLE = 300


def write(folder: Path, form: Format | None, errors: float = 0.0, seed: int = 5) -> Path:
    generate(folder, people=PEOPLE, seed=seed, units=("990114001",), errors=errors, form=form)
    return folder


def read(path: Path) -> pl.DataFrame:
    return pl.read_csv(path, infer_schema=False)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_every_register_is_a_file_with_the_labels_of_its_facts(tmp_path: Path) -> None:
    folder = write(tmp_path / "csv", Format.CSV)
    for entity in MODEL:
        path = folder / f"{entity.register.label}.csv"
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        assert read(path).columns == [column.label for column in columns_of(entity)]
    assert read(folder / "人员.csv").columns[:2] == ["证件号码", "姓名"]
    assert read(folder / "用人单位.csv").columns[:2] == ["统一社会信用代码", "单位名称"]


def test_cells_are_written_as_people_write_them(tmp_path: Path) -> None:
    folder = write(tmp_path / "csv", Format.CSV)
    people = read(folder / "人员.csv")
    assert set(people["性别"]) == {"男", "女"}
    assert people["出生日期"].str.contains(r"^\d{4}-\d\d-\d\d$").all()
    paid = read(folder / f"{Contribution.register.label}.csv")
    assert paid["起始月份"].str.contains(r"^\d{4}-\d\d$").all()
    assert set(paid["按时足额缴纳"].drop_nulls()) <= {"是", "否"}
    assert paid["统一社会信用代码"].has_nulls()
    awards = read(folder / f"{Award.register.label}.csv")
    assert awards["金额"].str.contains(r"^\d+\.\d\d$").all()
    spells = read(folder / "就业登记.csv")
    assert spells["终止日期"].has_nulls()
    assert spells["证件号码"].is_in(people["证件号码"].implode()).all()


def test_the_usual_mix_has_workbooks_and_an_old_encoding(tmp_path: Path) -> None:
    folder = write(tmp_path / "mixed", None)
    assert usual_format(PEOPLE) is Format.MIXED
    book = fastexcel.read_excel(folder / "人员.xlsx").load_sheet(0).to_polars()
    assert len(book) == PEOPLE
    assert book["证件号码"].dtype == pl.String
    old = (folder / "失业登记.csv").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        old.decode("utf-8")
    assert old.decode("gb18030").startswith("证件号码,失业登记日期")


def test_above_fifty_thousand_people_parquet_is_usual() -> None:
    assert usual_format(50_000) is Format.MIXED
    assert usual_format(50_001) is Format.PARQUET


def test_parquet_keeps_days_as_days(tmp_path: Path) -> None:
    folder = write(tmp_path / "parquet", Format.PARQUET)
    people = pl.read_parquet(folder / "人员.parquet")
    assert people["出生日期"].dtype == pl.Date
    assert people["证件号码"].dtype == pl.String
    messy = write(tmp_path / "messy", Format.PARQUET, errors=0.2)
    assert pl.read_parquet(messy / "人员.parquet")["出生日期"].dtype == pl.String


@pytest.mark.parametrize("form", list(Format))
@pytest.mark.parametrize("errors", [0.0, 0.1])
def test_the_same_seed_gives_the_same_bytes(tmp_path: Path, form: Format, errors: float) -> None:
    first = contents(write(tmp_path / "a", form, errors))
    again = contents(write(tmp_path / "b", form, errors))
    assert first == again


def test_another_seed_gives_other_people(tmp_path: Path) -> None:
    first = contents(write(tmp_path / "a", Format.CSV, seed=5))
    other = contents(write(tmp_path / "b", Format.CSV, seed=6))
    assert first["人员.csv"] != other["人员.csv"]
    assert first["完整日期.csv"] == other["完整日期.csv"]


def test_the_files_say_that_they_are_synthetic_and_how_complete(tmp_path: Path) -> None:
    folder = write(tmp_path / "csv", Format.CSV)
    text = (folder / "说明.txt").read_text("utf-8-sig")
    assert text.startswith("合成数据")
    assert "no real person" in text
    days = read(folder / "完整日期.csv")
    assert days.columns == ["登记册", "完整至"]
    assert days["登记册"].to_list() == [entity.register.label for entity in MODEL]
    assert set(days["完整至"]) == {AS_OF.isoformat()}


def test_an_earlier_synthetic_district_is_replaced_whole(tmp_path: Path) -> None:
    folder = write(tmp_path / "out", None)
    write(folder, Format.PARQUET)
    assert not (folder / "人员.xlsx").exists()
    assert (folder / "人员.parquet").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "说明.txt").write_text("我的说明", "utf-8")
    with pytest.raises(DistrictRefused, match="something else") as refused:
        write(tmp_path, Format.CSV)
    assert refused.value.where == str(tmp_path)
    assert refused.value.mend
    assert [path.name for path in tmp_path.iterdir()] == ["说明.txt"]


def test_when_writing_fails_the_earlier_district_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path / "out", Format.CSV)
    before = contents(folder)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("wenye.simulation.synthetic.district.write_complete_to", full)
    with pytest.raises(OSError, match="No space"):
        write(folder, Format.CSV, seed=6)
    assert contents(folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"people": 5_000_001}, "cannot invent"),
        ({"people": 3}, "cannot invent"),
        ({"people": 300_000, "form": Format.XLSX}, "workbooks"),
        ({"seed": -1}, "negative"),
        ({"errors": 0.9}, "out of range"),
        ({"units": ()}, "0 units"),
        ({"as_of": dt.date(1999, 1, 1)}, "out of range"),
    ],
)
def test_what_cannot_be_had_is_refused(tmp_path: Path, wrong: dict[str, object], said: str) -> None:
    asked: dict[str, object] = {"people": PEOPLE, "seed": 1, "units": ("990114001",)}
    with pytest.raises(DistrictRefused, match=said):
        generate(tmp_path / "out", **{**asked, **wrong})  # type: ignore[arg-type]
    assert not (tmp_path / "out").exists()


def test_progress_ends_at_its_total(tmp_path: Path) -> None:
    heard: list[tuple[str, int, int]] = []
    done: SyntheticDistrict = generate(
        tmp_path / "out",
        people=PEOPLE,
        seed=1,
        units=("990114001",),
        progress=lambda stage, at, total: heard.append((stage, at, total)),
    )
    assert heard[0][1] == 0
    assert heard[-1][1] == heard[-1][2]
    assert [at for _, at, _ in heard] == sorted(at for _, at, _ in heard)
    assert done.rows["people"] == PEOPLE
    assert done.rows["employers"] == len(
        fastexcel.read_excel(tmp_path / "out" / f"{Employer.register.label}.xlsx")
        .load_sheet(0)
        .to_polars()
    )
    assert set(done.files) == {entity.register.name for entity in MODEL}
    assert Person.register.name in done.rows
