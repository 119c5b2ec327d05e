"""A register as it really stands: what rests on nothing is not counted as carried.

A link that leads nowhere carries nothing. A measure whose phrase does not stand in its article may
be about other words than the document's; until it is mended nothing is said to carry it whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from wenye.policy.citing.citations import Citing, Finding, Looked
from wenye.policy.measures import Measure, MeasureRegister, Progress, Unresolved


def misquoted(looked: Looked) -> bool:
    """Whether a measure quotes what its article does not say."""
    return looked.cited.by is Citing.MEASURE and looked.finding is not Finding.FOUND


def as_it_stands(
    register: MeasureRegister, lost: Iterable[Unresolved], adrift: Iterable[Looked]
) -> MeasureRegister:
    """The register without the links that are ``lost``.

    Measures called carried that had one, or that quote what is not there (among ``adrift``), are
    not yet carried, with the reason.
    """
    gone = list(lost)
    unsaid = {looked.cited.id for looked in adrift if misquoted(looked)}
    if not gone and not unsaid:
        return register
    measures = {
        name: _measure(item, [one for one in gone if one.measure.id == name], name in unsaid)
        for name, item in register.measures.items()
    }
    return replace(register, measures=measures)


def _measure(measure: Measure, lost: list[Unresolved], unsaid: bool) -> Measure:
    if not lost and not unsaid:
        return measure
    away = {one.carrier for one in lost}
    zh = [f"所连的 {carrier} 不存在" for carrier in away]
    en = [f"{carrier} does not exist" for carrier in away]
    if unsaid:
        zh.append("引文没有落在所引条款里")
        en.append("its phrase does not stand in its article")
    waits = measure.progress is Progress.CARRIED
    return replace(
        measure,
        carried_by=tuple(one for one in measure.carried_by if one not in away),
        progress=Progress.NOT_YET if waits else measure.progress,
        reason="；".join([*zh, *filter(None, [measure.reason])]),
        reason_en="; ".join([*en, *filter(None, [measure.reason_en])]),
    )
