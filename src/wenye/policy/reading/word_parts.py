"""The parts of a ``.docx`` file as XML trees: what is needed of the archive, within limits."""

from __future__ import annotations

import io
import posixpath
import xml.etree.ElementTree as ET
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from xml.parsers import expat

from wenye.policy.errors import PolicyError

UNPACKED_AT_MOST = 50_000_000  # bytes of all parts that are read
_TAGS_AT_MOST = 2_000_000  # a document of a thousand pages has some hundred thousand

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"

_OFFICE = "/officeDocument"
_DAMAGED = "文件已损坏，打不开 / the file is damaged"
_FETCH_AGAIN = (
    "重新下载或重新拷贝；能打开的话，用 Word 或 WPS 另存为 .docx"
    " / fetch it again, or save it anew as .docx"
)
_GIVE_TEXT = (
    "请给出文件的正文：纯文本、.docx 或带文字层的 PDF"
    " / give the document itself: plain text, .docx or a PDF with text"
)
_SAVE_AS = (
    "打开后另存为 .docx 或带文字层的 PDF / open it and save it as .docx or as a PDF with text"
)
# What else comes as such an archive, told by the names in it.
_OTHERS = (
    ("xl/", "这是工作簿，不是文件正文 / a workbook, not a document", _GIVE_TEXT),
    ("ppt/", "这是演示文稿，不是文件正文 / slides, not a document", _GIVE_TEXT),
    ("OFD.xml", "这是 OFD 版式文件 / an OFD file", _SAVE_AS),
    ("content.xml", "这是 OpenDocument 文件 / an OpenDocument file", _SAVE_AS),
)


class _Excess(Exception):
    """What is packed into the file is more than any document is."""


@dataclass(frozen=True, slots=True)
class WordParts:
    """The body and what its numbering needs; None where the file has no such part."""

    body: ET.Element
    numbering: ET.Element | None
    styles: ET.Element | None


def word_parts(raw: bytes, name: str) -> WordParts:
    """The parts of the document in this archive; PolicyError where it is none or is damaged."""
    try:
        archive = _Archive(raw)
        document = archive.target("", _OFFICE, "word/document.xml")
        if document is None:
            raise _not_a_document(archive.names, name)
        numbering = archive.target(document, "/numbering", "word/numbering.xml")
        styles = archive.target(document, "/styles", "word/styles.xml")
        root = archive.tree(document)
        body = root.find(f"{W}body")
        if body is None:
            raise _not_a_document(archive.names, name)
        return WordParts(
            body,
            None if numbering is None else archive.tree(numbering),
            None if styles is None else archive.tree(styles),
        )
    except PolicyError:
        raise
    except _Excess:
        raise too_much(name) from None
    # A damaged archive makes the libraries raise almost anything, each release something else.
    except Exception as error:
        locked = isinstance(error, RuntimeError) and "encrypted" in str(error)
        raise PolicyError(
            "文件加了密码 / the file is encrypted" if locked else _DAMAGED,
            where=name,
            mend="去掉密码后另存 / remove the password and save it" if locked else _FETCH_AGAIN,
        ) from error


def too_much(name: str) -> PolicyError:
    """What is said of a file that holds more than any document does."""
    return PolicyError(
        "文件解压后过大，不予打开 / the file unpacks to more than any document holds",
        where=name,
        mend="请给出文件的正文，另存为文本 / save the document as plain text",
    )


def _not_a_document(names: set[str], name: str) -> PolicyError:
    for beginning, what, mend in _OTHERS:
        if any(entry.startswith(beginning) for entry in names):
            return PolicyError(what, where=name, mend=mend)
    return PolicyError(
        "这是压缩包，不是文件正文 / an archive, not a document",
        where=name,
        mend="解压后给出其中的文件 / unpack it and give the file inside",
    )


class _Archive:
    def __init__(self, raw: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(raw))
        self.names = set(self._zip.namelist())
        self._left = UNPACKED_AT_MOST

    def target(self, source: str, kind: str, usual: str) -> str | None:
        """The part to which ``source`` points with a relationship of this kind."""
        folder, file = posixpath.split(source)
        relations = posixpath.join(folder, "_rels", f"{file}.rels")
        if relations in self.names:
            for relation in self.tree(relations):
                external = relation.get("TargetMode") == "External"
                if relation.get("Type", "").endswith(kind) and not external:
                    path = posixpath.join(f"/{folder}", relation.get("Target", ""))
                    part = posixpath.normpath(path).lstrip("/")
                    if part in self.names:
                        return part
        return usual if usual in self.names else None

    def tree(self, part: str) -> ET.Element:
        with self._zip.open(part) as file:
            raw = file.read(self._left + 1)
        self._left -= len(raw)
        if self._left < 0:
            raise _Excess
        if raw.count(b"<") > _TAGS_AT_MOST:
            raise _Excess
        _refuse_declarations(raw)
        return ET.fromstring(raw.replace(_STRICT, _TRANSITIONAL))


class _BodyReached(Exception):
    """What stands before the first element was read."""


def _refuse_declarations(raw: bytes) -> None:
    """Refuse a part that declares a document type: only there can entities be declared."""

    def declared(*_: object) -> None:
        raise ValueError("a part with a document type declaration")

    def reached(*_: object) -> None:
        raise _BodyReached

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = reached
    with suppress(_BodyReached):
        parser.Parse(raw, True)
