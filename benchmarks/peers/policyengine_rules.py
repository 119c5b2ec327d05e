"""The six rules in PolicyEngine Core, which grew out of OpenFisca and reads the same variables."""

from __future__ import annotations

from typing import Any

from peers.openfisca_rules import OpenFiscaRules, variables


def system(variant: str) -> Any:
    """A tax and benefit system of people in households of one, holding the six rules."""
    from policyengine_core.entities import build_entity
    from policyengine_core.periods import ETERNITY, MONTH
    from policyengine_core.taxbenefitsystems import TaxBenefitSystem
    from policyengine_core.variables import Variable

    person = build_entity(key="person", plural="people", label="person", is_person=True)
    rules = TaxBenefitSystem([person])
    rules.add_variables(*variables(Variable, person, MONTH, ETERNITY, variant))
    return rules


class PolicyEngineRules(OpenFiscaRules):
    """The variants of ``OpenFiscaRules``."""

    def make_system(self) -> Any:
        return system(self.variant)

    def make_simulation(self) -> Any:
        from policyengine_core.simulations import SimulationBuilder

        return SimulationBuilder().build_default_simulation(self.system, self.count)
