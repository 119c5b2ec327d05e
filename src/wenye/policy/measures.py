"""The measure register: what a document asks for, piece by piece, and what carries each piece.

``measures.yaml`` in a district's folder holds the register of one or more documents::

    kinds:
      subsidy: {label: 补贴, label_en: subsidy}
    registers:
      - document: trial-1
        articles:
          三:
            title: 月补
            departments: [区人力资源社会保障局]
            wording: 牵头负责
            lead: 区人力资源社会保障局
            measures:
              - id: T1-03.1
                label: 每月发放补贴
                label_en: a monthly support
                kind: subsidy
                phrases: [每月给予补贴]
                gaps: {申请期限: until when to apply}
                progress: carried
                carried_by: {scheme: [support]}

Departments stand once per article and exactly as printed. ``lead`` is one that the document itself
names; a lead that the district assigns is its own decision, and says so (``assigned_lead`` with
``decision``). A measure is *carried* where what exists today carries its whole content, *not
computable* by the criterion that the file states at its head, and otherwise *not yet*: its reason
says what is to carry it, and its links name what carries a part of it already. A duty without a
clock says the document's words again: it may be linked, and carries nothing by itself, so that a
measure with no other link is neither carried nor partly carried.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from wenye.policy.documents import Document, chinese_number, cite
from wenye.policy.exact_yaml import Block, read_yaml
from wenye.policy.measure_register import (
    CARRIER_KINDS,
    PROGRESS_WORDS,
    STANDING_WORDS,
    ArticleEntry,
    Carrier,
    Measure,
    MeasureRegister,
    Progress,
    Unresolved,
    check_links,
    unresolved,
)
from wenye.rules.errors import did_you_mean

if TYPE_CHECKING:
    from wenye.policy.duties import Duty
    from wenye.policy.organisation import Organisation

__all__ = [
    "CARRIER_KINDS",
    "PROGRESS_WORDS",
    "STANDING_WORDS",
    "ArticleEntry",
    "Carrier",
    "Measure",
    "MeasureRegister",
    "Progress",
    "Unresolved",
    "check_links",
    "read_measures",
    "unresolved",
]


def read_measures(
    path: Path,
    documents: dict[str, Document],
    organisation: Organisation | None = None,
    duties: Mapping[str, Duty] | None = None,
) -> tuple[MeasureRegister, ...]:
    """The registers of a file; with ``organisation``, a department that it lacks is refused.

    ``duties`` tell which linked duties have a clock; without them every duty is taken to have one.
    Links are not followed here: ``unresolved`` does, with the district at hand.
    """
    file = read_yaml(path)
    file.only("kinds", "registers")
    names = None
    if organisation is not None:
        names = frozenset(department.name for department in organisation.departments)
    clockless = frozenset(name for name, duty in (duties or {}).items() if not duty.has_clock)
    reader = _Reader(documents, names, _kinds(file), clockless)
    registers = tuple(reader.register(block) for block in file.blocks("registers"))
    if not registers:
        raise file.refuse("no registers", None, "registers:  - {document: …, articles: …}")
    return registers


def _kinds(file: Block) -> dict[str, tuple[str, str]]:
    kinds: dict[str, tuple[str, str]] = {}
    block = file.block("kinds")
    for name in block:
        entry = block.block(name)
        entry.only("label", "label_en")
        kinds[str(name)] = (entry.text("label"), entry.text("label_en"))
    return kinds


class _Reader:
    """Reads the registers of one file; an id may stand once in all of them."""

    def __init__(
        self,
        documents: dict[str, Document],
        departments: frozenset[str] | None,
        kinds: dict[str, tuple[str, str]],
        clockless: frozenset[str],
    ) -> None:
        self._documents = documents
        self._departments = departments
        self._kinds = kinds
        self._clockless = clockless
        self._taken: dict[str, str] = {}

    def register(self, block: Block) -> MeasureRegister:
        block.only("document", "articles")
        document_id = block.text("document")
        articles: dict[str, ArticleEntry] = {}
        measures: dict[str, Measure] = {}
        stems: set[str] = set()
        entries = block.block("articles")
        for key in entries:
            where = entries.where(key)
            number = cite(self._documents, document_id, _article(key, entries), where=where).article
            if number in articles:
                raise entries.refuse(f"article {number} stands twice", key, "keep one of the two")
            entry = entries.block(key)
            articles[number] = self._article(number, entry)
            items = entry.blocks("measures")
            for place, item in enumerate(items, start=1):
                measure = self._measure(number, item)
                stems.add(_numbered(measure.id, number, place, item))
                if len(stems) > 1:
                    raise item.refuse(f"{measure.id} begins unlike the others", "id")
                measures[measure.id] = measure
        if not measures:
            raise block.refuse(f"no measures of {document_id}", "articles")
        return MeasureRegister(self._documents[document_id], articles, measures)

    def _article(self, number: str, block: Block) -> ArticleEntry:
        block.only(
            "title",
            "departments",
            "wording",
            "lead",
            "sole",
            "assigned_lead",
            "decision",
            "measures",
        )
        departments = block.texts("departments")
        assigned = block.text("assigned_lead", "") or None
        entry = ArticleEntry(
            number=number,
            title=block.text("title", ""),
            departments=departments,
            wording=block.text("wording", ""),
            lead=block.text("lead", "") or None,
            sole=block.flag("sole"),
            assigned_lead=assigned,
            decision=block.text("decision", ""),
            where=block.where(),
        )
        for name in departments:
            if departments.count(name) > 1:
                raise block.refuse(f"department {name} stands twice", "departments")
        if entry.lead is not None and entry.lead not in departments:
            raise block.refuse(
                f"lead {entry.lead} is not among the departments", "lead", "as the bracket prints"
            )
        if entry.sole and len(departments) != 1:
            raise block.refuse(f"sole, but {len(departments)} departments", "sole", "delete it")
        if (entry.assigned_lead is None) is not (not entry.decision):
            raise block.refuse(
                "a lead that the district assigns rests on a decision of its own",
                "assigned_lead" if assigned else "decision",
                "assigned_lead: who leads, and  decision: who decided it, when",
            )
        if assigned is not None and entry.lead is not None:
            raise block.refuse(
                f"the document itself names {entry.lead} as lead", "assigned_lead", "delete it"
            )
        named = [("departments", name) for name in departments]
        if assigned is not None:
            named.append(("assigned_lead", assigned))
        for key, name in named:
            if self._departments is not None and name not in self._departments:
                mend = did_you_mean(name, self._departments) or "add it to organisation.yaml"
                raise block.refuse(f"no department {name} in organisation.yaml", key, mend)
        return entry

    def _measure(self, article: str, block: Block) -> Measure:
        block.only(
            "id",
            "label",
            "label_en",
            "kind",
            "phrases",
            "references",
            "gaps",
            "progress",
            "carried_by",
            "reason",
            "reason_en",
        )
        name = block.text("id")
        if name in self._taken:
            raise block.refuse(f"{name} stands twice (first at {self._taken[name]})", "id")
        self._taken[name] = block.where()
        kind = block.text("kind")
        if kind not in self._kinds:
            raise block.refuse(f"no kind {kind}", "kind", did_you_mean(kind, self._kinds))
        phrases = block.texts("phrases")
        if not phrases:
            raise block.refuse(f"{name} has no phrases", "phrases", "its operative words, short")
        gaps = block.block("gaps", Block(block.file, block.line))
        measure = Measure(
            id=name,
            article=article,
            label=block.text("label"),
            label_en=block.text("label_en"),
            kind=kind,
            kind_words=self._kinds[kind][0],
            kind_words_en=self._kinds[kind][1],
            phrases=phrases,
            references=block.texts("references"),
            gaps=tuple(str(gap) for gap in gaps),
            gaps_en=tuple(gaps.text(gap) for gap in gaps),
            progress=_progress(block),
            carried_by=_carriers(block, self._clockless),
            reason=block.text("reason", ""),
            reason_en=block.text("reason_en", ""),
            where=block.where(),
        )
        _sound(measure, block)
        return measure


def _article(key: object, block: Block) -> int | str:
    if isinstance(key, int | str) and not isinstance(key, bool):
        return key
    raise block.refuse(f"{key} is no article", key, "write the article as 七 or 7")


def _numbered(name: str, article: str, place: int, block: Block) -> str:
    """The id's stem; ids end with the article in two digits or more, a point, the place in it."""
    parts = re.fullmatch(r"(.+)-([0-9]{2,})\.([0-9]+)", name)
    ordinal = next((n for n in range(1, 100) if chinese_number(n) == article), None)
    wanted = f"-{'NN' if ordinal is None else f'{ordinal:02d}'}.{place}"
    if (
        parts is None
        or (ordinal is not None and int(parts[2]) != ordinal)
        or int(parts[3]) != place
    ):
        raise block.refuse(f"{name} is not numbered as measure {place} of {article}", "id", wanted)
    return parts[1]


