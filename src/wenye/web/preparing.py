"""What is done once before the service answers: the database, its files, and a look around.

Runs in a process of its own, so that the one that watches over the workers stays small and has
neither database connections nor threads of its own to hand down.
"""

from __future__ import annotations

from typing import Any

import wenye


def prepare(migrate: bool) -> dict[str, Any]:
    """Make ready; what there is to tell, or under ``refused`` (what, where, mend) why it cannot."""
    try:
        return _prepared(migrate)
    except Exception as error:
        what = getattr(error, "what", "")
        if not what:
            raise
        return {"refused": (what, getattr(error, "where", ""), getattr(error, "mend", ""))}


def _prepared(migrate: bool) -> dict[str, Any]:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import OperationalError

    from wenye.services.demonstration import PASSWORD
    from wenye.services.operations import migrations

    try:
        behind, unknown = migrations.pending(), migrations.unknown()
    except OperationalError as error:
        return {
            "refused": (
                "连不上数据库 / the database does not answer",
                str(error).splitlines()[0],
                "检查 WENYE_DATABASE 和数据库服务 / check WENYE_DATABASE and the server",
            )
        }
    if unknown:
        return {
            "refused": (
                f"数据库比程序新（wenye {wenye.__version__}） / the database is newer",
                unknown[0],
                "换用新版程序，或恢复升级前的备份 / install the newer version, or restore a backup",
            )
        }
    if behind and not (migrate or settings.SYNTHETIC):
        return {
            "refused": (
                f"数据库还差 {len(behind)} 步升级 / the database is behind by {len(behind)} steps",
                behind[0],
                "先备份，再加 --migrate 运行 / back up, then run with --migrate",
            )
        }
    if behind:
        migrations.migrate()
    call_command("collectstatic", interactive=False, verbosity=0)
    return {
        "migrated": len(behind),
        "synthetic": bool(settings.SYNTHETIC),
        "district": _district(),
        "facts": _facts(),
        "accounts": _accounts() if settings.SYNTHETIC else [],
        "password": PASSWORD if settings.SYNTHETIC else "",
        "users": _users(),
    }


def _district() -> str:
    from wenye.services.decisions.district import district

    return str(district().label)


def _facts() -> str:
    from wenye.services.people.models import Snapshot

    snapshot = Snapshot.objects.in_force()
    return "" if snapshot is None else snapshot.as_of.isoformat()


def _users() -> int:
    from wenye.services.accounts.models import User

    return User.objects.count()


def _accounts() -> list[tuple[str, str]]:
    """The demonstration's accounts: login name and role."""
    from wenye.services.accounts.models import User
    from wenye.services.accounts.roles import LABELS, Role

    found = {user.username for user in User.objects.filter(username__in=list(Role))}
    return [(role.value, " / ".join(LABELS[role])) for role in Role if role.value in found]
