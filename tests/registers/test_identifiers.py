"""Check digits: the standards' own examples, slips of the pen, and columns like single texts."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenye.registers import identifiers as ids

IDENTITY = [
    "11010519491231002X",
    "440524188001010014",
    "53010219200508011X",
    "440524188001015368",
]
CREDIT = [
    "91350100M000100Y43",
    "91110105771583283D",
    "91110000802100433B",
    "91110108740084270C",
    "112302070019030687",
    "91440300708461136T",
    "91110108551385082Q",
]


@pytest.mark.parametrize("number", IDENTITY)
def test_the_examples_of_the_identity_standard_are_right(number: str) -> None:
    assert ids.identity_number_valid(number)


@pytest.mark.parametrize("number", ["11010519491231002", "110105194912310021", "", "１１０１０５"])
def test_a_short_or_wrong_identity_number_is_refused(number: str) -> None:
    assert not ids.identity_number_valid(number)


def test_a_lower_case_x_is_left_to_intake() -> None:
    assert not ids.identity_number_valid("11010519491231002x")


@pytest.mark.parametrize("code", CREDIT)
def test_known_credit_codes_are_right(code: str) -> None:
    assert ids.credit_code_valid(code)


@pytest.mark.parametrize(
    "code",
    ["91350200M000000510", "91350128M00000019A", "91350100M000100Y4", "91350100M000100I43"],
)
def test_wrong_credit_codes_are_refused(code: str) -> None:
    assert not ids.credit_code_valid(code)


def test_the_organisation_code_inside_a_credit_code_has_its_own_check() -> None:
    assert ids.organisation_code_valid("M000100Y4")
    assert ids.organisation_code_valid("77158328" + "3")
    assert not ids.organisation_code_valid("M000100Y5")
    assert not ids.organisation_code_valid("M000100Y")


def test_a_column_answers_row_by_row_and_unknown_stays_unknown() -> None:
    column = pl.Series("number", [IDENTITY[0], None, "1", IDENTITY[0][:-1] + "0", "测测测测测测"])
    assert ids.identity_numbers_valid(column).to_list() == [True, None, False, False, False]
    codes = pl.Series("code", [CREDIT[0], None, "91350200M000000510", ""])
    assert ids.credit_codes_valid(codes).to_list() == [True, None, False, False]


def test_a_slice_of_a_column_is_read_from_its_own_beginning() -> None:
    column = pl.Series(["110105194912310021", IDENTITY[1], IDENTITY[2]]).slice(1)
    assert ids.identity_numbers_valid(column).to_list() == [True, True]


def test_birth_date_and_sex_are_read_from_the_number() -> None:
    numbers = pl.Series([IDENTITY[0], IDENTITY[2], "990114202302300017", "9901", None])
    assert ids.birth_dates(numbers).to_list() == [
        dt.date(1949, 12, 31),
        dt.date(1920, 5, 8),
        None,
        None,
        None,
    ]
    assert ids.sexes(numbers).to_list() == ["female", "male", "male", None, None]
    assert ids.birth_date("990114202302300017") is None


@given(st.text("0123456789", min_size=17, max_size=17), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(first: str, place: int, shift: int) -> None:
    text = np.frombuffer(first.encode(), dtype=np.uint8)[None, :]
    number = first + chr(ids.identity_checks(text)[0])
    assert ids.identity_number_valid(number)
    slip = str((int(number[place]) + shift) % 10)
    assert not ids.identity_number_valid(number[:place] + slip + number[place + 1 :])


@given(st.lists(st.text(ids.CREDIT_ALPHABET, min_size=17, max_size=17), min_size=1, max_size=20))
def test_texts_and_characters_are_each_others_inverse(firsts: list[str]) -> None:
    characters = ids.characters(pl.Series(firsts), 17)
    codes = ids.texts(np.column_stack([characters, ids.credit_checks(characters)]))
    assert ids.credit_codes_valid(codes).all()
    assert codes.str.slice(0, 17).to_list() == firsts
