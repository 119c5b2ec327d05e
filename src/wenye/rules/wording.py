"""Every expression in words, Chinese and English, from the tree and its labels alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from string import Formatter

from wenye.rules.expressions import Expr
from wenye.rules.facts import Fact
from wenye.rules.kinds import MONTH
from wenye.rules.law import Condition, Rests
from wenye.rules.naming import register_label, step_on
from wenye.rules.parameters import Series
from wenye.rules.phrases import phrase
from wenye.rules.printed import Lang, day_words, mark, plain, value_words, with_unit
from wenye.rules.shapes import Past, judged, past, share_asked, unscaled
from wenye.rules.sources import Source
from wenye.rules.tree import Node

#: Scheme id → (Chinese title, English title), for schemes that are named by their id.
Titles = Mapping[str, tuple[str, str]]

_OPPOSITE = {"ge": "lt", "gt": "le", "le": "gt", "lt": "ge", "eq": "ne", "ne": "eq"}
#: A label that goes on like this after a placeholder says the unit itself.
_SAYS_UNIT = (
    *("个月", "月", "年", "周岁", "岁", "日", "天", "个工作日", "人", "名", "%", "元"),
    *("month", "year", "day", "working day", "person", "people", "yuan"),
)
_LOOSE = ("add", "sub", "min", "max", "where", "only_if", "floordiv")


def words(
    expr: Expr, lang: Lang, on: dt.date, *, titles: Titles | None = None, own: str = ""
) -> str:
    """The expression in words; parameters show the value and mark they have on the day ``on``.

    A named condition is told by its label: pass its ``test`` to have it spelled out. ``titles``
    name other schemes; ``own`` is the id of the scheme that is speaking.
    """
    return Wording(lang, on, titles=titles, own=own)(expr)


def label_words(condition: Condition, lang: Lang, on: dt.date) -> str:
    """A condition's label with its placeholders filled by the values of the day ``on``."""
    wording = Wording(lang, on)
    label = condition.label if lang == "zh" else condition.label_en
    values = condition.values
    parts = list(Formatter().parse(label))
    text = ""
    for place, (literal, name, _, _) in enumerate(parts):
        text += literal
        if name is not None:
            following = parts[place + 1][0] if place + 1 < len(parts) else ""
            bare = following.lstrip().startswith(_SAYS_UNIT)
            text += wording.filling(values[name], bare=bare)
    return text


