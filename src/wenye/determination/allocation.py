"""Who yields to whom: supports that exclude one another, and what counts once.

A rule says who is entitled; when two entitlements compete, only one is granted. A granted row keeps
``granted`` true; one that yields says to what: ``scheme:ID``, or ``once:KEY`` (the subject whose
claim came first). Nothing is taken from the outcome itself: a single case decides the same.

Schemes are settled in the order of their priority, and within a scheme exclusion comes before what
counts once: a claim that yields to another scheme does not stand in the way of the next claim, nor
does one that pays nothing although its scheme pays (its basis is in doubt, say). A granted claim is
``provisional`` where an earlier one for the same is undetermined: should that one be decided for,
this one yields. Undetermined claims on other schemes make nothing provisional.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from wenye.determination.judging import concerned, doubtful
from wenye.rules.scheme import Scheme


def allocated(
    schemes: Mapping[str, type[Scheme]], frames: Mapping[str, pl.DataFrame]
) -> dict[str, pl.DataFrame]:
    """The frames with ``granted`` and ``provisional`` (Boolean), ``yields_to`` (String or null)."""
    allocation = Allocation({name: schemes[name] for name in frames})
    settled = {
        name: frame for given in frames.items() for name, frame in allocation.settled(*given)
    }
    return {name: settled[name] for name in frames}


class Allocation:
    """Settles schemes one by one, each as soon as those that it yields to are settled.

    Of a settled scheme no more is kept than who draws it, and that only while others may yield.
    """

    def __init__(self, schemes: Mapping[str, type[Scheme]]) -> None:
        order = sorted(schemes, key=lambda name: (schemes[name].priority, name))
        self._schemes = schemes
        self._stronger = {
            name: [one for one in order[:place] if _compete(schemes[name], schemes[one])]
            for place, name in enumerate(order)
        }
        self._waiting: dict[str, pl.DataFrame] = {}
        self._drawing: dict[str, pl.DataFrame] = {}

    def settled(self, name: str, frame: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
        """The schemes, with their frames, that are settled now that ``name`` has been judged."""
        self._waiting[name] = frame
        ready: list[str] | None = None
        while ready is None or ready:
            ready = [
                one
                for one in self._waiting
                if all(two in self._drawing for two in self._stronger[one])
            ]
            for one in ready:
                yield one, self._settle(one, self._waiting.pop(one))

    def _settle(self, name: str, frame: pl.DataFrame) -> pl.DataFrame:
        frame = frame.with_columns(
            (pl.col("outcome") == "entitled").alias("granted"),
            pl.lit(None, pl.String).alias("yields_to"),
        )
        for stronger in self._stronger[name]:
            frame = _yield_to(frame, stronger, self._drawing[stronger])
        frame = _first_claims(self._schemes[name], frame)
        weaker = any(name in others for others in self._stronger.values())
        self._drawing[name] = _drawing(frame) if weaker else pl.DataFrame()
        return frame


def _compete(one: type[Scheme], other: type[Scheme]) -> bool:
    """Whether the schemes exclude each other; keys of two registers are never compared."""
    named = one.id in other.excludes or other.id in one.excludes
    return named and concerned(one).entity is concerned(other).entity


def _first_claims(scheme: type[Scheme], frame: pl.DataFrame) -> pl.DataFrame:
    """The first claim that is owed something counts, else the first; the others yield."""
    if scheme.once_per is None:
        return frame.with_columns(pl.lit(False).alias("provisional"))
    of_one = frame.filter(pl.col("once").is_not_null())
    first = (
        of_one.filter("granted")
        .with_columns(_pays_nothing(scheme).alias("_idle"))
        .sort("once", "_idle", "law_day", "key")
        .group_by("once", maintain_order=True)
        .agg(pl.col("key").first().alias("_first"))
    )
    waiting = (
        of_one.filter(pl.col("outcome") == "undetermined")
        .sort("once", "law_day", "key")
        .group_by("once", maintain_order=True)
        .agg(pl.col("key", "law_day").first().name.prefix("_open_"))
    )
    joined = frame.join(first, on="once", how="left", maintain_order="left").join(
        waiting, on="once", how="left", maintain_order="left"
    )
    yields = pl.col("granted") & (pl.col("_first") != pl.col("key")).fill_null(False)
    earlier = pl.col("_open_key").is_not_null() & (
        # A claim whose day is unknown may be the earlier one.
        (pl.col("_open_law_day") < pl.col("law_day")).fill_null(True)
        | (
            (pl.col("_open_law_day") == pl.col("law_day")) & (pl.col("_open_key") < pl.col("key"))
        ).fill_null(False)
    )
    return joined.with_columns(
        (pl.col("granted") & ~yields).alias("granted"),
        pl.when(yields)
        .then(pl.format("once:{}", pl.col("_first")))
        .otherwise("yields_to")
        .alias("yields_to"),
        (pl.col("granted") & ~yields & earlier).alias("provisional"),
    ).drop("_first", "_open_key", "_open_law_day")


def _pays_nothing(scheme: type[Scheme]) -> pl.Expr:
    """A claim on a paying scheme that is owed nothing, and not for being outside its term."""
    if scheme.amount is None:
        return pl.lit(False)
    nothing = pl.col("amount_status") == "none"
    return nothing & doubtful(scheme) if scheme.first is not None else nothing


def _drawing(frame: pl.DataFrame) -> pl.DataFrame:
    """Who draws a scheme in the month of determination."""
    return (
        frame.filter(pl.col("granted") & (pl.col("amount_status") != "none"))
        .select("concerns")
        .unique()
        .with_columns(pl.lit(True).alias("_drawn"))
    )


def _yield_to(frame: pl.DataFrame, stronger: str, drawing: pl.DataFrame) -> pl.DataFrame:
    """Rows whose person is ``drawing`` the stronger scheme no longer stand."""
    joined = frame.join(drawing, on="concerns", how="left", maintain_order="left")
    gives = (
        pl.col("granted") & pl.col("_drawn").fill_null(False) & (pl.col("amount_status") != "none")
    )
    return joined.with_columns(
        (pl.col("granted") & ~gives).alias("granted"),
        pl.when(gives).then(pl.lit(f"scheme:{stronger}")).otherwise("yields_to").alias("yields_to"),
    ).drop("_drawn")
