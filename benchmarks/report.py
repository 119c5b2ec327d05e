"""A run's measurements as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engines import EMPLOYERS, SIX_RULES, Entry
from goals import MIB, goals, nanoseconds

#: Bytes of facts per person in the project's form: 7 codes and 4 numbers in 32 bits, three flags.
_BYTES_PER_PERSON = 11 * 4 + 3


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[str]:
    align = ["---"] + ["---:"] * (len(head) - 1)
    lines = ["| " + " | ".join(head) + " |", "| " + " | ".join(align) + " |"]
    return [*lines, *("| " + " | ".join(row) + " |" for row in rows), ""]


def _mib(size: float | None) -> str:
    return "–" if size is None else f"{size / MIB:,.0f}"


def _ratio(ours: float | None, theirs: float | None) -> str:
    return "–" if not ours or not theirs else f"{theirs / ours:.1f}×"


def _machine(report: dict[str, Any]) -> list[str]:
    m = report["machine"]
    return [
        f"{m['processor']}, {m['cores']} cores, {m['memory_gib']} GiB, {m['system']}, "
        f"Python {m['python']}. Stream copy (read + written): {m['copy_gb_per_s_one_core']} GB/s "
        f"on one core, {m['copy_gb_per_s_all_cores']} GB/s on all. Load before the run: "
        f"{m['load_before']}.",
        "",
        ", ".join(f"{name} {version}" for name, version in report["versions"].items()) + ".",
        "",
    ]


def _six(report: dict[str, Any]) -> list[str]:
    lines: list[str] = []
    copy = report["machine"]["copy_gb_per_s_all_cores"]
    for people, engines in report.get("six", {}).items():
        n = int(people)
        reasons = nanoseconds(engines.get("wenye-reasons", {}), n)
        amounts = nanoseconds(engines.get("wenye-amounts", {}), n)
        rows: list[tuple[str, ...]] = []
        for which in SIX_RULES:
            found = engines.get(which.name)
            if found is None:
                continue
            if "absent" in found:
                rows.append((which.label, which.gives, found["absent"], *[""] * 7))
                continue
            median = nanoseconds(found, n)
            cpu = nanoseconds(found, n, "cpu")
            best = nanoseconds(found, n, "best")
            rows.append(
                (
                    which.label,
                    which.gives,
                    f"{best:,.2f}",
                    f"{median:,.2f}",
                    f"{cpu:,.2f}",
                    _ratio(reasons, median),
                    _ratio(amounts, median),
                    _mib(found.get("loaded")),
                    _mib(found.get("peak")),
                    str(found["timing"]["runs"]),
                )
            )
        bound = _BYTES_PER_PERSON / copy / 6
        lines += [
            f"## Six rules, {n:,} people",
            "",
            "Nanoseconds per person and rule. Two columns are MiB: the loaded facts, and the "
            "peak above them during a run.",
            "",
            *_table(
                (
                    "engine",
                    "gives",
                    "best",
                    "median",
                    "CPU",
                    "÷ ours with reasons",
                    "÷ ours with amounts",
                    "facts",
                    "above",
                    "runs",
                ),
                rows,
            ),
            f"Reading the facts once at the copy's speed would take {bound:.2f} ns.",
            "",
            *_left_out(SIX_RULES, n),
        ]
        agreement = report["agreement"].get(people)
        if agreement:
            lines += _agreement(agreement)
    return lines


def _left_out(entries: tuple[Entry, ...], n: int) -> list[str]:
    out = [f"- {each.label} ({each.name}): {each.note}" for each in entries if each.most < n]
    return ["Left out:", "", *out, ""] if out else []


def _agreement(agreement: dict[str, Any]) -> list[str]:
    names = ", ".join(agreement["engines"])
    if not agreement["agree"]:
        told = [f"- {name}: {totals}" for name, totals in agreement["differ"].items()]
        return [f"**Totals DISAGREE** (against {agreement['against']}):", "", *told, ""]
    rows = [
        (rule, f"{found['yes']:,}", f"{found['fen'] / 100:,.2f}")
        for rule, found in agreement["totals"].items()
    ]
    return [
        f"Held against {agreement['against']}, totals agree to the last fen (without amounts: to "
        f"the last person), and in who gets what: {names}.",
        "",
        *_table(("rule", "people", "yuan"), rows),
    ]


def _employers(report: dict[str, Any]) -> list[str]:
    lines: list[str] = []
    for people, engines in report.get("employers", {}).items():
        n = int(people)
        ours = engines.get("wenye", {}).get("timing", {}).get("median")
        rows: list[tuple[str, ...]] = []
        for which in EMPLOYERS:
            found = engines.get(which.name)
            if found is None:
                continue
            if "absent" in found:
                rows.append((which.label, found["absent"], "", "", "", ""))
                continue
            t = found["timing"]
            best, median, cpu = (t[key] / n * 1e9 for key in ("best", "median", "cpu"))
            rows.append(
                (
                    which.label,
                    f"{best:,.2f}",
                    f"{median:,.2f}",
                    f"{cpu:,.2f}",
                    _ratio(ours, t["median"]),
                    _mib(found.get("peak")),
                )
            )
        lines += [
            f"## One rule summed per employer, {n:,} people",
            "",
            "Nanoseconds per person; every twentieth employer has nobody, the last one among them. "
            "Ours gives the sure and the possible sum.",
            "",
            *_table(("engine", "best", "median", "CPU", "÷ ours", "MiB above"), rows),
        ]
        agreement = report["employer_agreement"].get(people)
        if agreement:
            lines += _agreement(agreement)
    return lines


def _cases(report: dict[str, Any]) -> list[str]:
    from case_speed import ENGINES

    ours = report["cases"].get("wenye", {}).get("p50_us")
    rows: list[tuple[str, ...]] = []
    for name, found in report["cases"].items():
        if "absent" in found:
            rows.append((name, found["absent"], "", "", "", ""))
            continue
        rows.append(
            (
                name,
                ENGINES[name][0],
                f"{found['p50_us']:,.1f}",
                f"{found['p99_us']:,.1f}",
                _ratio(ours, found["p50_us"]),
                f"{found['cases']:,}",
            )
        )
    head = ("engine", "gives", "p50 µs", "p99 µs", "÷ ours", "cases")
    return ["## One case: six rules for one person", "", *_table(head, rows)]


def _parquet(report: dict[str, Any]) -> list[str]:
    rows: list[tuple[str, ...]] = []
    for people, ways in report["parquet"].items():
        for gives, found in ways.items():
            measured: tuple[str, ...]
            if "absent" in found:
                measured = (found["absent"], "", "", "")
            else:
                sizes = (_mib(found[name]) for name in ("peak", "read", "written"))
                measured = (f"{found['seconds']:.2f}", *sizes)
            rows.append((f"{int(people):,}", gives, *measured))
    head = ("people", "gives", "seconds", "MiB above import", "MiB read", "MiB written")
    return ["## Parquet to Parquet", "", *_table(head, rows)]


def _product(report: dict[str, Any]) -> list[str]:
    rows = []
    for name, found in report["product"].items():
        told = ", ".join(f"{key} {value}" for key, value in found.items())
        rows.append((name, told))
    return ["## The program itself", "", *_table(("what", "measured"), rows)]


def _determine(report: dict[str, Any]) -> list[str]:
    rows: list[tuple[str, ...]] = []
    for people, found in report["determine"].items():
        if "absent" in found:
            rows.append((f"{int(people):,}", found["absent"], "", "", "", ""))
            continue
        steps = (found[name] for name in ("district", "intake", "determine"))
        told = [f"{step['seconds']:.1f} s, {step['peak_mib']:,} MiB" for step in steps]
        rows.append((f"{int(people):,}", *told, f"{found['decisions']:,}", str(found["schemes"])))
    head = ("people", "invented", "taken in", "determined", "decisions", "schemes")
    return ["## Every scheme for everyone", "", *_table(head, rows)]


def _compare(report: dict[str, Any]) -> list[str]:
    found = report["compare"]
    rows = [
        (change, str(each.get("seconds", each.get("absent"))), str(each.get("peak_mib", "")))
        for change, each in found.get("changes", {}).items()
    ]
    head = f"## A change of values compared, {found.get('people', 0):,} people"
    return [head, "", *_table(("change", "seconds", "peak MiB"), rows)]


def markdown(report: dict[str, Any]) -> str:
    """The whole report."""
    lines = ["# Benchmarks", "", *_machine(report)]
    rows = [
        (what, limit, got, {True: "met", False: "**not met**", None: "not measured"}[met])
        for what, limit, got, met in goals(report)
    ]
    lines += ["## Aims", "", *_table(("aim", "limit", "measured", ""), rows)]
    lines += _six(report)
    edges = report.get("edges")
    if edges:
        lines += ["## Agreement at the ends of months, 10,000 people", "", *_agreement(edges)]
    if report.get("employers"):
        lines += _employers(report)
    if report.get("cases"):
        lines += _cases(report)
    if report.get("parquet"):
        lines += _parquet(report)
    if report.get("product"):
        lines += _product(report)
    if report.get("determine"):
        lines += _determine(report)
    if report.get("compare"):
        lines += _compare(report)
    return "\n".join(lines)
