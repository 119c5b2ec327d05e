import zlib

import pytest
from tests.policy.reading.pdf_pages import LEADING, LEFT, TOP, lines, pdf

from wenye.policy.errors import PolicyError
from wenye.policy.reading.files import text_of_bytes

NOTICE = ("关于做好稳就业工作的通知", "沪人社规〔2024〕13号", "一、支持企业。补贴每人2000元。")


def text(raw: bytes) -> str:
    return text_of_bytes(raw, "通知.pdf")


def test_lines_and_pages() -> None:
    raw = pdf([lines(*NOTICE), lines("二、支持个人。", "— 2 —")])
    assert text(raw) == "\n".join(NOTICE) + "\n\f二、支持个人。\n— 2 —"


def test_a_running_head_that_the_file_holds_last_is_read_first() -> None:
    page = [
        (LEFT, TOP - LEADING, "正文一"),
        (LEFT, TOP - 2 * LEADING, "正文二"),
        (LEFT, TOP, "页眉"),
    ]
    assert text(pdf([page])) == "页眉\n正文一\n正文二"


def test_columns_are_not_mixed() -> None:
    left = [(LEFT, TOP - LEADING * at, f"左栏{at}") for at in range(3)]
    right = [(LEFT + 250, TOP - LEADING * at, f"右栏{at}") for at in range(3)]
    assert text(pdf([left + right])).split() == [placed[2] for placed in left + right]


def test_spread_characters_are_joined_and_wide_gaps_kept() -> None:
    spread = [(LEFT + 38 * at, TOP, word) for at, word in enumerate(["关于", "印发"])]
    assert text(pdf([[*spread, (LEFT + 300, TOP, "办法")]])) == "关于印发 办法"


def test_a_scan_needs_ocr_first() -> None:
    for raw in (
        pdf([[], []], picture=True),
        pdf([lines("7"), lines("8")], picture=True),
        pdf([[]]),
    ):
        with pytest.raises(PolicyError, match="扫描件") as refusal:
            text(raw)
        assert "OCR" in refusal.value.mend
        assert refusal.value.where == "通知.pdf"


def test_text_over_a_picture_is_text() -> None:
    assert text(pdf([lines(*NOTICE)], picture=True)) == "\n".join(NOTICE)


def test_a_page_without_text_among_others_stays_as_an_empty_page() -> None:
    assert text(pdf([lines("首页"), [], lines("末页")])) == "首页\n\f\n\f末页"


def test_a_text_layer_of_private_codes_is_refused() -> None:
    with pytest.raises(PolicyError, match="乱码"):
        text(pdf([lines("\ue001\ue002\ue003\ue004", "\ue005\ue006正文")]))


def test_a_locked_file_is_refused() -> None:
    with pytest.raises(PolicyError, match="加了密码") as refusal:
        text(pdf([lines(*NOTICE)], locked=True))
    assert "密码" in refusal.value.mend


def test_a_page_packed_beyond_measure_is_not_unpacked() -> None:
    page = zlib.compress(b"q Q " * 5_000_000)
    with pytest.raises(PolicyError, match="文字过多"):
        text(pdf([lines(*NOTICE)], packed=page))
    assert text(pdf([lines(*NOTICE)], packed=zlib.compress(b"q Q " * 5000))).startswith(NOTICE[0])


def test_no_character_is_lost_where_fonts_are_missing() -> None:
    title = "关于做好稳就业工作的通知"
    raw = pdf([[(LEFT + 18 * at, TOP, character) for at, character in enumerate(title)]])
    try:
        found = text(raw)
    except PolicyError as refusal:  # on a machine without Chinese fonts
        found = title if "没有嵌入字体" in refusal.what else refusal.what
    assert found == title


def test_a_damaged_file_is_refused() -> None:
    raw = pdf([lines(*NOTICE)])
    for broken in (raw[:40], b"%PDF-1.7\n", raw.replace(b"/Page", b"/Pxge")):
        with pytest.raises(PolicyError, match=r"PDF 已损坏"):
            text(broken)
