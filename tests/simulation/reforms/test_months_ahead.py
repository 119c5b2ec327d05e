"""The months ahead of everybody are the schedules that single cases have."""

from __future__ import annotations

import datetime as dt

import pytest

from wenye.determination.cases import cases
from wenye.determination.judging import about, judged
from wenye.policy.district import load_district
from wenye.registers.store import Registers
from wenye.rules import calendar
from wenye.rules.batch import BatchProgram
from wenye.rules.decide import Decider, outputs
from wenye.simulation.reforms.months_ahead import (
    MONTHS_AHEAD,
    NO_AMOUNT,
    NONE,
    PAYABLE,
    UNCONFIRMED,
    monthly_amounts,
    months_ahead,
)

CODES = {"none": NONE, "payable": PAYABLE, "unconfirmed": UNCONFIRMED, "open": NO_AMOUNT}
SCHEMES = [
    (name, scheme)
    for name in ("example", "jiading")
    for scheme, found in load_district(name).schemes.items()
    if found.flow() == "monthly"
]


@pytest.mark.parametrize("on", [dt.date(2026, 10, 31), dt.date(2026, 3, 15)])
@pytest.mark.parametrize(("district", "name"), SCHEMES)
def test_each_month_is_that_of_the_schedule(
    synthetic: Registers, district: str, name: str, on: dt.date
) -> None:
    loaded = load_district(district)
    scheme, day = loaded.schemes[name], calendar.code(on)
    parts = {**outputs(scheme), **about(scheme), **monthly_amounts(scheme, day)}
    gathered = BatchProgram(scheme.subject, parts, day).gathered(synthetic).collect()
    frame = judged(scheme, synthetic, gathered, day, loaded.parameters)
    ahead = months_ahead(scheme, synthetic, gathered, frame, day, loaded.parameters)
    decide = Decider(scheme, loaded.parameters)
    rows = cases(synthetic, scheme, ahead["key"].to_list())
    assert ahead.height == int((frame["outcome"] == "entitled").sum())
    for line in ahead.iter_rows(named=True):
        row = rows[line["key"]]
        schedule = {month: rest for month, *rest in decide.schedule(row, day)}
        decision = decide(row, day)
        no_term = decision.doubtful is False and None in (decision.first, decision.last)
        for place in range(MONTHS_AHEAD):
            amount, status = schedule.get((day >> 6) + place, (None, "none"))
            if no_term and decision.amount_status == "open":
                status = "open"  # a case without a term has no schedule to write out
            assert (line[f"fen{place}"], line[f"how{place}"]) == (amount, CODES[status])
