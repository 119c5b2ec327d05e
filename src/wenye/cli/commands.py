"""The commands by name. A command's file is opened only when that command is called.

A command is one file and one line. The file ``near_misses.py`` holds the function ``near_misses``,
whose parameters are the command's (the shared ones stand in ``wenye.cli.options``) and whose
docstring is its help. The line here gives its name and the summary that ``wenye --help`` shows.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

import wenye
from wenye.cli.wording import help_in_two_languages
from wenye.rules.errors import did_you_mean

#: Name → summary, in the order of the work.
COMMANDS: dict[str, str] = {
    "read": "读政策文件：条款、责任单位、日期、数量 / read a published document",
    "scaffold": "由文件起草一个新辖区，待定之处逐条列出 / draft a district from a document",
    "card": "政策卡片：谁、多少、到何时、依据哪里 / a scheme on one page",
    "handbook": "每个项目一页：卡片、流程图、历次变化、案例 / a page for each scheme",
    "explain": "判定一个案例并说明理由 / decide one case, with reasons",
    "district": "生成合成辖区的报送文件 / write a synthetic district",
    "intake": "读入报送文件，写成登记册 / bureau files in, registers out",
    "determine": "判定全部对象、全部项目 / decide every scheme for everyone",
    "why": "一个对象的判定和全部理由 / one subject's decisions, with reasons",
    "near-misses": "只差一项条件的有多少，差在哪里 / who is one condition away",
    "unknowns": "哪些事实和标准卡住最多的人 / what keeps people undetermined",
    "replay": "重做判定并逐项比对 / do decisions again and compare",
    "compare": "改动标准会怎样：谁进谁出、花多少 / what a change of values would do",
    "duties": "责任清单：谁、何时之前、怎样算完成 / who owes what, by when",
    "catalogue": "数据共享目录：要哪些事项、谁提供、为什么 / which facts, from whom, why",
    "check": "检查辖区的规则、参数和引文 / check a district's rules and values",
    "coverage": "文件逐句由什么承载 / what carries each sentence of a document",
    "diff": "文件的两个版本差在哪里 / what a new version of a document changes",
    "nightly": "夜间运行：判定、政策找人、跟踪、应付 / the night: decide, offer, follow up",
    "serve": "启动服务：页面和接口 / serve the pages and the API",
    "users": "账号、岗位和密码 / accounts, posts and passwords",
    "keys": "加密密钥：现状、更换 / the keys of sealed fields",
    "audit": "审计日志：封存、核验、导出 / seal, verify, export the log",
    "backup": "备份服务，或演练恢复 / back up the service, or drill a restore",
    "restore": "由备份恢复成一个新的服务文件夹 / restore a backup",
    "demo": "在合成辖区上走完主要流程 / the main job on a synthetic district",
}


class Command(TyperCommand):
    """A command whose help reads in both languages."""

    def format_help(self, *arguments: Any, **named: Any) -> None:
        """Typer's help, under Chinese and English headings."""
        help_in_two_languages(self, *arguments)
        super().format_help(*arguments, **named)


class Commands(TyperGroup):
    """``wenye`` itself: lists commands by their summaries, and opens the one that is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names, in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command as it is listed: its name and summary."""
        if cmd_name not in COMMANDS:
            return None
        return Command(cmd_name, help=COMMANDS[cmd_name])

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command as it is run, from its own file."""
        name = args[0]
        if name not in COMMANDS:
            mend = did_you_mean(name, COMMANDS)
            ctx.fail(f"没有命令“{name}” / no command {name!r}" + (f" ({mend})" if mend else ""))
        return name, opened(name), args[1:]

    def format_help(self, *arguments: Any, **named: Any) -> None:
        """Typer's help, under Chinese and English headings."""
        help_in_two_languages(self, *arguments)
        super().format_help(*arguments, **named)


def opened(name: str) -> Any:
    """The command ``name`` from its file: ``near-misses`` is the function in ``near_misses.py``."""
    word = name.replace("-", "_")
    function: Callable[..., None] = getattr(import_module(f"wenye.cli.{word}"), word)
    alone = typer.Typer(add_completion=False)
    alone.command(name, cls=Command)(function)
    return typer.main.get_command(alone)


app = typer.Typer(
    name="wenye",
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    help="稳业：就业政策，从文件到兑现。\n\n"
    "Public employment support, from the published policy to delivered help.",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"wenye {wenye.__version__}")
        raise typer.Exit


@app.callback()
def _wenye(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="显示版本 / show the version"
        ),
    ] = False,
) -> None:
    """Options of ``wenye`` itself."""


def command() -> Any:
    """``wenye`` as one command, ready to be called with arguments."""
    return typer.main.get_command(app)
