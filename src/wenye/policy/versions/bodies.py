"""How who answers for an article changed: bodies, their order, lead, helpers, and the words.

Every difference of a responsibility bracket is one of these, down to a word that the reader makes
nothing of: a deadline in a bracket, for one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wenye.policy.citing.bare_text import bare
from wenye.policy.reading.reading import Article, Item, Responsibility
from wenye.policy.reading.responsibility import Leading, bracket_at_end, responsibility
from wenye.policy.versions.change import Change, change


@dataclass(frozen=True, slots=True)
class Bodies:
    """Who answers for an article: added, removed, and what else changed (None: it did not).

    ``order`` is the order of the bodies that both versions name; ``wording`` what the brackets say
    besides the names, or the whole of them where nothing that is told apart explains the change.
    """

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    lead: Change | None = None
    cooperating: Change | None = None
    order: Change | None = None
    wording: Change | None = None

    @property
    def others(self) -> bool:
        """Whether somebody came, went, or took another part."""
        return bool(self.added or self.removed or self.lead or self.cooperating)

    def __bool__(self) -> bool:
        return bool(self.others or self.order or self.wording)


def bodies(old: Article | None, new: Article | None) -> Bodies:
    """What changed from one article's brackets to the other's."""
    before, after = list(_brackets(old)), list(_brackets(new))
    was, now = _names(before), _names(after)
    found = Bodies(
        added=tuple(name for name in now if name not in was),
        removed=tuple(name for name in was if name not in now),
        lead=change(_part(before, "lead"), _part(after, "lead")),
        cooperating=change(_part(before, "cooperating"), _part(after, "cooperating")),
        order=change([name for name in was if name in now], [name for name in now if name in was]),
        wording=_wording(before, after),
    )
    if not found:
        printed, prints = _printed(old), _printed(new)
        if [bare(text) for text in printed] != [bare(text) for text in prints]:
            return Bodies(wording=Change("；".join(printed) or None, "；".join(prints) or None))
    return found


def _wording(old: list[Responsibility], new: list[Responsibility]) -> Change | None:
    was, now = [one.wording for one in old], [one.wording for one in new]
    if [bare(text) for text in was] == [bare(text) for text in now]:
        return None
    return Change("；".join(was) or None, "；".join(now) or None)


def _names(brackets: list[Responsibility]) -> list[str]:
    return list(dict.fromkeys(name for one in brackets for name in one.departments))


def _part(brackets: list[Responsibility], part: str) -> list[str]:
    return list(dict.fromkeys(name for one in brackets for name in getattr(one, part)))


def _brackets(article: Article | None) -> Iterator[Responsibility]:
    def below(items: tuple[Item, ...]) -> Iterator[Responsibility]:
        for item in items:
            if item.responsibility is not None:
                yield item.responsibility
            yield from below(item.items)

    if article is not None:
        yield from below(article.items)
        if article.responsibility is not None:
            yield article.responsibility


def _printed(article: Article | None) -> list[str]:
    """The brackets that are no part of the article's sentences, as printed."""
    found = []
    for paragraph in ("" if article is None else article.text).split("\n"):
        place = bracket_at_end(paragraph)
        if place is not None and responsibility(paragraph, Leading()) is not None:
            found.append(paragraph[place[0] + 1 : place[1] - 1])
    return found
