"""``wenye serve``: the pages and the API, until a signal says stop."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wenye.cli.service_home import Database, Home, ServiceError, set_environment

if TYPE_CHECKING:
    from wenye.web.serving import Place


def serve(
    home: Home = None,
    database: Database = None,
    host: Annotated[
        str, typer.Option("--host", metavar="HOST", help="监听的地址 / the address to listen at")
    ] = "127.0.0.1",
    port: Annotated[
        int,
        typer.Option("--port", metavar="N", min=1, max=65535, help="监听的端口 / the port"),
    ] = 8000,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            metavar="N",
            min=1,
            max=64,
            show_default=False,
            help="进程数；不写则与处理器核数相同，至多4 / processes; as many as cores, at most 4",
        ),
    ] = None,
    migrate: Annotated[
        bool,
        typer.Option("--migrate", help="先升级数据库；请先备份 / migrate first; back up before"),
    ] = False,
) -> None:
    """启动服务：检查数据库，备好页面，然后开始应答；Ctrl-C 停止。

    Serve the pages and the API: check the database, make ready, answer until Ctrl-C.
    """
    folder = set_environment(home, database)
    if (folder / "synthetic").exists():
        os.environ.setdefault("WENYE_SYNTHETIC", "1")
        # In a terminal the accounts should stay in sight; a log of requests is for real services.
        os.environ.setdefault("WENYE_LOG_LEVEL", "WARNING")
    from wenye.web import serving

    place = serving.Place(host, port, workers or min(4, os.cpu_count() or 1))
    if not serving.is_free(place):
        raise ServiceError(
            "这个地址和端口不能用，可能已有服务在监听 / the address is taken or not ours",
            where=f"{host}:{port}",
            mend="换一个 --port，或先停掉另一个 / choose another --port, or stop the other",
        )
    folder.mkdir(parents=True, exist_ok=True)
    ready = serving.prepared(migrate)
    if "refused" in ready:
        what, where, mend = ready["refused"]
        raise ServiceError(what, where=where, mend=mend)
    if ready["migrated"]:
        typer.echo(f"数据库已升级 {ready['migrated']} 步 / migrated")
    serving.run(place, lambda: _tell(place, ready))
    typer.echo("已停止 / stopped")


def _tell(place: Place, ready: dict[str, Any]) -> None:
    """Where to click, and as whom."""
    lines = ["", f"稳业 · {ready['district']}　{place.url}"]
    lines.append(f"数据日期 / data of　{ready['facts'] or '还没有读入登记册 / none yet'}")
    if ready["accounts"]:
        lines += ["", f"演示账号，密码都是 {ready['password']} / accounts, all with that password"]
        lines += [f"  {name:<18}{label}" for name, label in ready["accounts"]]
    elif not ready["users"]:
        lines += ["", "还没有账号 / no accounts yet：wenye users add"]
    lines += ["", f"健康检查 / health　{place.url}health/", "按 Ctrl-C 停止 / Ctrl-C stops", ""]
    typer.echo("\n".join(lines))
    _flush()


def _flush() -> None:
    import sys

    sys.stdout.flush()
