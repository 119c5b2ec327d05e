"""The text of a policy document's file: plain text, a saved web page, ``.docx`` or PDF with text.

What a file is, its content says; its suffix is not believed.
"""

from __future__ import annotations

import re
from pathlib import Path

from wenye.policy.errors import PolicyError
from wenye.policy.reading.decoding import decoded
from wenye.policy.reading.web_page import is_web_page, text_of_web_page

LARGEST = 20_000_000  # bytes of a file: the longest published documents are far below one tenth

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_SAVE_AS_DOCX = (
    "用 Word 或 WPS 打开，另存为 .docx 后再读 / open it in Word or WPS and save it as .docx"
)
_GIVE_TEXT = (
    "请给出文件的正文：纯文本、.docx 或带文字层的 PDF"
    " / give the document itself: plain text, .docx or a PDF with text"
)
_RECOGNISE_FIRST = (
    "先做文字识别（OCR），核对后存为文本再读 / run OCR first, check the result and save it as text"
)

_PICTURE = ("这是图片，不是文字 / a picture, not text", _RECOGNISE_FIRST)
_PROGRAM = ("这是程序文件 / a program, not a document", _GIVE_TEXT)
_PACKED = (
    "这是压缩包 / an archive, not a document",
    "解压后给出其中的文件 / unpack it and give the file inside",
)
_BEGINNINGS = (
    (b"\x89PNG\r\n", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF87a", _PICTURE),
    (b"GIF89a", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
    (b"Rar!\x1a\x07", _PACKED),
    (b"7z\xbc\xaf\x27\x1c", _PACKED),
    (b"\x1f\x8b\x08", _PACKED),
    (b"\x7fELF", _PROGRAM),
    (b"PAR1", ("这是数据表（Parquet），不是文件正文 / a data table, not a document", _GIVE_TEXT)),
    (b"SQLite format 3\x00", ("这是数据库，不是文件正文 / a database, not a document", _GIVE_TEXT)),
    (b"{\\rtf", ("这是 RTF 文件 / a rich text file", _SAVE_AS_DOCX)),
)

# What an old Office file holds is told by the names in its directory, which are in UTF-16.
_OLD_OFFICE = (
    (
        "EncryptedPackage",
        "文件加了密码 / the document is encrypted",
        "在 Word 或 WPS 中去掉密码后另存为 .docx / remove the password and save it as .docx",
    ),
    ("WordDocument", "这是旧版 Word 文件（.doc） / an old Word file (.doc)", _SAVE_AS_DOCX),
    ("Workbook", "这是工作簿，不是文件正文 / a workbook, not a document", _GIVE_TEXT),
    ("Book", "这是工作簿，不是文件正文 / a workbook, not a document", _GIVE_TEXT),
    ("PowerPoint Document", "这是演示文稿，不是文件正文 / slides, not a document", _GIVE_TEXT),
)

_MARKUP = re.compile(r"\s*<\?xml\b|\s*<(?:\w+:)?(?:wordDocument|package)\b")
_MAIL = re.compile(r"(?:From:|MIME-Version:|Content-Type:)", re.IGNORECASE)

_LINE_ENDS = re.compile("\r\n?|[\v\x1c-\x1e\x85\u2028\u2029]")
# Marks without width and controls carry no text; a tab, a line end and a page break do.
_CONTROLS = re.compile("[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_WITHOUT_WIDTH = re.compile("[\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_CONTROLS_AT_MOST = 0.01  # of a text's characters; more is no text


def text_of(path: Path) -> str:
    r"""The text in the file, one line per printed line or paragraph, ``\f`` where a page ends.

    ``PolicyError`` where the file holds no text that can be read: a folder, a workbook, a scan,
    a damaged or locked file. ``OSError`` where it cannot be opened.
    """
    if path.exists() and not path.is_file():
        raise PolicyError(
            "这是文件夹或设备，需要的是文件 / not a file",
            where=str(path),
            mend="给出其中的一个文件 / name one file",
        )
    with path.open("rb") as file:
        raw = file.read(LARGEST + 1)
    return text_of_bytes(raw, str(path))


def text_of_bytes(raw: bytes, name: str) -> str:
    """The text of a file with this content; ``name`` is what a refusal calls it."""
    if len(raw) > LARGEST:
        raise PolicyError(
            f"文件超过 {LARGEST // 1_000_000} MB / the file is over {LARGEST // 1_000_000} MB",
            where=name,
            mend="请给出文件的正文，图片和附表另存"
            " / give the document itself, without pictures and tables",
        )
    text = _cleaned(_text(raw, name), name)
    if re.search(r"[^\W\ufffd]", text) is None:
        raise PolicyError(
            "文件里没有文字 / the file holds no text",
            where=name,
            mend="看看文件是否已下载完整 / check that the download is complete",
        )
    return text


def _text(raw: bytes, name: str) -> str:
    if raw.startswith(_ZIP):
        from wenye.policy.reading.word import text_of_word

        return text_of_word(raw, name)
    if _is_pdf(raw):
        from wenye.policy.reading.pdf import text_of_pdf

        return text_of_pdf(raw, name)
    _refuse_other_kinds(raw, name)
    text = decoded(raw, name)
    if is_web_page(text):
        return text_of_web_page(text)
    _refuse_markup(text, name)
    return text


def _is_pdf(raw: bytes) -> bool:
    """Whether it is a PDF; some senders put a few bytes before the mark."""
    top = raw[:1024]
    return top.lstrip(b"\xef\xbb\xbf \t\r\n\0").startswith(b"%PDF-") or (
        b"%PDF-" in top and b"endobj" in raw
    )


def _refuse_other_kinds(raw: bytes, name: str) -> None:
    for beginning, (what, mend) in _BEGINNINGS:
        if raw.startswith(beginning):
            raise PolicyError(what, where=name, mend=mend)
    if raw.startswith(b"RIFF") and raw[8:12] == b"WEBP":
        raise PolicyError(_PICTURE[0], where=name, mend=_PICTURE[1])
    if raw.startswith(b"BM") and raw[6:10] == bytes(4):
        raise PolicyError(_PICTURE[0], where=name, mend=_PICTURE[1])
    if raw.startswith(b"MZ") and b"\0\0\0" in raw[:64]:
        raise PolicyError(_PROGRAM[0], where=name, mend=_PROGRAM[1])
    if raw.startswith(_OLE):
        for entry, what, mend in _OLD_OFFICE:
            if entry.encode("utf-16-le") in raw:
                raise PolicyError(what, where=name, mend=mend)
        raise PolicyError(
            "这是旧版办公软件的文件，认不出是哪一种 / an old office file of an unknown kind",
            where=name,
            mend=_SAVE_AS_DOCX,
        )


def _refuse_markup(text: str, name: str) -> None:
    if _MARKUP.match(text):
        raise PolicyError(
            "这是 XML 数据，不是文件正文 / XML data, not a document", where=name, mend=_SAVE_AS_DOCX
        )
    top = text.lstrip()[:2000]
    if _MAIL.match(top) and "multipart/" in top:
        raise PolicyError(
            "这是单个文件的网页存档（.mht） / a web archive in one file (.mht)",
            where=name,
            mend="在浏览器中打开，把正文复制成文本文件 / open it in a browser and copy the text",
        )


def _cleaned(text: str, name: str) -> str:
    """The text without what cannot be printed, its lines ended in one way."""
    text, controls = _CONTROLS.subn("", _LINE_ENDS.sub("\n", text.rstrip("\0\x1a")))
    if controls > 4 + _CONTROLS_AT_MOST * len(text):
        raise PolicyError(
            "内容不是文字 / the content is not text",
            where=name,
            mend=_GIVE_TEXT,
        )
    return _WITHOUT_WIDTH.sub("", text)
