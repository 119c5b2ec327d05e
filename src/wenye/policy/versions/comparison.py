"""What changed between two versions of a document: articles, wording, bodies, numbers, days.

Articles are matched by what they say, not only by their number, so that an article that moved is
told as moved. Responsibility brackets are compared as bodies, their order, and how they end;
sections by their headings. What stands behind the signature is compared as one text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from wenye.policy.citing.bare_text import Bared, bare
from wenye.policy.reading.quantities import quantities
from wenye.policy.reading.reading import Quantity, Reading
from wenye.policy.versions.article_pairs import Unit, paired, units
from wenye.policy.versions.bodies import Bodies, bodies
from wenye.policy.versions.change import Change
from wenye.policy.versions.section_pairs import SectionChange, SectionPairs

#: Changes that lie closer together than this are shown as one.
_APART = 4
#: Above so many characters, wording is compared sentence by sentence.
_LONG = 4000
_AROUND = 6


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """An article in both versions, one of them, or neither's number; ``wording`` is word by word.

    ``old`` and ``new`` are the places as printed; None where the article was added or removed.
    """

    old: str | None
    new: str | None
    title: str
    title_change: Change | None = None
    wording: tuple[Change, ...] = ()
    bodies: Bodies = field(default_factory=Bodies)
    quantities: tuple[Change, ...] = ()
    #: From the heading of one section to that of another, where it moved between them.
    section: Change | None = None
    #: The articles themselves, for who asks which rules rest on them.
    old_unit: Unit | None = None
    new_unit: Unit | None = None

    @property
    def renumbered(self) -> bool:
        """Whether it stands under another number or in another section."""
        return self.old is not None and self.new is not None and self.old != self.new

    @property
    def reworded(self) -> bool:
        """Whether its title or its words changed."""
        return bool(self.wording or self.title_change)

    @property
    def what(self) -> tuple[str, ...]:
        """added, removed, or all of these that apply: moved (to another section), renumbered,
        reworded, departments (who answers), department_order, department_wording, quantities."""
        if self.old is None:
            return ("added",)
        if self.new is None:
            return ("removed",)
        told = {
            "moved": self.section is not None,
            "renumbered": self.renumbered,
            "reworded": self.reworded,
            "departments": self.bodies.others,
            "department_order": self.bodies.order is not None,
            "department_wording": self.bodies.wording is not None,
            "quantities": bool(self.quantities),
        }
        return tuple(name for name, holds in told.items() if holds)


@dataclass(frozen=True, slots=True)
class AnnexChange:
    """The text behind the signature, where it changed; ``what`` is added, removed, or reworded."""

    what: str
    wording: tuple[Change, ...]
    quantities: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of a document. ``facts`` are changes of the document as a whole, by name."""

    old: Reading
    new: Reading
    facts: dict[str, Change]
    sections: tuple[SectionChange, ...]
    articles: tuple[ArticleChange, ...]
    unchanged: int
    references_added: tuple[str, ...]
    references_removed: tuple[str, ...]
    annex: AnnexChange | None = None

    @property
    def same(self) -> bool:
        """Whether nothing changed."""
        references = self.references_added or self.references_removed
        return not (self.facts or self.sections or self.articles or references or self.annex)

    @property
    def force(self) -> dict[str, Change]:
        """Changes of the first and the last day in force: they touch all that rests on the text."""
        days = ("effective_from", "effective_to")
        return {name: self.facts[name] for name in days if name in self.facts}


def compare(old: Reading, new: Reading) -> Comparison:
    """What changed from ``old`` to ``new``, in the order of the new version."""
    changes = []
    unchanged = 0
    pairs = list(paired(units(old), units(new)))
    sections = SectionPairs(
        old,
        new,
        [
            (before.article, after.article)
            for before, after in pairs
            if before is not None and before.article is not None
            if after is not None and after.article is not None
        ],
    )
    for before, after in pairs:
        change = _moved(_change(before, after, old, new), sections)
        if change.what:
            changes.append(change)
        else:
            unchanged += 1
    before_references, after_references = _references(old), _references(new)
    return Comparison(
        old=old,
        new=new,
        facts=dict(_facts(old, new)),
        sections=sections.changes(),
        articles=tuple(changes),
        unchanged=unchanged,
        references_added=tuple(x for x in after_references if x not in before_references),
        references_removed=tuple(x for x in before_references if x not in after_references),
        annex=_annex(old.annex, new.annex),
    )


def _annex(old: str, new: str) -> AnnexChange | None:
    if bare(old) == bare(new):
        return None
    numbers = tuple(_quantities(list(_all_quantities(old)), list(_all_quantities(new))))
    if bare(old) and bare(new):
        return AnnexChange("reworded", tuple(wording(old, new)), numbers)
    return AnnexChange("added" if bare(new) else "removed", (), numbers)


def _all_quantities(text: str) -> Iterator[Quantity]:
    for paragraph in text.split("\n"):
        yield from quantities("".join(paragraph.split()), None)


