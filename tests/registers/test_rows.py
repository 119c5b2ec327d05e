"""Which rows are taken in, which come back and why; keys; order."""

import datetime as dt
import os
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.registers.delivery import (
    PEOPLE,
    code,
    contribution,
    deliver,
    employer,
    employment,
    number,
    person,
    reasons,
    sent_back,
    table,
    take_in,
    unemployment,
    warned,
    write_csv,
)

from wenye.registers.identity import modern
from wenye.registers.model import MODEL, Employer, Person
from wenye.registers.reasons import REASONS
from wenye.registers.schema import sort_columns, table_schema
from wenye.registers.store import Registers
from wenye.registers.vault import lookup
from wenye.rules import calendar


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "来文"


def day(text: str) -> int:
    return calendar.code(dt.date.fromisoformat(text))


def test_every_reason_says_what_to_do() -> None:
    assert all(reason and mend for reason, mend in REASONS.values())


def test_a_wrong_check_character_sends_the_person_back_and_what_refers_to_them(
    folder: Path,
) -> None:
    wrong = number(1)[:17] + ("0" if number(1)[17] != "0" else "1")
    spell = employment(2, 1, "2020-01-01") | {"证件号码": wrong}
    report = take_in(
        deliver(folder, people=[person(2), person(1, 证件号码=wrong)], employment=[spell])
    )
    assert reasons(report, "people") == {"bad_number": 1}
    assert reasons(report, "employment") == {"rejected_person": 1}
    assert "人员登记册中的行已退回" in sent_back(report, "就业登记")[0]["原因"]


def test_a_wrong_credit_code_is_sent_back_and_an_old_code_is_noted(folder: Path) -> None:
    wrong = code(1)[:17] + ("0" if code(1)[17] != "0" else "1")
    old = {"统一社会信用代码": "10000000-5"}
    rows = [employer(1, 统一社会信用代码=wrong), employer(2), employer(3) | old]
    report = take_in(deliver(folder, employers=rows))
    assert reasons(report, "employers")["bad_credit_code"] >= 1
    assert sent_back(report, "用人单位")[0]["行"] == "2"


def test_a_lower_case_x_is_the_same_number(folder: Path) -> None:
    n = next(n for n in range(1, 200) if number(n).endswith("X"))
    spell = employment(n, 1, "2020-01-01")
    report = take_in(
        deliver(folder, people=[person(n, 证件号码=number(n).lower())], employment=[spell])
    )
    assert report.rejected == 0


def test_fifteen_digits_are_rewritten_with_a_warning_and_resolve(folder: Path) -> None:
    new = number(1, "19500101")
    old = new[:6] + new[8:17]
    numbers = pl.Series([old, new, "E1234567"])
    assert modern(numbers).to_list() == [new, new, "E1234567"]
    assert numbers.to_list() == [old, new, "E1234567"]
    report = take_in(
        deliver(
            folder,
            people=[person(1, 证件号码=new, 出生日期="1950-01-01")],
            unemployment=[unemployment(1, "2020-01-01", 证件号码=old)],
        )
    )
    assert report.rejected == 0
    report = take_in(
        deliver(
            folder,
            people=[person(1, 证件号码=old)],
            unemployment=[unemployment(1, "2020-01-01", 证件号码=new)],
        )
    )
    assert report.rejected == 0
    assert warned(report)["old_number"] == 1


def test_a_passport_is_taken_in_and_counted(folder: Path) -> None:
    report = take_in(deliver(folder, people=[person(1, 证件号码="E12345678")]))
    assert warned(report)["other_document"] == 1
    assert report.rejected == 0


def test_the_place_in_a_number_is_counted_never_judged(folder: Path) -> None:
    report = take_in(deliver(folder))
    assert report.rejected == 0
    assert (report.places.known, report.places.unassigned) == (0, 3)
    assert report.places.top == (("990000", 3),)


def test_what_is_declared_stands_against_the_number_and_is_counted(folder: Path) -> None:
    n = next(n for n in range(1, 9) if n % 2 == 0)
    report = take_in(deliver(folder, people=[person(n, 出生日期="1989-12-31", 性别="男")]))
    assert warned(report)["birth_conflict"] == 1
    assert warned(report)["sex_conflict"] == 1
    assert table(report, "people")["birth_date"].to_list() == [day("1989-12-31")]


