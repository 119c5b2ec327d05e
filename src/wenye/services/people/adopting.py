"""Putting a snapshot of the registers in force, in one step: before it the old one decides."""

from __future__ import annotations

import datetime as dt
import os
import secrets
import shutil
from pathlib import Path
from typing import Any

import polars as pl
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from wenye.registers import vault
from wenye.registers.errors import RegisterError
from wenye.registers.points import prepare
from wenye.registers.schema import KEY
from wenye.registers.snapshot import sync
from wenye.registers.store import IDENTITY, Registers
from wenye.services.accounts.roles import Acting
from wenye.services.audit import record
from wenye.services.people.core_rows import CoreRows, core_rows
from wenye.services.people.loading import Progress, load
from wenye.services.people.models import Snapshot

SNAPSHOTS = "snapshots"


class AdoptionRefused(Exception):
    """A snapshot that cannot be put in force, or taken out of it: ``what``, ``where``, ``mend``."""

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        self.what = what
        self.where = where
        self.mend = mend
        super().__init__(what)


def snapshots_folder() -> Path:
    """Where the snapshots lie, side by side: one key opens the identity file of each."""
    folder = Path(settings.HOME) / SNAPSHOTS
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def adopt(
    source: Path,
    as_of: dt.date,
    acting: Acting | None,
    report: dict[str, Any] | None = None,
    *,
    progress: Progress | None = None,
) -> Snapshot:
    """Copy the registers in ``source`` under the home and put them in force.

    The identity file is opened with the key that lies on the side of ``source``, and sealed again
    with the home's. RegisterError where the registers are damaged, or their keys are other people
    than those that the service knows; then nothing has changed.
    """
    registers = Registers.open(source)
    registers.verify()
    identities = vault.read_identities(source)
    before = Snapshot.objects.in_force()
    _same_people(identities)
    incoming = _incoming(source, identities)
    try:
        rows = core_rows(Registers.open(incoming), identities)
        with transaction.atomic():
            if Snapshot.objects.in_force() != before:
                raise AdoptionRefused(
                    _("在此期间读入了另一批数据。"), mend=_("请重新预览这一批，再投入使用。")
                )
            snapshot = Snapshot.objects.create(
                folder="",
                digest=registers.digest,
                as_of=as_of,
                replaces=before,
                report=report or {},
                made_by=acting.user_id if acting else None,
            )
            snapshot.folder = f"{SNAPSHOTS}/{snapshot.pk:06d}"
            _place(incoming, Path(settings.HOME) / snapshot.folder)
            if before is not None:
                Snapshot.objects.filter(pk=before.pk).update(state=Snapshot.PAST)
            snapshot.state = Snapshot.IN_FORCE
            loaded = load(rows, snapshot.pk, progress)
            snapshot.report = {**snapshot.report, "core": [_told(part) for part in loaded]}
            snapshot.save()
            record.change(acting, "registers.adopt", "snapshot", snapshot.pk)
    finally:
        shutil.rmtree(incoming, ignore_errors=True)
        shutil.rmtree(_points(incoming), ignore_errors=True)
    return snapshot


def undo(
    snapshot_id: int, acting: Acting, reason: str, *, progress: Progress | None = None
) -> Snapshot:
    """Take the snapshot in force out again: the one before it decides, and its rows come back."""
    if not reason.strip():
        raise AdoptionRefused(_("没有写撤销理由。"), mend=_("写明为什么撤销这一批。"))
    now = Snapshot.objects.in_force()
    rows: list[CoreRows] = []
    if now is not None and now.pk == snapshot_id and now.replaces is not None:
        path = now.replaces.path
        rows = core_rows(Registers.open(path), vault.read_identities(path))
    with transaction.atomic():
        now = Snapshot.objects.select_for_update().filter(state=Snapshot.IN_FORCE).first()
        if now is None or now.pk != snapshot_id:
            raise AdoptionRefused(_("这一批现在不在使用中。"), mend=_("只能撤销正在使用的那一批。"))
        if now.replaces is None:
            raise AdoptionRefused(
                _("这是第一批数据，没有更早的可以恢复。"), mend=_("读入正确的一批来代替它。")
            )
        Snapshot.objects.filter(pk=now.pk).update(
            state=Snapshot.UNDONE, report={**now.report, "undone": reason.strip()}
        )
        Snapshot.objects.filter(pk=now.replaces.pk).update(state=Snapshot.IN_FORCE)
        load(rows, now.replaces.pk, progress, undone=now.pk)
        record.change(
            acting, "registers.undo", "snapshot", now.pk, detail={"again": now.replaces.pk}
        )
    return Snapshot.objects.get(pk=now.replaces.pk)


def newest() -> Snapshot | None:
    """The snapshot whose identity file knows every key that was ever given."""
    return Snapshot.objects.exclude(folder="").order_by("-pk").first()


def _same_people(identities: pl.DataFrame) -> None:
    """A key once given stays with its number: else decisions would be about somebody else."""
    known = newest()
    if known is None or not known.path.is_dir():
        return
    before = vault.read_identities(known.path)
    both = before.join(identities, on=["register", KEY], how="inner", suffix="_now")
    if (both["number"] != both["number_now"]).any() or both.height < before.height:
        raise RegisterError(
            _("这份登记册的人员编号与系统里的不一致。"),
            mend=_("以系统现用的登记册为基础重新读入；或者另建一个空的服务。"),
        )


def _incoming(source: Path, identities: pl.DataFrame) -> Path:
    """A copy of the registers beside the snapshots, made ready before anything is locked."""
    folder = snapshots_folder()
    incoming = folder / f".incoming-{secrets.token_hex(6)}"
    try:
        shutil.copytree(source, incoming, ignore=shutil.ignore_patterns("rejected.xlsx", IDENTITY))
        incoming.chmod(0o700)
        if not identities.is_empty():
            key_file = vault.key_path(incoming)
            key = vault.read_key(key_file) if key_file.exists() else vault.make_key(key_file)
            vault.write_identities(incoming, identities, key)
        prepare(Registers.open(incoming), _points(incoming))
        sync(incoming)
    except BaseException:
        shutil.rmtree(incoming, ignore_errors=True)
        shutil.rmtree(_points(incoming), ignore_errors=True)
        raise
    return incoming


def _points(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.points")


def _place(incoming: Path, target: Path) -> None:
    for path in (target, _points(target)):
        if path.exists():
            shutil.rmtree(path)  # of an import that was cut off: no row of it remained
    os.rename(incoming, target)
    os.rename(_points(incoming), _points(target))


def _told(part: Any) -> dict[str, Any]:
    return {
        "register": part.register,
        "new": part.new,
        "changed": part.changed,
        "gone": part.gone,
        "same": part.same,
    }
