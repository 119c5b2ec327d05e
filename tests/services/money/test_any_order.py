"""Whatever is done in whatever order, the ledger balances and nobody is paid twice for a month."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.service import AS_OF
from tests.services.money.made import FUND, Office

from wenye.services.money.bank_simulator import answer, late_returns
from wenye.services.money.batches import approve, discard, drop, prepare, send
from wenye.services.money.chart import balance
from wenye.services.money.checking import check
from wenye.services.money.errors import MoneyError
from wenye.services.money.instalments import cancel, commit_all
from wenye.services.money.models import (
    Account,
    Batch,
    BatchLine,
    Instalment,
    Receipt,
    Recovery,
    ReturnRow,
)
from wenye.services.money.recoveries import decide, propose, receive
from wenye.services.money.returns import clear, propose_clearing, take

MONEY = 900_000
FAULTS = ("00", "A1", "L1", "R1", "silent", "twice", "unknown", "amount", "garbled")

Step = tuple[str, int, str]
steps = st.lists(
    st.tuples(
        st.sampled_from(
            ["prepare", "prepare", "approve", "answer", "answer", "old", "late", "discard", "drop",
             "claim", "confirm", "receive", "cancel", "commit", "clear"]
        ),
        st.integers(0, 7),
        st.sampled_from(FAULTS),
    ),
    min_size=4,
    max_size=14,
)  # fmt: skip


class Played:
    """One run of steps over the same three cases."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.files: list[bytes] = []
        self.answers: list[bytes] = []
        self.serial = 0

    def play(self, name: str, which: int, fault: str) -> None:
        """One step; what the service refuses changes nothing."""
        work: Callable[[int, str], None] = getattr(self, name)
        with suppress(MoneyError):
            work(which, fault)

    def commit(self, which: int, fault: str) -> None:
        commit_all(AS_OF, self.office.maker)

    def prepare(self, which: int, fault: str) -> None:
        rows = list(Instalment.objects.order_by("pk").values_list("pk", flat=True))
        owed = list(Instalment.objects.payable().order_by("pk").values_list("pk", flat=True))
        prepare(self.office.maker, [*owed[: 1 + which % 3], *rows[which : which + 1]], AS_OF)

    def approve(self, which: int, fault: str) -> None:
        batch = _nth(Batch.objects.order_by("-pk"), which % 2)
        who = self.office.maker if which == 7 else self.office.checker
        approve(who, batch.pk, AS_OF)
        self.files.append(send(self.office.maker, batch.pk)[1])

    def answer(self, which: int, fault: str) -> None:
        if self.files:
            content = answer(
                self.files[-1 - which % len(self.files)], AS_OF, {1 + which % 3: fault}
            )
            self.answers.append(content)
            take(self.office.maker, "r.csv", content)

    def old(self, which: int, fault: str) -> None:
        if self.answers:
            take(self.office.maker, "again.csv", self.answers[which % len(self.answers)])

    def late(self, which: int, fault: str) -> None:
        line = _nth(BatchLine.objects.order_by("-pk"), which)
        amount = f"{line.amount_fen // 100}.{line.amount_fen % 100:02d}"
        take(self.office.maker, "late.csv", late_returns([(line.reference, amount)], AS_OF))

    def discard(self, which: int, fault: str) -> None:
        discard(self.office.maker, _nth(Batch.objects.order_by("-pk"), which).pk, "试", AS_OF)

    def drop(self, which: int, fault: str) -> None:
        drop(self.office.maker, _nth(BatchLine.objects.order_by("-pk"), which).pk, "试", AS_OF)

    def claim(self, which: int, fault: str) -> None:
        row = _nth(Instalment.objects.paid().order_by("pk"), which)
        propose(self.office.maker, row.pk, 10_000 * (which + 1), "error", "试")

    def confirm(self, which: int, fault: str) -> None:
        claim = _nth(Recovery.objects.order_by("-pk"), which)
        decide(self.office.checker, claim.pk, confirm=which % 3 != 2)

    def receive(self, which: int, fault: str) -> None:
        claim = _nth(Recovery.objects.order_by("-pk"), which % 2)
        self.serial += which % 2  # every other receipt has a serial that was used before
        receive(self.office.maker, claim.pk, 5_000, AS_OF, f"S{self.serial}")

    def cancel(self, which: int, fault: str) -> None:
        cancel(_nth(Instalment.objects.order_by("pk"), which).pk, AS_OF, self.office.maker, "试")

    def clear(self, which: int, fault: str) -> None:
        row = _nth(ReturnRow.objects.filter(suspense_fen__gt=0).order_by("pk"), which)
        propose_clearing(self.office.maker, row.pk, "已冲正")
        clear(self.office.checker, row.pk)


def _nth(rows: Any, which: int) -> Any:
    found = list(rows[: which + 1])
    if not found:
        raise MoneyError("nothing there yet")
    return found[-1]


@pytest.fixture
def begun(db: None) -> Office:
    """Three cases owed, and money for fewer payments than they could give."""
    office = Office.opened(budget=1_200_000, money=MONEY)
    office.payable(3)
    return office


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(played=steps)
def test_invariants_hold(begun: Office, played: list[Step]) -> None:
    with transaction.atomic():
        game = Played(begun)
        for name, which, fault in played:
            game.play(name, which, fault)
            assert check() == [], (name, which, fault)
            _money_is_conserved()
        transaction.set_rollback(True)


def _money_is_conserved() -> None:
    """What is in the bank is what came in, less what the bank says it paid, plus what came back."""
    paid = sum(row.amount_fen or 0 for row in Instalment.objects.paid().order_by("pk"))
    back = sum(each.amount_fen for each in Receipt.objects.order_by("pk"))
    lost = sum(
        row.suspense_fen
        for row in ReturnRow.objects.filter(suspense_fen__gt=0, cleared_by__isnull=True)
    )
    assert balance(Account.BANK, FUND) == MONEY - paid + back - lost
    months = list(
        BatchLine.objects.filter(state=BatchLine.PAID).values_list(
            "instalment__case_id", "instalment__month"
        )
    )
    assert len(months) == len({*months})
