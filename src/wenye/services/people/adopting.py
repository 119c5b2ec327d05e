"""Putting a snapshot of the registers in force, in one step: before it the old one decides."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from wenye.registers.snapshot import sync
from wenye.registers.store import Registers
from wenye.services.accounts.roles import Acting
from wenye.services.audit import record
from wenye.services.people.models import Snapshot


def adopt(
    source: Path, as_of: dt.date, acting: Acting | None, report: dict[str, Any] | None = None
) -> Snapshot:
    """Copy the registers in ``source`` under the home and put them in force.

    RegisterError where they are damaged; then nothing has changed.
    """
    registers = Registers.open(source)
    registers.verify()
    with transaction.atomic():
        before = Snapshot.objects.in_force()
        snapshot = Snapshot.objects.create(
            folder="",
            digest=registers.digest,
            as_of=as_of,
            replaces=before,
            report=report or {},
            made_by=acting.user_id if acting else None,
        )
        snapshot.folder = f"snapshots/{snapshot.pk:06d}"
        target = Path(settings.HOME) / snapshot.folder
        if target.exists():
            shutil.rmtree(target)  # of an import that was cut off: no row of it remained
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("rejected.xlsx"))
        sync(target)
        if before is not None:
            Snapshot.objects.filter(pk=before.pk).update(state=Snapshot.PAST)
        snapshot.state = Snapshot.IN_FORCE
        snapshot.save()
        record.change(acting, "registers.adopt", "snapshot", snapshot.pk)
    return snapshot
