"""What scanning and copying do to a document: wraps, pages, widths, blanks, navigation."""

from __future__ import annotations

import re
from random import Random
from typing import Final

from tests.policy.reading import genre_words as words

_WIDE: Final = str.maketrans("0123456789", "０１２３４５６７８９")
_PAIRS: Final = (("（）", ("()", "（）")), ("〔〕", ("[]", "［］", "〔〕", "﹝﹞")))


def worn(text: str, rng: Random) -> str:
    """Return the text as scanned or copied: wrapped, paged, of mixed widths, with navigation."""
    width = rng.randint(20, 32)
    blank = rng.random() < 0.8
    per_page = rng.randint(14, 40)
    footer = rng.choice((None, "— {} —", "- {} -", "第 {} 页 共 9 页"))
    lines: list[str] = []
    page = 1
    for paragraph in text.splitlines():
        changed = _blanked(_widened(paragraph, rng), rng)
        for start in range(0, max(len(changed), 1), width):
            line = changed[start : start + width]
            if lines and len(lines) % per_page == 0:
                if footer:
                    lines.append(footer.format(page))
                line = ("\f " if rng.random() < 0.5 else " ") + line
                page += 1
            lines.append(line)
    body = ("\n\n" if blank else "\n").join(lines) + "\n"
    before = rng.choice(words.NAVIGATION_BEFORE) if rng.random() < 0.4 else ""
    after = rng.choice(words.NAVIGATION_AFTER) if rng.random() < 0.4 else ""
    return before + body + after


def _widened(paragraph: str, rng: Random) -> str:
    """Return a paragraph whose digits and brackets have another width, the same all through."""
    if rng.random() < 0.15:
        paragraph = paragraph.translate(_WIDE)
    for printed, forms in _PAIRS:
        if rng.random() < 0.4:
            paragraph = paragraph.translate(str.maketrans(printed, rng.choice(forms)))
    return paragraph


def _blanked(paragraph: str, rng: Random) -> str:
    """Return a paragraph with blanks beside some numbers, and within a few."""

    def apart(found: re.Match[str]) -> str:
        number = found.group()
        roll = rng.random()
        if found.start() == 0 or roll < 0.6:
            return number
        if roll < 0.7 and len(number) > 1 and number.isdecimal():
            cut = rng.randint(1, len(number) - 1)
            return f"{number[:cut]} {number[cut:]}"
        return rng.choice((f" {number} ", f" {number}", f"{number} "))

    return re.sub(r"\d+(?:\.\d+)?", apart, paragraph)
