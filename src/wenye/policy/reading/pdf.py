"""The text layer of a PDF, line by line in reading order."""

from __future__ import annotations

import ctypes
import re
import threading
import zlib
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from wenye.policy.errors import PolicyError

_PAGES_AT_MOST = 3_000
_TEXT_AT_MOST = 20_000_000  # characters
_PER_PAGE = 20  # characters: a scan's page may still carry a stamped number or a watermark
_UNREADABLE = 0.2  # of the characters; fonts without a character table give private codes
_NARROW = 0.7  # of a character's height: a gap that justified lines are set with
_UNSEEN_AT_MOST = 0.1  # of the pieces of text; blanks may be pieces of their own
_WRITING = 1  # pdfium's number for an object that is text
_IMAGE = 3  # pdfium's number for an object that is a picture

# Text and fonts are packed to a fifth, blank space to a thousandth.
_STREAM = re.compile(rb"stream\r?\n")
_PACKED_AT_MOST = 1100
_SWOLLEN_RATIO = 100
_SWOLLEN_AT_MOST = 5_000_000  # bytes
_UNPACKED_AT_MOST = 100_000_000  # bytes

_HAN = "\u2e80-\u2fdf\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60"
_GAP = re.compile(f"(?<=[{_HAN}]) (?=[{_HAN}])")
_VISIBLE = re.compile(r"\S")
_PRIVATE = re.compile("[\0-\x08\x0e-\x1f\ue000-\uf8ff\ufffd]")

_OCR = (
    "先做文字识别（OCR），核对后存为文本再读 / run OCR first, check the result and save it as text"
)
# pdfium keeps state of its own for the whole process.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    bottom: float
    top: float


def text_of_pdf(raw: bytes, name: str) -> str:
    r"""The text layer; pages parted by ``\f``, running heads and page numbers where they stand.

    A page without text among others that have some is an empty page between two ``\f``.
    ``PolicyError`` where the file is locked or damaged, or has no text layer to speak of.
    """
    import pypdfium2

    if _unpacked_beyond_measure(raw):
        raise _too_long(name)
    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(raw)
        except pypdfium2.PdfiumError as error:
            raise _refused_opening(error, name) from error
        try:
            pages = _pages(document, name)
        except pypdfium2.PdfiumError as error:
            raise _damaged(name) from error
        finally:
            document.close()
    return "\n\f".join(pages)


def _unpacked_beyond_measure(raw: bytes) -> bool:
    """Whether a stream other than a picture unpacks to far more than text or fonts ever do."""
    swollen = at = 0
    while (start := _STREAM.search(raw, at)) is not None and swollen <= _SWOLLEN_AT_MOST:
        end = raw.find(b"endstream", start.end())
        at = len(raw) if end < 0 else end + len(b"endstream")
        length = (len(raw) if end < 0 else end) - start.end()
        picture = b"/Image" in raw[max(0, start.start() - 400) : start.start()]
        if length * _PACKED_AT_MOST > _SWOLLEN_AT_MOST and not picture:
            size = _unpacked(raw[start.end() : start.end() + length])
            swollen += size if size > _SWOLLEN_RATIO * length else 0
    return swollen > _SWOLLEN_AT_MOST


def _unpacked(packed: bytes) -> int:
    """How many bytes these unpack to, as far as they can be."""
    size = 0
    unpacking = zlib.decompressobj()
    try:
        while packed and not unpacking.eof and size <= _UNPACKED_AT_MOST:
            size += len(unpacking.decompress(packed, 1 << 20))
            packed = unpacking.unconsumed_tail
    except zlib.error:
        pass
    return size


def _refused_opening(error: Exception, name: str) -> PolicyError:
    if "password" in str(error).lower() or "security" in str(error).lower():
        return PolicyError(
            "文件加了密码 / the file is encrypted",
            where=name,
            mend="去掉密码后另存 / remove the password and save it",
        )
    return _damaged(name)


def _damaged(name: str) -> PolicyError:
    return PolicyError(
        "PDF 已损坏，打不开 / the PDF is damaged",
        where=name,
        mend="重新下载或重新拷贝 / fetch it again",
    )


