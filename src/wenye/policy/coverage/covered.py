"""A document sentence by sentence, with what carries each: and what nothing carries yet.

A sentence is *placed* where a phrase lies in it on which a measure, a duty, a parameter or a scheme
rests, or where it is plainly framework: why the document is made, when it begins and ends, what it
repeals. Nothing else is placed; a sentence without a place is shown as such. Placed does not say
that all of a sentence is accounted for: how many of its clauses are quoted is counted apart.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from wenye.policy.citing.bare_text import Bared, bare
from wenye.policy.citing.citations import (
    NEAREST_OR,
    Cited,
    Citing,
    Looked,
    every_citation,
    look,
)
from wenye.policy.coverage.as_it_stands import as_it_stands, misquoted
from wenye.policy.coverage.clauses import Clause, clauses, letters
from wenye.policy.coverage.kinds import by_share, kind_of
from wenye.policy.coverage.phrases import PhraseFinder
from wenye.policy.coverage.sentence_words import framework, hints
from wenye.policy.errors import PolicyError
from wenye.policy.measures import Measure, MeasureRegister, Progress, Unresolved
from wenye.policy.reading.sentences import split
from wenye.policy.standings import Stands
from wenye.policy.undecided import idle_parameters

if TYPE_CHECKING:
    from wenye.policy.citing.texts import Held, Texts
    from wenye.policy.district import District
    from wenye.policy.reading.reading import Reading, Sentence


class State(StrEnum):
    """How far a sentence is carried; ``unplaced`` says that nobody has said."""

    CARRIED = "carried"
    PARTLY = "partly"
    NOT_YET = "not_yet"
    NOT_COMPUTABLE = "not_computable"
    STATEMENT = "statement"
    UNPLACED = "unplaced"


@dataclass(frozen=True, slots=True)
class Link:
    """Something that rests on words of a sentence: its kind, its id and those words.

    ``start`` and ``end`` are the stretch of the sentence's bare form in which the words lie.
    ``kind`` is scheme, parameter, duty or another kind of carrier; of a measure that nothing
    carries delegated (to another document), discretionary, programme, not_yet or not_computable.
    """

    by: Citing
    id: str
    phrase: str
    start: int
    end: int
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Quoted:
    """How much of a text is quoted: in letters and digits, and in clauses with a quoted phrase."""

    characters: int
    of_characters: int
    clauses: int
    of_clauses: int

    def as_json(self) -> dict[str, int]:
        """Plain data."""
        return {
            "characters": self.characters,
            "of_characters": self.of_characters,
            "clauses": self.clauses,
            "of_clauses": self.of_clauses,
        }


@dataclass(frozen=True, slots=True)
class Covered:
    """A sentence, what it is and what carries it.

    ``kinds`` are those of its links, the one whose clauses make up most of the sentence first;
    ("statement",) for framework, none where nobody has placed it. ``why`` says which framework.
    ``hints`` are what the words of the whole sentence suggest, and decide nothing.
    """

    sentence: Sentence
    state: State
    kinds: tuple[str, ...]
    links: tuple[Link, ...]
    clauses: tuple[Clause, ...]
    hints: tuple[str, ...]
    why: str = ""

    @property
    def kind(self) -> str | None:
        """The kind that covers most of the sentence; None where nobody has placed it."""
        return self.kinds[0] if self.kinds else None

    @property
    def placed(self) -> bool:
        """Whether some phrase of it is quoted, or it is framework."""
        return self.state is not State.UNPLACED

    @property
    def unquoted(self) -> tuple[Clause, ...]:
        """The clauses that nobody quotes; none of framework, which nobody needs to quote."""
        if self.state is State.STATEMENT:
            return ()
        return tuple(clause for clause in self.clauses if not clause.quoted)

    @property
    def quoted(self) -> Quoted:
        """How much of it is quoted."""
        text = Bared(self.sentence.text).bare
        on = [False] * len(text)
        for link in self.links:
            on[link.start : link.end] = [True] * (link.end - link.start)
        said = "".join(sign for sign, quoted in zip(text, on, strict=True) if quoted)
        with_phrase = sum(clause.quoted for clause in self.clauses)
        return Quoted(letters(said), letters(text), with_phrase, len(self.clauses))


@dataclass(frozen=True, eq=False, slots=True)
class DocumentCoverage:
    """One document of a register, the register as it stands without the links that lead nowhere.

    ``adrift`` are phrases that lie in no sentence of their article: in a heading or bracket
    (found), in another article, or nowhere. ``lost`` are the links that lead nowhere. ``annex`` is
    the text behind the signature, sentence by sentence: it is placed by nobody.
    """

    register: MeasureRegister
    held: Held
    sentences: tuple[Covered, ...]
    adrift: tuple[Looked, ...]
    lost: tuple[Unresolved, ...] = ()
    annex: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class Coverage:
    """Every document of a district that has a register of measures."""

    district: District
    documents: tuple[DocumentCoverage, ...]

    @property
    def sound(self) -> bool:
        """Whether every link leads somewhere, and every phrase lies in a sentence."""
        return not any(item.lost or item.adrift for item in self.documents)

    @property
    def measures(self) -> dict[str, int]:
        """How many measures stand where: carried, not_yet and not_computable make up the total;
        ``partly`` are those among not_yet of which something is carried."""
        counts: Counter[str] = Counter()
        for document in self.documents:
            for measure in document.register.measures.values():
                counts[measure.progress.value] += 1
                counts["partly"] += measure.partly
        total = sum(counts[progress.value] for progress in Progress)
        return {"total": total, **{name: counts[name] for name in (*Progress, "partly")}}

    @property
    def sentences(self) -> dict[str, int]:
        """How many sentences there are, are placed, and stand where.

        As with measures, not_yet includes ``partly``: carried, not_yet, not_computable, statement
        and unplaced make up the total. Those of an ``annex`` are counted apart.
        """
        states = [item.state for document in self.documents for item in document.sentences]
        counts = Counter(states)
        placed = len(states) - counts[State.UNPLACED]
        return {
            "total": len(states),
            "placed": placed,
            "carried": counts[State.CARRIED],
            "not_yet": counts[State.NOT_YET] + counts[State.PARTLY],
            "partly": counts[State.PARTLY],
            "not_computable": counts[State.NOT_COMPUTABLE],
            "statement": counts[State.STATEMENT],
            "unplaced": counts[State.UNPLACED],
            "annex": sum(len(document.annex) for document in self.documents),
        }

    @property
    def quoted(self) -> Quoted:
        """How much of the text is quoted, framework left out."""
        parts = [
            covered.quoted
            for document in self.documents
            for covered in document.sentences
            if covered.state is not State.STATEMENT
        ]
        return Quoted(
            sum(part.characters for part in parts),
            sum(part.of_characters for part in parts),
            sum(part.clauses for part in parts),
            sum(part.of_clauses for part in parts),
        )

    def as_json(self, on: dt.date) -> dict[str, Any]:
        """Plain data: the counts, and every sentence with its carriers; documents stand as on the
        day ``on``."""
        return {
            "district": self.district.name,
            "sound": self.sound,
            "measures": self.measures,
            "sentences": self.sentences,
            "quoted": self.quoted.as_json(),
            "on": on,
            "documents": [_document(item, on) for item in self.documents],
        }


def coverage(district: District, texts: Texts) -> Coverage:
    """What carries each sentence of the district's registered documents.

    A district without a register, and a document whose text is not at hand, are a ``PolicyError``.
    """
    if not district.measures:
        raise PolicyError(
            f"{district.label}没有措施登记册 / no register of measures",
            where=str(district.folder / "measures.yaml"),
            mend="先写 measures.yaml：文件逐条措施和承载它的东西 / write measures.yaml first",
        )
    idle = idle_parameters(district)
    cited = [
        c for c in every_citation(district) if c.by is not Citing.PARAMETER or c.id not in idle
    ]
    return Coverage(
        district, tuple(_covered(district, item, texts, cited) for item in district.measures)
    )


def _covered(
    district: District, register: MeasureRegister, texts: Texts, cited: list[Cited]
) -> DocumentCoverage:
    document = register.document
    held = texts.of(document)
    if held is None:
        raise PolicyError(
            f"{document.name}没有全文在手 / the document's text is not at hand",
            where=str(texts.folder or district.folder),
            mend=f"把全文存为 {document.id}.txt，用 --documents 指定所在文件夹"
            f" / save it as {document.id}.txt and name its folder with --documents",
        )
    sentences = list(held.reading.sentences())
    links: dict[int, list[Link]] = {}
    adrift: list[Looked] = []
    doubted: set[int] = set()
    finder = PhraseFinder(sentences)
    for item in cited:
        if item.document.id != document.id:
            continue
        looked = look(item, held.places)
        places = finder.places(looked, held.places)
        for place in places:
            links.setdefault(place.sentence, []).append(
                Link(item.by, item.id, item.phrase, place.start, place.end)
            )
        if not places:
            adrift.append(looked)
            # The sentence that is probably meant is not carried whole while a measure misquotes it.
            if misquoted(looked) and looked.nearest and NEAREST_OR not in looked.nearest:
                doubted |= {lies.sentence for lies in finder.of_phrase(bare(looked.nearest))}
    lost = tuple(register.unresolved(district))
    stands = as_it_stands(register, lost, adrift)
    return DocumentCoverage(
        stands,
        held,
        tuple(
            _judged(
                sentence,
                links.get(place, []),
                stands,
                held.reading,
                district,
                doubted=place in doubted,
            )
            for place, sentence in enumerate(sentences)
        ),
        tuple(adrift),
        lost,
        tuple(split(held.reading.annex)),
    )


def _judged(
    sentence: Sentence,
    links: list[Link],
    register: MeasureRegister,
    reading: Reading,
    district: District,
    *,
    doubted: bool,
) -> Covered:
    suggested = hints(sentence.text)
    distinct = tuple(dict.fromkeys(links))
    whole = Bared(sentence.text)
    parts = clauses(whole, [(link.start, link.end) for link in distinct])
    if not distinct:
        why = framework(sentence, reading)
        if why:
            return Covered(sentence, State.STATEMENT, ("statement",), (), parts, suggested, why)
        return Covered(sentence, State.UNPLACED, (), (), parts, suggested)
    told: list[tuple[Link, list[Clause]]] = []
    for link in distinct:
        within = [part for part in parts if part.start < link.end and link.start < part.end]
        kind = link.by.value
        if link.by is Citing.MEASURE:
            measure = register.measures[link.id]
            kind = kind_of(measure, whole.bare, link.start, link.end, within)
        told.append((replace(link, kind=kind), within))
    measures = [register.measures[link.id] for link in distinct if link.by is Citing.MEASURE]
    state = _state(measures, any(_carries(link, district) for link in distinct))
    if doubted and state is State.CARRIED:
        state = State.PARTLY
    filled = by_share((link.kind, within) for link, within in told)
    carriers = tuple(link for link, _ in told)
    return Covered(sentence, state, filled, carriers, parts, suggested)


def _carries(link: Link, district: District) -> bool:
    """Whether what quotes a sentence directly carries it: a duty without a clock never does."""
    if link.by is Citing.DUTY:
        return district.duties[link.id].has_clock
    return link.by is not Citing.MEASURE


def _state(measures: list[Measure], carriers: bool) -> State:
    """As far as the least of the sentence's measures: one that waits leaves it carried in part."""
    progress = {measure.progress for measure in measures}
    if progress == {Progress.CARRIED} or (not progress and carriers):
        return State.CARRIED
    if Progress.CARRIED in progress or carriers or any(measure.partly for measure in measures):
        return State.PARTLY
    return State.NOT_COMPUTABLE if progress == {Progress.NOT_COMPUTABLE} else State.NOT_YET


