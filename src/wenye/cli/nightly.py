"""``wenye nightly``: everybody judged, offers, follow-up and what is owed brought into step."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from wenye.cli.options import Json, day
from wenye.cli.service_home import Database, Home


def nightly(
    home: Home = None,
    on: Annotated[
        dt.date | None,
        typer.Option(
            "--on",
            metavar="DATE",
            parser=day,
            show_default=False,
            help="判定日；不写则为今天，不晚于数据日期 / today, at most the day of the data",
        ),
    ] = None,
    database: Database = None,
    json: Json = False,
) -> None:
    """夜间运行：判定全部对象，更新“政策找人”、跟踪名单和应付款项；中断后再运行即可接着做。

    Judge everybody; offers, follow-up and what is owed come into step. May be killed and run again.
    """
    from wenye.cli.output import print_json
    from wenye.cli.progress import progress
    from wenye.cli.service_home import open_service

    open_service(home, database)
    from wenye.services import night

    with progress() as report:
        counts = night.run(on, report)
    if json:
        print_json(counts)
        return
    offers = counts["offers"]
    typer.echo(f"判定日 / determined as at {counts['on']}")
    typer.echo(
        f"判定 {counts['judged']:,}，符合 {counts['entitled']:,}，待定 {counts['undetermined']:,}"
    )
    typer.echo(
        f"新生成 {offers['made']:,}，告知 {offers['told']:,}，有变化 {offers['changed']:,}，"
        f"失效 {offers['lapsed']:,} / made, told, changed, lapsed"
    )
    followed, money = counts["followup"], counts["money"]
    typer.echo(
        f"在跟踪 {followed['followed']:,} 人，新增 {followed['begun']:,}，"
        f"无人跟踪 {followed['nobody']:,} / followed, new, by nobody"
    )
    typer.echo(
        f"公示期满 {counts['notices_ended']:,}，新承诺 {money['committed']:,} 笔，"
        f"到期应付 {money['due']:,} 笔 / notices ended, committed, fallen due"
    )
