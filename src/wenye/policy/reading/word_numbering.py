"""The numbers that Word sets before paragraphs by itself, written out.

The text of such a paragraph holds no number: its level in a list does, and lists are counted
through the document. Lists stand in ``numbering.xml``, and styles may put paragraphs into one.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field

from wenye.policy.reading.word_counts import written
from wenye.policy.reading.word_parts import W

VALUE = f"{W}val"
_LEVELS = 9
_PLACE = re.compile("%([1-9])")
_WHOLE = re.compile(r"-?\d{1,9}\Z", re.ASCII)
_LONGEST = 40  # characters of a number's pattern; the longest in use have about ten
_RUNNING_ON = re.compile("[0-9A-Za-z０-９\u3400-\u9fff〇]")  # ends of numbers that nothing closes


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    number_format: str = "decimal"
    pattern: str = ""
    suffix: str = "tab"
    legal: bool = False  # all its numbers in plain digits
    restarts_after: int | None = None  # the level (from 1) that restarts it; 0: none does
    style: str | None = None


@dataclass(slots=True)
class _Abstract:
    """A list's levels, and how far each has been counted."""

    levels: dict[int, _Level]
    style_link: str | None
    counts: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


@dataclass(slots=True)
class _List:
    abstract: str
    starts: dict[int, int]
    levels: dict[int, _Level]
    begun: bool = False


@dataclass(frozen=True, slots=True)
class _Style:
    based_on: str | None
    list_id: str | None
    level: int | None


class Numbering:
    """Counts a document's numbered paragraphs; ask for each once, in printed order."""

    def __init__(self, numbering: ET.Element | None, styles: ET.Element | None) -> None:
        self._abstracts: dict[str, _Abstract] = {}
        self._lists: dict[str, _List] = {}
        self._styles: dict[str, _Style] = {}
        self._usual_style: str | None = None
        for element in () if numbering is None else numbering:
            if element.tag == f"{W}abstractNum":
                self._abstracts[element.get(f"{W}abstractNumId", "")] = _abstract(element)
            elif element.tag == f"{W}num":
                self._lists[element.get(f"{W}numId", "")] = _list(element)
        for element in () if styles is None else styles.iter(f"{W}style"):
            self._add_style(element)

    def _add_style(self, element: ET.Element) -> None:
        if element.get(f"{W}type", "paragraph") not in ("paragraph", "numbering"):
            return
        name = element.get(f"{W}styleId", "")
        list_id, level = _membership(element.find(f"{W}pPr"))
        self._styles[name] = _Style(_value(element, "basedOn"), list_id, level)
        if element.get(f"{W}type") == "paragraph" and is_on(element.get(f"{W}default", "0")):
            self._usual_style = name

    def label(self, properties: ET.Element | None) -> str:
        """What Word prints before the paragraph with these properties; "" where it prints none."""
        place = self._place(properties)
        if place is None:
            return ""
        member, abstract, at = place
        self._count(member, abstract, at)
        level = self._level(member, abstract, at)
        if level.number_format == "bullet":
            return ""

        def number(found: re.Match[str]) -> str:
            which = int(found[1]) - 1
            shown = self._level(member, abstract, which)
            count = abstract.counts[which]
            plain = level.legal and shown.number_format != "none"
            return written(
                shown.start if count is None else count,
                "decimal" if plain else shown.number_format,
            )

        label = _PLACE.sub(number, level.pattern)
        return label + " " if label and level.suffix == "space" else label

    def _place(self, properties: ET.Element | None) -> tuple[_List, _Abstract, int] | None:
        """The list and level a paragraph belongs to, by itself or through its style."""
        list_id, at = _membership(properties)
        style = None if properties is None else _value(properties, "pStyle")
        chain = list(self._chain(style or self._usual_style))
        if list_id is None:
            for name in chain:
                if self._styles[name].list_id is not None:
                    list_id = self._styles[name].list_id
                    at = self._styles[name].level if at is None else at
                    break
        member = self._lists.get(list_id or "")
        abstract = self._resolved(member)
        if member is None or abstract is None:
            return None
        if at is None:
            linked = {level.style: number for number, level in abstract.levels.items()}
            at = next((linked[name] for name in chain if name in linked), 0)
        return member, abstract, min(max(at, 0), _LEVELS - 1)

    def _chain(self, style: str | None) -> Iterator[str]:
        seen: set[str] = set()
        while style is not None and style in self._styles and style not in seen:
            seen.add(style)
            yield style
            style = self._styles[style].based_on

    def _resolved(self, member: _List | None) -> _Abstract | None:
        """The list's levels; a list may take them from another through a numbering style."""
        for _ in range(_LEVELS):
            abstract = None if member is None else self._abstracts.get(member.abstract)
            if abstract is None or abstract.levels or abstract.style_link is None:
                return abstract
            style = self._styles.get(abstract.style_link)
            member = None if style is None else self._lists.get(style.list_id or "")
        return None

    def _level(self, member: _List, abstract: _Abstract, at: int) -> _Level:
        return member.levels.get(at) or abstract.levels.get(at) or _Level()

    def _count(self, member: _List, abstract: _Abstract, at: int) -> None:
        counts = abstract.counts
        if not member.begun:
            # Lists over the same levels are counted on, but for levels told to begin anew.
            member.begun = True
            for number in member.starts:
                counts[number] = None
        current = counts[at]
        if current is None:
            counts[at] = member.starts.get(at, self._level(member, abstract, at).start)
        else:
            counts[at] = current + 1
        for below in range(at + 1, _LEVELS):
            restarts = self._level(member, abstract, below).restarts_after
            if restarts is None or at < restarts:
                counts[below] = None


