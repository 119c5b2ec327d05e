"""What a measure register is: a document's measures, and how far each is carried.

How ``measures.yaml`` is written and read stands in ``wenye.policy.measures``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from wenye.policy.documents import Document, Standing
from wenye.policy.errors import PolicyError
from wenye.rules.errors import did_you_mean

if TYPE_CHECKING:
    from wenye.policy.district import District


class Progress(StrEnum):
    """How far a measure has been brought into what exists."""

    CARRIED = "carried"
    NOT_YET = "not_yet"
    NOT_COMPUTABLE = "not_computable"


PROGRESS_WORDS = {
    Progress.CARRIED: ("已承载", "carried"),
    Progress.NOT_YET: ("尚未承载", "not yet"),
    Progress.NOT_COMPUTABLE: ("无法计算", "not computable"),
}

STANDING_WORDS = {
    Standing.NOT_YET: ("尚未施行", "not yet in force"),
    Standing.IN_FORCE: ("施行中", "in force"),
    Standing.DOUBTFUL: ("未定：是否仍有效待确认", "open: whether still in force, to be confirmed"),
    Standing.ENDED: ("已失效", "ended"),
}

#: What may carry a measure, in words.
CARRIER_KINDS = {
    "scheme": ("政策项目", "scheme"),
    "parameter": ("参数", "parameter"),
    "duty": ("责任", "duty"),
    "calculator": ("计算器", "calculator"),
    "case_type": ("办理类型", "case type"),
    "target": ("目标任务", "target"),
    "indicator": ("指标", "indicator"),
    "list": ("清单", "list"),
    "programme": ("专项计划", "programme"),
    "publication": ("发布", "publication"),
}


@dataclass(frozen=True, slots=True)
class Carrier:
    """Something that carries a measure or a part of it: a kind of ``CARRIER_KINDS`` and its id.

    A duty without a clock (``clockless``) says the document's words again and can never be missed:
    it may be linked, and carries nothing by itself.
    """

    kind: str
    id: str
    clockless: bool = field(default=False, compare=False)
    #: ``file:line`` of the link.
    where: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """An article and the bodies that its responsibility bracket names, exactly as printed.

    ``wording`` is how the bracket ends; ``lead`` one that it names as leading; ``sole`` whether it
    names one body alone. ``assigned_lead`` is the district's own choice by ``decision``.
    """

    number: str
    title: str
    departments: tuple[str, ...]
    wording: str
    lead: str | None = None
    sole: bool = False
    assigned_lead: str | None = None
    decision: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that an article asks for, in the district's own words.

    ``phrases`` are its operative words as printed, ``references`` what it points to outside the
    document, ``gaps`` what it leaves open. ``reason`` says why it is not carried, or what to mind
    where it is.
    """

    id: str
    article: str
    label: str
    label_en: str
    kind: str
    kind_words: str
    kind_words_en: str
    phrases: tuple[str, ...]
    references: tuple[str, ...]
    gaps: tuple[str, ...]
    gaps_en: tuple[str, ...]
    progress: Progress
    carried_by: tuple[Carrier, ...]
    reason: str
    reason_en: str
    where: str

    @property
    def carrying(self) -> tuple[Carrier, ...]:
        """The links that carry something: all but the duties without a clock."""
        return tuple(carrier for carrier in self.carried_by if not carrier.clockless)

    @property
    def partly(self) -> bool:
        """Whether something carries a part of it, and not the whole."""
        return self.progress is Progress.NOT_YET and bool(self.carrying)


class Unresolved(NamedTuple):
    """A link that leads nowhere, and what would mend it."""

    measure: Measure
    carrier: Carrier
    mend: str

    @property
    def what(self) -> str:
        """What is wrong, in words."""
        return f"措施 {self.measure.id} 所连的 {self.carrier} 不存在 / the link leads nowhere"

    @property
    def where(self) -> str:
        """``file:line`` of the link."""
        return self.carrier.where or self.measure.where


@dataclass(frozen=True, slots=True)
class MeasureRegister:
    """The measures of one document, by id and in the document's order."""

    document: Document
    articles: dict[str, ArticleEntry]
    measures: dict[str, Measure]

    def basis(self, day: dt.date) -> Standing:
        """The document's force on ``day``: doubtful is open, to be confirmed."""
        return self.document.standing(day)

    def of_article(self, number: str) -> tuple[Measure, ...]:
        """The measures of one article, in order."""
        return tuple(item for item in self.measures.values() if item.article == number)

    def counts(self) -> dict[Progress, int]:
        """How many measures stand where; every progress is there, with nought if need be."""
        states = [item.progress for item in self.measures.values()]
        return {progress: states.count(progress) for progress in Progress}

    def unresolved(self, district: District) -> list[Unresolved]:
        """The links that lead to nothing in ``district``."""
        found: list[Unresolved] = []
        for measure in self.measures.values():
            for carrier in measure.carried_by:
                existing = _existing(carrier.kind, district)
                if existing is None:
                    known = ", ".join(sorted(_RESOLVED))
                    mend = f"nothing of kind {carrier.kind} exists yet; links may name: {known}"
                    found.append(Unresolved(measure, carrier, mend))
                elif carrier.id not in existing:
                    mend = f"{district.name} has no such {carrier.kind}: add it first"
                    if existing:
                        mend = did_you_mean(carrier.id, existing) or mend
                    found.append(Unresolved(measure, carrier, mend))
        return found


_RESOLVED = ("scheme", "parameter", "duty")


def _existing(kind: str, district: District) -> Collection[str] | None:
    """The ids of that kind in the district; None where the product has nothing of the kind."""
    if kind == "scheme":
        return district.scheme_ids
    if kind == "parameter":
        return district.details.keys()
    if kind == "duty":
        return district.duties.keys()
    return None


def unresolved(district: District) -> list[Unresolved]:
    """The links of all the district's measures that lead to nothing."""
    return [item for register in district.measures for item in register.unresolved(district)]


def check_links(district: District) -> None:
    """Refuse the first link that leads to nothing."""
    for item in unresolved(district):
        raise PolicyError(
            f"{item.measure.id}: no {item.carrier.kind} {item.carrier.id!r} in {district.name}",
            where=item.where,
            mend=item.mend,
        )
