"""``wenye district``: write a synthetic district, as the files that bureaus would send."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from wenye.cli.options import District, Json, day
from wenye.simulation.synthetic.formats import Format


def district(
    out: Annotated[
        Path, typer.Argument(metavar="OUT", help="写入哪个文件夹 / the folder to write to")
    ],
    people: Annotated[
        int, typer.Option("--people", metavar="N", help="人数，至多500万 / how many people")
    ] = 20_000,
    seed: Annotated[
        int, typer.Option("--seed", metavar="S", help="种子，同种子同结果 / same seed, same files")
    ] = 1,
    errors: Annotated[
        float,
        typer.Option("--errors", metavar="SHARE", help="有错误的行所占比例 / share of messy rows"),
    ] = 0.0,
    form: Annotated[
        Format | None,
        typer.Option(
            "--format",
            show_default=False,
            help="文件格式；不写则5万人以内为混合，以上为 parquet / file format",
        ),
    ] = None,
    as_of: Annotated[
        dt.date | None,
        typer.Option(
            "--as-of",
            metavar="DATE",
            parser=day,
            help="数据日期，不写则 2026-10-31 / day of the data, else 2026-10-31",
        ),
    ] = None,
    district: District = "jiading",
    json: Json = False,
) -> None:
    """生成合成辖区：虚构的人员、单位和登记册，写成各部门报送的文件。

    Write a synthetic district: invented people, employers and registers, as bureaus send them.
    """
    from wenye.cli.output import print_json
    from wenye.cli.progress import progress
    from wenye.simulation.synthetic.district import generate
    from wenye.simulation.synthetic.invented import AS_OF
    from wenye.simulation.synthetic.summary import as_data, as_text
    from wenye.simulation.synthetic.units import unit_codes

    with progress() as report:
        done = generate(
            out,
            people=people,
            seed=seed,
            units=unit_codes(district),
            errors=errors,
            form=form,
            as_of=as_of or AS_OF,
            progress=report,
        )
    if json:
        print_json(as_data(done))
    else:
        typer.echo(as_text(done))
