"""Is the service well: a list of checks, each with what is found and how to mend it."""

from __future__ import annotations

import datetime as dt
import shutil
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

import wenye
from wenye.services.operations import migrations

#: Below this much free space nothing should be written any more; below the other, somebody should
#: look after it.
FULL, NEARLY_FULL = 200 * 1024**2, 2 * 1024**3
#: Bureau files come every month.
STALE_DAYS = 40


class State(StrEnum):
    """How a check came out."""

    WELL = "well"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at."""

    id: str
    label: str
    label_en: str
    state: State
    found: str
    mend: str = ""


def is_well() -> bool:
    """Whether pages can be served: the database answers and is current, and there is disk space."""
    return all(check.state is not State.FAILED for check in vital())


def vital() -> list[Check]:
    """The checks without which nothing works; quick enough to be asked every second."""
    answers = _database()
    if answers.state is State.FAILED:
        return [answers, _disk()]
    return [answers, _migrations(), _disk()]


def checks() -> list[Check]:
    """Everything, for who looks after the service."""
    found = vital()
    if any(check.state is State.FAILED for check in found[:2]):
        return found
    further: Iterable[Callable[[], Check]] = (
        _snapshot,
        _nightly,
        _guard,
        _seals,
        _chain,
        _copy,
        _keys,
        _version,
    )
    return [*found, *(each() for each in further)]


def _database() -> Check:
    label = ("database", "数据库", "database")
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
            if connection.vendor == "postgresql":
                cursor.execute("SHOW server_version")
            else:
                cursor.execute("SELECT sqlite_version()")
            version = str(cursor.fetchone()[0])
    except Exception as error:
        return Check(*label, State.FAILED, type(error).__name__, "检查数据库服务和 WENYE_DATABASE")
    return Check(*label, State.WELL, f"{connection.display_name} {version}")


#: Looking through all migrations takes longer than a program that watches should wait for; the
#: program's own do not change while it runs.
_REMEMBERED_FOR = 60.0
_behind: dict[str, tuple[float, list[str]]] = {}


def forget() -> None:
    """Look through the migrations again when asked next."""
    _behind.clear()


def _pending() -> list[str]:
    now = time.monotonic()
    at, found = _behind.get("now", (0.0, []))
    if "now" not in _behind or now - at > _REMEMBERED_FOR:
        found = migrations.pending()
        _behind["now"] = now, found
    return found


def _migrations() -> Check:
    label = ("migrations", "数据库升级", "migrations")
    behind = _pending()
    if behind:
        return Check(*label, State.FAILED, f"{len(behind)} · {behind[0]}", "wenye serve --migrate")
    return Check(*label, State.WELL, "已是最新 / current")


def _disk() -> Check:
    label = ("disk", "磁盘空间", "disk space")
    try:
        free = shutil.disk_usage(settings.HOME).free
    except OSError as error:
        return Check(*label, State.FAILED, str(error.strerror), "检查服务文件夹所在的磁盘")
    found = f"{free / 1024**3:,.1f} GiB 可用 / free"
    if free < FULL:
        return Check(*label, State.FAILED, found, "立即腾出空间，否则无法保存")
    if free < NEARLY_FULL:
        return Check(*label, State.WARNING, found, "尽快腾出空间")
    return Check(*label, State.WELL, found)


def _snapshot() -> Check:
    from wenye.services.people.models import Snapshot

    label = ("snapshot", "登记册数据", "register data")
    snapshot = Snapshot.objects.in_force()
    if snapshot is None:
        return Check(*label, State.WARNING, "还没有读入 / none yet", "读入报送文件")
    age = (timezone.localdate() - snapshot.as_of).days
    found = f"{snapshot.as_of.isoformat()}（{age} 天前 / days ago）"
    if not snapshot.path.is_dir():
        return Check(*label, State.FAILED, f"缺 {snapshot.folder}", "由备份恢复这个文件夹")
    if age > STALE_DAYS:
        return Check(*label, State.WARNING, found, "催报送文件并读入")
    return Check(*label, State.WELL, found)


def _nightly() -> Check:
    label = ("nightly", "夜间运行", "nightly run")
    at = last_nightly()
    if at is None:
        return Check(*label, State.WARNING, "还没有运行 / never", "安排 wenye nightly 每晚运行")
    found = timezone.localtime(at).strftime("%Y-%m-%d %H:%M")
    if timezone.now() - at > dt.timedelta(hours=36):
        return Check(*label, State.WARNING, found, "查看定时任务，补运行 wenye nightly")
    return Check(*label, State.WELL, found)


def last_nightly() -> dt.datetime | None:
    """When a nightly run last ended as it should; None where none did."""
    from wenye.services.offers.models import Run

    ended = Run.objects.filter(state=Run.COMPLETE).order_by("-finished_at")
    return ended.values_list("finished_at", flat=True).first()


def _guard() -> Check:
    from wenye.services.audit.verifying import missing_guards

    label = ("guard", "日志只增不改", "append-only log")
    missing = missing_guards()
    if missing:
        return Check(*label, State.FAILED, missing[0], "有人改动了数据库：保全现场，通知审计人员")
    return Check(*label, State.WELL, "数据库已设防 / guarded")


def _seals() -> Check:
    from wenye.services.audit.models import Seal, Unsealed
    from wenye.services.audit.verifying import is_late

    label = ("seals", "日志封存", "sealing")
    last = Seal.objects.order_by("-number").first()
    waiting = Unsealed.objects.count()
    when = timezone.localtime(last.at).strftime("%Y-%m-%d %H:%M:%S") if last else "无"
    found = f"{when} · {waiting:,} 条待封存 / waiting"
    if is_late():
        return Check(*label, State.WARNING, found, "运行 wenye audit seal，并查看服务日志")
    return Check(*label, State.WELL, found)


def _chain() -> Check:
    from wenye.services.audit.models import Seal
    from wenye.services.audit.verifying import verify

    label = ("chain", "日志链条（最近）", "chain, newest seals")
    last = Seal.objects.order_by("-number").values_list("number", flat=True).first() or 0
    found = verify(since=max(0, last - 3)) if last > 3 else None
    if found is not None and found.broken is not None:
        told = f"{found.broken.what}：{found.broken.where}"
        return Check(*label, State.FAILED, told, "保全现场，运行 wenye audit verify")
    return Check(*label, State.WELL, f"{last:,} 次封存 / seals")


def _copy() -> Check:
    from wenye.services.audit.copying import folder
    from wenye.services.audit.verifying import behind

    label = ("copy", "日志副本", "copy of the log")
    lacking = behind()
    if lacking > 4:
        return Check(
            *label, State.WARNING, f"少 {lacking} 次封存 / seals behind", f"检查 {folder()}"
        )
    return Check(*label, State.WELL, str(folder()))


def _keys() -> Check:
    from wenye.services.security.keys import FileKeys, KeysError, provider

    label = ("keys", "加密密钥", "keys")
    try:
        holder = provider()
        live = holder.live()
    except KeysError as error:
        return Check(*label, State.FAILED, error.what, error.mend)
    found = f"{len(live)} 把，最新 {live[0].made_on} / {len(live)} live"
    if isinstance(holder, FileKeys) and holder.path.stat().st_mode & 0o077:
        return Check(*label, State.WARNING, f"{found}；别人可读", f"chmod 600 {holder.path}")
    return Check(*label, State.WELL, found)


def _version() -> Check:
    import django

    found = f"wenye {wenye.__version__} · Django {django.get_version()}"
    return Check("version", "版本", "version", State.WELL, f"{found} · {Path(settings.HOME)}")
