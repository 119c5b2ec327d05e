"""``wenye near-misses``: who is one condition away, and which condition keeps most people out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wenye.cli.options import Json, OfResults, Schemes

_SHOWN = 20


def near_misses(
    results: Annotated[Path, typer.Argument(metavar="RESULTS", help="判定结果 / the results")],
    scheme: Schemes = None,
    district: OfResults = None,
    json: Json = False,
) -> None:
    """只差一项条件就符合的有多少，差在哪一项；哪项条件挡住的人最多。

    How many are one condition away and from which; and which condition excludes most.
    """
    from wenye.cli.output import print_json
    from wenye.cli.table import table
    from wenye.determination.near_misses import near_misses as find
    from wenye.determination.results import Results

    opened = Results.open(results, district)
    found = find(opened, scheme)
    if json:
        print_json({"on": opened.on, **found.as_json()})
        return
    if not found.misses:
        typer.echo("没有只差一项条件的对象 / nobody is one condition away")
    else:
        typer.echo("只差一项 / one condition away")
        rows = [
            (f"{item.subjects:,}", item.title, _said(item.label, item.needed), f"{item.since} 起")
            for item in found.misses[:_SHOWN]
        ]
        typer.echo(table(("数量", "项目", "差在哪一项", "适用规定"), rows, numbers=(0,)))
        _more(len(found.misses))
    if found.obstacles:
        typer.echo("\n挡住最多 / what excludes most（单凭这一项就不符合；其中只因这一项的）")
        rows = [
            (f"{item.excludes:,}", f"{item.alone:,}", item.title, item.label)
            for item in found.obstacles[:_SHOWN]
        ]
        typer.echo(table(("挡住", "只因此项", "项目", "条件"), rows, numbers=(0, 1)))
        _more(len(found.obstacles))


def _said(label: str, needed: bool) -> str:
    return label if needed else f"不得有：{label}"


def _more(total: int) -> None:
    if total > _SHOWN:
        typer.echo(f"另有 {total - _SHOWN} 行，--json 可见全部 / more rows in --json")
