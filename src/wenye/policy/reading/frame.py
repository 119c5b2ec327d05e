"""What stands around a document's numbered text: head, signature, and the page it was copied from.

The head is found from its surest part outwards: the addressees end with a colon on a line of
their own, the title is the nearest line before them that names a kind of document, and whatever
stands before the title belongs to the page.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from wenye.policy.reading.characters import plain, tight
from wenye.policy.reading.days import DAY, day
from wenye.policy.reading.lines import Line
from wenye.policy.reading.marks import marks
from wenye.policy.reading.names import BODY_END, NUMBER, TITLE, normal_number
from wenye.policy.reading.page import FOOT, LABEL
from wenye.policy.reading.stream import Stream

_ADDENDUM = re.compile(r"[(\[][^()\[\]]{1,20}(?:稿|行|年|版|本|案)[)\]]")
_ADDRESSED = re.compile(
    r"(?!为|根据|按照|经|现|就|关于)[^。;!?《》:]{2,400}:"
)
_ADDRESSEE_END = re.compile(
    rf"(?:{BODY_END}|部门|单位|公司|企业|机构|机关|单位|学校|院校|高校|个人|人员|组织|街镇|同志|园区)(?:\([^()]*\))?:$"
)
_NOTE = re.compile(rf"[(\[](?:{DAY}).*(?:通过|公布|发布|施行|修订|修正|印发|批准).*[)\]]")
_DATE_LINE = re.compile(rf"(?P<by>[^\d。;:,()]{{0,60}}?)(?P<day>{DAY})")
_APART = re.compile(r"\(?(?:此件|此文件).{0,8}(?:公开|发布).{0,8}\)?|\(联系.{1,60}\)")
_ANNEX = re.compile(r"附(?:件|表|录)?(?:[一二三四五六七八九十]|\d{1,2})?(?::|$|\d\.)")
_PRINTED = re.compile(rf".{{0,40}}?(?P<day>{DAY})(?:印发|印制|印)$")
_SENTENCE = re.compile("[。;]")


@dataclass(slots=True)
class Part:
    """A run of numbered text: the document's own, or that of a scheme it issues."""

    title: str | None
    lines: list[Line]


@dataclass(slots=True)
class Frame:
    """The document taken apart by lines; days and names are those printed for it."""

    title: str | None = None
    number: str | None = None
    issuers: list[str] = field(default_factory=list)
    addressees: list[str] = field(default_factory=list)
    opening: list[Line] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    signed_on: dt.date | None = None
    adopted_on: dt.date | None = None
    printed_on: dt.date | None = None
    dated_on: dt.date | None = None
    issued: str | None = None
    fragment: bool = False


def frame(lines: Sequence[Line]) -> Frame:
    """Take the document's lines apart."""
    made = Frame()
    rows = [line for line in lines if not _APART.fullmatch(line.tight)]
    rows = _without_contents(_whole_notes(rows))
    first_mark = _first_mark(rows)
    begin = _head(made, rows, first_mark)
    end = _foot(made, rows, begin)
    _parts(made, rows[begin:end], begin)
    return made


def _without_contents(rows: list[Line]) -> list[Line]:
    """Without a table of contents: its headings come again."""
    for at, line in enumerate(rows):
        if re.fullmatch(r"目录|目次", line.tight):
            last = at + 1
            while last < len(rows) and _comes_again(rows, last):
                last += 1
            if last > at + 1:
                last += last < len(rows) and rows[last].tight == "正文"
                return rows[:at] + rows[last:]
    return rows


def _whole_notes(rows: list[Line]) -> list[Line]:
    """A note in brackets over several lines (…通过 …修正) on one."""
    made: list[Line] = []
    for line in rows:
        before = made[-1].tight if made else ""
        if before.startswith("(") and before.count("(") > before.count(")") and "通过" in before:
            made[-1] = replace(
                line, text=made[-1].text + line.text, plain=made[-1].plain + line.plain
            )
        else:
            made.append(line)
    return made


def _comes_again(rows: list[Line], at: int) -> bool:
    entry = _entry(rows[at])
    return any(other.tight.startswith(entry) for other in rows[at + 1 :]) and not TITLE.search(
        rows[at].tight
    )


def _entry(line: Line) -> str:
    return re.sub(r"[.·…\-]*\d*$", "", line.tight)


def _first_mark(rows: list[Line]) -> int:
    """The line with the first number that heads something; the number of lines if none does."""
    stream = Stream.of(rows)
    found, _ = marks(stream)
    body = [mark for mark in found if mark.value == 1] or found
    if not body:
        return len(rows)
    return max(i for i, start in enumerate(stream.starts) if start <= body[0].start)


