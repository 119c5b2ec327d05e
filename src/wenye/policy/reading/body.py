"""Numbered text as a tree: sections, their articles, and the items below these."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from wenye.policy.reading.characters import plain
from wenye.policy.reading.headings import Heading, Span, headings
from wenye.policy.reading.lines import Line
from wenye.policy.reading.marks import Level, Mark, marks
from wenye.policy.reading.names import SELF
from wenye.policy.reading.reading import Article, Item, Responsibility, Section
from wenye.policy.reading.responsibility import Leading, is_labelled, responsibility, together
from wenye.policy.reading.stream import Stream

_CLOSING = re.compile(
    rf"{SELF}(?:自|从|由|有效期|印发|施行|执行|试行|的?解释)|以上(?:意见|政策|措施|规定|通知)"
    r"|特此(?:通知|公告|通告|函)"
    r"|(?:请)?(?:各|市|区)[^。]{1,40}(?:认真贯彻|遵照执行|贯彻执行|抓好落实|认真执行)"
    r"|此前[^。]{0,30}规定|[^。]{0,20}(?:有新|另有)?规定的?,从其规定"
)


_TO_ALL = re.compile("各(?:级|区|县|市|镇|乡|街|地|部门|单位)|请各|未尽|此前|以上|附")


@dataclass(slots=True)
class Body:
    """What a part's lines hold."""

    opening: str = ""
    sections: list[Section] = field(default_factory=list)
    closing: str = ""
    doubts: list[str] = field(default_factory=list)
    #: Whether anything in it is numbered.
    numbered: bool = True


def body(lines: list[Line], leading: Leading) -> Body:
    """The tree of a part. ``leading`` carries 下同 from one article to the next."""
    stream = Stream.of(lines)
    found, jumps = marks(stream)
    made = Body()
    for before, after in jumps:
        a, b = (stream.text[mark.start : mark.end] for mark in (before, after))
        made.doubts.append(f"编号从 {a} 跳到 {b}，中间可能缺页 / numbering jumps from {a} to {b}")
    if not found:
        made.numbered = False
        if stream.text:
            whole = stream.paragraphs(0, len(stream.text))
            made.sections.append(Section(None, None, "", (_unnumbered(whole, (), leading),)))
        return made
    return _Tree(stream, found, leading, made).grow()


@dataclass(frozen=True, slots=True)
class _Plan:
    """A section: its number, what stands in it, and where its articles are."""

    mark: Mark | None
    last: int
    inside: list[Mark]
    heading: Heading
    level: Level | None
    heads: list[int]
    spans: list[Span]
    lead: str


