"""The one way to put something on the ledger."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from wenye.services.money.errors import MoneyError
from wenye.services.money.models import Account, Line, Posting


@dataclass(frozen=True, slots=True)
class Move:
    """One line to be posted: debit positive, credit negative."""

    account: Account
    fen: int
    instalment_id: int | None = None


def post(
    key: str,
    kind: str,
    day: dt.date,
    moves: Iterable[Move],
    *,
    text: str = "",
    made_by: int | None = None,
    approved_by: int | None = None,
) -> Posting:
    """Post moves that balance, once: a key that was posted before gives that posting back.

    MoneyError where an account would be overdrawn; nothing is posted then. The caller's transaction
    holds both the posting and whatever it is about.
    """
    with transaction.atomic():
        before = Posting.objects.filter(key=key).first()
        if before is not None:
            return before
        lines = [move for move in moves if move.fen != 0]
        by_account: dict[int, int] = defaultdict(int)
        for move in lines:
            by_account[move.account.pk] += move.fen
        # Locked in one order, so that two postings wait for each other and never for ever.
        locked = {
            each.pk: each
            for each in Account.objects.select_for_update()
            .filter(pk__in=list(by_account))
            .order_by("pk")
        }
        for pk, change in by_account.items():
            _may_hold(locked[pk], locked[pk].balance_fen + change)
        posting = Posting.objects.create(
            key=key, kind=kind, day=day, text=text, made_by=made_by, approved_by=approved_by
        )
        Line.objects.bulk_create(
            [
                Line(
                    posting=posting,
                    account_id=move.account.pk,
                    amount_fen=move.fen,
                    group=move.account.group,
                    instalment_id=move.instalment_id,
                )
                for move in lines
            ],
            batch_size=500,
        )
        for pk in sorted(by_account):
            if by_account[pk]:
                Account.objects.filter(pk=pk).update(balance_fen=F("balance_fen") + by_account[pk])
        posting.closed = True
        posting.save(update_fields=["closed"])
    return posting


def _may_hold(account: Account, balance: int) -> None:
    if account.may_be_overdrawn or account.side * balance >= 0:
        return
    label = Account.KINDS[account.kind][1]
    raise MoneyError(
        _("“%(label)s”余额不足，差 %(yuan)s 元。")
        % {"label": label, "yuan": yuan_text(abs(balance))},
        where=account.code,
        mend=_("先补足预算或资金，再办理。"),
    )


def yuan_text(fen: int) -> str:
    """Whole fen as yuan: 1234.56."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02d}"
