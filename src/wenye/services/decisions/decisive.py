"""What decided: the conditions without which the outcome would be another, and who can be asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from wenye.policy.documents import Citation
from wenye.policy.open_values import OpenValue, open_values
from wenye.rules.decide import outputs, series_read
from wenye.rules.readable.formula import citations, version_on
from wenye.rules.readable.wording import label_words
from wenye.rules.scheme import Scheme
from wenye.services.decisions.district import district

_OPPOSITE = {"yes": "no", "no": "yes", "unknown": "unknown"}


@dataclass(frozen=True, slots=True)
class Decisive:
    """A condition with its answer; ``scheme`` is another one where the formula rests on it."""

    scheme: str
    name: str
    value: str
    label: str
    label_en: str
    citation: str
    #: As ``explanation["conditions"]`` tells them; empty for a condition of another scheme.
    facts: tuple[Mapping[str, Any], ...] = ()
    parameters: tuple[Mapping[str, Any], ...] = ()


def decisive(explanation: Mapping[str, Any]) -> list[Decisive]:
    """The conditions that make the outcome what it is, in reading order."""
    wanted = {"entitled": "yes", "not_entitled": "no"}.get(explanation["outcome"], "unknown")
    found: dict[tuple[str, str], Decisive] = {}
    for scheme, node in _guilty(explanation["tree"], wanted, explanation["scheme"]):
        found.setdefault((scheme, node["name"]), _told(explanation, scheme, node))
    if wanted == "unknown" and explanation["missing"]:
        # Of all that is unknown, what the facts to be asked would settle.
        asked = [item for item in found.values() if _reads(item, explanation["missing"])]
        return asked or list(found.values())
    return list(found.values())


def _reads(item: Decisive, paths: Iterable[str]) -> bool:
    names = [fact["name"] for fact in item.facts]
    return any(name == path or f"({path}" in name for name in names for path in paths)


def _guilty(
    node: Mapping[str, Any], wanted: str, scheme: str
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if node["value"] != wanted:
        return
    inner = node.get("of", ())
    if node["op"] == "not":
        yield from _guilty(inner[0], _OPPOSITE[wanted], scheme)
    elif node["op"] == "rests":
        yield from _guilty(inner[0], wanted, node["scheme"])
    elif node["op"] == "condition":
        deeper = list(_guilty(inner[0], wanted, scheme)) if inner else []
        yield from deeper or [(scheme, node)]
    else:
        for part in inner:
            yield from _guilty(part, wanted, scheme)


def _told(explanation: Mapping[str, Any], scheme: str, node: Mapping[str, Any]) -> Decisive:
    if scheme == explanation["scheme"]:
        for item in explanation["conditions"]:
            if item["name"] == node["name"]:
                return Decisive(
                    scheme,
                    node["name"],
                    node["value"],
                    item["label"],
                    item["label_en"],
                    item["citation"] or "",
                    tuple(item["facts"]),
                    tuple(item["parameters"]),
                )
    label, label_en, cited = condition_words(scheme, node["name"], explanation["on"])
    return Decisive(scheme, node["name"], node["value"], label, label_en, cited)


@lru_cache(maxsize=4096)
def condition_words(scheme_id: str, name: str, on: str) -> tuple[str, str, str]:
    """A condition's label in both languages as at a day, and where it is written."""
    scheme = district().scheme(scheme_id)
    item = scheme.conditions.get(name)
    if item is None:
        return name, name, ""
    day = dt.date.fromisoformat(on)
    cited = "；".join(citations(item.cited_under(version_on(scheme, day)), "zh"))
    return label_words(item, "zh", day), label_words(item, "en", day), cited


# -- whom to ask ----------------------------------------------------------------------------------


@lru_cache(maxsize=16)
def _open_on(digest: str, day: dt.date) -> dict[str, OpenValue]:
    here = district()
    return {item.name: item for item in open_values(here, here.schemes, day)}


def open_on(day: dt.date) -> dict[str, OpenValue]:
    """The values that are open on a day, by name."""
    return _open_on(district().parameters_digest, day)


def to_be_asked(names: Iterable[str], day: dt.date) -> list[str]:
    """The bodies that may set values: whoever the documents name for them, leads first."""
    values = open_on(day)
    found: dict[str, None] = {}
    for name in names:
        if name in values:
            found.update(dict.fromkeys(values[name].ask))
    return list(found)


def value_label(name: str) -> tuple[str, str]:
    """What a value is called, in both languages."""
    detail = district().details.get(name)
    return (name, name) if detail is None else (detail.label, detail.label_en)


@lru_cache(maxsize=128)
def _responsible(digest: str, scheme_id: str) -> tuple[tuple[str, str, bool], ...]:
    found: dict[str, tuple[str, str, bool]] = {}
    for register in district().measures:
        for measure in register.measures.values():
            if ("scheme", scheme_id) not in {(link.kind, link.id) for link in measure.carried_by}:
                continue
            entry = register.articles[measure.article]
            cited = Citation(register.document, measure.article, "").text
            lead = entry.assigned_lead or entry.lead
            for body in dict.fromkeys([*([lead] if lead else []), *entry.departments]):
                found.setdefault(body, (body, cited, body == lead))
    return tuple(found.values())


def responsible(scheme_id: str) -> tuple[tuple[str, str, bool], ...]:
    """``(body, article, leads)`` of those that the documents make responsible for a scheme."""
    return _responsible(district().rules_digest, scheme_id)


@lru_cache(maxsize=4)
def _readers(digest: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for scheme in district().schemes.values():
        for name in series_read([*outputs(scheme).values(), scheme.dated_by], {}):
            found.setdefault(name, []).append(scheme.id)
    return found


def readers(parameter: str) -> list[type[Scheme]]:
    """The schemes that read a value."""
    here = district()
    return [here.scheme(name) for name in _readers(here.rules_digest).get(parameter, [])]