class Wording:
    """Puts expressions of one scheme into words; a row mentioned twice is called “that …”."""

    def __init__(
        self, lang: Lang, on: dt.date, *, titles: Titles | None = None, own: str = ""
    ) -> None:
        self.lang: Lang = lang
        self.on = on
        self.titles = titles or {}
        self.own = own
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
        text = self._value(node)
        return self._say("bracket", text) if tight and node.op in _LOOSE else text

    # ---- truths

    def _truth(self, node: Node, yes: bool, inside: bool = False) -> str:
        """A truth, or its opposite; ``inside`` another conjunction it is bracketed."""
        op, args = node.op, node.args
        if op == "not":
            return self._truth(args[0], not yes, inside)
        if op in ("and", "or"):
            text = self._joined(node)
            if not yes:
                return self._say("neither", text)
            return self._say("bracket", text) if inside else text
        if isinstance(node, Condition):
            label = label_words(node, self.lang, self.on)
            return self._say("holds" if yes else "holds not", label)
        if isinstance(node, Rests):
            return self._rests(node, yes)
        if op in _OPPOSITE:
            return self._compared(node, yes)
        if op in ("reached", "within"):
            return self._period(node, yes)
        if op == "isin":
            return self._among(node, yes)
        if op == "exists":
            return self._exists(args[0], yes)
        if op == "has":
            return self._say("has" if yes else "has no", self._words(args[0]))
        if op == "const":
            return value_words(node.attrs[0] is yes, node.kind, self.lang)  # type: ignore[attr-defined]
        if op == "where":
            return self._say(
                "if",
                self._truth(args[0], True),
                self._truth(args[1], yes, True),
                self._truth(args[2], yes, True),
            )
        return self._say("yes" if yes else "no", self._value(node))

    def _joined(self, node: Node) -> str:
        parts: list[str] = []
        args = list(node.args)
        while args:
            arg = args.pop(0)
            share = share_asked(arg, args[0]) if args and node.op == "and" else None
            if share is not None:
                args.pop(0)
                some, whole, least = share
                sides = self._words(some, True), self._words(whole, True)
                least_words = self._words(least, least.op != "param")
                parts.append(self._say("share", *sides, least_words))
            else:
                parts.append(self._truth(arg, True, inside=True))
        return self._say(node.op).join(parts)

    def _compared(self, node: Node, yes: bool) -> str:
        a, b = (unscaled(arg) for arg in node.args)
        assert isinstance(a, Expr)
        found = past(node)
        if found is not None:
            return self._past(found, yes)
        if node.op == "ge" and a.op == "count" and b.op == "const" and b.attrs[0] == 1:
            return self._any(a, yes)
        op = node.op if yes else _OPPOSITE[node.op]
        if op in ("eq", "ne"):
            pair = {("year_of", "year_of"): "year", ("key", "key"): "row"}.get((a.op, b.op))
            if pair is not None:
                sides = self._words(a.args[0]) if pair == "year" else self._source(a.args[0])
                other = self._words(b.args[0]) if pair == "year" else self._source(b.args[0])
                return self._say(f"{'same' if op == 'eq' else 'other'} {pair}", sides, other)
        when = " when" if a.kind.name in ("day", "month") else ""
        return self._say(op + when, self._words(a), self._words(b))

    def _period(self, node: Node, yes: bool) -> str:
        a, n, b = node.args
        unit = "working_day" if node.attrs[0] == "working_day" else ""
        name = node.op if yes else f"not {node.op}"
        if node.op == "reached":
            first, last = self._words(a), self._words(b)
            return self._say(name, first, last, self._length(n, unit))
        last, first = self._words(b), self._words(a)
        parts = (last, first, self._length(n, unit))
        return self._say(name, *(parts if self.lang == "zh" else (parts[0], parts[2], parts[1])))

    def _length(self, node: Node, unit: str) -> str:
        if unit and node.op == "const":
            assert isinstance(node, Expr)
            return with_unit(plain(node.attrs[0]), unit, self.lang)
        return self._words(node)

    def _among(self, node: Node, yes: bool) -> str:
        read = node.args[0]
        assert isinstance(read, Expr)
        options = [
            self._say("quote", value_words(option, read.kind, self.lang))
            for option in node.attrs[0]
        ]
        comma, last = ("、", "或") if self.lang == "zh" else (", ", " or ")
        listed = last.join(part for part in (comma.join(options[:-1]), options[-1]) if part)
        return self._say("is" if yes else "is not", self._words(read), listed)

    def _exists(self, source: Node, yes: bool) -> str:
        assert isinstance(source, Source)
        if source.op not in ("as_at", "latest"):
            return self._say("has" if yes else "has no", self._source(source))
        parent = self._source(source.args[0])
        when = self._words(source.args[1])
        label = register_label(source, self.lang)
        self._mentioned[label] = source.key
        if self.lang == "zh":
            lead = f"{parent}在" if parent else "在"
        else:
            lead = f"for {parent}, " if parent else ""
        return self._say(f"exists{'' if yes else ' not'} {source.op}", lead, when, label)

    def _rests(self, node: Rests, yes: bool) -> str:
        title = node.scheme.title if self.lang == "zh" else node.scheme.title_en
        title = title or node.scheme.title
        target, day = judged(node)
        name = "holds" if yes else "holds not"
        of = self._source(target) if target is not None else ""
        text = self._say(f"{name} of", of, title) if of else self._say(name, title)
        if day is not None and day.op != "on":
            text += self._say("judged on", self._words(day))
        return text

    # ---- values

    def _value(self, node: Node) -> str:
        op, args = node.op, node.args
        assert isinstance(node, Expr)
        if op == "const":
            return value_words(node.attrs[0], node.kind, self.lang)
        if op == "param":
            return self._param(node, label_first=False)
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
                return self._say("last of", first, self._words(unscaled(a.args[1])))
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

    def _any(self, node: Node, yes: bool) -> str:
        rows, asked = self._rows_where(node)
        name = "any" if yes else "none"
        return self._say(f"{name} such", rows, asked) if asked else self._say(name, rows)

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
        of = self._source(found.of) or self._say("oneself")
        schemes = ("、" if self.lang == "zh" else ", ").join(map(self.title, found.schemes))
        name = found.what if yes else f"not {found.what}"
        if found.month is None:
            return self._say(name, of, schemes)
        return self._say(name, of, self._words(found.month), schemes)
