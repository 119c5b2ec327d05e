"""The six rules as one SQL statement over DATE columns."""

from __future__ import annotations

from typing import Any

import duckdb
import numpy as np

from outcomes import RULES, Outcomes
from population import DECISION_DAY, People, employer_numbers

# Whole months from a to b by the month rule: a last day of a month completes the month.
MONTHS = """
create macro months(a, b) as
    date_diff('month', a, b) - (day(b) < day(a) and b <> last_day(b))::int
"""

OUTCOMES = f"""
with facts as (
    select *,
        date '{DECISION_DAY}' as decided,
        case when male then 720 when cadre then 660 else 600 end - age as to_retirement
    from people
)
select
    person,
    coalesce(local and months(registered, hired) >= 6 and contract >= 12 and contributed >= 1,
        false) as hire,
    coalesce(hired >= graduated and months(graduated, hired) < 24 and contract >= 12,
        false) as graduate,
    coalesce(claim_ended <= decided and to_retirement > 0 and to_retirement < 24,
        false) as retirement,
    coalesce(local and flexible_since is not null
        and age >= case when male then 600 else 480 end, false) as flexible,
    coalesce(level between 1 and 5 and months(certified, decided) < 12 and contributed >= 12,
        false) as training,
    coalesce(months(business_since, decided) >= 12 and (local
        or (graduated <= business_since and months(graduated, business_since) <= 60)),
        false) as startup,
    contributed, level, to_retirement, flexible_since, decided
from facts
"""

AMOUNTS = f"""
select
    person, hire, graduate, retirement, flexible, training, startup,
    case when hire then 200000 else 0 end as hire_fen,
    case when graduate then 50000 * least(contributed, 12) else 0 end as graduate_fen,
    case when retirement then 136000 else 0 end as retirement_fen,
    case when flexible then 50000 * least(months(flexible_since, decided),
        case when to_retirement <= 60 then 48 else 36 end) else 0 end as flexible_fen,
    case when training then case level when 1 then 60000 when 2 then 100000 when 3 then 150000
        when 4 then 200000 else 250000 end else 0 end as training_fen,
    case when startup then 800000 else 0 end as startup_fen
from ({OUTCOMES})
"""

PER_EMPLOYER = """
create table per_employer as
select employers.number, coalesce(sum(hire_fen), 0)::bigint as fen
from employers left join (
    select employer, 200000 as hire_fen from people
    where local and months(registered, hired) >= 6 and contract >= 12 and contributed >= 1
) on employer = employers.number
group by employers.number
"""


def connect(people: People) -> Any:
    """A database in memory with the table ``people``."""
    database = duckdb.connect()
    database.execute(MONTHS)
    scanned = {"person": np.arange(len(people["age"]), dtype=np.int32), **people}
    columns = ", ".join(
        f"{name}::date as {name}" if values.dtype.kind == "M" else name
        for name, values in scanned.items()
    )
    # DuckDB reads numpy times, not days.
    scanned = {
        name: values.astype("datetime64[s]") if values.dtype.kind == "M" else values
        for name, values in scanned.items()
    }
    database.execute(f"create table people as select {columns} from scanned")
    return database


class DuckdbRules:
    """Variants: ``amounts`` and ``outcomes``; the result is a table in memory."""

    def __init__(self, people: People, variant: str) -> None:
        self.database = connect(people)
        self.amounts = variant == "amounts"
        self.query = (
            AMOUNTS if self.amounts else f"select person, {', '.join(RULES)} from ({OUTCOMES})"
        )

    def prepare(self) -> None:
        self.database.execute("drop table if exists outcomes")

    def run(self) -> None:
        self.database.execute(f"create table outcomes as {self.query}")

    def outcomes(self, result: None) -> Outcomes:
        columns = self.database.execute("select * from outcomes order by person").fetchnumpy()
        return {rule: (columns[rule], columns.get(f"{rule}_fen")) for rule in RULES}


class DuckdbEmployers:
    """The hiring rule summed per employer, as one grouped join into a table in memory."""

    def __init__(self, people: People, variant: str) -> None:
        numbers, employers = employer_numbers(people)
        self.database = connect({**people, "employer": numbers})
        self.database.execute(
            f"create table employers as select range::int as number from range({employers})"
        )

    def prepare(self) -> None:
        self.database.execute("drop table if exists per_employer")

    def run(self) -> None:
        self.database.execute(PER_EMPLOYER)

    def outcomes(self, result: None) -> Outcomes:
        query = "select fen from per_employer order by number"
        fen = self.database.execute(query).fetchnumpy()["fen"]
        return {"employers": (fen > 0, fen)}
