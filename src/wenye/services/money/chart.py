"""The accounts by name: made when first used, found again by their code."""

from __future__ import annotations

from wenye.services.money.models import Account, Instalment


def account(
    kind: str, fund: str, *, year: int = 0, holder: str = "", head: str = "", scheme: str = ""
) -> Account:
    """The account of that kind; what a kind does not need is left empty."""
    code = "/".join((kind, fund, str(year) if year else "", holder, head, scheme))
    group, _label, _english, side = Account.KINDS[kind]
    found = Account.objects.filter(code=code).first()
    if found is not None:
        return found
    return Account.objects.get_or_create(
        code=code,
        defaults={
            "kind": kind,
            "group": group,
            "fund": fund,
            "year": year,
            "holder": holder,
            "head": head,
            "scheme": scheme,
            "side": side,
        },
    )[0]


def of_budget(kind: str, row: Instalment) -> Account:
    """The account of the budget that bears an instalment."""
    return account(kind, row.fund, year=row.year, holder=row.holder, head=row.head)


def balance(
    kind: str, fund: str, *, year: int = 0, holder: str = "", head: str = "", scheme: str = ""
) -> int:
    """The balance of an account; 0 where there is none yet."""
    code = "/".join((kind, fund, str(year) if year else "", holder, head, scheme))
    found = Account.objects.filter(code=code).values_list("balance_fen", flat=True).first()
    return found or 0
