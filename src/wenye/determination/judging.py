"""One scheme over every row of its subject: outcome, reasons, amount and how far it may be paid on.

A judged frame has one row per subject, in the order of its keys; the last columns are added later:

===================  ===========================================================================
key                  the subject's key (Int32)
payee concerns once  keys of who is paid, whose supports must not stack, what counts once (Int32)
town                 code of the payee's (else the subject's) town
law_day              day that picked the law (Date)
law                  name of the version in force; null where there was none or it is unknown
outcome              ``entitled`` / ``not_entitled`` / ``undetermined``
outcome_status       ``confirmed``, or ``unconfirmed`` where it would not be the same on confirmed
                     values alone; null while undetermined
amount               fen: of the payment, or of the month of determination (Int64)
amount_status        ``payable`` / ``unconfirmed`` / ``open`` / ``none``
first last           first and last month of a monthly support (Date, first of the month)
months_left          months still to be paid, this one included
recover              fen to be returned, where the scheme claws back
recover_unknown      whether it is unknown if, or how much of, what was paid is to be returned
c.NAME               each named condition: yes, no, or null for unknown
unknown              for an undetermined row, its set's number in ``unknowns.parquet`` (Int32)
granted yields_to provisional
                     see ``determination.allocation``
===================  ===========================================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from wenye.determination.sharing import Shared
from wenye.rules import calendar
from wenye.rules.batch import BatchProgram
from wenye.rules.decide import outputs, series_read, strict_outputs, trusted
from wenye.rules.expressions import Expr
from wenye.rules.gather import Tables, gather
from wenye.rules.kinds import TRUTH
from wenye.rules.parameters import Series, Status
from wenye.rules.scheme import Scheme
from wenye.rules.sources import Source, fact_of, key_of, root
from wenye.rules.tree import Node

OUTCOME = pl.Enum(["entitled", "not_entitled", "undetermined"])
OUTCOME_STATUS = pl.Enum(["confirmed", "unconfirmed"])
AMOUNT_STATUS = pl.Enum(["payable", "unconfirmed", "open", "none"])
#: From so many rows on, row-wise work is worth spreading over cores.
_MANY = 200_000


def payee_of(scheme: type[Scheme]) -> Source:
    """Who is paid: the scheme's payee, or the subject itself."""
    source = scheme.payee if scheme.payee is not None else root(scheme.subject)
    assert isinstance(source, Source)
    return source


def concerned(scheme: type[Scheme]) -> Source:
    """Whose supports must not stack: ``concerns``, or the payee."""
    source = scheme.concerns if scheme.concerns is not None else payee_of(scheme)
    assert isinstance(source, Source)
    return source


def about(scheme: type[Scheme]) -> dict[str, Expr]:
    """Whom and where a row is about, beside the decision itself."""
    payee, person = payee_of(scheme), concerned(scheme)
    parts: dict[str, Expr] = {
        "payee": key_of(payee),
        "concerns": key_of(person),
        "law_day": scheme.dated_by,
    }
    if isinstance(scheme.once_per, Source):
        parts["once"] = key_of(scheme.once_per)
    for source in (payee, person, root(scheme.subject)):
        fact = source.entity.facts().get("town")
        if fact is not None:
            parts["town"] = fact_of(source, fact)
            break
    return parts


def programs(
    schemes: list[type[Scheme]], on: int, parameters: Mapping[str, Series]
) -> BatchProgram:
    """Everything that schemes of one subject read, so that they share their joins."""
    parts: dict[str, Expr] = {}
    for scheme in schemes:
        for name, expr in {**outputs(scheme), **about(scheme)}.items():
            parts[f"{scheme.id}|{name}"] = expr
    return BatchProgram(schemes[0].subject, parts, on, parameters)


def judged(
    scheme: type[Scheme],
    tables: Tables,
    gathered: pl.DataFrame,
    on: int,
    parameters: Mapping[str, Series],
    shared: Shared | None = None,
) -> pl.DataFrame:
    """The scheme's decisions over a frame in which ``programs`` gathered what it reads.

    The frame may hold some of the subject's rows only: those are decided. ``shared`` tells what of
    the formula the frame holds already.
    """
    shared = shared or Shared()
    parts = {**outputs(scheme), **about(scheme)}
    program = BatchProgram(scheme.subject, parts, on, parameters)
    lazy = program.decided(gathered.lazy(), ready=shared.ready)
    decided = _collected(lazy, gathered.height)
    strict = _strict(scheme, tables, gathered, decided, on, parameters, shared)
    if strict is not None:
        decided = decided.hstack(strict)
    return _finished(scheme, decided, on, strict is not None)


