"""``wenye restore``: a backup made into a service again, and tried."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from wenye.cli.options import Json
from wenye.cli.service_home import open_service, set_environment


def restore(
    backup: Annotated[Path, typer.Argument(metavar="DIR", help="备份的文件夹 / the backup")],
    home: Annotated[
        Path,
        typer.Option("--home", metavar="NEW", help="恢复到哪个新文件夹 / the new folder"),
    ],
    keys: Annotated[
        Path | None,
        typer.Option(
            "--keys", metavar="DIR", show_default=False, help="另存的密钥 / the keys kept apart"
        ),
    ] = None,
    database: Annotated[
        str | None,
        typer.Option(
            "--database",
            metavar="URL",
            show_default=False,
            help="PostgreSQL 的空库；也可写在 WENYE_RESTORE_DATABASE / an empty database",
        ),
    ] = None,
    json: Json = False,
) -> None:
    """恢复：核对备份的摘要，恢复到新文件夹，再核验数据库、审计链、账簿和判定。不覆盖任何东西。

    Restore: check the digests, restore into a new folder, try it. Nothing is overwritten.
    """
    from wenye.cli.backup import show
    from wenye.cli.output import print_json
    from wenye.cli.progress import progress
    from wenye.services.operations.restoring import restore as restored

    url = database or os.environ.get("WENYE_RESTORE_DATABASE")
    set_environment(home, url or "")
    # The live service's copy of the log goes on beyond the backup, and must not be written to.
    os.environ["WENYE_AUDIT_COPY"] = str(home.absolute() / "audit")
    os.environ.pop("WENYE_KEYS", None)
    server = None
    if url:
        from wenye.web.environment import database as settings_of

        server = settings_of(home)
    with progress() as report:
        manifest = restored(backup, home, keys, server, report)
    if manifest["synthetic"]:
        os.environ.setdefault("WENYE_SYNTHETIC", "1")
    os.environ["WENYE_DISTRICT"] = manifest["district"]
    open_service(home, url or "", migrated=False)
    from wenye.services.operations.proving import as_rows, prove

    proofs = prove()
    holds = all(each.holds for each in proofs)
    found = {"home": str(home), "holds": holds, "proofs": as_rows(proofs)}
    if json:
        print_json(found)
    else:
        show(found)
        typer.echo(f"→ wenye serve --home {home}")
    if not holds:
        raise typer.Exit(1)
