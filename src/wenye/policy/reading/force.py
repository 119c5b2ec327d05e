"""From when to when a document says it holds, and the day of its signature."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from wenye.policy.reading.characters import number, plain
from wenye.policy.reading.days import DAY, day
from wenye.policy.reading.names import SELF
from wenye.policy.reading.parts import Frame
from wenye.policy.reading.reading import Section
from wenye.policy.reading.sentences import split
from wenye.rules import calendar

_NAMES_ITSELF = re.compile(SELF + "[^。;]{0,30}(?:起|日|期|施行|试行)")
#: How a sentence speaks of all that the document grants.
_ALL_OF_IT = re.compile(
    "(?:上述|以上|前述)(?:各项|支持|有关|相关|补贴)*(?:政策|措施|标准|规定|意见)"
)
#: How a sentence begins that speaks of the document without naming it.
_ABOUT = "上述|以上|此|该|前述|自|从|有效|施行|执行期|试行|文件"
_DO = "(?:起?(?:正式)?(?:施行|执行|实施|生效|试行|适用|开始))"
_FROM = re.compile(
    rf"(?:自|从|由|于|以)?(?P<day>{DAY})(?:起|开始|之日起)?(?:在[^,。;]{{1,12}})?(?:正式|开始|统一|全面)?{_DO}"
)
_SPAN = re.compile(rf"(?:自|从)?(?P<first>{DAY})起?(?:至|到|-)(?P<last>{DAY})")
_ISSUE = re.compile(
    rf"(?:自|从)?(?:发布|印发|公布|颁布|下发|发文|签发|通过|批准|发文)之?日起(?P<later>满?\d{{1,3}}(?:个工作)?[日天]后?|次日|次月起)?(?:正式|开始)?{_DO}"
)
_TO = re.compile(
    rf"(?:有效期限?|施行期限|执行期限|试行期限?|有效期间|实施期限|政策期限|执行期)(?:自[^,。;]{{4,16}})?(?:暂定)?(?:截至|截止|延长|至|到|为)+(?P<day>{DAY})"
    rf"|(?:执行|施行|实施|有效)(?:期限)?(?:截?至|到)(?P<until>{DAY})|至(?P<end>{DAY})(?:止|废止|失效|终止)|,至(?P<then>{DAY})"
)
_YEARS = re.compile(
    r"(?:有效期限?|试行期限?|施行期限|执行期限?|试行|有效)(?:为|暂定|共|是)*(?P<years>\d{1,2}|[一二三四五六七八九十两]{1,2})年"
)


@dataclass(slots=True)
class Force:
    """The days; None where the document does not say."""

    signed_on: dt.date | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    doubts: list[str] = field(default_factory=list)


def force(frame: Frame, sections: list[Section], opening: str, closing: str) -> Force:
    """The days of a document, from its signature and the sentences about itself."""
    found = Force()
    _signed(found, frame)
    said = [plain(sentence) for sentence in _about_itself(sections, opening, closing)]
    for sentence in said:
        _read(found, sentence)
        if found.first is not None and found.last is not None:
            break
    if found.first is None:
        _fallback(found, opening, sections)
    if found.first and found.last and found.last < found.first:
        found.doubts.append(
            f"有效期止于{found.last}，早于施行日{found.first} / it ends before it begins"
        )
    return found


def _signed(found: Force, frame: Frame) -> None:
    found.signed_on = frame.signed_on or frame.adopted_on or frame.dated_on
    if found.signed_on is None and frame.printed_on is not None:
        found.signed_on = frame.printed_on
        found.doubts.append(
            "没有成文日期，signed_on 取自印发日期"
            " / no day of signature: the day of printing is taken"
        )
    if frame.signed_on and frame.dated_on and frame.signed_on != frame.dated_on:
        found.doubts.append(
            f"落款日期{frame.signed_on}与页面所写成文日期{frame.dated_on}不同"
            " / the page gives another day of signature"
        )


def _about_itself(sections: list[Section], opening: str, closing: str) -> Iterator[str]:
    """Sentences that speak of the document's own force, the surest first."""
    whole = [closing, *(a.text for s in reversed(sections) for a in reversed(s.articles)), opening]
    for part in whole:
        for paragraph in part.split("\n"):
            if _NAMES_ITSELF.search(plain(paragraph)):
                yield from (s for s in split(paragraph) if _NAMES_ITSELF.search(plain(s)))
    yield from (s for part in whole for s in split(part) if _ALL_OF_IT.match(plain(s)))
    yield from (s for s in split(opening) if re.search("现予(?:公布|发布|印发)", plain(s)))
    last = [closing] + [a.text for s in sections[-1:] for a in s.articles[-1:]]
    yield from (text for part in last for text in split(part) if re.match(_ABOUT, plain(text)))


def _read(found: Force, sentence: str) -> None:
    span = _SPAN.search(sentence)
    begin = _FROM.search(sentence)
    issue = _ISSUE.search(sentence)
    if found.first is None and begin is not None:
        found.first = day(begin["day"])
        if found.first is None:
            found.doubts.append(f"“{begin['day']}”不是日历上的日子 / no day of the calendar")
    elif found.first is None and issue is not None:
        _from_issue(found, issue)
    if span is not None and re.search("有效|施行|执行|实施|期", sentence):
        found.first = found.first or day(span["first"])
        found.last = found.last or day(span["last"])
    until = _TO.search(sentence)
    if found.last is None and until is not None:
        found.last = day(next(group for group in until.groups() if group))
    years = _YEARS.search(sentence)
    if found.last is None and years is not None and found.first is not None:
        count = number(years["years"])
        if count:
            end = calendar.date(calendar.add_months(calendar.code(found.first), 12 * count))
            # Where the day is not there any more (29 February), the month's last day is the last.
            same = end.day == found.first.day
            found.last = end - dt.timedelta(days=1) if same else end


def _from_issue(found: Force, issue: re.Match[str]) -> None:
    if issue["later"]:
        found.doubts.append(f"“{issue[0]}”：起算日要由人确认 / the first day is left to people")
    elif found.signed_on is None:
        found.doubts.append(f"“{issue[0]}”，但没有读到成文日期 / no day of signature was found")
    else:
        found.first = found.signed_on
        found.doubts.append(
            f"“{issue[0]}”：按成文日期{found.signed_on}起算，实际发布日可能不同"
            " / counted from the day of signature; it may have been published on another"
        )


def _fallback(found: Force, opening: str, sections: list[Section]) -> None:
    """从2025年7月1日起，本市调整…: what is announced begins, and with it the document."""
    texts = [opening] if opening else []
    for text in texts:
        begin = re.search(rf"(?:自|从)({DAY})起", plain(text))
        if begin:
            found.first = day(begin[1])
            found.doubts.append(
                f"施行日取自“{begin[0]}”，文件没有另写施行日期"
                " / the first day is taken from the opening sentence"
            )
            return