def _collected(frame: pl.LazyFrame, rows: int) -> pl.DataFrame:
    """Row-wise work done, in the order of the rows; spread over cores where it pays."""
    return frame.collect(engine="streaming" if rows > _MANY else "in-memory")


def _strict(
    scheme: type[Scheme],
    tables: Tables,
    gathered: pl.DataFrame,
    decided: pl.DataFrame,
    on: int,
    parameters: Mapping[str, Series],
    shared: Shared,
) -> list[pl.Series] | None:
    """Outcome and any amount on confirmed values alone; None where every value is confirmed.

    Only what rests on an unconfirmed value is decided a second time.
    """
    confirmed = trusted(scheme, parameters)
    if confirmed is None:
        return None
    read = series_read(list(outputs(scheme).values()), parameters)
    doubt = _Resting(
        name
        for name, series in read.items()
        if any(step.status is Status.SOURCED for step in series.steps)
    )
    wanted = strict_outputs(scheme)
    parts = {name: expr for name, expr in wanted.items() if doubt(expr)}
    found = {name: decided[name] for name in wanted if name not in parts}
    if parts:
        steady = {
            expr.key: decided[name].alias(f"d|{name}")
            for name, expr in outputs(scheme).items()
            if expr.kind == TRUTH and not doubt(expr)
        }
        frame = gathered.hstack(list(steady.values())).lazy()
        values = {**parameters, **confirmed}
        looked_up = doubt.look_ups(parts.values())
        if any(doubt(node) for node in looked_up):
            # Values decide which rows are looked up: those are looked up anew, the others stand.
            held = {*steady, *(node.key for node in looked_up if not doubt(node))}
            frame = gather(frame, parts.values(), tables, on, values, held=held)
        program = BatchProgram(scheme.subject, parts, on, values)
        ready = {key: shared.ready[key] for key, node in shared.parts.items() if not doubt(node)}
        ready |= {key: (column.name, column.name) for key, column in steady.items()}
        again = program.decided(frame, ready=ready)
        found |= _collected(again, gathered.height).to_dict()
    return [found[name].alias(f"strict_{name}") for name in wanted]


