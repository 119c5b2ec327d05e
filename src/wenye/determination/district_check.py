"""Whether a district's content is sound: files, schemes, citations, and every case of its tables.

Mistakes are collected, not raised one by one, so that a whole folder can be mended in one go.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wenye.determination.case_rows import CaseRows, differences
from wenye.determination.mistakes import Mistake, citation_mistake, printed_mistake
from wenye.determination.payable_rows import rests_on_unconfirmed
from wenye.policy.case_tables import CaseTable, read_case_table
from wenye.policy.citing.as_printed import Unlike, unlike_articles, unlike_owners
from wenye.policy.citing.citations import Finding, Looked, every_citation, look
from wenye.policy.citing.places import Places
from wenye.policy.citing.texts import Texts
from wenye.policy.district import District, load_district
from wenye.policy.documents import Document, Standing
from wenye.policy.errors import PolicyError
from wenye.policy.measures import unresolved
from wenye.policy.open_values import OpenValue, open_values
from wenye.policy.standings import Stands, standings, value_stands
from wenye.policy.through_time import Gap, gaps
from wenye.policy.undecided import ToDecide, undecided
from wenye.rules.deciding import idle_conditions, idle_parts, turns_on
from wenye.rules.errors import CaseError, RuleError, did_you_mean
from wenye.rules.parameters import Status
from wenye.rules.scheme import Scheme


@dataclass(slots=True)
class Checked:
    """What a district holds, and what is wrong with it."""

    name: str
    label: str = ""
    schemes: int = 0
    laws: int = 0
    conditions: int = 0
    documents: int = 0
    parameters: int = 0
    #: Parameters by the status of their value on the day asked.
    by_status: dict[str, int] = field(default_factory=dict)
    #: Every document, as it stands on the day.
    standings: list[Stands] = field(default_factory=list)
    #: Names of the parameters whose quoted value rests, on the day, on a document that is in doubt
    #: or ended: by how that document stands.
    quoted_from: dict[str, list[str]] = field(default_factory=dict)
    confirmations: int = 0
    measures: int = 0
    duties: int = 0
    #: Every citation with a phrase, looked up; and how many came to what.
    citations: list[Looked] = field(default_factory=list)
    by_finding: dict[str, int] = field(default_factory=dict)
    #: Documents whose text is not at hand, by id, with how many citations nobody looked up.
    without_text: dict[str, int] = field(default_factory=dict)
    #: The folder in which texts were looked for; None where none was named.
    texts_in: str | None = None
    #: Articles of registers that were compared with the document, and what is not as printed.
    articles_compared: int = 0
    not_as_printed: list[Unlike] = field(default_factory=list)
    cases: int = 0
    cases_met: int = 0
    #: Names of the parameters that are open, and of those that nobody has confirmed.
    open: list[str] = field(default_factory=list)
    unconfirmed: list[str] = field(default_factory=list)
    #: The open parameters with what waits for them and whom to ask.
    open_values: list[OpenValue] = field(default_factory=list)
    #: Days on which nothing is stated: between documents or versions, before a first value.
    gaps: list[Gap] = field(default_factory=list)
    #: Conditions (``scheme.law.condition``) on which the outcome of no row of a case table turns.
    not_shown: list[str] = field(default_factory=list)
    #: Rows that are payable, each decided again with every unconfirmed value taken out.
    payable_rows: int = 0
    #: What the district has still to decide; no mistake, and nobody is entitled before it is done.
    to_be_decided: list[ToDecide] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong; open and unconfirmed values are no mistakes."""
        return not self.mistakes


