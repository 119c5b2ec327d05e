"""Why, in a sentence of Chinese, for every pattern of answers.

A refusal names what decided it; a pending row what is still unknown; a row that yields to what it
yields. Sentences are made once for each distinct pattern and joined to the rows.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from wenye.determination.condition_words import label_under
from wenye.determination.near_misses import only_obstacles
from wenye.determination.patterns import Pattern, Versions, condition_columns, patterns
from wenye.determination.results import Results
from wenye.rules.readable.formula import AllOf, AnyOf, Formula, Not, Opened, Step, settled

NO_LAW = "没有收录当日有效的规定"
NO_DAY = "适用规定的日期未提供"


class Reasons:
    """Sentences about one scheme's decisions as at a day."""

    def __init__(self, versions: Versions, on: dt.date) -> None:
        self.versions = versions
        self.on = on
        self._labels: dict[tuple[str, str], str] = {}

    def label(self, law: str, name: str) -> str:
        """What the condition is called under a version."""
        key = (law, name)
        if key not in self._labels:
            scheme = self.versions.scheme
            self._labels[key] = label_under(scheme, self.versions.laws[law], name, self.on)
        return self._labels[key]

    def refusal(self, pattern: Pattern) -> str:
        """Why a pattern is a no: each thing that decides it."""
        if pattern.law is None or pattern.law not in self.versions.laws:
            return NO_LAW
        parts = self._decisive(pattern, self.versions.formulas[pattern.law], False)
        return "；".join(parts) or "不符合条件"

    def one_short(self, pattern: Pattern) -> str:
        """The condition (or each of several) that alone stands in the way; empty if none does."""
        names = only_obstacles(self.versions, pattern)
        assert not names or pattern.law is not None
        return "，或".join(
            self._said(pattern.law or "", name, bool(pattern.answers[name])) for name in names
        )

    def pending(self, pattern: Pattern) -> str:
        """What of a pattern is not known."""
        if pattern.law is None or pattern.law not in self.versions.laws:
            return NO_DAY
        parts = self._decisive(pattern, self.versions.formulas[pattern.law], None)
        return "；".join(parts)

    def _decisive(self, pattern: Pattern, tree: Formula, value: bool | None) -> list[str]:
        """The parts of a formula that make it ``value``: no (or yes), or unknown."""
        if isinstance(tree, Not):
            return self._decisive(pattern, tree.part, None if value is None else not value)
        if isinstance(tree, Step | Opened):
            return [self._step(pattern, tree, value)]
        assert isinstance(tree, AllOf | AnyOf)
        answers = {f"{self.versions.scheme.id}.{k}": v for k, v in pattern.answers.items()}
        guilty = [part for part in tree.parts if settled(part, answers) is value]
        if value is None or isinstance(tree, AllOf) is not value:
            found = [item for part in guilty for item in self._decisive(pattern, part, value)]
            return list(dict.fromkeys(found))
        # Every way was shut (or, of a negation, every part was there): one reason out of several.
        joined = ["和".join(self._decisive(pattern, part, value)) or "…" for part in tree.parts]
        return ["，且".join(dict.fromkeys(joined))]

    def _step(self, pattern: Pattern, step: Step | Opened, value: bool | None) -> str:
        condition = step.condition
        if condition is None:
            return "有一项条件未满足" if value is not None else "有一项条件未知"
        label = self.label(pattern.law or "", condition.name)
        if value is None:
            return f"“{label}”未知"
        return self._phrase(label, value)

    def _said(self, law: str, name: str, value: bool) -> str:
        return self._phrase(self.label(law, name), value)

    def _phrase(self, label: str, value: bool) -> str:
        return f"有“{label}”的情形" if value else f"不满足“{label}”"


def reasons_frame(results: Results, scheme: str, outcome: str) -> pl.DataFrame:
    """Each pattern of an outcome (law and condition columns) with ``reason`` and ``one_short``."""
    reasons = Reasons(Versions(results.schemes[scheme]), results.on)
    names = condition_columns(results.frame(scheme))
    found = patterns(results, scheme, outcome)
    said = reasons.pending if outcome == "undetermined" else reasons.refusal
    data: dict[str, list[object]] = {"law": [item.law for item in found]}
    for name in names:
        data[name] = [item.answers[name[2:]] for item in found]
    data["reason"] = [said(item) for item in found]
    data["one_short"] = [
        reasons.one_short(item) if outcome == "not_entitled" else "" for item in found
    ]
    schema = {"law": pl.String, **dict.fromkeys(names, pl.Boolean)}
    return pl.DataFrame(data, schema={**schema, "reason": pl.String, "one_short": pl.String})


def with_reasons(results: Results, scheme: str, outcome: str) -> pl.LazyFrame:
    """The scheme's rows of one outcome with ``reason`` and ``one_short`` beside them."""
    said = reasons_frame(results, scheme, outcome)
    on = ["law", *condition_columns(results.frame(scheme))]
    return (
        results.frame(scheme)
        .filter(pl.col("outcome") == outcome)
        .join(said.lazy(), on=on, how="left", nulls_equal=True, maintain_order="left")
    )
