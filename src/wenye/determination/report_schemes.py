"""The report's schemes: a contents list, a section each by the district's part, the idle ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from wenye.determination.flow import Part, flow, picture
from wenye.determination.report_marks import GROUPS, amount, grouped, heading
from wenye.determination.report_table import table
from wenye.determination.results import Results
from wenye.determination.workbooks import OPERATORS, PARTS

_FLOWS = {"once": "一次性", "monthly": "按月，本月金额", "": "不发放资金"}
_SOMETHING = (
    *("entitled", "undetermined", "payable_fen", "unconfirmed_fen"),
    *("open_amounts", "recover_fen", "recover_unknown"),
)


def idle(entry: dict[str, Any]) -> bool:
    """Whether nobody is entitled, undetermined or owing: every judged row is a plain no."""
    return not any(entry[key] for key in _SOMETHING)


def contents(results: Results) -> str:
    """Every scheme by the district's part, linked to where it stands, with those entitled."""
    lines = []
    for part, schemes in grouped(results).items():
        if schemes:
            anchor, zh, en = GROUPS[part]
            items = "".join(_link(name, entry) for name, entry in schemes.items())
            lines.append(
                f'<div><p><a href="#{anchor}">{zh}</a> {len(schemes)} 项'
                f'<span class="en">{en}</span></p><ul>{items}</ul></div>'
            )
    return f'<section class="toc">{"".join(lines)}</section>'


def _link(name: str, entry: dict[str, Any]) -> str:
    title = escape(entry["title"])
    if idle(entry):
        return f'<li><a href="#idle">{title}</a></li>'
    waiting = f"，待定 {entry['undetermined']:,}" if entry["undetermined"] else ""
    count = f"<small>符合 {entry['entitled']:,}{waiting}</small>"
    return f'<li><a href="#scheme-{name}">{title}</a> {count}</li>'


def schemes(results: Results, workbooks: bool) -> str:
    """A section for every scheme that came to something, then a table of the others."""
    parts = [
        heading("schemes", "各项目：从判定到发放", "From judged to payable"),
        '<p class="soft">上面一条是全部判定对象；符合的往往只占很小一段，在下面一条里放大。</p>',
    ]
    for part, entries in grouped(results).items():
        shown = {name: entry for name, entry in entries.items() if not idle(entry)}
        if entries:
            anchor, zh, en = GROUPS[part]
            parts.append(f'<h3 class="group" id="{anchor}">{zh}<span class="en">{en}</span></h3>')
            parts += [_section(results, name, entry, workbooks) for name, entry in shown.items()]
        if entries and not shown:
            parts.append('<p class="soft">没有符合、待定或应追回的。</p>')
    return "".join([*parts, *_idle(results, workbooks)])


def _section(results: Results, name: str, entry: dict[str, Any], workbooks: bool) -> str:
    of = flow(results, name)
    title = escape(entry["title"])
    book = f' · <a href="{name}.xlsx">工作簿</a>' if workbooks else ""
    operator = f"{OPERATORS[entry['operated_by']]}办理，本区{PARTS[entry['our_part']]}"
    money = "".join(
        f'<p class="soft">{words}　<b>{amount(entry[key])}</b></p>'
        for words, key in (
            ("可发放", "payable_fen"),
            ("标准待确认", "unconfirmed_fen"),
            ("应追回", "recover_fen"),
        )
        if entry[key]
    )
    return (
        f'<section class="scheme" id="scheme-{name}"><div><h4>{title}</h4>'
        f'<p class="en">{escape(entry["title_en"])}</p>'
        f'<p class="soft">{operator}<br>{_FLOWS[entry["flow"]]}{book}</p>{money}</div>'
        f"<div>{_key(of.outcomes, f'判定 {of.judged:,}')}{picture(of, title)}"
        + (_key(of.entitled, "符合的当中") if of.outcomes[0].count else "")
        + "</div></section>"
    )


def _key(parts: Iterable[Part], lead: str) -> str:
    items = f'<li class="step">{lead}</li>' + "".join(
        f'<li><i class="{part.look}"></i>{part.words} {part.count:,}</li>'
        for part in parts
        if part.count
    )
    return f'<ul class="key">{items}</ul>'


def _idle(results: Results, workbooks: bool) -> Iterator[str]:
    rows = []
    for part, entries in grouped(results).items():
        for name, entry in entries.items():
            if idle(entry):
                title = escape(entry["title"])
                told = f'<a href="{name}.xlsx">{title}</a>' if workbooks else title
                rows.append((told, GROUPS[part][1], f"{entry['rows']:,}"))
    if rows:
        yield '<h3 class="group" id="idle">全部不符合<span class="en">Nobody entitled</span></h3>'
        where = "；为什么，见各自的工作簿" if workbooks else ""
        yield f'<p class="soft">没有符合、待定的，也没有应追回的{where}。</p>'
        yield table(("项目", "本区的工作", "判定"), rows, (2,))
