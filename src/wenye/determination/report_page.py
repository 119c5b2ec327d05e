"""``report.html``: what was run, what came of it, what it costs, and what stands in the way.

One file without scripts, for a screen of any width, dark or light, and for paper.
"""

from __future__ import annotations

from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

from wenye.determination import told_rows
from wenye.determination.costs import Cost, costs, total
from wenye.determination.flow import doubtful_rows
from wenye.determination.near_misses import NearMisses, near_misses
from wenye.determination.open_questions import OpenQuestions, open_questions
from wenye.determination.report_marks import heading
from wenye.determination.report_money import headline, money
from wenye.determination.report_schemes import contents, schemes
from wenye.determination.report_table import beyond, table, whole_dates
from wenye.determination.results import Results
from wenye.policy.documents import Citation
from wenye.registers.model import MODEL
from wenye.rules.law import Basis
from wenye.rules.readable.diagram import diagram

_TOP = 12
_NEAR_COMMAND = "<code>wenye near-misses 本文件夹 --json</code>"
_OPEN_COMMAND = "<code>wenye unknowns 本文件夹 --json</code>"
NAME = "report.html"
_MARK = (
    '<svg viewBox="0 0 48 48" role="img" aria-label="稳业"><g fill="currentColor">'
    '<rect x="6" y="34" width="36" height="2.5"/><rect x="6" y="38.5" width="36" height="2.5"/>'
    '<rect x="6" y="43" width="36" height="2.5"/></g>'
    '<text x="24" y="25" text-anchor="middle" font-size="17" fill="currentColor">稳业</text></svg>'
)


def write_report(results: Results, folder: Path, *, workbooks: bool = True) -> Path:
    """Write ``report.html`` into ``folder``. Raises OSError."""
    path = folder / NAME
    path.write_text(page(results, workbooks=workbooks), encoding="utf-8")
    return path


def page(results: Results, *, workbooks: bool = True) -> str:
    """The whole report as HTML."""
    entries = costs(results)
    style = files("wenye.determination").joinpath("report.css").read_text(encoding="utf-8")
    label, on = results.manifest["district_label"], results.manifest["on"]
    parts = [
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>判定报告 {escape(label)} {on}</title><style>{style}</style></head><body>",
        whole_dates(_header(results, entries)),
        "<main>",
        schemes(results, workbooks),
        money(results, entries),
        whole_dates(_near(near_misses(results), workbooks)),
        whole_dates(_open(results, open_questions(results), workbooks)),
        whole_dates(_warnings(results)),
        _diagrams(results),
        _again(results, workbooks),
        "</main>",
        f"<footer><p>{escape(label)} · 判定日 <time>{on}</time>"
        f" · wenye {results.manifest['wenye']}。"
        "本页不含姓名和证件号码。</p></footer></body></html>",
    ]
    return "\n".join(parts)


def _header(results: Results, entries: list[Cost]) -> str:
    manifest = results.manifest
    sums = total(entries)
    complete = _complete(manifest["registers"]["complete_to"])
    banner = (
        '<p class="note"><b>合成数据</b>：所有人员和单位均为虚构，数字只用于演示。'
        " Synthetic data: nobody in it exists.</p>"
        if results.synthetic
        else ""
    )
    facts = [
        ("判定", f"{sums['judged']:,}", f"{len(manifest['schemes'])} 个项目，每个对象一行"),
        ("符合", f"{sums['entitled']:,}", f"其中计入 {sums['granted']:,}，其余重复不计"),
        ("待定", f"{sums['undetermined']:,}", "缺事实，或标准未定"),
        ("金额未定", f"{sums['open']:,}", "已计入而标准未定，没有金额"),
    ]
    shown = "".join(
        f"<div><dt>{head}</dt><dd>{value}<small>{more}</small></dd></div>"
        for head, value, more in facts
    )
    links = (
        ("schemes", "各项目"),
        ("costs", "花费"),
        ("near", "差一项"),
        ("open", "待定"),
        ("basis", "依据提醒"),
        ("drawn", "判定图"),
        ("again", "复查"),
    )
    nav = "".join(f'<a href="#{place}">{words}</a>' for place, words in links)
    return (
        f'<header><div class="mark">{_MARK}<span>判定报告</span></div>'
        f"<h1>{escape(manifest['district_label'])}，{_prose(results)}</h1>"
        f'<p class="en">{escape(results.district.label_en)}: every scheme for everyone, '
        f"as at {manifest['on']}</p>{banner}"
        f'<p class="soft">登记册完整至：{complete}</p>'
        f'<dl class="facts">{shown}</dl>{headline(results, entries)}'
        f"<nav>{nav}</nav>{contents(results)}</header>"
    )


