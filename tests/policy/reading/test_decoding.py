import pytest

from wenye.policy.errors import PolicyError
from wenye.policy.reading.decoding import decoded

SIMPLIFIED = (
    "关于进一步做好稳就业促发展工作的实施意见\n"
    "一、支持企业。对吸纳就业困难人员的用人单位给予补贴，每人2000元，期限12个月。\n"
    "二、鼓励创业。落实创业担保贷款政策，提高失业保险稳岗返还标准。（区人社局、区财政局负责）\n"
)
TRADITIONAL = (
    "關於進一步做好穩就業促發展工作的實施意見\n"
    "一、支持企業。對吸納就業困難人員的用人單位給予補貼，每人2000元，期限12個月。\n"
    "二、鼓勵創業。落實創業擔保貸款政策，提高失業保險穩崗返還標準。\n"
)


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"],
)
@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL, SIMPLIFIED[:6], "補貼"])
def test_each_encoding_is_recognised(text: str, encoding: str) -> None:
    assert decoded(text.encode(encoding), "x") == text


def test_big5_is_told_from_gb18030_by_what_it_says() -> None:
    assert decoded(TRADITIONAL.encode("big5"), "x") == TRADITIONAL
    assert decoded(TRADITIONAL.encode("gb18030"), "x") == TRADITIONAL


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_a_text_cut_within_a_character_loses_that_one_only(encoding: str) -> None:
    raw = SIMPLIFIED.encode(encoding)
    found = decoded(raw[:-3] + raw[-3:-2], "x")
    assert found.rstrip("\ufffd")[:90] == SIMPLIFIED[:90]
    assert decoded(raw[1:], "x").lstrip("\ufffd") == SIMPLIFIED[1:]


def test_a_damaged_byte_is_shown_not_hidden() -> None:
    raw = bytearray(SIMPLIFIED.encode("gb18030"))
    raw[raw.index("，".encode("gb18030"))] = 0xFF
    found = decoded(bytes(raw), "x")
    assert "\ufffd" in found
    assert found.startswith("关于进一步做好稳就业促发展工作的实施意见\n一、支持企业。")
    assert found.endswith(SIMPLIFIED[-30:])


@pytest.mark.parametrize(
    "raw",
    [
        "労働者の雇用を安定させるための助成金について、次のとおり定める。".encode("shift_jis") * 3,
        bytes(range(128, 256)) * 9,
        b"\xff" * 99,
        b"\x00\xd8" * 99,
    ],
)
def test_what_no_encoding_makes_text_of_is_refused(raw: bytes) -> None:
    with pytest.raises(PolicyError, match="编码") as refusal:
        decoded(raw, "通知.txt")
    assert refusal.value.where == "通知.txt"
    assert "UTF-8" in refusal.value.mend


def test_a_mark_that_lies_is_not_believed() -> None:
    assert decoded(b"\xef\xbb\xbf" + SIMPLIFIED.encode("gb18030"), "x") == SIMPLIFIED
