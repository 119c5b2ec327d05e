"""Who moves between the outcomes, and by which named condition."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from wenye.rules.readable.wording import label_words
from wenye.rules.scheme import Scheme
from wenye.simulation.reforms.both_ways import BothWays

OUTCOMES = ("entitled", "undetermined", "not_entitled")
#: Movement → from which outcomes to which; each change of outcome is in exactly one.
MOVEMENTS = {
    "in": (("not_entitled", "undetermined"), ("entitled",)),
    "out": (("entitled",), ("not_entitled", "undetermined")),
    "settled": (("undetermined",), ("not_entitled",)),
    "unsettled": (("not_entitled",), ("undetermined",)),
}
#: Names under which subjects stand whose answers changed in several conditions, or in none.
SEVERAL, UNNAMED = "several", "unnamed"


@dataclass(frozen=True, slots=True)
class Reason:
    """The conditions (by name) whose answers changed for ``subjects`` that moved.

    ``under`` is the one name that the shares go by: the condition, ``several`` or ``unnamed`` (only
    an unnamed part, the version of the law, or nothing that is told).
    """

    names: tuple[str, ...]
    under: str
    label: str
    label_en: str
    subjects: int


@dataclass(frozen=True, slots=True)
class Movement:
    """How many moved, and why; the reasons add up to the subjects, the largest first."""

    subjects: int
    reasons: tuple[Reason, ...]

    def shares(self) -> list[tuple[str, str, str, int]]:
        """(name, label, label_en, subjects), several conditions together as one; adds up."""
        labels = {SEVERAL: ("几项同时改变", "several conditions"), UNNAMED: _UNNAMED}
        counts: Counter[str] = Counter()
        for reason in self.reasons:
            counts[reason.under] += reason.subjects
            labels.setdefault(reason.under, (reason.label, reason.label_en))
        return [(name, *labels[name], count) for name, count in counts.most_common()]


_UNNAMED = ("未命名的部分或适用的规定改变", "an unnamed part, or the version of the law")


def transitions(both: BothWays, rows: pl.DataFrame) -> dict[tuple[str, str], int]:
    """Subjects by outcome before and after, refused both ways included; adds up to everyone."""
    counts = {(was, now): 0 for was in OUTCOMES for now in OUTCOMES}
    grouped = rows.group_by("outcome_b", "outcome_a").len()
    for was, now, subjects in grouped.iter_rows():
        counts[was, now] = subjects
    counts["not_entitled", "not_entitled"] += both.judged - rows.height
    return counts


def moving(rows: pl.DataFrame, movement: str) -> pl.DataFrame:
    """The rows of one movement."""
    was, now = MOVEMENTS[movement]
    return rows.filter(pl.col("outcome_b").is_in(was) & pl.col("outcome_a").is_in(now))


def with_changed(both: BothWays, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with ``changed`` (List of names): conditions whose answers are no longer the same.

    Only those that the row's version of the law turns on, before or after.
    """
    schemes = (both.before.scheme, both.after.scheme)
    tests = []
    for name in schemes[0].conditions:
        uses = pl.lit(False)
        for scheme, law in zip(schemes, ("law_b", "law_a"), strict=True):
            versions = [
                version.name
                for version in scheme.laws
                if any(item.name == name for item in scheme.conditions_of(version))
            ]
            uses = uses | pl.col(law).is_in(versions).fill_null(False)
        differs = pl.col(f"c.{name}_b").ne_missing(pl.col(f"c.{name}_a"))
        tests.append(pl.when(uses & differs).then(pl.lit(name)))
    changed = pl.concat_list(tests).list.drop_nulls() if tests else pl.lit([], pl.List(pl.String))
    return rows.with_columns(changed.alias("changed"))


def movements(both: BothWays, rows: pl.DataFrame, on: dt.date) -> dict[str, Movement]:
    """Each movement of a scheme; ``rows`` as ``with_changed`` gives them."""
    return {name: _movement(both, moving(rows, name), on) for name in MOVEMENTS}


def _movement(both: BothWays, rows: pl.DataFrame, on: dt.date) -> Movement:
    counts = Counter(tuple(names) for names in rows["changed"].to_list())
    reasons = []
    for names, subjects in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        under = names[0] if len(names) == 1 else SEVERAL if names else UNNAMED
        zh, en = _labels(both, names, on) if names else _UNNAMED
        reasons.append(Reason(names, under, zh, en, subjects))
    return Movement(rows.height, tuple(reasons))


def _labels(both: BothWays, names: Iterable[str], on: dt.date) -> tuple[str, str]:
    told = [condition_label(both.before.scheme, both.after.scheme, name, on) for name in names]
    return "；".join(zh for zh, _ in told), "; ".join(en for _, en in told)


def condition_label(
    before: type[Scheme], after: type[Scheme], name: str, on: dt.date
) -> tuple[str, str]:
    """A condition's label in Chinese and English, with both values where the change shows in it."""
    sides = (before.conditions[name], after.conditions[name])
    zh = dict.fromkeys(label_words(item, "zh", on) or name for item in sides)
    en = dict.fromkeys(label_words(item, "en", on) or name for item in sides)
    return " → ".join(zh), " → ".join(en)
