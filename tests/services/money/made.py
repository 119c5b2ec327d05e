"""Payable cases for the tests: values confirmed as officers would, and people entitled."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.service import AS_OF

SCHEME = "flexible_social_insurance"
FUND = "unemployment_insurance"
HEAD = "employment_support"

_ROW = """
  - parameter: {name}
    since: {since}
    value: {value}
    source: 测试用
    confirmed_by: 甲
    confirmed_on: 2026-09-01
    checked_by: 乙
    checked_on: 2026-09-02"""
_VALUES = [
    ("contribution_base.floor", "2026-07-01", "7546"),
    ("contribution_rates.flexible_pension", "2024-03-01", "20"),
    ("contribution_rates.flexible_medical", "2024-03-01", "10"),
]


@contextmanager
def values_confirmed() -> Iterator[None]:
    """The scheme's values as if two officers had confirmed them."""
    from wenye.services.decisions.district import confirmations_file

    path: Path = confirmations_file()
    before = path.read_text(encoding="utf-8") if path.exists() else None
    rows = "".join(_ROW.format(name=n, since=s, value=v) for n, s, v in _VALUES)
    path.write_text(f"confirmations:{rows}\n", encoding="utf-8")
    try:
        yield
    finally:
        if before is None:
            path.unlink()
        else:
            path.write_text(before, encoding="utf-8")


def entitled(count: int) -> list[int]:
    """People made entitled by what the service registers: certification, work, contributions."""
    import polars as pl

    from wenye.registers.model import Person
    from wenye.services.decisions.deciding import decide
    from wenye.services.decisions.facts import facts
    from wenye.services.people.models import Addition

    people = (
        facts()
        .table(Person)
        .filter(pl.col("hukou") < 2)
        .select("key", "birth_date", "town")
        .collect()
    )
    found: list[int] = []
    for key in people["key"].to_list():
        if len(found) == count:
            break
        rows = [
            (
                "certifications",
                {"started_on": "2026-01-05", "ended_on": None, "extension_approved": False},
            ),
            ("flexible_work", {"started_on": "2026-02-01", "ended_on": None, "platform": True}),
            (
                "contributions",
                {
                    "first_month": "2026-02",
                    "last_month": "2026-10",
                    "kind": "flexible",
                    "in_full": True,
                    "refunded": False,
                },
            ),
        ]
        made = [
            Addition.objects.create(
                register=register, values={"person": key, **values}, person_key=key
            )
            for register, values in rows
        ]
        decided = decide(SCHEME, key, AS_OF, with_flips=False)
        if decided is not None and decided.payable:
            found.append(key)
        else:
            for each in made:
                each.delete()
    assert len(found) == count
    return found


class Office:
    """The people who pay, and what they pay from."""

    def __init__(self) -> None:
        from tests.services.cases.made import someone

        self.maker = someone("finance_officer")
        self.checker = someone("finance_officer")
        self.head = someone("bureau_head")
        self.auditor = someone("auditor")
        self.reviewer = someone("bureau_reviewer")

    @classmethod
    def opened(cls, budget: int = 10_000_000, money: int = 10_000_000) -> Office:
        """With a budget and money, both approved by a second person."""
        office = cls()
        office.funded("budget", budget)
        office.funded("received", money)
        return office

    def funded(self, kind: str, fen: int, **more: Any) -> None:
        """A budget or money, proposed by one and approved by another."""
        from wenye.services.money.budgets import decide_change, propose

        head = "" if kind == "received" else HEAD
        change = propose(self.maker, kind, FUND, 2026, fen, "测试文件", head=head, **more)
        decide_change(self.checker, change.pk, approve=True)

    def approved(self, count: int = 1, *, accounts: bool = True) -> list[Any]:
        """Cases approved through the whole workflow, each person with an impossible account."""
        from tests.services.cases.made import brought, opened

        from wenye.services.people.models import Person

        cases = []
        for key in entitled(count):
            case, actors = opened(SCHEME, key=key)
            cases.append(brought(case, actors, "approved"))
            person, _ = Person.objects.get_or_create(pk=key)
            person.name = person.name or f"合成{key}"
            person.account = impossible_account(key) if accounts else ""
            person.save()
        return cases

    def payable(self, count: int = 1) -> list[Any]:
        """Their instalments of the month, owed."""
        from wenye.services.money.instalments import commit_all
        from wenye.services.money.models import Instalment

        self.approved(count)
        commit_all(AS_OF)
        return list(Instalment.objects.payable().order_by("pk"))

    def sent(self, count: int = 1) -> tuple[Any, bytes]:
        """A batch of theirs, sent: the batch and the bank's file."""
        from wenye.services.money.batches import approve, prepare, send

        rows = self.payable(count)
        prepared = prepare(self.maker, [row.pk for row in rows], AS_OF)
        assert not prepared.stopped
        batch = prepared.batches[0]
        approve(self.checker, batch.pk, AS_OF)
        return send(self.maker, batch.pk)


def impossible_account(key: int) -> str:
    """An account number that no bank gives out: its issuer digits are all zero."""
    return f"0000{key:012d}"
