"""Other documents that a document names: 《title》, （number）, or both."""

from __future__ import annotations

import re
from bisect import bisect_right

from wenye.policy.reading.characters import plain
from wenye.policy.reading.names import NUMBER, normal_number
from wenye.policy.reading.reading import Reference

#: Papers that people hold or hand in are no documents of policy.
_PAPER = re.compile(
    r"(?:证|证书|登记表|申请表|申报表|汇总表|情况表|审批表|备案表|名册|花名册|合同|协议|协议书|执照|承诺书|告知书|申请书|报|报告书|手册|护照|卡|凭证|发票)$"
)
_NUMBERED = re.compile(rf"[(\[〈]?({NUMBER})[)\]〉]?")
#: Words that stand before a number and do not belong to it.
_BEFORE = re.compile(
    r"^(?:.*?(?:根据|按照?|依据|依照|参照|执行|贯彻|落实|废止|原|以及|及|和|与|见|详见|的|将|《|》|,|、))"
)


def references(text: str, own: set[str]) -> tuple[Reference, ...]:
    """The documents named in the text (without blanks), each once; ``own`` names are left out.

    ``own`` holds titles and numbers in their plain form.
    """
    form = plain(text)
    found: list[tuple[int, str | None, str | None]] = []
    taken: list[tuple[int, int]] = []
    for first, last in _quoted(form):
        title = text[first + 1 : last].strip()
        after = _NUMBERED.match(form, last + 1)
        number = None
        if after is not None and form[last + 1] in "([〈":
            number = normal_number(text[after.start(1) : after.end(1)])
            taken.append(after.span())
        taken.append((first, last + 1))
        if number is None and _PAPER.search(form[first + 1 : last]):
            continue
        found.append((first, title, number))
    taken.sort()
    for match in re.finditer(NUMBER, form):
        at = bisect_right(taken, (match.start(), len(form)))
        if at and match.start() < taken[at - 1][1]:
            continue
        head = _BEFORE.match(match[0])
        first = match.start() + (head.end() if head else 0)
        if first < match.end():
            found.append((first, None, normal_number(text[first : match.end()])))
    return tuple(_once([(title, number) for _, title, number in sorted(found, key=_place)], own))


def _place(found: tuple[int, str | None, str | None]) -> int:
    return found[0]


def _quoted(form: str) -> list[tuple[int, int]]:
    """The outermost 《》: where each begins and ends."""
    places, depth, first = [], 0, 0
    for found in re.finditer("[《》]", form):
        at = found.start()
        if found[0] == "《":
            first = first if depth else at
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                places.append((first, at))
    return [(a, b) for a, b in places if 2 <= b - a - 1 <= 120]


def _once(found: list[tuple[str | None, str | None]], own: set[str]) -> list[Reference]:
    numbers: dict[str, str | None] = {}
    for title, number in found:
        if title is not None:
            key = plain(title)
            numbers[key] = numbers.get(key) or number
    with_title = {plain(number) for number in numbers.values() if number}
    made: list[Reference] = []
    seen: set[str] = set()
    for title, number in found:
        key = plain(title or number or "")
        if title is not None and number is not None and numbers[key] != number:
            key += plain(number)  # the same title, another document
            numbers[key] = number
        its_own = key in own and (number is None or plain(number) in own)
        if key in seen or its_own or (number is not None and plain(number) in own):
            continue
        if title is None and key in with_title:
            continue
        seen.add(key)
        made.append(Reference(title, numbers[key] if title is not None else number))
    return made
