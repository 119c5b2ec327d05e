"""A district as it would be with a reform adopted, beside the district as it is.

The values that no reform touches are the very same objects in both, so that two rules that read the
same values are the same tree, and share their joins.
"""

from __future__ import annotations

from dataclasses import replace

from wenye.determination.judging import about, concerned
from wenye.policy.district import District
from wenye.policy.what_if import overridden
from wenye.rules import calendar
from wenye.rules.decide import outputs, series_read
from wenye.rules.parameters import Series, Status
from wenye.rules.parameters import Step as SeriesStep
from wenye.rules.scheme import Scheme
from wenye.simulation.reforms.reform import Change, Reform


def adopted(district: District, reform: Reform) -> District:
    """The district under the reform; ``district`` itself is left as it is.

    A what-if value counts as confirmed here, since the question is what could be paid once it had
    been adopted. Nothing that is worked out from it is ever paid: it stays in the comparison.
    """
    details = overridden(district.details, reform.overrides)
    parameters = dict(district.parameters)
    for change in reform.changes:
        parameters[change.parameter] = _as_adopted(details[change.parameter].series(), change)
    return replace(district, details=details, parameters=parameters)


def _as_adopted(series: Series, change: Change) -> Series:
    first = change.steps[0].since
    since = 0 if first is None else calendar.code(first)
    steps = tuple(
        SeriesStep(step.since, step.value, Status.CONFIRMED, step.reference)
        if step.since >= since and step.value is not None
        else step
        for step in series.steps
    )
    return Series(series.name, series.label, series.kind, steps, series.label_en)


def read_by(scheme: type[Scheme]) -> set[str]:
    """Names of the parameters that a scheme reads, through those that it rests on too."""
    return set(series_read([*outputs(scheme).values(), *about(scheme).values()], {}))


def touched(district: District, reform: Reform) -> dict[str, set[str]]:
    """The schemes that read a changed parameter, each with those that it reads."""
    names = set(reform.names)
    found = {name: read_by(scheme) & names for name, scheme in district.schemes.items()}
    return {name: read for name, read in found.items() if read}


def competing(district: District, of: set[str]) -> set[str]:
    """Further schemes that share in settling who yields to whom with those named, near or far."""
    schemes, reached = district.schemes, set(of)
    while True:
        more = {
            name
            for name, scheme in schemes.items()
            if name not in reached and any(_exclude(scheme, schemes[other]) for other in reached)
        }
        if not more:
            return reached - of
        reached |= more


def _exclude(one: type[Scheme], other: type[Scheme]) -> bool:
    named = one.id in other.excludes or other.id in one.excludes
    return named and concerned(one).entity is concerned(other).entity
