"""A case as people send it: JSON nested by entity, as the data dictionary names the facts.

``{"employment": {"started_on": "2026-03-01", "worker": {"unemployment": [{…}]}}}``. References nest
the row they point to (null where there is none); related rows are a list (empty or null for none,
left out where nothing is known). Rows that are the same person or employer in two places carry the
same ``"key"``, any number: ``{"employer": {"key": 1}, "worker": {"contributions": [{"employer":
{"key": 1}}]}}``.
"""

from __future__ import annotations

import re
from typing import Any

from wenye.rules.errors import CaseError, did_you_mean
from wenye.rules.facts import Entity
from wenye.rules.held import Held, Row
from wenye.rules.values import encode

_MAX_DEPTH = 8


def entity_name(entity: type[Entity]) -> str:
    """The entity's name in a case: ``flexible_work``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", entity.__name__).lower()


def read_case(subject: type[Entity], data: Any) -> Row:
    """The row that ``data`` describes, ready for the case executor.

    Raises
    ------
    CaseError
        Naming the place: an unknown name, a wrong type, an impossible day.
    """
    name = entity_name(subject)
    if not isinstance(data, dict):
        raise CaseError(
            f"案例应为对象 / a case is an object, not a {type(data).__name__}",
            mend=f'write {{"{name}": {{…}}}}',
        )
    for key in data:
        if key != name:
            raise CaseError(
                f"不认识的名称 / unknown name {key!r}",
                mend=f'this scheme judges one row: {{"{name}": {{…}}}}',
            )
    if name not in data:
        raise CaseError("案例是空的 / the case is empty", mend=f'write {{"{name}": {{…}}}}')
    return _row(subject, data[name], name, 0)


def _row(entity: type[Entity], data: Any, where: str, depth: int) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise CaseError(
            f"应为对象 / needs an object, not {type(data).__name__}", where=where, mend="{…}"
        )
    if depth > _MAX_DEPTH:
        raise CaseError("嵌套过深 / nested too deep", where=where)
    facts, relations = entity.facts(), entity.relations()
    row: dict[str, Any] = {"key": None}
    for name, value in data.items():
        place = f"{where}.{name}"
        if name == "key":
            row["key"] = _key(value, place)
        elif name in relations:
            row[name] = _rows(relations[name].entity, value, place, depth)
        elif name not in facts:
            raise CaseError(
                f"不认识的名称 / unknown name {name!r}",
                where=where,
                mend=did_you_mean(name, [*facts, *relations]),
            )
        elif facts[name].kind.name != "key":
            row[name] = encode(facts[name], value, place)
        elif value is None or value == "n/a":
            if not facts[name].may_be_absent:
                raise CaseError(
                    f"{facts[name].label} 不能为空 / cannot be absent",
                    where=place,
                    mend="leave it out if it is not known",
                )
            row[name] = False
        else:
            row[name] = _row(facts[name].target, value, place, depth + 1)
    _ordered(entity, row, where)
    return row


def _key(value: Any, where: str) -> int:
    """The number that says which rows of a case are the same person or employer."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 2**31:
        raise CaseError(f"{value!r} 不是编号 / is not a row's number", where=where, mend="1, 2, …")
    return value


def _rows(entity: type[Entity], value: Any, where: str, depth: int) -> Held:
    if value is None or value == "n/a":
        return Held(())
    if not isinstance(value, list):
        raise CaseError(
            "应为列表 / needs a list", where=where, mend="[] for none; leave it out if not known"
        )
    return Held(
        tuple(
            _row(entity, item, f"{where}[{place}]", depth + 1) for place, item in enumerate(value)
        )
    )


def _ordered(entity: type[Entity], row: Row, where: str) -> None:
    """Refuse a spell that ends before it begins."""
    if entity.spell is None:
        return
    first, last = (row.get(name) for name in entity.spell)
    bits = entity.facts()[entity.spell[1]].kind.bits
    if first is not None and last is not None and -(2 ** (bits - 1)) + 1 < last < first:
        names = entity.facts()
        raise CaseError(
            f"{names[entity.spell[1]].label}早于{names[entity.spell[0]].label} / "
            "ends before it begins",
            where=where,
        )
