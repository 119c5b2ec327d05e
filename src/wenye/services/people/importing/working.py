"""What is done with a delivery: read it beside the registers, put it in force, or throw it away.

Each step is claimed by one process (a conditional update), tells how far it is in the delivery's
row, and leaves a state from which it can be begun again.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenye.policy.organisation import read_organisation
from wenye.registers.errors import IntakeRefused, RegisterError
from wenye.registers.intake import intake
from wenye.registers.model import MODEL
from wenye.registers.store import IDENTITY, MANIFEST, Registers
from wenye.services.accounts.models import Post
from wenye.services.accounts.roles import Acting
from wenye.services.audit import record
from wenye.services.people import adopting
from wenye.services.people.adopting import AdoptionRefused
from wenye.services.people.extra_facts import district_folder
from wenye.services.people.importing.receiving import UploadRefused, receive
from wenye.services.people.models import Import, Snapshot

#: A delivery up to this size is worked on while its sender waits.
SMALL = 4 << 20


def upload(acting: Acting, files: Sequence[Any], as_of: dt.date) -> Import:
    """Take files in; UploadRefused (nothing is kept), OSError where the disk refuses."""
    if as_of > timezone.localdate():
        raise UploadRefused(_("数据日期不能在今天之后。"), mend=_("填数据截止的那一天。"))
    with transaction.atomic():
        made = Import.objects.create(as_of=as_of, made_by=acting.user_id)
        folder = made.folder / "files"
        shutil.rmtree(made.folder, ignore_errors=True)  # of an upload that was cut off
        try:
            folder.mkdir(parents=True, mode=0o700)
            received = receive(files, folder)
        except BaseException:
            shutil.rmtree(made.folder, ignore_errors=True)
            raise
        made.files = [{"name": each.name, "size": each.size} for each in received]
        made.save()
        record.change(acting, "import.upload", "import", made.pk, detail={"files": len(received)})
    return made


def is_small(delivery: Import) -> bool:
    """Whether its sender may wait for it."""
    return sum(int(file["size"]) for file in delivery.files) <= SMALL


def begin(delivery: Import, step: str, acting: Acting) -> None:
    """Do a step (``read`` or ``adopt``): now where it is small, else in a process of its own."""
    if is_small(delivery):
        STEPS[step](delivery.pk, acting)
        return
    # Until the process takes the step, the page says that it was asked to.
    delivery.told(stage=_("等待开始"), done=0, total=0)
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE}
    subprocess.Popen(
        [
            sys.executable,
            "-m",
            "wenye.services.people.importing.worker",
            step,
            str(delivery.pk),
            str(acting.post_id),
        ],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def read(import_id: int, acting: Acting) -> Import:
    """Read the files into the staging folder; the delivery is then ready to be looked at."""
    delivery = _claim(
        import_id, (Import.RECEIVED, Import.READY, Import.REFUSED), Import.READING, _("读入登记册")
    )
    base = adopting.newest()
    try:
        _seed(delivery.staging, base)
        report = intake(
            delivery.folder / "files",
            delivery.staging,
            complete_to=delivery.as_of,
            names={"town": _towns()},
            today=timezone.localdate(),
            progress=_Telling(delivery),
        )
    except IntakeRefused as error:
        return _refused(delivery, [_problem(each) for each in error.problems])
    except (RegisterError, OSError) as error:
        return _refused(delivery, [_problem(error)])
    told = report.as_json()
    for private in ("registers_folder", "rejected_workbook", "identity_key"):
        told.pop(private, None)
    told["lost"] = _lost(delivery.staging)
    with transaction.atomic():
        delivery.told(state=Import.READY, report=told, problems=[], base=base, stage="")
        record.change(
            acting,
            "import.read",
            "import",
            delivery.pk,
            detail={"accepted": report.accepted, "rejected": report.rejected},
        )
    return delivery


def adopt(import_id: int, acting: Acting) -> Import:
    """Put a delivery that was looked at in force."""
    delivery = _claim(import_id, (Import.READY,), Import.ADOPTING, _("投入使用"))
    newest = adopting.newest()
    if newest is not None and newest.report.get("import") == delivery.pk:
        return _adopted(delivery, newest)  # it was cut off just after
    if (delivery.base_id or None) != (newest.pk if newest else None):
        delivery.told(
            state=Import.READY,
            stage="",
            problems=[
                {
                    "what": _("预览之后又读入了另一批数据。"),
                    "where": "",
                    "mend": _("请重新读入这一批，再投入使用。"),
                }
            ],
        )
        return delivery
    try:
        snapshot = adopting.adopt(
            delivery.staging,
            delivery.as_of,
            acting,
            {
                **{key: value for key, value in delivery.report.items() if key != "warnings"},
                "import": delivery.pk,
            },
            progress=_Telling(delivery, in_transaction=True),
        )
    except (RegisterError, AdoptionRefused, OSError) as error:
        delivery.told(state=Import.READY, stage="", problems=[_problem(error)])
        return delivery
    return _adopted(delivery, snapshot)


def _adopted(delivery: Import, snapshot: Snapshot) -> Import:
    delivery.told(state=Import.ADOPTED, snapshot=snapshot, stage="", problems=[])
    _tidy(delivery, keep_workbook=True)
    return delivery


def discard(import_id: int, acting: Acting) -> Import:
    """Throw a delivery away before it is in force: its files and what was read from them."""
    with transaction.atomic():
        delivery = Import.objects.select_for_update().get(pk=import_id)
        if delivery.state not in (Import.RECEIVED, Import.READY, Import.REFUSED):
            raise AdoptionRefused(
                _("这一批不能放弃。"), mend=_("已投入使用的，请撤销；正在处理的，请等它完成。")
            )
        delivery.told(state=Import.DISCARDED)
        record.change(acting, "import.discard", "import", delivery.pk)
    _tidy(delivery, keep_workbook=False)
    return delivery


def undo(import_id: int, acting: Acting, reason: str) -> Snapshot:
    """Take a delivery out of force again; the snapshot before it decides."""
    delivery = Import.objects.get(pk=import_id)
    if delivery.snapshot_id is None:
        raise AdoptionRefused(_("这一批没有投入使用。"), mend=_("没有可撤销的。"))
    with transaction.atomic():
        again = adopting.undo(delivery.snapshot_id, acting, reason)
        delivery.told(state=Import.UNDONE)
    return again


STEPS: dict[str, Callable[[int, Acting], Import]] = {"read": read, "adopt": adopt}


def work(step: str, import_id: int, post_id: int) -> Import:
    """A step, for the process that was started for it."""
    acting = Post.objects.select_related("user").get(pk=post_id).acting()
    try:
        return STEPS[step](import_id, acting)
    except Exception:
        back = {"read": Import.RECEIVED, "adopt": Import.READY}[step]
        Import.objects.filter(pk=import_id, state__in=Import.BUSY).update(
            state=back,
            stage="",
            problems=[
                {
                    "what": _("处理中断了，没有任何改动。"),
                    "where": "",
                    "mend": _("请再试一次；仍不行请联系管理员。"),
                }
            ],
        )
        raise


def _claim(import_id: int, states: tuple[str, ...], state: str, stage: str) -> Import:
    """Take the step for this process; somebody else's stalled step may be taken over."""
    with transaction.atomic():
        delivery = Import.objects.select_for_update().get(pk=import_id)
        taken_over = delivery.state == state and delivery.stalled
        if delivery.state not in states and not taken_over:
            raise AdoptionRefused(
                _("这一批现在不能做这一步。"), mend=_("请刷新页面，看看现在的状态。")
            )
        delivery.told(state=state, stage=stage, done=0, total=0, problems=[])
    return delivery


