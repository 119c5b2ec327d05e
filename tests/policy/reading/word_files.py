"""Word documents for the tests: made through python-docx, or of parts written by hand."""

import io
import zipfile

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

Levels = list[tuple[str, str]]  # number format and pattern of each level


class Lists:
    """A document with lists of its own numbering."""

    def __init__(self) -> None:
        self.document: Document = docx.Document()
        self._numbering = self.document.part.numbering_part.element
        for element in list(self._numbering):
            self._numbering.remove(element)

    def define(self, name: int, levels: Levels, more: dict[int, str] | None = None) -> None:
        """A numbering with these levels; ``more`` is further markup of a level."""
        written = "".join(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'{(more or {}).get(at, "")}<w:lvlText w:val="{pattern}"/></w:lvl>'
            for at, (form, pattern) in enumerate(levels)
        )
        self._add_first(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{name}">{written}')
        self.list(name, name)

    def list(self, name: int, numbering: int, override: str = "") -> None:
        """One more list over a numbering that is defined."""
        self._numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{name}"><w:abstractNumId w:val="{numbering}"/>'
                f"{override}</w:num>"
            )
        )

    def _add_first(self, markup: str) -> None:
        self._numbering.insert(0, parse_xml(f"{markup}</w:abstractNum>"))

    def add(self, text: str, name: int | None = None, level: int = 0) -> None:
        """A paragraph, numbered by a list where one is named."""
        paragraph = self.document.add_paragraph(text)
        if name is not None:
            paragraph._p.get_or_add_pPr().append(membership(name, level))

    def style(self, style: str, name: int, level: int | None = None) -> str:
        """A paragraph style whose paragraphs are numbered; its identifier."""
        added = self.document.styles.add_style(style, 1)
        added.element.get_or_add_pPr().append(membership(name, level))
        return str(added.style_id)

    def saved(self) -> bytes:
        return saved(self.document)


def membership(name: int, level: int | None) -> object:
    at = "" if level is None else f'<w:ilvl w:val="{level}"/>'
    return parse_xml(f'<w:numPr {nsdecls("w")}>{at}<w:numId w:val="{name}"/></w:numPr>')


def saved(document: Document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def archive(**parts: str | bytes) -> bytes:
    """A zip file with these entries; "__" stands for a slash and "_" for a dot."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return file.getvalue()


def word(body: str, namespaces: str = W) -> bytes:
    """A document of one part with this body."""
    return archive(
        word__document_xml=f"<w:document {namespaces}><w:body>{body}</w:body></w:document>"
    )


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