def _pages(document: Any, name: str) -> list[str]:
    """The text of every page; PolicyError where it is not what a reader of the pages sees."""
    if not 0 < len(document) <= _PAGES_AT_MOST:
        raise _damaged(name) if len(document) == 0 else _too_long(name)
    texts: list[str] = []
    pictures = written = pieces = unseen = 0
    for number in range(len(document)):
        page = document[number]
        try:
            layer = page.get_textpage()
            try:
                texts.append(_page_text(layer))
            finally:
                layer.close()
            shown, lost = _pieces(page)
            pieces, unseen = pieces + shown, unseen + lost
            if _visible(texts[-1]) < _PER_PAGE:
                pictures += any(True for _ in page.get_objects(filter=[_IMAGE]))
        finally:
            page.close()
        written += len(texts[-1])
        if written > _TEXT_AT_MOST:
            raise _too_long(name)
    if unseen > max(2, _UNSEEN_AT_MOST * pieces):
        raise PolicyError(
            "PDF 没有嵌入字体，本机也没有，文字会有缺漏"
            " / fonts are neither in the PDF nor on this machine: text would be missing",
            where=name,
            mend="另存为 .docx 或嵌入字体的 PDF，或在本机安装中文字体"
            " / save it as .docx or with its fonts, or install Chinese fonts here",
        )
    _refuse_scan(texts, pictures, name)
    return texts


def _pieces(page: Any) -> tuple[int, int]:
    """How many pieces of text the page sets, and how many of them pdfium drops.

    It drops those without width: a blank, or one character of a font that it cannot find.
    """
    from pypdfium2 import raw as pdfium

    edges = [ctypes.c_float() for _ in range(4)]
    shown = lost = 0
    for at in range(pdfium.FPDFPage_CountObjects(page)):
        piece = pdfium.FPDFPage_GetObject(page, at)
        if pdfium.FPDFPageObj_GetType(piece) != _WRITING:
            continue
        shown += 1
        if pdfium.FPDFPageObj_GetBounds(piece, *edges) and edges[2].value - edges[0].value < 0.01:
            lost += pdfium.FPDFFont_GetIsEmbedded(pdfium.FPDFTextObj_GetFont(piece)) == 0
    return shown, lost


def _too_long(name: str) -> PolicyError:
    return PolicyError(
        "页数或文字过多，不是一份文件 / more pages or text than any document holds",
        where=name,
        mend="请给出文件的正文 / give the document itself",
    )


def _refuse_scan(pages: list[str], pictures: int, name: str) -> None:
    text = "".join(pages)
    visible = _visible(text)
    if visible == 0 or 2 * pictures > len(pages):
        raise PolicyError(
            "这是扫描件，没有文字层 / a scan without a text layer", where=name, mend=_OCR
        )
    if len(_PRIVATE.findall(text)) > _UNREADABLE * visible:
        raise PolicyError(
            "文字层是乱码，字体没有对照表 / the text layer is unreadable: fonts without tables",
            where=name,
            mend=_OCR,
        )


def _visible(text: str) -> int:
    return sum(map(len, text.split()))


def _page_text(layer: Any) -> str:
    from pypdfium2 import raw as pdfium

    count = pdfium.FPDFText_CountChars(layer)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (2 * count + 2))()
    length = pdfium.FPDFText_GetText(layer, 0, count, buffer)
    raw = bytes(memoryview(buffer))[: 2 * max(0, length - 1)]
    text = raw.decode("utf-16-le", "replace")
    # A line-end hyphen is told apart from others; in official text it is part of a number.
    text = text.replace("\ufffe", "-")
    lines: list[_Line] = []
    at = 0
    for piece in re.split("(\r\n?|\n)", text):
        if _VISIBLE.search(piece):
            lines.append(_line(layer, piece, at))
        at += len(piece)
    return "\n".join(line.text for line in _in_reading_order(lines))


def _line(layer: Any, piece: str, at: int) -> _Line:
    first = at + len(piece) - len(piece.lstrip())
    _, bottom, _, top = _box(layer, first)
    narrow = _NARROW * (top - bottom)
    closed: list[str] = []
    begins = 0
    for gap in _GAP.finditer(piece):
        left, right = _box(layer, at + gap.start() - 1)[2], _box(layer, at + gap.end())[0]
        if right - left < narrow:
            closed.append(piece[begins : gap.start()])
            begins = gap.end()
    closed.append(piece[begins:])
    return _Line("".join(closed).rstrip(), bottom, top)


def _box(layer: Any, at: int) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of the character at a place of the text; zeros if unknown."""
    from pypdfium2 import raw as pdfium

    index = pdfium.FPDFText_GetCharIndexFromTextIndex(layer, at)
    # The box of the font, not of the glyph: a font that is not in the file may have no glyphs here.
    box = pdfium.FS_RECTF()
    if index < 0 or not pdfium.FPDFText_GetLooseCharBox(layer, index, box):
        return 0.0, 0.0, 0.0, 0.0
    return box.left, box.bottom, box.right, box.top


def _in_reading_order(lines: list[_Line]) -> list[_Line]:
    """From top to bottom, where no line stands beside another; else in the file's order.

    The order in the file is that of reading but for running heads and the like, which may come
    first or last. Lines beside each other are columns, and those must not be mixed.
    """
    ordered = sorted(lines, key=lambda line: -line.top)
    apart = all(upper.bottom + upper.top > 2 * lower.top for upper, lower in pairwise(ordered))
    return ordered if apart else lines
