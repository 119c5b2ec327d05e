"""A scheme's case table: cases that an official can check, read strictly.

``cases/<scheme>.yaml`` holds one full case and what each row changes of it::

    方案: post_subsidy
    日期: 2026-03-15                     # day of determination, where a row names none
    基础:
      employment: {contract_months: 24, worker: {company_officer: 否, awards: []}}
    案例:
      - 说明: 合同差一个月
        改动: {employment.contract_months: 11}
        结果: 不符合
        决定: contract
    缺一待定: [employment.contract_months]   # each alone left out of the full case

A change is a path and a value; ``未知`` leaves the fact out, ``无`` says that there is none, ``是``
and ``否`` are yes and no. A row may be given a number, ``key: 1``: rows of one kind with the same
number are the same person or employer; ``重复: 90`` in a list stands for ninety equal rows.
``假设``, with a mapping of parameters to values (``post_subsidy.max_months: 24``), judges the row
as though those were the values (on every day, or from the days given): what an open value would do
once the district has decided it.
Whatever nobody would read is refused with its line.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from wenye.policy.exact_yaml import Block, read_yaml
from wenye.rules.errors import did_you_mean

OUTCOMES = {"符合": "entitled", "不符合": "not_entitled", "待定": "undetermined"}
AMOUNT_STATUSES = {"可付": "payable", "待核实": "unconfirmed", "未定": "open", "无": "none"}
UNKNOWN = "未知"
REPEAT = "重复"
_WORDS: dict[str, bool | None] = {"是": True, "否": False, "无": None}
_STEP = re.compile(r"([a-z_]+)((?:\[\d+\])*)")
_COLUMNS = (
    *("说明", "日期", "假设", "改动", "结果", "金额", "金额状态"),
    *("决定", "缺", "受阻", "依据", "期限", "退回"),
)
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class TableRow:
    """One case and what it should come to; what is None is not stated."""

    text: str
    on: dt.date
    case: Mapping[str, Any]
    outcome: str
    amount: str | None = None
    amount_status: str | None = None
    #: Condition whose answer decides: were it the other one, the outcome would differ.
    decides: str | None = None
    missing: tuple[str, ...] | None = None
    blocked_by: tuple[str, ...] | None = None
    law: str | None = None
    #: First and last month of a monthly support.
    term: tuple[str, str] | None = None
    recover: str | None = None
    #: What the row changes of the full case, as written: path → value.
    changes: Mapping[str, Any] = field(default_factory=dict)
    #: What-if values by parameter (``policy.what_if``).
    assumed: Mapping[str, Any] = field(default_factory=dict)
    where: str = ""

    @property
    def left_out(self) -> bool:
        """Whether it is a row of ``缺一待定``: one fact alone is left out of the full case."""
        return self.text == f"只缺 {next(iter(self.changes), '')}"

    def supposing(self, values: Mapping[str, Any]) -> TableRow:
        """The same row under further what-if values."""
        return replace(self, assumed={**self.assumed, **values})


@dataclass(frozen=True, slots=True)
class CaseTable:
    """The rows of one scheme; ``rows`` begins with those written out, then one per ``缺一待定``."""

    scheme: str
    on: dt.date
    base: Mapping[str, Any]
    rows: tuple[TableRow, ...]
    note: str = ""


def read_case_table(path: Path) -> CaseTable:
    """The table in a file; a mistake is a ``PolicyError`` with its line."""
    file = read_yaml(path)
    file.only("方案", "说明", "日期", "基础", "案例", "缺一待定")
    scheme = file.text("方案")
    if scheme != path.stem:
        raise file.refuse(f"方案: {scheme} stands in {path.name}", "方案", f"方案: {path.stem}")
    on = file.day("日期")
    assert on is not None
    try:
        base = _plain(file.block("基础"))
    except ValueError as error:
        raise file.refuse(str(error), "基础") from None
    table = CaseTable(scheme, on, base, (), file.text("说明", ""))
    rows = [_row(block, table) for block in file.blocks("案例")]
    if not rows:
        raise file.refuse("no cases", "案例", "案例:  then  - 说明: …")
    for asked in file.texts("缺一待定"):
        try:
            case = _changed(base, {asked: UNKNOWN})
        except ValueError as error:
            raise file.refuse(str(error), "缺一待定") from None
        rows.append(
            TableRow(
                text=f"只缺 {asked}",
                on=on,
                case=case,
                outcome="undetermined",
                missing=(asked,),
                changes={asked: UNKNOWN},
                where=file.where("缺一待定"),
            )
        )
    return replace(table, rows=tuple(rows))


def read_case_tables(folder: Path) -> dict[str, CaseTable]:
    """The tables of a folder by scheme."""
    return {path.stem: read_case_table(path) for path in sorted(folder.glob("*.yaml"))}


def _row(block: Block, table: CaseTable) -> TableRow:
    block.only(*_COLUMNS)
    on = block.day("日期", table.on)
    assert on is not None
    changes = block.block("改动", Block(block.file, block.line))
    try:
        case = _changed(table.base, changes)
    except ValueError as error:
        raise block.refuse(str(error), "改动") from None
    status = block.text("金额状态", "")
    return TableRow(
        text=block.text("说明"),
        on=on,
        case=case,
        outcome=_word(block, "结果", OUTCOMES),
        amount=_amount(block, "金额"),
        amount_status=_word(block, "金额状态", AMOUNT_STATUSES) if status else None,
        decides=block.text("决定", "") or None,
        missing=block.texts("缺") if "缺" in block else None,
        blocked_by=block.texts("受阻") if "受阻" in block else None,
        law=block.text("依据", "") or None,
        term=_term(block),
        recover=_amount(block, "退回"),
        changes={
            path: value if value == UNKNOWN else _plain(value) for path, value in changes.items()
        },
        assumed=dict(block.block("假设", Block(block.file, block.line))),
        where=block.where(),
    )


def _word(block: Block, key: str, words: Mapping[str, str]) -> str:
    word = block.text(key)
    if word not in words:
        raise block.refuse(f"{key}: {word}", key, did_you_mean(word, words))
    return words[word]


def _amount(block: Block, key: str) -> str | None:
    value = block.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise block.refuse(f"{key}: {value} is not an amount", key, f"{key}: 1370.00")
    return f"{value:.2f}"


def _term(block: Block) -> tuple[str, str] | None:
    months = block.texts("期限")
    if not months:
        return None
    if len(months) != 2 or not all(_MONTH.fullmatch(month) for month in months):
        raise block.refuse(
            "期限 is not a first and a last month", "期限", "期限: [2026-03, 2028-12]"
        )
    return months[0], months[1]


def _plain(value: Any) -> Any:
    """The value as a case has it: words of yes, no and none in place of what they mean."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items() if inner != UNKNOWN}
    if isinstance(value, list):
        return [_plain(inner) for item in value for inner in _repeated(item)]
    return _WORDS[value] if isinstance(value, str) and value in _WORDS else value


