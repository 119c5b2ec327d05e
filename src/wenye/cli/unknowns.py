"""``wenye unknowns``: which missing fact would settle most, which open value blocks most."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wenye.cli.options import Json, OfResults, Schemes

_SHOWN = 20


def unknowns(
    results: Annotated[Path, typer.Argument(metavar="RESULTS", help="判定结果 / the results")],
    scheme: Schemes = None,
    district: OfResults = None,
    json: Json = False,
) -> None:
    """为什么有人待定：补上哪一项事实能让最多的人定案，哪一个未定的标准卡住最多。

    Why some are undetermined: the fact that would settle most, and the open value that blocks most.
    """
    from wenye.cli.output import print_json
    from wenye.cli.table import table
    from wenye.determination.open_questions import open_questions
    from wenye.determination.results import Results

    opened = Results.open(results, district)
    found = open_questions(opened, scheme)
    if json:
        print_json({"on": opened.on, **found.as_json()})
        return
    total = sum(found.undetermined.values())
    typer.echo(f"待定共 {total:,} / undetermined: {total:,}")
    if found.facts:
        typer.echo("\n缺的事实 / missing facts（涉及多少；其中补上这一项就可能定案的）")
        rows = [
            (f"{item.subjects:,}", f"{item.alone:,}", item.title, item.label, item.asked_of)
            for item in found.facts[:_SHOWN]
        ]
        head = ("涉及", "只缺此项", "项目", "事实", "向谁核实")
        typer.echo(table(head, rows, numbers=(0, 1)))
        _more(len(found.facts))
    if found.values:
        typer.echo("\n未定的标准 / open values（卡住判定的；卡住金额的）")
        rows = [
            (f"{item.outcomes:,}", f"{item.amounts:,}", item.label, item.name, item.reason)
            for item in found.values[:_SHOWN]
        ]
        typer.echo(table(("判定", "金额", "标准", "参数", "为何未定"), rows, numbers=(0, 1)))
        _more(len(found.values))


def _more(total: int) -> None:
    if total > _SHOWN:
        typer.echo(f"另有 {total - _SHOWN} 行，--json 可见全部 / more rows in --json")
