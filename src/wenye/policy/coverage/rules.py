"""The second half of the coverage page: gaps, measures, duties, values and rule cards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from wenye.policy.citing.citations import Citing
from wenye.policy.coverage.card_markup import card_html
from wenye.policy.coverage.covered import Coverage, State
from wenye.policy.coverage.marks import told
from wenye.policy.documents import Standing
from wenye.policy.duties import Duty
from wenye.policy.measures import CARRIER_KINDS, Measure, Progress
from wenye.policy.standings import Stands, value_stands
from wenye.rules.readable.card import card, schemes_named

if TYPE_CHECKING:
    from wenye.policy.district import District


def progress_of(measure: Measure) -> State:
    """A measure's progress as a state: not yet, but begun, is in part."""
    return State.PARTLY if measure.partly else State(measure.progress.value)


def anchor(document: int, sentence: int) -> str:
    """The name of a sentence's place on the page."""
    return f"s{document + 1}-{sentence + 1}"


def carrier_link(found: Coverage, kind: str, name: str) -> str:
    """A link to a scheme's card, a duty or a value on this page; other carriers by their name."""
    district = found.district
    words = CARRIER_KINDS[kind][0]
    label = None
    if kind == Citing.SCHEME and name in district.scheme_ids:
        label = district.scheme(name).title
    elif kind == Citing.PARAMETER and name in district.details:
        label = district.details[name].label
    elif kind == Citing.DUTY and name in district.duties:
        label = district.duties[name].label
    if label is None:
        return f"{words} {escape(name)}"
    return f'{words} <a href="#{kind}-{escape(name)}">{escape(label)}</a>'


def rules(found: Coverage, on: dt.date) -> Iterator[str]:
    """All that the sentences link to, section by section."""
    measures = [
        (item.register.document.article_form, measure)
        for item in found.documents
        for measure in item.register.measures.values()
    ]
    waiting = [entry for entry in measures if entry[1].progress is Progress.NOT_YET]
    others = [entry for entry in measures if entry[1].progress is not Progress.NOT_YET]
    yield _heading("gaps", "尚未承载的措施", "Gaps: what nothing carries in full yet")
    yield from _measures(found, waiting)
    yield _heading("measures", "其余措施", "Measures that are carried, or not computable")
    yield from _measures(found, others)
    yield _heading("duties", "责任", "Duties: who owes what, by when")
    yield from _duties(found.district, on)
    yield _heading("values", "参数", "Values that the document states")
    yield from _values(found, on)
    yield _heading("cards", "政策卡片", "Rule cards")
    yield from _cards(found.district, on)


def _heading(place: str, zh: str, en: str) -> str:
    return f'<h2 id="{place}">{zh}<span class="en">{en}</span></h2>'


def _said(found: Coverage) -> dict[str, list[str]]:
    """Links to the sentences in which each measure's phrases lie."""
    links: dict[str, list[str]] = {}
    for number, item in enumerate(found.documents):
        for place, covered in enumerate(item.sentences):
            ids = {link.id for link in covered.links if link.by is Citing.MEASURE}
            for name in ids:
                link = f'<a href="#{anchor(number, place)}">第{place + 1}句</a>'
                links.setdefault(name, []).append(link)
    return links


def _measures(found: Coverage, measures: list[tuple[str, Measure]]) -> Iterator[str]:
    if not measures:
        yield '<p class="soft">没有。</p>'
    said = _said(found)
    for form, measure in measures:
        links = [carrier_link(found, carrier.kind, carrier.id) for carrier in measure.carried_by]
        rows = [
            ("原文", "、".join(said.get(measure.id, ()))),
            ("承载", "、".join(links)),
            ("说明", escape(measure.reason)),
            ("引用", escape("、".join(measure.references))),
            ("文件没写", escape("、".join(measure.gaps))),
        ]
        told_rows = "".join(f"<dt>{head}</dt><dd>{text}</dd>" for head, text in rows if text)
        yield (
            f'<div class="entry" id="m-{escape(measure.id)}"><div class="margin">'
            f"{told(progress_of(measure))}<small>{escape(form.format(measure.article))}"
            f"　{escape(measure.kind_words)}</small></div><div>"
            f"<h4>{escape(measure.label)}</h4>"
            f'<p class="en">{escape(measure.label_en)}　{escape(measure.id)}</p>'
            f"<dl>{told_rows}</dl></div></div>"
        )