# -- the head ------------------------------------------------------------------------------------


def _head(made: Frame, rows: list[Line], first_mark: int) -> int:
    """Title, number, issuers and addressees; returns the first line after them."""
    limit = min(first_mark, 80) if first_mark else 0
    to = _addressees(made, rows, limit)
    before = to[0] if to else min(limit, len(rows))
    title = _title(rows, before, bool(to))
    if title is not None:
        made.issuers = title[3]
    _metadata(made, rows[: before if to or title else 0])
    if title is None:
        made.fragment = not to
        if to:
            _own_number(made, rows[: to[0]])
            return to[1]
        _own_number(made, rows[: min(first_mark, 6)])
        return 0
    _, last, made.title, _ = title
    _own_number(made, rows[: to[0] if to else min(first_mark, last + 6)], near=last)
    if to:
        return to[1]
    at = last + 1
    while at < min(first_mark, len(rows)) and _belongs_to_head(made, rows[at]):
        at += 1
    return at


def _belongs_to_head(made: Frame, line: Line) -> bool:
    form = line.tight
    note = _NOTE.fullmatch(form)
    if note:
        found = re.search(DAY, form)
        made.adopted_on = made.adopted_on or (day(found[0]) if found else None)
        return True
    if line.tight == tight(made.title or "") or LABEL.match(form):
        return True
    return _number_on_line(form) is not None or bool(FOOT.match(form))


def _addressees(made: Frame, rows: list[Line], limit: int) -> tuple[int, int] | None:
    """First line and the line after the addressees, where they stand before ``limit``."""
    for last in range(min(limit, len(rows))):
        form = rows[last].tight
        if not form.endswith(":"):
            continue
        for first in range(last, max(-1, last - 8), -1):
            joined = "".join(line.tight for line in rows[first : last + 1])
            if first < last and (_SENTENCE.search(rows[first].tight) or rows[first].tight.endswith(":")):
                break
            wraps = first == last or all(not line.ends for line in rows[first:last]) or (
                rows[last - 1].tight.endswith((",", "、"))
            )
            if not (wraps and _ADDRESSED.fullmatch(joined) and _ADDRESSEE_END.search(joined)):
                continue
            if LABEL.match(joined):
                continue
            if re.match(r"为|根据|按照|经|现将|现就|主办|来源|发布|索引|联系", joined):
                continue
            # The list may begin on an earlier line, after which nothing had ended.
            while first > 0 and _continues(rows[first - 1]):
                first -= 1
            made.addressees = _names("".join(line.text for line in rows[first : last + 1]))
            return first, last + 1
    return None


def _continues(line: Line) -> bool:
    form = line.tight
    return form.endswith(("、", ",")) or (
        not line.ends
        and not TITLE.search(form)
        and _number_on_line(form) is None
        and not _SENTENCE.search(form)
    )


def _names(text: str) -> list[str]:
    from wenye.policy.reading.names import split_outside

    whole = tight(text).rstrip("：:")
    return [name for name in split_outside(whole, ",;") if name]


def _title(
    rows: list[Line], before: int, addressed: bool
) -> tuple[int, int, str, list[str]] | None:
    """First and last line of the title, the title, and the issuers that it names."""
    ends = [at for at in range(min(before, len(rows))) if _may_be_title(rows[at])]
    if not addressed:
        covering = [at for at in ends if re.search("关于.*(?:印发|转发|公布|发布)", rows[at].tight)]
        noted = [at for at in ends if at + 1 < len(rows) and _NOTE.fullmatch(rows[at + 1].tight)]
        signed = next((at for at in range(before) if _signs(rows, at)), before)
        ends = covering or noted or [at for at in ends if at < signed] or ends
    if not ends:
        return None
    last = first = ends[-1]
    if last + 1 < before and _ADDENDUM.fullmatch(rows[last + 1].tight):
        last += 1
    whole = "".join(line.plain for line in rows[first : last + 1])
    while first > 0 and not _title_begins(whole) and _part_of_title(rows[first - 1], whole):
        first -= 1
        whole = rows[first].plain + whole
    text = _joined(rows[first : last + 1])
    issuers: list[str] = []
    if tight(whole).startswith("关于"):
        while first > 0 and _is_body(rows[first - 1]):
            first -= 1
            issuers[:0] = rows[first].text.split()
        text = " ".join(issuers) + text if issuers else text
    else:
        about = plain(text).find("关于")
        if about > 0:
            head = re.sub(r"(?:批转|转发|印发|发布|公布)$", "", text[:about].rstrip())
            issuers = [name for words in head.split() for name in _apart(words)]
            while first > 0 and issuers and _is_body(rows[first - 1]):
                if not rows[first - 1].tight.startswith(plain(issuers[0])[:2]):
                    break
                first -= 1
                issuers[:0] = rows[first].text.split()
                text = f"{rows[first].text} {text}"
    return first, last, _cleaned(re.sub(r"^(?:标\s*题|名\s*称)\s*[:：]?\s*", "", text)), issuers


