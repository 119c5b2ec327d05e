"""A district's own facts: named in its folder, kept in one validated JSON field each.

``extra_facts.yaml`` in the district's folder, if it has one::

    people:
      long_term_care:
        label: 家中有长期照护对象
        label_en: cares for somebody at home
        kind: truth            # truth, number, day, text or choice
        optional: true         # the person need not tell: consent is asked for first
    employers: {}

A fact that is left out is unknown; ``null`` says that there is none, where ``may_be_absent: true``.
Rules do not read these facts: a fact that decides belongs into the registers' model.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

import wenye
from wenye.policy.errors import PolicyError
from wenye.policy.exact_yaml import read_yaml

FILE = "extra_facts.yaml"
KINDS = ("truth", "number", "day", "text", "choice")
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class ExtraFact:
    """One fact that only this district keeps."""

    name: str
    label: str
    label_en: str
    kind: str
    options: tuple[tuple[str, str], ...] = ()
    may_be_absent: bool = False
    optional: bool = False


def extra_facts(register: str) -> dict[str, ExtraFact]:
    """The district's own facts of ``people`` or ``employers`` by name."""
    return _read(district_folder(str(settings.DISTRICT))).get(register, {})


def district_folder(name: str) -> Path:
    """The folder of the district that the service delivers: one that ships, or a path."""
    named = Path(name)
    return named if named.is_dir() else Path(str(wenye.__file__)).parent / "districts" / name


@lru_cache(maxsize=4)
def _read(folder: Path) -> dict[str, dict[str, ExtraFact]]:
    path = folder / FILE
    if not path.is_file():
        return {}
    file = read_yaml(path)
    file.only("people", "employers")
    found: dict[str, dict[str, ExtraFact]] = {}
    for register in file:
        block = file.block(register)
        found[register] = {}
        for name in block:
            one = block.block(name)
            one.only("label", "label_en", "kind", "options", "may_be_absent", "optional")
            kind = one.text("kind")
            if kind not in KINDS:
                raise PolicyError(
                    f"unknown kind {kind}", where=one.where("kind"), mend="、".join(KINDS)
                )
            options = one.block("options") if "options" in one else {}
            found[register][name] = ExtraFact(
                name,
                one.text("label"),
                one.text("label_en"),
                kind,
                tuple((key, str(options[key])) for key in options),
                one.get("may_be_absent") is True,
                one.get("optional") is True,
            )
    return found


def person_extras(value: Any) -> None:
    """Refuse (ValidationError) what is no fact of a person in this district."""
    validate(value, extra_facts("people"))


def employer_extras(value: Any) -> None:
    """Refuse (ValidationError) what is no fact of an employer in this district."""
    validate(value, extra_facts("employers"))


def validate(value: Any, known: Mapping[str, ExtraFact]) -> None:
    """Every name is a fact of the district, and every value of its kind; ValidationError else."""
    if not isinstance(value, dict):
        raise ValidationError(_("补充事项应是一组“事项：值”。"))
    for name, given in value.items():
        fact = known.get(name)
        if fact is None:
            raise ValidationError(_("本区没有补充事项“%(name)s”。") % {"name": name})
        if given is None and fact.may_be_absent:
            continue
        if not _fits(fact, given):
            raise ValidationError(_("“%(label)s”的值不对。") % {"label": fact.label})


def _fits(fact: ExtraFact, value: Any) -> bool:
    if fact.kind == "truth":
        return isinstance(value, bool)
    if fact.kind == "number":
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    if not isinstance(value, str):
        return False
    if fact.kind == "choice":
        return value in dict(fact.options)
    if fact.kind == "day":
        try:
            return dt.date.fromisoformat(value).isoformat() == value
        except ValueError:
            return False
    return 0 < len(value) <= _LONGEST
