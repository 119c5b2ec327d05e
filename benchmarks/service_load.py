"""200 people at once: each opens a page every ten seconds, on a running service with two workers.

``python benchmarks/service_load.py [--people 200] [--seconds 90] [--url URL]``: without a URL it
makes a service of its own in a temporary folder (``WENYE_TEST_DATABASE=postgresql``: on PostgreSQL)
with the synthetic district of ``--district`` people. Prints errors, p50, p95 and the longest by
page as a Markdown table, and as JSON with ``--json``.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import statistics
import sys
import tempfile
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import requests  # noqa: E402
from tests import running  # noqa: E402
from tests.service import AS_OF  # noqa: E402

#: Who clicks, and how many in a hundred: most are officers at work.
MIX = {
    "citizen": 15,
    "employer_clerk": 5,
    "case_worker": 30,
    "town_reviewer": 20,
    "bureau_reviewer": 12,
    "finance_officer": 5,
    "administrator": 3,
    "auditor": 5,
    "bureau_head": 5,
}
#: Links that end a session, leave pages, or are for one deliberate act.
_NOT = re.compile(r"logout|/static/|export|\.xlsx|\.csv|\.docx|\.zip|\.pdf|letters/|language/")
_LINK = re.compile(r'(?:href|data-href)="(/[^"#]*)"')
_PARTS = re.compile(r"/(?:\d[\w-]*|[a-z]+(?:_[a-z0-9]+)+)(?=/|$)")


@dataclass
class Seen:
    """What was measured."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, path: str, took: float, status: int) -> None:
        """One page."""
        name = _PARTS.sub("/…", path.partition("?")[0])
        with self.lock:
            self.seconds[name].append(took)
            if status >= 500 or status == 0:
                self.errors[f"{name} {status}"] += 1


def clicks(url: str, cookies: Any, until: float, seen: Seen, every: float, seed: int) -> None:
    """One person: opens what the last page leads to, every ``every`` seconds on average."""
    chance = random.Random(seed)
    time.sleep(chance.uniform(0, every))
    visitor = running.Session(url)
    visitor.cookies.update(cookies)
    links = ["/"]
    while time.monotonic() < until:
        path = chance.choice(links)
        began = time.perf_counter()
        try:
            answer = visitor.open(path)
            seen.note(path, time.perf_counter() - began, answer.status_code)
            if "text/html" in answer.headers.get("Content-Type", ""):
                found = [each for each in _LINK.findall(answer.text) if not _NOT.search(each)]
                links = [*{each.replace("&amp;", "&") for each in found}, "/"]
        except requests.RequestException:
            seen.note(path, time.perf_counter() - began, 0)
        time.sleep(chance.uniform(every * 0.5, every * 1.5))


def measured(url: str, people: int, seconds: float, every: float) -> Seen:
    """Let them all click."""
    roles = [role for role, share in MIX.items() for _ in range(share)]
    random.Random(7).shuffle(roles)
    # They have logged in before: a slow password hash is not what is measured here.
    cookies = {role: running.Session(url, role).cookies for role in MIX}
    seen = Seen()
    until = time.monotonic() + seconds
    threads = [
        threading.Thread(
            target=clicks,
            args=(url, cookies[roles[n % len(roles)]], until, seen, every, n),
            daemon=True,
        )
        for n in range(people)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds + 120)
    return seen


def p95(values: list[float]) -> float:
    """The time within which 95 of a hundred were answered, in seconds."""
    return (
        statistics.quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]
    )


def report(seen: Seen) -> dict[str, Any]:
    """Figures over everything, and by page."""
    every = [each for values in seen.seconds.values() for each in values]
    pages = {
        name: {
            "opened": len(values),
            "p50_ms": round(statistics.median(values) * 1000),
            "p95_ms": round(p95(values) * 1000),
            "max_ms": round(max(values) * 1000),
        }
        for name, values in seen.seconds.items()
    }
    return {
        "opened": len(every),
        "errors": dict(seen.errors),
        "p50_ms": round(statistics.median(every) * 1000),
        "p95_ms": round(p95(every) * 1000),
        "max_ms": round(max(every) * 1000),
        "pages": dict(sorted(pages.items(), key=lambda each: -each[1]["p95_ms"])),
    }


def own_service(folder: Path, people: int, workers: int) -> running.Live:
    """A service of its own, on a district of so many invented people."""
    from wenye.policy.district import load_district
    from wenye.registers.intake import intake
    from wenye.simulation.synthetic.district import generate

    units = load_district("jiading").organisation.units
    codes = [unit.code for unit in units]
    generate(folder / "files", people=people, seed=7, units=codes, errors=0, as_of=AS_OF)
    town = {name: unit.code for unit in units for name in (unit.code, unit.name, *unit.aliases)}
    intake(folder / "files", folder / "registers", names={"town": town}, today=AS_OF)
    database = running.new_database("wenye_load")
    home = running.prepared_home(folder / "home", folder / "registers", database)
    return running.started(home, database, workers=workers)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=90)
    parser.add_argument("--every", type=float, default=10)
    parser.add_argument("--district", type=int, default=20_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--url", default="")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if given.url:
        found = report(measured(given.url, given.people, given.seconds, given.every))
    else:
        running.database_server()
        with tempfile.TemporaryDirectory(prefix="wenye-load-") as made:
            live = own_service(Path(made), given.district, given.workers)
            try:
                found = report(measured(live.url, given.people, given.seconds, given.every))
            finally:
                running.stopped(live)
    if given.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return
    print(f"{given.people} people, {found['opened']} pages, errors {found['errors'] or 'none'}")
    print("| page | opened | p50 ms | p95 ms | max ms |\n| --- | --: | --: | --: | --: |")
    for name, row in [("all", found), *found["pages"].items()]:
        print(f"| {name} | {row['opened']} | {row['p50_ms']} | {row['p95_ms']} | {row['max_ms']} |")


if __name__ == "__main__":
    main()
