"""A document's force on a day, in words: in force, in doubt since when and why, ended by what."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wenye.policy.documents import Document, Standing
from wenye.policy.measures import STANDING_WORDS
from wenye.rules.parameters import Status

if TYPE_CHECKING:
    from wenye.policy.district import District
    from wenye.policy.parameter_files import DatedValue


@dataclass(frozen=True, slots=True)
class Stands:
    """How a document stands on the day ``on``."""

    document: Document
    on: dt.date

    @property
    def standing(self) -> Standing:
        """The document's force on the day."""
        return self.document.standing(self.on)

    @property
    def doubt(self) -> str:
        """Why it is in doubt on the day; empty where it is not."""
        return self.document.doubt if self.standing is Standing.DOUBTFUL else ""

    @property
    def since(self) -> dt.date | None:
        """From when on it stands so: in doubt from, ended on, not in force before."""
        return {
            Standing.DOUBTFUL: self.document.doubtful_from,
            Standing.ENDED: self.document.ended_on,
            Standing.NOT_YET: self.document.effective_from,
            Standing.IN_FORCE: self.document.effective_from,
        }[self.standing]

    @property
    def words(self) -> str:
        """The standing in one line of Chinese, with the day and the doubt."""
        said = STANDING_WORDS[self.standing][0]
        form = {
            Standing.DOUBTFUL: "（自{}起）",
            Standing.ENDED: "（止于{}）",
            Standing.NOT_YET: "（{}起施行）",
            Standing.IN_FORCE: "",
        }[self.standing]
        told = said + (form.format(self.since) if self.since is not None else "")
        return f"{told}：{self.doubt}" if self.doubt else told

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        document = self.document
        return {
            "id": document.id,
            "number": document.number,
            "title": document.title,
            "standing": self.standing.value,
            "standing_words": STANDING_WORDS[self.standing][0],
            "doubtful_from": document.doubtful_from,
            "doubt": self.doubt or None,
            "ended_on": document.ended_on,
        }


def standings(district: District, on: dt.date) -> list[Stands]:
    """Every document of the district on the day, in its order."""
    return [Stands(document, on) for document in district.documents.values()]


def value_stands(value: DatedValue, on: dt.date) -> Stands | None:
    """The document that a value is quoted from; None where it is confirmed, second-hand or open."""
    if value.status is not Status.QUOTED or value.citation is None:
        return None
    return Stands(value.citation.document, on)
