"""Money for the demonstration: budgets, batches in every state, a bank that fails some, a recovery.

Everything here is invented: the people, their accounts (no bank gives out numbers that begin with
four zeros), the budgets, and the signatures under three values, without which nothing could be
paid.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from wenye.policy.units import written
from wenye.registers.model import Certification, FlexibleWork
from wenye.services.accounts.models import Post, User
from wenye.services.accounts.roles import LABELS, Acting, Role
from wenye.services.cases.deciding import deciding_day
from wenye.services.cases.errors import CaseRefused
from wenye.services.cases.models import Case
from wenye.services.cases.opening import open_case
from wenye.services.cases.workflow import perform
from wenye.services.decisions.deciding import decide_all
from wenye.services.decisions.district import confirmations_file, district
from wenye.services.decisions.facts import facts
from wenye.services.money.bank_simulator import answer
from wenye.services.money.batches import approve, send
from wenye.services.money.batches import prepare as prepare_batch
from wenye.services.money.budgets import decide_change, propose
from wenye.services.money.instalments import commit_all
from wenye.services.money.models import FundChange, Instalment, Posting
from wenye.services.money.recoveries import agree_plan, receive
from wenye.services.money.recoveries import decide as decide_recovery
from wenye.services.money.recoveries import propose as propose_recovery
from wenye.services.money.returns import take
from wenye.services.money.sampling import take_sample
from wenye.services.people.models import Employer, Person

SCHEME = "flexible_social_insurance"
#: How many people of the scheme are paid.
CASES = 24
#: What a demonstration signs, so that the scheme's three press-copied values may be paid on.
_CONFIRMED = (
    ("contribution_base.floor", "2026-07-01"),
    ("contribution_rates.flexible_pension", "2024-03-01"),
    ("contribution_rates.flexible_medical", "2024-03-01"),
)


def prepare(as_of: dt.date) -> None:
    """Make it, once; only for a service that holds invented people."""
    if Posting.objects.exists() or not settings.SYNTHETIC:
        return
    _confirm(as_of)
    officer, head = _acting(Role.FINANCE_OFFICER, as_of), _acting(Role.BUREAU_HEAD, as_of)
    _fund(officer, head, as_of)
    _approved(as_of)
    commit_all(as_of, officer)
    _accounts()
    _pay(officer, head, as_of)
    _recover(officer, head, as_of)


def _confirm(as_of: dt.date) -> None:
    """Sign the values as they stand in the district's files; the signatures alone are invented."""
    path = confirmations_file()
    if path.exists():
        return
    rows = []
    for name, since in _CONFIRMED:
        held = district().details[name]
        value = next(each.value for each in held.values if each.since.isoformat() == since)
        rows.append(
            f"  - parameter: {name}\n    since: {since}\n"
            f"    value: {written(held.unit, value or 0)}\n"
            "    source: 演示用，未经真正核实\n    confirmed_by: 演示经办\n"
            f"    confirmed_on: {as_of:%Y-%m-%d}\n    checked_by: 演示复核\n"
            f"    checked_on: {as_of:%Y-%m-%d}\n"
        )
    path.write_text("confirmations:\n" + "".join(rows), encoding="utf-8")


def _fund(officer: Acting, head: Acting, as_of: dt.date) -> None:
    town = district().organisation.units[0].code
    year, support = as_of.year, "employment_support"
    changes = (
        (FundChange.BUDGET, "unemployment_insurance", 120_000_00, support, ""),
        (FundChange.ALLOT, "unemployment_insurance", 15_000_00, support, town),
        (FundChange.RECEIVED, "unemployment_insurance", 60_000_00, "", ""),
        (FundChange.BUDGET, "district_budget", 80_000_00, support, ""),
        (FundChange.RECEIVED, "district_budget", 40_000_00, "", ""),
        (FundChange.BUDGET, "town_funds", 6_000_00, "grassroots_teams", town),
    )
    for kind, fund, fen, budget_head, holder in changes:
        change = propose(
            officer, kind, fund, year, fen, "演示用的虚构预算", head=budget_head, holder=holder
        )
        decide_change(head, change.pk, approve=True)
    propose(
        officer, FundChange.BUDGET, "district_budget", year, 5_000_00, "演示用的虚构调整",
        head=support,
    )  # fmt: skip