def joined(label: str, text: str) -> str:
    """The number and the text it stands before, with a blank where they would run together."""
    if not label or label.endswith(" ") or not text:
        return label + text
    last = label[-1]
    runs_together = _RUNNING_ON.match(last) or (last in ".．" and text[0].isdigit())
    return f"{label} {text}" if runs_together else label + text


def is_on(value: str | None) -> bool:
    """What a switch of Word's says; one without a value is on."""
    return value not in ("0", "false", "off", "none")


def _value(element: ET.Element, name: str) -> str | None:
    found = element.find(f"{W}{name}")
    return None if found is None else found.get(VALUE)


def _whole(text: str | None) -> int | None:
    return int(text) if text is not None and _WHOLE.match(text) else None


def _membership(properties: ET.Element | None) -> tuple[str | None, int | None]:
    found = None if properties is None else properties.find(f"{W}numPr")
    if found is None:
        return None, None
    return _value(found, "numId"), _whole(_value(found, "ilvl"))


def _abstract(element: ET.Element) -> _Abstract:
    return _Abstract(_levels(element), _value(element, "numStyleLink"))


def _list(element: ET.Element) -> _List:
    starts: dict[int, int] = {}
    levels: dict[int, _Level] = {}
    for override in element.findall(f"{W}lvlOverride"):
        at = _whole(override.get(f"{W}ilvl"))
        start = _whole(_value(override, "startOverride"))
        if at is not None and start is not None and 0 <= at < _LEVELS:
            starts[at] = start
        levels.update(_levels(override))
    return _List(_value(element, "abstractNumId") or "", starts, levels)


def _levels(element: ET.Element) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for level in element.findall(f"{W}lvl"):
        at = _whole(level.get(f"{W}ilvl"))
        if at is not None and 0 <= at < _LEVELS:
            found[at] = _one_level(level)
    return found


def _one_level(level: ET.Element) -> _Level:
    # A format that only newer versions know stands beside one that all do, which comes last.
    formats = [each.get(VALUE, "") for each in level.iter(f"{W}numFmt")]
    start = _whole(_value(level, "start"))
    legal = level.find(f"{W}isLgl")
    return _Level(
        start=0 if start is None else start,
        number_format=formats[-1] if formats else "decimal",
        pattern=(_value(level, "lvlText") or "")[:_LONGEST],
        suffix=_value(level, "suff") or "tab",
        legal=legal is not None and is_on(legal.get(VALUE)),
        restarts_after=_whole(_value(level, "lvlRestart")),
        style=_value(level, "pStyle"),
    )
