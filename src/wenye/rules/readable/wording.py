"""Every expression in words, Chinese and English, from the tree and its labels alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from string import Formatter

from wenye.rules.expressions import Expr
from wenye.rules.law import Condition, Rests
from wenye.rules.readable.naming import Titles, register_label
from wenye.rules.readable.printed import Lang, plain, value_words, with_unit
from wenye.rules.readable.shapes import judged, past, share_asked, unscaled
from wenye.rules.readable.value_wording import ValueWording
from wenye.rules.sources import Source
from wenye.rules.tree import Node

_OPPOSITE = {"ge": "lt", "gt": "le", "le": "gt", "lt": "ge", "eq": "ne", "ne": "eq"}
#: A label that goes on like this after a placeholder says the unit itself.
_SAYS_UNIT = (
    *("个月", "月", "年", "周岁", "岁", "日", "天", "个工作日", "人", "名", "%", "元"),
    *("month", "year", "day", "working day", "person", "people", "yuan"),
)


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
    return filled_label(condition, lang, lambda expr, bare: wording.filling(expr, bare=bare))


def filled_label(condition: Condition, lang: Lang, fill: Callable[[Expr, bool], str]) -> str:
    """A condition's label, each placeholder filled by ``fill(value, bare)``.

    ``bare`` is true where the label goes on with the unit itself.
    """
    label = condition.label if lang == "zh" else condition.label_en
    values = condition.values
    parts = list(Formatter().parse(label))
    text = ""
    for place, (literal, name, _, _) in enumerate(parts):
        text += literal
        if name is not None:
            following = parts[place + 1][0] if place + 1 < len(parts) else ""
            text += fill(values[name], following.lstrip().startswith(_SAYS_UNIT))
    return text


class Wording(ValueWording):
    """Puts expressions of one scheme into words, yes/no ones included."""

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
        first = self._words(a, a.op != "param")
        return self._say(op + when, first, self._words(b, b.op != "param"))

    def _period(self, node: Node, yes: bool) -> str:
        a, n, b = node.args
        unit = "working_day" if node.attrs[0] == "working_day" else ""
        name = node.op if yes else f"not {node.op}"
        if node.op == "reached":
            first, last = self._words(a, True), self._words(b, True)
            return self._say(name, first, last, self._length(n, unit))
        last, first = self._words(b, True), self._words(a, True)
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
        schemes = read.op == "fact" and read.kind.name == "code" and read.attrs[0].name == "scheme"
        options = [
            self.title(option)
            if schemes
            else self._say("quote", value_words(option, read.kind, self.lang))
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

    def _any(self, node: Node, yes: bool) -> str:
        rows, asked = self._rows_where(node)
        name = "any" if yes else "none"
        return self._say(f"{name} such", rows, asked) if asked else self._say(name, rows)
