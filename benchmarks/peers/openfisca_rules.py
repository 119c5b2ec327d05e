"""The six rules as OpenFisca variables: inputs, a yes/no and an amount per rule.

Days are OpenFisca's own dates (``datetime64[D]``) in the variant ``dates``; in ``codes`` they are
the project's day codes, given as integers, which spares OpenFisca the calendar. Both use the month
rule of ``numpy_rules``, vectorised, inside the formulas. Amounts are integers in fen: float32, its
type for money, does not hold every one of them.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np

from outcomes import RULES, Outcomes
from peers.numpy_rules import LEVEL_FEN, CalendarDays, CodedDays, Days, retirement_months
from population import DATES, NO_DAY, NUMBERS, TRUTHS, Array, People, employer_numbers, with_codes

PERIOD = "2020-12"


def variables(base: Any, person_entity: Any, month: Any, eternity: Any, variant: str) -> list[Any]:
    """The variable classes, on the ``Variable`` class of OpenFisca or of one of its kin."""
    days: Days = CalendarDays() if variant == "dates" else CodedDays()

    def fact(name: str) -> Any:
        body: dict[str, Any] = {"entity": person_entity, "label": name}
        if name in DATES:
            body["definition_period"] = eternity
            body["value_type"] = dt.date if variant == "dates" else int
            if variant != "dates":
                body["default_value"] = NO_DAY
        else:
            body["definition_period"] = month
            body["value_type"] = bool if name in TRUTHS else int
        return type(name, (base,), body)

    def hire(person: Any, period: Any) -> Array:
        met: Array = (
            person("local", period)
            & days.reached(person("registered", period), 6, person("hired", period))
            & (person("contract", period) >= 12)
            & (person("contributed", period) >= 1)
        )
        return met

    def graduate(person: Any, period: Any) -> Array:
        graduated, hired = person("graduated", period), person("hired", period)
        met: Array = (
            days.not_after(graduated, hired)
            & days.not_reached(graduated, 24, hired)
            & (person("contract", period) >= 12)
        )
        return met

    def to_retirement(person: Any, period: Any) -> Array:
        age = retirement_months(person("male", period), person("cadre", period))
        left: Array = age - person("age", period)
        return left

    def retirement(person: Any, period: Any) -> Array:
        left = person("to_retirement", period)
        met: Array = days.not_after(person("claim_ended", period)) & (left > 0) & (left < 24)
        return met

    def flexible(person: Any, period: Any) -> Array:
        least_age = np.where(person("male", period), np.int32(600), np.int32(480))
        met: Array = (
            person("local", period)
            & days.there(person("flexible_since", period))
            & (person("age", period) >= least_age)
        )
        return met

    def training(person: Any, period: Any) -> Array:
        level = person("level", period)
        met: Array = (
            (level >= 1)
            & (level <= 5)
            & days.not_reached(person("certified", period), 12)
            & (person("contributed", period) >= 12)
        )
        return met

    def startup(person: Any, period: Any) -> Array:
        since, graduated = person("business_since", period), person("graduated", period)
        recent = days.not_after(graduated, since) & days.not_reached(graduated, 61, since)
        met: Array = days.reached(since, 12) & (person("local", period) | recent)
        return met

    def hire_amount(person: Any, period: Any) -> Array:
        paid: Array = person("hire", period) * np.int32(200_000)
        return paid

    def graduate_amount(person: Any, period: Any) -> Array:
        months = np.minimum(person("contributed", period), 12)
        paid: Array = person("graduate", period) * (months * np.int32(50_000))
        return paid

    def retirement_amount(person: Any, period: Any) -> Array:
        paid: Array = person("retirement", period) * np.int32(136_000)
        return paid

    def flexible_amount(person: Any, period: Any) -> Array:
        cap = np.where(person("to_retirement", period) <= 60, 48, 36)
        months = np.minimum(days.months(person("flexible_since", period)), cap)
        return np.where(person("flexible", period), months * 50_000, 0)

    def training_amount(person: Any, period: Any) -> Array:
        paid: Array = person("training", period) * LEVEL_FEN[person("level", period)]
        return paid

    def startup_amount(person: Any, period: Any) -> Array:
        paid: Array = person("startup", period) * np.int32(800_000)
        return paid

    def defined(value_type: type, *formulas: Any) -> list[Any]:
        common = {"entity": person_entity, "definition_period": month, "value_type": value_type}
        return [
            type(each.__name__, (base,), {"formula": each, "label": each.__name__, **common})
            for each in formulas
        ]

    return [
        *(fact(name) for name in (*DATES, *NUMBERS, *TRUTHS)),
        *defined(bool, hire, graduate, retirement, flexible, training, startup),
        *defined(
            int,
            to_retirement,
            hire_amount,
            graduate_amount,
            retirement_amount,
            flexible_amount,
            training_amount,
            startup_amount,
        ),
    ]


def system(variant: str) -> Any:
    """A tax and benefit system of people with employers, holding the six rules."""
    from openfisca_core.entities import build_entity
    from openfisca_core.periods import DateUnit
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    person = build_entity(key="person", plural="people", label="person", is_person=True)
    employer = build_entity(
        key="employer",
        plural="employers",
        label="employer",
        roles=[{"key": "worker", "plural": "workers", "label": "worker"}],
    )
    rules = TaxBenefitSystem([person, employer])
    rules.add_variables(*variables(Variable, person, DateUnit.MONTH, DateUnit.ETERNITY, variant))

    def formula(employer: Any, period: Any) -> Array:
        # The sum ends at the last employer that has anybody; later ones are padded with 0.
        amounts: Array = employer.sum(employer.members("hire_amount", period))
        return np.pad(amounts, (0, employer.count - len(amounts)))

    rules.add_variable(
        type(
            "employer_hire_amount",
            (Variable,),
            {
                "value_type": int,
                "entity": employer,
                "definition_period": DateUnit.MONTH,
                "label": "hiring amounts of the employer's workers",
                "formula": formula,
            },
        )
    )
    return rules


def inputs(people: People, variant: str) -> People:
    """The facts in the types that OpenFisca stores, so that setting them copies nothing."""
    return people if variant == "dates" else with_codes(people)


class OpenFiscaRules:
    """Variants: ``dates`` and ``codes``, with amounts; ``…-outcomes`` without."""

    def __init__(self, people: People, variant: str) -> None:
        self.variant, _, outcomes_only = variant.partition("-")
        self.wanted = RULES if outcomes_only else tuple(f"{rule}_amount" for rule in RULES)
        self.people = inputs(people, self.variant)
        self.system = self.make_system()
        self.count = len(people["age"])

    def make_system(self) -> Any:
        return system(self.variant)

    def make_simulation(self) -> Any:
        from openfisca_core.simulations import SimulationBuilder

        return SimulationBuilder().build_default_simulation(self.system, self.count)

    def prepare(self) -> None:
        # A simulation remembers what it has calculated, so every run gets a new one.
        self.simulation = self.make_simulation()
        for name, values in self.people.items():
            period = "ETERNITY" if name in DATES else PERIOD
            self.simulation.set_input(name, period, values)

    def run(self) -> Any:
        return {name: self.simulation.calculate(name, PERIOD) for name in self.wanted}

    def outcomes(self, result: Any) -> Outcomes:
        return {
            rule: (
                np.asarray(self.simulation.calculate(rule, PERIOD)),
                result.get(f"{rule}_amount"),
            )
            for rule in RULES
        }


class OpenFiscaEmployers(OpenFiscaRules):
    """The hiring rule summed per employer; variants ``dates`` and ``codes``."""

    def __init__(self, people: People, variant: str) -> None:
        super().__init__(people, variant)
        self.numbers, self.employers = employer_numbers(people)

    def make_simulation(self) -> Any:
        from openfisca_core.simulations import SimulationBuilder

        builder = SimulationBuilder()
        builder.create_entities(self.system)
        builder.declare_person_entity("person", range(self.count))
        employers = builder.declare_entity("employer", range(self.employers))
        # join_with_persons() numbers only the employers that have anybody: set directly instead.
        employers.members_entity_id = self.numbers
        return builder.build(self.system)

    def run(self) -> Any:
        return self.simulation.calculate("employer_hire_amount", PERIOD)

    def outcomes(self, result: Any) -> Outcomes:
        return {"employers": (result > 0, result)}
