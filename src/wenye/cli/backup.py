"""``wenye backup``: a copy of the whole service; or a drill of restoring one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from wenye.cli.options import Json
from wenye.cli.service_home import Database, Home, open_service


def backup(
    target: Annotated[
        Path | None,
        typer.Argument(
            metavar="DIR", show_default=False, help="备份写到哪个新文件夹 / the new folder"
        ),
    ] = None,
    home: Home = None,
    database: Database = None,
    keys: Annotated[
        Path | None,
        typer.Option(
            "--keys",
            metavar="DIR",
            show_default=False,
            help="密钥另存到哪里；不写则不备份密钥 / where the keys go; left out unless given",
        ),
    ] = None,
    drill: Annotated[
        bool,
        typer.Option(
            "--drill", help="演练：备份、恢复到临时文件夹、核验，然后删除 / back up, restore, try"
        ),
    ] = False,
    json: Json = False,
) -> None:
    """备份：数据库、登记册、上传件、确认、审计副本，带摘要清单；服务可以照常运行。

    Back up the service while it runs: database, registers, uploads, confirmations, audit copy.
    """
    if drill == (target is not None):
        raise typer.BadParameter("写备份文件夹，或写 --drill / give a folder, or --drill")
    # A backup comes before a migration: the database may be behind the program.
    open_service(home, database, migrated=False)
    from wenye.cli.output import print_json
    from wenye.cli.progress import progress

    if target is not None:
        from wenye.services.operations.backing_up import back_up

        with progress() as report:
            made = back_up(target, keys, report)
        size = sum(file["size"] for file in made["files"].values())
        if json:
            print_json({"backup": str(target), "files": len(made["files"]), "bytes": size})
            return
        typer.echo(f"✓ 已备份 {len(made['files']):,} 个文件，{size / 1e6:,.1f} MB → {target}")
        if keys is None:
            typer.echo("  不含密钥：没有密钥，加密内容打不开；用 --keys 另存 / keys left out")
        return
    from wenye.services.operations.drilling import drill as drilled

    with progress() as report:
        found = drilled(report)
    if json:
        print_json(found)
    else:
        show(found)
    if not found["holds"]:
        raise typer.Exit(1)


def show(found: dict[str, Any]) -> None:
    """What was tried on a restored service, a line each."""
    for each in found["proofs"]:
        mark = "✓" if each["holds"] else "✗"
        typer.echo(f"{mark} {each['label']}　{each['found']}")
    if found["holds"]:
        typer.echo("恢复可用 / the backup can be restored")
    else:
        typer.echo("恢复后有问题，见上 / the restored service does not hold together")
