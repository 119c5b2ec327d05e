"""A comparison of two versions of a document, in words and as plain data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from wenye.policy.versions.change import Change
from wenye.policy.versions.comparison import ArticleChange, Comparison
from wenye.policy.versions.touched import Touch

if TYPE_CHECKING:
    from wenye.policy.documents import Document
    from wenye.policy.versions.touched import Touched

_FACTS = {
    "title": "标题 / title",
    "document_number": "文号 / number",
    "issuers": "发文机关 / issuers",
    "addressees": "主送 / addressees",
    "signed_on": "成文日期 / signed",
    "effective_from": "施行日期 / in force from",
    "effective_to": "有效期至 / in force to",
}
_NOTHING = "（无）"
_BY = {"parameter": "参数", "scheme": "项目", "measure": "措施", "duty": "责任"}
_TOUCH = {
    "gone": "引文不在了 / the phrase is gone",
    "moved": "引文移到了{now} / moved to {now}",
    "changed_around": "引文还在，所在条款变了 / still there, its article changed",
    "never_stood": "引文在两个版本里都没有 / in neither version",
}
_ANNEX = {
    "added": "+ 附件：新增 / an annex was added",
    "removed": "- 附件：删去 / the annex was removed",
    "reworded": "~ 附件：改了文字 / the annex was reworded",
}
_SECTION = {
    "added": "新增 / added",
    "removed": "删去 / removed",
    "renumbered": "换了编号 / renumbered",
    "renamed": "改了标题 / renamed",
}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def _change(change: Change | None) -> dict[str, Any] | None:
    return None if change is None else {"old": _plain(change.old), "new": _plain(change.new)}


def as_json(comparison: Comparison) -> dict[str, Any]:
    """Plain data: every change with what it was and what it is; null where there was nothing."""
    return {
        "same": comparison.same,
        "facts": {name: _change(change) for name, change in comparison.facts.items()},
        "sections": [
            {"old": item.old, "new": item.new, "what": list(item.what)}
            for item in comparison.sections
        ],
        "articles": [
            {
                "old": item.old,
                "new": item.new,
                "title": item.title,
                "what": list(item.what),
                "title_change": _change(item.title_change),
                "wording": [_change(each) for each in item.wording],
                "departments_added": list(item.bodies.added),
                "departments_removed": list(item.bodies.removed),
                "lead": _change(item.bodies.lead),
                "cooperating": _change(item.bodies.cooperating),
                "department_order": _change(item.bodies.order),
                "department_wording": _change(item.bodies.wording),
                "section": _change(item.section),
                "quantities": [_change(each) for each in item.quantities],
            }
            for item in comparison.articles
        ],
        "unchanged": comparison.unchanged,
        "references_added": list(comparison.references_added),
        "references_removed": list(comparison.references_removed),
        "annex": None
        if comparison.annex is None
        else {
            "what": comparison.annex.what,
            "wording": [_change(each) for each in comparison.annex.wording],
            "quantities": [_change(each) for each in comparison.annex.quantities],
        },
    }


def in_words(comparison: Comparison) -> Iterator[str]:
    """The changes, Chinese first, line by line."""
    if comparison.same:
        yield "  没有差别 / no difference"
        return
    for name, change in comparison.facts.items():
        yield f"  {_FACTS[name]}：{_said(change.old)} → {_said(change.new)}"
    for section in comparison.sections:
        what = "，".join(_SECTION[name] for name in section.what)
        if section.old is None or section.new is None:
            sign = "+" if section.old is None else "-"
            yield f"  {sign} 部分 {section.new or section.old}：{what}"
        else:
            yield f"  ~ 部分 {section.old} → {section.new}：{what}"
    for item in comparison.articles:
        yield from _article(item)
    if comparison.annex is not None:
        yield f"  {_ANNEX[comparison.annex.what]}"
        for change in comparison.annex.wording:
            yield f"      文字：{_said(change.old)} → {_said(change.new)}"
        for change in comparison.annex.quantities:
            yield f"      数量：{_said(change.old)} → {_said(change.new)}"
    yield f"  其余 {comparison.unchanged} 处未变 / unchanged"
    for words, references in (
        ("新引用的文件 / now refers to", comparison.references_added),
        ("不再引用 / no longer refers to", comparison.references_removed),
    ):
        if references:
            yield f"  {words}：{'、'.join(references)}"


def _said(value: Any) -> str:
    if value is None or value == () or value == []:
        return _NOTHING
    return "、".join(map(str, value)) if isinstance(value, tuple | list) else str(value)


def _article(item: ArticleChange) -> Iterator[str]:
    if item.old is None:
        yield f"  + {item.new} {item.title}：新增 / added"
        return
    if item.new is None:
        yield f"  - {item.old} {item.title}：删去 / removed"
        return
    place = f"{item.old} → {item.new}" if item.renumbered else item.new
    told = {
        "moved": "换了部分 / moved to another section",
        "renumbered": "换了位置 / renumbered",
        "reworded": "改了文字 / reworded",
        "departments": "换了部门 / departments",
        "department_order": "换了部门次序 / order of departments",
        "department_wording": "改了怎样负责 / how they answer",
        "quantities": "改了数量 / quantities",
    }
    yield f"  ~ {place} {item.title}：{'，'.join(told[what] for what in item.what)}"
    if item.section is not None:
        yield f"      部分：{_said(item.section.old)} → {_said(item.section.new)}"
    if item.title_change is not None:
        yield f"      标题：{_said(item.title_change.old)} → {_said(item.title_change.new)}"
    for change in item.wording:
        yield f"      文字：{_said(change.old)} → {_said(change.new)}"
    for change in item.quantities:
        yield f"      数量：{_said(change.old)} → {_said(change.new)}"
    if item.bodies.added:
        yield f"      增加部门：{'、'.join(item.bodies.added)}"
    if item.bodies.removed:
        yield f"      减去部门：{'、'.join(item.bodies.removed)}"
    if item.bodies.lead is not None:
        yield f"      牵头：{_said(item.bodies.lead.old)} → {_said(item.bodies.lead.new)}"
    for word, told_change in (
        ("配合", item.bodies.cooperating),
        ("部门次序", item.bodies.order),
        ("怎样负责", item.bodies.wording),
    ):
        if told_change is not None:
            yield f"      {word}：{_said(told_change.old)} → {_said(told_change.new)}"


def touched_in_words(
    document: Document | None, rules: list[Touched] | None, district: str
) -> Iterator[str]:
    """The rules that the new version touches, each with its file and line."""
    if document is None or rules is None:
        yield (
            f"辖区 {district} 的文件里没有这一份（按文件名、文号、标题都对不上）"
            " / none of the district's documents"
        )
        return
    groups: dict[tuple[str, str, str, str], list[Touched]] = {}
    own = [item for item in rules if item.touch is not Touch.FORCE]
    for item in own:
        key = (item.cited.by.value, item.cited.id, item.touch.value, item.now)
        groups.setdefault(key, []).append(item)
    resting = resting_by_kind(rules)
    yield f"受影响的规则 / rules touched（{document.id}）：引文 {len(own)} 处" + (
        "；施行期变了，以它为依据的全部受影响"
        f"：{'，'.join(f'{_BY[by]} {len(names)}' for by, names in resting.items())}"
        " / days in force changed: all that rests on it"
        if resting
        else ""
    )
    yield from (f"  {_BY[by]}：{'、'.join(names)}" for by, names in resting.items())
    for (by, name, touch, now), items in groups.items():
        place = items[0].cited.place
        yield f"  {_BY[by]} {name}（{place}）：{_TOUCH[touch].format(now=now)}"
        yield from (
            f"      位置 / at: {where}" for where in {item.cited.where: 0 for item in items}
        )
        for item in items:
            if item.cited.phrase:
                yield f"      引文 / phrase: {item.cited.phrase}"
            if item.nearest:
                yield f"      新文最接近的话 / nearest now: {item.nearest}"


def resting_by_kind(rules: list[Touched]) -> dict[str, list[str]]:
    """What a change of the days in force touches: ids by kind; nothing where no day changed."""
    found: dict[str, dict[str, None]] = {}
    for item in rules:
        if item.touch is Touch.FORCE:
            found.setdefault(item.cited.by.value, {})[item.cited.id] = None
    return {by: list(names) for by, names in found.items()}
