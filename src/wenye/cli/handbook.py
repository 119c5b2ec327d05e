"""``wenye handbook``: a page for each scheme, with card, pictures and cases."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from wenye.cli.options import AsOf, District


def handbook(
    folder: Annotated[
        Path, typer.Argument(metavar="OUT", help="写到哪个文件夹 / the folder to write into")
    ],
    on: AsOf = None,
    district: District = "jiading",
) -> None:
    """每个政策项目一页：政策卡片、判定流程、历次变化、可核对的案例（Markdown 和 SVG）。

    A page for each scheme: card, decision diagram, law through time, cases (Markdown and SVG).
    """
    from wenye.determination.handbook.handbook import write_handbook
    from wenye.policy.district import load_district

    loaded = load_district(district)
    many = write_handbook(loaded, folder, on or dt.date.today())
    typer.echo(f"{many} 个项目写入 {folder} / schemes written")