def _facts(old: Reading, new: Reading) -> Iterator[tuple[str, Change]]:
    for name in (
        "title",
        "document_number",
        "issuers",
        "addressees",
        "signed_on",
        "effective_from",
        "effective_to",
    ):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield name, Change(before, after)


def _references(reading: Reading) -> list[str]:
    return [
        (f"《{item.title}》" if item.title else "") + (f"（{item.number}）" if item.number else "")
        for item in reading.references
    ]


def _moved(change: ArticleChange, sections: SectionPairs) -> ArticleChange:
    old, new = change.old_unit, change.new_unit
    if old is None or new is None or old.article is None or new.article is None:
        return change
    moved = sections.moved(old.article, new.article)
    return change if moved is None else replace(change, section=Change(*moved))


def _change(before: Unit | None, after: Unit | None, old: Reading, new: Reading) -> ArticleChange:
    if before is None or after is None:
        only = before or after
        assert only is not None
        return ArticleChange(
            old=None if before is None else before.label,
            new=None if after is None else after.label,
            title=only.heading,
            old_unit=before,
            new_unit=after,
        )
    titles = (before.title, after.title)
    return ArticleChange(
        old=before.label,
        new=after.label,
        title=after.heading,
        title_change=None if titles[0] == titles[1] else Change(*titles),
        wording=tuple(wording(before.text, after.text)),
        bodies=bodies(before.article, after.article),
        quantities=tuple(_quantities(_of(old, before), _of(new, after))),
        old_unit=before,
        new_unit=after,
    )


def wording(old: str, new: str) -> Iterator[Change]:
    """Where two texts differ, each stretch with a little of what stands around it.

    Line breaks, widths and kinds of brackets make no difference.
    """
    before, after = Bared(old), Bared(new)
    if before.bare == after.bare:
        return
    for a, b, c, d in _differing(before.bare, after.bare):
        yield Change(_shown(before, a, b), _shown(after, c, d))


def _differing(old: str, new: str) -> list[tuple[int, int, int, int]]:
    """Differing stretches of both texts, near ones joined."""
    if max(len(old), len(new)) > _LONG:
        return _by_sentence(old, new)
    joined: list[tuple[int, int, int, int]] = []
    for tag, *edges in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        a, b = _whole_number(old, edges[0], edges[1])
        c, d = _whole_number(new, edges[2], edges[3])
        if joined and a - joined[-1][1] < _APART:
            joined[-1] = (joined[-1][0], b, joined[-1][2], d)
        else:
            joined.append((a, b, c, d))
    return joined


def _whole_number(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch that touches a number takes in the whole of it: 15 became 10, not 5 became 0."""
    if not any(character.isdigit() for character in text[max(0, start - 1) : end + 1]):
        return start, end
    while start > 0 and (text[start - 1].isdigit() or text[start - 1] == "."):
        start -= 1
    while end < len(text) and (text[end].isdigit() or text[end] in ".%"):
        end += 1
    return start, end


def _by_sentence(old: str, new: str) -> list[tuple[int, int, int, int]]:
    before, after = _sentences(old), _sentences(new)
    matcher = SequenceMatcher(
        None, [old[a:b] for a, b in before], [new[a:b] for a, b in after], autojunk=False
    )
    found = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            starts = (_start(before, a, old), _start(after, c, new))
            found.append((starts[0], _start(before, b, old), starts[1], _start(after, d, new)))
    return found


def _sentences(text: str) -> list[tuple[int, int]]:
    spans = []
    start = 0
    for place, character in enumerate(text):
        if character in "。;":
            spans.append((start, place + 1))
            start = place + 1
    if start < len(text):
        spans.append((start, len(text)))
    return spans


def _start(spans: list[tuple[int, int]], place: int, text: str) -> int:
    return spans[place][0] if place < len(spans) else len(text)


def _shown(text: Bared, start: int, end: int) -> str | None:
    """A stretch with a little around it; None where nothing stands on this side."""
    if start == end:
        return None
    first, last = max(0, start - _AROUND), min(len(text.bare), end + _AROUND)
    return (
        ("…" if first else "")
        + text.printed(first, start)
        + f"【{text.printed(start, end)}】"
        + text.printed(end, last)
        + ("…" if last < len(text.bare) else "")
    )


def _of(reading: Reading, unit: Unit) -> list[Quantity]:
    """The quantities of a stretch; those of no numbered article are told by their words."""
    ordinal = None if unit.article is None else unit.article.ordinal
    mine = [item for item in reading.quantities if item.article == ordinal]
    return mine if ordinal is not None else [item for item in mine if bare(item.text) in unit.bare]


def _quantities(old: list[Quantity], new: list[Quantity]) -> Iterator[Change]:
    """Quantities that changed, in order: 15% became 10%; None where one came or went."""
    before = [(item.value, item.unit) for item in old]
    after = [(item.value, item.unit) for item in new]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            continue
        gone, come = old[a:b], new[c:d]
        for item in list(gone):
            partner = next((other for other in come if other.unit == item.unit), None)
            if partner is not None:
                gone.remove(item)
                come.remove(partner)
                yield Change(item.text, partner.text)
        yield from (Change(item.text, None) for item in gone)
        yield from (Change(None, item.text) for item in come)
