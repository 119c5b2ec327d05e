"""The documents' own texts: files that a district holds, found in a folder and read.

A document's text is the file that ``text`` names in the district's folder. Else it is a file below
the given folder whose stem is the document's id, whatever the kind (.txt .docx .pdf …), or else the
one that prints the document's number. Two different files for one document are refused: which of
them is meant, only the district can say.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from wenye.policy.citing.bare_text import bare
from wenye.policy.citing.places import Places
from wenye.policy.errors import PolicyError
from wenye.policy.reading import read_file
from wenye.policy.reading.reading import Reading

if TYPE_CHECKING:
    from wenye.policy.district import District
    from wenye.policy.documents import Document

#: The folder of documents' texts, where none is named.
DOCUMENTS_VARIABLE = "WENYE_DOCUMENTS"

#: Kinds of file, the one that keeps the text best first.
_KINDS = (".txt", ".md", ".docx", ".pdf", ".html", ".htm")
_MOST_BYTES = 20_000_000


@dataclass(frozen=True, eq=False)
class Held:
    """A document's file, read."""

    path: Path
    reading: Reading

    @cached_property
    def places(self) -> Places:
        """What its citations can name."""
        return Places(self.reading)


def documents_folder(named: str | Path | None = None) -> Path | None:
    """The folder of texts: the one named, else the one in ``$WENYE_DOCUMENTS``; None where neither.

    A folder that is missing, or holds no file that could be a document, is a ``PolicyError``.
    """
    given = named or os.environ.get(DOCUMENTS_VARIABLE) or None
    if given is None:
        return None
    folder = Path(given)
    mend = "用 --documents 或环境变量 WENYE_DOCUMENTS 指定文件全文所在的文件夹 / name the folder"
    if not folder.is_dir():
        what = "不是文件夹 / no folder" if folder.exists() else "文件夹不存在 / no such folder"
        raise PolicyError(what, where=str(folder), mend=mend)
    if not _files(folder):
        kinds = " ".join(_KINDS)
        raise PolicyError(
            f"文件夹里没有文件全文（{kinds}） / the folder holds no document",
            where=str(folder),
            mend=mend,
        )
    return folder


class Texts:
    """The texts of a district's documents, each read once, when it is first asked for.

    ``folder`` is one that ``documents_folder`` has seen, or None: then only those texts are at hand
    that the district itself holds.
    """

    def __init__(self, district: District, folder: Path | None = None) -> None:
        self._district = district
        self.folder = folder
        self._read: dict[Path, Held] = {}
        self._found: dict[str, Held | None] = {}

    def of(self, document: Document) -> Held | None:
        """The document's text, None where it is not at hand; unreadable files are refused."""
        if document.id not in self._found:
            path = self._path(document)
            self._found[document.id] = None if path is None else self._held(path)
        return self._found[document.id]

    def places(self, document: Document) -> Places | None:
        """What citations of the document can name; None where its text is not at hand."""
        held = self.of(document)
        return None if held is None else held.places

    def _held(self, path: Path) -> Held:
        if path not in self._read:
            self._read[path] = Held(path, read_file(path))
        return self._read[path]

    def _path(self, document: Document) -> Path | None:
        if document.text_file:
            own = self._district.folder / document.text_file
            if not own.is_file():
                raise PolicyError(
                    f"文件 {document.id} 的全文不在 / the document's text is missing",
                    where=str(own),
                    mend="district.yaml 里的 text: 写错了，或文件没有放进来 / mend text:",
                )
            return own
        named = [path for path in self._all if path.stem == document.id]
        if named:
            return _only(named, document)
        if not document.number:
            return None
        wanted = bare(document.number)
        return _only([path for path in self._others if self._number(path) == wanted], document)

    @cached_property
    def _all(self) -> tuple[Path, ...]:
        return () if self.folder is None else _files(self.folder)

    @cached_property
    def _others(self) -> tuple[Path, ...]:
        """The files that no document's id claims."""
        ids = self._district.documents.keys()
        return tuple(path for path in self._all if path.stem not in ids)

    def _number(self, path: Path) -> str:
        """The number that a file prints, or nothing where it cannot be read: it may be anything."""
        try:
            return bare(self._held(path).reading.document_number or "")
        except (PolicyError, OSError):
            return ""


def _only(paths: list[Path], document: Document) -> Path | None:
    if not paths:
        return None
    best = min(_KINDS.index(path.suffix.lower()) for path in paths)
    equal = [path for path in paths if path.suffix.lower() == _KINDS[best]]
    if len({path.read_bytes() for path in equal}) > 1:
        raise PolicyError(
            f"文件 {document.id} 有不止一份全文 / two texts for one document: "
            + "、".join(str(path) for path in equal),
            where=str(equal[0]),
            mend=f"只留一份，命名为 {document.id}{_KINDS[best]} / keep one, named for the id",
        )
    return equal[0]


def _files(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(_walk(folder)))


def _walk(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(root, name)
            if path.suffix.lower() not in _KINDS or name.startswith((".", "~$")):
                continue
            if path.is_file() and path.stat().st_size <= _MOST_BYTES:
                yield path
