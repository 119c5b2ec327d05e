"""A document's foot: the signature, what it issues behind it, and where its text ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wenye.policy.reading.characters import plain, tight
from wenye.policy.reading.days import DAY, day
from wenye.policy.reading.lines import Line, joined
from wenye.policy.reading.names import ADDENDUM, BODY_END, TITLE, apart, names_bodies, whole_names
from wenye.policy.reading.page import is_foot
from wenye.policy.reading.parts import Frame, Part

_DATE_LINE = re.compile(rf"(?P<by>[^\d。;:,()]{{0,60}}?)(?P<day>{DAY})")
#: Who signs for the body: 部长 陆某某.
_OFFICER = re.compile(
    r"(?:部|省|市|区|县|镇|乡|州|局|厅|院|署)长.{2,8}|(?:主任|委员长|主席|总理|会长).{2,8}"
)
_ANNEX = re.compile(r"附(?:件|表|录)?(?:[一二三四五六七八九十]|\d{1,2})?(?::|$|\d\.)")
#: The head of an annex, and not the list of them.
_ALONE = re.compile(r"附(?:件|表|录)(?:[一二三四五六七八九十]|\d{1,2})?")
_PRINTED = re.compile(rf".{{0,40}}?(?P<day>{DAY})(?:印发|印制|印)$")


def signs(rows: Sequence[Line], at: int) -> bool:
    """Whether the line is the day of a signature, the bodies before it or on the same line."""
    found = _DATE_LINE.fullmatch(rows[at].tight)
    if found is None or day(found["day"]) is None:
        return False
    if found["by"]:
        return re.search(rf"(?:{BODY_END})$", found["by"]) is not None
    before = rows[at - 1].tight if at else ""
    return (
        at == 0
        or names_bodies(rows[at - 1].plain)
        or before.endswith(("。", ")", "》"))
        or (before.startswith("特此") or _OFFICER.fullmatch(before) is not None)
    )


def foot(made: Frame, rows: list[Line], begin: int) -> int:
    """The line after the document's text: signature, annexes and the page's foot come after."""
    end = next((at for at in range(begin, len(rows)) if is_foot(rows[at].tight)), len(rows))
    for at in range(begin, len(rows)):
        printed = _PRINTED.fullmatch(rows[at].tight)
        if printed:
            made.printed_on = day(printed["day"])
            end = min(end, at)
            break
    return end


def parts(made: Frame, rows: list[Line]) -> None:
    """Cut the signature off; what follows it counts only where it is the scheme that is issued."""
    signatures = [at for at in range(len(rows)) if signs(rows, at)]
    covers = re.search(
        "印发|转发|公布|发布|批准|下发", plain((made.title or "") + joined(rows[:3]))
    )
    if not signatures:
        own, rest = rows, []
    else:
        at = signatures[0]
        found = _DATE_LINE.fullmatch(rows[at].tight)
        assert found is not None
        made.signed_on = day(found["day"])
        names = _before_day(rows[at], found["day"]) if found["by"] else ""
        first = at
        signed = [name for words in names.split() for name in apart(words)]
        while first > 0 and names_bodies(rows[first - 1].plain):
            first -= 1
            signed[:0] = [name for words in rows[first].text.split() for name in apart(words)]
        if signed:
            made.issuers = _as_in_title(whole_names(signed), made.issuers)
        own, rest = rows[:first], rows[at + 1 :]
    own, inner = _split_issued(made, own)
    made.parts.append(_ended(made, None, own))
    if inner is not None:
        made.parts.append(_ended(made, *inner))
    elif rest and covers and (issued := _issued(made, rest)) is not None:
        title, lines, rest = issued
        made.parts.append(_ended(made, title, lines))
    # The second signature of a scheme is no annex, and neither is the list of annexes.
    made.annex += [line for line in rest if not _ANNEX.match(line.tight) and signatures]


def _ended(made: Frame, title: str | None, lines: list[Line]) -> Part:
    """A part up to its annexes; what they list is kept, and what they hold."""
    own = _without_annexes(lines)
    behind = lines[len(own) :]
    made.behind += behind
    head = next((i for i, line in enumerate(behind) if _ALONE.fullmatch(line.tight)), None)
    made.annex += [] if head is None else behind[head + 1 :]
    return Part(title, own)


def _as_in_title(signed: list[str], titled: list[str]) -> list[str]:
    """The names signed; a name of which a line break left only the end, as the title has it."""
    return [next((name for name in titled if name.endswith(end)), end) for end in signed]


def _before_day(line: Line, printed: str) -> str:
    """What stands on the line before the day that ends it."""
    kept, left = len(line.text), len(printed)
    while left:
        kept -= 1
        left -= not line.text[kept].isspace()
    return line.text[:kept].strip()


def _split_issued(
    made: Frame, rows: list[Line]
) -> tuple[list[Line], tuple[str, list[Line]] | None]:
    """A scheme that follows the text that issues it with no signature between them."""
    whole = "".join(line.tight for line in rows[:200]) + plain(tight(made.title or ""))
    named = set(re.findall(r"《([^《》]{4,60})》", whole))
    for at in range(1, len(rows)):
        form = rows[at].tight
        if form in named and form != tight(made.title or "") and rows[at - 1].ends:
            return rows[:at], (tight(rows[at].text), rows[at + 1 :])
    return rows, None


def _issued(made: Frame, rows: list[Line]) -> tuple[str, list[Line], list[Line]] | None:
    """The scheme behind a signature: its title, its text up to its own end, and what follows."""
    at = 0
    while at < len(rows) and (
        (_ANNEX.match(rows[at].tight) and len(rows[at].tight) < 12) or is_foot(rows[at].tight)
    ):
        at += 1
    title: list[Line] = []
    while at < len(rows) and len(title) < 4:
        title.append(rows[at])
        at += 1
        if TITLE.search(plain(tight(joined(title)))) or ADDENDUM.fullmatch(rows[at - 1].tight):
            if at < len(rows) and ADDENDUM.fullmatch(rows[at].tight):
                title.append(rows[at])
                at += 1
            rest = rows[at:]
            end = next((i for i in range(len(rest)) if signs(rest, i)), len(rest))
            made.issued = tight(joined(title))
            return made.issued, rest[:end], rest[end + 1 :]
    return None


def _without_annexes(rows: list[Line]) -> list[Line]:
    """Up to the list of annexes, or an annex, at the end."""
    for at in range(1, len(rows)):
        if rows[at - 1].ends and _ANNEX.match(rows[at].tight):
            return rows[:at]
    return rows
