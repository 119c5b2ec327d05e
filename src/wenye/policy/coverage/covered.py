"""A document sentence by sentence, with what carries each: and what nothing carries yet.

A sentence is *placed* where a phrase lies in it on which a measure, a duty, a parameter or a scheme
rests, or where it is plainly framework: why the document is made, when it begins and ends, what it
repeals. Nothing else is placed; a sentence without a place is shown as such.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from wenye.policy.citing.bare_text import bare
from wenye.policy.citing.citations import Cited, Citing, Finding, Looked, every_citation, look
from wenye.policy.citing.places import Place, Places
from wenye.policy.coverage.sentence_words import framework, hints
from wenye.policy.errors import PolicyError
from wenye.policy.measures import Measure, MeasureRegister, Progress

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


#: What a sentence is, by what carries it; the first that holds. Other carriers keep their own name.
_FIRST = ("scheme", "parameter", "duty")


@dataclass(frozen=True, slots=True)
class Link:
    """Something that rests on words of a sentence: its kind, its id and those words."""

    by: Citing
    id: str
    phrase: str


@dataclass(frozen=True, slots=True)
class Covered:
    """A sentence, what it is and what carries it.

    ``kind`` is scheme, parameter, duty or another kind of carrier; where nothing carries it yet:
    delegated (to another document), discretionary, programme, not_yet or not_computable; statement
    for framework; None where nobody has placed it. ``why`` says which framework. ``hints`` are what
    its words alone suggest.
    """

    sentence: Sentence
    state: State
    kind: str | None
    links: tuple[Link, ...]
    hints: tuple[str, ...]
    why: str = ""

    @property
    def placed(self) -> bool:
        """Whether something is said of it."""
        return self.state is not State.UNPLACED


@dataclass(frozen=True, eq=False, slots=True)
class DocumentCoverage:
    """One document of a register. ``adrift`` are phrases that lie in no sentence of their article:
    in a heading or bracket (found), in another article, or nowhere."""

    register: MeasureRegister
    held: Held
    sentences: tuple[Covered, ...]
    adrift: tuple[Looked, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Coverage:
    """Every document of a district that has a register of measures."""

    district: District
    documents: tuple[DocumentCoverage, ...]

    @property
    def measures(self) -> dict[str, int]:
        """How many measures stand where; ``partly`` are those among not_yet that are begun."""
        counts: Counter[str] = Counter()
        for document in self.documents:
            for measure in document.register.measures.values():
                counts[measure.progress.value] += 1
                counts["partly"] += measure.partly
        total = sum(counts[progress.value] for progress in Progress)
        return {"total": total, **{name: counts[name] for name in (*Progress, "partly")}}

    @property
    def sentences(self) -> dict[str, int]:
        """How many sentences there are, are placed, and stand where."""
        states = [item.state for document in self.documents for item in document.sentences]
        counts = Counter(states)
        placed = len(states) - counts[State.UNPLACED]
        return {
            "total": len(states),
            "placed": placed,
            **{state.value: counts[state] for state in State},
        }

    def as_json(self) -> dict[str, Any]:
        """Plain data: the counts, and every sentence with its carriers."""
        return {
            "district": self.district.name,
            "measures": self.measures,
            "sentences": self.sentences,
            "documents": [_document(item) for item in self.documents],
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
    cited = every_citation(district)
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
    finder = _Finder(sentences)
    for item in cited:
        if item.document.id != document.id:
            continue
        looked = look(item, held.places)
        places = finder.places(looked, held.places)
        for place in places:
            links.setdefault(place, []).append(Link(item.by, item.id, item.phrase))
        if not places:
            adrift.append(looked)
    return DocumentCoverage(
        register,
        held,
        tuple(
            _judged(sentence, links.get(place, []), register, held.reading)
            for place, sentence in enumerate(sentences)
        ),
        tuple(adrift),
    )


class _Finder:
    """Finds the sentences in which a phrase lies: one, or several where it runs across their end.

    A phrase that an article says more than once marks the first place only: no more than what was
    quoted is claimed.
    """

    def __init__(self, sentences: list[Sentence]) -> None:
        self._sentences = sentences
        self._bare = [bare(sentence.text) for sentence in sentences]

    def places(self, looked: Looked, places: Places) -> list[int]:
        cited = looked.cited
        if looked.finding is not Finding.FOUND:
            return []
        phrase = bare(cited.phrase)
        if not cited.article:
            return self._among(range(len(self._sentences)), phrase)
        for place in places.named(cited.article, cited.document.article_form):
            found = self._among(self._of(place), phrase)
            if found:
                return found
        return []

    def _of(self, place: Place) -> list[int]:
        """The sentences of a place; to a section belong those that open it."""
        articles = {id(article) for article in place.articles}
        return [
            number
            for number, sentence in enumerate(self._sentences)
            if (
                place.opens == sentence.section and sentence.section is not None
                if sentence.article is None
                else id(sentence.article) in articles
            )
        ]

    def _among(self, numbers: Iterable[int], phrase: str) -> list[int]:
        spans: list[tuple[int, int, int]] = []
        text = ""
        for number in numbers:
            spans.append((number, len(text), len(text) + len(self._bare[number])))
            text += self._bare[number]
        start = text.find(phrase)
        if start < 0:
            return []
        end = start + len(phrase)
        return [number for number, first, last in spans if first < end and start < last]


def _judged(
    sentence: Sentence, links: list[Link], register: MeasureRegister, reading: Reading
) -> Covered:
    suggested = hints(sentence.text)
    distinct = tuple(dict.fromkeys(links))
    if not distinct:
        why = framework(sentence, reading)
        if why:
            return Covered(sentence, State.STATEMENT, "statement", (), suggested, why)
        return Covered(sentence, State.UNPLACED, None, (), suggested)
    measures = [register.measures[link.id] for link in distinct if link.by is Citing.MEASURE]
    carriers = [link.by.value for link in distinct if link.by is not Citing.MEASURE]
    carriers += [carrier.kind for measure in measures for carrier in measure.carried_by]
    state = _state(measures, carriers)
    return Covered(sentence, state, _kind(state, carriers, suggested), distinct, suggested)


def _state(measures: list[Measure], carriers: list[str]) -> State:
    """As far as the least of the sentence's measures: one that waits leaves it carried in part."""
    progress = {measure.progress for measure in measures}
    if not progress or progress == {Progress.CARRIED}:
        return State.CARRIED
    if Progress.CARRIED in progress or carriers:
        return State.PARTLY
    return State.NOT_YET if Progress.NOT_YET in progress else State.NOT_COMPUTABLE


