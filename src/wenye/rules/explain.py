"""One case explained: conditions with the facts behind them, what is missing, when it changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wenye.rules import calendar
from wenye.rules.case import CaseProgram
from wenye.rules.case_input import entity_name
from wenye.rules.decide import OUTCOMES, Decider, Decision, series_read
from wenye.rules.expressions import Expr
from wenye.rules.facts import Fact
from wenye.rules.held import Row
from wenye.rules.law import Condition, Law, Rests
from wenye.rules.parameters import Series, Status
from wenye.rules.readable.formula import citations
from wenye.rules.readable.naming import register_label
from wenye.rules.readable.printed import Lang, value_words
from wenye.rules.readable.wording import filled_label
from wenye.rules.receipt import formula_digest, sealed
from wenye.rules.scheme import AHEAD, Scheme, ends
from wenye.rules.settle import Settler, observable
from wenye.rules.sources import Source
from wenye.rules.timeline import flips
from wenye.rules.tree import Node, depends_on_day
from wenye.rules.values import decode, state, words_zh, yuan

WORDS = {True: "yes", False: "no", None: "unknown"}
_FORMULA = ("and", "or", "not", "where", "condition", "rests")


class Explainer:
    """A scheme compiled for explanations, as ``wenye explain --json`` prints them."""

    def __init__(
        self, scheme: type[Scheme], parameters: Mapping[str, Series] | None = None
    ) -> None:
        self.scheme = scheme
        self.parameters = dict(parameters or {})
        self.decide = Decider(scheme, self.parameters)
        self._root = entity_name(scheme.subject)
        self._details = self._compile_details()
        self._settle = Settler(scheme.outcome, self.parameters)
        self._moves = depends_on_day(scheme.outcome)
        self._outcome = CaseProgram({"outcome": scheme.outcome}, self.parameters)
        self.digest = formula_digest(scheme)

    def _compile_details(self) -> CaseProgram:
        """Values of everything that an explanation may show, by node key."""
        scheme = self.scheme
        shown: dict[str, Expr] = {"law_day": scheme.dated_by}
        trees: list[Node] = [scheme.outcome, *scheme.conditions.values()]
        trees += self._beside()
        for tree in trees:
            for node in tree.walk():
                if isinstance(node, Expr) and observable(node):
                    shown[str(node.key)] = node
                    if node.op == "param":
                        for day in node.args:
                            assert isinstance(day, Expr)
                            shown[str(day.key)] = day
        return CaseProgram(shown, self.parameters)

    def _beside(self) -> list[Expr]:
        """What is decided beside the outcome: amount, term and claw-back."""
        scheme = self.scheme
        parts = [scheme.dated_by, scheme.amount, scheme.first, scheme.last]
        if scheme.claws_back is not None:
            parts += [scheme.claws_back.when, scheme.claws_back.amount]
        return [expr for expr in parts if expr is not None]

    def explain(self, row: Row, on: int, *, with_flips: bool = True) -> dict[str, Any]:
        """The case decided and explained, as plain JSON data."""
        scheme = self.scheme
        decision = self.decide(row, on)
        values = self._details(row, on, on >> 6)
        law = self._law(decision)
        conditions = list(scheme.conditions.values()) if law is None else scheme.conditions_of(law)
        missing: list[Any] = []
        blocked: list[str] = []
        if decision.outcome is None:
            missing, blocked = self._settle(row, on)
        if decision.amount_status == "open":
            paid = (scheme.amount, scheme.first, scheme.last)
            open_values = (self._open_in(expr, values) for expr in paid if expr is not None)
            blocked = sorted(set(blocked).union(*open_values))
        schedule = self.decide.schedule(row, on)
        amount, status = decision.amount, decision.amount_status
        result: dict[str, Any] = {
            "scheme": scheme.id,
            "title": scheme.title,
            "title_en": scheme.title_en,
            "on": calendar.date(on).isoformat(),
            "outcome": OUTCOMES[decision.outcome],
            "amount": None if amount is None else yuan(amount),
            "amount_status": status,
            "flow": scheme.flow(),
            "schedule": [
                {
                    "month": calendar.month_text(month),
                    "amount": None if each is None else yuan(each),
                    "amount_status": how,
                }
                for month, each, how in schedule
            ],
            "conditions": [self._condition(item, law, values) for item in conditions],
            "missing": [f"{self._root}.{ask.path}" for ask in missing],
            "missing_labels": [ask.label for ask in missing],
            "also_unknown": [],
            "blocked_by": blocked,
            "flips": self._flips(row, on) if with_flips else [],
            "law": self._law_json(decision, law, values),
            "warnings": self._warnings(row, on, decision, law),
            "claw_back": None if decision.recover is None else yuan(decision.recover),
            "tree": self._tree(scheme.outcome if law is None else law.eligible, values),
        }
        result["also_unknown"] = sorted(
            {
                fact["name"]
                for part in result["conditions"]
                for fact in part["facts"]
                if fact["state"] == "unknown" and fact["name"] not in result["missing"]
            }
        )
        result["receipt"] = self._receipt(result, decision, values)
        return result

    # -- parts ----------------------------------------------------------------------------------

    def _law(self, decision: Decision) -> Law | None:
        if decision.law is None or decision.law < 0:
            return None
        return self.scheme.laws[decision.law]

    def _law_json(
        self, decision: Decision, law: Law | None, values: Mapping[str, Any]
    ) -> dict[str, Any] | None:
        day = values["law_day"]
        picked = {
            "dated_by": self._dated_by(),
            "day": None if day is None else calendar.date(day).isoformat(),
        }
        if law is None:
            if decision.law is None:
                return None
            return {"version": None, "basis": None, "since": None, "until": None, **picked}
        until = ends(self.scheme, self.scheme.laws.index(law))
        return {
            "version": law.name,
            "label": law.label,
            "label_en": law.label_en,
            "basis": law.basis.text,
            "since": calendar.date(law.since).isoformat(),
            "until": None if until is None else calendar.date(until).isoformat(),
            **picked,
        }

    def _dated_by(self) -> str:
        day = self.scheme.dated_by
        if day.op == "fact":
            return self._path(day.args[0], day.attrs[0].name)
        return "on"

    def _warnings(self, row: Row, on: int, decision: Decision, law: Law | None) -> list[str]:
        found = []
        if self.decide.unconfirmed(row, on, decision.outcome):
            found.append(
                "结论依赖待确认的标准，确认后可能改变"
                " / the outcome rests on values that nobody has confirmed"
            )
        if law is None and decision.law is not None:
            ahead = decision.law == AHEAD
            found.append(
                "所判定的事项在判定日之后，尚未发生 / it lies after the day of determination"
                if ahead
                else "没有收录当日有效的规定 / no rule of that day is on file"
            )
        if law is not None and decision.doubtful is not False:
            doubt = law.doubt or "所依据的另一项目依据存疑 / another scheme it rests on is in doubt"
            found.append(f"依据存疑，不予支付 / doubtful basis, nothing is paid: {doubt}")
        return found

    def _condition(
        self, item: Condition, law: Law | None, values: Mapping[str, Any]
    ) -> dict[str, Any]:

        def said(lang: Lang) -> str:
            def fill(expr: Expr, bare: bool) -> str:
                value = values.get(str(expr.key))
                open_value = "〔未定〕" if lang == "zh" else "[open]"
                return (
                    open_value if value is None else value_words(value, expr.kind, lang, bare=bare)
                )

            return filled_label(item, lang, fill)

        return {
            "name": item.name,
            "label": said("zh"),
            "label_en": said("en"),
            "citation": "；".join(citations(item.cited_under(law), "zh")) or None,
            "value": WORDS[values[str(item.key)]],
            "facts": self._facts(item.test, values),
            "parameters": self._parameters([item.test], values),
        }

    def _parameters(self, trees: Iterable[Node], values: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The dated values that the trees looked up, by name and day."""
        read: dict[tuple[str, int], dict[str, Any]] = {}
        for tree in trees:
            for node, within in _read(tree, values):
                if node.op != "param" or not node.args:
                    continue
                name = node.attrs[0]
                day = values.get(str(node.args[0].key))
                if day is None or (name, day) in read:
                    continue
                series = series_read([node], self.parameters)[name]
                step = series.at(day)
                value = step.value
                read[name, day] = {
                    "name": name,
                    "label": series.label,
                    "day": calendar.date(day).isoformat(),
                    "value": None if value is None else decode(series.kind, value),
                    "text": "未定" if value is None else value_words(value, series.kind, "zh"),
                    "status": Status(step.status).value,
                    "reference": step.reference,
                    "within": within,
                }
        return [read[key] for key in sorted(read)]

    def _facts(self, tree: Node, values: Mapping[str, Any]) -> list[dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        inside: dict[str, str] = {}
        for node, within in _read(tree, values):
            name = str(node.key)
            if name not in values:
                continue
            inside[name] = within
            if node.op == "fact":
                source = node.args[0]
                assert isinstance(source, Source)
                fact: Fact = node.attrs[0]
                found[name] = {
                    "name": self._path(source, fact.name),
                    "label": fact.label,
                    "value": decode(fact.kind, values[name]),
                    "state": state(fact.kind, values[name]),
                    "text": words_zh(fact.kind, values[name]),
                }
            elif node.op == "exists":
                source = node.args[0]
                assert isinstance(source, Source)
                found[name] = {
                    "name": self._path(source, ""),
                    "label": source.entity.register.label,
                    "value": values[name],
                    "state": {True: "known", False: "absent", None: "unknown"}[values[name]],
                    "text": {True: "有", False: "无", None: "未提供"}[values[name]],
                }
            elif node.op in ("eq", "ne") and node.args[0].op == "key":
                one, other = (arg.args[0] for arg in node.args)
                assert isinstance(one, Source) and isinstance(other, Source)
                same = values[name]
                found[name] = {
                    "name": f"same({self._path(one, '')}, {self._path(other, '')})",
                    "label": "与".join(register_label(each, "zh") for each in (one, other))
                    + "是同一个",
                    "value": same,
                    "state": "unknown" if same is None else "known",
                    "text": {True: "是", False: "否", None: "未提供"}[same],
                }
            elif node.op == "named":
                assert isinstance(node, Expr)
                found[name] = {
                    "name": node.attrs[1],
                    "label": node.attrs[0],
                    "value": decode(node.kind, values[name]),
                    "state": state(node.kind, values[name]),
                    "text": words_zh(node.kind, values[name]),
                }
            elif node.op in ("count", "total"):
                row = node.args[0]
                assert isinstance(row, Source) and isinstance(node, Expr)
                found[name] = {
                    "name": f"{node.op}({self._path(row, '')})",
                    "label": row.entity.register.label,
                    "value": decode(node.kind, values[name]),
                    "state": "unknown" if values[name] is None else "known",
                    "text": words_zh(node.kind, values[name]),
                }
        return [{**item, "within": inside[name]} for name, item in found.items()]

    def _path(self, source: Node, name: str) -> str:
        assert isinstance(source, Source)
        return ".".join(part for part in (self._root, source.path, name) if part)

    def _open_in(self, tree: Node, values: Mapping[str, Any]) -> set[str]:
        return {
            node.attrs[0]
            for node, _ in _read(tree, values)
            if node.op == "param"
            and values.get(str(node.key)) is None
            # Where its day is not known either, it is a fact that is missing.
            and all(values.get(str(day.key)) is not None for day in node.args)
        }

    def _flips(self, row: Row, on: int) -> list[dict[str, str]]:
        if not self._moves:
            return []
        return [
            {"date": calendar.date(day).isoformat(), "outcome": OUTCOMES[outcome]}
            for day, outcome in flips(self._outcome, row, on)
        ]

    def _tree(self, node: Node, values: Mapping[str, Any]) -> dict[str, Any]:
        """The formula as nested data: conditions by name, joined by and, or, not, where."""
        taken = _taken(node, values)
        if node.op == "where" and len(taken) == 2:
            return self._tree(taken[1], values)
        value = WORDS.get(values.get(str(node.key)), "unknown")
        if isinstance(node, Condition):
            branch: dict[str, Any] = {"op": "condition", "name": node.name, "value": value}
            inner = node.test
            if inner.op == "rests":
                branch["of"] = [self._tree(inner, values)]
            return branch
        if isinstance(node, Rests):
            return {
                "op": "rests",
                "scheme": node.scheme.id,
                "title": node.scheme.title,
                "value": value,
                "of": [self._tree(node.args[0], values)],
            }
        if node.op in _FORMULA:
            return {
                "op": node.op,
                "value": value,
                "of": [self._tree(arg, values) for arg in node.args],
            }
        return {"op": "test", "value": value}

    def _receipt(
        self, result: Mapping[str, Any], decision: Decision, values: Mapping[str, Any]
    ) -> dict[str, Any]:
        scheme = self.scheme
        trees: list[Node] = [scheme.outcome, *self._beside()]
        facts: list[dict[str, Any]] = []
        for item in (fact for tree in trees for fact in self._facts(tree, values)):
            fact = {part: item[part] for part in ("name", "within", "value", "state")}
            if fact not in facts:
                facts.append(fact)
        shown = ("name", "day", "value", "status", "reference")
        read = [{part: item[part] for part in shown} for item in self._parameters(trees, values)]
        return sealed(
            {
                "scheme": scheme.id,
                "formula": self.digest,
                "on": result["on"],
                "law": result["law"],
                "facts": facts,
                "parameters": read,
                "conditions": {item["name"]: item["value"] for item in result["conditions"]},
                "outcome": result["outcome"],
                "amount": result["amount"],
                "amount_status": result["amount_status"],
            }
        )


def _taken(node: Node, values: Mapping[str, Any]) -> tuple[Node, ...]:
    """A node's arguments, less the branch that a known test leaves aside."""
    test = values.get(str(node.args[0].key)) if node.op == "where" else None
    if test is None:
        return node.args
    return node.args[0], node.args[1 if test else 2]


def _read(tree: Node, values: Mapping[str, Any]) -> Iterator[tuple[Node, str]]:
    """Everything that a tree's value was read from, each node once.

    With each goes the label of the named quantity inside which alone it stands, or nothing.
    """
    seen: set[int] = set()
    outside: list[Node] = [tree]
    inside: list[tuple[Node, str]] = []
    while outside or inside:
        node, within = (outside.pop(), "") if outside else inside.pop()
        if node.key in seen:
            continue
        seen.add(node.key)
        yield node, within
        below = list(reversed(_taken(node, values)))
        if node.op == "named" or within:
            label = within or str(node.attrs[0])
            inside[:0] = [(part, label) for part in below]
        else:
            outside.extend(below)