class _Tree:
    def __init__(self, stream: Stream, found: list[Mark], leading: Leading, made: Body) -> None:
        self.stream, self.marks, self.leading, self.made = stream, found, leading, made
        self.levels = self._section_levels()
        self.end = len(stream.text)

    def _section_levels(self) -> set[Level]:
        """The kinds that number sections: 一、 below 第一条 numbers items."""
        levels = {Level.CHAPTER, Level.PART, Level.SECTION}
        articles = [at for at, mark in enumerate(self.marks) if mark.level == Level.ARTICLE]
        sections = [at for at, mark in enumerate(self.marks) if mark.level == Level.SECTION]
        if articles and sections and articles[0] < sections[0]:
            levels.discard(Level.SECTION)
        return levels

    def grow(self) -> Body:
        made, first = self.made, self.marks[0]
        made.opening = self.stream.paragraphs(0, first.start)
        self._cut_closing()
        plans = self._plans()
        # Whether first sentences are titles is decided for all articles of a kind together.
        titled: dict[int, Heading] = {}
        for level in Level:
            spans = [span for plan in plans if plan.level == level for span in plan.spans]
            titled |= {
                span.first: heading
                for span, heading in zip(spans, headings(self.stream, spans), strict=True)
            }
        for plan in plans:
            made.sections.append(self._section(plan, titled))
        return made

    def _plans(self) -> list[_Plan]:
        """The sections with the places of their articles."""
        marks = self.marks
        heads = [at for at, mark in enumerate(marks) if mark.level in self.levels]
        plans: list[_Plan] = []
        if not heads or heads[0] > 0:
            until = heads[0] if heads else len(marks)
            last = marks[until].start if heads else self.end
            begin = Heading(None, marks[0].start)
            plans.append(self._plan(None, last, marks[:until], begin))
        stretches = [*zip(heads, [*heads[1:], len(marks)], strict=True)] if heads else []
        spans = [self._span(marks, at, after, self.end) for at, after in stretches]
        for (at, after), span, heading in zip(
            stretches, spans, headings(self.stream, spans), strict=True
        ):
            plans.append(self._plan(marks[at], span.last, marks[at + 1 : after], heading))
        return plans

    @staticmethod
    def _span(marks: list[Mark], at: int, after: int, last: int) -> Span:
        """The stretch from behind a number to the number ``after``."""
        end = marks[after].start if after < len(marks) else last
        inner = marks[at + 1].start if at + 1 < after else end
        return Span(marks[at].end, end, inner)

    def _plan(self, mark: Mark | None, last: int, inside: list[Mark], heading: Heading) -> _Plan:
        level = self._article_level(inside)
        heads = [at for at, item in enumerate(inside) if item.level == level]
        edges = [*heads[1:], len(inside)] if heads else []
        spans = [
            self._span(inside, at, after, last) for at, after in zip(heads, edges, strict=True)
        ]
        lead = self.stream.paragraphs(heading.text_from, inside[0].start if inside else last)
        if mark is not None and self._is_list(lead, spans, level):
            level, heads, spans = None, [], []
        return _Plan(mark, last, inside, heading, level, heads, spans, lead)

    def _cut_closing(self) -> None:
        """Leave the document's last words out of its last article where they stand apart."""
        last = self.marks[-1]
        first = last.end
        for at in self.stream.breaks_within(last.end, self.end):
            before = self.stream.text[first:at]
            if _open([before]) <= 0:
                first = at
            if not re.search(r"[。;)]|\.(?!\d)", plain(before)):
                continue
            last_words = _CLOSING.match(self.stream.plain, at) and last.level != Level.ARTICLE
            # Behind the last bracket even a plain 各街镇要… is said of the whole document.
            said = _TO_ALL.match(self.stream.plain, at) and responsibility(before, Leading())
            if last_words or said:
                self.made.closing = self.stream.paragraphs(at, self.end)
                self.end = at
                return

    def _section(self, plan: _Plan, titled: dict[int, Heading]) -> Section:
        number = None if plan.mark is None else self._printed(plan.mark)
        start = plan.heading.text_from
        if not plan.spans:
            articles: tuple[Article, ...] = ()
            if start < plan.last:
                items = self._items(plan.inside, plan.last)
                whole = self.stream.paragraphs(start, plan.last)
                articles = (_unnumbered(whole, items, self.leading),)
            return Section(number, plan.heading.title, "", articles)
        edges = [*plan.heads[1:], len(plan.inside)]
        articles = tuple(
            self._article(plan.inside[at], span, plan.inside[at + 1 : after], titled[span.first])
            for at, after, span in zip(plan.heads, edges, plan.spans, strict=True)
        )
        return Section(number, plan.heading.title, plan.lead, articles)

    @staticmethod
    def _article_level(inside: list[Mark]) -> Level | None:
        if not inside:
            return None
        if any(mark.level == Level.ARTICLE for mark in inside):
            return Level.ARTICLE
        return inside[0].level

    def _is_list(self, lead: str, spans: list[Span], level: Level | None) -> bool:
        """Whether a section's numbers are the items of its own sentence (按下列标准计发：)."""
        if not spans or level == Level.ARTICLE or not lead.rstrip().endswith(("：", ":")):
            return False
        texts = [self.stream.plain[span.first : span.last] for span in spans]
        short = [len(text) <= 120 and "。" not in text[:-1] for text in texts[:-1] or texts]
        return sum(short) >= 0.6 * len(short)

    def _article(self, mark: Mark, span: Span, inside: list[Mark], heading: Heading) -> Article:
        items = self._items(inside, span.last)
        text = self.stream.paragraphs(heading.text_from, span.last)
        whose = _whose(text, items, self.leading)
        return Article(
            self.stream.text[mark.start : mark.end].rstrip(),
            mark.value,
            heading.title,
            text,
            items,
            whose,
        )

    def _items(self, inside: list[Mark], last: int) -> tuple[Item, ...]:
        """The items that the numbers head, each with those below it."""
        if not inside:
            return ()
        level = min(mark.level for mark in inside)
        if inside[0].level != level:
            level = inside[0].level
        heads = [at for at, mark in enumerate(inside) if mark.level <= level]
        made: list[Item] = []
        edges = [*heads[1:], len(inside)]
        for at, after in zip(heads, edges, strict=False):
            mark = inside[at]
            end = inside[after].start if after < len(inside) else last
            if after == len(inside):
                end = self._item_end(mark.end, inside[-1].end, end)
            below = self._items(inside[at + 1 : after], end)
            text = self.stream.paragraphs(mark.end, end)
            made.append(
                Item(
                    self.stream.text[mark.start : mark.end],
                    text,
                    below,
                    _whose(text, below, self.leading),
                )
            )
        if len(made) > 1 and not any(item.responsibility for item in made[:-1]):
            # One bracket behind a whole list speaks for what the list stands in.
            made[-1] = replace(made[-1], responsibility=None)
        return tuple(made)

    def _item_end(self, first: int, after: int, last: int) -> int:
        """The last item ends with its paragraph: what follows is the article's own."""
        for at in self.stream.breaks_within(after, last):
            if self.stream.plain[at - 1] in "。;.)]":
                return at
        return last

    def _printed(self, mark: Mark) -> str:
        text = self.stream.text[mark.start : mark.end]
        return text if mark.level != Level.SECTION else text[:-1]


