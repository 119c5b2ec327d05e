"""Reading a published document: its structure, who is responsible, what it refers to, and when.

``read_file`` takes a file as a district received it, ``read_text`` its text; both give a
``Reading``. What the reader is not sure of stands in its ``doubts``; it invents nothing.
"""

from __future__ import annotations

from pathlib import Path

from wenye.policy.reading.reading import Reading


def read_text(text: str) -> Reading:
    """The document whose text this is, with lines broken as a scan or a page breaks them."""
    from wenye.policy.reading.document import document

    return document(text)


def read_file(path: str | Path) -> Reading:
    """The document in the file: plain text, ``.docx`` or PDF with text, told apart by content.

    A file that holds no text of this kind is a ``PolicyError``.
    """
    from wenye.policy.reading.files import text_of

    return read_text(text_of(Path(path)))
