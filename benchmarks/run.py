"""Run everything, each engine in a process of its own, and write the report.

    python run.py [--quick] [--people N …] [--only PART …] [--engines NAME …] [--seconds S]

Writes ``results/latest.md`` and ``results/latest.json``; exits 1 where engines
disagree or one fails.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from case_speed import ENGINES as CASE_ENGINES
from engines import MILLION, TASKS
from measure import machine
from population import population, save
from report import markdown

HERE = Path(__file__).resolve().parent
#: A large district.
COMPARED = 1_800_000
#: Districts that are determined whole, up to the largest population asked for.
DETERMINED = (20_000, 1_800_000, 5 * MILLION)
PARTS = ("six", "employers", "cases", "parquet", "product", "determine", "compare")
PACKAGES = (
    "wenye",
    "polars",
    "numpy",
    "openfisca-core",
    "policyengine-core",
    "duckdb",
    "zen-engine",
)


def told(*words: object) -> dict[str, Any]:
    """What a script of this folder printed as JSON, or why there is nothing."""
    command = (sys.executable, *(str(word) for word in words))
    done = subprocess.run(
        command,
        cwd=HERE,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        words_left = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        if done.returncode < 0:
            words_left = [f"ended by signal {-done.returncode} (out of memory?)"]
        return {"absent": f"failed: {words_left[-1]}"}
    lines = done.stdout.strip().splitlines()
    found: dict[str, Any] = json.loads(lines[-1]) if lines else {}
    return found


def say(*words: object) -> None:
    print(*words, file=sys.stderr, flush=True)


def agreement(found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Whether every engine that told totals told the same."""
    with_totals = {name: each["totals"] for name, each in found.items() if each.get("totals")}
    if not with_totals:
        return {}
    # Held against the reference, or else the engine that tells most (amounts, too).
    against = max(with_totals, key=lambda name: (name == "oracle", len(str(with_totals[name]))))
    right = with_totals[against]
    differ: dict[str, Any] = {}
    for name, got in with_totals.items():
        wrong = {
            rule: (got[rule], right[rule])
            for rule in right
            if any(right[rule][what] != value for what, value in got[rule].items())
        }
        if wrong:
            differ[name] = wrong
    return {
        "agree": not differ,
        "engines": list(with_totals),
        "against": against,
        "totals": right,
        "differ": differ,
    }


def measured(task: str, n: int, folder: Path, given: argparse.Namespace) -> dict[str, Any]:
    """Every engine of a task on the population in ``folder``: times, memory, totals."""
    found: dict[str, Any] = {}
    for which in TASKS[task]:
        if which.most < n or (given.engines and which.name not in given.engines):
            continue
        say(f"  {task} {n:,}: {which.name}")
        each = told("worker.py", task, which.name, folder, "time", given.seconds)
        if "absent" not in each:
            each |= told("worker.py", task, which.name, folder, "memory")
        found[which.name] = each
    return found


def at_month_ends(folder: Path, given: argparse.Namespace) -> dict[str, Any]:
    """Agreement of all engines where every day lies at the edge of a month."""
    save(population(10_000, month_ends=True), folder)
    found = {
        which.name: told("worker.py", "six", which.name, folder, "totals")
        for which in TASKS["six"]
        if not given.engines or which.name in given.engines or which.name == "oracle"
    }
    return agreement(found)


def failures(report: Any, place: str = "") -> list[str]:
    """Where a measurement came to an end instead of a figure."""
    if not isinstance(report, dict):
        return []
    if str(report.get("absent", "")).startswith("failed"):
        return [f"{place}: {report['absent']}"]
    return [
        found
        for name, below in report.items()
        for found in failures(below, f"{place} {name}".strip())
    ]


def versions() -> dict[str, str]:
    found = {}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "(not installed)"
    return found


def everything(given: argparse.Namespace) -> dict[str, Any]:
    report: dict[str, Any] = {"machine": machine(), "versions": versions()}
    report |= {"six": {}, "agreement": {}, "employers": {}, "employer_agreement": {}}
    report |= {"parquet": {}, "cases": {}, "product": {}, "determine": {}}
    report |= {"compare": {}, "edges": {}}
    work = Path(tempfile.mkdtemp(prefix="wenye-bench-"))
    try:
        if "six" in given.only:
            say("  six: agreement at month ends")
            report["edges"] = at_month_ends(work / "edges", given)
        for n in given.people:
            folder = work / str(n)
            save(population(n), folder)
            if "six" in given.only:
                report["six"][str(n)] = found = measured("six", n, folder, given)
                report["agreement"][str(n)] = agreement(found)
            if "employers" in given.only and n == min(max(given.people), MILLION):
                report["employers"][str(n)] = found = measured("employers", n, folder, given)
                report["employer_agreement"][str(n)] = agreement(found)
            if "parquet" in given.only and n == max(given.people):
                say(f"  Parquet to Parquet {n:,}")
                told("parquet_speed.py", "write", folder)
                report["parquet"][str(n)] = {
                    gives: told("parquet_speed.py", "run", folder, gives)
                    for gives in ("reasons", "amounts")
                }
            shutil.rmtree(folder)
        if "cases" in given.only:
            for name, (_, most) in CASE_ENGINES.items():
                say(f"  one case: {name}")
                report["cases"][name] = told("case_speed.py", name, min(most, given.cases))
        if "product" in given.only:
            say(f"  intake of {max(given.people):,}, import, demo")
            people = min(max(given.people), MILLION)
            report["product"] = told("product_speed.py", "--people", people)
        if "determine" in given.only:
            for people in DETERMINED:
                if people <= max(given.people):
                    say(f"  every scheme determined, {people:,} people")
                    report["determine"] |= told("determine_speed.py", "--people", people)
        if "compare" in given.only:
            people = min(max(given.people), COMPARED)
            say(f"  a change of values compared, {people:,} people")
            report["compare"] = told("compare_speed.py", "--people", people)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return report


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--quick", action="store_true", help="10,000 and 100,000 people, 1 s each")
    options.add_argument("--people", type=int, nargs="+", help="sizes of the population")
    options.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    options.add_argument("--engines", nargs="+", help="names from engines.py")
    options.add_argument("--seconds", type=float, help="time for the runs of one engine")
    options.add_argument("--cases", type=int, help="number of single cases")
    options.add_argument("--out", type=Path, default=HERE / "results")
    given = options.parse_args()
    sizes = [10_000, 100_000] if given.quick else [10_000, 100_000, MILLION, 5 * MILLION]
    given.people = sorted(given.people or sizes)
    given.seconds = given.seconds or (1.0 if given.quick else 10.0)
    given.cases = given.cases or (2_000 if given.quick else 20_000)
    report = everything(given)
    given.out.mkdir(parents=True, exist_ok=True)
    text = markdown(report)
    (given.out / "latest.json").write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n")
    (given.out / "latest.md").write_text(text + "\n")
    print(text)
    checks = [report["edges"], *report["agreement"].values()]
    checks += report["employer_agreement"].values()
    wrong = [check for check in checks if check and not check["agree"]]
    if wrong:
        say("engines disagree: see the report")
    failed = failures(report)
    for place in failed:
        say(f"{place}: see the report")
    return 1 if wrong or failed else 0


if __name__ == "__main__":
    sys.exit(main())
