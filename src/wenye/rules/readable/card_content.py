"""What a rule card says, as plain data in both languages; ``card`` puts it on the page.

Everything comes from the scheme's tree, labels, parameters and citations. A key ``x`` has its
English beside it as ``x_en``; days are ISO dates.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from wenye.rules import calendar
from wenye.rules.expressions import Expr
from wenye.rules.law import Condition, Law, Monthly, Once
from wenye.rules.parameters import Status
from wenye.rules.readable.card_reads import (
    Data,
    facts_read,
    iso,
    pair,
    parameters_read,
    register_labels,
)
from wenye.rules.readable.formula import (
    AllOf,
    AnyOf,
    Formula,
    Not,
    Opened,
    caption,
    citations,
    forbidden,
    formula,
    rested_on,
    version_on,
)
from wenye.rules.readable.glossary import LONG, Glossary
from wenye.rules.readable.naming import Titles, register_label, step_on
from wenye.rules.readable.printed import Lang, yuan
from wenye.rules.readable.wording import Wording, label_words
from wenye.rules.scheme import Scheme, ends
from wenye.rules.sources import Source
from wenye.rules.tree import Node


def card_json(scheme: type[Scheme], on: dt.date, *, titles: Titles | None = None) -> Data:
    """The card of ``scheme`` as it stands on the day ``on``, for programs.

    ``titles`` name the other schemes that it speaks of; without one a scheme is told by its id.
    """
    return _Content(scheme, on, titles or {}).whole()


class _Content:
    def __init__(self, scheme: type[Scheme], on: dt.date, titles: Titles) -> None:
        self.scheme = scheme
        self.on = on
        self.titles = titles
        self.version = version_on(scheme, on)
        self.glossary = Glossary()

    def whole(self) -> Data:
        scheme = self.scheme
        trees = self._trees()
        parameters = parameters_read(trees, self.on, scheme.dated_by)
        content = {
            "id": scheme.id,
            "title": scheme.title,
            "title_en": scheme.title_en or scheme.title,
            "on": self.on.isoformat(),
            "version": None if self.version is None else self._version(self.version),
            "subject": {
                "register": scheme.subject.register.name,
                **register_labels(scheme.subject),
            },
            "payee": self._row(scheme.payee),
            "dated_by": pair("label", lambda lang: self._words(scheme.dated_by, lang)),
            "once_per": self._row(scheme.once_per),
            "formula": None
            if self.version is None
            else self._formula(formula(self.version.eligible, self.on, scheme.id), self.version),
            "pays": None if self.version is None else self._pays(self.version),
            "parameters": parameters,
            "versions": self._versions(),
            "concerns": self._row(scheme.concerns),
            "excludes": [self._titled(other) for other in scheme.excludes],
            "priority": scheme.priority,
            "claws_back": self._claws_back(),
            "operated_by": scheme.operated_by,
            "our_part": scheme.our_part,
            "facts": facts_read(trees, self.on),
            "open": self._open(parameters),
        }
        content["terms"] = [self._term(node) for node in self.glossary.entries]
        return content

    def _term(self, node: Expr) -> Data:
        """A long value that the card explains apart, with its name."""
        return {
            **pair("name", lambda lang: self.glossary.name(node, lang)),
            **pair("text", lambda lang: self._wording(lang).definition(node)),
        }

    # ---- rows and words

    def _words(self, expr: Any, lang: Lang, on: dt.date | None = None) -> str:
        return self._wording(lang, on)(expr)

    def _wording(self, lang: Lang, on: dt.date | None = None) -> Wording:
        """For another day without the glossary: its terms are those of the card's day."""
        glossary = self.glossary if on in (None, self.on) else None
        own = self.scheme.id
        return Wording(lang, on or self.on, titles=self.titles, own=own, glossary=glossary)

    def _row(self, source: Any) -> Data | None:
        if not isinstance(source, Source):
            return None
        label = register_label if source.op == "root" else self._words
        return pair("label", lambda lang: label(source, lang))

    def _titled(self, scheme_id: str) -> Data:
        zh, en = self.titles.get(scheme_id, (scheme_id, scheme_id))
        return {"id": scheme_id, "title": zh, "title_en": en or zh}

    # ---- the version in force

    def _version(self, version: Law) -> Data:
        place = self.scheme.laws.index(version)
        return {
            "name": version.name,
            "label": version.label,
            "label_en": version.label_en,
            "since": iso(version.since),
            "until": iso(ends(self.scheme, place)),
            **pair("basis", lambda lang: "；".join(citations(version.basis, lang))),
            "doubtful_from": iso(self._doubtful_from(version)),
            "doubt": version.doubt,
            "in_doubt": version.doubtful_from is not None
            and version.doubtful_from <= calendar.code(self.on),
        }

    def _doubtful_from(self, version: Law) -> int | None:
        """The first day of doubt, where it falls before the version's end."""
        until = ends(self.scheme, self.scheme.laws.index(version))
        first = version.doubtful_from
        return None if first is None or (until is not None and until < first) else first

    def _formula(self, tree: Formula, version: Law) -> Data:
        if isinstance(tree, AllOf):
            return {"all": [self._formula(part, version) for part in tree.parts]}
        if isinstance(tree, AnyOf):
            return {"any": [self._formula(part, version) for part in tree.parts]}
        if isinstance(tree, Not):
            return {"not": self._formula(tree.part, version)}
        named = tree.condition
        found: Data = {
            "name": None if named is None else named.name,
            "scheme": self.scheme.id if named is None else named.owner,
            **pair("label", lambda lang: caption(tree, lang, self.on, self.titles)),
        }
        cites = version.basis if named is None else named.cited_under(version)
        found.update(pair("citations", lambda lang: list(citations(cites, lang))))
        if not isinstance(tree, Opened):
            test = tree.test if named is None else named.test
            return {**found, **pair("test", lambda lang: self._words(test, lang))}
        theirs: Law | None = version
        if tree.rests is not None:
            rests, other = tree.rests, tree.rests.scheme
            theirs = version_on(other, self.on)
            found["rests_on"] = {
                "id": other.id,
                "title": other.title,
                "title_en": other.title_en or other.title,
                **pair("of", lambda lang: rested_on(rests, lang, self.on)[0]),
                **pair("judged_on", lambda lang: rested_on(rests, lang, self.on)[1]),
            }
        opened = tree.inner is not None and theirs is not None
        found["inner"] = self._formula(tree.inner, theirs) if opened else None  # type: ignore[arg-type]
        return found

    def _pays(self, version: Law) -> Data | None:
        pays = version.pays
        if pays is None:
            return None
        rounding = [node.attrs[0] for node in pays.amount.walk() if node.op == "to_fen"]
        found: Data = {
            "flow": "once" if isinstance(pays, Once) else "monthly",
            **pair("amount", lambda lang: self._words(pays.amount, lang)),
            **self._plain_amount(pays.amount),
            "rounding": sorted(set(rounding)),
        }
        if isinstance(pays, Monthly):
            found.update(pair("first", lambda lang: self._words(pays.first, lang)))
            found.update(pair("last", lambda lang: self._words(pays.last, lang)))
        return found

    def _plain_amount(self, amount: Expr) -> Data:
        """The amount in yuan and its status where it is a parameter and nothing else."""
        if amount.op != "param":
            return {"yuan": None, "status": None}
        step, _ = step_on(amount, self.on)
        text = None if step.value is None else yuan(step.value).replace("¥", "").replace(",", "")
        return {"yuan": text, "status": step.status.value}

    def _claws_back(self) -> Data | None:
        back = self.scheme.claws_back
        if back is None:
            return None
        return {
            "label": back.label,
            "label_en": back.label_en,
            **pair("when", lambda lang: self._words(back.when, lang)),
            **pair("amount", lambda lang: self._words(back.amount, lang)),
            **pair("citations", lambda lang: list(citations(back.cites, lang))),
        }

    # ---- what it reads

    def _trees(self) -> list[Node]:
        scheme, version = self.scheme, self.version
        trees: list[Node] = [scheme.dated_by]
        if version is not None:
            trees.append(version.eligible)
            if version.pays is not None:
                trees.append(version.pays.amount)
            if isinstance(version.pays, Monthly):
                trees += [version.pays.first, version.pays.last]
        if scheme.claws_back is not None:
            trees += [scheme.claws_back.when, scheme.claws_back.amount]
        return trees

    # ---- through time

    def _versions(self) -> list[Data]:
        found = []
        for place, version in enumerate(self.scheme.laws):
            entry = self._version(version)
            del entry["in_doubt"]
            entry["in_force"] = version is self.version
            entry["pays"] = version.pays is not None
            keeps = version.keeps
            entry.update(
                pair("keeps", lambda lang, k=keeps: "" if k is None else self._words(k, lang))  # type: ignore[misc]
            )
            before = self.scheme.laws[place - 1] if place else None
            entry["differs"] = [] if before is None else self._differences(before, version)
            found.append(entry)
        return found

    def _differences(self, before: Law, version: Law) -> list[Data]:
        """What changed against the version before, in words of each one's own first day."""
        old = {item.name: item for item in self.scheme.conditions_of(before)}
        new = {item.name: item for item in self.scheme.conditions_of(version)}
        found: list[Data] = []
        for what, items, than, law in (
            ("added", new, old, version),
            ("dropped", old, new, before),
        ):
            day = calendar.date(law.since)
            against = forbidden(formula(law.eligible, day, self.scheme.id))
            for name, item in items.items():
                if name not in than:
                    must_not = f"{item.owner}.{name}" in against
                    labels = self._labelled(item, day)
                    found.append({"what": what, **labels, "must_not": must_not})
        if before.eligible.key != version.eligible.key and not found:
            found.append({"what": "recombined", "text": "", "text_en": ""})
        for part in ("amount", "first", "last"):
            was, becomes = getattr(before.pays, part, None), getattr(version.pays, part, None)
            if getattr(was, "key", None) != getattr(becomes, "key", None):
                found.append({"what": part, **self._told(becomes, version)})
        return found

    def _labelled(self, item: Condition, day: dt.date) -> Data:
        return pair("text", lambda lang: label_words(item, lang, day))

    def _told(self, expr: Expr | None, version: Law) -> Data:
        if expr is None:
            return {"text": "", "text_en": ""}
        day = calendar.date(version.since)
        if len(self._words(expr, "zh", day)) > 2 * LONG:
            return {"text": "", "text_en": "", "long": True}
        return pair("text", lambda lang: self._words(expr, lang, day))

    def _open(self, parameters: list[Data]) -> list[Data]:
        found: list[Data] = []
        if self.version is None:
            found.append({"what": "no version", "label": "", "label_en": "", "reason": ""})
        elif self._version(self.version)["in_doubt"]:
            doubt = self.version.doubt
            basis = pair("label", lambda lang: "；".join(citations(self.version.basis, lang)))  # type: ignore[union-attr]
            found.append({"what": "doubtful", **basis, "reason": doubt})
        for what, status in (("open", Status.OPEN), ("to confirm", Status.SOURCED)):
            for each in parameters:
                if each["status"] == status.value:
                    labels = {key: each[key] for key in ("name", "label", "label_en")}
                    found.append({"what": what, **labels, "reason": each["source"]})
        return found
