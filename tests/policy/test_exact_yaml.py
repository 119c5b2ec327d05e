"""YAML that means what it says."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from wenye.policy.errors import PolicyError
from wenye.policy.exact_yaml import read_yaml, yaml_files


def read(tmp_path: Path, text: str) -> dict[str, object]:
    file = tmp_path / "a.yaml"
    file.write_text(text, encoding="utf-8")
    return read_yaml(file)


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("2000", 2000),
        ("10.5", Decimal("10.5")),
        ("0.10", Decimal("0.10")),
        ("2020-08-03", dt.date(2020, 8, 3)),
        ("true", True),
        ("", None),
        # What plain YAML would turn into something else stays the text that was written.
        ("010", "010"),
        ("1:30", "1:30"),
        ("no", "no"),
        ("1_000", "1_000"),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        ("2020-8-3", "2020-8-3"),
        ("2025-01", "2025-01"),
        ("'2000'", "2000"),
    ],
)
def test_scalars_are_exact(tmp_path: Path, written: str, means: object) -> None:
    value = read(tmp_path, f"a: {written}")["a"]
    assert value == means
    assert type(value) is type(means)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "a stands twice (first in line 1)"),
        ("a:\n  2021-02-30: x\n", 2, "no day 2021-02-30"),
        ("a: !!float 1.5\n", 1, "tag !!float"),
        ("a: !!python/object:os.system x\n", 1, "tag"),
        ("a: [1, 2\nb: 3\n", 2, "not readable as YAML"),
        ("- a\n", 1, "no mapping"),
        ("[a]: 1\n", 1, "a key that is no name"),
    ],
)
def test_mistakes_are_refused_with_their_line(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    with pytest.raises(PolicyError) as caught:
        read(tmp_path, text)
    assert words in caught.value.what
    assert caught.value.where.endswith(f"a.yaml:{line}")


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes("label: 补贴".encode("gb18030"))
    with pytest.raises(PolicyError, match="not UTF-8"):
        read_yaml(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="missing") as caught:
        read_yaml(tmp_path / "none.yaml")
    assert "none.yaml" in caught.value.where


def test_a_yml_file_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "wages.yml").write_text("a: 1")
    with pytest.raises(PolicyError, match="passed over"):
        list(yaml_files(tmp_path))


def test_a_folded_chinese_line_gains_no_space(tmp_path: Path) -> None:
    block = read_yaml_block(tmp_path, "note: >-\n  前一行，\n  后一行 a\n  b\n")
    assert block.text("note") == "前一行，后一行 a b"


def read_yaml_block(tmp_path: Path, text: str):  # type: ignore[no-untyped-def]
    file = tmp_path / "b.yaml"
    file.write_text(text, encoding="utf-8")
    return read_yaml(file)
