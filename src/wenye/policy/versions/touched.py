"""Which of a district's rules a new version of a document touches, and how."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wenye.policy.citing.bare_text import bare
from wenye.policy.citing.citations import Cited, Finding, every_citation, look
from wenye.policy.citing.places import Places
from wenye.policy.versions.comparison import ArticleChange, Comparison

if TYPE_CHECKING:
    from wenye.policy.district import District
    from wenye.policy.documents import Document


class Touch(StrEnum):
    """What a new version does to a citation; ``force``: the days of its document changed."""

    GONE = "gone"
    MOVED = "moved"
    CHANGED_AROUND = "changed_around"
    NEVER_STOOD = "never_stood"
    FORCE = "force"


@dataclass(frozen=True, slots=True)
class Touched:
    """A citation that the new version touches.

    ``now`` is the place where the phrase stands, ``nearest`` what the new version says instead.
    ``change`` is what happened to the article that held it.
    """

    cited: Cited
    touch: Touch
    now: str = ""
    nearest: str = ""
    change: ArticleChange | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "by": self.cited.by.value,
            "id": self.cited.id,
            "article": self.cited.article,
            "phrase": self.cited.phrase,
            "where": self.cited.where,
            "touch": self.touch.value,
            "now": self.now or None,
            "nearest": self.nearest or None,
            "article_change": [] if self.change is None else list(self.change.what),
        }


def document_of(district: District, comparison: Comparison, old: Path) -> Document | None:
    """Which document of the district is compared: by the file's stem, its number, its title."""
    documents = district.documents
    if old.stem in documents:
        return documents[old.stem]
    for reading in (comparison.old, comparison.new):
        for key in ("document_number", "title"):
            wanted = bare(getattr(reading, key) or "")
            own = {"document_number": "number", "title": "title"}[key]
            found = [item for item in documents.values() if bare(getattr(item, own)) == wanted]
            if wanted and len(found) == 1:
                return found[0]
    return None


def touched(district: District, document: Document, comparison: Comparison) -> list[Touched]:
    """Every citation of the document whose phrase moved or went, or whose article changed.

    Where the first or the last day in force changed, every citation is touched by that too.
    """
    before, after = Places(comparison.old), Places(comparison.new)
    every = every_citation(district, without_phrase=True)
    citations = [item for item in every if item.document.id == document.id]
    found = [each for item in citations for each in _touched(item, before, after, comparison)]
    if comparison.force:
        found += [Touched(item, Touch.FORCE) for item in citations]
    return found


def _touched(
    cited: Cited, before: Places, after: Places, comparison: Comparison
) -> Iterator[Touched]:
    change = _change(cited, before, comparison)
    if not cited.phrase:
        if change is not None and change.new is None:
            yield Touched(cited, Touch.GONE, change=change)
        elif change is not None:
            touch = Touch.MOVED if change.renumbered else Touch.CHANGED_AROUND
            yield Touched(cited, touch, now=change.new or "", change=change)
        return
    was = look(cited, before)
    now = look(cited, after, stood_in=_narrowest(cited, before))
    if was.finding is Finding.MISSING and now.finding is Finding.MISSING:
        yield Touched(cited, Touch.NEVER_STOOD, nearest=now.nearest, change=change)
    elif now.finding is Finding.MISSING:
        yield Touched(cited, Touch.GONE, nearest=now.nearest, change=change)
    elif now.finding is Finding.ELSEWHERE:
        yield Touched(cited, Touch.MOVED, now=now.stands_in, change=change)
    elif change is not None:
        yield Touched(cited, Touch.CHANGED_AROUND, now=now.stands_in, change=change)


def _narrowest(cited: Cited, before: Places) -> str:
    """The label of the article or item that held the phrase; of several, one that is cited."""
    phrase = bare(cited.phrase)
    named = before.named(cited.article, cited.document.article_form) if cited.article else ()
    articles = {id(article) for place in named for article in place.articles}
    held = [
        (all(id(article) in articles for article in place.articles), place.depth, place.label)
        for place in before.all
        if place.depth and phrase in place.bared.bare
    ]
    return max(held, key=lambda item: item[:2])[2] if held else ""


def _change(cited: Cited, before: Places, comparison: Comparison) -> ArticleChange | None:
    """What happened to the article of the old version that holds the phrase."""
    phrase = bare(cited.phrase)
    named = (
        before.named(cited.article, cited.document.article_form) if cited.article else before.all
    )
    held = [place for place in named if phrase in place.bared.bare] or list(named)
    articles = [item for place in held for item in place.articles]
    for change in comparison.articles:
        unit = change.old_unit
        if unit is None or unit.article is None or not cited.article:
            continue
        if any(unit.article is item for item in articles) and (
            len(articles) == 1 or phrase in unit.bare
        ):
            return change
    return None
