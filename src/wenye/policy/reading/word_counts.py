"""How Word writes the number of a numbered paragraph, format by format."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_FORMAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


def written(count: int, number_format: str) -> str:
    """The count in this format of Word's; in plain digits where the format has no such number."""
    return _FORMATS.get(number_format, _decimal)(count)


def _decimal(count: int) -> str:
    return str(count)


def _chinese(digits: str, units: str) -> Callable[[int], str]:
    """Numbers in words; the first of ``digits`` stands for skipped places, as in 一百零一."""
    informal = units[0] == "十"

    def words(count: int) -> str:
        if not 0 < count < 10_000:
            return digits[0] if count == 0 else str(count)
        text = ""
        for place, figure in enumerate(reversed(str(count))):
            unit = "" if place == 0 else units[place - 1]
            if figure != "0":
                text = digits[int(figure)] + unit + text
            elif text and not text.startswith(digits[0]):
                text = digits[0] + text
        return text[1:] if informal and 10 <= count < 20 else text

    return words


def _figures(digits: str) -> Callable[[int], str]:
    """One character per decimal figure, as in 二〇."""
    table = str.maketrans("0123456789", digits)
    return lambda count: str(count).translate(table)


def _series(first: str, length: int) -> Callable[[int], str]:
    """Characters that follow each other in Unicode, as ①②③."""
    return lambda count: chr(ord(first) + count - 1) if 0 < count <= length else str(count)


def _circled(count: int) -> str:
    for first, begins in (("①", 1), ("㉑", 21), ("㊱", 36)):
        length = 20 if begins == 1 else 15
        if begins <= count < begins + length:
            return chr(ord(first) + count - begins)
    return "⓪" if count == 0 else str(count)


def _cycle(characters: str) -> Callable[[int], str]:
    return lambda count: (
        characters[(count - 1) % len(characters)] if 0 < count < 1000 else str(count)
    )


def _letters(count: int) -> str:
    """a to z, then aa, bb, …"""
    if not 0 < count <= 780:
        return str(count)
    turns, letter = divmod(count - 1, 26)
    return chr(ord("a") + letter) * (turns + 1)


def _roman(count: int) -> str:
    if not 0 < count < 4000:
        return str(count)
    text = ""
    for value, letters in _ROMAN:
        times, count = divmod(count, value)
        text += letters * times
    return text


_counting = _chinese(_DIGITS, "十百千")
_counting_thousand = _chinese("零" + _DIGITS[1:], "十百千")
_FORMATS: dict[str, Callable[[int], str]] = {
    "none": lambda count: "",
    "decimalZero": lambda count: f"{count:02d}",
    "decimalFullWidth": _figures("０１２３４５６７８９"),
    "decimalFullWidth2": _figures("０１２３４５６７８９"),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _series("⒈", 20),
    "decimalEnclosedParen": _series("⑴", 20),
    "numberInDash": lambda count: f"- {count} -",
    "lowerLetter": _letters,
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerRoman": lambda count: _roman(count).lower(),
    "upperRoman": _roman,
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "japaneseCounting": _counting,
    "chineseCountingThousand": _counting_thousand,
    "taiwaneseCountingThousand": _counting_thousand,
    "ideographDigital": _figures(_DIGITS),
    "japaneseDigitalTenThousand": _figures(_DIGITS),
    "taiwaneseDigital": _figures(_DIGITS),
    "ideographEnclosedCircle": _series("㊀", 10),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "chineseLegalSimplified": _chinese(_FORMAL, "拾佰仟"),
    "ideographLegalTraditional": _chinese(_FORMAL_TRADITIONAL, "拾佰仟"),
}
