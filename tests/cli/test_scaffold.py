"""``wenye scaffold``: what is drafted can be checked, printed, explained and covered at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import wenye
from wenye.cli.app import main

NOTICE = Path(wenye.__file__).parent / "districts" / "example" / "notice.md"
INVENTED = sorted((Path(__file__).parents[1] / "policy" / "reading" / "documents").glob("*.txt"))
Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WENYE_CONFIRMATIONS", raising=False)
    monkeypatch.delenv("WENYE_DOCUMENTS", raising=False)


def test_it_says_what_was_written_what_is_open_and_what_comes_next(
    tmp_path: Path, capsys: Capture
) -> None:
    folder = tmp_path / "new district"
    assert main(["scaffold", str(NOTICE), str(folder)]) == 0
    shown = capsys.readouterr().out
    assert f"示例区（new_district）→ {folder}" in shown
    assert "项目 3 个" in shown
    assert "26 处（项目里的条件 22，其他 4）" in shown
    assert shown.splitlines()[-3:] == [
        f"  wenye check --district '{folder}'",
        f"  wenye card article_02 --district '{folder}'",
        f"  wenye coverage --district '{folder}'",
    ]


def test_as_data(tmp_path: Path, capsys: Capture) -> None:
    folder = tmp_path / "x"
    assert main(["scaffold", str(NOTICE), str(folder), "--name", "mine", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["district"], data["document"]["id"]) == ("mine", "mine-2024-1")
    assert data["counts"]["to_be_decided"] == len(data["to_be_decided"])
    assert len(data["next"]) == 3
    found = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert set(data["files"]) == found
    places = {item["where"].partition(":")[0] for item in data["to_be_decided"]}
    assert [place for place in places if not Path(place).is_file()] == []


def test_check_lists_what_is_to_be_decided_and_finds_no_mistake(
    tmp_path: Path, capsys: Capture
) -> None:
    folder = str(tmp_path / "x")
    main(["scaffold", str(NOTICE), folder])
    capsys.readouterr()
    assert main(["check", "--district", folder]) == 0
    shown = capsys.readouterr().out
    assert "待定 26 处 / to be decided:" in shown
    assert f"  ? {folder}/schemes/article_02.py:28  article_02 的条件：每招用一人" in shown
    assert "✓ 没有错误" in shown
    assert main(["check", "--district", folder, "--json"]) == 0
    (data,) = json.loads(capsys.readouterr().out)
    assert data["sound"] is True
    assert len(data["to_be_decided"]) == 26


def use(folder: str, capsys: Capture, case: Path) -> int:
    """Every command that reads a district; how many schemes there were."""
    of = ["--district", folder]
    assert main(["check", *of]) == 0, capsys.readouterr().out
    measured = (Path(folder) / "measures.yaml").is_file()
    html = str(case.with_suffix(".html"))
    assert main(["coverage", *of, "--html", html]) == (0 if measured else 1)
    capsys.readouterr()
    assert main(["card", "--list", *of, "--json"]) == 0
    schemes = json.loads(capsys.readouterr().out)
    for scheme in schemes:
        assert main(["card", scheme["id"], "--on", "2030-01-01", *of]) == 0
        assert "待定" in capsys.readouterr().out
        svg = str(case.with_suffix(".svg"))
        assert main(["card", scheme["id"], "--lang", "en", "--svg", svg, *of]) == 0
        assert main(["explain", scheme["id"], "--template", *of]) == 0
        capsys.readouterr()
        for root in ("person", "employer", "employment"):
            case.write_text(json.dumps({root: {}}), encoding="utf-8")
            if main(["explain", scheme["id"], str(case), "--on", "2030-01-01", *of]) == 0:
                break
        assert "待定 / undetermined" in capsys.readouterr().out
    return len(schemes)


def test_every_command_reads_what_was_drafted(tmp_path: Path, capsys: Capture) -> None:
    read = 0
    for document in INVENTED:
        folder = str(tmp_path / document.stem)
        assert main(["scaffold", str(document), folder, "--name", "trial"]) == 0
        read += use(folder, capsys, tmp_path / "case.json")
    assert read > 20


def test_every_command_reads_a_hostile_draft(tmp_path: Path, capsys: Capture) -> None:
    document = tmp_path / "hostile.txt"
    document.write_text(
        '某区"引号"{花括号}# 办法\n'
        '第一条 {name} 对“甲\\n乙”：{0} 给予"补贴"500元；</script> & <b>\n',
        encoding="utf-8",
    )
    folder = str(tmp_path / "x")
    assert main(["scaffold", str(document), folder]) == 0
    assert use(folder, capsys, tmp_path / "case.json") == 1


def test_a_real_document(documents_folder: Path, tmp_path: Path, capsys: Capture) -> None:
    document = documents_folder / "jiading-2020-6.txt"
    folder = str(tmp_path / "x")
    assert main(["scaffold", str(document), folder]) == 0
    assert use(folder, capsys, tmp_path / "case.json") >= 10


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no text"),
        (b"PK\x03\x04 broken", "error"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (None, "no such file"),
    ],
)
def test_what_is_no_document_is_refused(
    content: bytes | None, said: str, tmp_path: Path, capsys: Capture
) -> None:
    file = tmp_path / "bad.txt"
    if content is not None:
        file.write_bytes(content)
    assert main(["scaffold", str(file), str(tmp_path / "x")]) == 1
    shown = capsys.readouterr().err
    assert said in shown
    assert "internal error" not in shown
    assert not (tmp_path / "x").exists()


def test_a_folder_that_is_taken_is_refused(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "mine").write_text("mine", encoding="utf-8")
    assert main(["scaffold", str(NOTICE), str(tmp_path / "x")]) == 1
    shown = capsys.readouterr().err
    assert "位置 / at:" in shown
    assert "办法 / mend:" in shown
    assert [path.name for path in (tmp_path / "x").iterdir()] == ["mine"]


def test_coverage_comes_next_only_where_there_is_a_register(
    tmp_path: Path, capsys: Capture
) -> None:
    document = tmp_path / "nothing.txt"
    document.write_text("第一条 天气晴朗。\n", encoding="utf-8")
    assert main(["scaffold", str(document), str(tmp_path / "x"), "--json"]) == 0
    commands = json.loads(capsys.readouterr().out)["next"]
    assert [command.split()[1] for command in commands] == ["check", "card"]
    for command in commands:
        assert main(command.split()[1:]) == 0
