"""Files as they come: encodings, delimiters, workbooks, broken ones, and what is refused whole."""

import datetime as dt
import os
import re
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import polars as pl
import pytest
from tests.registers.delivery import (
    EMPLOYERS,
    PEOPLE,
    deliver,
    employer,
    employment,
    grid,
    number,
    person,
    reasons,
    sent_back,
    table,
    take_in,
    unemployment,
    warned,
    write_csv,
    write_parquet,
    write_workbook,
)

from wenye.registers.errors import IntakeRefused, RegisterError
from wenye.registers.files import read_folder
from wenye.registers.intake import intake


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "来文"
    made.mkdir()
    return made


@pytest.mark.parametrize(
    ("encoding", "form"),
    [
        ("utf-8", "csv utf-8"),
        ("utf-8-sig", "csv utf-8-bom"),
        ("gb18030", "csv gb18030"),
        ("utf-16", "csv utf-16"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_csv_may_come_in_these_encodings(
    folder: Path, encoding: str, form: str, delimiter: str
) -> None:
    write_csv(folder / "人员.csv", [person(1, 姓名="㐂某", 户籍="外省市")], encoding, delimiter)
    report = take_in(folder)
    assert report.files[0].form == form
    assert table(report, "people")["hukou"].to_list() == [2]


def test_an_unknown_encoding_refuses_the_delivery(folder: Path) -> None:
    (folder / "人员.csv").write_bytes("证件号码,姓名\n".encode() + b"\xff\xff\x80\n")
    with pytest.raises(IntakeRefused, match="GB18030") as refusal:
        intake(folder, folder.parent / "registers")
    assert "人员.csv" in refusal.value.where
    assert "CSV UTF-8" in refusal.value.mend


def test_quotes_in_cells(folder: Path) -> None:
    text = f'证件号码,姓名,户籍\n{number(1)},"某甲, ""号""",本区\n\n{number(2)},某"乙,月球\n'
    (folder / "人员.csv").write_text(text, encoding="utf-8")
    report = take_in(folder)
    assert (report.accepted, report.rejected) == (1, 1)
    assert sent_back(report, "人员")[0]["行"] == "4"
    assert sent_back(report, "人员")[0]["姓名"] == '某"乙'


@pytest.mark.parametrize(
    "spoilt",
    [
        ("某甲", '"某甲'),  # never closed: it would swallow every later line
        ("某丙", '"某丙'),  # on the last line
        ("某甲", '"某\n甲"'),
        ("某乙", '"某乙\r\n"'),
    ],
)
@pytest.mark.parametrize("ending", ["", "\n"])
def test_a_cell_that_runs_over_its_line_refuses_the_file(
    folder: Path, spoilt: tuple[str, str], ending: str
) -> None:
    names = ["某甲", "某乙", "某丙"]
    lines = ["证件号码,姓名", *(f"{number(n)},{name}" for n, name in enumerate(names))]
    text = "\n".join(lines) + ending
    (folder / "人员.csv").write_text(text.replace(*spoilt), encoding="utf-8", newline="")
    with pytest.raises(IntakeRefused, match="引号") as refusal:
        intake(folder, folder.parent / "registers")
    assert refusal.value.where == f"人员.csv，第 {names.index(spoilt[0]) + 2} 行"
    assert "删去多余的引号" in refusal.value.mend


def test_a_file_that_breaks_off_in_its_last_line_is_refused(folder: Path) -> None:
    write_csv(folder / "人员.csv", PEOPLE)
    content = (folder / "人员.csv").read_text(encoding="utf-8")
    (folder / "人员.csv").write_text(content[:-16], encoding="utf-8")
    with pytest.raises(RegisterError, match="中断") as refusal:
        intake(folder, folder.parent / "registers")
    assert "人员.csv，第 4 行" in str(refusal.value)


def test_a_note_without_a_line_break_is_no_torn_line(folder: Path) -> None:
    write_csv(folder / "人员.csv", PEOPLE)
    with (folder / "人员.csv").open("a", encoding="utf-8") as file:
        file.write("填表人：某丁")
    assert take_in(folder).accepted == 3


def test_a_short_line_within_the_file_is_rejected_by_its_row(folder: Path) -> None:
    write_csv(folder / "人员.csv", PEOPLE)
    with (folder / "人员.csv").open("a", encoding="utf-8") as file:
        file.write(f"{number(4)},某丁\n")
    report = take_in(folder)
    assert reasons(report, "people") == {"cells_too_few": 1}
    assert sent_back(report, "人员")[0]["行"] == "5"


def test_a_file_in_the_place_of_a_folder_is_told_so(folder: Path) -> None:
    path = write_csv(folder / "人员.csv", PEOPLE)
    with pytest.raises(RegisterError, match="这是一个文件") as refusal:
        intake(path, folder.parent / "registers")
    assert str(folder) in refusal.value.mend


def test_a_line_with_too_many_cells_is_rejected_with_all_of_them(folder: Path) -> None:
    (folder / "人员.csv").write_text(
        f"证件号码,姓名\n{number(1)},某甲\n{number(2)},某,乙\n", encoding="utf-8"
    )
    report = take_in(folder)
    assert reasons(report, "people") == {"cells_too_many": 1}
    assert sent_back(report, "人员")[0]["第3列"] == "乙"


def test_a_workbook_with_a_sheet_for_each_register(folder: Path) -> None:
    sheets = {
        "人员": grid(PEOPLE),
        "用人单位": grid(EMPLOYERS),
        "就业登记2026": grid([employment(1, 1, "2020-01-01")]),
        "填表说明": [["请逐项填写"]],
    }
    write_workbook(folder / "合并.xlsx", sheets)
    report = take_in(folder)
    assert [(file.sheet, file.rows) for file in report.files] == [
        ("人员", 3), ("用人单位", 2), ("就业登记2026", 1),
    ]  # fmt: skip
    assert warned(report)["unread_sheet"] == 1


def test_a_workbook_without_a_known_sheet_is_refused_naming_its_sheets(folder: Path) -> None:
    write_workbook(folder / "上报.xlsx", {"甲": [["天气", "心情"]], "乙": [["x", "y"]]})
    with pytest.raises(IntakeRefused, match="甲、乙") as refusal:
        intake(folder, folder.parent / "registers")
    assert "上报.xlsx" in refusal.value.where


def test_titles_two_row_headers_and_notes_of_a_workbook(folder: Path) -> None:
    sheet = [
        ["2026年10月人员名册", None, None],
        ["证件号码（必填）", "基本情况", None],
        [None, "姓名", "出生日期"],
        [number(1), "某甲", dt.date(1990, 1, 1)],
        [None, None, None],
        [number(2), "某乙", 19900101],
        ["注：本表由系统导出", None, None],
        ["填表人：某丙", None, None],
    ]
    write_workbook(folder / "人员_2026-10.xlsx", {"Sheet1": sheet})
    report = take_in(folder)
    assert (report.rows, report.accepted) == (2, 2)
    assert warned(report)["notes_skipped"] == 2
    assert table(report, "people")["birth_date"].n_unique() == 1


def test_a_formula_cell_is_rejected_by_place_not_trusted(folder: Path) -> None:
    rows = grid([person(1), person(2), person(3)])
    rows[2][2] = "=DATE(1990,1,1)"
    write_workbook(folder / "人员.xlsx", {"人员": rows})
    report = take_in(folder)
    assert reasons(report, "people") == {"formula": 1}
    back = sent_back(report, "人员")[0]
    assert (back["文件"], back["行"], back["列"]) == ("人员.xlsx［人员］", "3", "出生日期")
    assert "公式" in back["原因"]
    assert "粘贴" in back["怎么办"]
    assert back["出生日期"] == "=DATE(1990,1,1)"


def test_a_formula_outside_the_filled_cells_is_no_lost_row(folder: Path) -> None:
    rows = [["证件号码", "姓名"], [number(1), "某甲"], [None, None], ["=A2", None]]
    write_workbook(folder / "人员.xlsx", {"人员": rows})
    report = take_in(folder)
    assert (report.rows, report.accepted, report.rejected) == (2, 1, 1)
    assert reasons(report, "people")["formula"] == 1


def test_a_table_that_starts_elsewhere_keeps_its_row_numbers(folder: Path) -> None:
    rows = [[None, None, None], [None, "证件号码", "姓名"], [None, number(1), "=1+1"]]
    write_workbook(folder / "人员.xlsx", {"人员": rows})
    back = sent_back(take_in(folder), "人员")[0]
    assert (back["行"], back["列"]) == ("3", "姓名")


def test_a_number_stored_as_a_number_lost_its_digits(folder: Path) -> None:
    rows = [["证件号码", "姓名"], [number(1), "某甲"], [int(number(2)[:17] + "0"), "某乙"]]
    write_workbook(folder / "人员.xlsx", {"人员": rows})
    report = take_in(folder)
    assert reasons(report, "people") == {"lost_digits": 1}
    assert "文本格式" in sent_back(report, "人员")[0]["怎么办"]


def _rewrite_cell(path: Path, place: str, cell: bytes) -> None:
    """Put another cell in the XML of a workbook's first sheet."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    old = re.compile(rb'<c r="' + place.encode() + rb'".*?(?:</c>|/>)')
    parts[sheet], found = old.subn(cell, parts[sheet])
    assert found == 1
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_a_formula_that_no_value_was_stored_for_is_found_where_it_stands(folder: Path) -> None:
    rows = [[None, "证件号码", "姓名"], [1, number(1), "某甲"], ["x", number(2), "x"]]
    path = write_workbook(folder / "人员.xlsx", {"人员": rows})
    _rewrite_cell(path, "A2", b'<c r="A2"><f>ROW()</f></c>')
    _rewrite_cell(path, "A3", b"")
    _rewrite_cell(path, "C3", b'<c r="C3"><f>C2</f><v></v></c>')
    report = take_in(folder)
    assert reasons(report, "people") == {"formula": 1}
    back = sent_back(report, "人员")[0]
    assert (back["行"], back["列"], back["姓名"]) == ("3", "姓名", "=C2")


def test_an_error_value_is_not_an_empty_cell(folder: Path) -> None:
    path = write_workbook(folder / "人员.xlsx", {"人员": grid([person(1), person(2)])})
    _rewrite_cell(path, "C2", b'<c r="C2" t="e"><v>#N/A</v></c>')
    report = take_in(folder)
    assert reasons(report, "people") == {"error_value": 1}
    assert sent_back(report, "人员")[0]["出生日期"] == "#N/A"


def test_a_damaged_workbook_is_refused(folder: Path) -> None:
    path = write_workbook(folder / "人员.xlsx", {"人员": grid(PEOPLE)})
    path.write_bytes(path.read_bytes()[:-300])
    with pytest.raises(IntakeRefused, match="工作簿无法打开"):
        intake(folder, folder.parent / "registers")


@pytest.mark.parametrize("kept", [0, 4, 100, -1])
def test_a_truncated_parquet_file_refuses_and_leaves_what_was(folder: Path, kept: int) -> None:
    path = write_parquet(folder / "人员.parquet", PEOPLE)
    before = take_in(folder)
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(IntakeRefused, match="Parquet") as refusal:
        intake(folder, before.registers)
    assert refusal.value.where == "人员.parquet"
    assert table(before, "people").height == 3
    assert sorted(p.name for p in folder.parent.iterdir()) == ["identity.key", "registers", "来文"]


def test_a_parquet_file_with_typed_columns(folder: Path) -> None:
    write_csv(folder / "people.csv", PEOPLE)
    write_csv(folder / "employers.csv", EMPLOYERS)
    frame = pl.DataFrame(
        {
            "worker": [number(1), number(2)],
            "employer": [EMPLOYERS[0]["统一社会信用代码"]] * 2,
            "first day": [dt.date(2020, 2, 29), dt.date(2021, 3, 1)],
            "last day": pl.Series([None, dt.datetime(2021, 3, 31)], dtype=pl.Datetime),
            "contract_months": pl.Series([12, None], dtype=pl.Int16),
        }
    )
    frame.write_parquet(folder / "employment.parquet")
    report = take_in(folder)
    assert report.rejected == 0
    assert set(table(report, "employment")["contract_months"]) == {12, -(2**31)}


def test_several_files_for_one_register_are_stacked(folder: Path) -> None:
    write_csv(folder / "人员1.csv", [person(1)])
    write_csv(folder / "人员2.csv", [person(2, 户籍="本区")])
    report = take_in(folder)
    assert table(report, "people").height == 2
    assert [file.rows for file in report.files] == [1, 1]


def test_a_file_is_known_by_its_headers_when_its_name_says_nothing(folder: Path) -> None:
    deliver(folder)
    write_csv(folder / "导出(1).csv", [employment(1, 1, "2020-01-01")])
    assert take_in(folder).files[-1].register in ("people", "employment", "employers")
    assert {file.register for file in take_in(folder).files} == {
        "people",
        "employers",
        "employment",
    }


def test_the_longest_register_name_wins(folder: Path) -> None:
    deliver(folder)
    write_csv(folder / "灵活就业登记_嘉.csv", [{"证件号码": number(1), "登记日期": "2024-01-01"}])
    write_csv(folder / "失业登记.csv", [unemployment(1, "2023-01-01")])
    found = {
        sheet.source.path.name: sheet.entity.register.name for sheet in read_folder(folder).sheets
    }
    assert found["灵活就业登记_嘉.csv"] == "flexible_work"
    assert found["失业登记.csv"] == "unemployment"


def test_a_missing_column_refuses_with_file_column_and_mend(folder: Path) -> None:
    deliver(folder, employment=[{"证件号码": number(1), "开工日": "2020-01-01"}])
    with pytest.raises(IntakeRefused) as refusal:
        intake(folder, folder.parent / "registers")
    assert "统一社会信用代码" in refusal.value.what
    assert "就业日期" in refusal.value.what
    assert "employment.csv" in refusal.value.where
    assert refusal.value.mend
    assert not (folder.parent / "registers").exists()
    assert not (folder.parent / "identity.key").exists()


def test_all_problems_are_told_at_once(folder: Path) -> None:
    write_csv(folder / "人员.csv", [{"姓名": "某甲"}])
    (folder / "用人单位.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    with pytest.raises(IntakeRefused) as refusal:
        intake(folder, folder.parent / "registers")
    assert len(refusal.value.problems) == 2
    assert "人员.csv" in str(refusal.value)
    assert "用人单位.xls" in str(refusal.value)


def test_two_columns_for_one_fact_are_refused(folder: Path) -> None:
    write_csv(folder / "人员.csv", [{"证件号码": number(1), "身份证号": number(2)}])
    with pytest.raises(IntakeRefused, match="两列都是"):
        intake(folder, folder.parent / "registers")


def test_unknown_columns_and_files_are_told_not_dropped_silently(folder: Path) -> None:
    write_csv(folder / "人员.csv", [person(1, 血型="O")])
    (folder / "说明.docx").write_bytes(b"")
    (folder / "旧文件").mkdir()
    report = take_in(folder)
    assert [(item.kind, item.column) for item in report.warnings if "unknown" in item.kind] == [
        ("unknown_column", "血型")
    ]
    assert warned(report)["unread_file"] == 1
    assert warned(report)["unread_folder"] == 1
    assert warned(report)["missing_column"] > 0


@pytest.mark.parametrize("content", ["nothing", "only other files", "no folder"])
def test_a_folder_with_nothing_to_read_is_refused(folder: Path, content: str) -> None:
    if content == "only other files":
        (folder / "说明.txt").write_text("您好", encoding="utf-8")
    if content == "no folder":
        folder = folder / "missing"
    with pytest.raises(RegisterError) as refusal:
        intake(folder, folder.parent / "registers")
    assert refusal.value.mend


def test_an_empty_file_is_refused_and_a_table_without_rows_is_not(folder: Path) -> None:
    (folder / "人员.csv").write_text("证件号码,姓名\n", encoding="utf-8")
    report = take_in(folder)
    assert table(report, "people").height == 0
    assert report.by_register[0].complete_to == "2026-10-31"
    (folder / "人员.csv").write_text("", encoding="utf-8")
    with pytest.raises(IntakeRefused):
        intake(folder, report.registers)


def test_registers_that_refer_to_one_not_delivered_are_refused(folder: Path) -> None:
    write_csv(folder / "people.csv", PEOPLE)
    write_csv(folder / "employment.csv", [employment(1, 1, "2020-01-01")])
    with pytest.raises(IntakeRefused, match="用人单位"):
        intake(folder, folder.parent / "registers")


def test_a_target_that_is_no_registers_folder_is_left_alone(folder: Path) -> None:
    deliver(folder)
    target = folder.parent / "mine"
    target.mkdir()
    (target / "论文.docx").write_bytes(b"years of work")
    with pytest.raises(RegisterError, match="别的文件"):
        intake(folder, target)
    assert (target / "论文.docx").read_bytes() == b"years of work"
    with pytest.raises(RegisterError):
        intake(folder, target / "论文.docx")
    with pytest.raises(RegisterError, match="不能相同"):
        intake(folder, folder)


def test_a_target_below_a_file_is_an_error_of_the_disk(folder: Path) -> None:
    deliver(folder)
    (folder.parent / "file").write_text("")
    with pytest.raises(OSError, match=r"file"):
        intake(folder, folder.parent / "file" / "registers")


def _run(folder: Path, before: str) -> subprocess.CompletedProcess[str]:
    code = (
        f"{before}\nfrom wenye.registers.intake import intake\n"
        f"intake({str(folder)!r}, {str(folder.parent / 'registers')!r})"
    )
    return subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)


def test_a_disk_that_refuses_leaves_the_previous_registers_whole(folder: Path) -> None:
    deliver(folder)
    before = take_in(folder)
    many = [person(n, 姓名=f"某{n}" * 40) for n in range(900)]
    write_csv(folder / "people.csv", many)
    limited = (
        "import resource, signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))"
    )
    run = _run(folder, limited)
    assert run.returncode == 1
    assert table(before, "people").height == 3
    assert sorted(p.name for p in folder.parent.iterdir()) == ["identity.key", "registers", "来文"]


def test_ctrl_c_leaves_nothing_behind(folder: Path) -> None:
    deliver(folder)
    interrupted = (
        "import os, signal\nimport wenye.registers.vault as vault\n"
        "vault.write_identities = lambda *_: os.kill(os.getpid(), signal.SIGINT)"
    )
    run = _run(folder, interrupted)
    assert run.returncode in (1, -signal.SIGINT)
    assert "KeyboardInterrupt" in run.stderr
    assert [p.name for p in folder.parent.iterdir()] == ["来文"]


def test_what_a_killed_run_left_is_swept_away(folder: Path) -> None:
    deliver(folder)
    ask = [sys.executable, "-c", "import os; print(os.getpid())"]
    gone = subprocess.check_output(ask, text=True).strip()
    (folder.parent / f".registers.incoming-{gone}").mkdir()
    (folder.parent / f".registers.incoming-{os.getppid()}").mkdir()
    take_in(folder)
    left = [p.name for p in folder.parent.iterdir() if "incoming" in p.name]
    assert left == [f".registers.incoming-{os.getppid()}"]


def test_completeness_days_from_their_file_and_for_all(folder: Path) -> None:
    deliver(folder, employment=[employment(1, 1, "2020-01-01")])
    write_csv(folder / "完整日期.csv", [{"登记册": "人员", "完整至": "2026年9月30日"}])
    report = take_in(folder, complete_to=dt.date(2026, 10, 31))
    days = {part.register: part.complete_to for part in report.by_register}
    assert days == {"people": "2026-09-30", "employers": "2026-10-31", "employment": "2026-10-31"}
    report = take_in(folder, complete_to=None)
    assert [part.complete_to for part in report.by_register] == ["2026-09-30", None, None]
    assert warned(report)["no_complete_date"] == 2


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ({"登记册": "人名", "完整至": "2026-09-30"}, "人名"),
        ({"登记册": "人员", "完整至": "2026-02-30"}, "2026-02-30"),
        ({"册": "人员", "日": "2026-02-28"}, "登记册"),
    ],
)
def test_a_completeness_file_with_a_mistake_is_refused(
    folder: Path, row: dict[str, str], word: str
) -> None:
    deliver(folder)
    write_csv(folder / "完整日期.csv", [row])
    with pytest.raises(IntakeRefused, match=word):
        intake(folder, folder.parent / "registers")


def test_a_mended_rejected_workbook_can_be_delivered_again(folder: Path) -> None:
    deliver(folder, people=[person(1, 出生日期="1990-02-30")], employers=[employer(1)])
    report = take_in(folder)
    (folder / "people.csv").unlink()
    back = sent_back(report, "人员")
    mended = [row | {"出生日期": "1990-02-28"} for row in back]
    write_workbook(folder / "人员_改正.xlsx", {"人员": grid(mended)})
    again = take_in(folder)
    assert again.rejected == 0
    assert "unknown_column" not in warned(again)


def test_parquet_columns_of_odd_types_are_read_or_rejected_never_lost(folder: Path) -> None:
    folder.joinpath("people.parquet").parent.mkdir(exist_ok=True)
    numbers = pl.Series([number(n) for n in range(3)])
    odd = {
        "出生日期": pl.Series([[1990], [1], None], dtype=pl.List(pl.Int64)),
        "户籍": pl.Series(["本区", "外省市", None], dtype=pl.Categorical),
        "性别": pl.Series([b"\xff", b"x", None], dtype=pl.Binary),
        "姓名": pl.Series([dt.time(1), None, None]),
        "街镇代码": pl.Series([990101101.0, None, float("nan")]),
        "企业任职": pl.Series([True, False, None]),
        "退休类别": pl.Series([None, None, None]),
    }
    pl.DataFrame({"证件号码": numbers.cast(pl.Categorical), **odd}).write_parquet(
        folder / "people.parquet"
    )
    report = take_in(folder)
    assert (report.accepted, report.rejected) == (1, 2)
    assert reasons(report, "people") == {"not_a_day": 2, "unknown_choice": 2}
    assert table(report, "people")["town"].to_list() == [None]