def _duties(district: District, on: dt.date) -> Iterator[str]:
    if not district.duties:
        yield '<p class="soft">没有登记责任。</p>'
    for duty in district.duties.values():
        yield _duty(duty, on)


def _standing(stands: Stands) -> str:
    """How a document stands, marked where it is not simply in force."""
    words = escape(stands.words)
    return words if stands.standing is Standing.IN_FORCE else f'<b class="doubt">{words}</b>'


def _duty(duty: Duty, on: dt.date) -> str:
    condition = f"{duty.condition}" if duty.condition else "无"
    rows = [
        ("谁来办", "、".join(duty.owner)),
        ("对谁", duty.owed_to),
        ("期限", duty.clock.words),
        ("条件", condition),
        ("怎样算完成", duty.fulfilled_by),
        ("写在", duty.source),
        ("依据状态", ""),
        ("原文", "；".join(f"“{quote}”" for quote in duty.quotes)),
        ("备注", duty.note),
    ]
    cited = duty.citation
    said = {head: escape(text) for head, text in rows}
    said["依据状态"] = (
        "待确认：原文不在本区文件中" if cited is None else _standing(Stands(cited.document, on))
    )
    told_rows = "".join(f"<dt>{head}</dt><dd>{text}</dd>" for head, text in said.items() if text)
    explores = "<small>文件写的是探索</small>" if duty.exploratory else ""
    return (
        f'<div class="entry" id="duty-{escape(duty.id)}"><div class="margin">责任{explores}</div>'
        f"<div><h4>{escape(duty.label)}</h4>"
        f'<p class="en">{escape(duty.label_en)}</p><dl>{told_rows}</dl></div></div>'
    )


def _values(found: Coverage, on: dt.date) -> Iterator[str]:
    district = found.district
    documents = {item.register.document.id for item in found.documents}
    carried = {
        carrier.id
        for item in found.documents
        for measure in item.register.measures.values()
        for carrier in measure.carried_by
        if carrier.kind == Citing.PARAMETER
    }
    rows = []
    for name, parameter in district.details.items():
        stated = any(
            value.citation is not None and value.citation.document.id in documents
            for value in parameter.values
        )
        if not stated and name not in carried:
            continue
        told_now = district.describe(name, on)
        stands = value_stands(parameter.at(on), on)
        doubt = ""
        if stands is not None and stands.standing is not Standing.IN_FORCE:
            doubt = f"<br>{_standing(stands)}"
        rows.append(
            f'<tr id="parameter-{escape(name)}"><th>{escape(told_now.label)}'
            f"<br><code>{escape(name)}</code></th><td>{escape(told_now.value)}</td>"
            f"<td>{escape(told_now.status_words)}{doubt}</td>"
            f"<td>{escape(told_now.basis)}</td></tr>"
        )
    if not rows:
        yield '<p class="soft">没有。</p>'
        return
    yield (
        '<div class="scroll"><table><thead><tr><th>参数</th>'
        f"<th>{on} 的值</th><th>状态</th><th>依据</th></tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _cards(district: District, on: dt.date) -> Iterator[str]:
    schemes = district.schemes
    for name, scheme in schemes.items():
        others = schemes_named(scheme) & schemes.keys()
        titles = {
            other: (schemes[other].title, schemes[other].title_en or schemes[other].title)
            for other in others
        }
        text = card(scheme, lang="zh", on=on, titles=titles)
        yield f'<section class="card" id="scheme-{escape(name)}">{card_html(text)}</section>'
