"""The speeds that the project aims at, held against what a run measured."""

from __future__ import annotations

from typing import Any

MIB = 2**20


def nanoseconds(entry: dict[str, Any], people: int, which: str = "median") -> float | None:
    """Nanoseconds per person and rule of one measured engine."""
    timing = entry.get("timing")
    return None if timing is None else float(timing[which]) / people / 6 * 1e9


def goals(report: dict[str, Any]) -> list[tuple[str, str, str, bool | None]]:
    """Rows of aim, limit, measured and whether it is met (None: not measured)."""
    rows: list[tuple[str, str, str, bool | None]] = []

    def add(what: str, limit: float, got: float | None, unit: str, least: bool = False) -> None:
        sign = "≥" if least else "≤"
        met = None if got is None else (got >= limit if least else got <= limit)
        rows.append(
            (what, f"{sign} {limit:g} {unit}", "–" if got is None else f"{got:.3g} {unit}", met)
        )

    for people, engines in report.get("six", {}).items():
        n = int(people)
        if n < 1_000_000:
            continue
        reasons = nanoseconds(engines.get("wenye-reasons", {}), n)
        amounts = nanoseconds(engines.get("wenye-amounts", {}), n)
        peer = nanoseconds(engines.get("openfisca-dates-outcomes", {}), n)
        peak = engines.get("wenye-reasons", {}).get("peak")
        add(f"outcomes and all reasons, {n:,} people", 3, reasons, "ns per person and rule")
        add(f"… with amounts, {n:,} people", 6, amounts, "ns per person and rule")
        ratio = peer / reasons if peer and reasons else None
        add(f"… faster than OpenFisca (yes/no), {n:,} people", 20, ratio, "times", least=True)
        above = None if peak is None else peak / MIB
        add(f"… memory above the loaded facts, {n:,} people", 100, above, "MiB")
    way = report.get("parquet", {}).get("5000000", {}).get("amounts", {})
    add("5,000,000 people Parquet to Parquet", 2, way.get("seconds"), "s")
    add("… memory above import", 200, way["peak"] / MIB if "peak" in way else None, "MiB")
    cases = report.get("cases", {})
    zen = cases.get("zen-trace", {}).get("p50_us")
    for name, what in (
        ("wenye-decide", "one case with all reasons, p50"),
        ("wenye", "one case with all reasons and what is missing, p50"),
    ):
        own = cases.get(name, {}).get("p50_us")
        times = zen / own if own and zen else None
        add(what, 30, own, "µs")
        add("… faster than ZEN with trace", 6, times, "times", least=True)
    summed = report.get("employers", {}).get("1000000", {}).get("wenye", {}).get("timing")
    per_person = None if summed is None else summed["median"] / 1e6 * 1e9
    add("one rule summed per employer, 1,000,000 people", 25, per_person, "ns per person")
    product = report.get("product", {})
    if product.get("intake", {}).get("people") == 1_000_000:
        add("intake of 1,000,000 people", 30, product["intake"].get("seconds"), "s")
    reading = product.get("reading", {})
    slowest = max((each["seconds"] for each in reading.values()), default=None)
    add("reading a document of 1 MB, the slowest of three forms", 1, slowest, "s")
    add("import wenye", 0.2, product.get("import", {}).get("import_seconds"), "s")
    add("make demo after set-up", 30, product.get("demo", {}).get("seconds"), "s")
    determined = report.get("determine", {})
    for people, seconds, mib in (
        ("20000", 3, None),
        ("1800000", 60, 4096),
        ("5000000", None, 16384),
    ):
        whole = determined.get(people, {}).get("determine", {})
        what = f"all schemes of Jiading determined, {int(people):,} people"
        if seconds is not None and whole:
            add(what, seconds, whole.get("seconds"), "s")
        if mib is not None and whole:
            add(f"… memory, {int(people):,} people", mib, whole.get("peak_mib"), "MiB")
    compared = report.get("compare", {})
    for change, found in compared.get("changes", {}).items():
        if compared["people"] == 1_800_000:
            add(f"a change compared, 1,800,000 people: {change}", 15, found.get("seconds"), "s")
    return rows
