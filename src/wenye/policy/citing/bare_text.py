"""Text as it is compared: without what a scan, a page or a keyboard did to it.

Line breaks fall inside words and numbers, and brackets, quotation marks, dashes and digits come in
several widths and kinds. None of that counts. What was found is shown as it is printed, so every
character knows where it stood.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("〔[【〖{", "("),
        **dict.fromkeys("〕]】〗}", ")"),
        **dict.fromkeys("“”„‟「」『』‘’'", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("∶︰", ":"),
        **dict.fromkeys("•‧・", "·"),
        **dict.fromkeys("〜∼", "~"),
        "〇": "零",
    }
)


@lru_cache(maxsize=20_000)
def _one(character: str) -> str:
    if character.isspace() or unicodedata.category(character) in ("Cf", "Cc"):
        return ""
    plain = unicodedata.normalize("NFKC", character).translate(_ALIKE)
    return "".join(plain.split()).lower()


def bare(text: str) -> str:
    """The text without whitespace, with one width of letters and digits and one kind of bracket."""
    return "".join(map(_one, text))


class Bared:
    """A text and its bare form; ``printed`` gives back what stood at a stretch of the latter."""

    def __init__(self, text: str) -> None:
        self.text = text
        parts: list[str] = []
        self._from: list[int] = []
        for place, character in enumerate(text):
            plain = _one(character)
            parts.append(plain)
            self._from += [place] * len(plain)
        self.bare = "".join(parts)

    def stretch(self, start: int, end: int) -> tuple[int, int]:
        """Where ``bare[start:end]`` stands in the text."""
        return self._from[start], self._from[end - 1] + 1

    def printed(self, start: int, end: int) -> str:
        """The text behind ``bare[start:end]``, on one line."""
        if start >= end:
            return ""
        first, last = self.stretch(start, end)
        return "".join(self.text[first:last].splitlines())