def test_unknown_people_and_employers_are_told_apart_from_wrong_numbers(folder: Path) -> None:
    rows = [
        employment(9, 1, "2020-01-01"),
        employment(1, 9, "2020-01-01"),
        employment(1, 1, "2020-01-01", 证件号码="12345"),
        employment(1, 1, "2020-01-01"),
    ]
    report = take_in(deliver(folder, employment=rows))
    assert reasons(report, "employment") == {
        "unknown_person": 1, "unknown_employer": 1, "bad_number": 1,
    }  # fmt: skip


def test_a_reference_that_may_be_absent(folder: Path) -> None:
    rows = [
        contribution(1, "2020-01", "2020-03"),
        contribution(2, "2020-01", "2020-03", 统一社会信用代码=code(1), 参保身份="单位职工"),
        contribution(3, "2020-01", "2020-03", 统一社会信用代码="不适用"),
    ]
    report = take_in(deliver(folder, contributions=rows))
    assert set(table(report, "contributions")["employer"]) == {1, -(2**31), -(2**31) + 1}


def test_an_award_to_nobody_is_sent_back(folder: Path) -> None:
    common = {"补贴项目": "x", "起始月份": "2020-01", "截止月份": "2020-01", "金额": "1"}
    rows = [
        common | {"证件号码": "", "统一社会信用代码": ""},
        common | {"证件号码": number(1), "统一社会信用代码": ""},
    ]
    report = take_in(deliver(folder, awards=rows))
    assert reasons(report, "awards") == {"nobody": 1}
    assert table(report, "awards")["amount"].to_list() == [100]


@pytest.mark.parametrize(("first", "last"), [("", "2020-03"), ("2020-01", "")])
def test_a_row_that_does_not_say_when_it_was_is_sent_back(
    folder: Path, first: str, last: str
) -> None:
    rows = [contribution(1, first, last), contribution(2, "2020-01", "2020-03")]
    report = take_in(deliver(folder, contributions=rows))
    assert reasons(report, "contributions") == {"required_when": 1}
    assert REASONS["required_when"][0] == "必填：起止日期"
    assert table(report, "contributions").height == 1


@pytest.mark.parametrize(
    ("first", "last", "fault"),
    [
        ("1899-12-31", "", "too_early"),
        ("1900-01-01", "", None),
        ("2027-10-31", "", None),
        ("2027-11-01", "", "too_late"),
        ("2020-03-01", "2020-02-29", "ends_before_start"),
        ("2020-02-29", "2020-02-29", None),
        ("2020-02-29", "2036-10-31", None),
        ("2020-02-29", "2036-11-01", "too_late"),
    ],
)
def test_days_lie_within_bounds(folder: Path, first: str, last: str, fault: str | None) -> None:
    report = take_in(deliver(folder, employment=[employment(1, 1, first, last)]))
    assert list(reasons(report, "employment")) == ([fault] if fault else [])


def test_months_lie_within_bounds(folder: Path) -> None:
    rows = [
        contribution(1, "2027-10", "2027-10"),
        contribution(2, "2027-11", "2027-12"),
        contribution(3, "2020-03", "2020-02"),
    ]
    report = take_in(deliver(folder, contributions=rows))
    assert reasons(report, "contributions") == {"too_late": 1, "ends_before_start": 1}


def test_a_row_with_several_faults_lists_them_all(folder: Path) -> None:
    row = employment(1, 1, "2020-02-30", "昨天", **{"劳动合同期限（月）": "-3"})
    report = take_in(deliver(folder, employment=[row]))
    back = sent_back(report, "就业登记")[0]
    assert back["列"] == "就业日期；终止日期；劳动合同期限（月）"
    assert [part.split("：")[0] for part in back["原因"].split("；")] == back["列"].split("；")
    assert report.by_register[-1].rejected == 1


def test_of_equal_rows_the_first_stays(folder: Path) -> None:
    row = employment(1, 1, "2020-01-01")
    written_otherwise = employment(1, 1, "2020年1月1日", "无")
    report = take_in(
        deliver(folder, people=[*PEOPLE, PEOPLE[0]], employment=[row, written_otherwise])
    )
    assert reasons(report, "people") == {"duplicate": 1}
    assert reasons(report, "employment") == {"duplicate": 1}
    assert sent_back(report, "就业登记")[0]["行"] == "3"


