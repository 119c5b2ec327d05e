"""Asked until it is settled: whatever is answered, every scheme comes to an end."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest
from tests.service import AS_OF

from wenye.policy.district import load_district
from wenye.rules import calendar
from wenye.rules.case_input import read_case
from wenye.rules.scheme import Scheme
from wenye.services.decisions.district import explainer
from wenye.services.decisions.fields import Field
from wenye.services.decisions.questions import (
    Question,
    WrongAnswers,
    answers_from,
    merged,
    opened,
    questions,
)

SCHEMES = load_district("jiading").schemes
ON = calendar.code(AS_OF)


def explain(scheme: type[Scheme], case: dict[str, Any]) -> dict[str, Any]:
    return explainer(scheme.id).explain(read_case(scheme.subject, case), ON, with_flips=False)


def some_day(chance: random.Random) -> dt.date:
    start = dt.date(1960, 1, 1) if chance.random() < 0.3 else dt.date(2019, 1, 1)
    return start + dt.timedelta(days=chance.randrange((AS_OF - start).days))


def answered(field: Field, chance: random.Random, tries: int) -> str:
    """What somebody might write into a field."""
    if field.options:
        return chance.choice(field.options).value
    if field.may_be_absent and chance.random() < 0.4:
        return "none"
    day = some_day(chance)
    if field.kind in ("day", "month") and tries > 20:
        day = AS_OF  # a last day after whatever the first one was
    return {
        "day": day.isoformat(),
        "month": day.isoformat()[:7],
        "number": str(chance.choice([0, 1, 3, 12, 36, 180, 400])),
        "money": chance.choice(["0", "1200", "2,690.50", "￥30000"]),
    }[field.kind]


def form(asked: list[Question], chance: random.Random, tries: int) -> dict[str, str]:
    """A form filled in completely, at random."""
    data: dict[str, str] = {}
    for question in asked:
        if question.kind != "rows":
            data[question.name] = answered(question.field, chance, tries)
            continue
        if not question.known_rows and chance.random() < 0.4:
            data[question.have] = "none"
            continue
        data[question.have] = "yes"
        for fields in question.rows[: max(1, question.known_rows)]:
            for field in fields:
                data[field.name] = field.value or answered(field, chance, tries)
            for first, last in (("started_on", "ended_on"), ("first_month", "last_month")):
                begins = next((f.name for f in fields if f.name.endswith(first)), "")
                ends = next((f.name for f in fields if f.name.endswith(last)), "")
                if begins and ends and data[ends] < data[begins]:
                    data[begins], data[ends] = data[ends], data[begins]
    return data


def filled_in(asked: list[Question], case: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """Answers that can be read: a spell's last day is thought over until it is one."""
    for tries in range(50):
        try:
            return answers_from(form(asked, chance, tries), asked, case)
        except WrongAnswers as wrong:
            if any("结束早于开始" not in words for words in wrong.errors.values()):
                raise
    raise AssertionError("no day was right")


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=SCHEMES)
@pytest.mark.parametrize("seed", range(6))
def test_asking_ends(scheme: type[Scheme], seed: int) -> None:
    chance = random.Random(f"{scheme.id}:{seed}")
    case = opened(scheme)
    seen: set[str] = set()
    for _round in range(60):
        told = explain(scheme, case)
        if told["outcome"] != "undetermined":
            assert questions(scheme, told, case) == []
            return
        asked = questions(scheme, told, case)
        if not asked:
            assert told["blocked_by"]
            return
        names = {question.name for question in asked}
        assert not names & seen, f"asked twice: {names & seen}"
        seen |= names
        for question in asked:
            assert question.label and question.why and question.seen_by[0]
        case = merged(case, filled_in(asked, case, chance))
    pytest.fail("asked sixty times, and still not settled")
