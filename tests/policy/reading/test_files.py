import random
import subprocess
import sys
from pathlib import Path

import pytest
from tests.policy.reading.pdf_pages import lines, pdf
from tests.policy.reading.word_files import Lists

from wenye.policy.errors import PolicyError
from wenye.policy.reading.files import LARGEST, text_of, text_of_bytes

NOTICE = (
    "关于进一步做好稳就业工作的通知\n"
    "各镇人民政府、街道办事处：\n"
    "一、支持企业。对吸纳就业困难人员的用人单位给予补贴，每人2000元。\n"
    "（一）申请条件。签订一年以上劳动合同并按规定缴纳社会保险费。（区人社局负责）\n"
)


def old_office(entry: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + entry.encode("utf-16-le") + bytes(64)


def test_a_file_is_what_it_holds_not_what_it_is_called(tmp_path: Path) -> None:
    lists = Lists()
    lists.add("文件正文")
    for raw in ("文件正文".encode(), lists.saved(), pdf([lines("文件正文")])):
        file = tmp_path / "通知.jpg"
        file.write_bytes(raw)
        assert text_of(file) == "文件正文"


def test_line_ends_marks_and_controls() -> None:
    raw = "一、\r\n二、\r三、\u2028四\u200b、\x07\ufeff\f五、\x1a\0\0".encode()
    assert text_of_bytes(raw, "x") == "一、\n二、\n三、\n四、\f五、"


@pytest.mark.parametrize(
    "raw", [b"", b" \r\n\t\f", "\ufeff".encode(), "\u3000\n".encode("gb18030")]
)
def test_a_file_without_text_is_refused(raw: bytes) -> None:
    with pytest.raises(PolicyError, match="没有文字") as refusal:
        text_of_bytes(raw, "空.txt")
    assert refusal.value.where == "空.txt"


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (old_office("WordDocument"), "旧版 Word"),
        (old_office("Workbook"), "工作簿"),
        (old_office("EncryptedPackage"), "加了密码"),
        (old_office("PowerPoint Document"), "演示文稿"),
        (old_office("Contents"), "认不出是哪一种"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "图片"),
        (b"\xff\xd8\xff\xe0" + bytes(99), "图片"),
        (b"BM\x9a\x00\x00\x00\x00\x00\x00\x00" + bytes(99), "图片"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "图片"),
        (b"Rar!\x1a\x07\x01\x00", "压缩包"),
        (b"\x7fELF\x02\x01" + bytes(99), "程序"),
        (b"MZ\x90\x00\x03" + bytes(99), "程序"),
        (b"{\\rtf1\\ansi \\u19968?}", "RTF"),
        (b"PAR1" + bytes(99), "数据表"),
        (b'<?xml version="1.0"?><w:wordDocument/>', "XML"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "网页存档"),
        (bytes(range(256)) * 40, "不是文字"),
        (("".join(map(chr, range(1, 127))) * 9).encode(), "不是文字"),
    ],
)
def test_what_is_no_document_is_told_for_what_it_is(raw: bytes, kind: str) -> None:
    with pytest.raises(PolicyError, match=kind) as refusal:
        text_of_bytes(raw, "通知.txt")
    assert refusal.value.where == "通知.txt"
    assert " / " in refusal.value.what
    assert " / " in refusal.value.mend


def test_an_old_word_file_is_to_be_saved_anew() -> None:
    with pytest.raises(PolicyError) as refusal:
        text_of_bytes(old_office("WordDocument"), "通知.doc")
    assert "另存为 .docx" in refusal.value.mend


def test_too_large_a_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "大.txt"
    with file.open("wb") as hole:
        hole.truncate(LARGEST + 1)
    with pytest.raises(PolicyError, match="20 MB"):
        text_of(file)


def test_a_folder_is_refused_and_a_missing_file_is_the_callers(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="文件夹"):
        text_of(tmp_path)
    with pytest.raises(FileNotFoundError):
        text_of(tmp_path / "没有.txt")


def test_plain_text_needs_no_library() -> None:
    code = (
        "import sys\n"
        "from wenye.policy.reading.files import text_of_bytes\n"
        "text_of_bytes('一、<b>'.encode('gb18030'), 'x')\n"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert not {"docx", "lxml", "pypdfium2", "zipfile"} & set(run.stdout.split())


def read(raw: bytes) -> str | None:
    """The text; None where it is refused, in full."""
    try:
        return text_of_bytes(raw, "x")
    except PolicyError as error:
        refusal = error
    assert refusal.where == "x"
    assert refusal.mend
    return None


def damaged(raw: bytes, chance: random.Random) -> bytes:
    """The file cut, with bytes flipped, put in, left out, or shuffled in blocks."""
    at = chance.randrange(len(raw))
    match chance.randrange(6):
        case 0:
            return raw[:at]
        case 1:
            return raw[at:]
        case 2:
            return raw[:at] + chance.randbytes(chance.choice((1, 5, 99))) + raw[at:]
        case 3:
            return raw[:at] + raw[at + chance.choice((1, 9, 300)) :]
        case 4:
            size = chance.choice((1, 2, 64, 512))
            blocks = [raw[start : start + size] for start in range(0, len(raw), size)]
            chance.shuffle(blocks)
            return b"".join(blocks)
    flipped = bytearray(raw)
    for _ in range(chance.choice((1, 4, 60))):
        flipped[chance.randrange(len(raw))] = chance.randrange(256)
    return bytes(flipped)


def seeds() -> dict[str, bytes]:
    lists = Lists()
    lists.define(7, [("chineseCounting", "%1、"), ("decimal", "%2.")])
    for line in NOTICE.splitlines():
        lists.add(line, 7, len(line) % 2)
    page = "<html><head><title>x</title></head><body><table><tr><td>一<td>二</table>"
    return {
        "utf-8": NOTICE.encode(),
        "gb18030": NOTICE.encode("gb18030"),
        "utf-16": NOTICE.encode("utf-16"),
        "page": f"{page}<p>{NOTICE}</p><!-- & --><script>1<2</script></body></html>".encode(),
        "docx": lists.saved(),
        "pdf": pdf([lines(*NOTICE.splitlines())] * 2),
    }


@pytest.mark.parametrize("kind", ["utf-8", "gb18030", "utf-16", "page", "docx", "pdf"])
def test_a_damaged_file_is_read_or_refused(kind: str) -> None:
    raw = seeds()[kind]
    chance = random.Random(kind)
    texts = [read(damaged(raw, chance)) for _ in range(150)]
    assert None in texts
    found = [text for text in texts if text is not None]
    assert found
    for text in found:
        assert text.strip()
        assert text.encode()


def test_noise_is_read_or_refused() -> None:
    chance = random.Random(1)
    for _ in range(300):
        text = read(chance.randbytes(chance.randrange(600)))
        assert text is None or text.strip()
