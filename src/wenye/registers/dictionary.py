"""The data dictionary, written out of the model: one section per register, one row per fact."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from wenye.registers.columns import Column, columns_of, one_at_a_time
from wenye.registers.model import MODEL
from wenye.rules.case_input import entity_name
from wenye.rules.facts import Entity
from wenye.rules.kinds import Kind

_UNITS = {"month": "个月", "year": "年", "day": "天", "person": "人"}
_INTRODUCTION = """\
# 数据字典 / Data dictionary

由 `src/wenye/registers/model/` 生成，请勿手改；更新用 `python -m wenye.registers.dictionary`。
Generated from the model; do not edit by hand.

## 报送的文件 / Files to deliver

- 每个登记册一个或几个 `.xlsx`、`.csv`（UTF-8 或 GB18030；逗号、制表符或分号分隔）或 `.parquet`
  文件，以登记册命名，例如 `人员_2026-10.xlsx`；也可以是一个工作簿里的几张工作表。
  空模板：`wenye intake --templates OUT`。
- 列名可用中文名、英文名、标识或别名；不认识的列会列出，不读入。“必填”的列和单元格不能缺；
  一行的起止日期（没有终止的除外）必填，缺了整行退回。
- 空单元格：可以没有的事项记为**没有**，其他事项记为**未知**。
  `无`、`/` 表示没有，`不适用` 表示不适用。
- 日期写作 2020-08-03（也认 2020/8/3、2020.8.3、20200803、2020年8月3日和表格序列号）；
  月份写作 2020-08；金额以元为单位，最多两位小数；是否写 `是`、`否`；
  选项写名称或标识，也认 ①②③ 和（1）这样的序号。
- `完整日期.csv`（列：登记册、完整至）说明每个登记册完整到哪一天；没有它，“没有行”只表示未知。

Files are named for their register. An empty cell means *there is none* where the fact may be
absent, and *unknown* otherwise; required cells are never empty, and a row must say when it was (its
first and last day or month, unless the last may be absent). `完整日期.csv` states the day to which
each register is complete: only up to that day does "no row" mean that there is none.

## 退回的规则 / What is rejected

- 号码校验码不对、日期不存在、必填缺失、引用的人员或单位不在册（或其行已退回）、
  结束早于开始的行退回。
- 完全相同的行留第一行。人员、用人单位同一号码内容不同的，留最后一行
  （按文件名、工作表、行的次序）。
- 时间重叠的，留开始较早的一段；开始相同的留前一行。
  按日的两段可以首尾同一天，按月的不可以共有一个月。
- 日期、月份不得早于1900年，不得晚于完整日期后一年；一段的结束不得晚于完整日期后十年。

Equal rows: the first stays. Different rows for one number: the last stays. Overlapping spells: the
one that began first stays. Every rejected row comes back in `rejected.xlsx` with its reason.

## 案例文件 / The shape of a case

`CASE.json` 以所判定的一行为顶层，引用嵌套所指的行，相关的行写成列表。
事项不写是**未知**，`null` 是**没有**，`"n/a"` 是**不适用**；列表不写是未知，`[]` 是没有。
同一个人或同一个单位出现在两处的，写相同的 `"key"`（任意正整数），例如缴费的单位就是用人的单位。

A fact left out is unknown, `null` is absent, `"n/a"` not applicable; a list left out is unknown,
`[]` means that there are none. Rows that are the same person or employer carry the same `"key"`.

