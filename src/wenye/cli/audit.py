"""``wenye audit``: seal the log, verify it, and write it out."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wenye.cli.options import Json, day
from wenye.cli.service_home import Database, Home, open_service

if TYPE_CHECKING:
    from wenye.services.audit.verifying import Verification


class Job(StrEnum):
    """What ``wenye audit`` does."""

    SEAL = "seal"
    VERIFY = "verify"
    EXPORT = "export"


class Form(StrEnum):
    """How an export is written."""

    JSONL = "jsonl"
    CSV = "csv"


def audit(
    job: Annotated[
        Job,
        typer.Argument(
            metavar="JOB",
            help="seal 封存，verify 核验，export 导出 / seal, verify or export",
            show_default=False,
        ),
    ],
    home: Home = None,
    database: Database = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FILE",
            show_default=False,
            help="导出到哪个文件，后缀 .jsonl 或 .csv / the file to export to",
        ),
    ] = None,
    since: Annotated[
        dt.date | None,
        typer.Option(
            "--from", metavar="DATE", parser=day, show_default=False, help="导出自哪天 / from"
        ),
    ] = None,
    until: Annotated[
        dt.date | None,
        typer.Option(
            "--to", metavar="DATE", parser=day, show_default=False, help="导出到哪天，含当天 / to"
        ),
    ] = None,
    json: Json = False,
) -> None:
    """审计日志：封存未封的条目，核验封存链、条目和副本，或连同摘要导出。

    The audit log: seal what waits, verify chain, entries and copy, or export with digests.
    """
    if job is Job.EXPORT and out is None:
        raise typer.BadParameter("导出要写明 --out / export needs --out")
    open_service(home, database)
    if job is Job.SEAL:
        _seal(json)
    elif job is Job.VERIFY:
        _verify(json)
    else:
        assert out is not None
        _export(out, since, until, json)


def _seal(json: bool) -> None:
    from wenye.cli.output import print_json
    from wenye.services.audit.sealing import seal

    made = seal()
    if json:
        print_json({"seals": made})
    else:
        typer.echo(f"封存 {made} 次 / seals set")


def _verify(json: bool) -> None:
    from wenye.cli.output import print_json
    from wenye.cli.progress import progress
    from wenye.services.audit.verifying import verify

    with progress() as report:
        found = verify(report=lambda done, all_: report("核验 / verifying", done, all_))
    if json:
        print_json(
            {
                "sound": found.sound,
                "seals": found.seals,
                "entries": found.entries,
                "waiting": found.waiting,
                "copied": found.copied,
                "broken": found.broken and {"what": found.broken.what, "at": found.broken.where},
            }
        )
    else:
        _show(found)
    if not found.sound:
        raise typer.Exit(1)


def _show(found: Verification) -> None:
    if found.broken is not None:
        typer.echo(f"✗ {found.broken.what}\n   位置 / at: {found.broken.where}")
        typer.echo("   办法 / mend: 保全数据库和副本，不要改动，通知审计人员")
        return
    typer.echo(
        f"✓ {found.seals:,} 次封存、{found.entries:,} 个条目首尾相连，逐个相符；"
        f"副本 {found.copied:,} 次封存相符"
    )
    typer.echo("  seals, entries and copy agree")
    if found.waiting:
        typer.echo(f"  还有 {found.waiting:,} 个条目待封存 / entries wait for their seal")


def _export(out: Path, since: dt.date | None, until: dt.date | None, json: bool) -> None:
    from wenye.cli.output import print_json
    from wenye.services.audit.exporting import export

    form = Form.CSV if out.suffix.lower() == ".csv" else Form.JSONL
    written = export(out, form.value, since, until)
    if json:
        print_json({"file": str(out), "entries": written.entries, "sm3": written.sm3})
    else:
        typer.echo(f"导出 {written.entries:,} 个条目 → {out}\n  SM3 {written.sm3}")
