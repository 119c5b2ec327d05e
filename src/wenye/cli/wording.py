"""The words that the help pages put around a command's own: Chinese first, then English."""

from __future__ import annotations

from typing import Any

_WORDS = {
    "ARGUMENTS_PANEL_TITLE": "参数 / arguments",
    "OPTIONS_PANEL_TITLE": "选项 / options",
    "COMMANDS_PANEL_TITLE": "命令 / commands",
    "REQUIRED_LONG_STRING": "[必填 / required]",
    "DEFAULT_STRING": "[默认 / default: {}]",
}


def help_in_two_languages(command: Any, context: Any, *_: Any) -> None:
    """Set the headings, and the text of ``--help`` itself, before a help page is drawn."""
    from typer import rich_utils

    for name, words in _WORDS.items():
        setattr(rich_utils, name, words)
    option = command.get_help_option(context)
    if option is not None:
        option.help = "显示本说明 / show this page"