def _apart(names: str) -> list[str]:
    """Names of bodies printed without a blank: each begins with the name of the place."""
    place = names[:2]
    cuts = [
        found.start()
        for found in re.finditer(re.escape(place), names)
        if re.search(rf"(?:{BODY_END})$", names[: found.start()])
    ]
    return [names[a:b] for a, b in zip([0, *cuts], [*cuts, len(names)])]


def _may_be_title(line: Line) -> bool:
    form = re.sub(r"^(?:标题|名称|信息名称):?", "", line.tight)
    if len(form) < 4 or len(form) > 120 or _SENTENCE.search(form) or "|" in form or ">" in form:
        return False
    if re.match(r"附件|附表|\(|现将|根据|/|为|抄", form) or LABEL.match(form) and form == line.tight:
        return False
    return bool(TITLE.search(form)) and not FOOT.match(form)


def _title_begins(whole: str) -> bool:
    form = tight(whole)
    return "关于" in form or re.match(r"[^关]{2,9}(?:省|市|区|县|州|国|镇|乡)", form) is not None


def _part_of_title(line: Line, whole: str) -> bool:
    form = line.tight
    if re.search("[。;:!?|>]", form) or _number_on_line(form) or form.endswith("文件"):
        return False
    if LABEL.match(form) or FOOT.match(form) or TITLE.search(form) or len(form) > 60:
        return False
    if "关于" in form:
        return True
    return not _is_body(line) and not re.search(r"\d{4}[-年]|^/|首页|位置|频道", form)


def _is_body(line: Line) -> bool:
    """A line that holds nothing but names of bodies."""
    names = line.plain.split()
    return bool(names) and all(
        2 < len(name) <= 40 and re.fullmatch(rf"[^\d。;:,、《》|>]*(?:{BODY_END})", name)
        for name in names
    )


def _joined(rows: Sequence[Line]) -> str:
    return "".join(line.text for line in rows)


def _cleaned(text: str) -> str:
    """A title with single blanks between names of bodies, and none elsewhere."""
    words = text.split()
    out = ""
    for word in words:
        spaced = re.search(rf"(?:{BODY_END})$", out) and len(word) > 2
        spaced = spaced and not plain(word).startswith("关于")
        latin = out[-1:].isascii() and out[-1:].isalpha() and word[0].isascii()
        out += (" " if out and (spaced or latin) else "") + word
    return out


def _number_on_line(form: str) -> str | None:
    """The document number, where the line holds nothing else (a label and tags apart)."""
    bare = re.sub(r"^(?:发?文字号|文号|发文号|文件编号|字号):?", "", form).strip("()[]") if (
        re.match(r"(?:发?文字号|文号|发文号|文件编号|字号)", form)
    ) else form
    found = re.fullmatch(rf"\(?({NUMBER})\)?(?:(?:发布|时效|签发|成文).*)?", bare)
    if found is None and re.match(r"(?:发?文字号|文号|发文号)", form):
        found = re.match(rf"({NUMBER})", bare)
    return found[1] if found else None


def _own_number(made: Frame, rows: Sequence[Line], near: int = 0) -> None:
    found = [at for at, line in enumerate(rows) if _number_on_line(line.tight)]
    if found:
        line = rows[min(found, key=lambda at: abs(at - near))]
        number = _number_on_line(line.tight) or ""
        at = line.tight.index(number)
        made.number = normal_number(tight(line.text)[at : at + len(number)])


def _metadata(made: Frame, rows: Sequence[Line]) -> None:
    whole = "".join(line.tight + "\n" for line in rows)
    dated = re.search(rf"成文(?:日期|时间):?\n?({DAY})", whole)
    made.dated_on = day(dated[1]) if dated else None
    if not made.issuers:
        mast = [m[1] for line in rows if (m := re.fullmatch(rf"(.*(?:{BODY_END}))文件", line.tight))]
        made.issuers = mast[:1]