def _progress(block: Block) -> Progress:
    name = block.text("progress")
    if name not in list(Progress):
        raise block.refuse(f"progress {name}", "progress", did_you_mean(name, list(Progress)))
    return Progress(name)


def _carriers(block: Block, clockless: frozenset[str]) -> tuple[Carrier, ...]:
    links = block.block("carried_by", Block(block.file, block.line))
    found: list[Carrier] = []
    for kind in links:
        if kind not in CARRIER_KINDS:
            raise links.refuse(f"nothing is a {kind}", kind, did_you_mean(str(kind), CARRIER_KINDS))
        found += [
            Carrier(
                kind,
                name,
                clockless=kind == "duty" and name in clockless,
                where=links.where_item(kind, place),
            )
            for place, name in enumerate(links.texts(kind))
        ]
    for carrier in found:
        if found.count(carrier) > 1:
            raise links.refuse(f"{carrier} stands twice", carrier.kind)
    return tuple(found)


def _sound(measure: Measure, block: Block) -> None:
    """Refuse a progress that its links or its reason contradict."""
    if measure.progress is Progress.CARRIED and not measure.carried_by:
        raise block.refuse(
            f"{measure.id} is carried by nothing",
            "progress",
            "carried_by: {scheme: […]}, or  progress: not_yet",
        )
    if measure.progress is Progress.CARRIED and not measure.carrying:
        raise block.refuse(
            f"{measure.id} is carried by nothing but {measure.carried_by[0]}, which has no clock",
            "carried_by",
            "progress: not_yet: a duty without a clock carries nothing by itself",
        )
    if measure.progress is Progress.NOT_COMPUTABLE and measure.carried_by:
        raise block.refuse(
            f"{measure.id} is not computable, and yet carried by {measure.carried_by[0]}",
            "carried_by",
            "progress: not_yet where a part is carried",
        )
    if measure.progress is not Progress.CARRIED and not (measure.reason and measure.reason_en):
        raise block.refuse(
            f"{measure.id} is {measure.progress} without a reason",
            "progress",
            "reason: and reason_en: what is to carry it, or why nothing can",
        )
    if bool(measure.reason) is not bool(measure.reason_en):
        raise block.refuse(f"{measure.id} gives its reason in one language", "reason", "in both")
