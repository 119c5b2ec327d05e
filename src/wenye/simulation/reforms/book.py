"""``comparison.xlsx``: the same tables for those who go on reckoning; amounts as numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from wenye.determination.sheets import Book, Column, Page
from wenye.simulation.reforms.cells import COUNTS, FEN, Cell, age_words, sex_words, town_name
from wenye.simulation.reforms.comparison import Comparison
from wenye.simulation.reforms.money import Money
from wenye.simulation.reforms.movements import OUTCOMES
from wenye.simulation.reforms.page import KEPT_BACK, SMALL_WORDS
from wenye.simulation.reforms.small_cells import SMALL
from wenye.simulation.reforms.telling import MOVED, WORDS, remarks, summary

_FEN_HEADS = ("可发放（现行）", "可发放（改动后）", "待确认（现行）", "待确认（改动后）")
_COUNT_HEADS = (
    *("符合（现行）", "新符合", "不再符合", "符合（改动后）"),
    *("计入（现行）", "计入（改动后）"),
)


def write_book(found: Comparison, path: Path) -> None:
    """Write the workbook to ``path``. Raises OSError."""
    about = "合成数据：所有人员和单位均为虚构" if found.synthetic else "假设测算，不是政策"
    with Book(path, about) as book:
        _about(book, found, about)
        _schemes(book, found)
        _reasons(book, found)
        _months(book, found)
        towns = found.towns
        kinds: tuple[tuple[str, tuple[str, ...], str, Callable[[Cell], list[str]]], ...] = (
            ("按街镇", ("街镇",), "by_town", lambda cell: [town_name(cell.town, towns)]),
            ("按性别", ("性别",), "by_sex", lambda cell: [sex_words(cell.sex)[0]]),
            ("按年龄", ("年龄",), "by_age", lambda cell: [age_words(cell.age)[0]]),
            (
                "街镇性别年龄",
                ("街镇", "性别", "年龄"),
                "cross",
                lambda cell: [
                    town_name(cell.town, towns),
                    sex_words(cell.sex)[0],
                    age_words(cell.age)[0],
                ],
            ),
        )
        for name, heads, attribute, names in kinds:
            _groups(book, found, name, heads, attribute, names)


def _about(book: Book, found: Comparison, about: str) -> None:
    page = book.page("说明", [26, 30, 26, 26, 20, 40])
    page.line([(found.reform.title or "假设：改动标准的测算", "title")])
    if found.reform.title_en:
        page.line([(found.reform.title_en, "text")])
    page.line([(about, "warning")])
    page.line([("假设的值不是政策，不能据以发放", "warning")])
    if found.internal:
        page.line([("内部使用：小数目没有隐去，不得外传", "warning")])
    page.line([])
    for zh, _ in summary(found):
        page.line([(zh, "text")])
    page.line([])
    columns = [
        Column(head, 26) for head in ("参数", "标准", "现行", "改为", "自何日", "用到的项目")
    ]
    page.head(columns)
    titles = {name: scheme.title for name, scheme in found.district.schemes.items()}
    for item in found.values:
        since = "各日" if item.since is None else f"{item.since} 起"
        used = "、".join(titles[name] for name in item.schemes) or "没有项目用到"
        cells = [item.parameter, item.label, item.before, item.after, since, used]
        page.row(columns, cells)
    page.line([])
    for zh, _ in remarks(found):
        page.line([(zh, "text")])
    if not found.internal:
        page.line([(f"分组表中人数为1或2的写作{SMALL_WORDS}，同一行其余数字略去", "text")])
        page.line([("几张表或几次测算相减，仍可能推出小数目，外传前请再看", "text")])
    page.line([])
    manifest = found.manifest
    for head, value in (
        ("辖区", manifest["district_label"]),
        ("判定日", manifest["on"]),
        ("登记册摘要", manifest["registers"]["digest"]),
        ("规则摘要", manifest["rules_digest"]),
        ("参数摘要（现行）", manifest["parameters_digest"]["before"]),
        ("参数摘要（改动后）", manifest["parameters_digest"]["after"]),
        ("程序版本", manifest["wenye"]),
    ):
        page.line([(head, "head"), (value, "text")])


def _schemes(book: Book, found: Comparison) -> None:
    counts = [f"{WORDS[name]}（{when}）" for when in ("现行", "改动后") for name in OUTCOMES]
    moves = [zh for zh, _ in MOVED.values()]
    heads = [*counts, *moves, "计入（现行）", "计入（新）", "计入（不再）", "计入（改动后）"]
    columns = [
        Column("项目", 34),
        Column("判定", 14, "number"),
        *(Column(head, 16, "number") for head in heads),
        *(Column(f"{head}（元）", 20, "money") for head in _FEN_HEADS),
        *(Column(head, 16, "number") for head in ("所得增加", "所得减少", "金额说不清")),
    ]
    page = _page(book, "各项目", columns)
    for item in found.schemes:
        cells: list[Any] = [item.title, item.judged]
        cells += [item.outcome(name, after=after) for after in (False, True) for name in OUTCOMES]
        cells += [item.movements[name].subjects for name in MOVED]
        cells += [item.counted_before, item.counted_in, item.counted_out, item.counted_after]
        cells += _fen(item.before, item.after)
        cells += [item.gains.winners, item.gains.losers, item.gains.unknown]
        page.row(columns, cells)
    page.end_table(len(columns), len(found.schemes))


def _fen(before: Money, after: Money) -> list[int]:
    return [
        before.payable_fen,
        after.payable_fen,
        before.unconfirmed_fen,
        after.unconfirmed_fen,
    ]


def _reasons(book: Book, found: Comparison) -> None:
    columns = [
        Column("项目", 34),
        Column("变动", 20),
        Column("数量", 12, "number"),
        Column("因哪些条件改变", 90),
    ]
    page = _page(book, "变动原因", columns)
    rows = 0
    for item in found.schemes:
        for name, (zh, _) in MOVED.items():
            for reason in item.movements[name].reasons:
                page.row(columns, [item.title, zh, reason.subjects, reason.label])
                rows += 1
    page.end_table(len(columns), rows)


def _months(book: Book, found: Comparison) -> None:
    columns = [
        Column("项目", 34),
        Column("月份", 12),
        *(Column(f"{head}（元）", 20, "money") for head in _FEN_HEADS),
        Column("金额未定（现行，行）", 20, "number"),
        Column("金额未定（改动后，行）", 20, "number"),
    ]
    page = _page(book, "按月花费", columns)
    sides = [(item.title, item.before, item.after) for item in found.schemes]
    sides.append(("合计", found.before, found.after))
    for title, before, after in sides:
        for at, month in enumerate(found.months):
            page.row(
                columns,
                [
                    title,
                    month,
                    before.payable[at],
                    after.payable[at],
                    before.unconfirmed[at],
                    after.unconfirmed[at],
                    before.no_amount[at],
                    after.no_amount[at],
                ],
            )
    page.end_table(len(columns), len(sides) * len(found.months))


def _groups(
    book: Book,
    found: Comparison,
    name: str,
    heads: Sequence[str],
    attribute: str,
    names: Callable[[Cell], list[str]],
) -> None:
    columns = [
        Column("项目", 34),
        *(Column(head, 18) for head in heads),
        *(Column(head, 14, "number") for head in _COUNT_HEADS),
        *(Column(f"{head}（元）", 20, "money") for head in _FEN_HEADS),
    ]
    page = _page(book, name, columns)
    rows = 0
    for item in found.schemes:
        for cell in getattr(item.cells, attribute):
            words = [(text, "text") for text in (item.title, *names(cell))]
            page.line([*words, *_numbers(cell)])
            rows += 1
    page.end_table(len(columns), rows)


def _numbers(cell: Cell) -> Iterable[tuple[Any, str]]:
    counts = [cell.numbers[name] for name in COUNTS]
    if cell.hidden:
        yield from ((SMALL_WORDS if number in SMALL else KEPT_BACK, "text") for number in counts)
        yield from ((KEPT_BACK, "text") for _ in FEN)
        return
    yield from ((number, "number") for number in counts)
    yield from ((cell.numbers[name], "money") for name in FEN)


def _page(book: Book, name: str, columns: Sequence[Column]) -> Page:
    page = book.page(name, [column.width for column in columns])
    page.head(columns)
    return page