# -- the foot ------------------------------------------------------------------------------------


def _signs(rows: Sequence[Line], at: int) -> bool:
    """Whether the line is the day of a signature, the bodies before it or on the same line."""
    found = _DATE_LINE.fullmatch(rows[at].tight)
    if found is None or day(found["day"]) is None:
        return False
    if found["by"]:
        return re.search(rf"(?:{BODY_END})$", found["by"]) is not None
    before = rows[at - 1].tight if at else ""
    return at == 0 or _is_body(rows[at - 1]) or before.endswith(("。", ")", "》")) or (
        before.startswith("特此")
    )


def _foot(made: Frame, rows: list[Line], begin: int) -> int:
    """The line after the document's text: signature, annexes and the page's foot come after."""
    end = next((at for at in range(begin, len(rows)) if FOOT.match(rows[at].tight)), len(rows))
    for at in range(begin, len(rows)):
        printed = _PRINTED.fullmatch(rows[at].tight)
        if printed:
            made.printed_on = day(printed["day"])
            end = min(end, at)
            break
    return end


def _parts(made: Frame, rows: list[Line], begin: int) -> None:
    """Cut the signature off; what follows it counts only where it is the scheme that is issued."""
    signatures = [at for at in range(len(rows)) if _signs(rows, at)]
    covers = re.search("印发|转发|公布|发布|批准|下发", plain((made.title or "") + _joined(rows[:3])))
    if not signatures:
        own, rest = rows, []
    else:
        at = signatures[0]
        found = _DATE_LINE.fullmatch(rows[at].tight)
        assert found is not None
        made.signed_on = day(found["day"])
        names = _before_day(rows[at], found["day"]) if found["by"] else ""
        first = at
        signed = [name for words in names.split() for name in _apart(words)]
        while first > 0 and _is_body(rows[first - 1]) and rows[first - 1].ends is not None:
            first -= 1
            signed[:0] = [name for words in rows[first].text.split() for name in _apart(words)]
        if signed:
            made.issuers = signed
        own, rest = rows[:first], rows[at + 1 :]
    own, inner = _split_issued(made, own)
    made.parts.append(Part(None, _without_annexes(own)))
    if inner:
        made.parts.append(inner)
    elif rest and covers and (issued := _issued(made, rest)) is not None:
        made.parts.append(issued)


def _before_day(line: Line, printed: str) -> str:
    """What stands on the line before the day that ends it."""
    kept, left = len(line.text), len(printed)
    while left:
        kept -= 1
        left -= not line.text[kept].isspace()
    return line.text[:kept].strip()


def _split_issued(made: Frame, rows: list[Line]) -> tuple[list[Line], Part | None]:
    """A scheme that follows the text that issues it with no signature between them."""
    whole = Stream.of(rows)
    named = set(re.findall(r"《([^《》]{4,60})》", whole.plain + (tight(made.title or ""))))
    for at in range(1, len(rows)):
        form = rows[at].tight
        if form in named and form != tight(made.title or "") and rows[at - 1].ends:
            return rows[:at], Part(tight(rows[at].text), _opened(rows[at + 1 :]))
    return rows, None


def _issued(made: Frame, rows: list[Line]) -> Part | None:
    """The scheme behind a signature: its title and its text up to its own end."""
    at = 0
    while at < len(rows) and (
        _ANNEX.match(rows[at].tight) and len(rows[at].tight) < 12 or FOOT.match(rows[at].tight)
    ):
        at += 1
    title: list[Line] = []
    while at < len(rows) and len(title) < 4:
        title.append(rows[at])
        at += 1
        if TITLE.search(tight(_joined(title))) or _ADDENDUM.fullmatch(rows[at - 1].tight):
            if at < len(rows) and _ADDENDUM.fullmatch(rows[at].tight):
                title.append(rows[at])
                at += 1
            rest = rows[at:]
            end = next((i for i in range(len(rest)) if _signs(rest, i)), len(rest))
            made.issued = tight(_joined(title))
            return Part(made.issued, _without_annexes(rest[:end]))
    return None


def _opened(rows: list[Line]) -> list[Line]:
    return _without_annexes(rows)


def _without_annexes(rows: list[Line]) -> list[Line]:
    """Up to the list of annexes, or an annex, at the end."""
    for at in range(1, len(rows)):
        if rows[at - 1].ends and _ANNEX.match(rows[at].tight):
            return rows[:at]
    return rows
