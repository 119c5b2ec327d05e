"""What came out otherwise than in the run before, and by what: of one row, and counted.

A change has a *cause*: a condition took another answer; the law in force is another; a value is
another (the amount differs, the conditions do not); another scheme or row goes first; the row is
new in the registers, or gone from them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import polars as pl

from wenye.determination.condition_words import label_under
from wenye.determination.patterns import condition_columns
from wenye.determination.reasons import reasons_frame
from wenye.determination.results import Results
from wenye.registers.schema import KEY
from wenye.rules.scheme import Scheme
from wenye.services.offers.towns import known_town

#: What is put to a column's name for its value in the run before; no name can hold it.
_THEN = "@then"
_PLAIN = ("outcome", "granted", "law", "amount", "amount_status", "town")


def standing(results: Results, scheme: str, names: list[str]) -> pl.LazyFrame:
    """How each row stands: ``outcome`` (``yields`` where it is entitled and does not count)."""
    frame = results.frame(scheme)
    have = set(condition_columns(frame))
    return frame.select(
        KEY,
        pl.when((pl.col("outcome") == "entitled") & ~pl.col("granted"))
        .then(pl.lit("yields"))
        .otherwise(pl.col("outcome").cast(pl.String))
        .alias("outcome"),
        "law",
        "amount",
        known_town("town").alias("town"),
        # A condition that the rules did not have then has no answer from then.
        *((pl.col(n) if n in have else pl.lit(None, pl.Boolean)).alias(n) for n in names),
    )


def compared(before: Results, now: Results, scheme: str) -> pl.DataFrame:
    """Rows that stand otherwise: as ``standing``, twice (``…`` and ``…@then``)."""
    names = condition_columns(now.frame(scheme))
    then = standing(before, scheme, names).with_columns(pl.lit(True).alias("_then"))
    here = standing(now, scheme, names).with_columns(pl.lit(True).alias("_here"))
    joined = here.join(then, on=KEY, how="full", suffix=_THEN, coalesce=True)
    differs = (
        pl.col("outcome").ne_missing(pl.col("outcome@then"))
        | pl.col("amount").ne_missing(pl.col("amount@then"))
        | (
            pl.col("law").ne_missing(pl.col("law@then"))
            & (pl.col("outcome") == "entitled").fill_null(False)
        )
    )
    return joined.filter(differs).sort(KEY).collect()


def counted(before: Results, now: Results, scheme: str) -> list[dict[str, Any]]:
    """Changes of one scheme by town, transition, cause and condition (``RunChange`` columns)."""
    if scheme not in before.manifest["schemes"]:
        return []
    rows = compared(before, now, scheme)
    if rows.is_empty():
        return []
    names = condition_columns(now.frame(scheme))
    flips = pl.concat_list(
        [pl.when(pl.col(n).ne_missing(pl.col(f"{n}{_THEN}"))).then(pl.lit(n[2:])) for n in names]
        or [pl.lit(None, pl.String)]
    ).list.drop_nulls()
    known = pl.col("_here").fill_null(False) & pl.col("_then").fill_null(False)
    moved = pl.col("outcome").ne_missing(pl.col("outcome@then"))
    cause = (
        pl.when(pl.col("_then").is_null())
        .then(pl.lit("new"))
        .when(pl.col("_here").is_null())
        .then(pl.lit("gone"))
        .when(pl.col("law").ne_missing(pl.col("law@then")))
        .then(pl.lit("law"))
        .when(moved & (pl.col("outcome").eq("yields") | pl.col("outcome@then").eq("yields")))
        .then(pl.lit("other_scheme"))
        .when(moved)
        .then(pl.lit("condition"))
        .otherwise(pl.lit("value"))
    )
    marked = rows.with_columns(cause.alias("cause"), flips.alias("flips"), known.alias("known"))
    marked = marked.with_columns(
        pl.when(pl.col("cause") == "condition")
        .then(pl.col("flips"))
        .otherwise(pl.lit([], pl.List(pl.String)))
        .alias("flips"),
        pl.coalesce("town", "town@then").fill_null("").alias("town"),
    )
    found: list[dict[str, Any]] = []
    plain = marked.filter(pl.col("flips").list.len() == 0)
    for row in _tally(plain, []):
        found.append({**row, "condition": "", "answer": None})
    for name in names:
        turned = marked.filter(pl.col("flips").list.contains(name[2:]))
        for row in _tally(turned.with_columns(pl.col(name).alias("answer")), ["answer"]):
            found.append({**row, "condition": name[2:]})
    return found


def _tally(rows: pl.DataFrame, further: list[str]) -> Iterable[dict[str, Any]]:
    if rows.is_empty():
        return []
    return (
        rows.group_by(
            "town",
            pl.col("outcome@then").fill_null("").alias("before"),
            pl.col("outcome").fill_null("").alias("after"),
            "cause",
            *further,
        )
        .agg(pl.len().alias("subjects"))
        .sort("town", "before", "after", "cause", *further)
        .iter_rows(named=True)
    )


def lapse_reasons(
    before: Results | None, now: Results, scheme: str, keys: list[int]
) -> dict[int, dict[str, Any]]:
    """Why offers to these subjects no longer stand: as ``Offer.why`` keeps it, by key.

    ``outcome`` as it is now, ``reason`` in words, ``flipped`` (conditions whose answer changed),
    ``law`` (before, now) where it is another.
    """
    definition = now.schemes[scheme]
    names = condition_columns(now.frame(scheme))
    wanted = pl.col(KEY).is_in(keys)
    rows = now.frame(scheme).filter(wanted).select(KEY, *_PLAIN, "yields_to", *names).collect()
    then: dict[int, dict[str, Any]] = {}
    if before is not None and scheme in before.manifest["schemes"]:
        old = standing(before, scheme, names).filter(wanted).collect()
        then = {row[KEY]: row for row in old.iter_rows(named=True)}
    said = _sentences(now, scheme, rows)
    found: dict[int, dict[str, Any]] = {
        key: {"outcome": "", "reason": "", "flipped": [], "law": []} for key in keys
    }
    for row in rows.iter_rows(named=True):
        key, outcome = row[KEY], str(row["outcome"])
        why = found[key]
        why["outcome"] = "yields" if outcome == "entitled" and not row["granted"] else outcome
        why["reason"] = said.get(key) or ""
        old_row = then.get(key)
        if old_row is not None:
            why["flipped"] = [
                {
                    "condition": n[2:],
                    "label": label_of(definition, row["law"], n[2:], now),
                    "now": row[n],
                }
                for n in names
                if row[n] != old_row[n]
            ]
            if row["law"] != old_row["law"]:
                why["law"] = [old_row["law"], row["law"]]
    return found


def _sentences(now: Results, scheme: str, rows: pl.DataFrame) -> dict[int, str]:
    """The reason of each row that is not entitled, in words."""
    names = [name for name in rows.columns if name.startswith("c.")]
    found: dict[int, str] = {}
    for outcome in ("not_entitled", "undetermined"):
        some = rows.filter(pl.col("outcome") == outcome)
        if some.is_empty():
            continue
        said = reasons_frame(now, scheme, outcome)
        joined = some.join(said, on=["law", *names], how="left", nulls_equal=True)
        found.update(zip(joined[KEY].to_list(), joined["reason"].to_list(), strict=True))
    return found


def label_of(scheme: type[Scheme], law: str | None, name: str, results: Results) -> str:
    """What a condition is called under a version; its name where the version is not known."""
    version = next((each for each in scheme.laws if each.name == law), scheme.laws[-1])
    if name not in scheme.conditions:
        return name
    return label_under(scheme, version, name, results.on)
