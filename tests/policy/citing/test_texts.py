"""Finding a document's file: by the document's id, by its number, or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from wenye.policy.citing.texts import Texts, documents_folder
from wenye.policy.errors import PolicyError

NOTICE = "试验办法\n试〔2024〕1号\n第三条 每月给予补贴300元。\n第四条 补贴按月发放。\n"


@pytest.fixture(autouse=True)
def _no_folder_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WENYE_DOCUMENTS", raising=False)


def texts(folder: Any, files: dict[str, str], **more: Any) -> Texts:
    """The texts of the trial district, which holds none of its own, with these files at hand."""
    folder.change("district.yaml", "    text: notice.md\n", "")
    kept = folder.path.parent / "kept"
    for name, text in files.items():
        file = kept / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return Texts(folder.load(**more), kept)


def found(held: Texts) -> str | None:
    document = held._district.documents["trial-1"]
    text = held.of(document)
    return None if text is None else text.path.name


def test_the_districts_own_text_comes_first(folder: Any, tmp_path: Path) -> None:
    folder.write("../kept/trial-1.txt", "第九条 别的。")
    held = Texts(folder.load(), tmp_path / "kept")
    assert found(held) == "notice.md"


def test_a_text_of_the_district_that_is_missing_is_refused(folder: Any) -> None:
    folder.change("district.yaml", "text: notice.md", "text: gone.md")
    with pytest.raises(PolicyError, match="missing") as error:
        found(Texts(folder.load()))
    assert error.value.where.endswith("gone.md")


def test_without_a_folder_nothing_is_at_hand(folder: Any) -> None:
    folder.change("district.yaml", "    text: notice.md\n", "")
    assert found(Texts(folder.load())) is None


@pytest.mark.parametrize("name", ["trial-1.txt", "deep/er/trial-1.txt", "trial-1.md"])
def test_a_file_is_known_by_the_documents_id(folder: Any, name: str) -> None:
    assert found(texts(folder, {name: NOTICE})) == Path(name).name


def test_a_file_is_known_by_the_number_that_it_prints(folder: Any) -> None:
    held = texts(folder, {"扫描件.txt": NOTICE, "别的.txt": NOTICE.replace("1号", "2号")})
    assert found(held) == "扫描件.txt"


def test_a_file_that_holds_something_else_is_passed_over(folder: Any) -> None:
    assert found(texts(folder, {"a.docx": "PK\x03\x04 no zip", "b.txt": "没有文号。"})) is None


def test_the_kind_that_keeps_the_text_best_is_taken(folder: Any) -> None:
    held = texts(folder, {"trial-1.txt": NOTICE, "trial-1.pdf": "%PDF-1.4 broken"})
    assert found(held) == "trial-1.txt"


def test_two_different_texts_for_one_document_are_refused(folder: Any) -> None:
    held = texts(folder, {"a/trial-1.txt": NOTICE, "b/trial-1.txt": NOTICE + "第五条 新增。"})
    with pytest.raises(PolicyError, match="two texts"):
        found(held)


def test_two_copies_of_one_text_are_one(folder: Any) -> None:
    assert found(texts(folder, {"a/trial-1.txt": NOTICE, "b/trial-1.txt": NOTICE})) == "trial-1.txt"


def test_a_file_named_for_the_document_that_cannot_be_read_is_refused(folder: Any) -> None:
    with pytest.raises(PolicyError):
        found(texts(folder, {"trial-1.docx": "PK\x03\x04 no zip after all"}))


def test_hidden_files_are_no_documents(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "notes.txt").write_text("x")
    (tmp_path / "~$open.docx").write_text("x")
    with pytest.raises(PolicyError, match="holds no document"):
        documents_folder(tmp_path)


def test_a_folder_that_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="no such folder") as error:
        documents_folder(tmp_path / "gone")
    assert "WENYE_DOCUMENTS" in error.value.mend


def test_the_variable_names_the_folder_where_nothing_else_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("文")
    assert documents_folder() is None
    monkeypatch.setenv("WENYE_DOCUMENTS", str(tmp_path))
    assert documents_folder() == tmp_path
    monkeypatch.setenv("WENYE_DOCUMENTS", str(tmp_path / "gone"))
    with pytest.raises(PolicyError):
        documents_folder()
    assert documents_folder(tmp_path) == tmp_path
