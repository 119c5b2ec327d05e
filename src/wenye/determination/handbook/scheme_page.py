"""One scheme's page: its card in Chinese and English, its pictures, its cases. Markdown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from wenye.determination.case_rows import CaseRows
from wenye.determination.handbook.case_words import told_case, told_change
from wenye.determination.told_rows import basis_words
from wenye.policy.case_tables import CaseTable, TableRow
from wenye.policy.district import District
from wenye.rules.readable.card import card
from wenye.rules.readable.naming import Titles
from wenye.rules.scheme import Scheme

OUTCOMES = {"entitled": "✓ 符合", "not_entitled": "✗ 不符合", "undetermined": "? 待定"}
_STATUSES = {"payable": "可付", "unconfirmed": "待核实", "open": "未定", "none": ""}
_HEAD = (
    "| 情形 | 判定日 | 与完整案例不同 | 结果 | 金额 | 由哪项条件、哪个事项或标准决定 |",
    "| --- | --- | --- | --- | ---: | --- |",
)


def scheme_page(
    district: District,
    scheme: type[Scheme],
    table: CaseTable | None,
    rows: CaseRows,
    on: dt.date,
    titles: Titles,
) -> str:
    """The page; its pictures are ``<id>.svg``, ``<id>.en.svg`` and ``<id>-law.svg`` beside it."""
    name = scheme.id
    title, _, rest = card(scheme, lang="zh", on=on, titles=titles).partition("\n")
    chinese = [
        rest.strip("\n") + "\n",
        f"## 判定流程\n\n![{scheme.title}的判定流程]({name}.svg)\n",
        f"## 规定和标准的历次变化\n\n![{scheme.title}历次规定]({name}-law.svg)\n",
    ]
    if table is not None:
        chinese.append("\n".join(_cases(district, scheme, table, rows)) + "\n")
    parts = [
        f"[全部项目 / all schemes](README.md) · [English](#{_anchor(scheme.title_en)})\n",
        f"{title}\n",
        "\n".join(_contents("\n".join(chinese))) + "\n",
        *chinese,
        "---\n",
        card(scheme, lang="en", on=on, titles=titles),
        f"## Decision diagram\n\n![decision diagram]({name}.en.svg)\n",
    ]
    return "\n".join(parts)


def _contents(text: str) -> Iterator[str]:
    """The headings of a text as a list of links, those of the third level set in."""
    for line in text.splitlines():
        mark, _, heading = line.partition(" ")
        if mark in ("##", "###"):
            yield f"{'  ' * (len(mark) - 2)}- [{heading}](#{_anchor(heading)})"


def _anchor(heading: str) -> str:
    """What a heading is linked by: small letters and figures, blanks as dashes."""
    kept = [char for char in heading.lower() if char.isalnum() or char in " -_"]
    return "".join(kept).replace(" ", "-")


def _cases(
    district: District, scheme: type[Scheme], table: CaseTable, rows: CaseRows
) -> Iterator[str]:
    yield "## 案例"
    yield ""
    if table.note:
        yield table.note
        yield ""
    yield f"完整案例（{table.on}判定），下表各行只写与它不同之处："
    yield ""
    yield from (f"- {line}" for line in told_case(scheme.subject, table.base))
    by_version: dict[str | None, list[str]] = {}
    for row in table.rows:
        told = rows.explain(scheme.id, row)
        version = told["law"] and told["law"]["version"]
        by_version.setdefault(version, []).append(_line(district, scheme, row, told))
    for version, heading in _headings(scheme).items():
        if version in by_version:
            yield from ("", f"### {heading}", "", *_HEAD, *by_version[version])


def _headings(scheme: type[Scheme]) -> dict[str | None, str]:
    """What the cases judged under each version stand under; the last have none."""
    found: dict[str | None, str] = {
        name: f"依据：{words}" for name, words in basis_words(scheme).items()
    }
    found[None] = "没有收录当日规定的，或不知适用哪一天规定的"
    return found


def _line(district: District, scheme: type[Scheme], row: TableRow, told: dict[str, Any]) -> str:
    changes = [told_change(scheme.subject, path, value) for path, value in row.changes.items()]
    changes += [
        f"假设{district.detail(name).label}为{_supposed(value)}"
        for name, value in row.assumed.items()
    ]
    alone = f"只有这一项未知：{changes[0].split('：')[0]}" if row.left_out else row.text
    cells = (
        alone,
        row.on.isoformat(),
        "<br>".join(changes) or "无",
        OUTCOMES[told["outcome"]],
        _amount(told),
        "<br>".join(_why(district, row, told)),
    )
    return f"| {' | '.join(cell.replace('|', '／') for cell in cells)} |"


def _supposed(value: Any) -> str:
    if isinstance(value, dict):
        return "，".join(f"{day}起{step}" for day, step in value.items())
    return str(value)


def _amount(told: dict[str, Any]) -> str:
    if told["amount"] is None:
        text = _STATUSES[told["amount_status"]]
    else:
        flow = "/月" if told["flow"] == "monthly" else ""
        text = f"{told['amount']}{flow} {_STATUSES[told['amount_status']]}"
    months = [item["month"] for item in told["schedule"]]
    if months:
        text += f"<br>{months[0]}至{months[-1]}"
    if told["claw_back"] is not None:
        text += f"<br>追回 {told['claw_back']}"
    return text


def _why(district: District, row: TableRow, told: dict[str, Any]) -> Iterator[str]:
    labels = {item["name"]: item["label"] for item in told["conditions"]}
    if row.decides is not None:
        yield labels.get(row.decides, row.decides)
    if told["missing"]:
        yield f"缺：{'、'.join(told['missing_labels'])}"
    if told["blocked_by"]:
        known = district.details
        names = [known[name].label if name in known else name for name in told["blocked_by"]]
        yield f"未定：{'、'.join(names)}"
    if told["law"] is not None and told["law"]["version"] is None:
        yield "没有收录当日的规定"
    yield from told["warnings"]
