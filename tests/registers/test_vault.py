"""The identity file: sealed, opened with its key only, asked by number or by key."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.registers.delivery import EMPLOYERS, deliver, number, take_in

from wenye.registers import vault
from wenye.registers.errors import RegisterError
from wenye.registers.model import Employer, Person
from wenye.registers.store import IDENTITY

KEY = bytes(range(32))


@pytest.fixture
def registers(tmp_path: Path) -> Path:
    return take_in(deliver(tmp_path / "来文")).registers


@given(st.binary(max_size=400), st.integers(1, 40))
def test_what_is_sealed_opens_again(content: bytes, chunk: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vault, "_CHUNK", chunk)
        assert vault.unseal(vault.seal(content, KEY), KEY) == content


def test_any_change_or_cut_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault, "_CHUNK", 16)
    sealed = vault.seal(b"0123456789abcdef" * 3, KEY)
    chunk, head = 16 + 16, len(sealed) - 3 * 32
    swapped = sealed[:head] + sealed[head + chunk :] + sealed[head : head + chunk]
    changed = [
        sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :] for at in range(len(sealed))
    ]
    for wrong in (*changed, sealed[:-chunk], sealed[:-1], sealed[:head], b"", swapped):
        with pytest.raises(RegisterError):
            vault.unseal(wrong, KEY)


def test_lookup_by_number_and_by_key(registers: Path) -> None:
    found = vault.lookup(registers, Person, numbers=[number(2).lower() + " "])
    assert found["number"].to_list() == [number(2)]
    key = found["key"][0]
    assert vault.lookup(registers, Person, keys=[key])["name"].to_list() == ["某甲"]
    assert vault.lookup(registers, Person, keys=[999]).is_empty()
    assert vault.lookup(registers, Employer).height == len(EMPLOYERS)


def test_a_missing_key_is_named_with_the_mend(registers: Path) -> None:
    (registers.parent / vault.KEY_FILE).unlink()
    with pytest.raises(RegisterError, match="缺少身份文件的密钥") as refusal:
        vault.lookup(registers, Person)
    assert vault.KEY_VARIABLE in refusal.value.mend


@pytest.mark.parametrize("text", ["", "zz", "ab" * 31, "ab" * 32])
def test_a_wrong_key_is_told_from_a_damaged_file(registers: Path, text: str) -> None:
    (registers.parent / vault.KEY_FILE).write_text(text, encoding="ascii")
    with pytest.raises(RegisterError, match="密钥"):
        vault.lookup(registers, Person)


def test_a_wrong_key_stops_an_intake_before_anything_is_written(registers: Path) -> None:
    (registers.parent / vault.KEY_FILE).write_text("ab" * 32, encoding="ascii")
    before = {path.name: path.read_bytes() for path in registers.iterdir()}
    with pytest.raises(RegisterError, match="不配"):
        take_in(registers.parent / "来文")
    assert {path.name: path.read_bytes() for path in registers.iterdir()} == before


def test_a_damaged_identity_file_is_refused(registers: Path) -> None:
    path = registers / IDENTITY
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(RegisterError, match="已损坏"):
        vault.lookup(registers, Person)


def test_the_key_may_lie_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = tmp_path / "safe" / "k"
    monkeypatch.setenv(vault.KEY_VARIABLE, str(key))
    report = take_in(deliver(tmp_path / "来文"))
    assert key.exists()
    assert not (tmp_path / vault.KEY_FILE).exists()
    assert vault.lookup(report.registers, Person).height == 3


def test_registers_without_an_identity_file_have_nobody_to_look_up(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="没有身份文件"):
        vault.lookup(tmp_path, Person)
