"""The report's money: what the district pays, what is handed over, what others grant.

One-off money and a month's money of the monthly schemes stand in columns of their own, and are
never added: the one is paid once, the other every month.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from wenye.determination.costs import Cost, total
from wenye.determination.report_marks import FLOWS, GROUPS, amount, grouped, heading
from wenye.determination.report_table import table
from wenye.determination.results import Results, remarks

_STATUSES = (("可发放", "payable_fen"), ("待确认", "unconfirmed_fen"))
_HEAD = tuple(f"{words}<br>{told}" for words, _ in _STATUSES for told in FLOWS.values())
_MORE = ("金额未定<br>行数", "应追回")
_NUMBERS = range(1, 1 + len(_HEAD) + len(_MORE))


def money_of(results: Results, entries: Iterable[Cost], flow: str) -> dict[str, int]:
    """The sums over the schemes of one flow (``once``, ``monthly``)."""
    schemes = results.manifest["schemes"]
    return total(entry for entry in entries if schemes[entry.scheme]["flow"] == flow)


def _cells(results: Results, entries: Iterable[Cost]) -> list[str]:
    held = list(entries)
    by_flow = {flow: money_of(results, held, flow) for flow in FLOWS}
    found = [amount(by_flow[flow][key]) for _, key in _STATUSES for flow in FLOWS]
    sums = total(held)
    return [*found, f"{sums['open']:,}" if sums["open"] else "—", amount(sums["recover_fen"])]


def headline(results: Results, entries: list[Cost]) -> str:
    """The money by the district's part: one-off and monthly apart, and no sum of all."""
    rows = []
    for part, schemes in grouped(results).items():
        own = [entry for entry in entries if entry.scheme in schemes]
        if schemes:
            rows.append([f'<a href="#cost-{GROUPS[part][0]}">{GROUPS[part][1]}</a>'])
            rows[-1] += _cells(results, own)
    return (
        table(("本区的工作", *_HEAD, *_MORE), rows, _NUMBERS)
        + '<p class="soft">一次性和按月的不相加；各行也不相加：移交和告知的不由本区支付。</p>'
    )


def money(results: Results, entries: list[Cost]) -> str:
    """By scheme, a table for each part of the district; then by town; then what is not told."""
    text = [
        heading("costs", "花费", "What it costs, by scheme and town"),
        "<p>只有“可发放”可以付：依据文件原文或两人确认过的标准。"
        "待确认的和未定的分开列，不相加。按月的为本月金额，与一次性的不相加。</p>",
    ]
    paying = {entry.scheme for entry in entries if _owed(entry)}
    for part, schemes in grouped(results).items():
        shown = {name: schemes[name]["title"] for name in schemes if name in paying}
        if shown:
            text += _of_part(results, entries, part, shown)
    for line in remarks(results.manifest):
        words, _, rows = line.partition("：")
        text.append(f'<p class="note"><b>{escape(words)}</b>：{escape(rows)}</p>')
    return "".join(text)


def _owed(entry: Cost) -> bool:
    counts = (entry.payable, entry.unconfirmed, entry.open, entry.recover_fen)
    return any(counts)


def _of_part(
    results: Results, entries: list[Cost], part: str, titles: dict[str, str]
) -> Iterator[str]:
    anchor, zh, en = GROUPS[part]
    own = [entry for entry in entries if entry.scheme in titles]
    foot = ["合计", *_cells(results, own)]
    yield f'<h3 id="cost-{anchor}">{zh}<span class="en">{en}</span></h3>'
    rows = [
        [escape(title), *_cells(results, (entry for entry in own if entry.scheme == name))]
        for name, title in titles.items()
    ]
    yield table(("项目", *_HEAD, *_MORE), rows, _NUMBERS, foot=foot)
    by_town: dict[str | None, list[Cost]] = {}
    for entry in own:
        by_town.setdefault(entry.town, []).append(entry)
    order = {code: place for place, code in enumerate(results.towns)}
    towns = sorted(by_town, key=lambda code: (order.get(code or "", len(order)), code or ""))
    rows = [
        [escape(by_town[town][0].town_name), *_cells(results, by_town[town])]
        for town in towns
        if any(map(_owed, by_town[town]))
    ]
    yield f"<details><summary>{zh}：按街镇</summary>"
    yield table(("街镇", *_HEAD, *_MORE), rows, _NUMBERS, foot=foot)
    yield "</details>"
    rows = [
        [escape(titles[entry.scheme]), escape(entry.town_name), *_cells(results, [entry])]
        for entry in own
        if _owed(entry)
    ]
    yield f"<details><summary>{zh}：每个项目按街镇</summary>"
    yield table(("项目", "街镇", *_HEAD, *_MORE), rows, [place + 1 for place in _NUMBERS])
    yield "</details>"
