"""How a fact is asked for in plain words, and who gets to see the answer.

``question_words.yaml`` beside this file words the facts as people speak of them; what it does
not name is asked for by its label in the register.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from wenye.policy.exact_yaml import read_yaml
from wenye.rules.facts import Fact, Many
from wenye.rules.scheme import Scheme

FILE = Path(__file__).with_name("question_words.yaml")


@dataclass(frozen=True, slots=True)
class Words:
    """A question and what helps to answer it, in both languages."""

    label: str
    label_en: str
    help: str = ""
    help_en: str = ""


@lru_cache(maxsize=1)
def worded() -> dict[str, Words]:
    """``Entity.fact`` → its words."""
    found = {}
    file = read_yaml(FILE)
    for name in file:
        block = file.block(name)
        block.only("ask", "ask_en", "help", "help_en")
        found[str(name)] = Words(
            block.text("ask"),
            block.text("ask_en"),
            block.text("help", ""),
            block.text("help_en", ""),
        )
    return found


def asked_as(item: Fact | Many) -> Words:
    """The question about a fact, or about the rows of a list."""
    owner = item.owner if isinstance(item, Many) else item.entity
    found = worded().get(f"{owner.__name__}.{item.name}")
    if found is not None:
        return found
    if isinstance(item, Many):
        register = item.entity.register
        return Words(f"有没有{register.label}记录？", f"any {register.label_en} on record?")
    if item.kind.name == "key":
        register = item.target.register
        return Words(register.label, register.label_en)
    return Words(item.label, item.label_en)


_SEEN: dict[str, tuple[str, str]] = {
    "district": (
        "街镇受理人员、区级审核人员",
        "staff of the street or town and reviewers of the district",
    ),
    "city": (
        "街镇受理人员、区级审核人员和市级经办机构",
        "staff of the street or town, reviewers of the district and the city's agency",
    ),
    "tax": ("办理的税务人员", "the tax officers in charge"),
    "bank": (
        "街镇受理人员、区级审核人员和经办银行",
        "staff of the street or town, reviewers of the district and the bank",
    ),
    "fund": (
        "街镇受理人员、失业保险经办人员",
        "staff of the street or town and of unemployment insurance",
    ),
    "other": (
        "街镇受理人员和主管部门经办人员",
        "staff of the street or town and of the department in charge",
    ),
}


def seen_by(scheme: type[Scheme], supplied_by: str) -> tuple[str, str]:
    """Who sees an answer once it is part of an application, in both languages."""
    zh, en = _SEEN[scheme.operated_by]
    if not supplied_by:
        return zh, en
    return f"{zh}；会向{supplied_by}核对", f"{en}; checked with {supplied_by}"
