"""``wenye intake``: a folder of bureau files in, registers out, rejected rows back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wenye.cli.options import District, Json, day

if TYPE_CHECKING:
    from wenye.registers.report import IntakeReport


def intake(
    folder: Annotated[
        Path | None, typer.Argument(metavar="FOLDER", help="来文文件夹 / the files delivered")
    ] = None,
    registers: Annotated[
        Path | None,
        typer.Argument(metavar="REGISTERS", help="写成的登记册 / the registers to write"),
    ] = None,
    complete_to: Annotated[
        dt.date | None,
        typer.Option(
            "--complete-to",
            metavar="DATE",
            parser=day,
            help="各登记册完整至哪一天；完整日期.csv 另有说明的从其说明"
            " / day to which all registers are complete, unless their file says otherwise",
        ),
    ] = None,
    templates: Annotated[
        Path | None,
        typer.Option(
            "--templates", metavar="OUT", help="只写出空模板 / only write empty templates"
        ),
    ] = None,
    district: District = "jiading",
    json: Json = False,
) -> None:
    """读入各部门报送的文件：好的行进登记册，有问题的行连同原因退回 rejected.xlsx。

    Take in the files that bureaus send: good rows go into the registers, all others come back.
    """
    if templates is not None:
        _write_templates(templates)
        if folder is None:
            return
    if folder is None or registers is None:
        raise typer.BadParameter("要写明 FOLDER 和 REGISTERS / FOLDER and REGISTERS are needed")
    from wenye.cli.output import print_json, warn
    from wenye.cli.progress import progress
    from wenye.policy.district import load_district
    from wenye.registers.intake import intake as take_in

    units = load_district(district).organisation.units
    town = {name: unit.code for unit in units for name in (unit.code, unit.name, *unit.aliases)}
    with progress() as told:
        report = take_in(
            folder, registers, complete_to=complete_to, names={"town": town}, progress=told
        )
    if json:
        print_json(report.as_json())
    else:
        _show(report)
    if report.rejected:
        warn(
            f"退回 {report.rejected:,} 行，原因和办法见 {report.rejected_workbook}"
            f" / {report.rejected:,} rows came back"
        )


def _write_templates(folder: Path) -> None:
    from wenye.registers.templates import write_templates

    written = write_templates(folder)
    typer.echo(f"已写出 {len(written)} 个模板到 {folder} / {len(written)} templates written")


def _show(report: IntakeReport) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from wenye.registers.reasons import REASONS

    console = Console(width=None)
    table = Table(box=box.SIMPLE_HEAD, title="读入登记册 / intake", title_justify="left")
    table.add_column("登记册")
    for name in ("来文", "读入", "退回"):
        table.add_column(name, justify="right")
    table.add_column("完整至")
    for part in report.by_register:
        table.add_row(
            part.label,
            f"{part.rows:,}",
            f"{part.accepted:,}",
            f"{part.rejected:,}",
            part.complete_to or "—",
        )
    table.add_section()
    table.add_row("合计", f"{report.rows:,}", f"{report.accepted:,}", f"{report.rejected:,}", "")
    console.print(table)
    for file in report.files:
        place = f"{file.file}［{file.sheet}］" if file.sheet else file.file
        typer.echo(f"  {place}：{file.label}，{file.form}，{file.rows:,} 行")
    if report.reasons:
        typer.echo("\n退回的原因 / why rows came back:")
    for fault, times in report.reasons:
        reason, mend = REASONS[fault]
        typer.echo(f"  {reason}（{times:,}）：{mend}")
    if report.warnings:
        typer.echo("\n照收但请留意 / taken in, but note:")
    for item in report.warnings:
        place = f"{item.where}，{item.column}" if item.column else item.where
        count = f"（{item.count:,}）" if item.count > 1 else ""
        typer.echo(f"  {place}：{item.text}{count}")
    if report.places.top:
        top = "、".join(f"{prefix}（{count:,}）" for prefix, count in report.places.top[:5])
        typer.echo(f"  人员，证件号码前六位最多的是：{top}")
    typer.echo(f"\n登记册 / registers: {report.registers}")
    if report.rejected_workbook:
        typer.echo(f"退回的行 / rejected rows: {report.rejected_workbook}")
    typer.echo(f"身份密钥 / identity key: {report.identity_key}（请另存一份，勿与登记册放在一起）")
