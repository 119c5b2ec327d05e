"""Letters: what each says, its number, and the file in the official format."""

from __future__ import annotations

import io
from typing import Any

import pytest
from tests.services.cases.made import UNCONFIRMED, brought, opened

pytestmark = pytest.mark.usefixtures("db")


def text_of(case: Any, kind: str) -> str:
    letter = case.letters.get(kind=kind)
    return "\n".join(part["text"] for part in letter.content["parts"])


def test_what_they_say() -> None:
    case, actors = opened()
    brought(case, actors, "returned")
    assert "合同" in text_of(case, "correction")
    assert "一次告知" in text_of(case, "correction")
    other, others = opened(at=1)
    brought(other, others, "approved")
    said = text_of(other, "decision")
    assert "沪人社规〔2022〕8号" in said
    assert f"{other.amount_fen / 100:,.2f}元" in said
    assert other.decision.receipt[:16] in said
    assert other.number in said
    numbers = [letter.number for letter in other.letters.all()]
    assert len(numbers) == len(set(numbers)) == 2


def test_an_unconfirmed_standard_is_no_amount() -> None:
    case, actors = opened(UNCONFIRMED)
    brought(case, actors, "approved")
    said = text_of(case, "decision")
    assert "标准待确认" in said
    assert "元，" not in said


def test_the_file_keeps_the_official_format() -> None:
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    from wenye.services.cases.letter_file import LINE_POINTS, document

    case, actors = opened()
    brought(case, actors, "approved")
    letter = case.letters.get(kind="decision")
    made = Document(io.BytesIO(document(letter.content)))
    section = made.sections[0]

    def near(one: Any, other: Any) -> bool:
        return abs(int(one) - int(other)) < Mm(0.1)

    assert near(section.page_width, Mm(210))
    assert near(section.page_height, Mm(297))
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    for measured, wanted in zip(margins, (37, 35, 28, 26), strict=True):
        assert near(measured, Mm(wanted))
    # The text block: 156 × 225 mm holds 28 characters of 16 pt and 22 lines.
    width = section.page_width - section.left_margin - section.right_margin
    assert near(width, Mm(156))
    assert int(width / Pt(16)) in (27, 28)
    height = section.page_height - section.top_margin - section.bottom_margin
    assert int(height / Pt(LINE_POINTS)) == 22
    text = [paragraph.text for paragraph in made.paragraphs]
    assert "批准决定书" in text
    assert letter.number in text
    for paragraph in made.paragraphs:
        for run in paragraph.runs:
            fonts = run._element.rPr.rFonts
            assert fonts.get(qn("w:eastAsia")) in ("方正小标宋简体", "黑体", "仿宋_GB2312")
        assert paragraph.paragraph_format.line_spacing == Pt(LINE_POINTS)