def _document(item: DocumentCoverage, on: dt.date) -> dict[str, Any]:
    document = item.register.document
    return {
        **Stands(document, on).as_json(),
        "file": item.held.path.name,
        "sentences": [
            {
                "section": covered.sentence.section,
                "article": None if article is None else article.number,
                "text": covered.sentence.text,
                "state": covered.state.value,
                "kind": covered.kind,
                "kinds": list(covered.kinds),
                "why": covered.why or None,
                "hints": list(covered.hints),
                "quoted": covered.quoted.as_json(),
                "clauses_not_quoted": [part.text for part in covered.unquoted],
                "carriers": [_link(link, item.register) for link in covered.links],
            }
            for covered in item.sentences
            for article in (covered.sentence.article,)
        ],
        "annex": [
            {"text": text, "state": State.UNPLACED.value, "kind": "annex"} for text in item.annex
        ],
        "adrift": [looked.as_json() for looked in item.adrift],
        "lost": [
            {
                "measure": one.measure.id,
                "carrier": str(one.carrier),
                "where": one.where,
                "mend": one.mend,
            }
            for one in item.lost
        ],
    }


def _link(link: Link, register: MeasureRegister) -> dict[str, Any]:
    data: dict[str, Any] = {
        "by": link.by.value,
        "id": link.id,
        "phrase": link.phrase,
        "kind": link.kind,
    }
    if link.by is Citing.MEASURE:
        measure = register.measures[link.id]
        data["progress"] = measure.progress.value
        data["partly"] = measure.partly
        data["carried_by"] = [str(carrier) for carrier in measure.carried_by]
    return data
