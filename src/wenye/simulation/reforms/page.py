"""``comparison.html``: one file without scripts, for a screen of any width and for paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape
from importlib.resources import files
from pathlib import Path

from wenye.determination.report_table import table, whole_dates
from wenye.simulation.reforms.cells import COUNTS, Cell, age_words, sex_words, town_name
from wenye.simulation.reforms.comparison import Comparison, SchemeComparison
from wenye.simulation.reforms.pictures import MARK, cost_picture, flow_picture
from wenye.simulation.reforms.small_cells import SMALL
from wenye.simulation.reforms.telling import MOVED, money_words, remarks, signed, summary

KEPT_BACK = "略"
SMALL_WORDS = f"<{max(SMALL) + 1}"
_FLOWS = {"once": "一次性", "monthly": "按月", "": "不发放资金"}
_HEADS = ("符合：现行", "新符合", "不再符合", "符合：改动后", "计入：现行", "计入：改动后")
_MONEY = ("可发放：现行", "可发放：改动后", "差额", "待确认：现行", "待确认：改动后", "差额")


def write_page(found: Comparison, path: Path) -> None:
    """Write the page to ``path``. Raises OSError."""
    path.write_text(page(found), encoding="utf-8")


def page(found: Comparison) -> str:
    """The whole page as HTML."""
    style = "\n".join(
        files(package).joinpath(name).read_text(encoding="utf-8")
        for package, name in (
            ("wenye.determination", "report.css"),
            ("wenye.simulation.reforms", "comparison.css"),
        )
    )
    label = escape(found.district.label)
    parts = [
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>改动测算 {label} {found.on}</title><style>{style}</style></head><body>",
        whole_dates(_header(found)),
        "<main>",
        whole_dates(_changes(found)),
        _moves(found),
        _cost(found),
        _groups(found),
        whole_dates(_basis(found)),
        "</main>",
        f"<footer><p>{label} · 判定日 <time>{found.on}</time>"
        f" · wenye {escape(found.manifest['wenye'])}。本页不含姓名、证件号码和编号。</p></footer>"
        "</body></html>",
    ]
    return "\n".join(parts)


def _heading(place: str, zh: str, en: str) -> str:
    return f'<h2 id="{place}">{zh}</h2><p class="en">{en}</p>'


def _header(found: Comparison) -> str:
    title = found.reform.title or "假设：改动标准的测算"
    title_en = found.reform.title_en or "what if: a change of values tried out"
    synthetic = (
        '<p class="note"><b>合成数据</b>：所有人员和单位均为虚构，数字只用于演示。'
        " Synthetic data: nobody in it exists.</p>"
        if found.synthetic
        else ""
    )
    internal = (
        '<p class="note"><b>内部使用</b>：小数目没有隐去，不得外传。'
        " Internal: small numbers are shown.</p>"
        if found.internal
        else ""
    )
    said = summary(found)
    lead = "".join(f"<p>{escape(zh)}</p>" for zh, _ in said)
    lead_en = " ".join(escape(en) for _, en in said)
    note = f'<p class="soft">{escape(found.reform.note)}</p>' if found.reform.note else ""
    links = (("changes", "改了什么"), ("moves", "进与出"), ("cost", "花费"), ("groups", "分组"))
    nav = "".join(f'<a href="#{at}">{words}</a>' for at, words in (*links, ("basis", "口径")))
    return (
        f'<header><div class="mark">{MARK}<span>改动测算</span></div><h1>{escape(title)}</h1>'
        f'<p class="en">{escape(title_en)} · {escape(found.district.label)}，判定日 {found.on}</p>'
        '<p class="note"><b>假设</b>：这是测算，不是政策；所改的值是假设的，不能据以发放。'
        f" What if: no policy, and nothing is paid on it.</p>{synthetic}{internal}"
        f'<div class="lead">{lead}<p class="en">{lead_en}</p></div>{note}<nav>{nav}</nav></header>'
    )


def _changes(found: Comparison) -> str:
    titles = {name: scheme.title for name, scheme in found.district.schemes.items()}
    rows = [
        (
            f"{escape(item.label)}<br><code>{escape(item.parameter)}</code>",
            escape(item.before),
            escape(item.after),
            "各日" if item.since is None else f"{item.since} 起",
            escape("、".join(titles[name] for name in item.schemes) or "没有项目用到"),
        )
        for item in found.values
    ]
    head = ("标准", "现行", "改为", "自何日", "用到的项目")
    return _heading("changes", "改了什么", "What is changed") + table(head, rows)


def _moves(found: Comparison) -> str:
    parts = [_heading("moves", "谁进来，谁出去", "Who moves in and out, and by which condition")]
    if not found.schemes:
        parts.append('<p class="soft">没有项目用到所改的标准。</p>')
    for item in found.schemes:
        parts.append(_scheme(item))
    return "".join(parts)


def _scheme(item: SchemeComparison) -> str:
    head = (
        f"<h3>{escape(item.title)}<span class='en'>{escape(item.title_en)}</span></h3>"
        f'<p class="soft">{_FLOWS[item.flow]} · 判定 {item.judged:,}（{escape(item.subject)}）</p>'
    )
    if not item.changed:
        return f'{head}<p class="soft">没有人受影响。</p>'
    rows = [
        (
            "符合",
            f"{item.outcome('entitled', after=False):,}",
            f"{item.movements['in'].subjects:,}",
            f"{item.movements['out'].subjects:,}",
            f"{item.outcome('entitled', after=True):,}",
        ),
        (
            "其中计入",
            f"{item.counted_before:,}",
            f"{item.counted_in:,}",
            f"{item.counted_out:,}",
            f"{item.counted_after:,}",
        ),
        (
            "待定",
            f"{item.outcome('undetermined', after=False):,}",
            f"{_into(item, 'undetermined'):,}",
            f"{_from(item, 'undetermined'):,}",
            f"{item.outcome('undetermined', after=True):,}",
        ),
    ]
    counts = table(("", "现行", "进", "出", "改动后"), rows, range(1, 5), wide=True)
    key = (
        '<ul class="key"><li><i class="moved-in"></i>变为符合</li>'
        '<li><i class="wait"></i>变为待定</li><li><i class="moved-out"></i>变为不符合</li>'
        '<li class="step">两次都不符合的截短</li></ul>'
    )
    return (
        f'{head}<div class="pair"><div>{flow_picture(item)}{key}</div><div>{counts}</div></div>'
        f"{_reasons(item)}{_gains(item)}"
    )


def _into(item: SchemeComparison, outcome: str) -> int:
    pairs = item.transitions.items()
    return sum(number for (was, now), number in pairs if now == outcome != was)


def _from(item: SchemeComparison, outcome: str) -> int:
    pairs = item.transitions.items()
    return sum(number for (was, now), number in pairs if was == outcome != now)


def _reasons(item: SchemeComparison) -> str:
    rows = []
    for name, (zh, _) in MOVED.items():
        for _, label, _, subjects in item.movements[name].shares():
            rows.append((zh, f"{subjects:,}", escape(label)))
    return table(("变动", "数量", "因哪一项条件改变"), rows, (1,)) if rows else ""


def _gains(item: SchemeComparison) -> str:
    told = item.gains
    more = f"，中位数 {signed(told.more)}" if told.more is not None else ""
    less = f"，中位数 {signed(told.less)}" if told.less is not None else ""
    unknown = f"；金额未定、说不清的 {told.unknown:,}" if told.unknown else ""
    return (
        f'<p class="soft">12个月内所得增加的 {told.winners:,}{more}；'
        f"减少的 {told.losers:,}{less}{unknown}。</p>"
    )


def _cost(found: Comparison) -> str:
    parts = [
        _heading("cost", "花费", "What it costs, by month"),
        "<p>只算计入的（同一对象只发一份，互斥的已让）。一次性的都算在判定当月；按月的假定其间情况不变，"
        "并假定让与不让同判定当月。可发放和标准待确认的分开列，不相加。</p>",
        cost_picture(found.months, found.before, found.after, "每月花费"),
        '<ul class="key"><li><i class="yes was"></i>现行</li><li><i class="yes"></i>改动后</li>'
        '<li><i class="wait"></i>上段斜线：标准待确认</li></ul>',
    ]
    rows = []
    for at, month in enumerate(found.months):
        was, now = found.before, found.after
        rows.append(
            [
                f"{month}",
                *_three(was.payable[at], now.payable[at]),
                *_three(was.unconfirmed[at], now.unconfirmed[at]),
                f"{was.no_amount[at]:,} → {now.no_amount[at]:,}",
            ]
        )
    foot = [
        "合计",
        *_three(found.before.payable_fen, found.after.payable_fen),
        *_three(found.before.unconfirmed_fen, found.after.unconfirmed_fen),
        "",
    ]
    parts.append(
        table(("月份", *_MONEY, "金额未定（行）"), rows, range(1, 8), foot=foot, wide=True)
    )
    if len(found.schemes) > 1:
        rows = [
            [
                escape(item.title),
                *_three(item.before.payable_fen, item.after.payable_fen),
                *_three(item.before.unconfirmed_fen, item.after.unconfirmed_fen),
            ]
            for item in found.schemes
        ]
        parts.append(table(("项目", *_MONEY), rows, range(1, 7), foot=foot[:-1], wide=True))
    return "".join(parts)


def _three(before: int, after: int) -> tuple[str, str, str]:
    change = after - before
    return _yuan(before), _yuan(after), signed(change) if change else "—"


def _yuan(fen: int) -> str:
    return money_words(fen) if fen else "—"


def _groups(found: Comparison) -> str:
    parts = [_heading("groups", "按街镇、性别、年龄", "By town, sex and age")]
    if not found.internal:
        parts.append(
            f"<p>人数为1或2的写作{escape(SMALL_WORDS)}，同一行其余数字略去；必要时另略一行，"
            "使其不能由合计减出。各项目合计是准确的。几张表或几次测算相减，仍可能推出小数目，"
            "外传前请再看。</p>"
        )
    changed = [item for item in found.schemes if item.changed]
    if not changed:
        parts.append('<p class="soft">没有变动。</p>')
    for item in changed:
        parts.append(f"<h3>{escape(item.title)}</h3>")
        groups = item.cells
        parts += [
            _cells(("街镇",), groups.by_town, lambda cell: [town_name(cell.town, found.towns)]),
            _cells(("性别",), groups.by_sex, lambda cell: [sex_words(cell.sex)[0]]),
            _cells(("年龄",), groups.by_age, lambda cell: [age_words(cell.age)[0]]),
            "<details><summary>街镇 × 性别 × 年龄</summary>",
            _cells(
                ("街镇", "性别", "年龄"),
                groups.cross,
                lambda cell: [
                    town_name(cell.town, found.towns),
                    sex_words(cell.sex)[0],
                    age_words(cell.age)[0],
                ],
            ),
            "</details>",
        ]
    return "".join(parts)


def _cells(heads: Sequence[str], cells: Iterable[Cell], names: Callable[[Cell], list[str]]) -> str:
    rows = [[*map(escape, names(cell)), *cell_words(cell)] for cell in cells]
    head = (*heads, *_HEADS, "可发放差额", "待确认差额")
    return table(head, rows, range(len(heads), len(head)), wide=True)


def cell_words(cell: Cell) -> list[str]:
    """A cell's counts and differences of money, escaped; what is kept back is not among them."""
    counts = [cell.numbers[name] for name in COUNTS]
    if cell.hidden:
        shown = [escape(SMALL_WORDS) if number in SMALL else KEPT_BACK for number in counts]
        return [*shown, KEPT_BACK, KEPT_BACK]
    payable = cell.numbers["payable_after"] - cell.numbers["payable_before"]
    unconfirmed = cell.numbers["unconfirmed_after"] - cell.numbers["unconfirmed_before"]
    money = [signed(fen) if fen else "—" for fen in (payable, unconfirmed)]
    return [*(f"{number:,}" for number in counts), *money]


def _basis(found: Comparison) -> str:
    notes = "".join(f"<li>{escape(zh)}。</li>" for zh, _ in remarks(found))
    if found.untouched:
        titles = "、".join(found.district.schemes[name].title for name in found.untouched)
        notes += (
            f"<li><details><summary>改动不涉及的项目 / not touched by the change</summary>"
            f"{escape(titles)}</details></li>"
        )
    notes_en = ". ".join(escape(en) for _, en in remarks(found))
    digests = found.manifest["parameters_digest"]
    shown = "\n".join(
        (
            f"登记册 registers   {found.manifest['registers']['digest']}",
            f"规则   rules       {found.manifest['rules_digest']}",
            f"参数   parameters  {digests['before']}",
            f"改动后 changed     {digests['after']}",
        )
    )
    return (
        _heading("basis", "口径和复查", "How it was worked out, and how to do it again")
        + f'<ul>{notes}</ul><p class="en">{notes_en}.</p><pre>{escape(shown)}</pre>'
    )
