"""Values and rows in words: facts with their paths, parameters, arithmetic, aggregates."""

from __future__ import annotations

import datetime as dt

from wenye.rules.expressions import Expr
from wenye.rules.facts import Fact
from wenye.rules.kinds import MONTH
from wenye.rules.parameters import Series
from wenye.rules.readable.decided import decided
from wenye.rules.readable.glossary import Glossary
from wenye.rules.readable.naming import Titles, register_label, step_on
from wenye.rules.readable.phrases import phrase
from wenye.rules.readable.printed import Lang, day_words, mark, value_words
from wenye.rules.readable.shapes import Past, past, unscaled
from wenye.rules.sources import Source
from wenye.rules.tree import Node

_LOOSE = ("add", "sub", "min", "max", "where", "only_if", "floordiv")
_LONG = ("named", "where", "min", "max", "add_months", "add_days", "count", "total", "only_if")


class ValueWording:
    """Puts the values of one scheme into words; a row mentioned twice is called “that …”."""

    def __init__(
        self,
        lang: Lang,
        on: dt.date,
        *,
        titles: Titles | None = None,
        own: str = "",
        glossary: Glossary | None = None,
    ) -> None:
        self.lang: Lang = lang
        self.on = on
        self.titles = titles or {}
        self.own = own
        self.glossary = glossary
        self._mentioned: dict[str, int] = {}
        self._rows: list[int] = []

    def __call__(self, expr: Node) -> str:
        """The expression in words."""
        self._mentioned = {}
        self._rows = []
        return self._source(expr) if isinstance(expr, Source) else self._words(expr)

    def filling(self, expr: Expr, *, bare: bool) -> str:
        """What stands in a label's placeholder; ``bare`` where the label says the unit itself."""
        if expr.op not in ("param", "const"):
            return self(expr)
        value = expr.attrs[0] if expr.op == "const" else step_on(expr, self.on)[0].value
        if value is None:
            return self._say("open")
        return value_words(value, expr.kind, self.lang, bare=bare)

    def title(self, scheme_id: str) -> str:
        """A scheme's title where it is known, else its id."""
        if scheme_id == self.own:
            return self._say("this support")
        if scheme_id in self.titles:
            return self._say("quote", self.titles[scheme_id][self.lang == "en"])
        return self._say("quote", scheme_id)

    def _say(self, name: str, *parts: str) -> str:
        return phrase(name, self.lang, *parts)

    def _words(self, node: Node, tight: bool = False) -> str:
        """A value or a truth; ``tight`` brackets what would not bind to its neighbours."""
        assert isinstance(node, Expr)
        if node.kind.name == "truth":
            return self._truth(node, True)
        if tight and node.op == "param":
            return self._param(node, label_first=True)
        if node.op == "where":
            branch = decided(node.args[0], self.on)
            if branch is not None:
                return self._words(unscaled(node.args[1 if branch else 2]), tight)
        name = self._term(node)
        if name:
            return name
        text = self._value(node)
        return self._say("bracket", text) if tight and node.op in _LOOSE else text

    def _truth(self, node: Node, yes: bool, inside: bool = False) -> str:
        raise NotImplementedError

    def _term(self, node: Expr) -> str:
        """The name under which a long value stands in the glossary; nothing where it is short.

        Chinese decides which values are long, so that both languages name the same ones.
        """
        if self.glossary is None or node.op not in _LONG:
            return ""
        if node not in self.glossary and self.lang == "zh":
            if any(part.key in self._rows for part in node.walk()):
                return ""  # of each row counted: it has no meaning apart
            self.glossary.weigh(node, lambda: self.definition(node))
        return self.glossary.name(node, self.lang)

    def definition(self, node: Expr) -> str:
        """What a value is, spelled out; longer ones within it stay with their names."""
        fresh = type(self)(
            self.lang, self.on, titles=self.titles, own=self.own, glossary=self.glossary
        )
        return fresh._value(node.args[0] if node.op == "named" else node)

    # ---- values

    def _value(self, node: Node) -> str:
        op, args = node.op, node.args
        assert isinstance(node, Expr)
        if op == "const":
            return value_words(node.attrs[0], node.kind, self.lang)
        if op == "param":
            return self._param(node, label_first=False)
        if op == "named":
            return self._say("quote", str(node.attrs[self.lang == "en"]))
        if op in ("on", "law", "pay_month"):
            return self._say(op)
        if op == "fact":
            return self._fact(node)
        if op == "key":
            return self._source(args[0])
        if op in ("add", "sub", "mul", "floordiv"):
            return self._arithmetic(node)
        if op in ("min", "max"):
            when = " when" if node.kind.name in ("day", "month") else ""
            return self._say(op + when, *(self._words(unscaled(arg), True) for arg in args))
        if op == "where":
            test = self._truth(args[0], True)
            return self._say("if", test, *(self._words(unscaled(arg)) for arg in args[1:]))
        if op == "only_if":
            return self._say("only if", self._words(args[1], True), self._truth(args[0], True))
        if op == "to_fen":
            return self._say(f"to_fen {node.attrs[0]}", self._words(args[0]))
        if op in ("count", "total"):
            return self._aggregate(node)
        if op == "whole_months":
            return self._say("whole months", *map(self._words, args))
        if op == "add_months":
            return self._say("months reached on", *map(self._words, args))
        if op == "add_days":
            return self._shifted(args[0], args[1], 1)
        return self._say(op.replace("_", " "), *(self._words(arg, True) for arg in args))

    def _param(self, node: Expr, label_first: bool) -> str:
        """A parameter: as an operand its label and then the value, else the value first."""
        series: Series = node.attrs[1]
        label = series.label if self.lang == "zh" else series.label_en or series.label
        step, day = step_on(node, self.on)
        status = mark(step.status, self.lang)
        value = None if step.value is None else value_words(step.value, node.kind, self.lang)
        if day != self.on:
            label = self._say("comma", label, self._say("value on", day_words(day, self.lang)))
        if label_first:
            text = status if value is None else self._say("comma", value, status)
            return self._say("param", label, text)
        if value is None:
            return self._say("param", self._say("open"), label)
        return self._say("param", value, self._say("comma", label, status))

    def _fact(self, node: Node) -> str:
        fact: Fact = node.attrs[0]
        source = node.args[0]
        assert isinstance(source, Source)
        path = self._source(source)
        label = fact.label if self.lang == "zh" else fact.label_en
        if self.lang == "zh":
            return f"{path}·{label}" if path else label
        return f"'{path} · {label}'" if path else f"'{label}'"

    def _arithmetic(self, node: Expr) -> str:
        a, b = node.args
        inner = unscaled(node)
        if inner is not node:
            return self._value(inner)
        assert isinstance(a, Expr) and isinstance(b, Expr)
        if node.op == "floordiv":
            return self._say("parts", self._words(a, True), self._words(b, True))
        if node.kind == MONTH:
            if node.op == "sub" and a.op == "add" and b.op == "const" and b.attrs[0] == 1:
                first = self._words(a.args[0])
                length = unscaled(a.args[1])
                return self._say("last of", first, self._words(length, length.op != "param"))
            return self._shifted(a, b, 1 if node.op == "add" else -1)
        if a.kind == MONTH:
            later = self._words(b)
            return self._say("months between", later, self._words(a))
        sign = {"add": " + ", "sub": " − ", "mul": " × "}[node.op]
        left = self._words(unscaled(a), node.op == "mul" or a.op not in ("add", "sub"))
        return left + sign + self._words(unscaled(b), True)

    def _shifted(self, start: Node, by: Node, direction: int) -> str:
        at = self._words(start, True)
        assert isinstance(by, Expr)
        if by.op == "const":
            direction *= -1 if by.attrs[0] < 0 else 1
            length = value_words(abs(by.attrs[0]), by.kind, self.lang)
        else:
            length = self._words(by, True)
        return self._say("after" if direction > 0 else "before", at, length)

    # ---- rows

    def _source(self, node: Node) -> str:
        """The path to a row; nothing for the judged row, or for the row being counted."""
        assert isinstance(node, Source)
        counted = self._rows[-1] if self._rows else None
        if node.key == counted or (node.op == "root" and counted is None):
            return ""
        label = register_label(node, self.lang)
        if node.op == "root":
            return self._say("judged row", label)
        if node.op in ("as_at", "latest"):
            if self._mentioned.get(label) == node.key:
                return self._say("that", label)
            path = self._path(node, label)
            text = self._say(node.op, path, self._words(node.args[1]))
            self._mentioned[label] = node.key
            return text
        return self._path(node, label)

    def _path(self, node: Source, label: str) -> str:
        parent = self._source(node.args[0])
        dot = "·" if self.lang == "zh" else " · "
        return f"{parent}{dot}{label}" if parent else label

    def _rows_where(self, node: Node) -> tuple[str, str]:
        """The rows of an aggregate, and what is asked of each; nothing where all count."""
        row, test = node.args[0], node.args[1]
        rows = self._source(row)
        if test.op == "const":
            return rows, ""
        self._rows.append(row.key)
        asked = self._truth(test, True, inside=True)
        self._rows.pop()
        return rows, asked

    def _aggregate(self, node: Expr) -> str:
        found = past(node)
        if found is not None:
            return self._past(found, True)
        rows, asked = self._rows_where(node)
        if node.op == "count":
            name = "count" + " such" * bool(asked) + " persons" * (node.kind.unit == "person")
            return self._say(name, rows, asked) if asked else self._say(name, rows)
        such = self._say("such", rows, asked) if asked else rows
        self._rows.append(node.args[0].key)
        value = self._words(node.args[2], True)
        self._rows.pop()
        return self._say("total", such, value)

    def _past(self, found: Past, yes: bool) -> str:
        of = self._source(found.of) or self._say("oneself", register_label(found.of, self.lang))
        schemes = ("、" if self.lang == "zh" else ", ").join(map(self.title, found.schemes))
        name = found.what if yes else f"not {found.what}"
        if found.month is None:
            return self._say(name, of, schemes)
        return self._say(name, of, self._words(found.month), schemes)
