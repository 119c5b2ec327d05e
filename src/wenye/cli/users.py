"""``wenye users``: accounts, posts and passwords."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Any

import typer

from wenye.cli.options import Json, day
from wenye.cli.service_home import Database, Home, open_service


class Job(StrEnum):
    """What ``wenye users`` does."""

    LIST = "list"
    ADD = "add"
    POST = "post"
    END = "end"
    PASSWORD = "password"
    CLOSE = "close"
    OPEN = "open"


def users(
    job: Annotated[
        Job,
        typer.Argument(
            metavar="JOB",
            show_default=False,
            help="list 列出，add 新建，post 任岗，end 离岗（写岗位编号），password 重设密码，"
            "close 停用，open 启用 / list, add, post, end (a post's number), password, close, open",
        ),
    ],
    who: Annotated[
        str, typer.Argument(metavar="NAME", show_default=False, help="登录名 / login name")
    ] = "",
    home: Home = None,
    database: Database = None,
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="姓名 / name")] = "",
    role: Annotated[str, typer.Option("--role", metavar="ROLE", help="角色 / role")] = "",
    town: Annotated[
        str, typer.Option("--town", metavar="TOWN", help="街镇，名称或代码 / town")
    ] = "",
    department: Annotated[
        str, typer.Option("--department", metavar="NAME", help="部门 / department")
    ] = "",
    person: Annotated[
        int | None, typer.Option("--person", metavar="KEY", help="人员编号 / person's key")
    ] = None,
    employer: Annotated[
        int | None, typer.Option("--employer", metavar="KEY", help="单位编号 / employer's key")
    ] = None,
    since: Annotated[
        dt.date | None,
        typer.Option("--from", metavar="DATE", parser=day, show_default=False, help="起 / from"),
    ] = None,
    until: Annotated[
        dt.date | None,
        typer.Option("--to", metavar="DATE", parser=day, show_default=False, help="止 / to"),
    ] = None,
    json: Json = False,
) -> None:
    """账号：新建、任岗和离岗、重设密码、停用、列出。密码只显示一次。

    Accounts: add, give and end posts, reset passwords, close, list. Passwords are shown once.
    """
    if job is not Job.LIST and not who:
        raise typer.BadParameter("要写明登录名（离岗写岗位编号） / name whom (end: the post)")
    open_service(home, database)
    from wenye.cli.output import print_json
    from wenye.services.operations import users as accounts

    if job is Job.LIST:
        _list(json)
        return
    told: dict[str, Any] = {"user": who}
    if job is Job.ADD:
        _, told["password"] = accounts.add(who, name, person_key=person, employer_key=employer)
        if role:
            given = accounts.post(
                who, role, town=town, department=department, since=since, until=until
            )
            told["post"] = given.pk
    elif job is Job.POST:
        told["post"] = accounts.post(
            who, role, town=town, department=department, since=since, until=until
        ).pk
    elif job is Job.END:
        if not who.isdigit():
            raise typer.BadParameter("离岗写岗位编号，见 wenye users list / the post's number")
        ended = accounts.end_post(int(who), until or dt.date.today())
        told = {"post": ended.pk, "until": ended.until}
    elif job is Job.PASSWORD:
        told["password"] = accounts.reset_password(who)
    else:
        accounts.set_active(who, job is Job.OPEN)
        told["active"] = job is Job.OPEN
    if json:
        print_json(told)
        return
    typer.echo("✓ " + "　".join(f"{key} {value}" for key, value in told.items()))
    if "password" in told:
        typer.echo("  密码只显示这一次，首次登录须修改 / shown once; to be changed at first login")


def _list(json: bool) -> None:
    from wenye.cli.output import print_json
    from wenye.services.accounts.models import User

    rows: list[dict[str, Any]] = [
        {
            "user": user.username,
            "name": user.name,
            "active": user.is_active,
            "posts": [
                {
                    "post": post.pk,
                    "role": post.role,
                    "town": post.town,
                    "department": post.department,
                    "from": post.since.isoformat(),
                    "to": post.until and post.until.isoformat(),
                }
                for post in user.posts.all()
            ],
        }
        for user in User.objects.prefetch_related("posts").order_by("username")
    ]
    if json:
        print_json(rows)
        return
    for row in rows:
        closed = "" if row["active"] else "（停用 / closed）"
        typer.echo(f"{row['user']}　{row['name']}{closed}")
        for post in row["posts"]:
            place = post["town"] or post["department"]
            typer.echo(
                f"    岗位 {post['post']}　{post['role']}　{place}　{post['from']} 至 "
                f"{post['to'] or '今'}"
            )
    if not rows:
        typer.echo("还没有账号 / no accounts yet：wenye users add NAME --name … --role …")
