"""Decisions made now, on the facts as they stand, and the receipts of those that are used."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

import wenye
from wenye.determination.case_template import case_of
from wenye.determination.cases import cases
from wenye.determination.judging import concerned, payee_of
from wenye.rules import calendar
from wenye.rules.case_input import entity_name, read_case
from wenye.rules.held import Held, Row
from wenye.rules.scheme import Scheme
from wenye.services.accounts.roles import Acting
from wenye.services.decisions.district import district, explainer
from wenye.services.decisions.facts import ENTITIES, Facts, facts
from wenye.services.decisions.models import UsedDecision


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision with its reasons; ``explanation`` is what ``wenye explain --json`` prints."""

    scheme: type[Scheme]
    register: str
    key: int | None
    on: dt.date
    explanation: dict[str, Any]
    #: The facts read, as a case file has them.
    case: dict[str, Any]
    facts_digest: str = ""

    @property
    def outcome(self) -> str:
        """``entitled``, ``not_entitled`` or ``undetermined``."""
        return str(self.explanation["outcome"])

    @property
    def amount_fen(self) -> int | None:
        """The payment, or the month's amount, in fen; None where there is none or it is open."""
        amount = self.explanation["amount"]
        return None if amount is None else int(Decimal(amount) * 100)

    @property
    def amount_status(self) -> str:
        """``payable``, ``unconfirmed``, ``open`` or ``none``."""
        return str(self.explanation["amount_status"])

    @property
    def payable(self) -> bool:
        """Entitled, and on values that money may be paid on."""
        return self.outcome == "entitled" and self.amount_status == "payable"


def decide(
    scheme_id: str,
    key: int,
    on: dt.date | None = None,
    *,
    told: Mapping[str, Any] | None = None,
    by: Facts | None = None,
    with_flips: bool = True,
) -> Decided | None:
    """Decide one row of a scheme's subject; None where no row has that key.

    ``told`` is what the person has said, as a case: it fills in only what the registers do not know
    (``with_told``), and never overrules them.
    """
    found = decide_all(scheme_id, [key], on, told=told, by=by, with_flips=with_flips)
    return found[0] if found else None


def decide_all(
    scheme_id: str,
    keys: Iterable[int],
    on: dt.date | None = None,
    *,
    told: Mapping[str, Any] | None = None,
    by: Facts | None = None,
    with_flips: bool = True,
) -> list[Decided]:
    """As ``decide``, for several rows of one scheme, in order of their keys."""
    scheme = district().scheme(scheme_id)
    day = on or timezone.localdate()
    tables = by or facts()
    rows = cases(tables, scheme, keys)
    explain = explainer(scheme_id)
    name = entity_name(scheme.subject)
    answers = None if told is None else read_case(scheme.subject, {name: told.get(name, {})})
    found = []
    for key in sorted(rows):
        row: Row = rows[key] if answers is None else with_told(rows[key], answers)
        found.append(
            Decided(
                scheme,
                scheme.subject.register.name,
                key,
                day,
                explain.explain(row, calendar.code(day), with_flips=with_flips),
                case_of(scheme, row),
                tables.digest,
            )
        )
    return found


def suppose(
    scheme_id: str,
    case: Mapping[str, Any],
    on: dt.date | None = None,
    *,
    with_flips: bool = True,
) -> Decided:
    """Decide a case that nobody has: what was typed, and nothing else. Raises CaseError."""
    scheme = district().scheme(scheme_id)
    day = on or timezone.localdate()
    row = read_case(scheme.subject, dict(case))
    explanation = explainer(scheme_id).explain(row, calendar.code(day), with_flips=with_flips)
    return Decided(scheme, scheme.subject.register.name, None, day, explanation, dict(case))


