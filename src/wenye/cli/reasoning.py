"""An explanation as text: outcome, law, the formula as a tree, what is missing, what would change.

Shape and word say the same (✓ 满足, ✗ 不满足, ? 未知), so that nothing rests on colour.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any

from wenye.rules.facts import Entity
from wenye.rules.one_short import one_short
from wenye.rules.readable.wording import label_words
from wenye.rules.scheme import Scheme

OUTCOME_WORDS = {
    "entitled": "✓ 符合 / entitled",
    "not_entitled": "✗ 不符合 / not entitled",
    "undetermined": "? 待定 / undetermined",
}
_OUTCOME_ZH = {"entitled": "符合", "not_entitled": "不符合", "undetermined": "待定"}
_STATUS_WORDS = {
    "payable": "可发放",
    "unconfirmed": "标准有来源、尚待确认，暂不可发放",
    "open": "标准未定，暂无金额",
    "none": "",
}
_VALUE_STATUS = {
    "quoted": "文件原文",
    "confirmed": "已确认",
    "sourced": "有来源、待确认",
    "open": "未定",
}
_MARKS = {"yes": "✓ 满足", "no": "✗ 不满足", "unknown": "? 未知"}
_JOINTS = {"and": "以下全部满足", "or": "以下有一项即可", "not": "以下不得满足", "where": "视情形"}
_BRANCHES = ("其中", "若是", "若否")
_AGGREGATE = re.compile(r"(?P<how>count|total)\((?P<rows>[\w.]+)\)")
#: Flip dates that are printed; later ones stand in the JSON.
_FLIPS = 6


def told(explanation: Mapping[str, Any], schemes: Mapping[str, type[Scheme]]) -> str:
    """The explanation that ``rules.explain`` gives, for people to read in a terminal."""
    return "\n".join(_lines(explanation, schemes)) + "\n"


def _lines(told_of: Mapping[str, Any], schemes: Mapping[str, type[Scheme]]) -> Iterator[str]:
    yield f"{told_of['title']}（{told_of['scheme']}）　判定日 {told_of['on']}"
    yield f"结论　{OUTCOME_WORDS[told_of['outcome']]}"
    yield f"依据　{_law(told_of['law'])}"
    yield from (f"注意　{warning}" for warning in told_of["warnings"])
    yield from _money(told_of)
    yield ""
    yield from _Tree(told_of, schemes).lines()
    if told_of["missing"]:
        yield ""
        yield "还缺　答案可以定案的事项 / facts that may settle it"
        pairs = zip(told_of["missing"], told_of["missing_labels"], strict=True)
        yield from (f"  · {label}（{path}）" for path, label in pairs)
    if told_of["outcome"] == "undetermined":
        others = also_unknown(told_of, schemes[told_of["scheme"]].subject)
        if others:
            yield f"其他还不知道的：{'、'.join(others)}"
    if told_of["blocked_by"]:
        yield ""
        yield "卡在　尚未确定的标准 / values not set yet"
        labels = {
            value["name"]: value["label"]
            for item in told_of["conditions"]
            for value in item["parameters"]
        }
        yield from (
            f"  · {name}" if labels.get(name, name) == name else f"  · {labels[name]}（{name}）"
            for name in told_of["blocked_by"]
        )
    yield ""
    yield from _changes(told_of)


def _law(law: Mapping[str, Any] | None) -> str:
    if law is None:
        return "适用规定的日期未提供，不知适用哪一版"
    day = f"按 {law['day']} 适用"
    if law["version"] is None:
        return f"没有收录当日有效的规定（{day}）"
    until = f"至 {law['until']}" if law["until"] else "起"
    label = f"，{law['label']}" if law["label"] else ""
    return f"{law['basis']}（{law['since']} {until}{label}）；{day}"


def _money(told_of: Mapping[str, Any]) -> Iterator[str]:
    status = _STATUS_WORDS[told_of["amount_status"]]
    if told_of["amount"] is not None:
        flow = "/月" if told_of["flow"] == "monthly" else ""
        yield f"金额　¥{_grouped(told_of['amount'])}{flow}　{status}"
    elif status:
        yield f"金额　{status}"
    elif told_of["flow"] == "monthly" and told_of["outcome"] == "entitled":
        yield f"金额　{_not_due(told_of)}"
    schedule = told_of["schedule"]
    if schedule:
        first, last = schedule[0]["month"], schedule[-1]["month"]
        ahead = sum(item["month"] >= told_of["on"][:7] for item in schedule)
        yield f"期限　{first} 至 {last}，共 {len(schedule)} 个月，尚有 {ahead} 个月"
        yield from _steps(schedule)
    if told_of["claw_back"] is not None:
        yield f"追回　¥{_grouped(told_of['claw_back'])}"


def _not_due(told_of: Mapping[str, Any]) -> str:
    """Why someone entitled is due nothing in the month of determination."""
    schedule = told_of["schedule"]
    if not schedule:
        doubtful = any("依据存疑" in warning for warning in told_of["warnings"])
        return "依据存疑，不发放" if doubtful else "本月不在发放期内：没有应发的月份"
    first, last = schedule[0]["month"], schedule[-1]["month"]
    if last < told_of["on"][:7]:
        return f"期限已用完（{first} 至 {last}），本月没有应发金额"
    return f"本月不在发放期内（{first} 至 {last}）"


def also_unknown(told_of: Mapping[str, Any], entity: type[Entity]) -> list[str]:
    """Facts in words that the conditions read and nobody gave, beside those that may settle it."""
    facts = {
        fact["name"]: fact["label"]
        for item in told_of["conditions"]
        for fact in item["facts"]
        if fact["state"] == "unknown" and "." in fact["name"] and "(" not in fact["name"]
    }
    asked = {*told_of["missing"]}
    listed = told_of.get("also_unknown", list(facts))
    words = [
        place_words(entity, name, label)
        for name, label in facts.items()
        # Where it is not known whether there is a row, what stands in it goes without saying.
        if name in listed and not {name, name.rpartition(".")[0]} & asked
        if name.rpartition(".")[0] not in facts
    ]
    return list(dict.fromkeys(words))


def _steps(schedule: list[Mapping[str, Any]]) -> Iterator[str]:
    """Stretches of months with the same amount, where there is more than one."""
    stretches: list[list[Mapping[str, Any]]] = []
    for item in schedule:
        same = stretches and all(
            stretches[-1][0][part] == item[part] for part in ("amount", "amount_status")
        )
        if same:
            stretches[-1].append(item)
        else:
            stretches.append([item])
    if len(stretches) > 1:
        for stretch in stretches:
            first = stretch[0]
            amount = "未定" if first["amount"] is None else f"¥{_grouped(first['amount'])}"
            status = _STATUS_WORDS[first["amount_status"]]
            yield f"  {first['month']} 至 {stretch[-1]['month']}　{amount}　{status}"


def _changes(told_of: Mapping[str, Any]) -> Iterator[str]:
    yield "什么会改变结果 / what would change this"
    labels = {item["name"]: item["label"] for item in told_of["conditions"]}
    for name, answer in one_short(told_of) if told_of["outcome"] == "not_entitled" else ():
        but = "满足" if answer == "yes" else "没有"
        yield f"  · 其他不变，只要{but}“{labels.get(name, name)}”，就符合"
    flips = told_of["flips"]
    doubt = told_of["doubt_begins"]
    if not flips and doubt is None:
        yield "  · 事实不变，时间推移不会改变结果"
    days = [(item["date"], _OUTCOME_ZH[item["outcome"]]) for item in flips[:_FLIPS]]
    if doubt is not None:
        days.append((doubt, ""))
    for day, outcome in sorted(days):
        if outcome:
            yield f"  · 事实不变，{day} 起{outcome}"
        else:
            yield f"  · 自 {day} 起依据存疑，不予支付"
    if len(flips) > _FLIPS:
        yield f"  · 其后另有 {len(flips) - _FLIPS} 次变化（--json 可见）"


def _grouped(amount: str) -> str:
    whole, _, fraction = amount.partition(".")
    return f"{int(whole):,}.{fraction}"


class _Tree:
    """The formula with its named conditions, drawn with lines."""

    def __init__(self, told_of: Mapping[str, Any], schemes: Mapping[str, type[Scheme]]) -> None:
        self.told_of = told_of
        self.schemes = schemes
        self.conditions = {item["name"]: item for item in told_of["conditions"]}
        self.day = dt.date.fromisoformat(told_of["on"])

    def lines(self) -> Iterator[str]:
        """The tree, its root without a line before it; one line where no law says anything."""
        law = self.told_of["law"]
        if law is not None and law["version"] is None:
            yield f"{_MARKS['no']}　{self.told_of['warnings'][0]}"
            return
        yield from self._branch(self.told_of["tree"], "", "", self.told_of["scheme"], "")

    def _branch(
        self, node: Mapping[str, Any], lead: str, below: str, scheme: str, before: str
    ) -> Iterator[str]:
        yield f"{lead}{_MARKS[node['value']]}　{before}{self._title(node, scheme)}"
        inner = list(node.get("of", ()))
        own = scheme == self.told_of["scheme"]
        details = []
        if node["op"] == "condition" and own and not inner:
            details = list(self._details(self.conditions.get(node["name"], {})))
        rail = "│  " if inner else "   "
        yield from (f"{below}{rail}{line}" for line in details)
        if node["op"] == "rests":
            scheme = node["scheme"]
        for place, child in enumerate(inner):
            last = place == len(inner) - 1
            said = f"（{_BRANCHES[place]}）" if node["op"] == "where" else ""
            yield from self._branch(
                child,
                f"{below}{'└─ ' if last else '├─ '}",
                f"{below}{'   ' if last else '│  '}",
                scheme,
                said,
            )

    def _title(self, node: Mapping[str, Any], scheme: str) -> str:
        if node["op"] == "condition":
            return self._label(node["name"], scheme)
        if node["op"] == "rests":
            return f"按“{node['title']}”判定"
        if node["op"] == "test":
            return "（未命名的条件）"
        return str(_JOINTS[node["op"]])

    def _label(self, name: str, scheme: str) -> str:
        item = self.conditions.get(name)
        if scheme == self.told_of["scheme"] and item is not None:
            cited = f"　［{item['citation']}］" if item["citation"] else ""
            return f"{item['label']}{cited}"
        other = self.schemes.get(scheme)
        if other is not None and name in other.conditions:
            return label_words(other.conditions[name], "zh", self.day)
        return name

    def _details(self, item: Mapping[str, Any]) -> Iterator[str]:
        entity = self.schemes[self.told_of["scheme"]].subject
        facts = item.get("facts", ())
        gone = {fact["name"] for fact in facts if fact["value"] is False and fact["text"] == "无"}
        nowhere = {
            fact["within"]
            for fact in facts
            if fact["within"] and fact["name"].rpartition(".")[0] in gone
        }
        for fact in facts:
            if fact["within"] or fact["name"].rpartition(".")[0] in gone:
                continue  # folded: the named quantity stands for it, or the row is not there
            if fact["label"] in nowhere:
                continue  # reckoned from a row that is not there
            yield f"{place_words(entity, fact['name'], fact['label'])}：{fact['text']}"
        for value in item.get("parameters", ()):
            if value["within"]:
                continue
            basis = "" if value["value"] is None else _VALUE_STATUS[value["status"]]
            basis = "，".join(part for part in (basis, value["reference"]) if part)
            yield f"标准·{value['label']}：{value['text']}" + (f"（{basis}）" if basis else "")


def place_words(entity: type[Entity], path: str, label: str) -> str:
    """Where a fact was read, in words: ``失业登记·失业登记日期``."""
    # What is named in words may hold brackets and stops of its own, and stands for itself.
    aggregate = _AGGREGATE.fullmatch(path)
    if "(" in path and not aggregate:
        return label
    steps = (aggregate["rows"] if aggregate else path).split(".")
    register = entity.register
    for step in steps[1:]:
        facts, relations = entity.facts(), entity.relations()
        if step in relations:
            entity = relations[step].entity
        elif step in facts and facts[step].kind.name == "key":
            entity = facts[step].target
    if aggregate:
        return f"{label}（符合条件的{'合计' if aggregate['how'] == 'total' else '条数'}）"
    if entity.register is register or label == entity.register.label:
        return label
    return f"{entity.register.label}·{label}"