```json
"""
_EXAMPLE: dict[str, Any] = {
    "employment": {
        "started_on": "2026-03-01",
        "ended_on": None,
        "contract_months": 24,
        "employer": {"kind": "enterprise", "in_city": True},
        "worker": {
            "birth_date": "1990-05-17",
            "unemployment": [{"started_on": "2025-06-02", "ended_on": "2026-02-28"}],
        },
    }
}
_HEAD = (
    "| 名称 / label | 标识 / id | 类型 / kind | 必填 | 可以没有 | 提供部门 | 别名 / aliases "
    "| 案例写法 / in a case |\n"
    "| --- | --- | --- | --- | --- | --- | --- | --- |"
)


def dictionary() -> str:
    """The whole dictionary as Markdown."""
    example = json.dumps(_EXAMPLE, ensure_ascii=False, indent=2)
    sections = [_INTRODUCTION + example + "\n```"]
    sections += ["\n".join(_section(entity)) for entity in MODEL]
    return "\n\n".join(sections) + "\n"


def _section(entity: type[Entity]) -> Iterator[str]:
    register = entity.register
    yield f"## {register.label} / {register.label_en}"
    yield ""
    yield f"{entity.__doc__}"
    yield ""
    yield f"- 文件 / file: `{register.label}.xlsx`（或 `{register.name}.csv` 等 / or the like）"
    yield f"- 案例中的名称 / in a case: `{entity_name(entity)}`"
    yield f"- 提供部门 / supplied by: {register.supplied_by}"
    if entity.spell:
        labels = [entity.facts()[name].label for name in entity.spell]
        within = "、".join(entity.facts()[name].label for name in one_at_a_time(entity))
        yield f"- 时段 / spell: {labels[0]} 至 / to {labels[1]}；同一（{within}）之内不得重叠"
    elif entity.dated:
        yield f"- 日期 / dated by: {entity.facts()[entity.dated].label}"
    yield ""
    yield _HEAD
    for column in columns_of(entity):
        yield _row(entity, column)
    notes = [(column, column.fact.note) for column in columns_of(entity) if column.fact]
    written = [f"- {column.label}: {note}" for column, note in notes if note]
    if written:
        yield ""
        yield from written
    if entity.relations():
        named = "、".join(
            f"`{name}`（{relation.entity.register.label}）"
            for name, relation in entity.relations().items()
        )
        yield ""
        yield f"案例中的列表 / lists in a case: {named}"


def _row(entity: type[Entity], column: Column) -> str:
    supplied = column.fact.supplied_by if column.fact else entity.register.supplied_by
    return (
        "| "
        + " | ".join(
            (
                f"{column.label} / {column.label_en}",
                f"`{column.name}`",
                _kind(column),
                "是" if column.required else "",
                "是" if column.may_be_absent else "",
                supplied,
                "、".join(column.aliases),
                _in_case(column),
            )
        )
        + " |"
    )


def _kind(column: Column) -> str:
    kind = column.kind
    words = {
        "truth": "是否 / truth",
        "day": "日期 / day",
        "month": "月份 / month",
        "code": "代码 / code",
        "text": "文字 / text",
        "money": "金额（元） / yuan",
    }
    if kind.name == "number":
        unit = _UNITS.get(kind.unit, kind.unit)
        return f"整数（{unit}） / {kind.unit}s" if unit else "整数 / whole number"
    if kind.name == "choice":
        return "选项 / choice: " + "，".join(
            f"{at}. {label} `{name}`" for at, (name, label) in enumerate(kind.options, start=1)
        )
    if kind.name == "key" and column.fact is not None:
        return f"引用 / reference: {column.fact.target.register.label}"
    return words[kind.name]


def _in_case(column: Column) -> str:
    """How the fact is written in CASE.json."""
    if column.fact is None:
        return "不出现 / not in a case"
    return f"`{example_of(column.kind, column)}`"


def example_of(kind: Kind, column: Column) -> str:
    """A value of the kind, as JSON."""
    if kind.name == "choice":
        return f'"{kind.options[0][0]}"'
    examples = {
        "truth": "true",
        "day": '"2026-03-01"',
        "month": '"2026-03"',
        "number": "12",
        "money": '"1234.50"',
        "code": '"…"',
        "key": "{…}",
    }
    return examples[kind.name]


if __name__ == "__main__":
    from pathlib import Path

    Path("docs/data-dictionary.md").write_text(dictionary(), encoding="utf-8")
