"""From a contact to a case: a referral, and the schemes that may go with it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenye.services.accounts.roles import Acting, Role
from wenye.services.audit import record
from wenye.services.audit.record import Purpose
from wenye.services.cases.errors import CaseRefused
from wenye.services.cases.models import Case
from wenye.services.cases.opening import open_case
from wenye.services.cases.types import case_types
from wenye.services.decisions.deciding import Decided, decisions_about, subjects
from wenye.services.decisions.district import district
from wenye.services.followup.contacting import resum
from wenye.services.followup.content import content
from wenye.services.followup.errors import FollowupRefused
from wenye.services.followup.models import Contact, Followed, Referred


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A scheme that somebody may be entitled to, as decided now."""

    scheme: str
    title: str
    title_en: str
    outcome: str
    decided: Decided


def suggestions(person_key: int, kinds: list[str]) -> list[Suggestion]:
    """Schemes of the kinds that come out as entitled, or not settled yet; entitled first."""
    here = district()
    wanted = [
        scheme
        for kind in kinds
        for scheme in content().referrals[kind].schemes
        if scheme in here.scheme_ids
    ]
    found = []
    for name, decided in decisions_about(
        "people", person_key, timezone.localdate(), schemes=dict.fromkeys(wanted), most=3
    ).items():
        best = [each for each in decided if each.outcome == "entitled"] or [
            each for each in decided if each.outcome == "undetermined"
        ]
        if best:
            scheme = here.scheme(name)
            found.append(
                Suggestion(
                    name,
                    scheme.title,
                    scheme.title_en or scheme.title,
                    best[-1].outcome,
                    best[-1],
                )
            )
    return sorted(found, key=lambda each: each.outcome != "entitled")


def refer(acting: Acting, contact: Contact, kind: str, scheme: str = "") -> Referred:
    """Open a case of the kind, or for a scheme, and note that it came of the contact.

    FollowupRefused where the case cannot be opened; nothing is then saved.
    """
    kinds = content().referrals
    if kind not in kinds:
        raise FollowupRefused(_("没有这种转介。"), mend=_("请从列表中选一项。"))
    with transaction.atomic():
        followed = Followed.objects.select_for_update().get(pk=contact.person_id)
        if Referred.objects.filter(contact=contact, kind=kind, scheme=scheme).exists():
            raise FollowupRefused(_("这次联系已经转介过这一项。"), mend=_("请到办件里看进展。"))
        try:
            case = (
                _for_scheme(acting, contact.person_id, scheme)
                if scheme
                else open_case(
                    acting,
                    kinds[kind].case_type,
                    subject_register="people",
                    subject_key=contact.person_id,
                    person_key=contact.person_id,
                    form={"service": kind},
                )
            )
        except CaseRefused as error:
            raise FollowupRefused(error.what, where=error.where, mend=error.mend) from error
        row = Referred.objects.create(
            contact=contact,
            person_id=contact.person_id,
            town=followed.town,
            kind=kind,
            scheme=scheme,
            case_number=case.number,
            on=timezone.localdate(),
        )
        resum(followed)
        record.change(
            acting,
            "followup.refer",
            "case",
            case.number,
            person=contact.person_id,
            purpose=Purpose.FOLLOW_UP,
            detail={"kind": kind, "scheme": scheme, "contact": contact.pk},
        )
    return row


def case_type_for(scheme: str, role: Role) -> str:
    """The kind of case that a role may open for a scheme; empty where there is none."""
    for kind in case_types().values():
        if role in kind.open_by and scheme in kind.schemes():
            return kind.id
    return ""


def _for_scheme(acting: Acting, person_key: int, scheme: str) -> Case:
    kind = case_type_for(scheme, acting.role) if scheme in district().scheme_ids else ""
    if not kind:
        raise FollowupRefused(
            _("这项政策不由您开办件。"), mend=_("请看政策页面上由谁办理，并告诉本人。")
        )
    rules = district().scheme(scheme)
    keys = subjects(rules, "people", person_key)
    if not keys:
        raise FollowupRefused(_("登记册里没有办这项政策要用的一行。"), mend=_("请先登记，再转介。"))
    return open_case(
        acting,
        kind,
        scheme=scheme,
        subject_register=rules.subject.register.name,
        subject_key=keys[-1],
    )
