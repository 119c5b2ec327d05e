"""Numbered text as a tree: sections, their articles, and the items below these."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field, replace

from wenye.policy.reading.characters import plain
from wenye.policy.reading.headings import Heading, Span, headings
from wenye.policy.reading.lines import Line
from wenye.policy.reading.marks import Level, Mark, marks
from wenye.policy.reading.names import SELF
from wenye.policy.reading.reading import Article, Item, Responsibility, Section
from wenye.policy.reading.responsibility import Leading, is_labelled, responsibility
from wenye.policy.reading.stream import Stream

_CLOSING = re.compile(
    rf"{SELF}(?:自|从|由|有效期|印发|施行|执行|试行|的?解释)|以上(?:意见|政策|措施|规定|通知)"
    r"|特此(?:通知|公告|通告|函)"
    r"|(?:请)?(?:各|市|区)[^。]{1,40}(?:认真贯彻|遵照执行|贯彻执行|抓好落实|认真执行)"
    r"|此前[^。]{0,30}规定|[^。]{0,20}(?:有新|另有)?规定的?,从其规定"
)


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
        heads = [at for at, mark in enumerate(self.marks) if mark.level in self.levels]
        if not heads or heads[0] > 0:
            until = heads[0] if heads else len(self.marks)
            span_end = self.marks[until].start if heads else self.end
            self._section(
                None, first.start, span_end, self.marks[:until], Heading(None, first.start)
            )
        spans = []
        for at, after in zip(heads, [*heads[1:], len(self.marks)], strict=False):
            mark = self.marks[at]
            last = self.marks[after].start if after < len(self.marks) else self.end
            inner = self.marks[at + 1].start if at + 1 < after else last
            spans.append(Span(mark.end, last, inner))
        for at, after, span, heading in zip(
            heads, [*heads[1:], len(self.marks)], spans, headings(self.stream, spans), strict=False
        ):
            self._section(
                self.marks[at], span.first, span.last, self.marks[at + 1 : after], heading
            )
        self._number_on()
        return made

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
            said = responsibility(before, Leading()) is not None
            if said or (_CLOSING.match(self.stream.plain, at) and last.level != Level.ARTICLE):
                self.made.closing = self.stream.paragraphs(at, self.end)
                self.end = at
                return

    def _section(
        self, mark: Mark | None, first: int, last: int, inside: list[Mark], heading: Heading
    ) -> None:
        number = None if mark is None else self._printed(mark)
        title = heading.title
        start = heading.text_from if mark is not None else first
        level = self._article_level(inside)
        heads = [at for at, item in enumerate(inside) if item.level == level]
        lead_end = inside[0].start if inside else last
        lead = self.stream.paragraphs(start, lead_end)
        if not inside or (mark is not None and self._is_list(lead, inside, heads, last)):
            articles: tuple[Article, ...] = ()
            if start < last:
                items = self._items(inside, last)
                whole = self.stream.paragraphs(start, last)
                articles = (_unnumbered(whole, items, self.leading),)
            self.made.sections.append(Section(number, title, "", articles))
            return
        spans = []
        edges = [*heads[1:], len(inside)]
        for at, after in zip(heads, edges, strict=False):
            end = inside[after].start if after < len(inside) else last
            inner = inside[at + 1].start if at + 1 < after else end
            spans.append(Span(inside[at].end, end, inner))
        articles = tuple(
            self._article(inside[at], span, inside[at + 1 : after], found)
            for at, after, span, found in zip(
                heads, edges, spans, headings(self.stream, spans), strict=False
            )
        )
        self.made.sections.append(Section(number, title, lead, articles))

    @staticmethod
    def _article_level(inside: list[Mark]) -> Level | None:
        if not inside:
            return None
        if any(mark.level == Level.ARTICLE for mark in inside):
            return Level.ARTICLE
        return inside[0].level

    def _is_list(self, lead: str, inside: list[Mark], heads: list[int], last: int) -> bool:
        """Whether a section's numbers are the items of its own sentence (按下列标准计发：)."""
        if not lead.rstrip().endswith(("：", ":")) or inside[0].level == Level.ARTICLE:
            return False
        edges = [*heads[1:], len(inside)]
        texts = [
            self.stream.plain[inside[at].end : inside[after].start if after < len(inside) else last]
            for at, after in zip(heads, edges, strict=False)
        ]
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

    def _number_on(self) -> None:
        """Where numbers start anew in each section, an article's ordinal is its position."""
        sections = self.made.sections
        numbered = [
            article for section in sections for article in section.articles if article.number
        ]
        values = [article.ordinal for article in numbered]
        if all(a is not None and b is not None and a < b for a, b in itertools.pairwise(values)):
            return
        position = 0
        for at, section in enumerate(sections):
            articles = []
            for article in section.articles:
                position += article.number is not None
                articles.append(replace(article, ordinal=position) if article.number else article)
            sections[at] = replace(section, articles=tuple(articles))


def _unnumbered(text: str, items: tuple[Item, ...], leading: Leading) -> Article:
    return Article(None, None, None, text, items, _whose(text, items, leading))


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
