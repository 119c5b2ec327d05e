"""``wenye check``: whether a district's rules, values, quotations and case tables are sound."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wenye.cli.options import Json, day

if TYPE_CHECKING:
    from wenye.determination.district_check import Checked


def check(
    district: Annotated[
        str | None,
        typer.Option(
            "--district",
            metavar="NAME",
            show_default=False,
            help="哪个辖区；不写则检查全部 / which district; else all that ship with Wenye",
        ),
    ] = None,
    on: Annotated[
        dt.date | None,
        typer.Option(
            "--on",
            metavar="DATE",
            parser=day,
            help="按哪一天的值统计，不写则今天 / as at which day",
        ),
    ] = None,
    texts: Annotated[
        Path | None,
        typer.Option(
            "--texts", metavar="FOLDER", help="文件全文的文件夹，用来核对引文 / documents' texts"
        ),
    ] = None,
    json: Json = False,
) -> None:
    """检查辖区：规则、参数、引文和案例表有没有错，还有多少标准未定、待确认。

    Check a district: mistakes in rules, values, quotations and case tables; values still open.
    """
    from wenye.cli.output import print_json
    from wenye.determination.district_check import check_district
    from wenye.policy.district import available_districts

    names = [district] if district is not None else list(available_districts())
    found = [check_district(name, on or dt.date.today(), texts=texts) for name in names]
    if json:
        print_json([_data(item) for item in found])
    else:
        for item in found:
            typer.echo(_told(item))
    if not all(item.sound for item in found):
        raise typer.Exit(1)


def _data(found: Checked) -> dict[str, Any]:
    from dataclasses import asdict

    return {"sound": found.sound, **asdict(found)}


def _told(found: Checked) -> str:
    lines = [f"{found.label or found.name}（{found.name}）"]
    if found.by_status:
        quoted, confirmed, sourced, unset = found.by_status.values()
        texts = f"引文 {found.quotations} 处，核对 {found.quotations_found} 处"
        if found.quotations > found.quotations_found:
            texts += "（其余没有全文在手，用 --texts 指定）"
        lines += [
            f"  方案 {found.schemes} 个，规定 {found.laws} 版，条件 {found.conditions} 项，"
            f"文件 {found.documents} 份",
            f"  参数 {found.parameters} 个：文件原文 {quoted}，已确认 {confirmed}，"
            f"有来源待确认 {sourced}，未定 {unset}",
            f"  {texts}；确认 {found.confirmations} 条",
            f"  案例 {found.cases} 个，符合预期 {found.cases_met} 个",
        ]
    if found.open:
        lines.append(f"  未定 / open: {'、'.join(found.open)}")
    for item in found.mistakes:
        lines.append(f"  ✗ {item.what}")
        lines += [f"    位置 / at: {item.where}"] if item.where else []
        lines += [f"    办法 / mend: {item.mend}"] if item.mend else []
    lines.append(
        "  ✓ 没有错误 / sound" if found.sound else f"  {len(found.mistakes)} 处错误 / mistakes"
    )
    return "\n".join(lines)