def check_district(
    name: str | Path, day: dt.date, *, documents: Path | None = None, today: dt.date | None = None
) -> Checked:
    """Check the district as it stands on ``day``; ``documents`` is a folder of documents' texts."""
    found = Checked(str(name), texts_in=None if documents is None else str(documents))
    try:
        district = load_district(name, today=today)
    except (RuleError, PolicyError) as error:
        found.mistakes.append(_mistake(error))
        return found
    found.name, found.label = district.name, district.label
    found.documents, found.parameters = len(district.documents), len(district.details)
    found.confirmations = len(district.confirmations)
    found.standings = standings(district, day)
    _values(district, day, found)
    schemes = dict(_schemes(district, found))
    _through_time(district, schemes, day, found)
    _able_to_decide(schemes, found)
    _measures(district, found)
    texts = _Texts(Texts(district, documents), found)
    _citations(district, schemes, texts, found)
    _as_printed(district, texts, found)
    _tables(district, schemes, today, found)
    try:
        found.to_be_decided = undecided(district, schemes)
    except PolicyError as error:
        found.mistakes.append(_mistake(error))
    return found


def _mistake(error: Any) -> Mistake:
    return Mistake(error.what, error.where, error.mend)


def _values(district: District, day: dt.date, found: Checked) -> None:
    statuses = {name: parameter.at(day).status for name, parameter in district.details.items()}
    counts = Counter(status.value for status in statuses.values())
    found.by_status = {status.value: counts[status.value] for status in Status}
    for name, parameter in district.details.items():
        stands = value_stands(parameter.at(day), day)
        if stands is not None and stands.standing is not Standing.IN_FORCE:
            found.quoted_from.setdefault(stands.standing.value, []).append(name)
    found.open = [name for name, status in statuses.items() if status is Status.OPEN]
    found.unconfirmed = [name for name, status in statuses.items() if status is Status.SOURCED]


def _measures(district: District, found: Checked) -> None:
    """How many measures and duties there are, and links of measures that lead nowhere."""
    try:
        found.measures = sum(len(register.measures) for register in district.measures)
        found.duties = len(district.duties)
        lost = unresolved(district)
    except PolicyError:
        return  # the citations meet the same mistake, and tell it
    for item in lost:
        found.mistakes.append(Mistake(item.what, item.where, item.mend))


class _Texts:
    """The documents' places; a text that cannot be read is one mistake, told once."""

    def __init__(self, texts: Texts, found: Checked) -> None:
        self._texts = texts
        self._found = found
        self._refused: set[str] = set()

    def places(self, document: Document) -> Places | None:
        """What can be named in the document; None where its text is not at hand or unreadable."""
        if document.id in self._refused:
            return None
        try:
            return self._texts.places(document)
        except PolicyError as error:
            self._refused.add(document.id)
            self._found.mistakes.append(_mistake(error))
            return None


def _citations(
    district: District, schemes: dict[str, type[Scheme]], texts: _Texts, found: Checked
) -> None:
    try:
        citations = every_citation(district, schemes)
    except PolicyError as error:
        found.mistakes.append(_mistake(error))
        return
    for cited in citations:
        looked = look(cited, texts.places(cited.document))
        found.citations.append(looked)
        if (mistake := citation_mistake(looked)) is not None:
            found.mistakes.append(mistake)
    counts = Counter(item.finding for item in found.citations)
    found.by_finding = {finding.value: counts[finding] for finding in Finding}
    without = [item.cited for item in found.citations if item.finding is Finding.NO_TEXT]
    found.without_text = dict(Counter(cited.document.id for cited in without))


def _as_printed(district: District, texts: _Texts, found: Checked) -> None:
    """Articles of the registers and owners of duties, compared with the documents."""
    try:
        registers, duties = district.measures, district.duties
    except PolicyError:
        return  # told with the citations
    for register in registers:
        places = texts.places(register.document)
        if places is not None:
            found.articles_compared += len(register.articles)
            found.not_as_printed += unlike_articles(register, places)
    for duty in duties.values():
        places = None if duty.citation is None else texts.places(duty.citation.document)
        if places is not None:
            found.not_as_printed += unlike_owners(duty, places)
    found.mistakes += [printed_mistake(item) for item in found.not_as_printed]


