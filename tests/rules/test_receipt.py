"""A receipt is known by what a decision was made of, and a formula by everything it decides by."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

import pytest
from tests.rules.examples import CONFIRMED, SOURCED, Basis, explained, series
from tests.rules.model import Job

from wenye.rules import (
    ON,
    Scheme,
    add_days,
    claw_back,
    condition,
    count,
    has,
    holds,
    law,
    month_of,
    monthly,
    months,
    once,
    reached,
    to_fen,
    where,
    within,
)
from wenye.rules.expressions import parameter
from wenye.rules.kinds import money, number, rate
from wenye.rules.parameters import Series
from wenye.rules.receipt import formula_digest, sealed

START = "2020-01-01"
GRANT = series("grant", money("once"), (START, 100_000))
TERM = series("term", number("month"), (START, 6))
SHARE = parameter(series("share", rate(3), (START, 155)))
STIPEND = parameter(series("stipend", money("monthly"), (START, 50_000)))


class Hiring(Scheme):
    title, subject, dated_by = "示例", Job, Job.started_on
    posted = condition("派遣", Job.posted)
    long_enough = condition(
        "满{n}", reached(Job.started_on, months(parameter(TERM)), ON), n=parameter(TERM)
    )
    staffed = condition("有职工", count(Job.firm.jobs, Job.firm.jobs.posted) >= 1)
    law_2020 = law(
        Basis(),
        eligible=posted & long_enough & staffed,
        pays=once(where(Job.worker.disabled, parameter(GRANT) * 2, parameter(GRANT))),
    )


def case(**facts: Any) -> dict[str, Any]:
    worker = {"disabled": False, **facts.pop("worker", {})}
    firm = {"jobs": [{"posted": True}], **facts.pop("firm", {})}
    job = {"posted": True, "started_on": "2023-01-31", "worker": worker, "firm": firm}
    return {"job": {**job, **facts}}


def receipt(data: Any = None, on: str = "2024-01-01", **parameters: Series) -> dict[str, Any]:
    found = explained(Hiring, data or case(), on, **parameters)
    return found["receipt"]  # type: ignore[no-any-return]


def test_what_a_receipt_holds() -> None:
    found = receipt()
    assert set(found) == {
        *("id", "scheme", "formula", "on", "law", "facts", "parameters", "conditions"),
        *("outcome", "amount", "amount_status"),
    }
    assert found["formula"] == formula_digest(Hiring)
    assert found["conditions"] == {"posted": "yes", "long_enough": "yes", "staffed": "yes"}
    assert (found["outcome"], found["amount"]) == ("entitled", "1000.00")
    assert {each["name"] for each in found["facts"]} == {
        *("job.posted", "job.started_on", "count(job.firm.jobs)", "job.worker.disabled")
    }
    assert {each["name"]: each["value"] for each in found["parameters"]} == {
        "grant": "1000.00",
        "term": 6,
    }


def test_its_id_is_the_digest_of_the_rest() -> None:
    found = dict(receipt())
    name = found.pop("id")
    text = json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert name == hashlib.sha256(text.encode()).hexdigest()
    assert sealed(found)["id"] == name


def test_the_same_decision_has_the_same_id() -> None:
    assert receipt()["id"] == receipt()["id"]


def test_what_no_rule_reads_does_not_change_it() -> None:
    told = case(pay="3000.00", worker={"children": 3}, firm={"town": "x"})
    assert receipt(told)["id"] == receipt()["id"]


@pytest.mark.parametrize(
    "facts",
    [
        {"posted": False},
        {"started_on": "2023-01-30"},
        {"started_on": "2023-12-31"},
        {"worker": {"disabled": True}},
        {"firm": {"jobs": []}},
        {"firm": {"jobs": [{"posted": True}, {"posted": True}]}},
    ],
    ids=str,
)
def test_any_fact_that_is_read_changes_it(facts: dict[str, Any]) -> None:
    assert receipt(case(**facts))["id"] != receipt()["id"]


@pytest.mark.parametrize("name", ["posted", "started_on", "worker", "firm"])
def test_not_knowing_a_fact_changes_it(name: str) -> None:
    unknown = case()
    del unknown["job"][name]
    assert receipt(unknown)["id"] != receipt()["id"]


def test_the_day_changes_it() -> None:
    assert receipt(on="2024-01-02")["id"] != receipt()["id"]


@pytest.mark.parametrize(
    "values",
    [
        series("term", number("month"), (START, 5)),  # the outcome is the same
        series("term", number("month"), (START, 60)),
        series("term", number("month"), (START, None)),
        series("term", number("month"), (START, 6, CONFIRMED)),
        series("term", number("month"), (START, 6, SOURCED)),
        series("grant", money("once"), (START, 100_001)),
    ],
    ids=["value", "outcome", "open", "confirmed", "sourced", "amount"],
)
def test_any_parameter_that_is_read_changes_it(values: Series) -> None:
    assert receipt(**{values.name: values})["id"] != receipt()["id"]


def test_a_parameter_of_another_time_does_not_change_it() -> None:
    later = series("term", number("month"), (START, 6), ("2023-02-01", 60))
    assert receipt(term=later)["id"] == receipt()["id"]


def test_facts_and_states_are_kept() -> None:
    unknown = case()
    del unknown["job"]["worker"]
    facts = {each["name"]: (each["value"], each["state"]) for each in receipt(unknown)["facts"]}
    assert facts["job.posted"] == (True, "known")
    assert facts["job.worker.disabled"] == (None, "unknown")


# ---- the digest of a formula


def scheme(name: str = "Example", **more: Any) -> type[Scheme]:
    """A scheme with one law; ``more`` takes the place of what it declares."""
    test = more.pop("test", Job.posted)
    label = more.pop("label", "派遣")
    posted = condition(label, test)
    basis = more.pop("basis", Basis())
    pays = more.pop("pays", once(parameter(GRANT)))
    of_law = {key: more.pop(key) for key in ("since", "until", "keeps") if key in more}
    eligible = more.pop("eligible", lambda each: each)(posted)
    body = {"title": "示例", "subject": Job, "id": "example", "posted": posted}
    body["law_2020"] = law(basis, eligible=eligible, pays=pays, **of_law)
    return type(name, (Scheme,), {**body, **more})


FIRST = month_of(Job.started_on)

CHANGES: dict[str, dict[str, Any]] = {
    "id": {"id": "another"},
    "test": {"test": ~Job.posted},
    "another fact": {"test": Job.worker.disabled},
    "a threshold": {"test": Job.worker.children >= 2},
    "another threshold": {"test": Job.worker.children >= 3},
    "its side": {"test": Job.worker.children > 2},
    "an option": {"test": Job.worker.hukou == "city"},
    "another option": {"test": Job.worker.hukou == "other"},
    "a period": {"test": reached(Job.started_on, months(parameter(TERM)), ON)},
    "its kind": {"test": within(Job.started_on, months(parameter(TERM)), ON)},
    "its end": {"test": reached(Job.started_on, months(parameter(TERM)), add_days(ON, 1))},
    "another parameter": {
        "test": reached(
            Job.started_on,
            months(parameter(series("other", number("month"), (START, 6)))),
            ON,
        )
    },
    "the day of a parameter": {
        "test": reached(Job.started_on, months(parameter(TERM, Job.started_on)), ON)
    },
    "a spell": {"test": has(Job.worker.idle.as_at(ON))},
    "another day of it": {"test": has(Job.worker.idle.as_at(Job.started_on))},
    "the latest": {"test": has(Job.worker.idle.latest(ON))},
    "a count": {"test": count(Job.firm.jobs) >= 1},
    "what it counts": {"test": count(Job.firm.jobs, Job.firm.jobs.posted) >= 1},
    "the formula": {"eligible": lambda each: ~each},
    "label": {"label": "劳务派遣"},
    "since": {"since": "2020-01-02"},
    "until": {"until": "2030-12-31"},
    "keeps": {"until": "2030-12-31", "keeps": Job.worker.disabled},
    "doubt": {"basis": Basis(doubtful_from=dt.date(2025, 1, 1))},
    "nothing paid": {"pays": None},
    "amount": {"pays": once(parameter(GRANT) * 2)},
    "rounding": {"pays": once(to_fen(parameter(GRANT) * SHARE))},
    "half down": {"pays": once(to_fen(parameter(GRANT) * SHARE, half="down"))},
    "monthly": {"pays": monthly(STIPEND, first=FIRST, months=parameter(TERM))},
    "its first": {"pays": monthly(STIPEND, first=FIRST + 1, months=parameter(TERM))},
    "its last": {"pays": monthly(STIPEND, first=FIRST, last=FIRST + 1)},
    "dated_by": {"dated_by": Job.started_on},
    "operated_by": {"operated_by": "city"},
    "our_part": {"our_part": "inform"},
    "excludes": {"excludes": ("other",)},
    "priority": {"priority": 99},
    "payee": {"payee": Job.firm},
    "concerns": {"concerns": Job.worker},
    "once_per": {"once_per": Job.worker},
    "claw back": {
        "claws_back": claw_back("追回", when=Job.posted, amount=parameter(GRANT)),
    },
    "its when": {
        "claws_back": claw_back("追回", when=~Job.posted, amount=parameter(GRANT)),
    },
    "its amount": {
        "claws_back": claw_back("追回", when=Job.posted, amount=parameter(GRANT) * 2),
    },
}


def test_every_change_of_a_scheme_changes_its_digest() -> None:
    digests = {name: formula_digest(scheme(**more)) for name, more in CHANGES.items()}
    digests["unchanged"] = formula_digest(scheme())
    same = [
        (one, other)
        for one in digests
        for other in digests
        if one < other and digests[one] == digests[other]
    ]
    assert same == []


def test_the_same_scheme_has_the_same_digest() -> None:
    assert formula_digest(scheme()) == formula_digest(scheme())
    assert len(formula_digest(scheme())) == 64


def test_the_values_of_parameters_have_digests_of_their_own() -> None:
    other = series("grant", money("once"), (START, 5), ("2024-01-01", None))
    assert formula_digest(scheme(pays=once(parameter(other)))) == formula_digest(scheme())


def test_titles_and_names_of_classes_are_not_decided_by() -> None:
    assert formula_digest(scheme(name="Other", title="另一标题")) == formula_digest(scheme())


def test_a_scheme_that_rests_on_another_changes_with_it() -> None:
    def resting(other: type[Scheme]) -> str:
        class Resting(Scheme):
            title, subject = "示例", Job
            rests = condition("另一项目", holds(other))
            law_2020 = law(Basis(), eligible=rests)

        return formula_digest(Resting)

    assert resting(scheme()) == resting(scheme())
    assert resting(scheme()) != resting(scheme(test=~Job.posted))


def test_a_digest_of_a_shared_tree_stays_small() -> None:
    """Each step uses the one before it twice: linear in steps, not in copies."""
    test: Any = Job.posted
    for _ in range(60):
        test = where(Job.worker.disabled, test, ~test)
    assert len(formula_digest(scheme(test=test))) == 64