class _Resting:
    """Tells what rests on some values."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(names)
        self._found: dict[int, bool] = {}

    def __call__(self, node: Node) -> bool:
        found = self._found.get(node.key)
        if found is None:
            found = node.op == "param" and node.attrs[0] in self._names
            found = self._found[node.key] = found or any(self(arg) for arg in node.args)
        return found

    @staticmethod
    def look_ups(exprs: Iterable[Expr]) -> list[Node]:
        """All rows and sums that the expressions look up."""
        return [
            node
            for expr in exprs
            for node in expr.walk()
            if isinstance(node, Source) or node.op in ("count", "total")
        ]


def _finished(
    scheme: type[Scheme], decided: pl.DataFrame, on: int, has_strict: bool
) -> pl.DataFrame:
    month = on >> 6
    yes = pl.col("outcome").fill_null(False)
    pays = scheme.amount is not None
    monthly = scheme.first is not None
    columns: list[pl.Expr] = [pl.col("key", "payee", "concerns")]
    columns.append(
        pl.col("once") if "once" in decided.columns else pl.lit(None, pl.Int32).alias("once")
    )
    columns.append(
        pl.col("town") if "town" in decided.columns else pl.lit(None, pl.String).alias("town")
    )
    columns.append(_as_date(pl.col("law_day")).alias("law_day"))
    law = pl.lit(None, pl.String)
    for place, version in enumerate(scheme.laws):
        law = pl.when(pl.col("law") == place).then(pl.lit(version.name)).otherwise(law)
    columns.append(law.alias("law"))
    columns.append(
        pl.when(pl.col("outcome"))
        .then(pl.lit("entitled", OUTCOME))
        .when(pl.col("outcome").is_null())
        .then(pl.lit("undetermined", OUTCOME))
        .otherwise(pl.lit("not_entitled", OUTCOME))
        .alias("outcome")
    )
    stands = pl.lit(True)
    if has_strict:
        stands = pl.col("strict_outcome").eq_missing(pl.col("outcome"))
    columns.append(
        pl.when(pl.col("outcome").is_null())
        .then(pl.lit(None, OUTCOME_STATUS))
        .when(stands)
        .then(pl.lit("confirmed", OUTCOME_STATUS))
        .otherwise(pl.lit("unconfirmed", OUTCOME_STATUS))
        .alias("outcome_status")
    )
    due = yes & (pl.col("doubtful") == False).fill_null(False)  # noqa: E712
    paying = [place for place, version in enumerate(scheme.laws) if version.pays is not None]
    if len(paying) < len(scheme.laws):
        due = due & (pl.col("law").is_null() | pl.col("law").is_in(paying))
    unsettled = pl.lit(False)
    if monthly:
        first, last = pl.col("first"), pl.col("last")
        unsettled = due & (first.is_null() | last.is_null())
        in_term = due & (first <= month) & (last >= month)
        due = in_term.fill_null(False)
    amount = pl.when(due).then(pl.col("amount")) if pays else pl.lit(None, pl.Int64)
    status: pl.Expr = pl.lit("none", AMOUNT_STATUS)
    if pays:
        settled = pl.lit(True)
        if has_strict:
            settled = (
                pl.col("strict_outcome")
                & ~pl.col("strict_doubtful")
                & (pl.col("strict_amount") == pl.col("amount"))
            )
            if monthly:
                first, last = pl.col("strict_first"), pl.col("strict_last")
                settled = settled & (first <= month) & (last >= month)
        status = (
            pl.when(unsettled)
            .then(pl.lit("open", AMOUNT_STATUS))
            .when(~due)
            .then(pl.lit("none", AMOUNT_STATUS))
            .when(pl.col("amount").is_null())
            .then(pl.lit("open", AMOUNT_STATUS))
            .when(settled.fill_null(False))
            .then(pl.lit("payable", AMOUNT_STATUS))
            .otherwise(pl.lit("unconfirmed", AMOUNT_STATUS))
        )
    columns += [amount.alias("amount"), status.alias("amount_status")]
    if monthly:
        begun = pl.max_horizontal(pl.col("first"), pl.lit(month))
        left = (pl.col("last") - begun + 1).clip(lower_bound=0)
        columns += [
            pl.when(yes).then(_as_date(pl.col("first") * calendar.MONTH + 2)).alias("first"),
            pl.when(yes).then(_as_date(pl.col("last") * calendar.MONTH + 2)).alias("last"),
            pl.when(yes).then(left).cast(pl.Int32).alias("months_left"),
        ]
    else:
        columns += [
            pl.lit(None, pl.Date).alias("first"),
            pl.lit(None, pl.Date).alias("last"),
            pl.lit(None, pl.Int32).alias("months_left"),
        ]
    recover, open_ = pl.lit(None, pl.Int64), pl.lit(False)
    if scheme.claws_back is not None:
        when, paid = pl.col("recover_when"), pl.col("recover_amount")
        recover = pl.when(when.fill_null(False)).then(paid)
        # Where nothing was paid there is nothing to return, whatever else is unknown.
        open_ = when.fill_null(True) & (when.is_null() | paid.is_null()) & ~(paid == 0)
    columns.append(recover.cast(pl.Int64).alias("recover"))
    columns.append(open_.fill_null(True).alias("recover_unknown"))
    columns += [pl.col(f"c.{name}") for name in scheme.conditions]
    finished = _collected(decided.lazy().select(columns), decided.height)
    return finished if finished["key"].is_sorted() else finished.sort("key")


def _as_date(code: pl.Expr) -> pl.Expr:
    month = code // calendar.MONTH
    return pl.date(month // 12, month % 12 + 1, (code % calendar.MONTH) // 2)


def conditions(frame: pl.DataFrame) -> list[str]:
    """Names of a judged frame's condition columns, without the prefix."""
    return [name[2:] for name in frame.columns if name.startswith("c.")]


def doubtful(scheme: type[Scheme]) -> pl.Expr:
    """Whether a row's law was in doubt on the day that picked it."""
    test = pl.lit(False)
    for version in scheme.laws:
        if version.doubtful_from is not None:
            since = calendar.date(version.doubtful_from)
            test = test | ((pl.col("law") == version.name) & (pl.col("law_day") >= since))
    return test.fill_null(False)
