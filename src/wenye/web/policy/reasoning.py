"""The reasoning tree of a decision, made ready for the template ``policy/reasoning.html``.

Each branch has its answer as a word and a shape; a condition has the facts behind it, from whom
and as of when, and the values that it is measured by with their sources. Branches that decided are
open, the others folded; it prints whole, and works without JavaScript.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wenye.rules.facts import Entity, Many
from wenye.rules.one_short import one_short
from wenye.rules.scheme import Scheme
from wenye.services.decisions.deciding import Decided
from wenye.services.decisions.decisive import (
    condition_words,
    decisive,
    to_be_asked,
    value_label,
)
from wenye.services.decisions.facts import ENTITIES, NoFacts, facts
from wenye.services.decisions.sentences import spoken

#: Answer → the class of components.css that gives shape and colour.
CLASSES = {"yes": "yes", "no": "no", "unknown": "unsure"}
OUTCOME_CLASSES = {"entitled": "yes", "not_entitled": "no", "undetermined": "unsure"}


@dataclass(slots=True)
class FactLine:
    """A fact as a condition read it."""

    label: str
    text: str
    known: bool
    supplied_by: str
    as_of: str


@dataclass(slots=True)
class ValueLine:
    """A dated value that a condition was measured by."""

    label: str
    text: str
    status: str
    status_class: str
    source: str


@dataclass(slots=True)
class Branch:
    """One line of the tree with what stands under it."""

    value: str
    answer: str
    css: str
    title: str
    kind: str
    citation: str = ""
    lead: str = ""
    decisive: bool = False
    open: bool = False
    facts: list[FactLine] = field(default_factory=list)
    values: list[ValueLine] = field(default_factory=list)
    under: list[Branch] = field(default_factory=list)

    @property
    def plain(self) -> bool:
        """Whether there is nothing under it to fold."""
        return not (self.facts or self.values or self.under)


@dataclass(slots=True)
class MonthLine:
    """A stretch of months with the same amount."""

    first: str
    last: str
    months: int
    amount_fen: int | None
    status: str


@dataclass(slots=True)
class Reasons:
    """A whole decision, as the template shows it."""

    scheme: str
    title: str
    on: dt.date
    outcome: str
    answer: str
    css: str
    flow: str
    amount_fen: int | None
    amount_words: str
    amount_note: str
    law: str
    law_day: str
    warnings: list[str]
    root: Branch | None
    missing: list[str]
    blocked: list[tuple[str, list[str]]]
    also_unknown: list[str]
    changes: list[str]
    schedule: list[MonthLine]
    claw_back_fen: int | None
    doubt_begins: str | None
    receipt: str
    spoken: str
    register: str
    key: int | None


def reasoning(decided: Decided) -> Reasons:
    """The decision as nested data for the template include."""
    return _Maker(decided).whole()


def outcome_words(outcome: str) -> str:
    """The outcome in a word."""
    words = {
        "entitled": _("符合"),
        "not_entitled": _("不符合"),
        "undetermined": _("还不能定"),
    }
    return words[outcome]


def status_words(status: str) -> str:
    """How far an amount may be paid on, in words."""
    words = {
        "payable": _("可以发放"),
        "unconfirmed": _("标准有来源、待确认，确认前不发放"),
        "open": _("标准未定，暂无金额"),
        "none": "",
    }
    return words[status]


def fen(amount: str | None) -> int | None:
    """Yuan as an explanation writes them, in fen."""
    return None if amount is None else int(Decimal(amount) * 100)


class _Maker:
    def __init__(self, decided: Decided) -> None:
        self.decided = decided
        self.told: Mapping[str, Any] = decided.explanation
        self.english = (get_language() or "zh").startswith("en")
        self.conditions = {item["name"]: item for item in self.told["conditions"]}
        self.guilty = {(item.scheme, item.name) for item in decisive(self.told)}
        self.held = _Held(decided)

    def _of(self, data: Mapping[str, Any], key: str) -> str:
        return str((data.get(f"{key}_en") if self.english else None) or data[key] or "")

    def whole(self) -> Reasons:
        told = self.told
        law = told["law"]
        amount = fen(told["amount"])
        return Reasons(
            scheme=told["scheme"],
            title=self._of(told, "title"),
            on=dt.date.fromisoformat(told["on"]),
            outcome=told["outcome"],
            answer=outcome_words(told["outcome"]),
            css=OUTCOME_CLASSES[told["outcome"]],
            flow=told["flow"],
            amount_fen=amount,
            amount_words=""
            if amount is None
            else (_("每月") if told["flow"] == "monthly" else _("一次性")),
            amount_note=status_words(told["amount_status"]),
            law=self._law(law),
            law_day=(law or {}).get("day") or "",
            warnings=[self._half(warning) for warning in told["warnings"]],
            root=self._root(),
            missing=list(dict.fromkeys(self._missing())),
            blocked=[
                (value_label(name)[self.english], to_be_asked([name], self.decided.on))
                for name in told["blocked_by"]
            ],
            also_unknown=self._also(),
            changes=list(self._changes()),
            schedule=self._schedule(),
            claw_back_fen=fen(told["claw_back"]),
            doubt_begins=told["doubt_begins"],
            receipt=told["receipt"]["id"],
            spoken=spoken(self.decided),
            register=self.decided.register,
            key=self.decided.key,
        )

    def _half(self, text: str) -> str:
        """A note in both languages, in the one that is spoken."""
        zh, _slash, en = text.partition(" / ")
        return en if self.english and en else zh if not self.english else text

    def _law(self, law: Mapping[str, Any] | None) -> str:
        if law is None:
            return str(_("适用规定的日期未提供，不知适用哪一版"))
        if law["version"] is None:
            return str(_("没有收录当日有效的规定"))
        until = f"{_('至')} {law['until']}" if law["until"] else str(_("起"))
        label = self._of(law, "label")
        words = f"{law['basis']}（{law['since']} {until}）"
        return f"{words} · {label}" if label else words

    def _missing(self) -> Iterator[str]:
        for path, label in zip(self.told["missing"], self.told["missing_labels"], strict=True):
            line = self.held.line(path, label, "", False)
            yield f"{line.label}（{line.supplied_by}）" if line.supplied_by else line.label

    def _also(self) -> list[str]:
        labels = {f["name"]: f["label"] for c in self.told["conditions"] for f in c["facts"]}
        found = [
            self.held.line(name, labels.get(name, name), "", False).label
            for name in self.told["also_unknown"]
        ]
        return list(dict.fromkeys(found))

    # -- the tree ---------------------------------------------------------------------------------

    def _root(self) -> Branch | None:
        law = self.told["law"]
        if law is not None and law["version"] is None:
            return None
        return self._branch(self.told["tree"], self.told["scheme"], "", True)

    def _branch(self, node: Mapping[str, Any], scheme: str, lead: str, shown: bool) -> Branch:
        value = node["value"]
        branch = Branch(value, self._answer(value), CLASSES[value], "", node["op"], lead=lead)
        if node["op"] == "condition":
            branch.decisive = (scheme, node["name"]) in self.guilty
            self._condition(branch, node["name"], scheme)
        elif node["op"] == "rests":
            scheme = node["scheme"]
            branch.title = _("按“%(title)s”判定") % {"title": node["title"]}
        else:
            branch.title = self._joint(node["op"])
        for place, part in enumerate(node.get("of", ())):
            said = str((_("其中"), _("若是"), _("若否"))[place]) if node["op"] == "where" else ""
            branch.under.append(self._branch(part, scheme, said, False))
        if any(part.decisive or part.open for part in branch.under):
            branch.open = True
        branch.open = branch.open or branch.decisive or shown
        return branch

    @staticmethod
    def _answer(value: str) -> str:
        return {"yes": _("满足"), "no": _("不满足"), "unknown": _("未知")}[value]

    @staticmethod
    def _joint(op: str) -> str:
        words = {
            "and": _("以下全部满足"),
            "or": _("以下有一项即可"),
            "not": _("以下不得满足"),
            "where": _("视情形"),
        }
        return str(words.get(op, _("其他条件")))

    def _condition(self, branch: Branch, name: str, scheme: str) -> None:
        item = self.conditions.get(name)
        if scheme != self.told["scheme"] or item is None:
            label, label_en, cited = condition_words(scheme, name, self.told["on"])
            branch.title, branch.citation = (label_en if self.english else label), cited
            return
        branch.title, branch.citation = self._of(item, "label"), item["citation"] or ""
        branch.facts = list(self._facts(item))
        branch.values = [self._value(each) for each in item["parameters"] if not each["within"]]

    def _facts(self, item: Mapping[str, Any]) -> Iterator[FactLine]:
        told = item["facts"]
        gone = {fact["name"] for fact in told if fact["value"] is False and fact["text"] == "无"}
        for fact in told:
            if fact["within"] or fact["name"].rpartition(".")[0] in gone:
                continue  # the named quantity stands for it, or its row is not there
            yield self.held.line(
                fact["name"], fact["label"], fact["text"], fact["state"] != "unknown"
            )

    def _value(self, each: Mapping[str, Any]) -> ValueLine:
        words = {
            "quoted": (_("文件原文"), "yes"),
            "confirmed": (_("已确认"), "yes"),
            "sourced": (_("有来源、待确认"), "unsure"),
            "open": (_("未定"), "unsure"),
        }
        status, css = words[each["status"]]
        label = value_label(each["name"])[1] if self.english else each["label"]
        return ValueLine(label, each["text"], str(status), css, each["reference"])

    # -- what would change it ---------------------------------------------------------------------

    def _changes(self) -> Iterator[str]:
        told = self.told
        if told["outcome"] == "not_entitled":
            for name, answer in one_short(told):
                label = self._of(self.conditions[name], "label")
                words = (
                    _("其他不变，只要满足“%(label)s”，就符合。")
                    if answer == "yes"
                    else _("其他不变，只要没有“%(label)s”的情形，就符合。")
                )
                yield words % {"label": label}
        for flip in told["flips"][:6]:
            yield _("事实不变，自 %(day)s 起：%(outcome)s。") % {
                "day": flip["date"],
                "outcome": outcome_words(flip["outcome"]),
            }
        if told["doubt_begins"]:
            yield _("自 %(day)s 起依据存疑，不予支付。") % {"day": told["doubt_begins"]}
        if not told["flips"] and not told["doubt_begins"]:
            yield _("事实不变，时间推移不会改变结果。")

    def _schedule(self) -> list[MonthLine]:
        found: list[MonthLine] = []
        for item in self.told["schedule"]:
            amount, status = fen(item["amount"]), status_words(item["amount_status"])
            if found and (found[-1].amount_fen, found[-1].status) == (amount, status):
                found[-1].last = item["month"]
                found[-1].months += 1
            else:
                found.append(MonthLine(item["month"], item["month"], 1, amount, status))
        return found


class _Held:
    """Where a fact came from: its department, and as of which day."""

    def __init__(self, decided: Decided) -> None:
        self.scheme: type[Scheme] = decided.scheme
        self.english = (get_language() or "zh").startswith("en")
        self.as_of = ""
        if decided.facts_digest:
            try:
                self.as_of = facts().as_of.isoformat()
            except NoFacts:
                self.as_of = ""

    def line(self, name: str, label: str, text: str, known: bool) -> FactLine:
        """A fact's line; ``name`` is its path in the case, or ``count(path)``, or a named one."""
        path = name
        how = ""
        for lead, words in (("count(", _("（符合条件的条数）")), ("total(", _("（合计）"))):
            if name.startswith(lead):
                path, how = name[len(lead) : -1], words
        place = self._place(path)
        if place is None:
            return FactLine(label, text, known, "", "")
        entity, own, supplier = place
        if self.english:
            label = own or label
        register = entity.register.label_en if self.english else entity.register.label
        label += how
        if entity is not self.scheme.subject and not label.startswith(register):
            label = f"{register} · {label}"
        return FactLine(label, text, known, supplier, self.as_of)

    def _place(self, path: str) -> tuple[type[Entity], str, str] | None:
        """The entity in which a path ends, the fact's English label, and who supplies it."""
        steps = path.split(".")
        entity, label_en = self.scheme.subject, ""
        supplier = entity.register.supplied_by
        if len(steps) < 2:
            return None
        for step in steps[1:]:
            facts_, relations = entity.facts(), entity.relations()
            item = facts_.get(step) or relations.get(step)
            if item is None:
                return None
            if isinstance(item, Many):
                entity = item.entity
                label_en, supplier = entity.register.label_en, entity.register.supplied_by
            else:
                label_en, supplier = item.label_en, item.supplied_by
                if item.kind.name == "key":
                    entity = item.target
        return entity, label_en, supplier


__all__ = ["ENTITIES", "Reasons", "one_short", "outcome_words", "reasoning", "status_words"]
