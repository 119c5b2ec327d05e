"""``wenye keys``: which keys seal the fields, and a new key for all of them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from wenye.cli.options import Json
from wenye.cli.service_home import Database, Home, open_service


class Job(StrEnum):
    """What ``wenye keys`` does."""

    STATUS = "status"
    ROTATE = "rotate"
    RETIRE = "retire"


def keys(
    job: Annotated[
        Job,
        typer.Argument(
            metavar="JOB",
            help="status 现状，rotate 换新密钥并重新加密，retire 停用不再需要的 / "
            "status, rotate (seal everything with a new key), retire (what nothing needs)",
        ),
    ] = Job.STATUS,
    home: Home = None,
    database: Database = None,
    json: Json = False,
) -> None:
    """加密密钥：现状；换新密钥（服务不停，中断后可接着做）；停用旧密钥。

    The keys of sealed fields: their state; a new one, while the service runs; retire old ones.
    """
    open_service(home, database)
    from wenye.cli.output import print_json
    from wenye.cli.progress import progress
    from wenye.services.operations.keys import retire, rotate
    from wenye.services.security.rotation import status

    if job is Job.ROTATE:
        with progress() as report:
            rotate(report)
    elif job is Job.RETIRE:
        retire()
    found = status()
    if json:
        print_json(
            [
                {
                    "key": key.id,
                    "made_on": key.made_on,
                    "encrypts": key.encrypts,
                    "values": key.values,
                }
                for key in found
            ]
        )
        return
    for key in found:
        word = "正在加密 / encrypts" if key.encrypts else "只解密 / decrypts only"
        typer.echo(f"{key.id}　{key.made_on}　{word}　{key.count:,} 个值 / values")
        for place, count in sorted(key.values.items()):
            typer.echo(f"    {place}　{count:,}")
    if len(found) > 1 and not any(key.count for key in found[1:]):
        typer.echo("旧密钥已不再需要；等换钥之前的备份都过期后，运行 wenye keys retire")