def _schemes(district: District, found: Checked) -> Iterator[tuple[str, type[Scheme]]]:
    try:
        names = district.scheme_ids
    except PolicyError as error:
        found.mistakes.append(_mistake(error))
        return
    for name in names:
        try:
            scheme = district.scheme(name)
        except (RuleError, PolicyError) as error:
            found.mistakes.append(_mistake(error))
            continue
        found.schemes += 1
        found.laws += len(scheme.laws)
        found.conditions += len(scheme.conditions)
        yield name, scheme


def _tables(
    district: District, schemes: dict[str, type[Scheme]], today: dt.date | None, found: Checked
) -> None:
    # What officers sign in service lies apart from the rules, and the tables state the rules.
    rows = CaseRows(load_district(district.folder, today=today, own_only=True))
    for path in sorted(district.cases.glob("*.yaml")):
        try:
            table = read_case_table(path)
        except PolicyError as error:
            found.mistakes.append(_mistake(error))
            continue
        if table.scheme in schemes:
            _rows(rows, schemes[table.scheme], table, found)
        elif table.scheme not in district.scheme_ids:
            mend = did_you_mean(table.scheme, district.scheme_ids)
            what = f"案例表没有对应的方案 / no scheme {table.scheme!r}"
            found.mistakes.append(Mistake(what, str(path), mend))


def _through_time(
    district: District, schemes: dict[str, type[Scheme]], day: dt.date, found: Checked
) -> None:
    try:
        found.gaps = gaps(district, schemes)
        found.open_values = open_values(district, schemes, day)
    except PolicyError:
        return  # the measures cannot be read; the citations meet the same mistake, and tell it


def _able_to_decide(schemes: dict[str, type[Scheme]], found: Checked) -> None:
    """Conditions, and comparisons within them, that could be left out without a difference."""
    for scheme in schemes.values():
        for version, item in idle_conditions(scheme):
            what = f"{scheme.id} 的 {item.name} 改变不了 {version.name} 的结果 / never decides"
            found.mistakes.append(Mistake(what, item.site, "删去，或检查 &、| 和括号"))
        for item in scheme.conditions.values():
            for part in idle_parts(item):
                what = f"{scheme.id} 的 {item.name} 有一部分不起作用 / a part never matters"
                found.mistakes.append(Mistake(what, part.site, "删去，或检查 &、| 和括号"))


def _rows(rows: CaseRows, scheme: type[Scheme], table: CaseTable, found: Checked) -> None:
    shown: set[str] = set()
    for row in table.rows:
        found.cases += 1
        try:
            explained = rows.explain(table.scheme, row)
            wrong = differences(row, explained)
            rests = rests_on_unconfirmed(rows, table.scheme, row, explained)
        except (CaseError, PolicyError, RuleError) as error:
            what = f"案例“{row.text}”：{error.what}"
            found.mistakes.append(Mistake(what, row.where, error.mend))
            continue
        if wrong:
            told = "；".join(f"{what} 应为 {wanted}，判定为 {got}" for what, wanted, got in wrong)
            found.mistakes.append(Mistake(f"案例“{row.text}”：{told}", row.where))
        else:
            found.cases_met += 1
        shown |= _shown(scheme, explained)
        found.payable_rows += explained["amount_status"] == "payable"
        if rests is not None:
            what = f"案例“{row.text}”可付，去掉待确认的值后却不同：{rests} / rests on unconfirmed"
            found.mistakes.append(Mistake(what, row.where))
    found.not_shown += [
        name
        for version in scheme.laws
        for item in scheme.conditions_of(version)
        if (name := f"{scheme.id}.{version.name}.{item.name}") not in shown
    ]


def _shown(scheme: type[Scheme], told: dict[str, Any]) -> set[str]:
    """The conditions on which an explained outcome turns."""
    law = told["law"] and told["law"]["version"]
    return {
        f"{scheme.id}.{law}.{item['name']}"
        for item in told["conditions"]
        if turns_on(told["tree"], item["name"])
    }
