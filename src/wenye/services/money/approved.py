"""Cases as the money service sees them: approved, on a decision, with whom to pay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wenye.determination.judging import concerned, payee_of
from wenye.rules.sources import Source
from wenye.services.accounts.roles import Acting
from wenye.services.decisions.district import district
from wenye.services.decisions.facts import Facts, facts
from wenye.services.decisions.models import UsedDecision

#: Steps of a case that are themselves about paying: whoever took one has not reviewed the case.
PAYING_STEPS = (
    "pay",
    "paid",
    "pay_failed",
    "hand_over",
    "handed_over_result",
    "recovered",
    "close",
)


@dataclass(frozen=True, slots=True)
class Approved:
    """An approved case that the district pays."""

    case_id: int
    number: str
    scheme: str
    subject_key: int
    town: str
    decision: UsedDecision
    person_key: int | None = None
    employer_key: int | None = None


@dataclass(frozen=True, slots=True)
class Whom:
    """Who is paid, and whom the payment is about: register and surrogate keys."""

    register: str
    key: int
    person_key: int | None
    employer_key: int | None


def approved_cases() -> Iterator[Approved]:
    """Every case that is approved, that the district pays, and on values money may be paid on."""
    from wenye.services.cases.models import Case

    chosen = Case.objects.to_be_paid().select_related("decision").order_by("pk")
    for case in chosen.iterator(chunk_size=500):
        if case.decision is not None:
            yield Approved(
                case_id=case.pk,
                number=case.number,
                scheme=case.scheme,
                subject_key=case.subject_key,
                town=case.town,
                decision=case.decision,
                person_key=case.person_key,
                employer_key=case.employer_key,
            )


def whom(scheme_id: str, subject_key: int, by: Facts | None = None) -> Whom | None:
    """Payee and concerned of a subject; None where its row is no longer there."""
    tables = by or facts()
    scheme = district().scheme(scheme_id)
    payee = _key(payee_of(scheme), subject_key, tables)
    if payee is None:
        return None
    about = _key(concerned(scheme), subject_key, tables)
    keys: dict[str, int | None] = {"people": None, "employers": None}
    for pair in (about, payee):
        if pair is not None:
            keys[pair[0]] = pair[1]
    return Whom(payee[0], payee[1], keys["people"], keys["employers"])


def _key(source: Source, subject_key: int, tables: Facts) -> tuple[str, int] | None:
    register = source.entity.register.name
    if source.op == "root":
        return register, subject_key
    if source.op != "ref" or not isinstance(source.args[0], Source):
        return None
    parent = _key(source.args[0], subject_key, tables)
    if parent is None:
        return None
    rows = tables.rows_by(source.args[0].entity, "key", [parent[1]])
    if rows.height != 1:
        return None
    value = rows[str(source.attrs[1])][0]
    return None if value is None or value < 0 else (register, int(value))


# -- who has reviewed, and whom one may not pay ----------------------------------------------------


def reviewers_of(case_ids: Iterable[int]) -> dict[int, set[int]]:
    """Case → users who took part in deciding it."""
    from wenye.services.cases.models import Step

    found: dict[int, set[int]] = {}
    steps = (
        Step.objects.filter(case_id__in=list(case_ids), user_id__isnull=False)
        .exclude(transition__in=PAYING_STEPS)
        .values_list("case_id", "user_id")
        .order_by("case_id", "number")
    )
    for case_id, user_id in steps:
        if user_id is not None:
            found.setdefault(case_id, set()).add(user_id)
    return found


def own_keys(acting: Acting) -> tuple[set[int], set[int]]:
    """People and employers whose money somebody must not touch: own, relatives', employer's."""
    from wenye.services.accounts.models import User

    people = {acting.person_key} if acting.person_key is not None else set()
    relatives = User.objects.filter(pk=acting.user_id).values_list("relatives", flat=True).first()
    people |= {int(each) for each in relatives or []}
    employers = {acting.employer_key} if acting.employer_key is not None else set()
    return people, employers


def tell_case(
    case_id: int,
    transition: str,
    acting: Acting | None,
    reason: str = "",
    data: Mapping[str, Any] | None = None,
) -> None:
    """Move the case, in the same transaction; CaseError of the workflow goes through."""
    from wenye.services.cases import workflow
    from wenye.services.cases.models import Case

    case = Case.objects.select_for_update().get(pk=case_id)
    workflow.perform(case, transition, acting, reason=reason, data=data)


def state_of(case_id: int) -> str:
    """The case's state; empty where there is no such case."""
    from wenye.services.cases.models import Case

    return Case.objects.filter(pk=case_id).values_list("state", flat=True).first() or ""


def answers_of(case_id: int) -> dict[str, object] | None:
    """What the applicant said, as a case; None where nothing was."""
    from wenye.services.cases.models import Case

    answers = Case.objects.filter(pk=case_id).values_list("answers", flat=True).first()
    return answers or None
