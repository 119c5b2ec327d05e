"""Whatever comes, reading ends with a reading or a refusal: cut, shuffled, widened, misencoded."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from tests.policy.reading.genre import document
from tests.policy.reading.genre_wear import worn

from wenye.policy.errors import PolicyError
from wenye.policy.reading import read_file, read_text
from wenye.policy.reading.files import text_of, text_of_bytes

DOCUMENTS = Path(__file__).parent / "documents"
BRACKETS = "（）()〔〕[]【】《》〈〉“”"
PIECES = [
    "一、",
    "（一）",
    "(二)",
    "第三条",
    "第一章",
    "1.",
    "①",
    "责任单位：",
    "牵头",
    "按照职责分工负责",
    "列第一位者为牵头单位，下同",
    "区财政局",
    "《",
    "》",
    "（",
    "）",
    "〔2020〕6号",
    "2020年8月3日",
    "半年",
    "有效期5年",
    "自印发之日起施行",
    "\n",
    "\f",
    "。",
    "；",
    "：",
    "、",
    "关于",
    "的通知",
    "%",
    "15",
    "附件",
    "本办法自",
    "抄送：",
    "目录",
    "\u3000",
    "a",
    "\x00",
    "\ufffd",
    "𠀀",
]


def read_whole(text: str) -> None:
    """Read, and walk over everything that a reading gives."""
    found = read_text(text)
    json.dumps(found.as_json(), ensure_ascii=False)
    assert all(sentence.text for sentence in found.sentences())


def texts() -> Iterator[str]:
    for path in sorted(DOCUMENTS.glob("*.txt")):
        yield text_of(path)
    for seed in range(20):
        yield worn(document(seed)[0], Random(seed))


def test_documents_cut_anywhere() -> None:
    rng = Random(1)
    for text in texts():
        for _ in range(6):
            first, last = sorted(rng.randrange(len(text) + 1) for _ in range(2))
            read_whole(text[first:last])


def test_brackets_shuffled_and_lines_broken_anywhere() -> None:
    rng = Random(2)
    for text in texts():
        signs = [rng.choice(BRACKETS) if sign in BRACKETS else sign for sign in text]
        read_whole("".join(signs))
        for _ in range(len(signs) // 9):
            signs.insert(rng.randrange(len(signs)), rng.choice("\n\f \u3000"))
        read_whole("".join(signs))


def test_lines_in_any_order() -> None:
    rng = Random(3)
    for text in texts():
        lines = text.splitlines()
        rng.shuffle(lines)
        read_whole("\n".join(lines))


@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_words_of_the_genre_in_any_order(pieces: list[str]) -> None:
    read_whole("".join(pieces))


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    read_whole(text)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        text = text_of_bytes(raw, "文件.txt")
    except PolicyError as refusal:
        said = refusal
    else:
        read_whole(text)
        return
    assert said.what
    assert said.mend


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_wrong_guess_of_the_encoding_changes_nothing(tmp_path: Path, encoding: str) -> None:
    text, _ = document(7)
    file = tmp_path / "notice.txt"
    file.write_bytes(text.encode(encoding))
    assert read_file(file) == read_text(text)


def test_a_workbook_by_another_name_is_refused(tmp_path: Path) -> None:
    sheet = io.BytesIO()
    book = xlsxwriter.Workbook(sheet)
    book.add_worksheet().write(0, 0, "一、总则")
    book.close()
    file = tmp_path / "notice.txt"
    file.write_bytes(sheet.getvalue())
    with pytest.raises(PolicyError) as refused:
        read_file(file)
    assert str(file) in refused.value.where
    assert "工作簿" in refused.value.what


LONG = {
    "open brackets": "（" * 100_000,
    "points": "（一）" * 30_000,
    "points on lines": "（一）甲\n" * 30_000,
    "digits": "1" * 300_000,
    "titles": "《" * 100_000,
    "bodies": f"（{'区财政局、' * 20_000}负责）",
    "signs on lines": "稳\n" * 60_000,
    "no end": "稳就业" * 100_000,
    "dates": "2020年8月3日" * 20_000,
    "contents": "目录\n" + "一、甲\n" * 20_000,
}


@pytest.mark.parametrize("kind", LONG)
def test_long_and_hostile_texts_end(kind: str) -> None:
    read_whole(LONG[kind])
