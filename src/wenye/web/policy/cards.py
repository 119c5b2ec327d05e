"""A scheme's rule card as a page shows it: one sheet to take home, in the page's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from wenye.rules.readable.card_phrases import told
from wenye.rules.readable.printed import Lang

Data = Mapping[str, Any]


@dataclass(slots=True)
class Item:
    """A condition, with what it consists of."""

    text: str
    marks: list[int] = field(default_factory=list)
    test: str = ""
    note: str = ""
    under: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class Card:
    """Everything that stands on the sheet."""

    title: str
    basis: str = ""
    span: str = ""
    label: str = ""
    doubt: str = ""
    who: list[str] = field(default_factory=list)
    how: str = ""
    conditions: list[Item] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    pays: list[str] = field(default_factory=list)
    terms: list[tuple[str, str]] = field(default_factory=list)
    excludes: list[tuple[str, str]] = field(default_factory=list)
    claw_back: list[str] = field(default_factory=list)
    facts: list[tuple[str, str, str]] = field(default_factory=list)
    versions: list[tuple[str, str, bool]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)


def card_of(content: Data, lang: Lang) -> Card:
    """The sheet, from ``rules.readable.card_json``."""
    return _Maker(content, lang).card


class _Maker:
    def __init__(self, content: Data, lang: Lang) -> None:
        self.content = content
        self.lang: Lang = lang
        self.card = Card(self._of(content, "title"))
        self._whole()

    def _of(self, data: Data, key: str) -> Any:
        return data[f"{key}_en" if self.lang == "en" else key]

    def _say(self, name: str, *parts: str) -> str:
        return told(name, self.lang, *parts)

    def _whole(self) -> None:
        content, card = self.content, self.card
        version = content["version"]
        card.who = list(self._who())
        if version is not None:
            card.basis = self._of(version, "basis")
            until = version["until"]
            card.span = (
                f"{version['since']} {_('至')} {until}"
                if until
                else f"{version['since']} {_('起')}"
            )
            card.label = self._of(version, "label")
            if version["in_doubt"]:
                card.doubt = self._say("in doubt", version["doubtful_from"], version["doubt"])
            self._formula(content["formula"])
            card.pays = list(self._pays(content["pays"]))
        else:
            card.doubt = self._say("no version")
        card.terms = [(self._of(t, "name"), self._of(t, "text")) for t in content["terms"]]
        card.excludes = [(each["id"], self._of(each, "title")) for each in content["excludes"]]
        back = content["claws_back"]
        if back is not None:
            card.claw_back = [
                self._of(back, "label"),
                self._say("returned", self._of(back, "amount")),
                *self._of(back, "citations"),
            ]
        card.facts = [
            (self._of(register, "label"), supplier, "、".join(labels))
            for register in content["facts"]
            for supplier, labels in self._supplied(register)
        ]
        card.versions = [
            (
                f"{each['since']} {_('至')} {each['until']}"
                if each["until"]
                else f"{each['since']} {_('起')}",
                " · ".join(
                    part for part in (self._of(each, "basis"), self._of(each, "label")) if part
                ),
                each["in_force"],
            )
            for each in content["versions"]
        ]
        card.open = [
            self._say(f"open {each['what']}", self._of(each, "label")) for each in content["open"]
        ]

    def _supplied(self, register: Data) -> Iterator[tuple[str, list[str]]]:
        by: dict[str, list[str]] = {}
        for fact in register["facts"]:
            by.setdefault(fact["supplied_by"], []).append(self._of(fact, "label"))
        yield from by.items()

    def _who(self) -> Iterator[str]:
        yield self._say("judged", self._of(self.content["subject"], "label"))
        for key in ("payee", "dated_by", "once_per"):
            if self.content[key] is not None:
                yield self._say(key, self._of(self.content[key], "label"))

    def _pays(self, pays: Data | None) -> Iterator[str]:
        if pays is None:
            yield self._say("nothing")
            return
        yield self._say(pays["flow"], self._of(pays, "amount"))
        if pays["flow"] == "monthly":
            yield self._say("first month", self._of(pays, "first"))
            yield self._say("last month", self._of(pays, "last"))

    # -- conditions -------------------------------------------------------------------------------

    def _formula(self, tree: Data) -> None:
        how = next((how for how in ("all", "any") if how in tree), "")
        self.card.how = self._say(how) if how else ""
        self.card.conditions = [self._item(part) for part in (tree[how] if how else [tree])]

    def _item(self, tree: Data, forbidden: bool = False) -> Item:
        if "not" in tree:
            return self._item(tree["not"], not forbidden)
        for how in ("all", "any"):
            if how in tree:
                text = self._say(f"not {how}" if forbidden else how)
                return Item(text, under=[self._item(part) for part in tree[how]])
        lead = self._say("not") if forbidden else ""
        item = Item(
            f"{lead}{self._of(tree, 'label')}", [self._mark(s) for s in self._of(tree, "citations")]
        )
        if "test" in tree:
            test = self._of(tree, "test")
            item.test = test if test != self._of(tree, "label") else ""
            return item
        rests = tree.get("rests_on")
        if rests is not None:
            item.note = self._say("rests on", self._of(rests, "title"), rests["id"])
        inner = tree["inner"]
        if inner is not None:
            how = next((how for how in ("all", "any") if how in inner), "")
            item.under = [self._item(part) for part in (inner[how] if how else [inner])]
        return item

    def _mark(self, source: str) -> int:
        if source not in self.card.sources:
            self.card.sources.append(source)
        return self.card.sources.index(source) + 1