def test_of_different_rows_for_one_number_the_last_file_wins(folder: Path) -> None:
    deliver(folder)
    (folder / "people.csv").unlink()
    write_csv(folder / "人员_2026-09.csv", [person(1, 户籍="外省市"), person(2)])
    write_csv(folder / "人员_2026-10.csv", [person(1, 户籍="本区")])
    report = take_in(folder)
    assert reasons(report, "people") == {"superseded": 1}
    assert sent_back(report, "人员")[0]["文件"] == "人员_2026-09.csv"
    people = table(report, "people").sort("key")
    key = lookup(report.registers, Person, numbers=[number(1)])["key"][0]
    assert people.filter(pl.col("key") == key)["hukou"].to_list() == [0]


def test_of_overlapping_spells_the_first_begun_stays(folder: Path) -> None:
    rows = [
        unemployment(1, "2020-05-01", "2020-06-30"),  # overlaps the next: rejected
        unemployment(1, "2020-01-01", "2020-05-31"),  # began first: stays
        unemployment(1, "2020-06-15", "2020-12-31"),  # overlaps only the rejected one: stays
        unemployment(1, "2020-12-31", "2021-01-31"),  # shares one day: stays, counted
        unemployment(2, "2020-05-01", ""),  # goes on: stays
        unemployment(2, "2026-01-01", "2026-02-01"),  # within it: rejected
    ]
    report = take_in(deliver(folder, unemployment=rows))
    assert reasons(report, "unemployment") == {"overlap": 2}
    assert [row["行"] for row in sent_back(report, "失业登记")] == ["2", "7"]
    assert warned(report)["shared_day"] == 1


def test_of_spells_that_begin_together_the_first_row_stays(folder: Path) -> None:
    rows = [
        unemployment(1, "2020-01-01", "2020-02-01"),
        unemployment(1, "2020-01-01", "2020-03-01"),
    ]
    report = take_in(deliver(folder, unemployment=rows))
    assert table(report, "unemployment")["ended_on"].to_list() == [day("2020-02-01")]


def test_two_employers_at_once_are_no_overlap_but_two_contributions_are(folder: Path) -> None:
    report = take_in(
        deliver(
            folder,
            employment=[employment(1, 1, "2020-01-01"), employment(1, 2, "2020-01-01")],
            contributions=[
                contribution(1, "2020-01", "2020-03"),
                contribution(1, "2020-03", "2020-04"),
            ],
        )
    )
    assert reasons(report, "employment") == {}
    assert reasons(report, "contributions") == {"overlap": 1}


SPELLS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20) | st.none()), max_size=14)


@given(SPELLS)
def test_overlaps_are_found_as_by_hand(
    tmp_path_factory: pytest.TempPathFactory, spells: list
) -> None:
    from wenye.registers.faults import Faults, Warnings
    from wenye.registers.model import Unemployment
    from wenye.registers.repeats import check_repeats

    start = dt.date(2020, 1, 1).toordinal()
    frame = pl.DataFrame(
        {
            "at": range(len(spells)),
            "person": [1] * len(spells),
            "started_on": [calendar.from_ordinal(start + first) for first, _ in spells],
            "ended_on": [
                calendar.ABSENT[32]
                if length is None
                else calendar.from_ordinal(start + first + length)
                for first, length in spells
            ],
            **{
                name: [None] * len(spells)
                for name in Unemployment.facts()
                if name not in ("person", "started_on", "ended_on")
            },
        },
        schema={
            "at": pl.UInt32,
            **{k: v for k, v in table_schema(Unemployment).items() if k != "key"},
        },
    )
    faults = Faults()
    check_repeats(Unemployment, frame, faults, Warnings())
    kept: list[tuple[int, float]] = []
    lost = []
    for at in sorted(range(len(spells)), key=lambda at: (spells[at][0], at)):
        first, length = spells[at]
        last = float("inf") if length is None else first + length
        if any(first == a or (first < b and a < last) for a, b in kept):
            lost.append(at)
        else:
            kept.append((first, last))
    assert faults.rows().to_list() == sorted(lost)


def test_a_town_is_known_by_code_or_name(folder: Path) -> None:
    names = {"town": {"甲镇": "990101101", "990101101": "990101101"}}
    rows = [person(1, 街镇="甲镇"), person(2, 街镇="990101101"), person(3, 街镇="别处")]
    report = take_in(deliver(folder, people=rows), names=names)
    assert sorted(table(report, "people")["town"]) == ["990101101", "990101101", "别处"]
    assert warned(report)["unknown_code"] == 1


