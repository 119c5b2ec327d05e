"""What a run found that may be offered: the rows of one scheme, whose they are, and how.

A row is offered where it counts (``granted``), its basis is not in doubt, and, if the scheme pays,
something is due or the amount is merely not settled yet. Everything else is held back, by reason.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from wenye.determination.judging import doubtful, payee_of
from wenye.determination.results import Results
from wenye.registers.model import Employer, Person
from wenye.registers.schema import KEY
from wenye.registers.store import Registers
from wenye.rules.facts import Entity
from wenye.rules.scheme import Scheme
from wenye.services.offers.modes import OfferRule
from wenye.services.offers.towns import known_town

#: Columns of an offered row, beside the key.
COLUMNS = (
    "person_key",
    "employer_key",
    "worker_key",
    "town",
    "mode",
    "amount_fen",
    "amount_status",
    "months_left",
    "law",
    "law_day",
)
#: Why an entitled row is not offered, in the order in which the reasons are looked at.
HELD_BACK: dict[str, str] = {
    "yields": "另一项或另一行优先",
    "doubtful": "依据存疑",
    "nothing_due": "本月没有可发放的",
    "nobody": "找不到可以告知的人",
    "case": "已有办件",
    "drawing": "正在享受",
    "objection": "本人反对自动决定",
}


@dataclass(frozen=True)
class Found:
    """``rows`` may be offered (key and ``COLUMNS``); ``held`` are not (key, town, ``reason``)."""

    rows: pl.DataFrame
    held: pl.DataFrame


class Owners:
    """Whose rows are, for every scheme of a run; the two tables are read once."""

    def __init__(self, registers: Registers) -> None:
        self.registers = registers
        self.people = registers.table(Person).select(KEY, "town").collect()
        self.employers = registers.table(Employer).select(KEY, "town", "labour_dispatch").collect()

    def with_owners(self, scheme: type[Scheme], rows: pl.DataFrame) -> pl.DataFrame:
        """The rows with whose they are, the town that handles them, and ``dispatch``."""
        entity = scheme.subject
        if entity is Person:
            owned = rows.with_columns(_key(KEY, "person_key"), *_no("employer_key", "worker_key"))
        elif entity is Employer:
            owned = rows.with_columns(_key(KEY, "employer_key"), *_no("person_key", "worker_key"))
        else:
            owned = self._referred(scheme, entity, rows)
        people = self.people.select(pl.col(KEY).alias("person_key"), pl.col("town").alias("_p"))
        firms = self.employers.select(
            pl.col(KEY).alias("employer_key"), pl.col("town").alias("_e"), "labour_dispatch"
        )
        owned = owned.join(people, on="person_key", how="left", maintain_order="left")
        owned = owned.join(firms, on="employer_key", how="left", maintain_order="left")
        # Of a firm of which it is not known, it is not taken that it sends out no workers.
        dispatch = pl.col("employer_key").is_not_null() & pl.col("labour_dispatch").fill_null(True)
        return owned.with_columns(
            known_town("_p", "_e").alias("town"), dispatch.alias("dispatch")
        ).drop("_p", "_e", "labour_dispatch")

    def _referred(
        self, scheme: type[Scheme], entity: type[Entity], rows: pl.DataFrame
    ) -> pl.DataFrame:
        people, employers = _references(entity, Person), _references(entity, Employer)
        table = self.registers.table(entity).select(
            KEY, *(pl.when(pl.col(n) >= 0).then(pl.col(n)).alias(n) for n in people + employers)
        )
        joined = rows.join(table.collect(), on=KEY, how="left", maintain_order="left")
        payee = payee_of(scheme)
        named = str(payee.attrs[1]) if payee.op == "ref" and payee.args[0].op == "root" else ""
        by_people = [named, *(n for n in people if n != named)] if named in people else people
        by_firms = (
            [named, *(n for n in employers if n != named)] if named in employers else employers
        )
        person, firm = _first(by_people), _first(by_firms)
        of_firm = (
            pl.col(named).is_not_null()
            if named in employers
            else pl.lit(named not in people and not people)
        )
        return joined.with_columns(
            pl.when(~of_firm).then(person).alias("person_key"),
            pl.when(of_firm).then(firm).alias("employer_key"),
            pl.when(of_firm).then(person).alias("worker_key"),
        ).drop(*people, *employers)


def _key(column: str, name: str) -> pl.Expr:
    return pl.col(column).alias(name)


def _no(*names: str) -> list[pl.Expr]:
    return [pl.lit(None, pl.Int32).alias(name) for name in names]


def _first(names: list[str]) -> pl.Expr:
    return pl.coalesce([pl.col(name) for name in names]) if names else pl.lit(None, pl.Int32)


def _references(entity: type[Entity], target: type[Entity]) -> list[str]:
    return [
        name
        for name, fact in entity.facts().items()
        if fact.kind.name == "key" and fact.target is target
    ]


def found(results: Results, rule: OfferRule, owners: Owners, dispatch_applies: bool) -> Found:
    """What one scheme's entitled rows come to, before it is known who has a case already."""
    scheme = results.schemes[rule.scheme]
    rows = (
        results.frame(rule.scheme)
        .filter(pl.col("outcome") == "entitled")
        .with_columns(doubtful(scheme).alias("_doubt"))
        .select(
            *(KEY, "payee", "concerns", "amount", "amount_status", "months_left"),
            *("law", "law_day", "outcome_status", "granted", "provisional", "_doubt"),
        )
        .collect()
    )
    owned = owners.with_owners(scheme, rows)
    due = pl.lit(scheme.amount is None) | (pl.col("amount_status") != "none")
    reason = (
        pl.when(~pl.col("granted"))
        .then(pl.lit("yields"))
        .when("_doubt")
        .then(pl.lit("doubtful"))
        .when(~due)
        .then(pl.lit("nothing_due"))
        .when(pl.col("person_key").is_null() & pl.col("employer_key").is_null())
        .then(pl.lit("nobody"))
    )
    owned = owned.with_columns(
        reason.alias("reason"),
        _mode(rule, dispatch_applies).alias("mode"),
        pl.col("amount").alias("amount_fen"),
        pl.col("amount_status").cast(pl.String),
        pl.col("law").fill_null(""),
    )
    offered = owned.filter(pl.col("reason").is_null())
    held = owned.filter(pl.col("reason").is_not_null()).select(KEY, "town", "reason")
    return Found(offered.select(KEY, "payee", "concerns", *COLUMNS), held)


def _mode(rule: OfferRule, dispatch_applies: bool) -> pl.Expr:
    """The scheme's mode where everything is known and may be paid on; else an application."""
    if rule.mode not in ("confirm", "notice"):
        return pl.lit(rule.mode)
    sure = (
        (pl.col("amount_status") == "payable")
        & (pl.col("outcome_status") == "confirmed").fill_null(False)
        & ~pl.col("provisional").fill_null(True)
    )
    if dispatch_applies:
        sure = sure & ~pl.col("dispatch")
    return pl.when(sure).then(pl.lit(rule.mode)).otherwise(pl.lit("apply"))
