"""Whether a quoted phrase really stands in the document that it names.

Official scans break lines inside words and numbers, so whitespace does not count; nor does the
width of brackets and digits. A document's text is the file that ``text`` names in the district's
folder, or ``<document id>.txt`` in a folder of texts that the district keeps elsewhere.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wenye.policy.exact_yaml import read_text

if TYPE_CHECKING:
    from wenye.policy.documents import Document
    from wenye.policy.parameter_files import Parameter


@dataclass(frozen=True, slots=True)
class Quotation:
    """A phrase and its document: ``found`` is None where the text is not at hand."""

    parameter: str
    document: str
    phrase: str
    where: str
    found: bool | None


def bare(text: str) -> str:
    """The text without whitespace, and with one width of letters, digits and brackets."""
    return "".join(unicodedata.normalize("NFKC", text).split()).translate(_BRACKETS)


_BRACKETS = str.maketrans("〔〕[]", "()()")


def check_quotations(
    folder: Path,
    documents: dict[str, Document],
    parameters: Iterable[Parameter],
    texts: Path | None = None,
) -> list[Quotation]:
    """Every quotation of the parameters, looked up in the texts that are at hand."""
    held: dict[str, str | None] = {}
    result: list[Quotation] = []
    for parameter in parameters:
        for value in parameter.values:
            if value.citation is None:
                continue
            document = value.citation.document
            if document.id not in held:
                held[document.id] = _text(folder, documents[document.id], texts)
            text = held[document.id]
            result.append(
                Quotation(
                    parameter=parameter.name,
                    document=document.id,
                    phrase=value.quote,
                    where=value.where,
                    found=None if text is None else bare(value.quote) in text,
                )
            )
    return result


def _text(folder: Path, document: Document, texts: Path | None) -> str | None:
    if document.text_file:
        return bare(read_text(folder / document.text_file))
    if texts is not None and (texts / f"{document.id}.txt").is_file():
        return bare(read_text(texts / f"{document.id}.txt"))
    return None
