"""The formula of an explanation, valued again with another answer put in for a condition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def valued(tree: Mapping[str, Any], answers: Mapping[str, str]) -> str:
    """``yes``, ``no`` or ``unknown``, by Kleene's logic."""
    op = tree["op"]
    if op == "condition":
        return answers.get(tree["name"], str(tree["value"]))
    if op in ("test", "rests"):
        return str(tree["value"])
    parts = [valued(part, answers) for part in tree["of"]]
    if op == "not":
        return {"yes": "no", "no": "yes"}.get(parts[0], "unknown")
    if op == "where":
        test, yes, no = parts
        if test == "unknown":
            return yes if yes == no else "unknown"
        return yes if test == "yes" else no
    decisive, other = ("no", "yes") if op == "and" else ("yes", "no")
    if decisive in parts:
        return decisive
    return "unknown" if "unknown" in parts else other


def decides(tree: Mapping[str, Any], name: str) -> bool:
    """Whether the outcome turns on the condition, everything else being as it is."""
    return valued(tree, {name: "yes"}) != valued(tree, {name: "no"})