def _prose(results: Results) -> str:
    return f"{results.on.year}年{results.on.month}月{results.on.day}日判定"


def _complete(days: dict[str, str | None]) -> str:
    labels = {entity.register.name: entity.register.label for entity in MODEL}
    by_day: dict[str | None, list[str]] = {}
    for name, day in days.items():
        by_day.setdefault(day, []).append(labels.get(name, name))
    if len(by_day) == 1 and None not in by_day:
        return f"{next(iter(by_day))}（全部）"
    told = [f"{day}（{'、'.join(names)}）" for day, names in by_day.items() if day is not None]
    if None in by_day:
        told.append(f"未报送或未说明：{'、'.join(by_day[None])}，没有记录不等于没有")
    return "；".join(told)


def _where(sheet: str, command: str, workbooks: bool) -> str:
    """Where all rows of a table stand."""
    return f"工作簿“{sheet}”页，或运行 {command}" if workbooks else f"运行 {command}"


def _near(found: NearMisses, workbooks: bool) -> str:
    text = [
        heading("near", "差一项", "One condition away"),
        "<p>其他条件不变，只要这一项改变就符合的。有的改变不了，有的只差一次登记或一份合同。"
        "一个对象可能列在几项之下（几个项目，或“或”连接的几项），各行不能相加。</p>",
    ]
    if not found.misses:
        return "".join([*text, '<p class="soft">没有只差一项条件的对象。</p>'])
    rows = [
        (
            f"{item.subjects:,}",
            escape(item.title),
            escape(item.label if item.needed else f"不得有：{item.label}"),
            f"{item.since} 起",
        )
        for item in found.misses[:_TOP]
    ]
    text.append(table(("数量", "项目", "差在哪一项", "适用规定"), rows, (0,)))
    text.append(beyond(len(found.misses) - _TOP, _where("差一项", _NEAR_COMMAND, workbooks)))
    rows = [
        (f"{item.excludes:,}", f"{item.alone:,}", escape(item.title), escape(item.label))
        for item in found.obstacles[:_TOP]
    ]
    text += [
        '<h3>挡住最多的条件<span class="en">What excludes most</span></h3>',
        table(("单凭它就不符合", "只因它一项", "项目", "条件"), rows, (0, 1)),
        beyond(len(found.obstacles) - _TOP, f"运行 {_NEAR_COMMAND}"),
    ]
    return "".join(text)


