"""A letter as a Word file in the official format (GB/T 9704-2012): A4, 22 lines of 28 characters.

Margins 37 mm above, 28 mm left (the text block is 156 × 225 mm); the title in 2号小标宋, the body
in 3号仿宋 at 28.95 pt, headings in 黑体. Fonts are named and not shipped: where one is missing the
reader's own takes its place, so each run names its east-Asian font too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from io import BytesIO
from typing import Any

_TITLE, _HEADING, _BODY = "方正小标宋简体", "黑体", "仿宋_GB2312"
#: 225 mm over 22 lines.
LINE_POINTS = 28.95
#: 2号 and 3号.
TITLE_POINTS, BODY_POINTS = 22, 16


def document(content: Mapping[str, Any]) -> bytes:
    """The file of a letter's content."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    made = Document()
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    made.core_properties.title = str(content["title"])
    made.core_properties.author = str(content["issuer"])
    made.core_properties.created = dt.datetime.fromisoformat(f"{content['day']}T00:00:00")
    made.core_properties.language = "zh-CN"

    def line(
        text: str, font: str = _BODY, points: int = BODY_POINTS, align: Any = None, indent: int = 2
    ) -> None:
        paragraph = made.add_paragraph()
        shape = paragraph.paragraph_format
        shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        shape.line_spacing = Pt(LINE_POINTS)
        shape.space_before = shape.space_after = Pt(0)
        if align is not None:
            paragraph.alignment = align
        if indent:
            shape.first_line_indent = Pt(BODY_POINTS * indent)
        run = paragraph.add_run(text)
        run.font.size = Pt(points)
        run.font.name = font
        fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
        for name in ("w:eastAsia", "w:ascii", "w:hAnsi"):
            fonts.set(qn(name), font)

    centre, right = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
    line(str(content["issuer"]), _TITLE, TITLE_POINTS, centre, 0)
    line(str(content["title"]), _TITLE, TITLE_POINTS, centre, 0)
    line("", indent=0)
    line(str(content["number"]), align=centre, indent=0)
    line("", indent=0)
    line(f"{content['to']}：", indent=0)
    for part in content["parts"]:
        line(str(part["text"]), _HEADING if part["style"] == "heading" else _BODY)
    line("", indent=0)
    line(str(content["issuer"]), align=right, indent=0)
    day = dt.date.fromisoformat(str(content["day"]))
    line(f"{day.year}年{day.month}月{day.day}日", align=right, indent=0)
    file = BytesIO()
    made.save(file)
    return file.getvalue()
