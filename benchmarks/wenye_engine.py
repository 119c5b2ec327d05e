"""The project's own batch executor on the workload."""

from __future__ import annotations

import polars as pl

from outcomes import RULES, Outcomes
from population import DATES, NO_DAY, Array, People, employer_numbers, with_codes
from wenye.rules.batch import BatchProgram
from wenye.rules.columns import aggregate_column
from wenye.rules.expressions import Expr
from wenye.rules.facts import Entity
from workload_rules import ON_CODE, PER_EMPLOYER, SCHEMES, Claimant, Employer


class Held:
    """The registers in memory, complete to the decision day."""

    def __init__(self, tables: dict[type[Entity], pl.DataFrame]) -> None:
        self.tables = tables

    def table(self, entity: type[Entity]) -> pl.LazyFrame:
        return self.tables[entity].lazy()

    def complete_to(self, entity: type[Entity]) -> int | None:
        return ON_CODE


def claimants(people: People) -> pl.DataFrame:
    """The facts as the project stores them: day codes, null for empty, sorted by key."""
    coded = with_codes(people)
    key = pl.Series("key", range(1, len(people["age"]) + 1), dtype=pl.Int32).set_sorted()
    columns = [key]
    for name, values in coded.items():
        series = pl.Series(name, values)
        if name in DATES:
            known = pl.when(pl.col(name) != NO_DAY).then(pl.col(name))
            series = series.to_frame().select(known)[name]
        elif name == "male":
            series = (~series).cast(pl.Int8).alias("sex")
        elif name == "employer":
            series = series + 1
        columns.append(series)
    return pl.DataFrame(columns).rechunk()


def outputs(gives: str) -> dict[str, Expr]:
    """What is asked for: ``outcomes``, ``reasons`` (and conditions) or ``amounts`` (all)."""
    found: dict[str, Expr] = {rule: scheme.outcome for rule, scheme in SCHEMES.items()}
    if gives == "outcomes":
        return found
    for rule, scheme in SCHEMES.items():
        found |= {f"{rule}.{name}": each for name, each in scheme.conditions.items()}
    if gives == "amounts":
        for rule, scheme in SCHEMES.items():
            assert scheme.amount is not None
            found[f"{rule}_fen"] = scheme.amount
    return found


class WenyeRules:
    """Variants: ``outcomes``; ``reasons``, with every named condition; ``amounts``, with both."""

    def __init__(self, people: People, variant: str) -> None:
        self.held = Held({Claimant: claimants(people)})
        self.amounts = variant == "amounts"
        self.program = BatchProgram(Claimant, outputs(variant), ON_CODE)

    def prepare(self) -> None:
        pass

    def run(self) -> pl.DataFrame:
        return self.program.run(self.held).collect(engine="streaming")

    def outcomes(self, result: pl.DataFrame) -> Outcomes:
        found: Outcomes = {}
        for rule in RULES:
            yes = result[rule].fill_null(False).to_numpy()
            fen = result[f"{rule}_fen"].fill_null(0).to_numpy() if self.amounts else None
            found[rule] = (yes, None if fen is None else yes * fen)
        return found


class WenyeEmployers:
    """The hiring rule summed per employer: the sure sum and the possible one."""

    def __init__(self, people: People, variant: str) -> None:
        numbers, employers = employer_numbers(people)
        frame = claimants({**people, "employer": numbers})
        keys = pl.Series("key", range(1, employers + 1), dtype=pl.Int32).set_sorted()
        self.held = Held({Claimant: frame, Employer: pl.DataFrame({"key": keys})})
        self.program = BatchProgram(Employer, {"sum": PER_EMPLOYER}, ON_CODE)

    def prepare(self) -> None:
        pass

    def run(self) -> pl.DataFrame:
        ends = (
            pl.col(aggregate_column(PER_EMPLOYER, side)).alias(side) for side in ("low", "high")
        )
        return self.program.gathered(self.held).select("key", *ends).sort("key").collect()

    def outcomes(self, result: pl.DataFrame) -> Outcomes:
        # The other engines count an empty day as a condition not met: that is the sure sum.
        fen: Array = result["low"].to_numpy()
        return {"employers": (fen > 0, fen)}
