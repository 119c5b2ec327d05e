"""What a district has still to decide: said where it will stand, listed, and never passed over.

In a scheme file ``to_be_decided("…")`` stands where a condition will: with the document's words,
and unknown for everybody until somebody puts a condition in its place. A scheme with one in its
formula is undetermined, or fails another condition; it is never met. What has no place in a scheme
stands in ``to_be_decided.yaml`` in the district's folder::

    to_be_decided:
      - {file: district.yaml, what: 辖区名称是猜的, what_en: the label is a guess}

Whoever decides an entry deletes it. Neither is a mistake: ``wenye check`` lists both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wenye.policy.authoring import written_at
from wenye.policy.exact_yaml import read_yaml
from wenye.rules.errors import RuleError
from wenye.rules.kinds import TRUTH
from wenye.rules.parameters import Series

if TYPE_CHECKING:
    from wenye.policy.district import District
    from wenye.rules.law import Condition
    from wenye.rules.scheme import Scheme

FILE = "to_be_decided.yaml"


@dataclass(frozen=True, slots=True, eq=False)
class Undecided(Series):
    """A truth that is open on every day; ``where`` is the line that says so."""

    where: str = ""


@dataclass(frozen=True, slots=True)
class ToDecide:
    """Something still to be decided: where it stands, what it is, the document's words for it."""

    where: str
    what: str
    words: str = ""

    @property
    def told(self) -> str:
        """On one line."""
        return f"{self.what}：{self.words}" if self.words else self.what


def to_be_decided(words: str, *, en: str = "") -> Condition:
    """A condition that nobody has written yet; ``words`` are those of the document.

    It is unknown for every case, and open: what rests on it names it under ``blocked_by``.
    """
    from wenye.rules.expressions import parameter
    from wenye.rules.law import condition

    where = written_at()
    if not isinstance(words, str) or not words.strip():
        raise RuleError(
            "to_be_decided() says nothing",
            where=where,
            mend='to_be_decided("…"): the words of the document that are still to become a rule',
        )
    label, label_en = f"待定：{words}", f"to be decided: {en or words}"
    test = parameter(Undecided(label, label, TRUTH, (), label_en, where))
    test.site = where
    found = condition(_plain(label), test, en=_plain(label_en))
    found.site = where
    return found


def _plain(label: str) -> str:
    """A label without placeholders: the document's brackets are brackets."""
    return label.replace("{", "{{").replace("}", "}}")


def undecided_in(scheme: type[Scheme]) -> Iterator[ToDecide]:
    """What a scheme itself leaves to be decided, in the order of its conditions."""
    seen: set[str] = set()
    for item in scheme.conditions.values():
        for node in item.walk():
            series = node.attrs[1] if node.op == "param" else None
            if isinstance(series, Undecided) and series.where not in seen:
                seen.add(series.where)
                yield ToDecide(series.where, f"{scheme.id} 的条件", series.label[3:])


def undecided(
    district: District, schemes: Mapping[str, type[Scheme]] | None = None
) -> list[ToDecide]:
    """All that the district has still to decide: its own list, then its schemes in order."""
    named = district.schemes if schemes is None else schemes
    return [*_listed(district), *_in_schemes(named.values())]


def _in_schemes(schemes: Iterable[type[Scheme]]) -> Iterator[ToDecide]:
    seen: set[str] = set()
    for scheme in schemes:
        for item in undecided_in(scheme):
            if item.where not in seen:  # one scheme may rest on another
                seen.add(item.where)
                yield item


def idle_parameters(
    district: District, schemes: Mapping[str, type[Scheme]] | None = None
) -> frozenset[str]:
    """Parameters that nothing decided uses: they are stated, and carry nothing yet.

    Used is what a scheme reads in which nothing is to be decided, and what a measure names as its
    carrier. A draft states every number of its document, and uses none.
    """
    from wenye.rules.decide import outputs, series_read

    named = district.schemes if schemes is None else schemes
    used = {
        link.id
        for register in district.measures
        for measure in register.measures.values()
        for link in measure.carried_by
        if link.kind == "parameter"
    }
    for scheme in named.values():
        if next(undecided_in(scheme), None) is None:
            used |= series_read([*outputs(scheme).values(), scheme.dated_by], {}).keys()
    return frozenset(district.details.keys() - used)


def _listed(district: District) -> Iterator[ToDecide]:
    organisation = district.folder / "organisation.yaml"
    if not district.organisation.units:
        yield ToDecide(str(organisation), "街镇没有列出 / no units: streets, towns, managed areas")
    path = district.folder / FILE
    if not path.is_file():
        return
    file = read_yaml(path)
    file.only("to_be_decided")
    for block in file.blocks("to_be_decided"):
        block.only("file", "what", "what_en", "words")
        named = block.text("file", "")
        what = f"{block.text('what')} / {block.text('what_en')}"
        yield ToDecide(
            block.where(), f"{named}：{what}" if named else what, block.text("words", "")
        )