class _Telling:
    """Progress into the delivery's row, at most twice a second.

    Inside a transaction nobody else would see it, and it could not be undone apart: there it goes
    into a small file in the delivery's folder.
    """

    def __init__(self, delivery: Import, *, in_transaction: bool = False) -> None:
        self._delivery = delivery
        self._in_transaction = in_transaction
        self._last = 0.0

    def __call__(self, what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._last < 0.5 and done < total:
            return
        self._last = now
        if self._in_transaction:
            write_progress(self._delivery, what, done, total)
        else:
            self._delivery.told(stage=what, done=done, total=total)


def write_progress(delivery: Import, what: str, done: int, total: int) -> None:
    """Leave word of how far the work is; that it cannot be written stops nothing."""
    try:
        delivery.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = delivery.folder / ".progress.new"
        made.write_text(f"{done}\n{total}\n{what}", encoding="utf-8")
        made.replace(delivery.folder / ".progress")
    except OSError:
        pass


def progress(delivery: Import) -> tuple[str, int, int]:
    """Stage, done and total: from the row, or from the file where a transaction is under way."""
    if delivery.state == Import.ADOPTING:
        try:
            text = (delivery.folder / ".progress").read_text(encoding="utf-8")
            done, total, what = text.split("\n", 2)
            return what, int(done), int(total)
        except (OSError, ValueError):
            pass
    return delivery.stage, delivery.done, delivery.total


def _seed(staging: Path, base: Snapshot | None) -> None:
    """A staging folder that knows every key given so far, so that known numbers keep theirs."""
    shutil.rmtree(staging, ignore_errors=True)
    adopting.snapshots_folder()
    if base is None:
        return
    staging.mkdir(mode=0o700)
    for name in (IDENTITY, MANIFEST):
        if (base.path / name).exists():
            shutil.copyfile(base.path / name, staging / name)
    (staging / IDENTITY).chmod(0o600) if (staging / IDENTITY).exists() else None


def _lost(staging: Path) -> list[str]:
    """Registers that are known today and that this delivery does not bring."""
    now = Snapshot.objects.in_force()
    if now is None:
        return []
    held, new = Registers.open(now.path), Registers.open(staging)
    return [
        entity.register.label
        for entity in MODEL
        if held.delivered(entity) and not new.delivered(entity)
    ]


def _towns() -> dict[str, str]:
    units = read_organisation(district_folder(str(settings.DISTRICT)) / "organisation.yaml").units
    return {name: unit.code for unit in units for name in (unit.code, unit.name, *unit.aliases)}


def _problem(error: Exception) -> dict[str, str]:
    if isinstance(error, OSError):
        return {
            "what": _("磁盘写不下或者读不了。"),
            "where": "",
            "mend": _("请管理员检查磁盘空间，然后再试一次。"),
        }
    return {
        "what": str(getattr(error, "what", "") or error),
        "where": Path(str(getattr(error, "where", "") or "")).name,
        "mend": str(getattr(error, "mend", "") or ""),
    }


def _refused(delivery: Import, problems: list[dict[str, str]]) -> Import:
    shutil.rmtree(delivery.staging, ignore_errors=True)
    delivery.told(state=Import.REFUSED, problems=problems, stage="")
    return delivery


def _tidy(delivery: Import, *, keep_workbook: bool) -> None:
    """Remove the files that came: what is in force lies in the snapshot."""
    if keep_workbook and delivery.workbook.exists():
        shutil.copyfile(delivery.workbook, delivery.folder / delivery.workbook.name)
        (delivery.folder / delivery.workbook.name).chmod(0o600)
        shutil.rmtree(delivery.folder / "files", ignore_errors=True)
    else:
        shutil.rmtree(delivery.folder, ignore_errors=True)
    shutil.rmtree(delivery.staging, ignore_errors=True)


def rejected_workbook(delivery: Import) -> Path | None:
    """The workbook of rows that came back, where there is one."""
    for path in (delivery.workbook, delivery.folder / delivery.workbook.name):
        if path.is_file():
            return path
    return None
