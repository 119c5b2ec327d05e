"""In which sentences a quoted phrase lies, and where in each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from wenye.policy.citing.bare_text import bare
from wenye.policy.citing.citations import Finding, Looked
from wenye.policy.citing.places import Place, Places

if TYPE_CHECKING:
    from wenye.policy.reading.reading import Sentence


class Lies(NamedTuple):
    """A stretch of the bare form of the sentence with this number."""

    sentence: int
    start: int
    end: int


class PhraseFinder:
    """Finds the sentences in which a phrase lies: one, or several where it runs across their end.

    A phrase that an article says more than once marks the first place only: no more than what was
    quoted is claimed.
    """

    def __init__(self, sentences: list[Sentence]) -> None:
        self._sentences = sentences
        self._bare = [bare(sentence.text) for sentence in sentences]

    def places(self, looked: Looked, places: Places) -> list[Lies]:
        """Where the phrase of a citation lies; nothing where it does not stand in its article."""
        cited = looked.cited
        if looked.finding is not Finding.FOUND:
            return []
        phrase = bare(cited.phrase)
        if not cited.article:
            return self.of_phrase(phrase)
        for place in places.named(cited.article, cited.document.article_form):
            found = self._among(self._of(place), phrase)
            if found:
                return found
        return []

    def of_phrase(self, phrase: str) -> list[Lies]:
        """Where a bare phrase lies first, in the whole document."""
        return self._among(range(len(self._sentences)), phrase)

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

    def _among(self, numbers: Iterable[int], phrase: str) -> list[Lies]:
        spans: list[tuple[int, int, int]] = []
        text = ""
        for number in numbers:
            spans.append((number, len(text), len(text) + len(self._bare[number])))
            text += self._bare[number]
        start = text.find(phrase)
        if start < 0:
            return []
        end = start + len(phrase)
        return [
            Lies(number, max(start, first) - first, min(end, last) - first)
            for number, first, last in spans
            if first < end and start < last
        ]
