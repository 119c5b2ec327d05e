"""What became of the section headings: renamed, renumbered, added, removed.

Sections are the same where their titles are, else where their articles are, else where their
titles are alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from wenye.policy.citing.bare_text import bare
from wenye.policy.reading.reading import Article, Reading, Section

_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class SectionChange:
    """A heading as it was and as it is; None where the section was added or removed."""

    old: str | None
    new: str | None
    what: tuple[str, ...]


class SectionPairs:
    """The sections of two versions, paired; those without number and title are none."""

    def __init__(
        self, old: Reading, new: Reading, articles: Iterable[tuple[Article, Article]]
    ) -> None:
        self._old = [section for section in old.sections if section.number or section.title]
        self._new = [section for section in new.sections if section.number or section.title]
        self._of_old = _of_articles(self._old)
        self._of_new = _of_articles(self._new)
        self._pairs: dict[int, int] = {}  # place in the old version → place in the new one
        self._by_title()
        self._by_articles(list(articles))
        self._by_likeness()

    def changes(self) -> tuple[SectionChange, ...]:
        """What changed, in the order of the new version; sections that are gone come last."""
        was = {mine: theirs for theirs, mine in self._pairs.items()}
        found = []
        for place, section in enumerate(self._new):
            if place not in was:
                found.append(SectionChange(None, heading(section), ("added",)))
                continue
            before = self._old[was[place]]
            told = {
                "renumbered": bare(before.number or "") != bare(section.number or ""),
                "renamed": bare(before.title or "") != bare(section.title or ""),
            }
            what = tuple(name for name, holds in told.items() if holds)
            if what:
                found.append(SectionChange(heading(before), heading(section), what))
        found += [
            SectionChange(heading(section), None, ("removed",))
            for place, section in enumerate(self._old)
            if place not in self._pairs
        ]
        return tuple(found)

    def moved(self, old: Article, new: Article) -> tuple[str, str] | None:
        """The headings between which an article moved; None where it stayed in its section."""
        before, after = self._of_old.get(id(old)), self._of_new.get(id(new))
        if before is None or after is None or self._pairs.get(before) == after:
            return None
        return heading(self._old[before]), heading(self._new[after])

    def _by_title(self) -> None:
        for place, section in enumerate(self._new):
            same = [
                mine
                for mine in self._free()
                if section.title and bare(self._old[mine].title or "") == bare(section.title)
            ]
            numbered = [mine for mine in same if self._old[mine].number == section.number]
            if same:
                self._pairs[(numbered or same)[0]] = place

    def _by_articles(self, articles: list[tuple[Article, Article]]) -> None:
        shared = Counter(
            (self._of_old[id(old)], self._of_new[id(new)])
            for old, new in articles
            if id(old) in self._of_old and id(new) in self._of_new
        )
        for (mine, place), _ in shared.most_common():
            if mine in self._free() and place not in self._pairs.values():
                self._pairs[mine] = place

    def _by_likeness(self) -> None:
        scores = [
            (_alike(self._old[mine], section), mine, place)
            for place, section in enumerate(self._new)
            for mine in self._free()
        ]
        for score, mine, place in sorted(scores, key=lambda item: -item[0]):
            taken = mine in self._pairs or place in self._pairs.values()
            if score >= _ALIKE and not taken:
                self._pairs[mine] = place

    def _free(self) -> list[int]:
        return [mine for mine in range(len(self._old)) if mine not in self._pairs]


def heading(section: Section) -> str:
    """A section's heading as printed: 一、就业, 第一章 总则."""
    number, title = section.number or "", section.title or ""
    if not (number and title):
        return number or title
    return f"{number} {title}" if number.startswith("第") else f"{number}、{title}"


def _alike(old: Section, new: Section) -> float:
    before, after = bare(old.title or ""), bare(new.title or "")
    if not (before and after):
        return 0.0
    return SequenceMatcher(None, before, after, autojunk=False).ratio()


def _of_articles(sections: list[Section]) -> dict[int, int]:
    return {
        id(article): place for place, section in enumerate(sections) for article in section.articles
    }