def _kind(state: State, carriers: list[str], suggested: tuple[str, ...]) -> str:
    for kind in (*_FIRST, *carriers):
        if kind in carriers:
            return kind
    if state is State.NOT_YET and suggested:
        return suggested[0]
    return state.value


def _document(item: DocumentCoverage) -> dict[str, Any]:
    document = item.register.document
    return {
        "id": document.id,
        "title": document.title,
        "number": document.number,
        "file": item.held.path.name,
        "sentences": [
            {
                "section": covered.sentence.section,
                "article": None if article is None else article.number,
                "text": covered.sentence.text,
                "state": covered.state.value,
                "kind": covered.kind,
                "why": covered.why or None,
                "hints": list(covered.hints),
                "carriers": [_link(link, item.register) for link in covered.links],
            }
            for covered in item.sentences
            for article in (covered.sentence.article,)
        ],
        "adrift": [looked.as_json() for looked in item.adrift],
    }


def _link(link: Link, register: MeasureRegister) -> dict[str, Any]:
    data: dict[str, Any] = {"by": link.by.value, "id": link.id, "phrase": link.phrase}
    if link.by is Citing.MEASURE:
        measure = register.measures[link.id]
        data["progress"] = measure.progress.value
        data["carried_by"] = [str(carrier) for carrier in measure.carried_by]
    return data