def with_told(row: Row, answers: Row) -> dict[str, Any]:
    """The row with answers where it has no value; a list of rows is taken where none is known, and
    rows that are known are filled in one by one by those that are told in their order."""
    joined = dict(row)
    for name, value in answers.items():
        if name == "key" or value is None:
            continue
        held = joined.get(name)
        if held is None:
            joined[name] = value
        elif isinstance(held, Mapping) and isinstance(value, Mapping):
            joined[name] = with_told(held, value)
        elif isinstance(held, Held) and not held.rows and held.complete_to < 0:
            joined[name] = value
        elif (
            isinstance(held, Held) and isinstance(value, Held) and len(held.rows) == len(value.rows)
        ):
            rows = tuple(map(with_told, held.rows, value.rows))
            joined[name] = Held(rows, held.complete_to)
    return joined


# -- whose ----------------------------------------------------------------------------------------


def subjects(scheme: type[Scheme], register: str, key: int, by: Facts | None = None) -> list[int]:
    """Keys of the scheme's subjects that are, concern or pay a person or an employer."""
    tables = by or facts()
    entity = ENTITIES[register]
    if scheme.subject is entity:
        return [key]
    names = {
        source.attrs[1]
        for source in (payee_of(scheme), concerned(scheme))
        if source.op == "ref" and source.args[0].op == "root" and source.entity is entity
    }
    if not names:
        names = {
            name
            for name, fact in scheme.subject.facts().items()
            if fact.kind.name == "key" and fact.target is entity
        }
    found: set[int] = set()
    for name in sorted(names):
        found.update(tables.rows_by(scheme.subject, name, [key])["key"].to_list())
    return sorted(found)


def decisions_about(
    register: str,
    key: int,
    on: dt.date | None = None,
    *,
    schemes: Iterable[str] | None = None,
    most: int = 50,
    with_flips: bool = False,
) -> dict[str, list[Decided]]:
    """Every scheme that may concern a person or an employer, decided: at most ``most`` rows each.

    Schemes of which there is no row about them have an empty list.
    """
    here, tables = district(), facts()
    found: dict[str, list[Decided]] = {}
    for name in schemes if schemes is not None else here.scheme_ids:
        keys = subjects(here.scheme(name), register, key, tables)
        found[name] = decide_all(name, keys[-most:], on, by=tables, with_flips=with_flips)
    return found


# -- receipts -------------------------------------------------------------------------------------


def use(
    decided: Decided,
    used_for: str,
    *,
    acting: Acting | None,
    object_type: str = "",
    object_id: object = "",
) -> UsedDecision:
    """Keep a decision's full receipt: something is about to rest on it."""
    assert decided.key is not None, "what nobody has cannot be used"
    here = district()
    law = decided.explanation["law"]
    return UsedDecision.objects.create(
        scheme=decided.scheme.id,
        register=decided.register,
        subject_key=decided.key,
        on=decided.on,
        used_for=used_for,
        object_type=object_type,
        object_id=str(object_id),
        outcome=decided.outcome,
        amount_fen=decided.amount_fen,
        amount_status=decided.amount_status,
        law=(law or {}).get("version") or "",
        receipt=decided.explanation["receipt"]["id"],
        rules_digest=here.rules_digest,
        parameters_digest=here.parameters_digest,
        facts_digest=decided.facts_digest,
        wenye=wenye.__version__,
        case=decided.case,
        explanation=decided.explanation,
        user_id=acting.user_id if acting else None,
    )


def differences(used: UsedDecision) -> list[str]:
    """Decide a used decision again from its receipt; what comes out differently, in words.

    Empty where it is the same bit for bit. Values that were confirmed since then decide anew, and a
    difference says so.
    """
    scheme = district().scheme(used.scheme)
    row = read_case(scheme.subject, used.case)
    again = explainer(used.scheme).explain(row, calendar.code(used.on))
    then = used.explanation
    told = []
    for name in ("outcome", "amount", "amount_status", "schedule", "law", "claw_back"):
        if then.get(name) != again.get(name):
            told.append(f"{name}：{then.get(name)} → {again.get(name)}")
    if told and used.parameters_digest != district().parameters_digest:
        told.append("参数或确认在判定之后有过改动 / values have changed since")
    return told
