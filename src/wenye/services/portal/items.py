"""Service items (事项) of the municipal portal: which case type is which item there.

``portal_items.yaml`` of the district gives each case type its basic code and its implementation
code, or says that they are open. The municipal contract and its codes are not public: what stands
here is to be checked against it before the portal is connected.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from wenye.policy.exact_yaml import read_yaml
from wenye.services.cases.types import case_types
from wenye.services.cases.workflows import content_folder


@dataclass(frozen=True, slots=True)
class Item:
    """One case type over there: 事项基本编码 and 实施编码."""

    case_type: str
    basic: str
    implementation: str


@lru_cache(maxsize=1)
def items() -> dict[str, Item]:
    """The items whose codes are known, by case type."""
    file = content_folder("portal_items.yaml")
    if not file.is_file():
        return {}
    found = {}
    whole = read_yaml(file)
    whole.only("items")
    block = whole.block("items")
    for name in block:
        if name not in case_types():
            raise block.refuse(f"没有事项类型 {name}", name, "、".join(case_types()))
        item = block.block(name)
        item.only("basic", "implementation", "open")
        if "open" not in item:
            found[name] = Item(name, item.text("basic"), item.text("implementation"))
    return found


def simulated_items() -> dict[str, Item]:
    """Codes for the simulator, which cannot be mistaken for real ones."""
    return {name: Item(name, f"SIMULATED-{name}", f"SIMULATED-{name}-1") for name in case_types()}
