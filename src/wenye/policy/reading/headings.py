"""Titles of sections and articles: on a line of their own, in brackets, or run in before a 。.

Whether articles of a document carry run-in titles is decided for all of one kind together: one
short first sentence among many long ones is a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from wenye.policy.reading.stream import Stream

_SENTENCE_WORDS = re.compile(
    r"\d|应当|可以|不得|是指|指的是|必须|按照?规定|按照|其中|的,|的人员|者,|凡|予以|自.{2,12}起|由.{1,20}(?:负责|承担|安排|列支|解释)|适用于"
    r"|^(?:国家|本市|本省|本区|市|区|各级|各区|县级以上|用人单位|失业人员|职工|本办法|本规定|本意见|本通知|前款)(?=.{8})"
)
#: The end of a sentence; some pages print a point.
_STOP = re.compile(r"。|(?<=[\u4e00-\u9fff)\"])\.(?!\d)")
#: What stands in quotes or brackets may hold anything: 打造“15分钟就业圈”（3月至5月）.
_ASIDE = re.compile(r"\"[^\"]*\"|\([^()]*\)")
_MOST = 40


@dataclass(frozen=True, slots=True)
class Span:
    """A numbered stretch of the text: from behind its number to the next of its own level."""

    first: int
    last: int
    #: Where the first number below it begins; ``last`` where there is none.
    inner: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A title and where the text after it begins."""

    title: str | None
    text_from: int


def own_line(stream: Stream, span: Span) -> Heading | None:
    """A title that has its line, or all of the stretch before its first number."""
    breaks = stream.breaks_within(span.first, span.inner)
    until = breaks[0] if breaks else span.inner
    form = stream.plain[span.first : until]
    ends_here = until < span.last
    if not form or len(form) > 60 or not (ends_here or until == span.inner == span.last):
        return None
    if form.startswith("《"):
        return None
    if re.match(r"[(\[][^()\[\]]{2,24}[)\]]$", form):
        return Heading(stream.text[span.first + 1 : until - 1], until)
    bare = form.rstrip("。.")
    stops = re.search("[。;!?:]", bare)
    if stops is not None and not (
        bare.endswith(":") and stops.start() == len(bare) - 1 and _names_a_list(bare)
    ):
        return None
    if not ends_here:
        # Nothing below: a heading that has no text, or the beginning of a sentence cut off.
        short = len(form) <= 20 and not re.search("[,。]", form) and _reads_as_title(form)
        return Heading(stream.text[span.first : until], until) if short else None
    if re.search(r"^本.{2,6}自|^自\d|之日起|\d日?起$|应当|不得|\d个?(?:工作)?日内", form):
        return None
    if form.endswith((",", "、", ";")) or (form.endswith("。") and not _reads_as_title(bare)):
        return None
    if form.endswith("。") and until == span.inner and not _reads_as_title(bare):
        return None
    return Heading(stream.text[span.first : span.first + len(bare.rstrip(":"))], until)


def _names_a_list(bare: str) -> bool:
    return len(bare) <= 10 and not re.search("下列|以下|如下|应当|,|的:", bare)


def bracketed(stream: Stream, span: Span) -> Heading | None:
    """第一条（目的和依据）为了…."""
    found = re.compile(r"[(\[]([^()\[\]]{2,24})[)\]]").match(stream.plain, span.first, span.last)
    if found is None or re.search("[。;:,]|以下简称|修订|修正", found[1]):
        return None
    return Heading(stream.text[found.start(1) : found.end(1)], found.end())


def run_in(stream: Stream, span: Span) -> Heading | None:
    """A short first sentence that reads as a title and is followed by text."""
    found = _STOP.search(stream.plain, span.first, min(span.last, span.first + _MOST + 1))
    stop = found.start() if found else -1
    if stop < 0 or stop > span.inner or stop + 1 >= span.last:
        return None
    form = stream.plain[span.first : stop]
    if not _reads_as_title(form):
        return None
    return Heading(stream.text[span.first : stop], stop + 1)


def _reads_as_title(form: str) -> bool:
    bare = _ASIDE.sub("", form)
    if not 2 <= len(form) <= _MOST or re.search("[;:!?]", form) or _SENTENCE_WORDS.search(bare):
        return False
    return form.count(",") <= (1 if len(form) <= 30 else 0)


def headings(stream: Stream, spans: list[Span]) -> list[Heading]:
    """The titles of all stretches of one kind."""
    run = [run_in(stream, span) for span in spans]
    own = [own_line(stream, span) for span in spans]
    inside = [bracketed(stream, span) for span in spans]
    asked = [at for at in range(len(spans)) if own[at] is None]
    short = sum(run[at] is not None for at in asked)
    believed = short >= 0.5 * len(asked) and short >= min(2, len(asked))
    framed = sum(item is not None for item in inside) >= max(1, 0.5 * len(spans))
    alone = sum(item is not None for item in own)
    if not believed and not framed and alone < 0.4 * len(spans):
        # A few lines that end early are lines, and no titles.
        own = [
            item if span.inner < span.last else None for item, span in zip(own, spans, strict=True)
        ]
    found: list[Heading] = []
    for at, span in enumerate(spans):
        heading = own[at]
        if framed and inside[at] is not None:
            heading = inside[at]
        elif heading is None and believed:
            heading = run[at]
        found.append(heading or Heading(None, span.first))
    return found
