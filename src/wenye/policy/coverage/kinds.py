"""What kind of thing a phrase of a sentence states, and which kind fills the sentence.

What nothing carries is told by the words of the clauses in which the phrase itself stands: 鼓励 in
one clause says nothing of the next.
"""

from __future__ import annotations

from collections.abc import Iterable

from wenye.policy.coverage.clauses import Clause
from wenye.policy.coverage.sentence_words import hints
from wenye.policy.measures import Measure, Progress

#: What a thing is, by what carries it; the first that holds. Other carriers keep their own name.
_FIRST = ("scheme", "parameter", "duty")


def kind_of(measure: Measure, sentence: str, start: int, end: int, within: list[Clause]) -> str:
    """The kind of a measure's phrase at ``start`` to ``end`` of a bare sentence.

    What carries the measure; where nothing does yet delegated, discretionary or programme if the
    clauses of the phrase say so; else the measure's progress.
    """
    carriers = [carrier.kind for carrier in measure.carrying]
    for kind in (*_FIRST, *carriers):
        if kind in carriers:
            return kind
    if measure.progress is Progress.NOT_YET:
        suggested = {hint for clause in within for hint in hints(clause.text)}
        for hint in ("delegated", "discretionary"):
            if hint in suggested:
                return hint
        # A verb governs its clause; what is called a programme is the one thing in a list alone.
        if "programme" in hints(_listed(sentence, start, end, within)):
            return "programme"
    return measure.progress.value


def _listed(sentence: str, start: int, end: int, within: list[Clause]) -> str:
    """The members of a list, parted by 、, of which the stretch is or has a part."""
    first = min((clause.start for clause in within), default=0)
    last = max((clause.end for clause in within), default=len(sentence))
    comma = sentence.rfind("、", first, start)
    behind = sentence.find("、", end, last)
    return sentence[first if comma < 0 else comma + 1 : last if behind < 0 else behind]


def by_share(told: Iterable[tuple[str, Iterable[Clause]]]) -> tuple[str, ...]:
    """The kinds of a sentence, the one whose clauses make up most of it first.

    Of kinds that fill the sentence alike, schemes come before parameters, duties and the rest.
    """
    filled: dict[str, set[int]] = {}
    for kind, clauses in told:
        places = filled.setdefault(kind, set())
        for clause in clauses:
            places.update(range(clause.start, clause.end))
    order = [kind for kind in _FIRST if kind in filled]
    order += [kind for kind in filled if kind not in order]
    return tuple(sorted(order, key=lambda kind: -len(filled[kind])))
