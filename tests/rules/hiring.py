"""A scheme about taking someone out of unemployment, and cases to explain."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.rules.examples import SOURCED, Basis, explained, series
from tests.rules.model import Job

from wenye.rules import (
    Scheme,
    condition,
    has,
    law,
    months,
    once,
    reached,
)
from wenye.rules.expressions import parameter
from wenye.rules.kinds import money, number

START = "2020-01-01"
GRANT = series("grant", money("once"), (START, 100_000), ("2024-01-01", 200_000, SOURCED))
TERM = series("term", number("month"), (START, 6), ("2024-01-01", 12))
SPELL = Job.worker.idle.as_at(Job.started_on)
BASIS_2020 = Basis(text="合成文件一第二条")
BASIS_2024 = Basis(since=dt.date(2024, 1, 1), text="合成文件二第三条")


class Hiring(Scheme):
    """Paid once for taking someone out of unemployment."""

    title, title_en = "吸纳补贴", "hiring subsidy"
    subject, dated_by = Job, Job.started_on
    in_city = condition("本市单位", Job.firm.in_city, en="city firm")
    unemployed = condition(
        "登记失业满{n}",
        has(SPELL) & reached(SPELL.started_on, months(parameter(TERM)), Job.started_on),
        en="unemployed for {n}",
        n=parameter(TERM),
        cites={"law_2020": Basis(text="合成文件一第五条"), "law_2024": [BASIS_2024, BASIS_2020]},
    )
    disabled = condition("残疾", Job.worker.disabled, en="disabled", cites=Basis(text="合成文件三"))

    law_2020 = law(BASIS_2020, eligible=in_city & unemployed, pays=once(parameter(GRANT)))
    law_2024 = law(
        BASIS_2024,
        until="2024-12-31",
        label="第二版",
        en="second version",
        eligible=unemployed | (in_city & disabled),
        pays=once(parameter(GRANT)),
    )


def hired(started_on: str = "2023-07-01", since: str = "2023-01-01", **more: Any) -> dict[str, Any]:
    idle = [{"started_on": since, "ended_on": None}]
    worker = {"idle": idle, "disabled": False, **more.pop("worker", {})}
    facts = {"started_on": started_on, "firm": {"in_city": True}, "worker": worker, **more}
    return {"job": facts}


def shown(case: Any, on: str = "2024-06-01", of: type[Scheme] = Hiring) -> dict[str, Any]:
    return explained(of, case, on)


def by_name(found: dict[str, Any]) -> dict[str, Any]:
    return {item["name"]: item for item in found["conditions"]}
