"""A document's head: title, number, issuers and addressees.

It is found from its surest part outwards: the addressees end with a colon on a line of their own,
the title is the nearest line before them that names a kind of document, and whatever stands before
the title belongs to the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from wenye.policy.reading.characters import plain, tight
from wenye.policy.reading.days import DAY, day
from wenye.policy.reading.foot import signs
from wenye.policy.reading.lines import Line, joined
from wenye.policy.reading.names import (
    ADDENDUM,
    BODY_END,
    NUMBER,
    TITLE,
    apart,
    names_bodies,
    normal_number,
    split_outside,
    whole_names,
)
from wenye.policy.reading.page import LABEL, is_foot
from wenye.policy.reading.parts import Frame

_ADDRESSED = re.compile(r"(?!为|根据|按照|经|现|就|关于)[^。;!?《》:]{2,400}:")
_ADDRESSEE_END = re.compile(
    rf"(?:{BODY_END}|部门|单位|公司|企业|机构|机关|单位|学校|院校|高校|个人|人员|组织|街镇|同志|园区)(?:\([^()]*\))?:$"
)
#: A note below the title: the day of its adoption, its number, what it is an annex to.
_NOTE = re.compile(
    rf"[(\[](?:(?:{NUMBER})?,?(?:{DAY})(?:.*(?:通过|公布|发布|施行|修订|修正|印发|批准).*)?|(?:{NUMBER})附件.*)[)\]]"
)
_PASSED = re.compile(
    rf"(?:{DAY})([^第]{{4,40}}?(?:常务委员会|人民代表大会|人民政府|委员会))?第?.{{0,30}}(?:会议)?(?:审议)?通过"
)
_SENTENCE = re.compile("[。;]")


def head(made: Frame, rows: list[Line], first_mark: int) -> int:
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
        passed = _PASSED.search(form)
        if passed and passed[1] and not made.issuers:
            made.issuers = [tight(line.text)[slice(*passed.span(1))]]
        amended = re.search(rf"根据({DAY}).{{0,120}}(?:修正|修订)", form)
        if amended:
            made.doubts.append(f"文件于{amended[1]}修正过 / amended on that day")
        numbered = re.search(NUMBER, form)
        if numbered and not made.number and "附件" not in form:
            made.number = normal_number(tight(line.text)[slice(*numbered.span())])
        return True
    if line.tight == tight(made.title or "") or LABEL.match(form):
        return True
    return _number_on_line(form) is not None or is_foot(form)


def _addressees(made: Frame, rows: list[Line], limit: int) -> tuple[int, int] | None:
    """First line and the line after the addressees, where they stand before ``limit``."""
    for last in range(min(limit, len(rows))):
        form = rows[last].tight
        if not form.endswith(":"):
            continue
        for first in range(last, max(-1, last - 8), -1):
            whole = "".join(line.tight for line in rows[first : last + 1])
            if first < last and (
                _SENTENCE.search(rows[first].tight) or rows[first].tight.endswith(":")
            ):
                break
            wraps = (
                first == last
                or all(not line.ends for line in rows[first:last])
                or (rows[last - 1].tight.endswith((",", "、")))
            )
            named = _ADDRESSEE_END.search(whole) or (whole.startswith("各") and len(whole) > 4)
            if not (wraps and _ADDRESSED.fullmatch(whole) and named):
                continue
            if LABEL.match(whole):
                continue
            if re.match(r"为|根据|按照|经|现将|现就|主办|来源|发布|索引|联系", whole):
                continue
            # The list may begin on an earlier line, after which nothing had ended.
            begin = first
            while begin > 0 and _continues(rows[begin - 1]):
                begin -= 1
            made.addressees = _names(joined(rows[begin : last + 1]))
            return begin, last + 1
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
        told = next((at for at in range(before) if "。" in rows[at].tight), before)
        signed = next((at for at in range(told, before) if signs(rows, at)), before)
        ends = covering or noted or [at for at in ends if at < signed] or ends
    if not ends:
        return None
    last = first = ends[-1]
    if last + 1 < before and ADDENDUM.fullmatch(rows[last + 1].tight):
        last += 1
    whole = "".join(line.plain for line in rows[first : last + 1])
    while first > 0 and _part_of_title(rows[first - 1], whole):
        if _title_begins(whole) and not _announces(rows[first - 1], whole):
            break
        first -= 1
        whole = rows[first].plain + whole
    text = joined(rows[first : last + 1])
    issuers: list[str] = []
    if tight(whole).startswith("关于"):
        while first > 0 and names_bodies(rows[first - 1].plain):
            first -= 1
            issuers = whole_names([*rows[first].text.split(), *issuers])
        text = " ".join(issuers) + text if issuers else text
    else:
        about = plain(text).find("关于")
        if about > 0:
            head = re.sub(r"(?:批转|转发|印发|发布|公布)$", "", text[:about].rstrip())
            issuers = [name for words in head.split() for name in apart(words)]
            while first > 0 and issuers and names_bodies(rows[first - 1].plain):
                if not rows[first - 1].tight.startswith(plain(issuers[0])[:2]):
                    break
                first -= 1
                issuers = whole_names([*rows[first].text.split(), *issuers])
                text = f"{rows[first].text} {text}"
    return first, last, _cleaned(re.sub(r"^(?:标\s*题|名\s*称)\s*[:：]?\s*", "", text)), issuers


def _may_be_title(line: Line) -> bool:
    form = re.sub(r"^(?:标题|名称|信息名称):?", "", line.tight)
    if len(form) < 4 or len(form) > 120 or _SENTENCE.search(form) or "|" in form or ">" in form:
        return False
    if re.match(r"附件|附表|\(|现将|根据|/|为|抄", form) or (
        LABEL.match(form) and form == line.tight
    ):
        return False
    return bool(TITLE.search(form)) and not is_foot(form)


def _title_begins(whole: str) -> bool:
    form = tight(whole)
    if form.count("》") > form.count("《"):
        return False
    if re.match(r"[^关]{0,12}等[^关]{0,6}关于", form):  # the names of those before 等部门
        return False
    return "关于" in form or re.match(r"[^关]{2,9}(?:省|市|区|县|州|国|镇|乡)", form) is not None


def _announces(line: Line, whole: str) -> bool:
    """Whether a line says what the next is about and is no title by itself: …关于印发."""
    open_end = "关于" in line.tight and "关于" not in tight(whole)
    return open_end and TITLE.search(line.tight) is None


def _part_of_title(line: Line, whole: str) -> bool:
    form = line.tight
    if _number_on_line(form) or is_foot(form) or LABEL.match(form) or "|" in form:
        return False
    if re.search(r"第\d{1,3}期$", form):
        return False
    if "关于" in form or whole.count("》") > whole.count("《"):
        return len(form) <= 80 and not re.search("[。;:!?]", form)
    if re.search("[。;:!?>]", form) or form.endswith("文件"):
        return False
    if TITLE.search(form) or len(form) > 60:
        return False
    return not names_bodies(line.plain) and not re.search(r"\d{4}[-年]|^/|首页|位置|频道", form)


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
    bare = (
        re.sub(r"^(?:发?文字号|文号|发文号|文件编号|字号):?", "", form).strip("()[]")
        if (re.match(r"(?:发?文字号|文号|发文号|文件编号|字号)", form))
        else form
    )
    found = re.fullmatch(rf"\(?({NUMBER})\)?(?:(?:发布|时效|签发|成文).*)?", bare)
    if found is None and re.match(r"(?:发?文字号|文号|发文号)", form):
        found = re.match(rf"({NUMBER})", bare)
    return found[1] if found else None


def _own_number(made: Frame, rows: Sequence[Line], near: int = 0) -> None:
    for at in range(1, len(rows)):
        decree = re.fullmatch(r"(.{2,30})(?:令|公告)", rows[at - 1].tight)
        if decree and re.fullmatch(r"第?\d{1,4}号", rows[at].tight):
            made.number = tight(rows[at - 1].text) + tight(rows[at].text)
            made.issuers = made.issuers or [tight(rows[at - 1].text)[: decree.end(1)]]
            return
    for line in rows:
        if re.fullmatch(r"[\[(](?:19|20)\d\d[\])]第?\d{1,4}号", line.tight):
            made.doubts.append(f"文号不全 / only part of a number: {line.text}")
    found = [at for at, line in enumerate(rows) if _number_on_line(line.tight)]
    if found:
        line = rows[min(found, key=lambda at: abs(at - near))]
        number = _number_on_line(line.tight) or ""
        at = line.tight.index(number)
        made.number = normal_number(tight(line.text)[at : at + len(number)])


def _metadata(made: Frame, rows: Sequence[Line]) -> None:
    whole = "".join(line.tight + "\n" for line in rows)
    numbered = re.search(rf"(?:发?文字号|文号|发文号)[\]:]*({NUMBER})", whole)
    if numbered and made.number is None:
        made.number = normal_number(numbered[1])
    dated = re.search(rf"成文(?:日期|时间)[\]:]*\n?({DAY})", whole)
    made.dated_on = day(dated[1]) if dated else None
    if not made.issuers:
        mast = [
            m[1] for line in rows if (m := re.fullmatch(rf"(.*(?:{BODY_END}))文件", line.tight))
        ]
        made.issuers = mast[:1]
