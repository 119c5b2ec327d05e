"""Does a restored service hold together: its database, log, ledger, keys, files and decisions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from wenye.services.operations import migrations

#: Used decisions that are decided again.
SAMPLE = 20


@dataclass(frozen=True, slots=True)
class Proof:
    """One thing that was tried, and how it came out."""

    id: str
    label: str
    holds: bool
    found: str


def prove() -> list[Proof]:
    """Try everything; the log's copy is brought up to the database first, as the server would."""
    tried: tuple[tuple[str, str, Callable[[], str]], ...] = (
        ("database", "数据库完整 / database", _database),
        ("migrations", "数据库版本 / migrations", _migrations),
        ("audit", "审计链和副本 / audit chain", _audit),
        ("ledger", "账簿平衡 / ledger", _ledger),
        ("keys", "加密内容打得开 / sealed fields", _sealed),
        ("registers", "登记册摘要 / registers", _registers),
        ("decisions", "用过的判定可重做 / decisions", _decisions),
    )
    found = []
    for name, label, trying in tried:
        try:
            found.append(Proof(name, label, True, trying()))
        except Exception as error:
            words = getattr(error, "what", "") or f"{type(error).__name__}: {error}"
            found.append(Proof(name, label, False, str(words)))
    return found


class _DoesNotHold(Exception):
    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(what)


def _database() -> str:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            whole = cursor.fetchone()[0]
            cursor.execute("PRAGMA foreign_key_check")
            dangling = cursor.fetchall()
        if whole != "ok" or dangling:
            raise _DoesNotHold(f"{whole} {dangling[:1]}")
    else:
        connection.check_constraints()
    return f"{connection.display_name}"


def _migrations() -> str:
    behind, unknown = migrations.pending(), migrations.unknown()
    if unknown:
        raise _DoesNotHold(f"数据库比程序新 / newer than the program: {unknown[0]}")
    return "已是最新 / current" if not behind else f"还差 {len(behind)} 步 / to migrate"


def _audit() -> str:
    from wenye.services.audit.copying import copy_seals
    from wenye.services.audit.verifying import verify

    copy_seals()
    found = verify()
    if found.broken is not None:
        raise _DoesNotHold(f"{found.broken.what}：{found.broken.where}")
    return f"{found.seals:,} 次封存 / seals，{found.entries:,} 个条目 / entries"


def _ledger() -> str:
    from wenye.services.money.checking import check

    wrong = check()
    if wrong:
        raise _DoesNotHold(wrong[0])
    return "平衡 / balances"


def _sealed() -> str:
    from wenye.services.security.rotation import sealed_columns

    opened = 0
    for column in sealed_columns():
        name = column.sealed.attname
        some = column.model._default_manager.exclude(**{f"{name}__isnull": True}).order_by("pk")
        # Reading a value opens it: a missing or wrong key is an error.
        opened += len(list(some.values_list(name, flat=True)[:5]))
    return f"{opened} 个值 / values"


def _registers() -> str:
    from wenye.registers.store import Registers
    from wenye.services.people.models import Snapshot

    snapshot = Snapshot.objects.in_force()
    if snapshot is None:
        return "没有 / none"
    registers = Registers.open(snapshot.path)
    registers.verify()
    if registers.digest != snapshot.digest:
        raise _DoesNotHold(f"{snapshot.folder} 与数据库所记不同 / differs from the database")
    return f"{snapshot.folder} {registers.digest[:12]}"


def _decisions() -> str:
    from wenye.services.decisions.deciding import differences
    from wenye.services.decisions.models import UsedDecision

    again = 0
    for used in UsedDecision.objects.order_by("-pk")[:SAMPLE]:
        differing = differences(used)
        if differing:
            raise _DoesNotHold(f"{used.scheme} {used.receipt[:12]}：{differing[0]}")
        again += 1
    return f"{again} 项相同 / the same"


def as_rows(proofs: list[Proof]) -> list[dict[str, Any]]:
    """For ``--json``."""
    return [
        {"id": each.id, "label": each.label, "holds": each.holds, "found": each.found}
        for each in proofs
    ]
