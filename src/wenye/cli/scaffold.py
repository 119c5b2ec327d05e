"""``wenye scaffold``: a new district's folder, drafted from a published document."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wenye.cli.options import Json

if TYPE_CHECKING:
    from wenye.policy.scaffolding.scaffold import Scaffolded


def scaffold(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="文件：txt、docx 或带文字的 pdf / a text, .docx or text PDF"
        ),
    ],
    district: Annotated[
        Path,
        typer.Argument(metavar="DISTRICT", help="新辖区的文件夹，要还没有 / the folder to make"),
    ],
    name: Annotated[
        str | None,
        typer.Option(
            "--name",
            metavar="NAME",
            show_default=False,
            help="辖区的名字（小写字母、数字、_），不写则用文件夹名 / the district's name",
        ),
    ] = None,
    label: Annotated[
        str | None,
        typer.Option(
            "--label",
            metavar="LABEL",
            show_default=False,
            help="辖区怎样称呼，不写则照发文机关猜 / what people call it; else a guess",
        ),
    ] = None,
    json: Json = False,
) -> None:
    """由一份文件起草新辖区：措施、参数、项目、案例表；只有人能定的，逐条标为待定。

    Draft a new district from a document. What only people can decide is marked, and listed by
    wenye check; nobody is entitled to anything before it is decided.
    """
    from wenye.cli.output import print_json
    from wenye.policy.scaffolding.scaffold import scaffold as drafted

    done = drafted(file, district, name=name, label=label)
    commands = _next(done)
    if json:
        print_json({**done.as_json(), "next": commands})
    else:
        typer.echo("\n".join(_told(done, commands)))


def _next(done: Scaffolded) -> list[str]:
    where = shlex.quote(str(done.folder))
    card = done.schemes[0] if done.schemes else "--list"
    commands = [f"wenye check --district {where}", f"wenye card {card} --district {where}"]
    if "measures.yaml" in done.files:
        commands.append(f"wenye coverage --district {where}")
    return commands


def _told(done: Scaffolded, commands: list[str]) -> list[str]:
    counts = done.counts
    number = done.document.get("number", "文号没有读到 / no number")
    own = len([item for item in done.to_be_decided if "/schemes/" in item.where])
    return [
        f"{done.label}（{done.name}）→ {done.folder}",
        f"  {done.document['title']}（{number}）",
        f"  写成 / drafted: 条款 {counts['articles']} 条，措施 {counts['measures']} 条，"
        f"责任单位 {counts['departments']} 个，参数 {counts['parameters']} 个，"
        f"项目 {counts['schemes']} 个（各有一份案例表）",
        f"  待定 / to be decided: {counts['to_be_decided']} 处"
        f"（项目里的条件 {own}，其他 {counts['to_be_decided'] - own}）；定完之前没有人符合",
        "下一步 / next:",
        *(f"  {command}" for command in commands),
    ]
