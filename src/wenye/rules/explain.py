"""One case explained: conditions with the facts behind them, what is missing, when it changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wenye.rules import calendar
from wenye.rules.case import CaseProgram
from wenye.rules.case_input import entity_name
from wenye.rules.decide import OUTCOMES, Decider, Decision
from wenye.rules.doubt import inherited
from wenye.rules.expressions import Expr
from wenye.rules.held import Row
from wenye.rules.law import Condition, Law, Rests
from wenye.rules.parameters import Series
from wenye.rules.readable.formula import citations
from wenye.rules.readable.printed import Lang, value_words
from wenye.rules.readable.wording import filled_label
from wenye.rules.reading import Reading, read, taken
from wenye.rules.receipt import formula_digest, sealed
from wenye.rules.scheme import AHEAD, Scheme, ends
from wenye.rules.settle import Settler
from wenye.rules.timeline import flips
from wenye.rules.tree import Node, depends_on_day
from wenye.rules.values import yuan

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
        trees = [scheme.outcome, *scheme.conditions.values(), *self._beside()]
        further = {"law_day": scheme.dated_by}
        self._reading = Reading(self._root, trees, further, self.parameters)
        self._settle = Settler(scheme.outcome, self.parameters)
        self._moves = depends_on_day(scheme.outcome)
        self._outcome = CaseProgram({"outcome": scheme.outcome}, self.parameters)
        self._refused = CaseProgram({"refused": scheme.outcome & scheme.doubtful}, self.parameters)
        self._may_be_refused = depends_on_day(scheme.doubtful) and any(
            version.doubtful_from is not None or inherited(version.eligible)
            for version in scheme.laws
        )
        self.digest = formula_digest(scheme)

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
        values = self._reading(row, on)
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
            "doubt_begins": self._doubt_begins(row, on, decision) if with_flips else None,
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
            nothing = ("version", "basis", "since", "until", "doubtful_from")
            return {**dict.fromkeys(nothing), **picked}
        until = ends(self.scheme, self.scheme.laws.index(law))
        doubtful = law.doubtful_from
        if doubtful is not None and until is not None and doubtful > until:
            doubtful = None
        return {
            "version": law.name,
            "label": law.label,
            "label_en": law.label_en,
            "basis": law.basis.text,
            "since": calendar.date(law.since).isoformat(),
            "until": None if until is None else calendar.date(until).isoformat(),
            "doubtful_from": None if doubtful is None else calendar.date(doubtful).isoformat(),
            **picked,
        }

    def _dated_by(self) -> str:
        day = self.scheme.dated_by
        if day.op == "fact":
            return self._reading.path(day.args[0], day.attrs[0].name)
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
            "facts": self._reading.facts(item.test, values),
            "parameters": self._reading.parameters_of([item.test], values),
        }

    def _open_in(self, tree: Node, values: Mapping[str, Any]) -> set[str]:
        return {
            node.attrs[0]
            for node, _ in read(tree, values)
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

    def _doubt_begins(self, row: Row, on: int, decision: Decision) -> str | None:
        """The day from which someone entitled is no longer paid, the basis being in doubt."""
        if not self._may_be_refused or not decision.outcome or decision.doubtful is not False:
            return None
        days = (day for day, refused in flips(self._refused, row, on) if refused)
        first = next(days, None)
        return None if first is None else calendar.date(first).isoformat()

    def _tree(self, node: Node, values: Mapping[str, Any]) -> dict[str, Any]:
        """The formula as nested data: conditions by name, joined by and, or, not, where."""
        parts = taken(node, values)
        if node.op == "where" and len(parts) == 2:
            return self._tree(parts[1], values)
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
        for item in (fact for tree in trees for fact in self._reading.facts(tree, values)):
            fact = {part: item[part] for part in ("name", "within", "value", "state")}
            if fact not in facts:
                facts.append(fact)
        shown = ("name", "day", "value", "status", "reference")
        looked_up = self._reading.parameters_of(trees, values)
        parameters = [{part: item[part] for part in shown} for item in looked_up]
        return sealed(
            {
                "scheme": scheme.id,
                "formula": self.digest,
                "on": result["on"],
                "law": result["law"],
                "facts": facts,
                "parameters": parameters,
                "conditions": {item["name"]: item["value"] for item in result["conditions"]},
                "outcome": result["outcome"],
                "amount": result["amount"],
                "amount_status": result["amount_status"],
            }
        )
