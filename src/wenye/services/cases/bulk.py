"""Several cases of one scheme taken through the same step, each for itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from wenye.services.accounts.roles import Acting
from wenye.services.cases.errors import CaseRefused
from wenye.services.cases.models import Case
from wenye.services.cases.workflow import perform
from wenye.services.cases.workflows import workflows


@dataclass(frozen=True, slots=True)
class Taken:
    """One case: why it was not taken on, or empty."""

    number: str
    why: str


def take_all(
    cases: Iterable[Case], versions: Mapping[str, int], transition: str, acting: Acting
) -> list[Taken]:
    """Take the step with every case; one that is refused keeps no other from it.

    CaseRefused where they are not of one scheme, or the step is not one that is taken in bulk.
    """
    listed = list(cases)
    if len({(each.case_type, each.scheme) for each in listed}) > 1:
        raise CaseRefused(
            _("选中的办件不是同一个项目。"),
            mend=_("请先按项目筛选，同一项目的一起办。"),
        )
    found = []
    for case in listed:
        move = workflows()[case.workflow].find(transition, case.state)
        try:
            if move is None or not move.bulk:
                raise CaseRefused(_("这件现在不能批量办理。"))
            if versions.get(case.number) != case.version:
                raise CaseRefused(_("这件刚被别人办理过。"))
            perform(case, transition, acting)
        except CaseRefused as error:
            found.append(Taken(case.number, error.what))
        else:
            found.append(Taken(case.number, ""))
    return found