def test_empty_is_unknown_where_a_fact_cannot_be_absent(folder: Path) -> None:
    rows = [person(1, 户籍="", 出生日期="")]
    report = take_in(deliver(folder, people=rows))
    stored = table(report, "people").to_dicts()[0]
    assert stored["hukou"] is None
    assert stored["birth_date"] is None


def test_known_numbers_keep_their_keys_and_new_ones_get_new(folder: Path) -> None:
    before = take_in(deliver(folder, people=[person(n) for n in (3, 1, 5)]))
    keys = dict(lookup(before.registers, Person).select("number", "key").rows())
    assert sorted(keys.values()) == [1, 2, 3]
    after = take_in(deliver(folder, people=[person(n, 姓名="改名") for n in (5, 4, 1)]))
    now = dict(lookup(after.registers, Person).select("number", "key").rows())
    assert now.items() >= keys.items()
    assert now[number(4)] == 4
    assert sorted(table(after, "people")["key"]) == sorted([keys[number(5)], keys[number(1)], 4])
    again = take_in(deliver(folder, people=[person(3)]))
    assert table(again, "people")["key"].to_list() == [keys[number(3)]]
    assert set(lookup(again.registers, Person, numbers=[number(5)])["name"]) == {"改名"}


def test_the_order_of_files_and_rows_changes_nothing(folder: Path, tmp_path: Path) -> None:
    spells = [employment(n, 1 + n % 2, f"20{10 + k}-01-01", f"20{10 + k}-12-31")
              for n in (1, 2, 3) for k in range(4)]  # fmt: skip
    one = take_in(deliver(folder, employment=spells))
    other = deliver(tmp_path / "b" / "来文", people=PEOPLE[::-1], employment=spells[5:])
    write_csv(other / "就业登记_另.csv", spells[:5][::-1])
    two = take_in(other)
    assert one.digest == two.digest


def test_tables_are_typed_sorted_and_numbered(folder: Path) -> None:
    rows = [employment(n, 1, f"202{n}-01-01") for n in (3, 1, 2)]
    report = take_in(deliver(folder, employment=rows))
    registers = Registers.open(report.registers)
    registers.verify()
    for entity in MODEL:
        stored = registers.table(entity).collect()
        assert dict(stored.schema) == table_schema(entity)
        assert stored.equals(stored.sort(sort_columns(entity)))
        assert registers.rows(entity) == stored.height
    assert table(report, "employment")["key"].to_list() == [1, 2, 3]
    assert registers.delivered(Employer)
    assert registers.complete_to(Person) == day("2026-10-31")


def test_no_number_or_name_is_in_any_file_but_the_sealed_one(folder: Path) -> None:
    report = take_in(deliver(folder, employment=[employment(1, 1, "2020-01-01")]))
    for path in report.registers.iterdir():
        content = path.read_bytes()
        assert number(1).encode() not in content
        assert "某甲".encode() not in content
    assert os.stat(report.identity_key).st_mode & 0o777 == 0o600


def test_other_files_in_the_registers_folder_are_kept(folder: Path) -> None:
    report = take_in(deliver(folder))
    (report.registers / "备注.txt").write_text("mine", encoding="utf-8")
    take_in(folder)
    assert (report.registers / "备注.txt").read_text(encoding="utf-8") == "mine"


def test_a_workbook_of_rejected_rows_has_as_many_sheets_as_it_needs(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wenye.registers.rejected.LAST_ROW", 4)
    rows = [person(n, 出生日期="1990-02-30") for n in range(1, 8)]
    report = take_in(deliver(folder, people=rows))
    back = [row for name in ("人员", "人员 2", "人员 3") for row in sent_back(report, name)]
    assert [row["证件号码"] for row in back] == [row["证件号码"] for row in rows]


def test_cells_of_the_sender_stay_texts_in_the_rejected_workbook(folder: Path) -> None:
    report = take_in(deliver(folder, people=[person(1, 姓名="=1+1", 出生日期="http://x")]))
    back = sent_back(report, "人员")[0]
    assert (back["姓名"], back["出生日期"]) == ("=1+1", "http://x")