def _approved(as_of: dt.date) -> None:
    """Cases of people whom the scheme reaches, brought to approval by three officers."""
    day = deciding_day()
    tables = facts()
    working = tables.table(FlexibleWork).select("person").collect()["person"]
    certified = tables.table(Certification).select("person").collect()["person"]
    chosen = sorted({*working.to_list()} & {*certified.to_list()})
    taken = set(
        Case.objects.filter(scheme=SCHEME).order_by("pk").values_list("subject_key", flat=True)
    )
    found = [
        each.key
        for each in decide_all(SCHEME, chosen, day, with_flips=False)
        if each.payable and each.key is not None and each.key not in taken
    ]
    for key in found[:CASES]:
        _brought(key, as_of)


def _brought(key: int, as_of: dt.date) -> None:
    try:
        case = open_case(
            None, "application", scheme=SCHEME, subject_register="people", subject_key=key
        )
        if not case.town:
            return
        town, bureau = (
            _acting(Role.TOWN_REVIEWER, as_of, case.town),
            _acting(Role.BUREAU_REVIEWER, as_of),
        )
        perform(case, "submit", None)
        perform(case, "accept", _acting(Role.CASE_WORKER, as_of, case.town))
        perform(case, "town_approve", town)
        perform(case, "bureau_approve", bureau)
        if case.state == "notice":
            return
    except CaseRefused:
        return  # it stays where it is


def _accounts() -> None:
    """Impossible accounts for everybody who is owed money, but for one who has none."""
    rows = list(Instalment.objects.payable().order_by("pk"))
    for row in rows[1:]:
        model = Person if row.payee_register == "people" else Employer
        payee = model.objects.filter(pk=row.payee_key).first()
        if payee is not None and not payee.account:
            payee.account = f"0000{row.payee_key:012d}"
            payee.save(update_fields=["account", "account_blind"])


def _pay(officer: Acting, head: Acting, as_of: dt.date) -> None:
    """Most of the month is paid, with two faults; some is sent, some waits for another."""
    rows = list(Instalment.objects.payable().order_by("pk").values_list("pk", flat=True))
    third = max(1, len(rows) // 3)
    parts = (
        (0, 2 * third, 3),
        (2 * third, 2 * third + 4, 2),
        (2 * third + 4, 2 * third + 7, 1),
    )
    for start, stop, steps in parts:
        done = prepare_batch(officer, rows[start:stop], as_of) if rows[start:stop] else None
        if done is None or not done.batches:
            continue
        batch = done.batches[0]
        if steps > 1:
            approve(head, batch.pk, as_of)
            content = send(officer, batch.pk)[1]
        if steps > 2:
            faults = {2: "A1", 4: "N1"} if batch.count > 6 else {}
            take(officer, "演示回单.csv", answer(content, as_of, faults))


def _recover(officer: Acting, head: Acting, as_of: dt.date) -> None:
    """One payment too much, half of it back; and a sample of what was paid."""
    row = Instalment.objects.paid().order_by("pk").first()
    if row is None or row.amount_fen is None:
        return
    claim = propose_recovery(officer, row.pk, row.amount_fen, "error", "演示：核查发现当月已就业")
    decide_recovery(head, claim.pk, confirm=True)
    half = row.amount_fen // 2
    agree_plan(
        officer,
        claim.pk,
        [
            (as_of - dt.timedelta(days=20), half),
            (as_of + dt.timedelta(days=60), row.amount_fen - half),
        ],
    )
    receive(officer, claim.pk, half // 2, as_of, f"DEMO-{claim.pk}")
    take_sample(_acting(Role.AUDITOR, as_of), as_of.replace(day=1), as_of, 8, seed=20201)


def _acting(role: Role, as_of: dt.date, town: str = "") -> Acting:
    """The demonstration's account of a role; for another town a colleague who cannot log in."""
    post = (
        Post.objects.select_related("user")
        .filter(role=role.value, town=town)
        .order_by("id")
        .first()
    )
    if post is None:
        user = User.objects.create_user(f"{role.value}-{town}", None, name=f"演示{LABELS[role][0]}")
        post = Post.objects.create(
            user=user, role=role.value, town=town, since=as_of.replace(day=1)
        )
    return post.acting()