def _repeated(item: Any) -> list[Any]:
    if not isinstance(item, dict) or REPEAT not in item:
        return [item]
    times = item[REPEAT]
    if isinstance(times, bool) or not isinstance(times, int) or times < 0:
        raise ValueError(f"{REPEAT}: {times} is not a number of rows")
    return [{key: value for key, value in item.items() if key != REPEAT}] * times


def _changed(base: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of the full case with the changes made, in order."""
    case: dict[str, Any] = _plain(base)
    for path, value in changes.items():
        steps = steps_of(path)
        place: Any = case
        for step in steps[:-1]:
            place = _into(place, step, path)
        last = steps[-1]
        if value == UNKNOWN:
            _into(place, last, path)
            del place[last]
        elif isinstance(last, int):
            _into(place, last, path)
            place[last] = _plain(value)
        elif isinstance(place, dict):
            place[last] = _plain(value)
        else:
            raise ValueError(f"{path}: there is no {last}")
    return case


def steps_of(path: Any) -> list[str | int]:
    """A path like ``employment.worker.awards[0].first_month``, step by step."""
    steps: list[str | int] = []
    for part in str(path).split("."):
        match = _STEP.fullmatch(part)
        if match is None:
            raise ValueError(f"{path} is not a path like employment.worker.awards[0].first_month")
        steps.append(match[1])
        steps += [int(number) for number in re.findall(r"\d+", match[2])]
    return steps


def _into(place: Any, step: str | int, path: Any) -> Any:
    try:
        return place[step]
    except (KeyError, IndexError, TypeError):
        raise ValueError(f"{path}: the full case (基础) has no {step} there") from None
