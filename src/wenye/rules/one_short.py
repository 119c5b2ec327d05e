"""What alone stands in the way: conditions that, answered otherwise, would make a yes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def one_short(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Conditions that, answered the other way alone, would make the outcome a yes."""
    found = []
    for item in told["conditions"]:
        if item["value"] != "unknown":
            other = "no" if item["value"] == "yes" else "yes"
            if _holds(told["tree"], item["name"], other) == "yes":
                found.append((item["name"], other))
    return found


def _holds(node: Mapping[str, Any], changed: str, answer: str) -> str:
    """The value of a branch by Kleene's logic, were one condition answered otherwise."""
    if node["op"] == "condition":
        return answer if node["name"] == changed else str(node["value"])
    if node["op"] not in ("and", "or", "not"):
        return str(node["value"])
    values = [_holds(part, changed, answer) for part in node["of"]]
    if node["op"] == "not":
        return {"yes": "no", "no": "yes", "unknown": "unknown"}[values[0]]
    decides, other = ("no", "yes") if node["op"] == "and" else ("yes", "no")
    if decides in values:
        return decides
    return "unknown" if "unknown" in values else other
