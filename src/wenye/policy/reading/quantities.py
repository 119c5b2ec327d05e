"""Numbers with a unit: 15%, 1年, 半年, 2.2万元, 五十五周岁, 5个工作日."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from wenye.policy.reading.characters import number, plain
from wenye.policy.reading.days import DAY, MONTH
from wenye.policy.reading.names import NUMBER
from wenye.policy.reading.reading import Quantity

_UNIT = (
    r"%|‰|个百分点|百分点|元/(?:人/?)?(?:月|年|天|日|人|户|次|小时)|元|角|个工作日|工作日|个自然日|自然日|个交易日|个月|个季度|年|周岁|岁|天|日|周|个小时|小时|分钟"
    r"|课时|学时|人次|人|名|户|家|趟次|场次|批次|班次|车次|户次|次|倍|届|平方米|公顷|亩|个|项|条|期|件|场|批|种|类|所|处|套|辆|台|吨|平方公里|公里|千米|米|万千瓦|千瓦|门|座|册|份|节|班|张|间|本|支|头|只|棵|笔|宗|栋|幢|桌|席|季度|公斤|千克"
)
_ARABIC = r"(?<!\d)(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,12})(?:\.\d{1,6})?"
_CHINESE = "[一二三四五六七八九十百千两半零]{1,8}"
_FORM = re.compile(
    rf"百分之(?P<percent>[零〇一二三四五六七八九十百点]+)"
    rf"|(?P<digits>{_ARABIC})(?P<scale>亿|万|千)?(?:余|多)?(?P<unit>{_UNIT})"
    rf"|(?P<words>{_CHINESE})(?P<scale2>亿|万)?(?:余|多)?(?P<unit2>{_UNIT})"
)
#: Chinese numerals count with these units; with 个 or 项 they are mostly words (一个, 各项).
_COUNTED = {
    "个月",
    "年",
    "周岁",
    "岁",
    "天",
    "日",
    "个工作日",
    "工作日",
    "次",
    "倍",
    "个百分点",
    "百分点",
    "小时",
    "个小时",
    "分钟",
    "周",
    "元",
    "米",
    "公里",
    "平方米",
    "亩",
    "人",
    "名",
    "户",
    "条",
    "个季度",
    "课时",
    "学时",
    "家",
    "个自然日",
    "自然日",
}
_NOT_ONE = {"人", "名", "户", "家", "条", "次", "年", "天", "日", "周", "届", "元", "倍"}


_BARRED = re.compile(f"{DAY}|{MONTH}|{NUMBER}")


def quantities(text: str, article: int | None) -> Iterator[Quantity]:
    """The quantities of a text without blanks, in printed order."""
    form = plain(text)
    barred = [m.span() for m in _BARRED.finditer(form)]
    at = 0
    for found in _FORM.finditer(form):
        first, last = found.span()
        while at < len(barred) and barred[at][1] <= first:
            at += 1
        if at < len(barred) and barred[at][0] < last:
            continue
        if _is_ordinal(form, first):
            continue
        value = _value(found)
        if value is None:
            continue
        kind, scale = ("unit", "scale") if found["unit"] else ("unit2", "scale2")
        unit = "%" if found["percent"] else found[kind]
        if _is_date(form, found, unit):
            continue
        if unit != "%":
            unit = text[slice(*found.span(scale))] + text[slice(*found.span(kind))]
        lower = _lower_end(form, found) if found["digits"] else None
        if lower is not None:
            yield Quantity(lower[1], unit, text[lower[0] : first].rstrip("-—–~～至到"), article)
        yield Quantity(value, unit, text[first:last], article)


_LOWER = re.compile(r"(?<![\d.第])(\d{1,9}(?:\.\d{1,3})?)(?:亿|万|千|元|%)?[-~至到]{1,2}$")


def _lower_end(form: str, found: re.Match[str]) -> tuple[int, Decimal] | None:
    """Where the lower end of a range begins, and its value: 500—800元, 3至12个月."""
    before = form[max(0, found.start() - 16) : found.start()]
    low = _LOWER.search(before)
    if low is None:
        return None
    return found.start() - len(before) + low.start(), Decimal(low[1])


def _is_ordinal(form: str, first: int) -> bool:
    """第13-24个月 and 第十条 count places, not amounts."""
    before = form[max(0, first - 12) : first].rstrip("0123456789-至到、")
    if before.endswith("前") and re.match(rf"(?:\d+|{_CHINESE})名", form[first : first + 12]):
        return True
    return before.endswith("第") or form[max(0, first - 1) : first] in ("第", ".")


def _value(found: re.Match[str]) -> Decimal | None:
    if found["percent"]:
        whole, _, part = found["percent"].partition("点")
        ones = number(whole)
        if ones is None:
            return None
        return Decimal(f"{ones}.{''.join(str(number(sign)) for sign in part)}" if part else ones)
    if found["digits"]:
        try:
            return Decimal(found["digits"].replace(",", ""))
        except InvalidOperation:
            return None
    words, unit = found["words"], found["unit2"]
    if words == "半":
        return Decimal("0.5") if unit in ("年", "天", "日", "小时", "个小时", "个月") else None
    if words.startswith("半") or words.endswith("半") or unit not in _COUNTED:
        return None
    ones = number(words)
    if (
        ones is None
        or ones == 0
        or (words in ("一", "两", "千", "百") and unit in _NOT_ONE and _plain_one(found))
    ):
        return None
    return Decimal(ones)


def _plain_one(found: re.Match[str]) -> bool:
    """一次性, 一人一档, 一年一度, 两家: words, unless a limit follows or precedes."""
    form, first, last = found.string, found.start(), found.end()
    limit = re.match("(?:以上|以下|以内|以外|内|后|前|的?期限|至少|半)", form[last : last + 4])
    before = re.search(
        "(?:满|超过|不足|不满|至少|最多|最长|累计|每月|每年|延长|不少于|不低于|连续|达到?|为|任期)$",
        form[max(0, first - 6) : first],
    )
    return limit is None and (before is None or form[last : last + 1] == "性")


def _is_date(form: str, found: re.Match[str], unit: str) -> bool:
    """2020年, 8月3日 and the years of a plan are dates."""
    digits = found["digits"]
    if unit == "年" and digits and len(digits) == 4 and digits[:2] in ("19", "20"):
        return True
    if unit == "年" and found["words"] and len(found["words"]) == 4:
        return True
    if unit in ("日", "年") and found.start() and form[found.start() - 1] in "月":
        return True
    return unit == "年" and form[found.end() : found.end() + 1] == "代"