def _open(results: Results, found: OpenQuestions, workbooks: bool) -> str:
    waiting = sum(found.undetermined.values())
    text = [
        heading("open", "待定", "Undetermined, and why"),
        f"<p>共 {waiting:,} 行还不能下结论。先补能让最多人定案的事实，再定卡住最多的标准。</p>",
    ]
    if found.facts:
        rows = [
            (
                f"{item.subjects:,}",
                escape(item.label),
                escape(item.title),
                escape(item.asked_of),
            )
            for item in found.facts[:_TOP]
        ]
        text += [
            '<h3>缺的事实<span class="en">Missing facts</span></h3>',
            table(("涉及", "事实", "项目", "向谁核实"), rows, (0,)),
            beyond(len(found.facts) - _TOP, _where("待定", _OPEN_COMMAND, workbooks)),
        ]
    if found.values:
        titles = {name: entry["title"] for name, entry in results.manifest["schemes"].items()}
        values = [
            (
                f"{item.outcomes:,}",
                f"{item.amounts:,}",
                escape(item.label) + f'<br><code class="soft">{_breakable(item.name)}</code>',
                escape("、".join(titles[name] for name in item.schemes)),
                escape(item.reason),
            )
            for item in found.values[:_TOP]
        ]
        text += [
            '<h3>未定的标准<span class="en">Values nobody has set yet</span></h3>',
            table(("卡住判定", "卡住金额", "标准", "项目", "为什么未定"), values, (0, 1)),
            beyond(len(found.values) - _TOP, f"运行 {_OPEN_COMMAND}"),
            '<p class="soft">由区里经办人确认数值、起始日和来源，另一人复核，'
            "写入 confirmations.yaml。</p>",
        ]
    return "".join(text)


def _breakable(name: str) -> str:
    """A long name that may be broken after its dots and underscores."""
    return escape(name).replace(".", ".<wbr>").replace("_", "_<wbr>")


def _warnings(results: Results) -> str:
    """One box for each document in doubt, with the schemes judged under it meanwhile."""
    boxes: dict[tuple[str, str], list[str]] = {}
    for name, scheme in results.schemes.items():
        words = told_rows.basis_words(scheme)
        for law in scheme.laws:
            judged, entitled = doubtful_rows(results, name, law.name)
            if judged:
                not_paid = f"，其中符合的 {entitled:,} 行不发放" if entitled else ""
                boxes.setdefault((_document(law.basis), law.doubt), []).append(
                    f"<li>{escape(scheme.title)}：{judged:,} 行{not_paid}"
                    f'<span class="soft">　{escape(words[law.name])}</span></li>'
                )
    text = [heading("basis", "依据提醒", "Where the basis is in doubt")]
    for (document, doubt), items in boxes.items():
        text.append(
            f'<div class="note"><b>{escape(document)}</b>：{escape(doubt)}。'
            f"存疑期内适用它的判定：<ul>{''.join(items)}</ul></div>"
        )
    if not boxes:
        text.append('<p class="soft">所有判定的依据都没有疑问。</p>')
    if results.manifest.get("only") is not None:
        text.append('<p class="note"><b>只判定了部分项目</b>：与未判定项目的互斥没有计算。</p>')
    return "".join(text)


def _document(basis: Basis) -> str:
    return basis.document.name if isinstance(basis, Citation) else basis.text


def _diagrams(results: Results) -> str:
    titles = results.district.titles((*results.schemes, *results.district.awards))
    text = [heading("drawn", "判定图", "How each scheme decides")]
    for scheme in results.schemes.values():
        drawn = diagram(scheme, lang="zh", on=results.on, titles=titles)
        text.append(
            f"<details><summary>{escape(scheme.title)}</summary>"
            f'<div class="drawn">{drawn}</div></details>'
        )
    return "".join(text)


def _again(results: Results, workbooks: bool) -> str:
    manifest: dict[str, Any] = results.manifest
    digests = [
        ("登记册", manifest["registers"]["digest"]),
        ("规则", manifest["rules_digest"]),
        ("参数与确认", manifest["parameters_digest"]),
    ]
    rows = [(head, f"<code>{value[:16]}…</code>") for head, value in digests]
    files_here = "每个项目一个 Parquet 文件" + ("和一个工作簿" if workbooks else "")
    return (
        heading("again", "复查", "Check it yourself")
        + f"<p>{files_here}，连同 manifest.json 都在本页旁边。"
        "用下面的命令重做判定，逐项比对；或查看任何一个对象的全部理由。</p>"
        + "<pre>wenye replay 本文件夹 --sample 10000\nwenye why 本文件夹 people:1\n"
        "wenye near-misses 本文件夹</pre>" + table(("摘要", "SHA-256（前16位）"), rows)
    )
