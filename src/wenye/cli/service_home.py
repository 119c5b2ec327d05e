"""Opening the service for a command: which home, which database, and whether it is ready.

Django is imported here and nowhere else in the commands, when one that needs it is called.
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

#: What the extra ``platform`` brings; without one of them the service does not start.
_NEEDED = ("django", "granian", "axes", "csp", "django_htmx", "whitenoise")

Home = Annotated[
    Path | None,
    typer.Option(
        "--home",
        metavar="DIR",
        show_default=False,
        help="服务的文件夹；不写则为 WENYE_HOME，再不然为 var / the service's folder",
    ),
]
Database = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="URL",
        show_default=False,
        help="数据库；不写则为 WENYE_DATABASE，再不然为文件夹里的 SQLite / the database",
    ),
]


class ServiceError(Exception):
    """Why the service cannot be opened: what, where, and the mend."""

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        self.what = what
        self.where = where
        self.mend = mend
        super().__init__(what)


def set_environment(home: Path | None, database: str | None = None) -> Path:
    """Point the environment at a home and a database; the home's path. No Django yet."""
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise ServiceError(
            f"没有安装服务部分，缺 {'、'.join(missing)} / the service's packages are missing",
            mend='安装 pip install "wenye[platform]"；离线时见 docs/operations.md',
        )
    os.umask(0o077)  # what the service keeps is its own user's alone
    if home is not None:
        os.environ["WENYE_HOME"] = str(home.absolute())
    if database is not None:
        os.environ["WENYE_DATABASE"] = database
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenye.web.settings")
    return Path(os.environ.get("WENYE_HOME") or "var").absolute()


def open_service(
    home: Path | None = None, database: str | None = None, *, migrated: bool = True
) -> Path:
    """Load Django on the service in ``home``; its path.

    ServiceError where there is none, or (``migrated``) where its database is behind the program.
    """
    folder = set_environment(home, database)
    if not folder.is_dir():
        raise ServiceError(
            "没有这个服务文件夹 / no such service",
            where=str(folder),
            mend="用 --home 指定，或先运行 wenye serve --migrate 新建",
        )
    import django

    django.setup()
    if migrated:
        from wenye.services.operations.migrations import pending

        behind = pending()
        if behind:
            raise ServiceError(
                f"数据库还差 {len(behind)} 步升级 / the database is behind by {len(behind)} steps",
                where=behind[0],
                mend="先备份，再运行 wenye serve --migrate / back up, then migrate",
            )
    return folder