def _unnumbered(text: str, items: tuple[Item, ...], leading: Leading) -> Article:
    return Article(None, None, None, text, items, _whose(text, items, leading))


#: What a bracket of bodies ends with.
_ANSWERS = re.compile(r"(?:负责|牵头|配合|参加|落实|参与)\)")
#: Paragraphs in which an article's bracket is looked for: lists may follow it, not pages.
_FROM_THE_END = 24


def _open(paragraphs: list[str]) -> int:
    """How many brackets are left open; below zero where one was opened before."""
    form = plain("".join(paragraphs))
    return form.count("(") + form.count("[") - form.count(")") - form.count("]")


def _whose(text: str, items: tuple[Item, ...], leading: Leading) -> Responsibility | None:
    """The bracket at the end, unless it is only that of the last of several items."""
    if items and text.endswith(items[-1].text) and any(item.responsibility for item in items[:-1]):
        return None
    if not any(item.responsibility for item in items) and len(_ANSWERS.findall(plain(text))) > 1:
        several = together(text, leading)
        if several is not None:
            return several
    inside = {line for item in items for line in item.text.split("\n")}
    paragraphs = text.split("\n")
    last = len(paragraphs)
    while last > max(0, len(paragraphs) - _FROM_THE_END):
        first = last - 1
        while first > 0 and is_labelled(paragraphs[first]) and is_labelled(paragraphs[first - 1]):
            first -= 1
        while 0 < first and first > last - 4 and _open(paragraphs[first:last]) < 0:
            first -= 1  # a page break within the bracket
        whole = "\n".join(paragraphs[first:last])
        if last == len(paragraphs) or not items or paragraphs[last - 1] not in inside:
            found = responsibility(whole, leading)
            if found is not None:
                return found
        last = first
    return None
