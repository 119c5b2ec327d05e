"""A workbook for each scheme that an officer can open: totals, who is in, out, open, and why.

Nothing in it names a person: rows carry the registers' keys, by which those who may do so look
people up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from wenye.determination import told_rows
from wenye.determination.costs import Cost, costs, total
from wenye.determination.results import Results
from wenye.determination.sheets import MOST_ROWS, Book, Column
from wenye.rules import calendar
from wenye.rules.decide import outputs, series_read
from wenye.rules.readable.formula import citations
from wenye.rules.readable.wording import label_words
from wenye.rules.scheme import Scheme, ends

#: Refusals that a workbook lists; the Parquet file holds them all.
MOST_REFUSALS = 50_000

OPERATORS = {
    "district": "区",
    "city": "市",
    "tax": "税务部门",
    "bank": "银行",
    "fund": "失业保险基金",
    "other": "其他单位",
}
PARTS = {"pay": "审核并发放", "pre-check and hand over": "预审并移交", "inform": "告知"}

_WIDTHS = {
    "编号": 10,
    "街镇": 14,
    "适用规定的日期": 15,
    "依据": 46,
    "金额": 14,
    "应追回金额": 14,
    "发放状态": 30,
    "起始月份": 10,
    "截止月份": 10,
    "剩余月数": 10,
    "是否计入": 10,
    "不计入的原因": 46,
    "缺少的事实": 40,
    "未定的标准": 40,
    "因此未知的条件": 60,
    "差在哪一项": 60,
    "不符合的原因": 90,
}
Report = Callable[[str, int, int], None]


def write_workbooks(
    results: Results,
    folder: Path,
    *,
    report: Report = lambda what, done, total: None,
) -> list[Path]:
    """Write ``SCHEME.xlsx`` into ``folder`` for each scheme of the results. Raises OSError."""
    names = list(results.manifest["schemes"])
    entries = costs(results)
    written = []
    for done, name in enumerate(names, start=1):
        path = folder / f"{name}.xlsx"
        _write(results, results.schemes[name], entries, path)
        written.append(path)
        report("写出工作簿", done, len(names))
    return written


def _write(results: Results, scheme: type[Scheme], entries: list[Cost], path: Path) -> None:
    mine = [entry for entry in entries if entry.scheme == scheme.id]
    refused = total(mine)["judged"] - total(mine)["entitled"] - total(mine)["undetermined"]
    banner = "合成数据：所有人员和单位均为虚构" if results.synthetic else ""
    with Book(path, banner or scheme.title) as book:
        _about(book, results, scheme, mine, banner)
        _table(book, "符合", told_rows.entitled(results, scheme))
        _table(book, "待定", told_rows.undetermined(results, scheme))
        near = told_rows.refused(results, scheme, one_short=True)
        count = near.select(pl.len()).collect().item()
        _table(book, "差一项", near.head(MOST_REFUSALS).collect(), _cut(count, scheme))
        rows = told_rows.refused(results, scheme, one_short=False).head(MOST_REFUSALS).collect()
        _table(book, "不符合", rows, _cut(refused, scheme))
        if scheme.claws_back is not None:
            _table(book, "应追回", told_rows.to_recover(results, scheme))
        _basis(book, results, scheme)


def _cut(count: int, scheme: type[Scheme]) -> str:
    if count <= MOST_REFUSALS:
        return ""
    return (
        f"共 {count:,} 行，本页只列前 {MOST_REFUSALS:,} 行；"
        f"其余 {count - MOST_REFUSALS:,} 行见 {scheme.id}.parquet"
    )


def _table(book: Book, name: str, frame: pl.DataFrame, remark: str = "") -> None:
    if frame.height > MOST_ROWS:
        beyond = frame.height - MOST_ROWS
        remark = f"本页放不下，另有 {beyond:,} 行见同名 Parquet 文件"
    columns = [
        Column(head, _WIDTHS.get(head, 18), _kind(head, frame[head].dtype))
        for head in frame.columns
    ]
    book.table(name, columns, frame, remark)


def _kind(head: str, dtype: pl.DataType) -> Any:
    if head in ("金额", "应追回金额"):
        return "money"
    if head.rstrip("）").endswith("编号") and dtype.is_integer():
        return "key"
    return "number" if dtype.is_integer() else "text"


def _about(
    book: Book, results: Results, scheme: type[Scheme], entries: list[Cost], banner: str
) -> None:
    page = book.page("说明", [22, 16, 16, 16, 16, 18, 18, 14, 18])
    manifest = results.manifest
    page.line([(scheme.title, "title")])
    if scheme.title_en:
        page.line([(scheme.title_en, "text")])
    if banner:
        page.line([(banner, "warning")])
    page.line([])
    complete = manifest["registers"]["complete_to"].get(scheme.subject.register.name)
    for head, value in (
        ("项目编号", scheme.id),
        ("辖区", manifest["district_label"]),
        ("判定日", manifest["on"]),
        ("判定对象", f"{scheme.subject.register.label}（每行一个对象）"),
        ("登记册完整至", complete or "未说明，没有记录不等于没有"),
        ("由谁办理", OPERATORS[scheme.operated_by]),
        ("本区的工作", PARTS[scheme.our_part]),
    ):
        page.line([(head, "head"), (value, "text")])
    for name, words in told_rows.basis_words(scheme).items():
        version = next(law for law in scheme.laws if law.name == name)
        label = f"　{version.label}" if version.label else ""
        page.line([("依据", "head"), (f"{words}{label}", "text")])
        if version.doubtful_from is not None:
            since = calendar.date(version.doubtful_from)
            doubt = f"{since} 起效力存疑，不据以发放：{version.doubt}"
            page.line([("", "head"), (doubt, "warning")])
    page.line([])
    _totals(page, entries)
    page.line([])
    page.line([("怎样看这本工作簿", "part")])
    for text in _READING:
        page.line([(text, "text")])


_READING = (
    "符合：满足全部条件的；“不计入”的是与其他项目或同一对象的另一行重复，只发一份。",
    "待定：还有事实没有提供，或标准尚未确定，现在不能下结论；列出缺什么、卡在哪里。",
    "差一项：只要那一项条件改变就符合的；多项之间写“或”的，任一项改变即可。",
    "不符合：写明起决定作用的条件；分号隔开的每一项都足以不符合，“且”连接的要同时改变。",
    "可发放的金额只依据文件原文或经两人确认的标准；待确认和未定的分开列，不相加。",
    "本工作簿不含姓名和证件号码；编号是登记册中的编号。每一行都可用 wenye why 查看全部理由。",
)


def _totals(page: Any, entries: list[Cost]) -> None:
    page.line([("各街镇", "part")])
    columns = [
        Column("街镇", 22),
        *(Column(head, 16, "number") for head in ("判定", "符合", "待定", "计入")),
        Column("可发放（元）", 18, "money"),
        Column("待确认（元）", 18, "money"),
        Column("金额未定", 14, "number"),
        Column("应追回（元）", 18, "money"),
    ]
    page.head(columns)
    names = ("judged", "entitled", "undetermined", "granted")
    money = ("payable_fen", "unconfirmed_fen", "open", "recover_fen")
    for entry in entries:
        cells = [getattr(entry, name) for name in (*names, *money)]
        page.row(columns, [entry.town_name, *cells])
    sums = total(entries)
    page.row(columns, ["合计", *(sums[name] for name in (*names, *money))])


def _labels(scheme: type[Scheme], name: str, on: int) -> dict[str, list[str]]:
    """The condition's label as each version fills it in → those versions, by label and period.

    A version speaks of its last day, or of the day of determination while it is in force.
    """
    found: dict[str, list[str]] = {}
    for place, version in enumerate(scheme.laws):
        if any(item.name == name for item in scheme.conditions_of(version)):
            until = ends(scheme, place)
            day = max(version.since, on if until is None else min(until, on))
            label = label_words(scheme.conditions[name], "zh", calendar.date(day))
            to = "起" if until is None else f"至 {calendar.date(until)}"
            period = f"{calendar.date(version.since)} {to}"
            found.setdefault(label, []).append(
                f"{version.label}（{period}）" if version.label else period
            )
    return found or {label_words(scheme.conditions[name], "zh", calendar.date(on)): []}


def _basis(book: Book, results: Results, scheme: type[Scheme]) -> None:
    page = book.page("依据", [34, 44, 46, 14, 60])
    page.line([("条件", "part")])
    columns = [Column("条件", 34), Column("出处", 44), Column("用于", 46)]
    page.head(columns)
    for name, condition in scheme.conditions.items():
        given = condition.cites
        given = list(given.values()) if isinstance(given, Mapping) else given
        cited = "；".join(dict.fromkeys(citations(given, "zh")))
        for label, used in _labels(scheme, name, results.day).items():
            page.row(columns, [label or name, cited, "；".join(used)])
    page.line([])
    page.line([(f"标准（{results.on} 的值）", "part")])
    columns = [
        Column("标准", 34),
        Column("参数", 44),
        Column("值", 26),
        Column("状态", 14),
        Column("来源", 60),
    ]
    page.head(columns)
    for name in sorted(series_read(list(outputs(scheme).values()), results.district.parameters)):
        if name in results.district.details:
            told = results.district.describe(name, results.on)
            page.row(columns, [told.label, name, told.value, told.status_words, told.basis])
