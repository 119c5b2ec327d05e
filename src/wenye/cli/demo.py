"""``wenye demo``: the main job from beginning to end, on a synthetic district."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from wenye.cli.options import District, Json

#: The day of the synthetic data, and so of the determination.
_ON = "2026-10-31"


def demo(
    out: Annotated[
        Path | None,
        typer.Argument(
            metavar="OUT", help="写到哪个文件夹 / the folder to write to", show_default="build/demo"
        ),
    ] = None,
    people: Annotated[
        int, typer.Option("--people", metavar="N", help="人数 / how many people")
    ] = 20_000,
    seed: Annotated[
        int, typer.Option("--seed", metavar="S", help="种子，同种子同结果 / same seed, same files")
    ] = 1,
    district: District = "jiading",
    json: Json = False,
) -> None:
    """在合成辖区上走完主要流程：生成报送文件、读入、判定、写出工作簿和报告。

    The main job on a synthetic district: files, intake, determination, workbooks and report.
    """
    import time

    from wenye.cli.demo_tour import walk
    from wenye.cli.output import print_json

    begun = time.monotonic()
    folder = out if out is not None else Path("build") / "demo"
    numbers: dict[str, Any] = {}
    for line in walk(folder, people, seed, district, _ON, numbers):
        if not json:
            typer.echo(line)
    if json:
        print_json(numbers)
        return
    typer.echo(f"\n用时 {time.monotonic() - begun:.0f} 秒 / seconds")
