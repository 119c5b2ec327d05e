"""The text of a ``.docx`` file as it is printed: paragraphs, numbers, tables and text boxes."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator

from wenye.policy.errors import PolicyError
from wenye.policy.reading.word_numbering import VALUE, Numbering, is_on, joined
from wenye.policy.reading.word_parts import W, too_much, word_parts

_TEXT_AT_MOST = 20_000_000  # characters; repeated numbers can make more of a small file
_MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_VECTOR = "{urn:schemas-microsoft-com:vml}"

_P, _R, _TABLE, _ROW, _CELL = f"{W}p", f"{W}r", f"{W}tbl", f"{W}tr", f"{W}tc"
_ALTERNATES, _CHOICE, _FALLBACK = (
    f"{_MARKUP}AlternateContent",
    f"{_MARKUP}Choice",
    f"{_MARKUP}Fallback",
)
_BOX, _LETTERING = f"{W}txbxContent", f"{_VECTOR}textpath"
# Around content that stands where they stand; a text moved or inserted is text.
_WRAPPING = "sdt sdtContent ins moveTo customXml smartTag hyperlink fldSimple dir bdo ruby rubyBase"
_WRAPPERS = frozenset(f"{W}{name}" for name in _WRAPPING.split())
_PICTURES = frozenset({f"{W}drawing", f"{W}pict", f"{W}object"})
_WRITTEN = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}


def text_of_word(raw: bytes, name: str) -> str:
    r"""The document's text, one line per paragraph or table row, ``\f`` at page breaks.

    Deleted, moved-away and hidden text, notes, comments, headers and footers are left out;
    ``PolicyError`` where the archive holds no Word document or is damaged.
    """
    parts = word_parts(raw, name)
    page = _Page(Numbering(parts.numbering, parts.styles), name)
    lines: list[str] = []
    try:
        page.blocks(parts.body, lines)
    except RecursionError:  # hundreds of elements within each other, where documents nest some tens
        raise too_much(name) from None
    text = "\n".join(lines)
    if not text.strip() and any(element.tag in _PICTURES for element in parts.body.iter()):
        raise PolicyError(
            "文件里只有图片，没有文字 / the document holds pictures only, no text",
            where=name,
            mend="先做文字识别（OCR），核对后存为文本再读"
            " / run OCR first, check the result and save it as text",
        )
    return text


class _Page:
    """Writes blocks to lines, counting numbered paragraphs as it goes."""

    def __init__(self, numbering: Numbering, name: str) -> None:
        self._numbering = numbering
        self._name = name
        self._carried = ""  # of a paragraph whose end was deleted: the next one continues it
        self._written = 0

    def blocks(self, parent: ET.Element, lines: list[str]) -> None:
        """The paragraphs and tables in ``parent``, in printed order."""
        for block in _within(parent):
            if block.tag == _P:
                self._paragraph(block, lines)
            elif block.tag == _TABLE:
                for row in _within(block):
                    if row.tag == _ROW:
                        self._row(row, lines)

    def _row(self, row: ET.Element, lines: list[str]) -> None:
        """A row is one line; but a row with a single filled cell is layout, and its text runs."""
        properties = row.find(f"{W}trPr")
        if properties is not None and properties.find(f"{W}del") is not None:
            return
        cells: list[list[str]] = []
        for cell in _within(row):
            if cell.tag == _CELL:
                cells.append([])
                self.blocks(cell, cells[-1])
        filled = [cell for cell in cells if any(line.strip() for line in cell)]
        if len(filled) == 1:
            lines.extend(filled[0])
        elif filled:
            lines.append("\t".join(" ".join(" ".join(cell).split()) for cell in cells))

    def _paragraph(self, paragraph: ET.Element, lines: list[str]) -> None:
        properties = paragraph.find(f"{W}pPr")
        boxes: list[ET.Element] = []
        pieces: list[str] = []
        self._runs(paragraph, pieces, boxes)
        text = self._carried + "".join(pieces)
        self._carried = ""
        if _mark_deleted(properties):
            self._carried = text
        else:
            breaks = "\f" * text.startswith("\f")
            label = self._numbering.label(properties)
            text = breaks + joined(label, text[len(breaks) :])
            if properties is not None:
                text = _with_page_breaks(text, properties)
            self._add(text, lines)
        for box in boxes:
            if box.tag == _BOX:
                self.blocks(box, lines)
            else:
                self._add(box.get("string", ""), lines)

    def _add(self, text: str, lines: list[str]) -> None:
        self._written += len(text)
        if self._written > _TEXT_AT_MOST:
            raise too_much(self._name)
        lines.extend(text.replace("\f", "\n\f").removeprefix("\n").split("\n"))

    def _runs(self, parent: ET.Element, pieces: list[str], boxes: list[ET.Element]) -> None:
        for run in _within(parent):
            if run.tag == _R:
                if not _hidden(run):
                    self._run(run, pieces, boxes)
            elif run.tag.startswith(_MATHS):
                pieces.extend(each.text or "" for each in run.iter(f"{_MATHS}t"))

    def _run(self, run: ET.Element, pieces: list[str], boxes: list[ET.Element]) -> None:
        for part in _within(run):
            if part.tag == f"{W}t":
                pieces.append((part.text or "").replace("\n", " "))
            elif part.tag == f"{W}br":
                pieces.append("\f" if part.get(f"{W}type") == "page" else "\n")
            elif part.tag in _WRITTEN:
                pieces.append(_WRITTEN[part.tag])
            elif part.tag == _R:  # the base of a word with its reading above it
                self._run(part, pieces, boxes)
            elif part.tag in _PICTURES:
                boxes.extend(_boxes(part))


def _within(parent: ET.Element) -> Iterator[ET.Element]:
    """The children, with what stands in a wrapper in the wrapper's place."""
    for child in parent:
        if child.tag in _WRAPPERS:
            yield from _within(child)
        elif child.tag == _ALTERNATES:
            yield from _within(_chosen(child))
        else:
            yield child


def _chosen(alternates: ET.Element) -> ET.Element:
    """The newest form of what is there in several."""
    for form in (_CHOICE, _FALLBACK):
        found = alternates.find(form)
        if found is not None and len(found):
            return found
    return ET.Element(_FALLBACK)


def _boxes(picture: ET.Element) -> Iterator[ET.Element]:
    """Text boxes and decorative lettering in a drawing; a box within a box is the outer's."""
    for child in picture:
        if child.tag in (_BOX, _LETTERING):
            yield child
        elif child.tag == _ALTERNATES:
            yield from _boxes(_chosen(child))
        else:
            yield from _boxes(child)


def _hidden(run: ET.Element) -> bool:
    hidden = run.find(f"{W}rPr/{W}vanish")
    return hidden is not None and is_on(hidden.get(VALUE))


def _mark_deleted(properties: ET.Element | None) -> bool:
    return properties is not None and properties.find(f"{W}rPr/{W}del") is not None


def _with_page_breaks(text: str, properties: ET.Element) -> str:
    before = properties.find(f"{W}pageBreakBefore")
    if before is not None and is_on(before.get(VALUE)) and not text.startswith("\f"):
        text = "\f" + text
    section = properties.find(f"{W}sectPr")
    if section is not None:
        kind = section.find(f"{W}type")
        # The break after a paragraph; one that ends a section without a new page is none.
        if kind is None or kind.get(VALUE) not in ("continuous", "nextColumn"):
            text += "\f"
    return text
