"""One subject's decisions with all their reasons, made again from the registers.

What is explained is decided anew by the case executor; where it differs from what the run stored,
the answer says so. Keys belong to a register: ``people:123`` or ``employment:45``; a bare number
asks every register that the run judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl

from wenye.determination.again import Again, plain
from wenye.determination.cases import cases
from wenye.determination.judging import concerned, payee_of
from wenye.determination.results import Results, ResultsError
from wenye.determination.told_rows import yields_column
from wenye.registers.model import MODEL
from wenye.rules.errors import did_you_mean
from wenye.rules.explain import Explainer
from wenye.rules.facts import Entity
from wenye.rules.scheme import Scheme

_KEY = re.compile(r"(?:([a-z_]+):)?([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class Answer:
    """One row of one scheme, explained."""

    scheme: str
    title: str
    register: str
    register_label: str
    key: int
    #: How the row was found: it is the subject, or the one asked about is concerned or paid.
    found_as: str
    stored: dict[str, Any]
    explanation: dict[str, Any]
    #: (column, stored, decided anew) where the two differ.
    differences: list[tuple[str, Any, Any]]
    granted: bool
    #: In words; empty where the row yields to nothing.
    yields: str

    def as_json(self) -> dict[str, Any]:
        """Plain data, as ``wenye why --json`` prints it."""
        return {
            "scheme": self.scheme,
            "title": self.title,
            "register": self.register,
            "key": self.key,
            "found_as": self.found_as,
            "stored": {name: plain(value) for name, value in self.stored.items()},
            "differences": [
                {"column": column, "stored": plain(then), "now": plain(now)}
                for column, then, now in self.differences
            ],
            "granted": self.granted,
            "yields": self.yields,
            "explanation": self.explanation,
        }


def why(results: Results, subject_key: str, schemes: Iterable[str] | None = None) -> list[Answer]:
    """Every decision about the subject, in the order of the run's schemes.

    For a person or an employer also the rows that concern or pay them. Raises ResultsError for a
    key that is malformed, of no register, or in none of the results.
    """
    register, key = _read_key(subject_key)
    found: list[Answer] = []
    for name in results.chosen(schemes):
        scheme = results.schemes[name]
        for how, rows in _rows(results, scheme, register, key):
            found += _answers(results, scheme, how, rows)
    if not found:
        names = sorted({scheme.subject.register.name for scheme in results.schemes.values()})
        raise ResultsError(
            f"结果中没有 {subject_key} / not in these results",
            where=str(results.folder),
            mend=f"编号前可写登记册，例如 {names[0]}:1 / registers judged: {', '.join(names)}",
        )
    return found


def _read_key(text: str) -> tuple[str | None, int]:
    match = _KEY.fullmatch(text.strip())
    if match is None:
        raise ResultsError(
            f"“{text}”不是编号 / not a key", mend="写作 123 或 people:123 / a number, or people:123"
        )
    register = match[1]
    names = [entity.register.name for entity in MODEL]
    if register is not None and register not in names:
        raise ResultsError(
            f"没有登记册 / no register {register!r}", mend=did_you_mean(register, names)
        )
    return register, int(match[2])


def _rows(
    results: Results, scheme: type[Scheme], register: str | None, key: int
) -> Iterable[tuple[str, pl.DataFrame]]:
    """How rows are about the key, and the rows; each row once."""
    frame = results.frame(scheme.id)
    if register is None:
        yield "subject", frame.filter(pl.col("key") == key).collect()
        return
    tests: list[tuple[str, type[Entity], pl.Expr]] = [
        ("subject", scheme.subject, pl.col("key") == key),
        ("concerns", concerned(scheme).entity, pl.col("concerns") == key),
        ("payee", payee_of(scheme).entity, pl.col("payee") == key),
    ]
    seen: list[int] = []
    for how, entity, test in tests:
        if entity.register.name == register:
            rows = frame.filter(test & ~pl.col("key").is_in(seen)).collect()
            seen += rows["key"].to_list()
            yield how, rows


def _answers(results: Results, scheme: type[Scheme], how: str, rows: pl.DataFrame) -> list[Answer]:
    if rows.is_empty():
        return []
    parameters = results.district.parameters
    explainer = Explainer(scheme, parameters)
    again = Again(scheme, parameters, results.day)
    held = cases(results.registers, scheme, rows["key"].to_list())
    found = []
    for stored in rows.iter_rows(named=True):
        key = stored["key"]
        if key not in held:
            raise ResultsError(
                f"登记册里已没有 {scheme.subject.register.name}:{key} / no longer in the registers",
                where=str(results.registers.folder),
                mend="登记册已更新：重新运行 wenye determine / run wenye determine again",
            )
        found.append(
            Answer(
                scheme=scheme.id,
                title=scheme.title,
                register=scheme.subject.register.name,
                register_label=scheme.subject.register.label,
                key=key,
                found_as=how,
                stored=stored,
                explanation=explainer.explain(held[key], results.day),
                differences=again.differences(stored, held[key]),
                granted=bool(stored["granted"]),
                yields=_yields(results, scheme, stored),
            )
        )
    return found


def _yields(results: Results, scheme: type[Scheme], stored: dict[str, Any]) -> str:
    """To what an entitled row yields, in a sentence."""
    row = pl.DataFrame({"yields_to": [stored["yields_to"]]}, schema={"yields_to": pl.String})
    return str(row.select(yields_column(results, scheme).alias("words")).item() or "")
