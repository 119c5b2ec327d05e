"""``check --documents``, ``diff`` and ``coverage`` from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.policy.conftest import Folder
from tests.policy.registered import TEXT, registered

from wenye.cli.app import main


@pytest.fixture
def district(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A district with a register, whose text lies in a folder of its own."""
    monkeypatch.delenv("WENYE_DOCUMENTS", raising=False)
    monkeypatch.delenv("WENYE_CONFIRMATIONS", raising=False)
    folder = Folder(tmp_path / "trial")
    registered(folder, own=False)
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "trial-1.txt").write_text(TEXT, encoding="utf-8")
    return folder.path


def texts(district: Path) -> str:
    return str(district.parent / "texts")


def test_check_counts_citations_by_what_came_of_them(
    district: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--district", str(district), "--documents", texts(district)]) == 0
    assert "引文 9 处：在所引条款 9；" in capsys.readouterr().out
    assert main(["check", "--district", str(district)]) == 0
    shown = capsys.readouterr().out
    assert "引文 9 处都没有核对：没有全文" in shown
    assert "缺全文 1 份：trial-1 9 处" in shown
    assert "用 --documents 或 WENYE_DOCUMENTS 指定全文" in shown
    assert "✓ 没有错误；引文 9 处没有核对（没有全文）" in shown
    assert "sound" not in shown
    assert "在所引条款 0" not in shown


def test_check_with_a_folder_that_holds_other_documents_looked_nothing_up(
    district: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    others = district.parent / "others"
    others.mkdir()
    (others / "elsewhere-1.txt").write_text("别的办法\n别〔2024〕1号\n第一条 甲。\n", "utf-8")
    monkeypatch.setenv("WENYE_DOCUMENTS", str(others))
    assert main(["check", "--district", str(district)]) == 0
    shown = capsys.readouterr().out
    assert f"{others} 里没有" in shown
    assert "✓ 没有错误；引文 9 处没有核对（没有全文）" in shown
    assert "sound" not in shown
    assert main(["check", "--district", str(district), "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found["without_text"] == {"trial-1": 9}


def test_check_names_the_documents_whose_text_is_missing(
    district: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = district / "district.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index("  - id: trial-1")
    other = "  - id: trial-7\n    title: 试验另一办法\n    number: 试〔2024〕7号\n"
    other += "    effective_from: 2024-01-01\n"
    path.write_text(text[:start] + other + text[start:], encoding="utf-8")
    values = district / "parameters" / "support.yaml"
    values.write_text(
        values.read_text(encoding="utf-8").replace("document: trial-1", "document: trial-7", 1)
    )
    assert main(["check", "--district", str(district), "--documents", texts(district)]) == 0
    shown = capsys.readouterr().out
    assert "在所引条款 8，没有核对 1（没有全文）" in shown
    assert "缺全文 1 份：trial-7 1 处" in shown
    assert "✓ 没有错误；引文 1 处没有核对（没有全文）" in shown


def test_check_takes_the_folder_from_the_environment(
    district: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENYE_DOCUMENTS", texts(district))
    assert main(["check", "--district", str(district), "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found["sound"] is True
    assert found["by_finding"] == {"found": 9, "elsewhere": 0, "missing": 0, "no_text": 0}
    assert found["citations"][0]["finding"] == "found"
    assert found["citations"][0]["where"].endswith("support.yaml:8")
    assert (found["measures"], found["duties"]) == (6, 1)


def test_check_says_where_a_phrase_really_stands(
    district: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = district / "parameters" / "support.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("article: 一", "article: 二"))
    assert main(["check", "--district", str(district), "--documents", texts(district)]) == 1
    shown = capsys.readouterr().out
    assert "✗ 参数 support.amount：引文不在试〔2024〕1号 （二），而在（一）" in shown
    assert "support.yaml:8" in shown


def test_check_tells_how_documents_stand(
    district: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = district / "parameters" / "support.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("2025-01-01: {value: 320.5", "2027-01-01: {value: 320.5"))
    path.write_text(path.read_text().replace("    2026-01-01: {open: 未公布}\n", ""))
    named = ["check", "--district", str(district), "--on"]
    assert main([*named, "2026-11-24"]) == 0
    shown = capsys.readouterr().out
    assert (
        "文件 试〔2024〕1号　未定：是否仍有效待确认（自2026-07-01起）：文件有效期至2026-06-30"
        in shown
    )
    assert "文件原文 1（其中所引文件效力未定 1）" in shown
    assert "! 效力未定的文件 1 份：试〔2024〕1号" in shown
    assert main([*named, "2026-06-30"]) == 0
    shown = capsys.readouterr().out
    assert "文件施行中 1 份：试〔2024〕1号" in shown
    assert "未定：是否仍有效" not in shown
    assert main([*named, "2026-11-24", "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert [item["standing"] for item in found["standings"]] == ["doubtful"]
    assert found["quoted_from"] == {"doubtful": ["support.amount"]}


def test_check_compares_the_register_with_the_document(
    district: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named = ["check", "--district", str(district), "--documents", texts(district)]
    assert main(named) == 0
    assert "登记的标题和责任单位（2 条）及责任的承办单位：与文件一致" in capsys.readouterr().out
    text = district.parent / "texts" / "trial-1.txt"
    text.write_text(TEXT.replace("局牵头负责", "局负责"), encoding="utf-8")
    assert main(named) == 1
    shown = capsys.readouterr().out
    assert "牵头单位与文件不同，登记为“区人力资源社会保障局”，文件为“（无）”" in shown
    assert "measures.yaml:9" in shown
    assert main([*named, "--json"]) == 1
    (found,) = json.loads(capsys.readouterr().out)
    assert [item["aspect"] for item in found["not_as_printed"]] == ["wording", "lead", "sole"]


@pytest.mark.parametrize("command", ["check", "coverage"])
def test_a_folder_that_is_missing_or_empty_is_refused(
    command: str, district: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = district.parent / "empty"
    empty.mkdir()
    for folder, words in ((empty / "gone", "文件夹不存在"), (empty, "文件夹里没有文件全文")):
        assert main([command, "--district", str(district), "--documents", str(folder)]) == 1
        shown = capsys.readouterr().err
        assert words in shown
        assert "--documents" in shown


def change(district: Path, file: str, old: str, new: str) -> None:
    path = district / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def line_of(district: Path, words: str) -> int:
    text = (district / "measures.yaml").read_text(encoding="utf-8")
    return text[: text.index(words)].count("\n") + 1


def test_coverage_in_words_and_as_a_page(
    district: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    change(district, "measures.yaml", "[加强宣传, 选树典型]", "[选树典型]")
    out = tmp_path / "page.html"
    named = ["coverage", "--district", str(district), "--documents", texts(district)]
    assert main([*named, "--html", str(out), "--on", "2026-10-31"]) == 0
    shown = capsys.readouterr().out
    assert "措施 6 条：已承载 1，尚未承载 4（其中部分承载 1），无法计算 1" in shown
    assert "未归位 1" in shown
    assert "2026-10-31 文件状态：未定：是否仍有效待确认（自2026-07-01起）" in shown
    assert "句子 9 句：已归位 8——已承载 1，尚未承载 4（其中部分承载 1）" in shown
    assert "分句 10 个（不计框架文字）：有引文 6，没有引文 4" in shown
    assert "? （二） <b>新加的一句</b>没有人管。" in shown
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert [path.name for path in tmp_path.glob(".*.part")] == []


def test_coverage_tells_a_link_to_nothing_and_does_not_count_it(
    district: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(district, "measures.yaml", "[加强宣传, 选树典型]", "[选树典型]")
    change(
        district,
        "measures.yaml",
        "{scheme: [support]}",
        "\n              scheme:\n                - suport",
    )
    named = ["coverage", "--district", str(district), "--documents", texts(district)]
    assert main(named) == 1
    shown = capsys.readouterr().out
    assert "✗ 措施 T1-01.1 所连的 scheme:suport 不存在" in shown
    assert f"measures.yaml:{line_of(district, '- suport')}" in shown
    assert "措施 6 条：已承载 0，尚未承载 5" in shown
    assert main([*named, "--json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert data["sound"] is False
    (lost,) = data["documents"][0]["lost"]
    assert (lost["measure"], lost["carrier"]) == ("T1-01.1", "scheme:suport")


def test_coverage_tells_a_phrase_that_lies_in_no_sentence(
    district: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named = ["coverage", "--district", str(district), "--documents", texts(district)]
    assert main(named) == 1
    shown = capsys.readouterr().out
    assert "只在（二）的标题或责任括号里：加强宣传" in shown
    change(district, "measures.yaml", "[加强宣传, 选树典型]", "[选树典型]")
    change(district, "measures.yaml", "[每月给予补贴]", "[每月都给予补贴]")
    assert main(named) == 1
    shown = capsys.readouterr().out
    assert "✗ T1-01.1 的引文没有落在一的句子里，文件里没有：每月都给予补贴" in shown
    assert f"measures.yaml:{line_of(district, 'T1-01.1')}" in shown
    assert "最接近的原文 / nearest: 每月给予补贴300元" in shown
    assert "措施 6 条：已承载 0，尚未承载 5" in shown
    assert "已承载 0，尚未承载 5（其中部分承载 2）" in shown


ANNEX = """试验区人民政府
2024年1月1日
附件
试验补贴目录
1．月补每月300元。
2．交通补贴每月50元，最长6个月。
"""


def test_coverage_counts_the_sentences_of_an_annex_apart(
    district: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(district, "measures.yaml", "[加强宣传, 选树典型]", "[选树典型]")
    (district.parent / "texts" / "trial-1.txt").write_text(TEXT + ANNEX, encoding="utf-8")
    named = ["coverage", "--district", str(district), "--documents", texts(district)]
    assert main(named) == 0
    shown = capsys.readouterr().out
    assert "句子 9 句：已归位 8" in shown
    assert "附件另有 3 句，没有读成条款，不在上面的句数里，均未归位" in shown
    assert "? 附件 2．交通补贴每月50元，最长6个月。" in shown
    assert main([*named, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["sentences"]["total"], data["sentences"]["annex"]) == (9, 3)
    assert data["documents"][0]["annex"][1] == {
        "text": "1．月补每月300元。",
        "state": "unplaced",
        "kind": "annex",
    }


def test_coverage_as_data(district: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(district, "measures.yaml", "[加强宣传, 选树典型]", "[选树典型]")
    named = ["coverage", "--district", str(district), "--documents", texts(district)]
    assert main([*named, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["measures"]["total"] == 6
    assert data["sentences"]["placed"] == 8
    assert data["documents"][0]["file"] == "trial-1.txt"


def test_diff_in_words(district: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    new = tmp_path / "new.txt"
    new.write_text(TEXT.replace("300元", "350元"), encoding="utf-8")
    old = f"{texts(district)}/trial-1.txt"
    assert main(["diff", old, str(new), "--district", str(district)]) == 0
    shown = capsys.readouterr().out
    assert "~ （一） 支持灵活就业：改了文字 / reworded" in shown
    assert "数量：300元 → 350元" in shown
    assert "参数 support.amount" in shown
    assert "新文最接近的话 / nearest now: 每月给予补贴350元" in shown


def test_diff_as_data(district: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    new = tmp_path / "new.txt"
    new.write_text(TEXT.replace("2024年1月1日", "2025年1月1日"), encoding="utf-8")
    old = f"{texts(district)}/trial-1.txt"
    assert main(["diff", old, str(new), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["facts"] == {"effective_from": {"old": "2024-01-01", "new": "2025-01-01"}}
    assert (data["document"], data["touched"]) == (None, None)
    assert main(["diff", old, str(new), "--district", str(district), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["document"] == "trial-1"
    assert {item["touch"] for item in data["touched"]} == {"force"}
    assert {kind: len(names) for kind, names in data["resting"].items()} == {
        "parameter": 1,
        "scheme": 1,
        "measure": 6,
        "duty": 1,
    }


def test_diff_of_a_document_that_the_district_does_not_hold(
    district: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("别的办法\n别〔2024〕1号\n第一条 甲事项由乙局办理。\n", encoding="utf-8")
    assert main(["diff", str(other), str(other), "--district", str(district)]) == 0
    shown = capsys.readouterr().out
    assert "没有差别" in shown
    assert "none of the district's documents" in shown


@pytest.mark.parametrize("bad", [b"", b"PK\x03\x04 broken", b"\x89PNG\r\n\x1a\n"])
def test_bad_files_are_refused_and_never_a_traceback(
    bad: bytes, district: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "bad.txt"
    file.write_bytes(bad)
    assert main(["diff", f"{texts(district)}/trial-1.txt", str(file)]) == 1
    assert main(["diff", str(tmp_path / "gone.txt"), str(file)]) == 1
    (district.parent / "texts" / "trial-1.txt").write_bytes(bad)
    assert main(["coverage", "--district", str(district), "--documents", texts(district)]) == 1
    assert main(["check", "--district", str(district), "--documents", texts(district)]) == 1
    shown = capsys.readouterr()
    assert "internal error" not in shown.err
    assert "Traceback" not in shown.err
