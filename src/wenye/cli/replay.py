"""``wenye replay``: do a run's decisions, or those that the service used, again and compare."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wenye.cli.options import Json, OfResults
from wenye.cli.service_home import Database, Home

if TYPE_CHECKING:
    from wenye.determination.replay import Replay


def replay(
    results: Annotated[
        str,
        typer.Argument(
            metavar="RESULTS",
            show_default=False,
            help="判定结果的文件夹；加 --used 时为回执编号或序号，可不写 / "
            "the results; with --used a receipt or its number, or nothing",
        ),
    ] = "",
    sample: Annotated[
        int,
        typer.Option("--sample", metavar="N", min=0, help="重做多少个判定 / how many decisions"),
    ] = 1_000,
    seed: Annotated[
        int,
        typer.Option("--seed", metavar="S", help="种子，同种子抽同样的行 / same seed, same rows"),
    ] = 1,
    district: OfResults = None,
    used: Annotated[
        bool,
        typer.Option(
            "--used",
            help="重做服务用过的判定：由回执，逐项比对 / do the service's used decisions again",
        ),
    ] = False,
    home: Home = None,
    database: Database = None,
    json: Json = False,
) -> None:
    """重做判定：核对登记册、规则和参数的摘要，抽样逐个重新判定并逐项比对。

    Do decisions again: compare the digests, decide a sample one by one, and compare every value.
    """
    if used:
        from wenye.cli.replay_used import replay_used

        replay_used(results, sample, seed, home, database, json)
        return
    if not results:
        raise typer.BadParameter("要写判定结果的文件夹，或 --used / name the results, or --used")
    from wenye.cli.output import print_json
    from wenye.cli.progress import progress
    from wenye.determination.replay import replay as again
    from wenye.determination.results import Results

    with progress() as report:
        found = again(Results.open(Path(results), district), sample, seed, report)
    if json:
        print_json(_data(found))
    else:
        _show(found)
    if not found.same:
        raise typer.Exit(1)


def _data(found: Replay) -> dict[str, object]:
    return {
        "same": found.same,
        "decided": found.total,
        "by_scheme": found.decided,
        "differing": len(found.differing),
        "mismatches": [
            {"what": item.what, "then": item.then, "now": item.now, "mend": item.mend}
            for item in found.mismatches
        ],
        "warnings": [
            {"what": item.what, "then": item.then, "now": item.now} for item in found.warnings
        ],
        "differences": [item.as_json() for item in found.differences],
    }


def _show(found: Replay) -> None:
    for item in found.warnings:
        typer.echo(f"! 版本与当时不同 / another version: {item.what} {item.then} → {item.now}")
        typer.echo(f"   {item.mend}")
    for item in found.mismatches:
        typer.echo(f"✗ 与当时不符 / no longer the same: {item.what}")
        typer.echo(f"   当时 {item.then}\n   现在 {item.now}\n   办法 {item.mend}")
    differing = len(found.differing)
    if differing:
        for each in found.differences[:20]:
            place = f"{each.scheme} {each.key} {each.column}"
            typer.echo(f"✗ {place}：当时 {each.stored}　现在 {each.replayed}")
        typer.echo(f"重做 {found.total:,} 个判定，{differing:,} 个不同 / decisions that differ")
        return
    if found.mismatches:
        typer.echo(f"重做 {found.total:,} 个判定，结果全部相同；但上列各项已变 / but see above")
        return
    typer.echo(
        f"✓ 重做 {found.total:,} 个判定，100% 逐项相同；登记册、规则、参数和结果文件的摘要全部相符"
    )
    typer.echo(f"  {found.total:,} decisions done again, all the same; every digest agrees")
