"""Which article of an earlier version is which of a later one, told by what they say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from wenye.policy.citing.bare_text import bare
from wenye.policy.citing.places import Places
from wenye.policy.reading.reading import Article, Reading

#: How alike two articles must be to be one (share of common pairs of characters, plus what equal
#: titles and numbers add).
_ALIKE = 0.5
_SAME_TITLE, _SAME_NUMBER = 0.25, 0.1
#: A pair of characters that stands in more articles than this tells none of them apart.
_COMMON = 200


@dataclass(frozen=True, eq=False, slots=True)
class Unit:
    """A stretch of a document that is compared as one: an article, or text outside articles."""

    label: str
    title: str | None
    text: str
    bare: str
    article: Article | None

    @property
    def heading(self) -> str:
        """Its title, or how it begins."""
        if self.title:
            return self.title
        start = "".join(self.text.split())
        return start[:18] + ("…" if len(start) > 18 else "")


def units(reading: Reading) -> list[Unit]:
    """The document in stretches, in printed order; those without words are left out."""
    places = Places(reading)
    labels = {id(place.articles[0]): place.label for place in places.all if place.depth == 1}
    texts: dict[tuple[str, object], list[str]] = {}
    of: dict[tuple[str, object], tuple[str, Article | None]] = {}
    before_sections = True
    for sentence in reading.sentences():
        key: tuple[str, object]
        if sentence.article is not None:
            label, key = labels.get(id(sentence.article), ""), ("article", id(sentence.article))
        elif sentence.section is not None:
            label, key = f"{sentence.section}、引言", ("section", sentence.section)
        else:
            label = "开头" if before_sections else "结尾"
            key = (label, None)
        before_sections = before_sections and sentence.article is None and sentence.section is None
        texts.setdefault(key, []).append(sentence.text)
        of[key] = (label, sentence.article)
    found = []
    for key, sentences in texts.items():
        label, article = of[key]
        text = "".join(sentences)
        title = None if article is None else article.title
        found.append(Unit(label, title, text, bare(text), article))
    return found


def paired(old: list[Unit], new: list[Unit]) -> Iterator[tuple[Unit | None, Unit | None]]:
    """Pairs in the order of the new version, those that are gone behind what they followed."""
    partners = _partners(old, new)
    gone: dict[int, list[Unit]] = defaultdict(list)
    before_all: list[Unit] = []
    last: int | None = None
    taken = {mine: theirs for theirs, mine in partners.items()}
    for place, unit in enumerate(old):
        if place in taken:
            last = taken[place]
        elif last is None:
            before_all.append(unit)
        else:
            gone[last].append(unit)
    yield from ((unit, None) for unit in before_all)
    for place, unit in enumerate(new):
        mine = partners.get(place)
        yield (None if mine is None else old[mine]), unit
        yield from ((away, None) for away in gone[place])


def _partners(old: list[Unit], new: list[Unit]) -> dict[int, int]:
    """Place in the new version → place in the old one."""
    partners: dict[int, int] = {}
    free = set(range(len(old)))
    same: dict[tuple[str | None, str], list[int]] = defaultdict(list)
    for place, unit in enumerate(old):
        same[unit.title, unit.bare].append(place)
    for place, unit in enumerate(new):
        equal = [mine for mine in same[unit.title, unit.bare] if mine in free]
        if equal:
            number = [mine for mine in equal if old[mine].label == unit.label]
            partners[place] = (number or equal)[0]
            free.discard(partners[place])
    scores = sorted(
        _scores(old, new, free, [place for place in range(len(new)) if place not in partners]),
        key=lambda item: (-item[0], item[2], item[1]),
    )
    for score, mine, place in scores:
        if score >= _ALIKE and mine in free and place not in partners:
            partners[place] = mine
            free.discard(mine)
    return partners


def _pairs(unit: Unit) -> Counter[str]:
    text = unit.bare
    return Counter(text[place : place + 2] for place in range(max(1, len(text) - 1)))


def _scores(
    old: list[Unit], new: list[Unit], free: set[int], open_places: list[int]
) -> Iterator[tuple[float, int, int]]:
    """How alike, old place, new place, for those that have anything in common."""
    holding: dict[str, list[tuple[int, int]]] = defaultdict(list)
    sizes: dict[int, int] = {}
    for mine in sorted(free):
        counted = _pairs(old[mine])
        sizes[mine] = counted.total()
        for pair, times in counted.items():
            holding[pair].append((mine, times))
    for place in open_places:
        counted = _pairs(new[place])
        common: Counter[int] = Counter()
        for pair, times in counted.items():
            if len(holding[pair]) <= _COMMON:
                for mine, theirs in holding[pair]:
                    common[mine] += min(times, theirs)
        for mine, shared in common.items():
            score = 2 * shared / (sizes[mine] + counted.total())
            unit, other = old[mine], new[place]
            # Text around the articles is only ever the text around the articles.
            if (unit.article is None) is not (other.article is None):
                continue
            score += _SAME_TITLE * bool(unit.title and unit.title == other.title)
            score += _SAME_NUMBER * (unit.label == other.label)
            yield score, mine, place
